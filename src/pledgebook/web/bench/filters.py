"""Which records of the queue are wanted, and in which order: told by the address of a page, and carried on from page to page."""

from typing import Literal, get_args
from urllib.parse import urlencode

import msgspec

from pledgebook.core.promise import Review
from pledgebook.web.answers import NoPageError
from pledgebook.web.forms import Sent

#: What became of a record: who has looked at it, or that it is no commitment (no claim).
State = Literal["machine-read", "accepted", "corrected", "added", "rejected"]
STATES: tuple[str, ...] = (*get_args(Review), "rejected")
Of = Literal["commitment", "claim", "any"]
_OF: dict[str, Of] = {"commitment": "commitment", "claim": "claim", "any": "any"}
Order = Literal["certainty", "document", "outlet", "actor", "kind", "state", "newest"]
ORDERS: dict[Order, str] = {
    "certainty": "least certain first",
    "document": "by document",
    "outlet": "by outlet",
    "actor": "by actor",
    "kind": "by kind",
    "state": "by review state",
    "newest": "newest first",
}
#: Fields by which records are chosen: those in which something may stand or not.
FILLED = ("actors", "amounts", "deadline", "countries", "purposes", "speaker", "moved_to", "happened")
#: Before the name of a field that must be empty.
LACKING = "-"
#: Characters of what is searched for.
_LONGEST = 200


class Filter(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is wanted. `state` "" is any; `actor` and `document` are words in names and titles (or a document's id); `field` must be filled,
    or empty where LACKING stands before its name.
    """

    of: Of = "commitment"
    state: str = "machine-read"
    actor: str = ""
    document: str = ""
    outlet: str = ""
    field: str = ""
    kind: str = ""
    order: Order = "certainty"

    @property
    def query(self) -> str:
        """The filter as the query of an address, with its question mark; empty for the plain one."""
        told = urlencode(msgspec.to_builtins(self))
        return f"?{told}" if told else ""


def filter_of(sent: Sent) -> Filter:
    """The filter that an address or a form tells. Raises NoPageError for a value that is none of those which a filter has."""
    of, order, field = sent.one("of") or "commitment", sent.one("order") or "certainty", sent.one("field")
    state = sent.one("state") if "state" in sent else "machine-read"
    told = (
        ("of", of, of in _OF),
        ("state", state, state in {"", *STATES}),
        ("field", field, field in {"", *FILLED, *(f"{LACKING}{one}" for one in FILLED)}),
        ("order", order, order in ORDERS),
    )
    for name, value, known in told:
        if not known:
            raise NoPageError(f"No record can be chosen by {name}={value[:40]}.", 400)
    return Filter(
        of=_OF[of],
        state=state,
        actor=sent.one("actor")[:_LONGEST],
        document=sent.one("document")[:_LONGEST],
        outlet=sent.one("outlet")[:_LONGEST],
        field=field,
        kind=sent.one("kind")[:_LONGEST],
        order=msgspec.convert(order, Order),
    )
