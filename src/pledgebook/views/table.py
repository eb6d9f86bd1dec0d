"""Readings as tables for a terminal, at any width."""

from collections.abc import Iterable, Iterator

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pledgebook.core.commitment import Commitment
from pledgebook.core.counted import counted
from pledgebook.core.reading import Reading
from pledgebook.views.reasons import reason_sentence
from pledgebook.views.rows import NOT_REVIEWED, due, facts, flags, heading, one_line, subheading, sums, who

#: From this width the quote has a column of its own; below it stands under the action.
WIDE = 120
#: Below this width there are no columns: each commitment is a short list.
NARROW = 76
#: No column is made wider for the sake of a longer word: such a word is broken.
LONGEST_WORD = 16


def reading_table(reading: Reading, width: int, *, explain: bool = False) -> RenderableType:
    """One document: its heading, a table of its commitments, and with `explain` why each was read so."""
    parts: list[RenderableType] = [
        Text(heading(reading.document), style="bold"),
        Text(subheading(reading.document), style="dim"),
    ]
    if reading.commitments:
        parts += [_table(reading.commitments, width)] if width >= NARROW else _lists(reading.commitments)
        if explain:
            parts += _explanations(reading.commitments)
    else:
        parts.append(Text("No commitments found." if not _failed(reading) else "Not read: see the problem below."))
    return Group(*parts, Text(""))


def closing_line(documents: int, commitments: int) -> Text:
    """The last line: the counts, and that no person has looked at them yet."""
    return Text(f"{counted(commitments, 'commitment')} in {counted(documents, 'document')}; {NOT_REVIEWED}.", style="dim")


def _table(commitments: Iterable[Commitment], width: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1), pad_edge=False)
    rows = [tuple(_cells(number, commitment, wide=width >= WIDE)) for number, commitment in enumerate(commitments, 1)]
    columns = list(zip(*rows, strict=True))
    table.add_column("#", justify="right", width=len(str(len(rows))))
    table.add_column("Who", width=column_width("Who", columns[1], width // 6), overflow="fold")
    table.add_column("What", ratio=3, overflow="fold")
    for title, cells in zip(("Due", "Sum", "How"), columns[3:6], strict=True):
        table.add_column(title, width=column_width(title, cells, width // 8), overflow="fold")
    if width >= WIDE:
        table.add_column("Words", ratio=4, overflow="fold")
    for row in rows:
        table.add_row(*row)
    return table


def _lists(commitments: Iterable[Commitment]) -> Iterator[RenderableType]:
    for number, commitment in enumerate(commitments, 1):
        yield Text(f"{number}. {one_line(commitment.action)}", style="bold")
        yield Padding(Text(f"“{one_line(commitment.quote)}”", style="italic dim"), (0, 0, 0, 3))
        yield from (Padding(Text(f"{label}: {value}"), (0, 0, 0, 3)) for label, value in facts(commitment) if label != "What")


def column_width(title: str, cells: Iterable[Text], most: int, longest_word: int = LONGEST_WORD) -> int:
    """The width of a column: what its cells need up to `most`, and more only to keep words of up to `longest_word` whole."""
    told = [title, *(cell.plain for cell in cells)]
    words = max(len(word) for text in told for word in text.split())
    lines = max(len(line) for text in told for line in text.split("\n"))
    return max(min(words, longest_word), min(lines, most))


def _cells(number: int, commitment: Commitment, *, wide: bool) -> Iterator[Text]:
    quote = Text(f"“{one_line(commitment.quote)}”", style="italic dim")
    what = Text(one_line(commitment.action))
    yield Text(str(number))
    yield Text(who(commitment), style="bold")
    yield what if wide else Text("\n").join([what, quote])
    yield Text(due(commitment))
    yield Text(sums(commitment))
    yield Text("\n".join(flags(commitment)))
    if wide:
        yield quote


def _explanations(commitments: Iterable[Commitment]) -> Iterator[RenderableType]:
    for number, commitment in enumerate(commitments, 1):
        yield Text(f"{number}. {one_line(commitment.action)}", style="bold")
        yield Text(f"   characters {commitment.start} to {commitment.end}, confidence {commitment.confidence:.2f}", style="dim")
        for rule in commitment.because:
            yield Text(f"   - {one_line(reason_sentence(rule))}")


def _failed(reading: Reading) -> bool:
    return any(problem.severity == "error" for problem in reading.problems)
