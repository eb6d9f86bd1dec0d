"""The stages in their order: inputs -> bytes -> documents -> readings. Composes; has no logic of its own."""

import os
import re
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal

import msgspec

from pledgebook.core.document import Document, Loaded
from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.core.reading import Reading
from pledgebook.documents import document_from_text, load
from pledgebook.extraction.extract import extract_all
from pledgebook.extraction.parsing import DEFAULT_MODEL
from pledgebook.sources import open_inputs

#: Batches that wait for a worker or for their turn in the output, for each worker: what bounds memory.
AHEAD = 3
#: Documents, and characters of text, that are read together.
TOGETHER, TOGETHER_CHARACTERS = 32, 400_000


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
        for batch in _batches(loaded):
            yield from _read_batch(batch, model)


def read(text_or_path: str | Path, *, published: str | None = None, outlet: str | None = None, model: str = DEFAULT_MODEL) -> Reading:
    """The reading of one text, file or URL.

    A `Path` is a file. A string is an http(s) URL, or the name of a file that exists, or else the text itself.
    An input that cannot be read gives a reading of an empty document with its Problems. Raises ValueError where the input
    holds several documents: `read_all` is for those.
    """
    if isinstance(text_or_path, str) and not _names_input(text_or_path):
        found = list(_read_batch([document_from_text(text_or_path, published=published, outlet=outlet)], model))
    else:
        found = list(read_all([str(text_or_path)], published=published, outlet=outlet, model=model))
    readings = [item for item in found if isinstance(item, Reading)]
    if len(readings) > 1:
        raise ValueError(f"{text_or_path} holds {len(readings)} documents; pledgebook.read_all reads them all")
    problems = tuple(item for item in found if isinstance(item, Problem))
    if not readings:
        return Reading(document=Document(id="", text="", sha256=sha256_hex(b"")), problems=problems)
    return readings[0]


def _batches(loaded: Iterator[Loaded]) -> Iterator[list[Loaded]]:
    """Documents that are read together: few enough to bound memory and waiting, many enough to parse fast."""
    batch: list[Loaded] = []
    size = 0
    for found in loaded:
        batch.append(found)
        size += len(found.document.text) if found.document is not None else 0
        if len(batch) >= TOGETHER or size >= TOGETHER_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _read_batch(batch: Sequence[Loaded], model: str) -> Sequence[Reading | Problem]:
    """The readings of a batch, in its order. An error among a document's problems (a language not supported) means that it is not extracted."""
    fit = [found.document for found in batch if found.document is not None and not _is_barred(found)]
    extracted = iter(extract_all(fit, model=model))
    readings: list[Reading | Problem] = []
    for found in batch:
        if found.document is None:
            readings.extend(found.problems)
        elif _is_barred(found):
            readings.append(Reading(document=found.document, problems=found.problems))
        else:
            reading = next(extracted)
            readings.append(msgspec.structs.replace(reading, problems=(*found.problems, *reading.problems)))
    return readings


def _is_barred(found: Loaded) -> bool:
    return any(problem.severity == "error" for problem in found.problems)


def _read_in_processes(loaded: Iterator[Loaded], model: str, workers: int) -> Iterator[Reading | Problem]:
    waiting: deque[Future[Sequence[Reading | Problem]]] = deque()
    # "spawn" is the one start method that is safe beside threads and the same on every system.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=partial(signal, SIGINT, SIG_IGN)) as pool:
        try:
            for batch in _batches(loaded):
                waiting.append(pool.submit(_read_batch, batch, model))
                if len(waiting) >= workers * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _names_input(text: str) -> bool:
    if re.fullmatch(r"https?://\S+", text):
        return True
    return "\n" not in text and 0 < len(text) < 1000 and os.path.exists(text)  # noqa: PTH110 - Path.exists raises on a name that is too long
