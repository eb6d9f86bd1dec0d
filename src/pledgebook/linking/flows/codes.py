"""Reference codes: what is one, what codes a reference holds, and a text without them.

Donors write one code in several ways ("AFG-20/3481/RA2/H/UN/15748", "afg 20 3481 ..."), so codes are compared as runs of letters and digits
in small letters: dashes, slashes, dots, brackets and spaces only separate.
"""

import re
from collections.abc import Iterable

Words = tuple[str, ...]

_YEAR = re.compile(r"(?:19|20)\d\d")
_WORD = re.compile(r"[^\W_]+")
#: Between codes that stand in one reference: tabs, brackets, semicolons, commas, "&", two spaces or more.
_BETWEEN = re.compile(r"[\t\r\n;,\[\]()&]|\s{2,}")
_EMPTY = re.compile(r"[\[(]\s*(?:part of|ref\.?|no\.?)?[\s:;,/&.-]*[\])]", re.IGNORECASE)


def words_of(text: str) -> Words:
    """The runs of letters and digits of a text, in small letters."""
    return tuple(_WORD.findall(text.casefold()))


def is_telling(words: Words) -> bool:
    """Whether a code is so long that it does not stand in an identifier by chance: six characters with four digits; digits alone need two words or six.

    Years are no code ("2018-2021").
    """
    written = "".join(words)
    if all(_YEAR.fullmatch(word) for word in words):
        return False
    digits = sum(letter.isdigit() for letter in written)
    if digits < 4 or len(written) < 6:
        return False
    return digits < len(written) or len(words) > 1 or digits >= 6


def pieces_of(reference: str) -> list[str]:
    """The reference itself and the codes in it, each once: parts between separators, and words with a digit that hold no space."""
    parts = [reference, *_BETWEEN.split(reference)]
    parts += [word for part in parts for word in part.split() if any(letter.isdigit() for letter in word)]
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def codes_told(text: str) -> list[str]:
    """The telling codes in a text, each once: words with digits that hold no space, without the marks around them."""
    words = (word.strip("()[]{}<>.,;:'\"") for word in text.split())
    return list(dict.fromkeys(word for word in words if is_telling(words_of(word))))


def codes_to_mask(reference: str, identifiers: Iterable[str] = ()) -> set[str]:
    """The codes of a reference and of identifiers, and every telling end of an identifier."""
    codes = {piece for piece in pieces_of(reference) if any(letter.isdigit() for letter in piece)}
    for identifier in identifiers:
        words = words_of(identifier)
        codes |= {" ".join(words[start:]) for start in range(len(words)) if is_telling(words[start:])}
    return codes


def masked(text: str, codes: Iterable[str]) -> str:
    """The text without the codes, however they are written there, and without the brackets that only held them.

    A code goes with any separators or none between its words, and only as a whole: "PS-12" is not taken out of "PS-123". Codes of less than
    four characters are left: they are words as often as codes.
    """
    runs = {words for code in codes if len("".join(words := words_of(code))) >= 4}
    for words in sorted(runs, key=lambda run: (-len("".join(run)), run)):
        between = r"[^\w]{0,4}_{0,1}[^\w]{0,4}"
        text = re.sub(rf"(?<![^\W_]){between.join(map(re.escape, words))}(?![^\W_])", " ", text, flags=re.IGNORECASE)
    before = None
    while before != text:
        before, text = text, _EMPTY.sub(" ", text)
    return " ".join(text.split())
