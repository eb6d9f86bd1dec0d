"""The mentions of a promise in time: announced, restated, revised."""

from collections.abc import Sequence

from pledgebook.core import edtf
from pledgebook.core.commitment import Commitment
from pledgebook.core.promise import Change, Mention
from pledgebook.joining.features import Features, features_of

FLOORS = frozenset({"not-before", "starts"})


def in_time(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions in order of the day from which they are known, undated ones last, ties by id."""
    return tuple(sorted(mentions, key=lambda mention: (mention.known or "9999", mention.commitment.id)))


def history_of(mentions: Sequence[Mention]) -> tuple[Change, ...]:
    """The steps of a promise whose mentions are given in time.

    The first mention announces it. A later one restates it, or revises the due date or the sum in force. The same words in another
    version of the same source are no step.
    """
    changes: list[Change] = []
    told: set[tuple[str, str]] = set()
    date: Mention | None = None
    sums: Mention | None = None
    for mention in mentions:
        words = (mention.source, " ".join(mention.commitment.quote.split()) + mention.commitment.action)
        if words in told:
            continue
        told.add(words)
        revisions = [*_new_date(date, mention), *_new_sum(sums, mention)]
        changes += revisions or [
            Change(kind="restated" if changes else "announced", day=mention.known, mention=mention.commitment.id, by=_by(mention))
        ]
        date = mention if due_of(mention.commitment) else date
        sums = mention if mention.commitment.amounts else sums
    return tuple(changes)


def due_of(commitment: Commitment) -> str | None:
    """The date until which it is due; None where there is none, or only a floor or a start."""
    return commitment.deadline if commitment.deadline and commitment.deadline_role not in FLOORS else None


def sums_of(commitment: Commitment) -> str | None:
    """The sums as one text: "168000000 USD"; None where there are none."""
    return "; ".join(f"{amount.value} {amount.unit}" for amount in commitment.amounts) or None


def features_of_mention(mention: Mention) -> Features:
    """What of a mention is compared."""
    return features_of(mention.commitment, sha256=mention.sha256, source=mention.source, known=mention.known)


def _new_date(before: Mention | None, mention: Mention) -> list[Change]:
    after = due_of(mention.commitment)
    old = due_of(before.commitment) if before else None
    if before is None or old is None or after is None or _says_the_same(old, after):
        return []
    first, last = edtf.latest(old), edtf.latest(after)
    days = (last - first).days if first and last else None
    return [_revision("deadline", (before, old), (mention, after), days)]


def _says_the_same(old: str, new: str) -> bool:
    """Whether the last day is the same, or one date is a more precise telling of the other."""
    if old == new or edtf.latest(old) == edtf.latest(new):
        return True
    return not edtf.is_interval(old) and not edtf.is_interval(new) and edtf.overlap(old, new)


def _new_sum(before: Mention | None, mention: Mention) -> list[Change]:
    if before is None or not mention.commitment.amounts:
        return []
    old, new = ({(amount.value, amount.unit) for amount in one.commitment.amounts} for one in (before, mention))
    units = {unit for _, unit in old} & {unit for _, unit in new}
    rough = any(amount.qualifier != "exact" for one in (before, mention) for amount in one.commitment.amounts)
    if not units or old & new or (rough and _near(old, new)):
        return []
    return [_revision("amounts", (before, sums_of(before.commitment) or ""), (mention, sums_of(mention.commitment) or ""), None)]


def _near(old: set[tuple[str, str]], new: set[tuple[str, str]]) -> bool:
    return any(a_unit == b_unit and abs(float(a) - float(b)) <= 0.05 * max(float(a), float(b)) for a, a_unit in old for b, b_unit in new)


def _revision(field: str, before: tuple[Mention, str], after: tuple[Mention, str], days: int | None) -> Change:
    return Change(
        kind="revised",
        day=after[0].known,
        mention=after[0].commitment.id,
        by=_by(after[0]),
        field=field,
        before=before[1],
        after=after[1],
        before_mention=before[0].commitment.id,
        days=days,
    )


def _by(mention: Mention) -> str | None:
    return mention.commitment.speaker or mention.outlet
