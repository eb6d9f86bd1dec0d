"""A parsed sentence as plain words: what the grammar says of each, in attributes that cost nothing to read."""

from collections.abc import Iterator
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc

from pledgebook.reference.countries import state_words

#: Universal part of speech for each Penn Treebank tag, as the English pipeline's own attribute ruler maps it.
_POS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "JJR": "ADJ", "JJS": "ADJ", "AFX": "ADJ", "RB": "ADV", "RBR": "ADV", "RBS": "ADV", "WRB": "SCONJ",
    "VB": "VERB", "VBD": "VERB", "VBG": "VERB", "VBN": "VERB", "VBP": "VERB", "VBZ": "VERB", "MD": "AUX", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "WP$": "DET", "WDT": "PRON",
    "DT": "DET", "PDT": "DET", "EX": "PRON", "IN": "ADP", "TO": "PART", "RP": "ADP", "POS": "PART", "CC": "CCONJ", "CD": "NUM", "$": "SYM", "#": "SYM", "UH": "INTJ", "_SP": "SPACE",
    ".": "PUNCT", ",": "PUNCT", ":": "PUNCT", "``": "PUNCT", "''": "PUNCT", "-LRB-": "PUNCT", "-RRB-": "PUNCT", "HYPH": "PUNCT", "NFP": "PUNCT", "LS": "X", "FW": "X", "XX": "X", "ADD": "X", "SYM": "SYM",
}  # fmt: skip
_BE = frozenset(["be", "am", "is", "are", "was", "were", "been", "being", "'s", "'m", "'re", "’s", "’m", "’re"])
_LEMMA_OF_AUX = {"'ll": "will", "’ll": "will", "wo": "will", "ca": "can", "'d": "would", "’d": "would", "'ve": "have", "’ve": "have", "'s": "be", "’s": "be", "'re": "be", "’re": "be", "'m": "be", "’m": "be"}  # fmt: skip


class Word:
    """One word of a sentence: `i` its place, `idx` its offset in the sentence's text, the rest as in Universal Dependencies and Penn tags.

    `entity` is "STATE" for the name or demonym of a state, else "".
    """

    __slots__ = ("children", "dep", "entity", "head", "i", "idx", "lemma", "lower", "pos", "tag", "text")

    def __init__(self, i: int, idx: int, text: str, tag: str, dep: str) -> None:
        self.i, self.idx, self.text, self.tag, self.dep = i, idx, text, tag, dep
        self.lower = text.lower()
        self.pos = _pos(self.lower, tag, dep)
        self.lemma = ""
        self.entity = "STATE" if text[:1].isupper() and self.lower in state_words() else ""
        self.head: Word = self
        self.children: list[Word] = []

    @property
    def subtree(self) -> Iterator["Word"]:
        """The word and all below it, in no promised order."""
        stack = [self]
        while stack:
            word = stack.pop()
            yield word
            stack.extend(word.children)

    @property
    def ancestors(self) -> Iterator["Word"]:
        """The words above, nearest first."""
        word = self
        while word.head is not word:
            word = word.head
            yield word

    @property
    def left_edge(self) -> "Word":
        """The first word of the subtree."""
        return min(self.subtree, key=lambda word: word.i)


def _pos(lower: str, tag: str, dep: str) -> str:
    if dep in ("aux", "auxpass") and tag != "TO":
        return "AUX"
    if tag.startswith("V") and lower in _BE:
        return "AUX"
    if tag == "IN" and dep == "mark":
        return "SCONJ"
    return _POS.get(tag, "X")


class Lemmas:
    """Lemmas by the rules and exceptions of the pipeline's own English lemmatizer, looked up once for each form."""

    def __init__(self, nlp: Language) -> None:
        lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        self._rules = lookups.get_table("lemma_rules")
        self._index = lookups.get_table("lemma_index")
        self._exceptions = lookups.get_table("lemma_exc")
        self.lemma = lru_cache(maxsize=100_000)(self._lemma)

    def _lemma(self, lower: str, pos: str) -> str:
        if pos == "AUX":
            return _LEMMA_OF_AUX.get(lower) or self._lemma(lower, "VERB")
        name = pos.lower()
        if name not in ("noun", "verb", "adj", "adv"):
            return lower
        forms = self._exceptions.get(name, {}).get(lower, [])
        if forms:
            return str(forms[0])
        index = self._index.get(name, {})
        if lower in index:
            return lower
        return next((form for form in self._shortened(lower, name) if form in index), lower)

    def _shortened(self, lower: str, name: str) -> Iterator[str]:
        for old, new in self._rules.get(name, []):
            if lower.endswith(old):
                yield lower[: len(lower) - len(old)] + new


def words_of(doc: Doc, lemmas: Lemmas) -> list[Word]:
    """The words of a parsed spaCy document, with heads and children set."""
    words = [Word(token.i, token.idx, token.text, token.tag_, token.dep_) for token in doc]
    for word, token in zip(words, doc, strict=True):
        word.lemma = lemmas.lemma(word.lower, word.pos)
        head = words[token.head.i]
        word.head = head
        if head is not word:
            head.children.append(word)
    return words
