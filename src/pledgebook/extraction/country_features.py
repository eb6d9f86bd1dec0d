"""What speaks for and against each country that a commitment may be for: explained features for a linear model."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

import msgspec

from pledgebook.extraction.place_names import FoundPlace, actor_countries, find_places

#: Only the first places of a long document tell what it is about.
_TELLING = 400
_NEAR, _FAR = 250, 700
_WORD = re.compile(r"[a-z][a-z’'-]+")
#: Groups, leaders and plans that stand for states without naming them.
_GROUPS = tuple(
    (re.compile(pattern), codes)
    for pattern, codes in (
        (r"\b(?:ISIL|ISIS|Daesh|DAESH|Da’esh|Islamic State)\b", ("IQ", "SY")),
        (r"\b[Tt]wo[- ][Ss]tates?\b", ("IL", "PS")),
        (r"\bHamas\b", ("PS", "IL")),
        (r"\bAssad\b", ("SY",)),
        (r"\b(?:Taliban|ISAF)\b", ("AF",)),
        (r"\bPutin\b", ("RU",)),
        (r"\b(?:Qaddafi|Gaddafi|Qadhafi)\b", ("LY",)),
    )
)
_HOME = re.compile(
    r"\b(?:our|this|the) (?:nation|country|people|citizens|communities|veterans|homeland|economy|families|children|borders?|troops|"
    r"armed forces|workers|land|military|heroes|service members|servicemembers|republic|federal)|\bat home\b|\bCongress\b|\bveterans?\b|"
    r"\bmilitary families|\bNation\b|\bfederal\b|\bmiddle[- ]class\b|\bmy Administration\b|\bbudget\b|\bhomeland\b|"
    r"\bAmerican (?:people|families|workers|citizens|jobs|businesses|children)\b",
    re.IGNORECASE,
)
_WORLD = re.compile(
    r"\b(?:world(?:wide)?|global(?:ly)?|international(?:ly)?|climate|countries|nations|multilateral|planet|COVAX|Gavi|region(?:al)?|developing|"
    r"WHO|UN|United Nations|Africa|Europe|Asia|Indo-Pacific|hemisphere|ASEAN|NATO|abroad|overseas|partners|allies|ocean|space|Moon)\b",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\b(?:there|that country|the country|its people|their country|the region|the crisis|the conflict|the war|the situation)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:sanction\w*|against|counter\w*|condemn\w*|hold\w* .{0,40}accountable|impos\w+|respon\w+ to|malign|deter\w*|aggression|pressure|"
    r"restrict\w*)\b",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    r"([\w’'-]+)\s+(?:(?:the|a|an|its|our|all|both) )?(?:(?:people|government|city|republic|kingdom) of (?:the )?)?$", re.IGNORECASE
)
_AFTER = re.compile(r"(’s|'s)?\s*([a-z][\w’'-]*)?")
_TITLES = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("message", r"\bpresidential message|\bproclamation|\bfirst lady|\bcommemorat|\bmonth\b|\bweek\b|\bday\b"),
        ("bilateral", r"\bcalls?\b with\b|\bmeetings? with\b|\bbefore their\b|\breadout\b|\bdialogue\b|\bpartners?\b"),
        ("joint", r"\bjoint\b|\bagreement\b"),
        ("aid", r"\bassistance\b|\bhumanitarian\b|\baid\b|\bsupport\b|\bfunding\b|\bdonat"),
        ("measures", r"\bsanction|\breward|\bdesignat|\bvisa\b|\btargeting\b|\brestrict"),
        ("travel", r"\btravel|\btrip\b|\bvisit"),
    )
)
_LIST = re.compile(r"[^.;\n]{0,14}?(?:,|\band\b|&|\bor\b|–)\s?(?:and )?(?:the |in |of |to |for |with )?(?:the )?")


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """One commitment: where its quote and its act stand, whose it is and what the document says around it."""

    text: str
    start: int
    end: int
    action: tuple[int, int]
    places: Sequence[FoundPlace]
    actors: Sequence[str]
    title: str | None


def candidates(asked: Asked) -> dict[str, list[str]]:
    """The features of every country that may be meant, by its code."""
    return _Scene(asked).all()


class _Scene:
    """The counts and places that the features of all candidates share."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        text = asked.text
        self.own = actor_countries(asked.actors)
        self.titled = find_places(asked.title or "")
        self.first = asked.places[:_TELLING]
        self.counts = Counter(place.country for place in self.first)
        self.foreign = Counter({code: count for code, count in self.counts.items() if code not in self.own})
        self.ranks = [code for code, _ in sorted(self.foreign.items(), key=lambda pair: (-pair[1], pair[0]))]
        self.act = text[slice(*asked.action)]
        self.quote = text[asked.start : asked.end]
        self.near = self._range(asked.start - _NEAR, asked.start)
        self.far = self._range(asked.start - _FAR, asked.start - _NEAR)
        self.after = self._range(asked.end, asked.end + _NEAR)
        self.inside = self._range(*asked.action)
        self.quoted = [p for p in self._range(asked.start, asked.end) if p not in self.inside]
        self.groups = [code for pattern, codes in _GROUPS if pattern.search(self.quote) for code in codes]
        self.near_groups = [
            code for pattern, codes in _GROUPS if pattern.search(text, max(0, asked.start - _FAR), asked.end) for code in codes
        ]
        self.shared = self._shared()
        title = asked.title or ""
        self.genre = next((name for name, pattern in _TITLES if pattern.search(title)), "plain") if " " in title else "untitled"
        self.title_words = sorted(set(_WORD.findall(title.lower()))) if " " in title else ["untitled"]

    def _range(self, start: int, end: int) -> list[FoundPlace]:
        places = self.asked.places
        low = bisect_left(places, max(0, start), key=lambda place: place.start)
        found = []
        for place in places[low:]:
            if place.start >= end:
                break
            if place.end <= end:
                found.append(place)
        return found

    def all(self) -> dict[str, list[str]]:
        codes = [p.country for p in (*self.inside, *self.quoted, *self.near, *self.far, *self.after, *self.titled)]
        codes += [*self.own, *self.groups, *self.near_groups, *self.ranks[:3]]
        codes += ["US"] if "US" in self.counts else []
        found = {code: sorted(set(self._features(code))) for code in dict.fromkeys(codes)}
        for kind, members in self._sets():
            if len(members) > 1:
                shared = set.intersection(*(set(found.get(code) or self._features(code)) for code in members))
                words = {
                    f"set {kind}",
                    f"set of {min(4, len(members))}",
                    f"set {kind} {self.genre}",
                    *(f"set {kind} | {name}" for name in self.shared),
                }
                words |= {
                    f"set {kind} beside {self._where(code)}"
                    for code in self.foreign
                    if code not in members and self._where(code) in {"act", "quote", "near"}
                }
                key = " ".join(sorted(members))
                found[key] = sorted({*found.get(key, ()), *(f"all {name}" for name in shared if " act " not in name), *words})
        found[""] = sorted(set(self._none()))
        return found

    def _sets(self) -> Iterator[tuple[str, set[str]]]:
        """Countries that may be meant together: those of one list, of all actors, of a group or a conflict the words name."""
        yield "actors", set(self.own)
        yield "joint", {*self.own[:2], *self.ranks[:1]} if len(self.own) < 3 else set()
        for pattern, codes in _GROUPS:
            if pattern.search(self.quote):
                yield "group", set(codes)
            elif pattern.search(self.asked.text, max(0, self.asked.start - _FAR), self.asked.end):
                yield "group near", set(codes)
        yield "act", {p.country for p in self.inside} - set(self.own)
        yield "quote", {p.country for p in (*self.inside, *self.quoted)} - set(self.own)
        yield "title", {p.country for p in self.titled} - set(self.own)
        yield "document", set(self.ranks[:2])
        for kind, places in (
            ("list in act", self.inside),
            ("list in quote", self.quoted),
            ("list near", [*self.far, *self.near]),
            ("list after", self.after),
        ):
            for run in self._lists(places):
                yield kind, run

    def _lists(self, places: Sequence[FoundPlace]) -> list[set[str]]:
        """The sets of countries that stand in one list ("Iraq, Syria and Lebanon")."""
        runs: list[set[str]] = []
        before: FoundPlace | None = None
        for place in places:
            if before is not None and _LIST.fullmatch(self.asked.text, before.end, place.start):
                runs[-1].add(place.country)
            else:
                runs.append({place.country})
            before = place
        return runs

    def _none(self) -> Iterator[str]:
        yield "none"
        for name in self.shared:
            yield f"none {self.genre} | {name}"
        yield f"none {self.genre}"
        for name in self.shared:
            yield f"none | {name}"
        for one in self.shared[:3]:
            for other in self.shared[3:]:
                yield f"none | {one} | {other}"
        for word in set(_WORD.findall(self.act.lower()[:400])):
            yield f"none act {word}"
        for word in set(_WORD.findall(self.quote.lower()[:500])):
            yield f"none says {word}"
        for word in self.title_words:
            yield f"none title {word}"

    def _side(self, code: str) -> str:
        if code not in self.own:
            return "US" if code == "US" else "other"
        if len(self.asked.actors) == 1:
            return "own"
        return "joint US" if code == "US" else "joint"

    def _recency(self, code: str) -> str:
        """Whether this is the last foreign state named before the act, and how far back."""
        before = [p for p in (*self.far, *self.near, *self._range(self.asked.start, self.asked.action[0])) if p.country not in self.own]
        for number, place in enumerate(reversed(before)):
            if place.country == code:
                distance = self.asked.action[0] - place.end
                return f"back {min(number, 2)} {'close' if distance < 120 else 'mid' if distance < 300 else 'far'}"
        return "not before"

    def _shared(self) -> list[str]:
        foreign_inside = {p.country for p in self.inside} - set(self.own)
        foreign_quoted = {p.country for p in self.quoted} - set(self.own)
        foreign_titled = {p.country for p in self.titled} - set(self.own)
        total = sum(self.counts.values())
        share = sum(self.foreign.values()) / total if total else 0.0
        names = [
            f"foreign in act {min(2, len(foreign_inside))}",
            f"foreign in quote {min(2, len(foreign_quoted))}",
            f"foreign in title {min(2, len(foreign_titled))}",
            f"foreign share {int(4 * share)}" if total else "no places",
            f"states of actors {min(2, len(self.own))}",
        ]
        for name, pattern, words in (
            ("home words", _HOME, self.quote),
            ("world words", _WORLD, self.quote),
            ("there", _THERE, self.quote),
            ("against words", _AGAINST, self.quote),
        ):
            if pattern.search(words):
                names.append(name)
        names += [f"foreign first {int(10 * self.foreign[self.ranks[0]] / max(1, sum(self.foreign.values()))) // 3}"] if self.ranks else []
        return names

    def _features(self, code: str) -> Iterator[str]:
        side = self._side(code)
        where = self._where(code)
        yield f"{side} {self._recency(code)}"
        yield f"{where} {self._recency(code)}"
        yield where
        yield f"{side} {self.genre}"
        yield f"{side} {where} {self.genre}"
        yield f"{side} {self.genre} {self.shared[2]} {self.shared[3]}"
        yield f"{side} {where}"
        for place in self._strongest(code, where):
            yield from self._of_place(place, side, where)
        rank = self.ranks.index(code) if code in self.ranks else -1
        level = "first" if rank == 0 else "second" if rank == 1 else "later" if rank > 1 else "none"
        share = self.foreign[code] / max(1, sum(self.foreign.values()))
        yield f"{side} {where} rank {level}"
        yield f"{side} share {int(share * 10) // 2}"
        yield f"{side} {where} share {int(share * 10) // 3}"
        if any(p.country == code for p in self.titled):
            yield f"{side} in title"
            yield f"{side} in title {where}"
        if any(p.country == code for p in self.near):
            yield f"{side} near {where}"
        if code in self.groups:
            yield f"group in quote {where}"
        if code in self.near_groups:
            yield f"group near {where}"
        for name in self.shared:
            yield f"{side} | {name}"
            yield f"{side} {where} | {name}"
        for word in set(_WORD.findall(self.act.lower()[:400])):
            yield f"{side} act {word}"
        for word in self.title_words:
            yield f"{side} title {word}"

    def _where(self, code: str) -> str:
        for name, places in (
            ("act", self.inside),
            ("quote", self.quoted),
            ("near", self.near),
            ("title", self.titled),
            ("far", self.far),
            ("after", self.after),
        ):
            if any(place.country == code for place in places):
                return name
        return "document" if self.counts[code] else "absent"

    def _strongest(self, code: str, where: str) -> list[FoundPlace]:
        places = {"act": self.inside, "quote": self.quoted}.get(where, [])
        return [place for place in places if place.country == code]

    def _of_place(self, place: FoundPlace, side: str, where: str) -> Iterator[str]:
        text = self.asked.text
        before = _BEFORE.search(text[max(self.asked.start, place.start - 60) : place.start])
        yield f"{side} {where} is {place.kind}"
        if before:
            yield f"{side} after {before.group(1).lower()}"
            yield f"{side} {where} {place.kind} after {before.group(1).lower()}"
        after = _AFTER.match(text, place.end)
        if after and after.group(1):
            yield f"{side} {where} possessive"
        if after and after.group(2):
            yield f"{side} before {after.group(2).lower()}"
