"""What is taken from an activity: for each element that holds others, the values of each of its children. Both readers follow this list.

A container's rows are its children; a field is a child, or something below it that is there at most once, and ends in the text of an
element or in an attribute. What may be there many times is a container of its own. Source: the schemas of IATI 1.0x to 2.03.
"""

from functools import cache

Containers = dict[str, tuple[str, ...]]

_NARRATIVE = ("narrative", "narrative/@lang")
_ORG = ("@ref", "@type")
_MONEY = ("period-start/@iso-date", "period-end/@iso-date", "value", "value/@currency", "value/@value-date")

ACTIVITY = "iati-activity"
TRANSACTION = f"{ACTIVITY}/transaction"
RESULT = f"{ACTIVITY}/result"
INDICATOR = f"{RESULT}/indicator"
PERIOD = f"{INDICATOR}/period"

#: The attributes of the activity itself.
ATTRIBUTES = ("default-currency", "last-updated-datetime", "lang", "hierarchy", "humanitarian", "linked-data-uri", "version")


def _of(child: str, *fields: str) -> tuple[str, ...]:
    return tuple(child if not field else f"{child}/{field}" for field in fields)


#: The containers of an activity without its transactions and results, with the fields of their children.
_MAIN: Containers = {
    ACTIVITY: (
        "iati-identifier",
        *_of("reporting-org", "", *_ORG, "@secondary-reporter"),
        *_of("title", "", "@lang"),
        *_of("description", "", "@type", "@lang"),
        *_of("participating-org", "", *_ORG, "@role", "@activity-id", "@crs-channel-code", "@lang"),
        "activity-status/@code",
        "activity-scope/@code",
        "collaboration-type/@code",
        "default-flow-type/@code",
        "default-finance-type/@code",
        "default-tied-status/@code",
        *_of("default-aid-type", "@code", "@vocabulary"),
        "capital-spend/@percentage",
        *_of("activity-date", "", "@type", "@iso-date"),
        *_of("other-identifier", "", "@ref", "@type", "@owner-ref", "@owner-name", "owner-org/@ref"),
        *_of("recipient-country", "", "@code", "@percentage"),
        *_of("recipient-region", "", "@code", "@vocabulary", "@vocabulary-uri", "@percentage"),
        *_of("sector", "", "@code", "@vocabulary", "@vocabulary-uri", "@percentage"),
        *_of("tag", "@code", "@vocabulary", "@vocabulary-uri"),
        *_of("humanitarian-scope", "@type", "@vocabulary", "@vocabulary-uri", "@code"),
        *_of("policy-marker", "", "@code", "@vocabulary", "@vocabulary-uri", "@significance"),
        *_of("related-activity", "@ref", "@type"),
        *_of("budget", "@type", "@status", *_MONEY),
        *_of("planned-disbursement", "@type", *_MONEY),
        *_of("planned-disbursement/provider-org", "@ref", "@provider-activity-id"),
        *_of("planned-disbursement/receiver-org", "@ref", "@receiver-activity-id"),
        *_of("location", "@ref", "location-reach/@code", "location-class/@code", "feature-designation/@code", "exactness/@code"),
        *_of("location", "point/pos", "coordinates/@latitude", "coordinates/@longitude", "name", "description"),
    ),
    **{
        f"{ACTIVITY}/{name}": _NARRATIVE
        for name in (
            "title",
            "description",
            "reporting-org",
            "participating-org",
            "recipient-country",
            "recipient-region",
            "sector",
            "tag",
            "humanitarian-scope",
            "policy-marker",
            "activity-date",
        )
    },
    **{f"{ACTIVITY}/planned-disbursement/{name}": _NARRATIVE for name in ("provider-org", "receiver-org")},
    f"{ACTIVITY}/other-identifier/owner-org": _NARRATIVE,
    f"{ACTIVITY}/location": (
        *_of("location-id", "@code", "@vocabulary"),
        *_of("administrative", "", "@code", "@vocabulary", "@level", "@country", "@adm1", "@adm2"),
    ),
    **{f"{ACTIVITY}/location/{name}": _NARRATIVE for name in ("name", "description", "activity-description")},
}

#: The containers of the transactions.
_TRANSACTIONS: Containers = {
    ACTIVITY: (
        *_of("transaction", "@ref", "@humanitarian"),
        *_of("transaction/transaction-type", "", "@code"),
        *_of("transaction/transaction-date", "", "@iso-date"),
        *_of("transaction/value", "", "@currency", "@value-date"),
        "transaction/description",
        *_of("transaction/provider-org", "", *_ORG, "@provider-activity-id"),
        *_of("transaction/receiver-org", "", *_ORG, "@receiver-activity-id"),
        "transaction/flow-type/@code",
        "transaction/finance-type/@code",
        "transaction/tied-status/@code",
        "transaction/disbursement-channel/@code",
    ),
    TRANSACTION: (
        *_of("sector", "", "@code", "@vocabulary", "@vocabulary-uri", "@percentage"),
        *_of("recipient-country", "", "@code", "@percentage"),
        *_of("recipient-region", "", "@code", "@vocabulary", "@vocabulary-uri", "@percentage"),
        *_of("aid-type", "@code", "@vocabulary"),
    ),
    **{
        f"{TRANSACTION}/{name}": _NARRATIVE
        for name in ("description", "provider-org", "receiver-org", "sector", "recipient-country", "recipient-region")
    },
}

#: The containers of the results.
_RESULTS: Containers = {
    ACTIVITY: _of("result", "@type", "@aggregation-status"),
    RESULT: (*_of("title", "", "@lang"), *_of("description", "", "@lang"), *_of("indicator", "@measure", "@ascending")),
    f"{RESULT}/title": _NARRATIVE,
    f"{RESULT}/description": _NARRATIVE,
    INDICATOR: (
        *_of("title", "", "@lang"),
        *_of("description", "", "@lang"),
        *_of("baseline", "@year", "@iso-date", "@value"),
        *_of("period", "period-start/@iso-date", "period-end/@iso-date"),
    ),
    f"{INDICATOR}/title": _NARRATIVE,
    f"{INDICATOR}/description": _NARRATIVE,
    f"{INDICATOR}/baseline": (*_of("location", "@ref"), *_of("dimension", "@name", "@value"), *_of("comment", "", "@lang")),
    f"{INDICATOR}/baseline/comment": _NARRATIVE,
    PERIOD: (*_of("target", "@value"), *_of("actual", "@value")),
    **{
        f"{PERIOD}/{kind}": (*_of("location", "@ref"), *_of("dimension", "@name", "@value"), *_of("comment", "", "@lang"))
        for kind in ("target", "actual")
    },
    **{f"{PERIOD}/{kind}/comment": _NARRATIVE for kind in ("target", "actual")},
}


#: The children of an activity that are read together: the fast reader fills every column of a container for every row of it.
_TOGETHER = {
    "sums": ("budget", "planned-disbursement"),
    "places": ("location",),
    "parts": ("participating-org", "recipient-country", "recipient-region", "sector", "tag", "humanitarian-scope", "policy-marker"),
}


def _portions() -> dict[str, Containers]:
    """The containers of `_MAIN` in portions by the children of the activity that they belong to."""
    portion_of = {child: portion for portion, children in _TOGETHER.items() for child in children}
    found: dict[str, Containers] = {"about": {}, **{portion: {} for portion in _TOGETHER}}
    for container, fields in _MAIN.items():
        for field in fields:
            child = f"{container}/{field}".split("/")[1]
            portion = found[portion_of.get(child, "about")]
            portion[container] = (*portion.get(container, ()), field)
    return found


#: An activity is read in portions, each with as few bytes and columns as it needs.
PORTIONS: dict[str, Containers] = {**_portions(), "transactions": _TRANSACTIONS, "results": _RESULTS}


@cache
def portion_of(container: str, element: str = "") -> str:
    """The portion in which an element of a container is."""
    child = f"{container}/{element}".split("/")[1]
    return next(portion for portion in PORTIONS if child in known_children(portion, ACTIVITY))


@cache
def known_children(portion: str, container: str) -> tuple[str, ...]:
    """The children of `container` that are counted as its rows: those with fields and those that are containers."""
    own = [field.split("/")[0] for field in PORTIONS[portion].get(container, ())]
    deeper = [name[len(container) + 1 :].split("/")[0] for name in PORTIONS[portion] if name.startswith(container + "/")]
    return tuple(dict.fromkeys([*own, *deeper]))


@cache
def leads_on(portion: str, way: str) -> bool:
    """Whether there are containers at the end of the way or below it."""
    return any(name == way or name.startswith(f"{way}/") for name in PORTIONS[portion])
