"""The words of a sentence with their places, and the classes of little words that tell tense, denial and where a clause begins."""

import re
from collections.abc import Sequence
from typing import NamedTuple

#: A stop belongs to the abbreviation before it: "U.S.", "Mr.".
_TOKEN = re.compile(
    r"[$€£¥]?\d(?:[\d.,]*\d)?|(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sen|Rep|St|Jr|[^\W\d_])\.(?=\s)|[^\W\d_](?:\.[^\W\d_])+\.?(?:-\w+)?|[^\W\d_](?:[\w’'-]*\w)?|[^\w\s]"
)
_WORDS: dict[str, str] = {
    "modals": "'d 'll can can't cannot could couldn't may might mightn't must mustn't ought shall shan't should shouldn't will won't "
    "would wouldn't",
    "have": "'ve had hadn't has hasn't have haven't having",
    "be past": "been got was wasn't were weren't",
    "be now": "'re 's am are aren't be being is isn't",
    "do": "did didn't do does doesn't don't",
    "denials": "barely hardly neither never nor not scarcely yet",
    "adverbs": "again all almost already also both each even ever finally first formally fully indeed just largely later long nearly "
    "now officially once only partly reportedly since soon still successfully then therefore thus today too yesterday",
    "determiners": "a all an another any each every her his its my no our some the their these this those your",
    "prepositions": "about across after against amid among as at before between by concerning despite during following for from in "
    "including into of on onto out over per regarding since than through throughout till to toward towards under until up "
    "upon via with within without",
    "pronouns": "he i it she they we who you",
    "relatives": "that where which who whom whose",
    "openers": "after although as because before but if lest once since so than that though till unless until when whenever where "
    "whereas whether which while who whom whose",
    "unreal": "before if lest once than till unless until whenever whether",
    "no fact": "ask asked asking assuming case condition demand demanded demanding demands denied denies deny denying doubt doubted "
    "doubts ensure ensured ensures ensuring event evidence false hope hoped hopes hoping imagine indication insist myth "
    "order pretend proof proposed provided recommended require required requires requiring so suggest suggests suppose "
    "supposing sure until untrue urge urged want wanted wants wish wishes",
    "unsaid": "denied denies deny doubt doubted doubts hope hoped hopes imagine pretend wish wished wishes",
    "denied before": "false falsely never no not untrue wrong wrongly",
    "failed": "declined failed neglected refused unable",
    "reported": "alleged believed claimed reported rumored rumoured said thought understood",
    "nouns in -ing": "banking building capacity-building demining engineering existing farming fighting financing funding hearing holding "
    "housing lending manufacturing meeting mining monitoring offering ongoing peacekeeping planning policing processing "
    "remaining screening spending standing testing training working",
    "times": "april august december early february january july june late march mid november now october september then",
}


def word_class(name: str) -> frozenset[str]:
    """One class of words of the table above, in lower case."""
    return frozenset(_WORDS[name].split())


MODALS, HAVE, BE_PAST, BE_NOW, DO = map(word_class, ("modals", "have", "be past", "be now", "do"))
AUXILIARIES = MODALS | HAVE | BE_PAST | BE_NOW | DO
DENIALS, ADVERBS, DETERMINERS, PREPOSITIONS, PRONOUNS = map(word_class, ("denials", "adverbs", "determiners", "prepositions", "pronouns"))
RELATIVES = word_class("relatives")
#: Words that open a clause, beside the marks that part clauses.
OPENERS = word_class("openers")
MARKS = frozenset(';:—–-()[]“”"!?•·….')


class Token(NamedTuple):
    """A word, figure or mark `text[start:end]`; `low` is in lower case with straight apostrophes."""

    start: int
    end: int
    low: str
    capital: bool


def tokens_of(text: str, start: int, end: int) -> list[Token]:
    """The words, figures and marks of text[start:end]; "we've" and "hasn't" are one word each."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        low = "may (month)" if word == "May" and found else word.lower().replace("’", "'")
        found.append(Token(match.start(), match.end(), low, word[0].isupper()))
    return found


def auxiliary(low: str) -> str | None:
    """The auxiliary in a word: itself ("has", "hasn't"), or what is joined to it ("'ve" of "we've"); None where there is none."""
    if low in AUXILIARIES:
        return low
    head, mark, tail = low.rpartition("'")
    return f"'{tail}" if mark and head and f"'{tail}" in AUXILIARIES and tail != "s" else None


def is_adverb(low: str) -> bool:
    """Whether a word may stand between an auxiliary and its verb."""
    return low in ADVERBS or (low.endswith("ly") and len(low) > 4 and low not in {"supply", "only", "family", "ally", "reply", "assembly"})


def words_between(tokens: Sequence[Token], low: int, high: int) -> str:
    """The words in lower case of a stretch of tokens, with one blank between."""
    return " ".join(token.low for token in tokens[max(low, 0) : high])
