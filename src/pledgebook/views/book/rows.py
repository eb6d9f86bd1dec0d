"""The rows that every output of a book shares: for each table of the codebook its rows, as typed values by column."""

from collections.abc import Callable, Iterable, Iterator

from pledgebook.core.commitment import Amount
from pledgebook.core.snapshot import Standing
from pledgebook.status.explain import coverage_text
from pledgebook.views.book.gathered_rows import campaigns, instruments, plans
from pledgebook.views.book.observed_rows import observations
from pledgebook.views.book.reading_rows import claims, commitments, documents
from pledgebook.views.book.whole import REVIEWED, Whole, amounts_in_force, dated_by, number_of, only_one
from pledgebook.views.rows import NOT_REVIEWED, who

Rows = Iterator[dict[str, object]]


def rows_of(whole: Whole, table: str) -> Rows:
    """The rows of a table, each with a value for every column of the codebook. Raises KeyError for what is no table.

    The table `decisions` is not among them: its rows are `decision_rows.rows_of_decisions`.
    """
    return _TABLES[table](whole)


def _about(whole: Whole) -> Rows:
    one = whole.snapshot
    yield {
        "book": one.book,
        "as_of": one.as_of,
        "extractor": one.extractor,
        "rules": one.rules,
        "notice": "What no person has reviewed says so, and its verdict is provisional. Quotes belong to their sources.",
        "documents": len(one.documents),
        "promises": len(one.standings),
        "commitments": sum(len(standing.promise.mentions) for standing in one.standings),
    }


def _promises(whole: Whole) -> Rows:
    for standing in whole.snapshot.standings:
        yield {**_what(whole, standing), **_where_it_stands(standing)}


def _what(whole: Whole, standing: Standing) -> dict[str, object]:
    promise, lead = standing.promise, standing.promise.lead
    before, after = whole.around(promise.mentions[0].document, lead.start, lead.end)
    amounts, dated = amounts_in_force(promise), dated_by(promise)
    only = only_one(amounts)
    days = [one.known for one in promise.mentions if one.known]
    return {
        "id": promise.id,
        "who": who(lead),
        "actors": lead.actors,
        "what": lead.action,
        "quote": lead.quote,
        "before": before,
        "after": after,
        "kind": lead.kind,
        "amounts": amounts,
        "value": number_of(only),
        "unit": only.unit if only else None,
        "qualifier": only.qualifier if only else None,
        "due": standing.assessment.time.due,
        "deadline": dated.deadline if dated else None,
        "deadline_role": dated.deadline_role if dated else None,
        "countries": lead.countries,
        "purposes": lead.purposes,
        "sectors": tuple(dict.fromkeys(one.code for one in lead.purposes if one.code)),
        "strength": lead.strength,
        "conditional": lead.conditional,
        "negated": lead.negated,
        "stated": lead.stated,
        "announced": promise.mentions[0].known,
        "last_told": max(days, default=None),
        "mentions": len(promise.mentions),
        "outlets": _each(one.outlet for one in promise.mentions),
        "urls": _each(one.url for one in promise.mentions),
        "total": promise.total,
        "parts": promise.parts,
        "joined": promise.joined,
        "notes": promise.notes,
    }


def _where_it_stands(standing: Standing) -> dict[str, object]:
    one = standing.assessment
    return {
        "stage": one.stage,
        "time": one.time.state,
        "days_late": one.time.days_late,
        "days_late_at_most": one.time.days_late_at_most,
        "verdict": one.verdict,
        "flags": one.flags,
        "contested_by": one.contested_by,
        "authority": one.grade.authority if one.grade else None,
        "independence": one.grade.independence if one.grade else None,
        "coverage": coverage_text(one),
        "expected": one.coverage.expected,
        "found": one.coverage.found,
        "delivered": one.delivered,
        "evidence": len(standing.evidence),
        "reviewed": REVIEWED if one.reviewed else NOT_REVIEWED,
        "testable": one.testability.testable,
        "form": one.testability.form,
        "missing": one.testability.missing,
        "summary": one.summary,
    }


def _each(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _evidence(whole: Whole) -> Rows:
    for standing in whole.snapshot.standings:
        counted = {one for reason in standing.assessment.reasons for one in reason.rests_on}
        for one in standing.evidence:
            document = whole.documents.get(one.document or "")
            before, after = whole.around_quote(one.document, one.quote)
            same = (
                "id",
                "source",
                "direction",
                "effect",
                "quote",
                "known",
                "happened",
                "moved_to",
                "amounts",
                "speaker",
                "document",
                "outlet",
            )
            also = ("authority", "independence", "hedged", "part", "score", "reasons", "decided")
            yield {
                **{name: getattr(one, name) for name in (*same, *also)},
                "promise": standing.promise.id,
                "counts": one.id in counted,
                "before": before,
                "after": after,
                "url": document.url if document else None,
                "reviewed": REVIEWED if one.decided else NOT_REVIEWED,
            }


def _history(whole: Whole) -> Rows:
    for standing in whole.snapshot.standings:
        quotes = {mention.commitment.id: mention.commitment.quote for mention in standing.promise.mentions}
        for place, one in enumerate(standing.promise.history, 1):
            yield {
                **{name: getattr(one, name) for name in ("kind", "day", "mention", "by", "field", "days")},
                "promise": standing.promise.id,
                "number": place,
                "value_before": one.before,
                "value_after": one.after,
                "mention_before": one.before_mention,
                "quote": quotes.get(one.mention),
            }


def _slips(whole: Whole) -> Rows:
    for standing in whole.snapshot.standings:
        for place, one in enumerate(standing.assessment.time.slips, 1):
            same = {name: getattr(one, name) for name in ("days", "by", "told", "source")}
            yield {**same, "promise": standing.promise.id, "number": place, "date_before": one.before, "date_after": one.after}


def _reasons(whole: Whole) -> Rows:
    for standing in whole.snapshot.standings:
        for place, one in enumerate(standing.assessment.reasons, 1):
            yield {"promise": standing.promise.id, "number": place, "rule": one.rule, "text": one.text, "rests_on": one.rests_on}


def _disputes(whole: Whole) -> Rows:
    for standing in whole.snapshot.standings:
        for place, one in enumerate(standing.promise.disputes, 1):
            same = {name: getattr(one, name) for name in ("who", "text", "link", "author", "time")}
            yield {"promise": standing.promise.id, "number": place, **same}


def _amounts(whole: Whole) -> Rows:
    for standing in whole.snapshot.standings:
        yield from _sums("promise", standing.promise.id, amounts_in_force(standing.promise))
    for standing in whole.snapshot.standings:
        for mention in standing.promise.mentions:
            yield from _sums("commitment", mention.commitment.id, mention.commitment.amounts)
    for located in whole.snapshot.claims:
        yield from _sums("claim", located.claim.id, located.claim.amounts)
    for standing in whole.snapshot.standings:
        for one in standing.evidence:
            yield from _sums("evidence", one.id, one.amounts)


def _sums(of: str, owner: str, amounts: tuple[Amount, ...]) -> Rows:
    for place, one in enumerate(amounts, 1):
        same = {"text": one.text, "value": number_of(one), "written": one.value, "unit": one.unit, "qualifier": one.qualifier}
        yield {"of": of, "owner": owner, "number": place, **same}


def _problems(whole: Whole) -> Rows:
    for one in whole.snapshot.problems:
        yield {name: getattr(one, name) for name in ("severity", "rule", "where", "line", "offset", "what", "todo")}


_TABLES: dict[str, Callable[[Whole], Rows]] = {
    "about": _about, "promises": _promises, "commitments": commitments, "evidence": _evidence, "claims": claims, "history": _history,
    "slips": _slips, "reasons": _reasons, "disputes": _disputes, "documents": documents, "instruments": instruments, "plans": plans,
    "campaigns": campaigns, "observations": observations, "amounts": _amounts, "problems": _problems,
}  # fmt: skip
