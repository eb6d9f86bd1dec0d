"""What the trials start from: files of documents and decisions, and books at three ages."""

from pathlib import Path

import msgspec
from benchmarks.fault_books import Case, Shelf, decisions, documents
from benchmarks.fault_runs import in_order, run


class Stock(msgspec.Struct, frozen=True):
    """Books that are only copied: without documents (`empty`), with all of them (`full`), with all decisions, too (`decided`).

    `documents` and `decisions` are files of all; of the two in `parts` each holds more than half, so that they share some.
    """

    shelf: Shelf
    documents: Path
    document_parts: tuple[Path, Path]
    decisions: Path
    decision_parts: tuple[Path, Path]
    empty: Case
    full: Case
    decided: Case


def stocked(shelf: Shelf, count: int) -> Stock:
    """Make the files and the books. Raises RuntimeError if the program does not do its work even undisturbed."""
    inputs = shelf.folder / "inputs"
    inputs.mkdir()
    empty = shelf.place()
    _do(["init", "--name", "faults"], empty)
    told = _written(inputs, "documents", documents(count))
    full = shelf.copy(empty)
    _do(["add", str(told[0])], full)
    decided = shelf.copy(full)
    said = _written(inputs, "decisions", decisions(full))
    _do(["decide", str(said[0])], decided)
    return Stock(shelf, told[0], told[1:], said[0], said[1:], empty, full, decided)


def _do(arguments: list[str], case: Case) -> None:
    if wrong := in_order(run(arguments, case)):
        raise RuntimeError(f"{arguments[0]}: {'; '.join(wrong)}")


def _written(folder: Path, name: str, lines: str) -> tuple[Path, Path, Path]:
    """The lines in one file, and in two that share a tenth of them."""
    all_lines = lines.splitlines(keepends=True)
    overlap = len(all_lines) // 20
    middle = len(all_lines) // 2
    parts = {"": all_lines, "-first": all_lines[: middle + overlap], "-second": all_lines[middle - overlap :]}
    paths = [folder / f"{name}{part}.jsonl" for part in parts]
    for path, chosen in zip(paths, parts.values(), strict=True):
        path.write_text("".join(chosen), encoding="utf-8")
    return paths[0], paths[1], paths[2]
