"""The people and bodies a document names, and which of them a later word ("he", "Blinken", "the minister") stands for."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from pledgebook.extraction.cues import DAYS, DETERMINERS, MONTHS, PLURAL_SPEAKERS, PRONOUNS, word_set
from pledgebook.extraction.given_names import FEMALE_NAMES, MALE_NAMES
from pledgebook.extraction.speaker_phrases import PARTICLES
from pledgebook.extraction.speaker_places import is_place_or_day
from pledgebook.extraction.speaker_words import (
    BODY,
    FEMALE_WORDS,
    FUNCTION,
    MALE_WORDS,
    OFFICIAL_BODIES,
    PLACE_FIRST,
    PORTFOLIO,
    RANKS,
    TITLES,
)

_CAP = r"(?:[A-ZÀ-Þ][^\W\d_]{0,30}(?:[’'\-][^\W\d_]{1,30}){0,4}|[A-Z]\.(?:[A-Z]\.){0,3}|(?:al|el|ul)-[A-Z][\w’'\-]{1,30})\.?"
_PART = r"(?:al|bin|ibn|de|del|della|der|den|van|von|la|le|da|dos|du|el|ter|ten|abu)"
_CHAIN = re.compile(
    rf"(?<![\w.’'-]){_CAP}(?:,?[ \xa0](?=(?:Jr|Sr)\.)|(?:[ \xa0](?:(?:of|for|{_PART})[ \xa0](?:the[ \xa0]"
    rf"|{_PART}[ \xa0])?)?)){{0,1}}(?:{_CAP}(?:,[ \xa0](?=(?:Jr|Sr)\.)|[ \xa0](?:(?:of|for"
    rf"|{_PART})[ \xa0](?:the[ \xa0])?)?)?){{0,7}}"
)
_SUBJECT = re.compile(
    r"\s*(?:,|—|–|\(|who\b|[a-z]+(?:ed|s)\b|is\b|was\b|has\b|had\b|will\b|would\b|said\b|told\b|took\b|began\b|also\b|[a-z]+ly\b|did\b|went\b|made\b|left\b|saw\b|spent\b|thinks\b|put\b|sat\b|stood\b|came\b|won\b|lost\b|met\b|spoke\b|ran\b|gave\b|grew\b|knew\b|felt\b|could\b)"
)
_APPOSITION = re.compile(r",? (?!whose)(?:who (?:is|was|heads|leads|runs|chairs) )?((?:(?:the|a|an|its|their|his|her) )?[\w’' \-]{3,90})")
_STOPS = FUNCTION | {"to", "of", "that", "who", "said", "says", "told"}
_KIN = re.compile(
    r"\b(?:wife|husband|son|daughter|mother|father|brother|sister|partner|uncle|aunt|cousin|grandmother"
    r"|grandfather|friend|colleague|neighbou?r),? $"
)
_SOMEONE = re.compile(
    (
        r"(?:^|[.!?\x03\n] ?)(?:A|An|One|Another) (?:[\w’'-]+ ){0,4}?(woman|man|girl|boy|mother|father"
        r"|resident|neighbou?r|official|shopkeeper|teacher|driver|passer-by|nurse|doctor|farmer|customer"
        r"|student|soldier|witness|grandmother|pensioner|aide|colleague)\b"
    ),
    re.MULTILINE,
)
_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")


_WOMEN = frozenset({"woman", "girl", "mother", "grandmother"})
_MEN = frozenset({"man", "boy", "father"})


@dataclass
class Person:
    """Someone the document names in full: `parts` of the name without titles, `roles` the words that describe them."""

    name: str
    parts: tuple[str, ...]
    first_at: int
    roles: set[str] = field(default_factory=set)
    gender: str = ""


@dataclass
class Speaker:
    """Who a phrase stands for: a canonical `name` or none, the person if it is one, and whether it is one or many."""

    name: str | None
    person: Person | None = None
    words: frozenset[str] = frozenset()
    kind: str = "person"


def _plain(word: str) -> str:
    word = re.sub(r"[’']s?$", "", word)
    return word if re.fullmatch(r"(?:[A-Z]\.)+|Jr\.|Sr\.", word) else word.rstrip(".,")


def split_name(phrase: str) -> tuple[list[str], list[str]]:
    """Title words and name words of a capitalised phrase: "US Secretary of State Antony Blinken" -> (..., [Antony, Blinken])."""
    parts = phrase.replace(",", " ").split()
    at = 0
    for i, part in enumerate(parts[:-1]):
        low = part.rstrip(".,").lower()
        ranked = low in RANKS and not (i + 2 == len(parts) and parts[-1].lower() in BODY)
        if (
            ranked
            or (
                at == i
                and (low in TITLES | FUNCTION | {"of", "for"} or part.rstrip(".") in DAYS | MONTHS or _nationality(parts, i, phrase))
            )
            or (at == i and i and low in PORTFOLIO and parts[i - 1].lower() in PORTFOLIO | {"of", "for", "and"})
        ):
            at = i + 1
    return parts[:at], [plain for part in parts[at:] if (plain := _plain(part))]


def _nationality(parts: list[str], i: int, phrase: str) -> bool:
    """Whether word `i` is a country's adjective or an acronym before a title: "Iraqi Minister", "NATO Secretary", "US Senator"."""
    part, after = parts[i], parts[i + 1].rstrip(".").lower()
    if after not in TITLES:
        return False
    return re.search(r"(?:an|ish|ese|ch|i|[’']s?)$", part) is not None or (part.isupper() and not phrase.isupper())


def _personal(name: list[str]) -> bool:
    low = [part.lower().rstrip(".") for part in name]
    if not 2 <= len(name) <= 5 or low[0] in PLACE_FIRST or any(part in BODY or part in FUNCTION for part in low):
        return False
    if any(part in {"of", "for"} for part in low) or any(part in MONTHS | DAYS for part in name[1:]):
        return False
    shouted = [part for part in name if part.isupper() and len(part) > 2 and "." not in part]
    if shouted and len(shouted) < sum(len(part) > 2 for part in name):
        return False  # an acronym among ordinary words: "Defend NATO"
    return name[-1][:1].isupper() or name[-1].lower() in {"jr", "sr"} or "-" in name[-1]


class Cast:
    """The people and bodies of one text, looked up by the words that refer to them in reading order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.people: list[Person] = []
        self.by_part: dict[str, list[Person]] = {}
        self.mentions: list[tuple[int, Person, bool]] = []
        self.bodies: list[tuple[int, str]] = []
        self.spoke: list[tuple[int, Speaker]] = []
        for chain in _CHAIN.finditer(text):
            self._note(chain)
        for someone in _SOMEONE.finditer(text):
            word = someone.group(1)
            gender = "f" if word in _WOMEN else "m" if word in _MEN else ""
            self.mentions.append((someone.start(1), Person("", (), someone.start(1), {word}, gender), True))
        self.mentions.sort(key=lambda mention: mention[0])
        self._mention_starts = [at for at, _, _ in self.mentions]

    def _note(self, chain: re.Match[str]) -> None:
        phrase = chain.group().rstrip()
        phrase = re.sub(r"(?:[ ,]+(?:of|for|the|" + _PART[3:-1] + r"))+$", "", phrase)
        while (cut := phrase.rfind(" ")) > 0 and phrase[cut + 1 :].lower() in FUNCTION:
            phrase = phrase[:cut]  # "New Varn. The": the next sentence begins
        titles, name = split_name(phrase)
        end = chain.start() + len(phrase)
        subject = bool(_SUBJECT.match(self.text, end, end + 40))
        if _personal(name):
            self.mentions.append((chain.start(), self._person(titles, name, chain.start(), end), subject))
        elif len(name) == 1 and (known := self.by_part.get(name[0].lower())):
            person = known[-1]
            person.gender = person.gender or _gender(titles)
            self.mentions.append((chain.start(), person, subject))
        elif len(name) == 1 and (
            _KIN.search(self.text[max(0, chain.start() - 16) : chain.start()])
            or (any(title.lower().rstrip(".") in RANKS for title in titles) and name[0].lower() not in BODY | TITLES and len(name[0]) > 2)
        ):
            self.mentions.append((chain.start(), self._person(titles, name, chain.start(), end), True))
        elif (
            any(part.lower() in BODY for part in name) or (len(name) == 1 and name[0].isupper() and len(name[0]) > 2) or len(name) > 1
        ) and not is_place_or_day(self.text, name, chain.start(), end):
            self.bodies.append((chain.start(), " ".join(name)))

    def _person(self, titles: list[str], name: list[str], start: int, end: int) -> Person:
        if len(name[-1]) > 2 and name[-1].isupper():
            name = [part.title() if len(part) > 2 else part for part in name]
        joined = " ".join(name)
        last = _surname(name)
        person = next((p for p in self.by_part.get(last, []) if p.name == joined or len(p.parts) == 1 or _same(p.parts, name)), None)
        if person is not None and len(person.parts) == 1:
            person.name, person.parts = joined, tuple(name)
        if person is None:
            person = Person(joined, tuple(name), start, gender=_gender(titles) or _given_gender(name[0]))
            self.people.append(person)
            for part in {part.lower() for part in name if len(part) > 2}:
                self.by_part.setdefault(part, []).append(person)
        person.roles |= self._roles(titles, start, end)
        return person

    def _roles(self, titles: list[str], start: int, end: int) -> set[str]:
        """Words of titles, of the apposition after the name, and of the description before it."""
        out = {title.lower().rstrip(".") for title in titles}
        if self.text[end : end + 2] in {", ", " w"}:
            after = _APPOSITION.match(self.text, end, end + 120)
            if after and not after.group(1)[:1].isupper():
                out |= {word.lower() for word in _WORD.findall(after.group(1))}
        clause = re.split(r"[.;:!?\n\x01-\x03]", self.text[max(0, start - 80) : start])[-1]
        apposed = clause.rstrip().endswith(",")
        words = _WORD.findall(re.split(r",", clause.rstrip().rstrip(","))[-1])[-7:]
        if not apposed:
            last = max((i for i, word in enumerate(words) if word.lower() in _STOPS), default=-1)
            words = words[last + 1 :]
        if clause.endswith((" ", ", ")):
            out |= {word.lower() for word in words if word.lower() not in FUNCTION}
        return out

    def resolve(self, phrase: str, at: int) -> Speaker:
        """Who `phrase`, standing at offset `at`, stands for."""
        low = phrase.lower()
        if low in PRONOUNS:
            return self._pronoun(low, at)
        words = phrase.split()
        if words[0].lower() in {"the", "a", "an"} and len(words) > 1 and words[-1][:1].islower():
            return self._described(phrase, at)
        own = re.match(r"(.{4,60}?),? (?:of|from|at|for|with|in) ", phrase)
        if own and _personal(split_name(own.group(1))[1]) and not _spoken_for(phrase) and own.group(1).split()[-1].lower() not in TITLES:
            phrase, words = own.group(1), own.group(1).split()
        named = _name_part(words)
        if not named:
            return self._described(phrase, at)
        return self._named(named, phrase, at)

    def _named(self, named: list[str], phrase: str, at: int) -> Speaker:
        titles, name = split_name(" ".join(named))
        if phrase.isupper() and len(phrase.split()) > 1:
            name = [part.title() if part.isupper() and len(part) > 2 else part for part in name]
        if not name or all(part.lower().rstrip(".") in TITLES for part in name):
            role = self._by_role(
                [low for word in [*titles, *name] if (low := word.lower().rstrip(".")) in TITLES - {"united", "us", "u.s", "uk"}], at
            )
            return role or Speaker(None, words=frozenset(word.lower() for word in named))
        if _spoken_for(phrase):
            return Speaker(None, words=frozenset(_WORD.findall(phrase.lower())), kind="spokesperson")
        if (any(part.lower() in BODY for part in name) and phrase.rsplit(maxsplit=1)[-1] != "House") or (
            name[-1].isupper() and len(name[-1]) > 1 and not phrase.isupper()
        ):
            return Speaker(" ".join(name) if not titles else " ".join([*_body_titles(titles), *name]), kind="body")
        person = self._lookup(name, at)
        if person:
            return Speaker(person.name, person)
        return Speaker(" ".join(name), kind="person" if _personal(name) else "name")

    def _lookup(self, name: list[str], at: int) -> Person | None:
        known = self.by_part.get(_surname(name), [])
        fits = [p for p in known if {n.lower() for n in name} <= {n.lower() for n in p.parts} or _same(p.parts, name)]
        before = [p for p in fits if p.first_at <= at]
        if before:
            recent = [person for _, person, _ in self.mentions[: bisect_left(self._mention_starts, at)][-60:] if person in before]
            return recent[-1] if recent else before[-1]
        return fits[0] if fits else None

    def _pronoun(self, low: str, at: int) -> Speaker:
        last = self.spoke[-1] if self.spoke else None
        if low in {"they", "it", "we", "i"}:
            if low in {"it", "they"} and last and last[1].kind in {"body", "name", "many"}:
                return last[1]
            return Speaker(None, kind="many")
        gender = {"he": "m", "she": "f"}.get(low, "")
        since = last[0] if last else -1
        here = bisect_left(self._mention_starts, at)
        for place, person, subject in reversed(self.mentions[max(0, here - 40) : here]):
            if place <= since:
                break
            if subject and _fits(person, gender):
                return self._gendered(Speaker(person.name or None, person), gender)
        for _, speaker in reversed(self.spoke[-6:]):
            if speaker.kind == "person" and _fits(speaker.person, gender):
                return self._gendered(speaker, gender)
        for _, person, _ in reversed(self.mentions[max(0, here - 20) : here]):
            if _fits(person, gender):
                return self._gendered(Speaker(person.name or None, person), gender)
        return Speaker(None)

    @staticmethod
    def _gendered(speaker: Speaker, gender: str) -> Speaker:
        if speaker.person is not None and not speaker.person.gender:
            speaker.person.gender = gender
        return speaker

    def _described(self, phrase: str, at: int) -> Speaker:
        words = [word.lower() for word in _WORD.findall(phrase)]
        content = [word for word in words if word not in DETERMINERS]
        if not content:
            return Speaker(None)
        definite = words[0] == "the"
        if set(words) & PLURAL_SPEAKERS:
            return Speaker(None, words=frozenset(content), kind="many")
        if definite:
            if found := self._by_role(content, at):
                return found
            if content[-1] in BODY:
                return self._body(content, at)
            if (len(content) == 1 or re.search(r"\d", phrase)) and content[0] in _HUMAN and self.spoke:
                return self.spoke[-1][1]
        return Speaker(None, words=frozenset(content))

    def _body(self, content: list[str], at: int) -> Speaker:
        for place, name in reversed(self.bodies[-200:]):
            if place < at and content[-1] in name.lower().split():
                return Speaker(name, kind="body")
        unnamed = Speaker(None, words=frozenset(content), kind="body")
        return unnamed if content[-1] in OFFICIAL_BODIES else self._last_body(at) or unnamed

    def _last_body(self, at: int) -> Speaker | None:
        """The body that spoke or was named last, no further than 600 characters back."""
        for place, speaker in reversed(self.spoke[-3:]):
            if speaker.kind in {"body", "name"} and speaker.name and at - place < 600:
                return speaker
        near = [name for place, name in self.bodies if at - 400 < place < at]
        return Speaker(near[-1], kind="body") if near else None

    def _by_role(self, content: list[str], at: int) -> Speaker | None:
        """The last who spoke or was named with the role: head noun first, then all its words."""
        if not content:
            return None
        head = next((word for i, word in enumerate(content) if content[i + 1 : i + 2] in (["of"], ["for"], ["at"], ["from"])), content[-1])
        own = content[: content.index(head) + 1]
        for place, speaker in reversed(self.spoke[-40:]):
            if place < at and speaker.person and set(own) <= speaker.person.roles | {"former"}:
                return speaker
            if speaker.person is None and speaker.kind == "person" and set(own) <= speaker.words:
                return speaker
        here = bisect_left(self._mention_starts, at)
        for _, person, _ in reversed(self.mentions[max(0, here - 80) : here]):
            if set(own) <= person.roles:
                return Speaker(person.name or None, person)
        return None

    def speak(self, at: int, speaker: Speaker) -> None:
        """Notes that `speaker` spoke at `at`."""
        self.spoke.append((at, speaker))


_HUMAN = word_set("man woman pensioner teenager mother father couple farmer driver")


def _spoken_for(phrase: str) -> bool:
    return (
        re.match(
            (
                r"(?:(?:a|an|the|one|another|its|his|her) )?(?:[\w’'-]+ ){0,4}?(?:spokes\w+|official|source|lawyer"
                r"|aide|adviser|representative|member|head|director|chief|statement|report|letter|officials|sources"
                r"|\w+s) (?:for|at|of|from|in|by|with|close to)\b"
            ),
            phrase,
        )
        is not None
    )


def _body_titles(titles: list[str]) -> list[str]:
    return [title for title in titles if title.lower() not in FUNCTION and title.lower() != "the"]


def _name_part(words: list[str]) -> list[str]:
    """The last run of capitalised words of a phrase with the particles and "of" inside it."""
    end = len(words)
    if not words[-1][:1].isupper() and not re.match(r"(?:al|el)-[A-Z]", words[-1]):
        return []
    at = end
    while at and (
        words[at - 1][:1].isupper() or words[at - 1] in PARTICLES | {"of", "for", "and"} or re.match(r"(?:al|el)-[A-Z]", words[at - 1])
    ):
        at -= 1
    while at < end and (words[at].lower() in {"of", "for", "and", "the"}):
        at += 1
    return words[at:end]


def _surname(name: list[str]) -> str:
    parts = [part for part in name if part.rstrip(".").lower() not in {"jr", "sr", "ii", "iii"}]
    return (parts or name)[-1].lower()


def _same(parts: tuple[str, ...], name: list[str]) -> bool:
    """Whether two names agree in first and last word, middle initials left out."""
    return parts[0].lower() == name[0].lower() and _surname(list(parts)) == _surname(name)


def _gender(words: list[str]) -> str:
    low = {word.lower().rstrip(".") for word in words}
    return "f" if low & FEMALE_WORDS else "m" if low & MALE_WORDS else ""


def _given_gender(given: str) -> str:
    low = given.lower()
    return "f" if low in FEMALE_NAMES else "m" if low in MALE_NAMES else ""


def _fits(person: Person | None, gender: str) -> bool:
    return person is None or not gender or not person.gender or person.gender == gender
