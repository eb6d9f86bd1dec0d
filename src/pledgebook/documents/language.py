"""Which language a text is in: by script, then by function words. Good enough to tell English from the rest, and to name the rest."""

import re
from collections import Counter
from typing import NamedTuple

from pledgebook.documents.function_words import CODES, ENGLISH, OTHERS, SCRIPTS

#: Characters that are looked at, at most, from the beginning and as many from the middle.
SAMPLE = 6_000
#: Below this number of words nothing is said against a text.
FEW = 12
#: Shares of function words. Running English has 0.35 to 0.55 of those in the list, other languages 0.02 to 0.08;
#: running text in a listed language has 0.2 to 0.5 of its own.
ENOUGH, HARDLY_ANY = 0.12, 0.04

_NOT_LATIN = re.compile("[\u0370-\U0010ffff]")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


#: Script, letters that only one language of it has, the language; the first that fits.
_OWN_LETTERS = (
    ("a language in Arabic letters", "ڕڵۆێ", "Sorani Kurdish"),
    ("a language in Arabic letters", "ٹڈڑےں", "Urdu"),
    ("a language in Arabic letters", "پچژگ", "Persian"),
    ("a language in Arabic letters", "ا", "Arabic"),
    ("a language in Cyrillic letters", "іїєґ", "Ukrainian"),
    ("a language in Cyrillic letters", "ыэё", "Russian"),
)


class Language(NamedTuple):
    """`code` is ISO 639 ("und" if it cannot be told, None if there is too little prose), `name` for people."""

    code: str | None
    name: str

    @property
    def is_foreign(self) -> bool:
        """Whether the text is in a language other than English."""
        return not is_supported(self.code)


def is_supported(code: str | None) -> bool:
    """Whether texts of that language are read; those with too little prose to tell are."""
    return code in {None, "en"}


NO_PROSE = Language(None, "no prose")


def language_of(text: str) -> Language:
    """The language most of `text` is in. What is too short or too mixed to tell passes for English."""
    sample = text if len(text) <= 2 * SAMPLE else text[:SAMPLE] + " " + text[len(text) // 2 :][:SAMPLE]
    words = [word.lower() for word in _WORD.findall(sample)]
    letters = sum(map(len, words))
    if letters < 0.25 * sum(map(len, sample.split())):
        return NO_PROSE
    if script := _script_of(sample, letters):
        return Language(CODES.get(script, "und"), script)
    latin = [word for word in words if word[0] < "\u0250"]
    return _latin_language(latin)


def _script_of(sample: str, letters: int) -> str | None:
    """The language a script stands for, if most letters are of one that is not Latin."""
    counts: Counter[str] = Counter()
    for character, count in Counter(_NOT_LATIN.findall(sample)).items():
        if character.isalpha():
            counts[_script(ord(character))] += count
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
    for script, letters, language in _OWN_LETTERS:
        if name == script and any(letter in sample for letter in letters):
            return language
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
    if _cannot_be_english(english, counts, len(words)):
        return Language("und", "a language that is not known here")
    return Language("en", "English")


def _cannot_be_english(english: float, counts: Counter[str], words: int) -> bool:
    """A text in a language without a list: hardly an English function word, and foreign letters, or too long to be a list of names."""
    if english >= HARDLY_ANY or words < 2 * FEW:
        return False
    return _marked(counts, words) > 0.08 or (words >= 150 and english < 0.01)


def _share(counts: Counter[str], own: frozenset[str], words: int) -> float:
    return sum(counts[word] for word in own) / words


def _marked(counts: Counter[str], words: int) -> float:
    """The share of words with letters that English does not have."""
    return sum(count for word, count in counts.items() if not word.replace("’", "'").isascii()) / words
