"""The stages in their order: inputs -> bytes -> documents -> readings. Composes; has no logic of its own."""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal

from pledgebook.core.commitment import Reading
from pledgebook.core.document import Document, Loaded
from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.documents import document_from_text, load
from pledgebook.extraction.extract import extract
from pledgebook.extraction.parsing import DEFAULT_MODEL
from pledgebook.sources import open_inputs

#: Documents that wait for a worker or for their turn in the output, for each worker: what bounds memory.
AHEAD = 4


def read_all(
    inputs: Sequence[str] | Iterator[str],
    *,
    published: str | None = None,
    outlet: str | None = None,
    model: str = DEFAULT_MODEL,
    workers: int = 1,
) -> Iterator[Reading | Problem]:
    """The reading of every document in `inputs`, in their order; a bare Problem where an input gave no document.

    `published` (ISO 8601) and `outlet` are for documents that do not say; `model` is a spaCy English pipeline;
    `workers` processes share the work. Streams: memory does not grow with the number of documents.
    """
    loaded = (found for source in open_inputs(inputs) for found in load(source, published=published, outlet=outlet))
    if workers > 1:
        yield from _read_in_processes(loaded, model, workers)
    else:
        for found in loaded:
            yield from _read_loaded(found, model)


def read(text_or_path: str | Path, *, published: str | None = None, outlet: str | None = None, model: str = DEFAULT_MODEL) -> Reading:
    """The reading of one text, file or URL.

    A `Path` is a file. A string is an http(s) URL, or the name of a file that exists, or else the text itself.
    An input that cannot be read gives a reading of an empty document with its Problems. Raises ValueError where the input
    holds several documents: `read_all` is for those.
    """
    if isinstance(text_or_path, str) and not _names_input(text_or_path):
        found = list(_read_loaded(document_from_text(text_or_path, published=published, outlet=outlet), model))
    else:
        found = list(read_all([str(text_or_path)], published=published, outlet=outlet, model=model))
    readings = [item for item in found if isinstance(item, Reading)]
    if len(readings) > 1:
        raise ValueError(f"{text_or_path} holds {len(readings)} documents; pledgebook.read_all reads them all")
    problems = tuple(item for item in found if isinstance(item, Problem))
    if not readings:
        return Reading(document=Document(id="", text="", sha256=sha256_hex(b"")), problems=problems)
    return readings[0]


def extract_document(document: Document, model: str, problems: tuple[Problem, ...] = ()) -> Reading:
    """The reading of one document. An error among `problems` (a language that is not supported) means that it is not extracted."""
    if any(problem.severity == "error" for problem in problems):
        return Reading(document=document, problems=problems)
    reading = extract(document, model=model)
    return Reading(
        document=reading.document,
        statements=reading.statements,
        commitments=reading.commitments,
        problems=(*problems, *reading.problems),
    )


def _read_loaded(found: Loaded, model: str) -> Sequence[Reading | Problem]:
    if found.document is None:
        return found.problems
    return (extract_document(found.document, model, found.problems),)


def _read_in_processes(loaded: Iterator[Loaded], model: str, workers: int) -> Iterator[Reading | Problem]:
    waiting: deque[Future[Sequence[Reading | Problem]]] = deque()
    # "spawn" is the one start method that is safe beside threads and the same on every system.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=partial(signal, SIGINT, SIG_IGN)) as pool:
        try:
            for found in loaded:
                waiting.append(pool.submit(_read_loaded, found, model))
                if len(waiting) >= workers * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _names_input(text: str) -> bool:
    if re.fullmatch(r"https?://\S+", text):
        return True
    return "\n" not in text and 0 < len(text) < 1000 and Path(text).exists()
