"""The people of one document: a person once fully named is that person later, with the state or body they speak for."""

import re
from bisect import bisect_right

import msgspec

from pledgebook.extraction.cues import word_set
from pledgebook.extraction.given_names import FEMALE_NAMES, MALE_NAMES
from pledgebook.extraction.places import FoundPlace, find_places
from pledgebook.reference.actors import Person, find_actors, person_named, place_or_name, principal_of, states

_RANK = (
    r"(?:Acting|Deputy|Principal|Senior|Under|Assistant|Former|Vice|Prime|Foreign|Defen[cs]e|Interior|Finance|Health|Trade|Energy|Oil|Transport|"
    r"Special|National|Chief|Permanent|State|Presidential|Crown|First|Associate|Home|Justice|Agriculture|Education|Environment|Economy|Press|Security|"
    r"High|Executive|Managing|Lt\.|Maj\.|Brig\.|Lieutenant|Major|Brigadier|Rear)"
)
_OFFICE = (
    r"(?:President|Minister|Secretary|Secretary[- ]General|Chancellor|Ambassador|Spokes(?:person|man|woman)|Director|Director[- ]General|Governor|Mayor|"
    r"General|Gen\.|Admiral|Colonel|Col\.|Capt\.|Captain|Senator|Sen\.|Representative|Rep\.|Commissioner|Envoy|Coordinator|Administrator|King|Queen|Prince|Princess|"
    r"Emir|Sheikh|Premier|Commander|Chairman|Chairwoman|Chair|Chief|Adviser|Advisor|Official|Counselor|Chargé d[’']Affaires|Administrator|Undersecretary|Judge|Lady|Speaker|Attorney General|Taoiseach|Pope|Archbishop|"
    r"Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Sir|Dame|Lord|Baroness|Professor|Prof\.)"
)
TITLE = rf"(?:{_RANK}\s)*{_OFFICE}(?:\s(?:of|for)\s(?:the\s)?[A-Z][\w-]+(?:(?:,|\sand|,\sand|\sof)?\s[A-Z][\w-]+){{0,5}})?"
_PART = r"(?:[A-Z]\.(?:\s?[A-Z]\.)?|[A-Z][^\W\d_]*(?:[-'’][A-Za-z][^\W\d_]*)*|(?:al|el|an|ad|as)-[A-Z][^\W\d_]+|bin|ibn|van|von|der|den|de|da|dos|del|di|du|la|le|Abu)"
NAME = rf"[A-Z][^\W\d_]*(?:[-'’.][A-Za-z][^\W\d_]*)*(?:\s{_PART}){{1,4}}(?<!\s(?:de|da|la|le|di|du))"
_TITLED = re.compile(rf"(?<!\w)(?P<title>{TITLE})\s(?P<name>{NAME})")
_APPOSED = re.compile(rf"(?<!\w)(?P<name>{NAME}),\s(?:the\s|a\s)?(?P<title>[^,.;\n]{{3,90}}?)(?=[,.;\n])")
_ROLE = (
    r"(?:minister|president|secretary|chancellor|ambassador|spokes(?:person|man|woman)|director|manager|governor|mayor|envoy|leader|organi[sz]er|head|"
    r"chair(?:man|woman)?|chief(?:\sexecutive|\sof\sstaff)?|founder|superintendent|sheriff|commissioner|official|officer|commander|lawyer|attorney|boss|owner|"
    r"councillor|senator|lawmaker|analyst|professor|economist|activist|farmer|member)"
)
_LOWER = re.compile(rf"(?<![\w’'-])(?P<title>(?:[A-Za-z][\w’'-]*\s){{0,4}}{_ROLE}),?\s(?P<name>{NAME})")
_OFFICIAL = re.compile(
    r"(?i)\b(?:president|minister|secretary|chancellor|ambassador|spokes(?:person|man|woman)|director|governor|mayor|envoy|coordinator|administrator|"
    r"commander|general|chief|chair(?:man|woman)?|advis[eo]r|representative|commissioner|head|official|executive|ceo|leader|senator|judge)\b"
)
#: Offices of a state, by which their holder speaks for it.
_PUBLIC = re.compile(
    r"(?i)\b(?:president|minister|secretary|chancellor|ambassador|king|queen|prince|emir|premier|general|admiral|envoy|spokes\w+|attorney|commander|senator|consul)\b"
)
#: Capitalised words that open a sentence or name a day: no part of any name.
OPENERS = word_set(
    "A After An And April As At August Before But By December During February For Friday From He Her His I If In It Its January July June March "
    "May Monday My November October Of On Or Our Saturday September She Sunday That The Their These They This Those Thursday To Tuesday We "
    "Wednesday When While With You Your "
)
_NOT_NAMES = OPENERS | word_set(
    "About Act Agency Agreement Announcing Army Bank Between Committee Conference Congress Council Court Day Department Following Forces Forum "
    "Fund Government Honoring House Initiative Joint Meeting Ministry Nations Office Party Press Program Programme Regarding Remarks Republic "
    "State Summit Through Today Tomorrow Toward Towards Union United University Upon Week Yesterday "
)
#: The words between the start of a sentence and a name in it: a title, an adverbial of time, given names.
_OPENING = re.compile(
    r"(?:^|[.!?]\W{1,3}|\n)(?:(?:Today|Yesterday|Earlier|On \w+day),?\s)?(?:the\s|The\s)?(?:[A-Z][\w.’'-]*[\s,]+(?:(?:of|for|the|to|and)\s){0,2}){0,8}$"
)
_ENDS = " \t\n,.;:’'\"”“"


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """A person of the document: full name, whom they speak for (None if not told), where first and fully named, and the title there."""

    name: str
    principal: str | None
    start: int
    title: str = ""


class Cast:
    """The people that a document names in full; `resolve` and `before` find them again by a shorter name, a title or a place."""

    def __init__(
        self, text: str, places: list[FoundPlace], day: str | None, home: str | None, title: str = "", assumed: str | None = None
    ) -> None:
        self._day = day
        self._home = home
        named = [msgspec.structs.replace(member, start=0) for member in _introduced(title, find_places(title), day, home)]
        found = sorted([*named, *_introduced(text, places, day, home)], key=lambda member: member.start)
        if assumed is not None:
            public = [member for member in found if member.principal is None and _PUBLIC.search(member.title)]
            found = [msgspec.structs.replace(member, principal=assumed) if member in public else member for member in found]
        self.members = tuple(found)
        self._by_last: dict[str, Member] = {}
        for member in found:
            known = self._by_last.get(_last(member.name))
            if known is None or (
                known.principal is None and member.principal is not None and known.name.split()[0] == member.name.split()[0]
            ):
                self._by_last[_last(member.name)] = member
        self._mentions = sorted(_mentions(text, self._by_last))
        self._starts = [mention[0] for mention in self._mentions]

    def resolve(self, words: str) -> Member | None:
        """The person that `words` name: by last name in this document, else by the registry of office holders on that day."""
        names = [
            part.title() if part.isupper() and len(part) > 3 else part
            for part in re.findall(r"[^\W\d_][\w’'-]*", words)
            if part[0].isupper()
        ]
        for part in reversed(names):
            plain = re.sub(r"['’]s$", "", part)
            member = self._by_last.get(plain)
            if member is not None:
                return member
        shown = words.title() if words.isupper() else words
        person = next((hit for part in _endings(shown) if (hit := person_named(part, self._day))), None)
        return _member(person, 0) if person is not None else None

    def named_in(self, words: str) -> list[Member]:
        """The people that a heading names, in its order."""
        found = [(match.start(), self.resolve(match.group())) for match in re.finditer(rf"{TITLE}\s(?:{NAME}|[A-Z][\w’'-]+)", words)]
        return [member for _, member in found if member is not None]

    def before(self, position: int, title: str | None = None) -> Member | None:
        """The person last named at the start of a sentence before `position`, else the last named; with `title` of those who bear it."""
        earlier = self._mentions[: bisect_right(self._starts, position - 1)]
        fitting = [mention for mention in earlier if title is None or title.lower() in self._by_last[mention[2]].title.lower()]
        best = max(fitting, key=lambda mention: (mention[1], mention[0]), default=None)
        return self._by_last[best[2]] if best is not None else None


def _mentions(text: str, by_last: dict[str, Member]) -> list[tuple[int, bool, str]]:
    """Where each person is named: position, whether at the start of a sentence, last name."""
    if not by_last:
        return []
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(re.escape(name) for name in by_last) + r")(?!\w)")
    return [
        (match.start(), bool(_OPENING.search(text, max(0, match.start() - 120), match.start())), match.group())
        for match in pattern.finditer(text)
    ]


def _last(name: str) -> str:
    parts = [part for part in name.replace(",", " ").split() if part not in {"Jr.", "Jr", "III", "II", "Sr."}]
    return parts[-1] if parts else name


def _endings(words: str) -> list[str]:
    parts = words.strip(_ENDS).split()
    return [" ".join(parts[start:]).removesuffix("’s").removesuffix("'s") for start in range(len(parts))]


def _member(person: Person, start: int, title: str = "") -> Member:
    return Member(name=person.name, principal=place_or_name(person.of), start=start, title=title or person.office)


def _introduced(text: str, places: list[FoundPlace], day: str | None, home: str | None) -> list[Member]:
    found = []
    for pattern in (_TITLED, _APPOSED, _LOWER):
        for match in pattern.finditer(text):
            name = match.group("name")
            title = match.group("title")
            if pattern is _APPOSED and not _OFFICIAL.search(title):
                continue
            if any(part in _NOT_NAMES for part in name.split()) or _OFFICIAL.search(name) or find_actors(name):
                continue
            person = person_named(name, day)
            if person is not None:
                found.append(_member(person, match.start("name"), title))
                continue
            found.append(
                Member(
                    name=name.removesuffix("’s").removesuffix("'s"),
                    principal=_principal(text, match, places, title, home),
                    start=match.start("name"),
                    title=title,
                )
            )
    found.extend(
        Member(name=match.group(), principal=None, start=match.start())
        for match in re.finditer(rf"(?<![\w’'-]){NAME}", text)
        if match.group().split()[0].casefold() in FEMALE_NAMES | MALE_NAMES
        and not any(part in _NOT_NAMES for part in match.group().split())
    )
    return found


def _principal(text: str, match: re.Match[str], places: list[FoundPlace], title: str, home: str | None) -> str | None:
    """Whom a titled person speaks for: the body or state in the title, a demonym before it, "of Iraq" after it, else the document's own."""
    own = find_actors(title)
    if own:
        return principal_of(own[0].actor)
    start, end = match.start(), match.end()
    near = [
        p
        for p in places
        if (start <= p.start < end)
        or (start - 25 <= p.end <= start and text[p.end : start].strip(" ’'s") == "")
        or (p.start == end + 4 and text[end : p.start] == " of ")
    ]
    body = re.search(r"\b(?:of|at|with)\s(?:the\s)?(?P<name>[A-Z][\w&’'-]*(?:\s[A-Z][\w&’'-]*){0,4})", title)
    state = states().get(near[-1].country) if near else None
    if state is not None and _PUBLIC.search(title):
        return state.name
    body = body or re.match(r"(?P<name>[A-Z][\w&’'-]*(?:\s[A-Z][\w&’'-]*)+)\s[a-z]", title)
    if body is not None and home is None and not _PUBLIC.search(title):
        return body.group("name").removesuffix("’s").removesuffix("'s")
    if state is not None:
        return state.name
    return home if re.search(r"(?i)secretary|spokes", title) else None
