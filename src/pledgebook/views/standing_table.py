"""Where promises stand, for a terminal: one table of all, or all that is known of one."""

from collections.abc import Iterable, Iterator, Sequence

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pledgebook.core.assessment import Evidence
from pledgebook.core.counted import counted
from pledgebook.core.promise import Change, Mention, Promise
from pledgebook.core.snapshot import Standing
from pledgebook.status.explain import explanation
from pledgebook.views.rows import NOT_REVIEWED, amount_text, one_line, what, who
from pledgebook.views.standing_rows import StandingRow, standing_row, verdict_line
from pledgebook.views.table import NARROW, WIDE, column_width


def standing_table(standings: Sequence[Standing], as_of: str, width: int) -> RenderableType:
    """All promises, one a row, with a closing line of how many stand where; ids, dates and single words stay whole at any usual width."""
    parts = [_table(standings, width)] if width >= NARROW else [Padding(_listed(one), (0, 0, 1, 0)) for one in standings]
    return Group(*parts, Text(closing(standings, as_of), style="dim"))


def _table(standings: Sequence[Standing], width: int) -> Table:
    """Columns as wide as their words need; the rest is for who promises what, whose words fold."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1), pad_edge=False)
    wide = width >= WIDE
    rows = [_wide_cells(one) if wide else _cells(one) for one in standings]
    titles = ("Promise", "Who and what", "Due", "Stage", "Time", "Verdict") if wide else ("Promise", "Stage", "Time", "Verdict")
    for at, title in enumerate(titles):
        if at == titles.index("Who and what" if wide else "Promise"):
            table.add_column(title, ratio=1, overflow="fold")
        else:
            # No longest word: all that stands here is an id, a date or a word of the program's own.
            table.add_column(title, width=column_width(title, [row[at] for row in rows], width // 7, longest_word=width))
    for row in rows:
        table.add_row(*row)
    return table


def _wide_cells(standing: Standing) -> tuple[Text, ...]:
    row = standing_row(standing)
    return (Text(row.id), _told(row), Text(row.due), Text(row.stage), Text(row.time), Text(verdict_line(standing)))


def _cells(standing: Standing) -> tuple[Text, ...]:
    row = standing_row(standing)
    return (Text(f"{row.id}\n").append(_told(row)), Text(row.stage), Text("\n".join(_when(row))), Text(verdict_line(standing)))


def _listed(standing: Standing) -> Text:
    """A promise where there is no room for columns."""
    row = standing_row(standing)
    return Text("\n").join([Text(row.id), _told(row), Text(f"{row.stage}; {'; '.join(_when(row))}"), Text(verdict_line(standing))])


def _told(row: StandingRow) -> Text:
    return Text(row.who, style="bold").append(f"\n{row.what}" + (f"\n{row.sum}" if row.sum else ""), style="not bold")


def _when(row: StandingRow) -> list[str]:
    """The due date, where the words on time do not tell it, and where the promise stands in time."""
    return [row.time] if not row.due or row.due in row.time else [row.due, row.time]


def closing(standings: Sequence[Standing], as_of: str) -> str:
    """How many promises stand where, and how many of them rest on readings that nobody has looked at."""
    counts: dict[str, int] = {}
    for standing in standings:
        counts[standing.assessment.verdict] = counts.get(standing.assessment.verdict, 0) + 1
    told = ", ".join(f"{count} {verdict}" for verdict, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))
    unseen = sum(not standing.assessment.reviewed for standing in standings)
    return f"{counted(len(standings), 'promise')} on {as_of}: {told or 'none'}; {unseen} {NOT_REVIEWED}."


def standing_details(standing: Standing, *, explain: bool) -> Iterator[str]:
    """All that is known of one promise, as lines: words first, then history, evidence and where it stands."""
    promise = standing.promise
    yield f"{promise.id}  {who(promise.lead)}: {what(promise.lead)}"
    yield from _mentions(promise.mentions)
    if len(promise.history) > 1 or explain:
        yield "history:"
        yield from (f"  {_change(change)}" for change in promise.history)
    yield from _relations(promise, explain=explain)
    yield from _evidence(standing.evidence, explain=explain)
    for dispute in promise.disputes:
        yield f"disputed by {one_line(dispute.who)}: {one_line(dispute.text)}" + (f" ({dispute.link})" if dispute.link else "")
    yield from (f"note: {one_line(note)}" for note in promise.notes)
    lines = explanation(standing.assessment)
    yield from (one_line(line) if not line.startswith(" ") else f"  {one_line(line)}" for line in (lines if explain else lines[:4]))


def _mentions(mentions: Iterable[Mention]) -> Iterator[str]:
    for one in mentions:
        said = one.commitment
        source = ", ".join(part for part in (one.outlet, one.known or "undated", said.speaker and f"says {said.speaker}") if part)
        yield f"  {said.id}  “{one_line(said.quote)}”"
        yield f"    {one_line(source)}; document {one.document}, characters {said.start} to {said.end}; {one.review}"


def _change(change: Change) -> str:
    day = change.day or "undated"
    if change.kind != "revised":
        return f"{day} {change.kind} by {one_line(change.by or 'a source without a name')} ({change.mention})"
    moved = f", {counted(abs(change.days), 'day')} {'later' if change.days > 0 else 'earlier'}" if change.days else ""
    return f"{day} revised by {one_line(change.by or 'a source without a name')}: {change.field} {change.before} -> {change.after}{moved} ({change.mention})"


def _relations(promise: Promise, *, explain: bool) -> Iterator[str]:
    if promise.total:
        yield f"part of {promise.total}"
    if promise.parts:
        yield f"parts: {', '.join(promise.parts)} (not added up)"
    if explain:
        yield from (f"joined: {line}" for line in promise.joined)


def _evidence(evidence: Sequence[Evidence], *, explain: bool) -> Iterator[str]:
    if evidence:
        yield "evidence:"
    for one in evidence:
        sums = f", {'; '.join(map(amount_text, one.amounts))}" if one.amounts else ""
        hedge = ", hedged" if one.hedged else ""
        yield f"  {one.id}  {one.direction}: {one.effect}{sums}{hedge} - “{one_line(one.quote)}”"
        by = one_line(", ".join(part for part in (one.speaker, one.outlet, one.known or "undated") if part))
        linked = f"linked by {one.decided}" if one.decided else f"linked by the program, score {one.score:.2f}"
        yield f"    {by}; {one.authority}, {one.independence}; {linked}"
        if explain:
            yield from (f"      {one_line(reason)}" for reason in one.reasons)
