"""Where the time of a reading goes: timers around the stages of the pipeline, put there from outside."""

import importlib
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from spacy.language import Language

from pledgebook.extraction.parsing import DEFAULT_MODEL, load_model

#: Where each stage is found: its name in the table, the module, and the function, class or method. Time inside a stage that is inside another
#: counts for the inner one only.
STAGES = (
    ("load: lines, JSON, hashes", "pledgebook.documents.load", "load"),
    ("load: language", "pledgebook.documents.language", "language_of"),
    ("load: date of publication", "pledgebook.documents.publication", "recover"),
    ("gate: plain text", "pledgebook.extraction.plain_text", "PlainText"),
    ("gate: split_sentences", "pledgebook.extraction.sentences", "split_sentences"),
    ("gate: genre", "pledgebook.extraction.genre", "genre_of"),
    ("gate: genre", "pledgebook.extraction.genre", "is_news"),
    ("gate: lead_ins", "pledgebook.extraction.lead_ins", "lead_ins"),
    ("gate: gated", "pledgebook.extraction.gate", "gated"),
    ("parse: words_of", "pledgebook.extraction.words", "words_of"),
    ("choose: candidate_heads", "pledgebook.extraction.candidates", "candidate_heads"),
    ("choose: action_range", "pledgebook.extraction.candidates", "action_range"),
    ("choose: features", "pledgebook.extraction.features", "features"),
    ("choose: features", "pledgebook.extraction.features", "with_news"),
    ("choose: slot_features", "pledgebook.extraction.slot_features", "slot_features"),
    ("choose: the rest of drafts_of", "pledgebook.extraction.drafts", "drafts_of"),
    ("choose: scores", "pledgebook.extraction.model", "LinearModel.probability"),
    ("statements: find_statements", "pledgebook.extraction.statements", "find_statements"),
    ("statements: find_quotations", "pledgebook.extraction.quotations", "find_quotations"),
    ("statements: speaker names", "pledgebook.extraction.speaker_names", "Cast"),
    ("statements: attributions", "pledgebook.extraction.reported", "attributions"),
    ("statements: reports", "pledgebook.extraction.reported", "reports"),
    ("statements: regions", "pledgebook.extraction.reported", "regions"),
    ("statements: introduced_speeches", "pledgebook.extraction.introduced", "introduced_speeches"),
    ("scene: find_places", "pledgebook.extraction.place_names", "find_places"),
    ("scene: find_actors", "pledgebook.reference.actors", "find_actors"),
    ("scene: issuer", "pledgebook.extraction.issuers", "issuer_of"),
    ("scene: cast", "pledgebook.extraction.cast", "Cast"),
    ("scene: bodies", "pledgebook.extraction.bodies", "Bodies"),
    ("scene: parties", "pledgebook.extraction.parties", "parties_of"),
    ("slots: find_dates", "pledgebook.extraction.dates", "find_dates"),
    ("slots: find_amounts", "pledgebook.extraction.amounts", "find_amounts"),
    ("slots: amounts_of", "pledgebook.extraction.amounts", "amounts_of"),
    ("slots: choose_deadline", "pledgebook.extraction.deadlines", "choose_deadline"),
    ("slots: countries_of", "pledgebook.extraction.places", "countries_of"),
    ("slots: purposes", "pledgebook.extraction.purposes", "purposes_of"),
    ("slots: purposes", "pledgebook.extraction.purposes", "effect_purposes"),
    ("slots: voices", "pledgebook.extraction.voices", "Voices"),
    ("slots: voices", "pledgebook.extraction.voices", "Voices.of"),
    ("slots: principals", "pledgebook.extraction.principals", "Principals"),
    ("slots: principals", "pledgebook.extraction.principals", "Principals.of"),
    ("slots: same_as, part_of", "pledgebook.extraction.relations", "same_as"),
    ("slots: same_as, part_of", "pledgebook.extraction.relations", "part_of"),
    ("slots: evidence", "pledgebook.extraction.evidence", "evidence_range"),
    ("slots: the rest of Records", "pledgebook.extraction.records", "Records.commitments"),
)


class Stages:
    """Time by stage: wraps the functions of `STAGES` wherever the package has them, and the components of its parser."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.words_parsed = 0
        self._running: list[str] = []
        self._since = 0.0

    def enter(self, stage: str) -> None:
        """The clock of the stage around stops, that of `stage` starts."""
        now = time.perf_counter()
        if self._running:
            self.seconds[self._running[-1]] += now - self._since
        self._running.append(stage)
        self._since = now

    def leave(self) -> None:
        """Back to the stage around."""
        now = time.perf_counter()
        self.seconds[self._running.pop()] += now - self._since
        self._since = now

    def install(self) -> list[str]:
        """Wrap every stage that exists; the names of those that do not."""
        missing = []
        for stage, module, name in STAGES:
            owner: Any = importlib.import_module(module)
            *outer, last = name.split(".")
            for part in outer:
                owner = getattr(owner, part, None)
            found = getattr(owner, last, None)
            if found is None:
                missing.append(f"{module}.{name}")
            elif outer:
                setattr(owner, last, self._wrapped(stage, found))
            elif isinstance(found, type):
                found.__init__ = self._wrapped(stage, found.__init__)  # type: ignore[misc]
            else:
                _replace(found, self._wrapped(stage, found))
        nlp, _ = load_model(DEFAULT_MODEL)
        nlp.pipe = self._pipe(nlp)  # type: ignore[method-assign]
        return missing

    def _wrapped(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever the stage takes and gives
            self.enter(stage)
            try:
                result = function(*arguments, **options)
            finally:
                self.leave()
            return self._steps(stage, result) if isinstance(result, Iterator) else result

        return timed

    def _steps(self, stage: str, items: Iterator[Any]) -> Iterator[Any]:
        while True:
            self.enter(stage)
            try:
                item = next(items, self)
            finally:
                self.leave()
            if item is self:
                return
            yield item

    def _pipe(self, nlp: Language) -> Callable[..., Any]:
        """What `nlp.pipe` does, a component after the other, each timed."""

        def pipe(texts: Sequence[str], batch_size: int) -> Iterator[Any]:
            for first in range(0, len(texts), batch_size):
                part = texts[first : first + batch_size]
                self.words_parsed += sum(len(text.split()) for text in part)
                self.enter("parse: tokens")
                docs = [nlp.make_doc(text) for text in part]
                self.leave()
                for name, component in nlp.pipeline:
                    self.enter(f"parse: {name}")
                    docs = list(component.pipe(docs, batch_size=batch_size))  # type: ignore[attr-defined]
                    self.leave()
                yield from docs

        return pipe


def _replace(found: object, by: object) -> None:
    """Put `by` wherever a module of the package holds `found`."""
    for name, module in list(sys.modules.items()):
        if name.startswith("pledgebook"):
            for key, value in list(vars(module).items()):
                if value is found:
                    setattr(module, key, by)
