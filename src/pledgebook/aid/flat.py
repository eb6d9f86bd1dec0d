"""What is in force on a day as two flat tables to count with: a row for each transaction, and one for each of its parts.

Of an activity that several feeds tell only what the latest snapshot among them says is in force, and of one that a file repeats word for word
one copy. Sums of `register`s ("iati", "fts") and of `stage`s tell the same money again and are never to be added.
"""

from collections.abc import Mapping

from pledgebook.aid.held import Held
from pledgebook.core.money import MoneyStage

#: IATI TransactionType -> what it is for a promise.
STAGES: Mapping[str | None, MoneyStage] = {
    "12": "pledged", "2": "committed", "3": "disbursed", "4": "spent", "1": "incoming", "11": "incoming", "13": "incoming",
}  # fmt: skip
_STAGE = f"CASE r.transaction_type {' '.join(f'WHEN {code!r} THEN {stage!r}' for code, stage in STAGES.items())} ELSE 'other' END"
#: Who reports money going out gives it, and who reports money coming in receives it, unless another is named.
_OUT, _IN = (
    "a.format = 'iati' AND r.transaction_type IN ("
    + ", ".join(repr(code) for code, stage in STAGES.items() if (stage == "incoming") == is_in)
    + ")"
    for is_in in (False, True)
)
TABLES = ("transactions", "splits")
#: Dollars below this are kept in numbers of 18 digits, which are summed a third faster than those of 38.
_SMALL = 10**16


def _party(role: str, reporter: str) -> str:
    """The provider or receiver of a transaction by reference, else by name, and its name; where none is told and it must be, who reports it."""
    ref, name = f"r.{role}_org_ref", f"r.{role}_org_name"
    column = {"provider": "donor", "receiver": "receiver"}[role]
    told = f"coalesce({ref}, {name})"
    return (
        f"CASE WHEN {told} IS NOT NULL THEN {told} WHEN {reporter} THEN coalesce(a.reporting_org_ref, a.reporting_org_name) END AS {column}, "
        f"CASE WHEN {told} IS NOT NULL THEN {name} WHEN {reporter} THEN a.reporting_org_name END AS {column}_name"
    )


_TRANSACTIONS = f"""
    SELECT row_number() OVER (ORDER BY t.feed, t.number, r.transaction) AS row,
           a.format AS register, {_STAGE} AS stage, year(p.day)::INTEGER AS year, p.day,
           r.value, r.currency, p.usd, p.rate, p.rate_source, p.rate_date, {_party("provider", _OUT)}, {_party("receiver", _IN)},
           r.provider_activity_id AS provider_activity, r.receiver_activity_id AS receiver_activity,
           t.activity_id, r.transaction, r.ref, r.transaction_type, coalesce(r.humanitarian, a.humanitarian) AS humanitarian,
           t.feed, t.instant AS snapshot, t.key AS source, t.line + r.line AS line, r.hash, r.part
    FROM (SELECT * FROM telling QUALIFY row_number() OVER (PARTITION BY feed, hash ORDER BY number) = 1) AS t
    JOIN owner USING (hash)
    JOIN transactions_rows AS r ON r.hash = owner.hash AND r.part = owner.part
    JOIN activities_rows AS a ON a.hash = owner.hash AND a.part = owner.part
    LEFT JOIN prices_rows AS p ON p.hash = r.hash AND p.part = r.part AND p.transaction = r.transaction
    ORDER BY row
"""  # noqa: S608 - names and codes are ours
_SPLITS = """
    SELECT f.row, f.register, f.stage, s.kind, s.vocabulary, s.main, s.number, s.code, s.value, s.usd
    FROM flat_transactions AS f
    JOIN splits_rows AS s ON s.hash = f.hash AND s.part = f.part AND s.transaction = f.transaction
    ORDER BY s.kind, s.main DESC, s.vocabulary, f.row, s.number
"""


def flatten(held: Held, day: str) -> None:
    """Make the temporary tables `flat_transactions` and `flat_splits` of what is in force on a day (ISO 8601), in the connection of `held`.

    `transactions`: `row` numbers them from 1; `usd` is null where a sum cannot be converted; `donor` and `receiver` are a reference, else a name.
    `splits`: parts of the transaction `row`, as in `derived`.
    """
    held.tell(day, once=True)
    for name, query in zip(TABLES, (_TRANSACTIONS, _SPLITS), strict=True):
        held.database.execute(f"CREATE OR REPLACE TEMP TABLE flat_{name} AS {query}")
    (largest,) = held.database.execute("SELECT max(abs(usd)) FROM flat_transactions").fetchall()[0]
    if largest is None or largest < _SMALL:
        for name in TABLES:
            held.database.execute(f"ALTER TABLE flat_{name} ALTER usd TYPE DECIMAL(18, 2)")
