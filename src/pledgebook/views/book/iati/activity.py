"""One pledge as an iati-activity of IATI 2.03, its elements in the order of iati-activities-schema.xsd."""

import datetime
from collections.abc import Mapping
from xml.etree import ElementTree as ET

from pledgebook.core import edtf
from pledgebook.core.assessment import Stage, Verdict
from pledgebook.core.snapshot import Standing
from pledgebook.reference.actors import Actor
from pledgebook.status.sums import plain as plain_number
from pledgebook.views.book.due_calendar import due_day
from pledgebook.views.book.iati import words
from pledgebook.views.book.iati.addresses import form_of, web_address
from pledgebook.views.book.iati.pledge import Pledge
from pledgebook.views.book.iati.reporter import Reporter
from pledgebook.views.book.iati.shares import Share, countries_of, is_humanitarian, sectors_of
from pledgebook.views.book.iati.words import plain
from pledgebook.views.book.whole import Whole

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
#: Codes of IATI 2.03's codelists.
OUTGOING_PLEDGE = "12"
_FUNDING = "1"
_GENERAL, _OTHER = "1", "4"
_OWN_IDENTIFIER = "A1"
_PLANNED_START, _PLANNED_END = "1", "3"
_NO_REGION, _OF_DAC = "998", "1"
_GOVERNMENT = "10"
_PAGE = "A12"
#: ActivityStatus: 1 pipeline, 2 implementation, 4 closed, 5 cancelled. Money that is granted and not yet moved is in the pipeline.
_STATUS: Mapping[Stage, str] = {"announced": "1", "formalised": "1", "funded": "1", "under way": "2", "delivered": "4"}
_CANCELLED = "5"
_GIVEN_UP: frozenset[Verdict] = frozenset({"withdrawn", "lapsed", "reversed"})
#: Kinds of actors that are a government or an organ of one. Agencies may be of other types, and stay without one.
_OF_STATE = frozenset({"state", "organ", "house", "government"})


def activity(whole: Whole, pledge: Pledge, reporter: Reporter) -> ET.Element:
    """The activity of a pledge; the same pledge gives the same element."""
    lead = pledge.promise.lead
    one = ET.Element("iati-activity", {_LANGUAGE: "en", "default-currency": pledge.amount.unit})
    if is_humanitarian(lead.purposes):
        one.set("humanitarian", "1")
    ET.SubElement(one, "iati-identifier").text = plain(f"{reporter.ref}-{pledge.promise.id}")
    _named(one, "reporting-org", reporter.name, ref=reporter.ref, type=reporter.type, **{"secondary-reporter": "1"})
    _named(one, "title", words.title(pledge))
    _named(one, "description", words.quotes(whole, pledge), type=_GENERAL)
    _named(one, "description", words.notes(whole, pledge), type=_OTHER)
    _named(one, "participating-org", pledge.provider.name, **_particulars(pledge.provider), role=_FUNDING)
    # Any of its mentions' ids leads to the promise, and each may once have been the promise's own (docs/identity.md).
    for name in dict.fromkeys((pledge.promise.id, *(f"p-{mention.commitment.id}" for mention in pledge.promise.mentions))):
        ET.SubElement(one, "other-identifier", {"ref": plain(name), "type": _OWN_IDENTIFIER})
    ET.SubElement(one, "activity-status", {"code": _status(pledge.standing)})
    _named(one, "activity-date", "The day on which it was announced", **{"iso-date": pledge.announced}, type=_PLANNED_START)
    if (end := planned_end(pledge.standing)) and end.isoformat() >= pledge.announced:
        ET.SubElement(one, "activity-date", {"iso-date": end.isoformat(), "type": _PLANNED_END})
    _recipients(one, countries_of(lead.countries))
    vocabulary, sectors = sectors_of(lead.purposes)
    for share in sectors:
        ET.SubElement(one, "sector", {"vocabulary": vocabulary, **_share(share)})
    _transaction(one, pledge)
    _links(one, whole, pledge)
    if lead.conditional:
        ET.SubElement(one, "conditions", {"attached": "1"})
    return one


def planned_end(standing: Standing) -> datetime.date | None:
    """The due date where it is a day; None for a month, a season or an uncertain date, which the description tells."""
    day, due = due_day(standing), standing.assessment.time.due
    end = edtf.parse(due).end if day is not None and due is not None else None
    return day if end is not None and end.precision == "day" and not end.mark else None


def _status(standing: Standing) -> str:
    return _CANCELLED if standing.assessment.verdict in _GIVEN_UP else _STATUS[standing.assessment.stage]


def _recipients(one: ET.Element, shares: list[Share]) -> None:
    """The countries; "developing countries, unspecified" where none is named, for one of both must be there (rule 3.7.1)."""
    for share in shares:
        ET.SubElement(one, "recipient-country", _share(share))
    if not shares:
        ET.SubElement(one, "recipient-region", {"code": _NO_REGION, "vocabulary": _OF_DAC})


def _transaction(one: ET.Element, pledge: Pledge) -> None:
    """The sum in force, dated by the day on which it was told. An earlier sum is no transaction of its own: see docs/exports.md."""
    made = ET.SubElement(one, "transaction", {"ref": pledge.teller.commitment.id})
    ET.SubElement(made, "transaction-type", {"code": OUTGOING_PLEDGE})
    ET.SubElement(made, "transaction-date", {"iso-date": pledge.told})
    value = ET.SubElement(made, "value", {"currency": pledge.amount.unit, "value-date": pledge.told})
    value.text = plain_number(pledge.value)
    _named(made, "description", words.sum_text(pledge))
    _named(made, "provider-org", pledge.provider.name, **_particulars(pledge.provider))


def _links(one: ET.Element, whole: Whole, pledge: Pledge) -> None:
    """A link to the source of each mention that has an address, each once, in the order of mentions."""
    by_address = {web_address(mention.url): mention for mention in reversed(pledge.promise.mentions) if mention.url}
    for address, mention in reversed(by_address.items()):
        if address is not None:
            link = ET.SubElement(one, "document-link", {"format": form_of(address), "url": address})
            _named(link, "title", words.source_title(whole, mention))
            ET.SubElement(link, "category", {"code": _PAGE})


def _particulars(actor: Actor) -> dict[str, str]:
    found = {"ref": plain(actor.iati)} if actor.iati else {}
    return found | ({"type": _GOVERNMENT} if actor.kind in _OF_STATE else {})


def _share(share: Share) -> dict[str, str]:
    return {"code": share.code} | ({} if share.percentage is None else {"percentage": str(share.percentage)})


def _named(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    """An element with attributes and one narrative, in the activity's language."""
    made = ET.SubElement(parent, name, attributes)
    ET.SubElement(made, "narrative").text = plain(text)
