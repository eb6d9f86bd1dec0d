"""Who speaks where nobody is quoted: the signer in the byline, else the organisation that issued the document."""

import re
from collections.abc import Iterator

import msgspec

from pledgebook.core.document import Document
from pledgebook.core.found import Speech
from pledgebook.extraction.cast import NAME
from pledgebook.extraction.places import FoundPlace
from pledgebook.reference.actors import (
    Actor,
    Person,
    actor_named,
    holder_of,
    organisations,
    person_named,
    place_or_name,
    principal_of,
    states,
)

_TITLE_WORDS = (
    r"(?:Secretary|Spokes(?:person|man|woman)|Ambassador|President|Minister|Director|Coordinator|Envoy|Administrator|Representative|Advis[eo]r|Official|"
    r"Chargé|Commissioner|Governor|Chair(?:man|woman)?|Chief|Counselor|Commander|General|Chancellor|Mayor)"
)
_SIGNED = re.compile(rf"(?P<name>{NAME}(?:,?\s(?:Jr\.|III))?),\s(?P<title>[^\n]{{0,80}}\b{_TITLE_WORDS}\b[^\n]{{0,80}})")
_ATTRIBUTED = re.compile(rf"attributable to (?:[A-Z]\w+\s){{0,4}}(?P<name>{NAME})")
_OPENING = r"(?:remarks?|statement|address|message|letter|speech|proclamation|press conference|op-?ed|toasts?|testimony|interview|news conference|press availability|executive order)"
_BY_PERSON = re.compile(
    rf"(?i:\b{_OPENING}\b[^\n]{{0,40}}?\b(?:by|of|from|with)\s)(?i:the\s)?(?P<title>[A-Z][\w .-]{{0,40}}?\s)?(?P<name>{NAME}|[A-Z][a-z]+)"
)
_PRESIDENT = re.compile(
    r"(?i)\bpresidential (?:message|proclamation|memorand)|(?:remarks|statement|message|letter|address|toasts?|press conference|news conference|interview|eulogy|speech|op-?ed) (?:by|of|from|with) (?:the )?president\b(?! (?!Obama|Trump|Biden|Bush|before|on|at|in|to|after|and|upon)\w)|\b(?:of )?the president[’']s (?:\w+ )?(?:address|remarks|speech|statement|message|toast|weekly)|\bby the authority vested in me as president|"
    r"\bweekly address\b|\bA PROCLAMATION\b|\bI,\s[A-Z. ]{5,40},\spresident of the united states"
)
_FIRST_LADY = re.compile(r"(?i)(?:remarks|statement|message|letter) (?:by|of|from) the first lady")
_VICE_PRESIDENT = re.compile(r"(?i)(?:remarks|statement|message) (?:by|of|from) the vice president")
_JOINT = re.compile(
    r"(?:text of the following|following)\s+(?:joint\s+)?(?:statement|communiqu\w+|declaration|text)\s+(?:was|is|has been)\s+(?:\w+\s){0,3}?"
    r"(?:released|issued|agreed|adopted|made|given)[^\n]{0,40}?\bby\s+(?P<by>[^\n]{5,900}?)(?:\.\s|:|\n|$)|"
    r"(?P<who>[^\n.]{5,900}?)\s(?:have\s|has\s|today\s)*(?:issued|released|made|adopted)\s(?:today\s)?the following (?:joint )?(?:statement|declaration|text)",
    re.IGNORECASE,
)
_FIRST_PERSON = re.compile(r"(?<![\w’'])(?:[Ww]e|[Oo]ur|[Uu]s|I|[Mm]y)(?![\w.])")
_HEAD = 700


#: Speaker labels that name an office of the issuing state.
OFFICES = ("Vice President", "President", "First Lady", "Secretary of State", "Prime Minister")


class Issuer(msgspec.Struct, frozen=True, kw_only=True):
    """`speaker` is the signer or the organisation; `principals` whom "we" binds; `first_person` whether the text speaks as I or we."""

    speaker: str | None
    signed: bool
    attributed: bool
    principals: tuple[str, ...]
    first_person: bool
    institution: str | None
    rule: str
    day: str | None = None

    def office_holder(self, words: str) -> Person | None:
        """Who holds the office that `words` name ("THE PRESIDENT") in the issuer's own state."""
        plain = re.sub(r"(?i)^the\s", "", words.strip(" :\n")).title().replace(" Of ", " of ")
        office = next((office for office in OFFICES if plain in (office, office.split(" of ")[0])), None)
        state = next((code for code, actor in states().items() if actor.name in self.principals), None)
        if (
            office is None
            or state is None
            or self.day is None
            or (office.startswith("Secretary") and "State" not in (self.institution or ""))
        ):
            return None
        return holder_of(office, state, self.day)

    def speech(self, words: str) -> Speech:
        """Direct for a signer's first-person text (for an attributed readout: its first-person sentences), else document."""
        if not self.signed:
            return "document"
        own = bool(_FIRST_PERSON.search(words)) if self.attributed else self.first_person
        return "direct" if own else "document"


def issuer_of(document: Document, text: str, places: list[FoundPlace]) -> Issuer:
    """The voice of the document itself."""
    outlet = actor_named(document.outlet or "")
    heading = text[:120].casefold()
    office = next(
        (
            actor.name
            for actor in organisations().values()
            if actor.kind == "house" and actor.name.casefold().startswith("office ") and actor.name.casefold() in heading
        ),
        None,
    )
    institution = office or _institution(outlet, document.outlet)
    home = principal_of(outlet) if outlet is not None else None
    head = "\n".join(part for part in (document.title or "", text[:_HEAD]) if part)
    joint = _joint(places, text)
    name, principal, rule, attributed = _signer(document, head, home)
    principals = joint or ((principal,) if principal else ((home,) if home else ()))
    speaker = _listed(joint) if joint and name is None else name or institution
    return Issuer(
        speaker=speaker,
        signed=name is not None,
        attributed=attributed,
        principals=principals,
        first_person=bool(_FIRST_PERSON.search(text)),
        institution=institution,
        rule="joint statement" if joint else rule,
        day=document.published,
    )


def _institution(actor: Actor | None, outlet: str | None) -> str | None:
    """The issuing organisation's name: the registry's, unless the outlet signs with its own short name ("CENTCOM")."""
    return outlet if actor is None or (outlet is not None and outlet.isupper()) else actor.name


def _signer(document: Document, head: str, home: str | None) -> tuple[str | None, str | None, str, bool]:
    """Name, principal, rule and whether the text is only attributed to them."""
    day = document.published
    match = _ATTRIBUTED.search(head)
    if match is not None:
        return *_known(match.group("name"), day, home), "attributable to", True
    for line in [line.strip() for line in head.split("\n")][:8]:
        match = _SIGNED.match(line)
        if match is not None and len(line) < 170:
            return *_known(match.group("name"), day, home), "byline", False
    if home is None and (document.outlet or "") and not re.search(r"(?i)government|ministry|office|department", document.outlet or ""):
        return None, None, "outlet", False
    person = _office_holder(head, document, day)
    if person is not None:
        return person.name, place_or_name(person.of), "office holder named in the head", False
    match = _BY_PERSON.search(head)
    if match is not None and not re.match(r",?\s(?:and|with)\s(?:[A-Z]|the\s)", head[match.end() :]):
        person = person_named(match.group("name"), day)
        if person is not None:
            return person.name, place_or_name(person.of), "named in the head", False
    if document.author and (person := person_named(document.author, day)):
        return person.name, place_or_name(person.of), "author", False
    return None, None, "issuer", False


def _known(name: str, day: str | None, home: str | None) -> tuple[str, str | None]:
    person = person_named(name, day)
    return (person.name, place_or_name(person.of)) if person is not None else (name, home)


def _office_holder(head: str, document: Document, day: str | None) -> Person | None:
    country = actor_named(document.outlet or "")
    if country is None or country.state != "US":
        return None
    for pattern, office in ((_PRESIDENT, "President"), (_VICE_PRESIDENT, "Vice President"), (_FIRST_LADY, "First Lady")):
        if pattern.search(head):
            return holder_of(office, "US", day)
    return None


def _joint(places: list[FoundPlace], text: str) -> tuple[str, ...]:
    match = None
    for line in _lines(text[: _HEAD * 2]):
        if match is None and "following" in text[slice(*line)].lower():
            match = _JOINT.search(text, *line)
    if match is None:
        return ()
    low, high = match.span("by" if match.group("by") else "who")
    names = [states()[place.country].name for place in places if low <= place.start < high and place.country in states()]
    found = tuple(dict.fromkeys(names))
    return found if len(found) > 1 else ()


def _lines(text: str) -> Iterator[tuple[int, int]]:
    return (match.span() for match in re.finditer(r"[^\n]+", text))


def _listed(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"
