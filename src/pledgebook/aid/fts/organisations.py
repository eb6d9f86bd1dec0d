"""The types of organisations that FTS knows, as IATI's codelist OrganisationType; both of FTS's lists, that of 2003 - 2022 and the newer one."""

#: By type, then by sub-type; a type whose kinds IATI tells apart and FTS does not has no code.
_TYPES = {
    ("Government", "National government"): "10",
    ("Government", "Local Government"): "11",
    ("Government", None): "10",
    ("Governments", "National Governments"): "10",
    ("Governments", "Local Governments"): "11",
    ("UN agency", None): "40",
    ("Inter-governmental", None): "40",
    ("Multilateral Organizations", "UN Agencies"): "40",
    ("Multilateral Organizations", "Other Multilateral Organizations"): "40",
    ("Multilateral Organizations", None): "40",
    ("NGO", "International"): "21",
    ("NGO", "National"): "22",
    ("NGO", "Local"): "24",
    ("NGOs", "International NGOs"): "21",
    ("NGOs", "National NGOs/CSOs"): "22",
    ("NGOs", "Local NGOs/CSOs"): "24",
}


def type_of(organization_types: str | None, organization_sub_types: str | None) -> str | None:
    """The code, or None where it cannot be told."""
    return _TYPES.get((organization_types, organization_sub_types)) if organization_types else None


def ref_of(flow_object_id: str | None) -> str | None:
    """A reference that names FTS's own list; FTS organisations have no identifier in IATI's sense."""
    return f"fts-org:{flow_object_id}" if flow_object_id else None
