"""Companies, unions, councils and other bodies that a text names and no registry knows: found by how they are written and told again."""

import re
from bisect import bisect_left

from pledgebook.extraction.cast import OPENERS, Cast
from pledgebook.extraction.cues import word_set
from pledgebook.extraction.places import FoundPlace
from pledgebook.reference.actors import FoundActor

#: Words that end the name of a body, or by which it is told again ("the airline").
_KINDS = (
    "company|firm|group|airline|operator|maker|manufacturer|producer|union|association|federation|council|board|agency|authority|commission|committee|"
    "bank|fund|foundation|trust|charity|party|university|hospital|museum|club|league|utility|retailer|chain|developer|contractor|district|"
    "city|county|province|state|department|ministry|bureau|office|regulator|court|police|army|navy|corporation|consortium|alliance|movement|"
    "organi[sz]ation|institute|institution|church|club|team|railway|port|embassy|mission|coalition|delegation|carrier|lender|insurer|brewer|miner"
)
_NAME = re.compile(r"(?<![\w’'-])[A-Z][\w&’'-]*(?:\s(?:(?:of|for|and|the|de|del|du|al)\s){0,2}[A-Z][\w&’'-]*){0,5}")
#: Words by which any body can be told again.
_GENERAL = frozenset({"company", "firm", "group", "organisation", "organization"})
_TITLE = re.compile(
    r"(?i)\b(?:spokes(?:person|man|woman)|minister|secretary|president|director|chairman|chief|officer|ambassador|governor|mayor|senator|judge)\b"
)
_DESCRIBED = re.compile(rf"(?i)^(?:the|its|his|her|their|our|this)\s(?:[\w’'-]+\s){{0,3}}(?:{_KINDS})$")
_SPEAKS = re.compile(
    r"\s(?:said|says|told|announced|confirmed|will|would|has|have|plans?|agreed|pledged|promised|is to|are to|vowed|intends?|expects?|added|warned|denied|decided)\b"
)
_NO_BODY = OPENERS | word_set(
    "All Any Both Dr Each Every Here How However Last Many Meanwhile Most Mr Mrs Ms Next No Not Officials One Since Some Speaking Such There "
    "Three Two Under What Which Who Why "
)


#: What a state acts through: with the name of a state in it, it is that state ("Government of Japan"), as where the text is the state's own.
_ORGAN = re.compile(r"(?:Federal |Royal |Transitional )?(?:Government|Ministry)\s(?:of|for)\s")
_OF_KIND = re.compile(rf"(?i)\b(?:{_KINDS})s?\b")


def _opens_sentence(text: str, start: int) -> bool:
    return start == 0 or bool(re.search(r"[.!?\n—–-]\s*[\"“‘']?$", text[max(0, start - 4) : start]))


class Bodies:
    """The bodies of one document, where each is named, and the words that tell it again."""

    def __init__(self, text: str, places: list[FoundPlace], actors: list[FoundActor], cast: Cast) -> None:
        taken = {index for place in places for index in range(place.start, place.end)}
        taken |= {index for hit in actors for index in range(hit.span.start, hit.span.end)}
        self._mentions: list[tuple[int, str]] = []
        self._names: dict[str, str] = {}
        for match in _NAME.finditer(text):
            words = [word for word in match.group().split() if word]
            start = match.start()
            while words and (words[0] in _NO_BODY or words[0][0].islower()):
                start += len(words[0]) + 1
                words = words[1:]
            name = " ".join(words).removesuffix("’s").removesuffix("'s")
            of_state = _ORGAN.match(name) is not None and any(
                start < one.start < start + len(name) and one.kind == "country" for one in places
            )
            if len(name) < 3 or of_state or _TITLE.search(name) or start in taken or cast.resolve(name) is not None:
                continue
            acts = bool(_SPEAKS.match(text, match.end())) or bool(_OF_KIND.search(name))
            counted = name in self._names
            if counted or (acts and (len(words) > 1 or not _opens_sentence(text, match.start()) or text.count(name) > 1)):
                full = self._names.get(name, name)
                self._names.setdefault(name, full)
                if len(words) > 1 and not _OF_KIND.fullmatch(words[0]):
                    self._names.setdefault(words[0], full)
                self._mentions.append((start, full))

    def named(self, words: str) -> str | None:
        """The body whose name, or the first word of it, stands in `words`."""
        for match in _NAME.finditer(words):
            parts = [part for part in match.group().split() if part not in _NO_BODY]
            name = " ".join(parts).removesuffix("’s").removesuffix("'s")
            if name in self._names:
                return self._names[name]
        return None

    def described(self, words: str, position: int) -> str | None:
        """The body that words such as "the company" or "the council" tell again: the last named before `position` that can be called so."""
        match = _DESCRIBED.match(words.strip())
        if match is None:
            return None
        kind = words.strip().split()[-1].lower()
        if kind in _GENERAL:
            return self.last(position)
        return next(
            (
                name
                for start, name in reversed(self._mentions)
                if start < position and any(word.startswith(kind) for word in name.lower().split())
            ),
            None,
        )

    def last(self, position: int) -> str | None:
        """The body last named before `position`."""
        index = bisect_left(self._mentions, (position, ""))
        return self._mentions[index - 1][1] if index else None
