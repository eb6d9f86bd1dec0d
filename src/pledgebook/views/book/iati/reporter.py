"""Who reports: the organisation that publishes the book's pledges. It is always told by the user, never guessed."""

import re

import msgspec

#: IATI's codelist OrganisationType.
ORGANISATION_TYPES = ("10", "11", "15", "21", "22", "23", "24", "30", "40", "60", "70", "71", "72", "73", "80", "90")
#: "{registration agency}-{number}" of printable ASCII, without what IATI's ruleset bars from identifiers (1.14.13: / & | ?).
_REFERENCE = re.compile(r"[A-Z0-9]+-[!-~]+", re.ASCII)
_BARRED = frozenset("/&|?")


class Reporter(msgspec.Struct, frozen=True, kw_only=True):
    """A reporting organisation: its IATI identifier, its name, and its type (a code of OrganisationType)."""

    ref: str
    name: str
    type: str


def reporter_of(ref: str, name: str, kind: str) -> Reporter:
    """The reporter of these particulars. Raises ValueError with words for the user if one of them cannot stand in a valid file."""
    if not _REFERENCE.fullmatch(ref) or _BARRED & set(ref):
        msg = f"{ref!r} is no IATI organisation identifier. It has an agency's code, a hyphen and a number, as GB-CHC-202918."
        raise ValueError(msg)
    if not name.strip() or not name.isprintable():
        msg = "The reporting organisation needs a name of printable letters."
        raise ValueError(msg)
    if kind not in ORGANISATION_TYPES:
        msg = f"{kind!r} is no code of IATI's list OrganisationType: {', '.join(ORGANISATION_TYPES)}."
        raise ValueError(msg)
    return Reporter(ref=ref, name=name.strip(), type=kind)
