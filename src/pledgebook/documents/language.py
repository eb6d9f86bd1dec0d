"""Which language a text is in: by script, then by function words. Good enough to tell English from the rest, and to name the rest."""

import re
from collections import Counter
from typing import NamedTuple

from pledgebook.documents.function_words import CODES, ENGLISH, OTHERS, SCRIPTS

#: Words and letters that are looked at, at most, from the beginning and as many from the middle.
SAMPLE = 20_000
#: Below this number of words nothing is said against a text.
FEW = 12
#: Shares of function words. Running English has 0.35 to 0.55 of those in the list, other languages 0.02 to 0.08;
#: running text in a listed language has 0.2 to 0.5 of its own.
ENOUGH, HARDLY_ANY = 0.12, 0.04

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Language(NamedTuple):
    """`code` is ISO 639 ("und" if it cannot be told, None if there is too little prose), `name` for people."""

    code: str | None
    name: str

    @property
    def is_foreign(self) -> bool:
        """Whether the text is in a language other than English."""
        return self.code not in {None, "en"}


NO_PROSE = Language(None, "no prose")


def language_of(text: str) -> Language:
    """The language most of `text` is in. What is too short or too mixed to tell passes for English."""
    sample = text if len(text) <= 2 * SAMPLE else text[:SAMPLE] + " " + text[len(text) // 2 :][:SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    letters = sum(map(len, words))
    if letters < 0.25 * sum(not character.isspace() for character in sample):
        return NO_PROSE
    if script := _script_of(sample, letters):
        return Language(CODES.get(script, "und"), script)
    latin = [word for word in words if word[0] < "\u0250"]
    return _latin_language(latin)


def _script_of(sample: str, letters: int) -> str | None:
    """The language a script stands for, if most letters are of one that is not Latin."""
    counts: Counter[str] = Counter()
    for character in sample:
        if character >= "\u0370" and character.isalpha():
            counts[_script(ord(character))] += 1
    # A character of Chinese says about as much as a whole short word.
    weighted = {name: count * (3 if name in {"Chinese or Japanese", "Japanese", "Korean"} else 1) for name, count in counts.items()}
    if not weighted or sum(weighted.values()) <= 0.5 * (letters - counts.total() + sum(weighted.values())):
        return None
    name = max(sorted(weighted), key=weighted.__getitem__)
    return _finer(name, sample, counts)


def _script(code: int) -> str:
    return next((name for start, end, name in SCRIPTS if start <= code < end), "a language in letters that are not known here")


def _finer(name: str, sample: str, counts: Counter[str]) -> str:
    """The language, where letters of its own tell it from others in the same script."""
    if name == "a language in Arabic letters":
        if re.search("[ڕڵۆێ]", sample):
            return "Sorani Kurdish"
        if re.search("[ٹڈڑےں]", sample):
            return "Urdu"
        return "Persian" if re.search("[پچژگ]", sample) and re.search("[یک]", sample) else "Arabic"
    if name == "a language in Cyrillic letters":
        if re.search("[іїєґ]", sample):
            return "Ukrainian"
        return "Russian" if re.search("[ыэё]", sample) else name
    if name in {"Chinese or Japanese", "Japanese"}:
        return "Japanese" if counts["Japanese"] > 0.05 * counts.total() else "Chinese"
    return name


def _latin_language(words: list[str]) -> Language:
    if len(words) < FEW:
        return Language("en", "English")
    counts = Counter(words)
    english = _share(counts, ENGLISH, len(words))
    name, other = max(((name, _share(counts, own, len(words))) for name, own in OTHERS.items()), key=lambda pair: pair[1])
    if other >= ENOUGH and other > english:
        return Language(CODES.get(name, "und"), name)
    if english < HARDLY_ANY and len(words) >= 3 * FEW and _marked(counts, len(words)) > 0.08:
        return Language("und", "a language that is not known here")
    return Language("en", "English")


def _share(counts: Counter[str], own: frozenset[str], words: int) -> float:
    return sum(counts[word] for word in own) / words


def _marked(counts: Counter[str], words: int) -> float:
    """The share of words with letters that English does not have."""
    return sum(count for word, count in counts.items() if not word.replace("’", "'").isascii()) / words
