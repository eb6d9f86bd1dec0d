"""Which IATI publishers can report the money of a donor that FTS names: the reference of the publisher has to begin so.

Facts, from the publishers of the files in ../shared; a donor that is not here agrees with no publisher.
"""

_EC = ("XI-IATI-EC_",)

PUBLISHERS: dict[str, tuple[str, ...]] = {
    "Asian Development Bank": ("XM-DAC-46004",),
    "Australia, Government of": ("AU-5", "AU-GOV"),
    "Belgium, Government of": ("XM-DAC-2-", "BE-BCE_KBO-0264814354"),
    "Bill and Melinda Gates Foundation": ("DAC-1601",),
    "Canada, Government of": ("CA-3", "CA-4"),
    "Central Emergency Response Fund": ("XM-OCHA-CERF",),
    "Denmark, Government of": ("XM-DAC-3-",),
    "European Commission": _EC,
    "European Commission EuropeAid Development and Cooperation": _EC,
    "European Commission's Humanitarian Aid and Civil Protection Department": _EC,
    "Finland, Government of": ("FI-3",),
    "Food & Agriculture Organization of the United Nations": ("XM-DAC-41301",),
    "France, Government of": ("FR-3", "FR-6"),
    "Germany, Government of": ("XM-DAC-5-", "DE-1"),
    "International Organization for Migration": ("XM-DAC-47066",),
    "Ireland, Government of": ("XM-DAC-21-1",),
    "Italian Agency for Development Cooperation": ("XM-DAC-6-4",),
    "Italy, Government of": ("XM-DAC-6-4",),
    "Korea, Republic of, Government of": ("KR-GOV",),
    "Netherlands, Government of": ("XM-DAC-7",),
    "New Zealand, Government of": ("NZ-1",),
    "Norway, Government of": ("NO-BRC-971277882",),
    "Norwegian Refugee Council": ("NO-BRC-977538319",),
    "OPEC Fund for International Development": ("XI-IATI-OFID",),
    "OXFAM": ("NL-KVK-27108436", "GB-CHC-202918"),
    "Saudi Arabia (Kingdom of), Government of": ("XM-OCHAS-HPC6770",),
    "Slovenia, Government of": ("XM-DAC-61-2",),
    "Spain, Government of": ("ES-DIR3",),
    "Spanish Agency for International Development Cooperation (AECID)": ("ES-DIR3",),
    "Sweden, Government of": ("SE-0", "SE-6"),
    "Switzerland, Government of": ("CH-4",),
    "United Kingdom, Government of": ("GB-GOV-", "GB-1"),
    "United Nations Children's Fund": ("XM-DAC-41122",),
    "United Nations Office for Project Services": ("41AAA",),
    "United States of America, Government of": ("US-GOV-", "US-USAGOV"),
    "World Bank": ("44000", "XI-IATI-WBTF"),
    "World Food Programme": ("XM-DAC-41140",),
    "World Health Organization": ("XM-DAC-928",),
}
#: Country-based pooled funds, each a donor of its own in FTS.
_POOLED = (" Humanitarian Fund", ("XM-OCHA-CBPF",))


def agrees(donor: str, publisher: str) -> bool:
    """Whether the publisher can be the one that reports the donor's money."""
    begins = PUBLISHERS.get(donor, _POOLED[1] if donor.endswith(_POOLED[0]) else ())
    return any(publisher == one or (publisher.startswith(one) and (one[-1] in "-_" or publisher[len(one)] == "-")) for one in begins)
