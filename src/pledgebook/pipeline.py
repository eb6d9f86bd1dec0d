"""The stages in their order: inputs -> bytes -> documents -> readings. Composes; has no logic of its own."""

import os
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from signal import SIG_IGN, SIGINT, signal

import msgspec

from pledgebook.core.document import Document, Loaded
from pledgebook.core.identity import sha256_hex
from pledgebook.core.problem import Problem
from pledgebook.core.reading import Reading
from pledgebook.documents import document_from_text, load
from pledgebook.documents.language import is_supported
from pledgebook.extraction.extract import extract_all
from pledgebook.extraction.parsing import DEFAULT_MODEL
from pledgebook.reference.actors import Actor, Person, install, installed
from pledgebook.sources import open_inputs

#: Batches that wait for a worker or for their turn in the output, for each worker: what bounds memory.
AHEAD = 3
#: Documents, and characters of text, that are read together.
TOGETHER, TOGETHER_CHARACTERS = 32, 400_000


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """One document with the bytes it was received as, and its reading."""

    received: bytes
    reading: Reading


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
    for item in read_received(_load_all(inputs, published, outlet), model=model, workers=workers):
        yield item.reading if isinstance(item, Read) else item


def receive_all(inputs: Sequence[str], *, published: str | None = None, outlet: str | None = None) -> Iterator[Loaded]:
    """Every document in `inputs` as it was received, with its problems; not read yet."""
    return _load_all(inputs, published, outlet)


def read_received(loaded: Iterator[Loaded], *, model: str = DEFAULT_MODEL, workers: int = 1) -> Iterator[Read | Problem]:
    """The reading of every loaded document, in their order; a bare Problem where there is none."""
    if workers > 1:
        yield from _read_in_processes(loaded, model, workers)
    else:
        for batch in _batches(loaded):
            yield from _read_batch(batch, model)


def read_again(documents: Iterable[Document], *, model: str = DEFAULT_MODEL) -> Iterator[Reading]:
    """The reading of frozen documents, in their order; nothing is read in one whose language is not supported."""
    for batch in _batches(Loaded(document=found) for found in documents):
        frozen = [found.document for found in batch if found.document is not None]
        extracted = iter(extract_all([one for one in frozen if is_supported(one.language)], model=model))
        yield from (next(extracted) if is_supported(one.language) else Reading(document=one) for one in frozen)


def _load_all(inputs: Sequence[str] | Iterator[str], published: str | None, outlet: str | None) -> Iterator[Loaded]:
    return (found for source in open_inputs(inputs) for found in load(source, published=published, outlet=outlet))


def read(text_or_path: str | Path, *, published: str | None = None, outlet: str | None = None, model: str = DEFAULT_MODEL) -> Reading:
    """The reading of one text, file or URL.

    A `Path` is a file. A string is an http(s) URL, or the name of a file that exists, or else the text itself.
    An input that cannot be read gives a reading of an empty document with its Problems. Raises ValueError where the input
    holds several documents: `read_all` is for those.
    """
    if isinstance(text_or_path, str) and not _names_input(text_or_path):
        loaded = iter([document_from_text(text_or_path, published=published, outlet=outlet)])
        found = [item.reading if isinstance(item, Read) else item for item in read_received(loaded, model=model)]
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


def _read_batch(batch: Sequence[Loaded], model: str) -> Sequence[Read | Problem]:
    """The readings of a batch, in its order. An error among a document's problems (a language not supported) means that it is not extracted."""
    fit = [found.document for found in batch if found.document is not None and not _is_barred(found)]
    extracted = iter(extract_all(fit, model=model))
    readings: list[Read | Problem] = []
    for found in batch:
        if found.document is None:
            readings.extend(found.problems)
            continue
        reading = Reading(document=found.document) if _is_barred(found) else next(extracted)
        told = msgspec.structs.replace(reading, problems=(*found.problems, *reading.problems))
        readings.append(Read(received=found.received, reading=told))
    return readings


def _is_barred(found: Loaded) -> bool:
    return any(problem.severity == "error" for problem in found.problems)


def _read_in_processes(loaded: Iterator[Loaded], model: str, workers: int) -> Iterator[Read | Problem]:
    waiting: deque[Future[Sequence[Read | Problem]]] = deque()
    # "spawn" is the one start method that is safe beside threads and the same on every system.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start_worker, initargs=installed()) as pool:
        try:
            for batch in _batches(loaded):
                waiting.append(pool.submit(_read_batch, batch, model))
                if len(waiting) >= workers * AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _start_worker(actors: tuple[Actor, ...], holders: tuple[Person, ...]) -> None:
    """An interrupt ends the parent, which ends its workers; the registries are those of the parent."""
    signal(SIGINT, SIG_IGN)
    install(actors, holders)


def _names_input(text: str) -> bool:
    if re.fullmatch(r"https?://\S+", text):
        return True
    return "\n" not in text and 0 < len(text) < 1000 and os.path.exists(text)  # noqa: PTH110 - Path.exists raises on a name that is too long
