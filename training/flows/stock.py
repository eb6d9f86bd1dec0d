"""The flows and activities beside the repository as items, with the gold among them."""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from pledgebook.aid.feeds import Placed
from pledgebook.aid.files import read_aid
from pledgebook.aid.held import Held
from pledgebook.aid.store import SnapshotStore
from pledgebook.book.flow_particulars import flow_particulars
from pledgebook.book.money_items import money_items
from pledgebook.core.money import MoneyItem
from pledgebook.linking.flows.codes import codes_to_mask, masked
from pledgebook.linking.flows.exact import Activity, Index, NamedFlow
from pledgebook.linking.flows.sides import Particulars
from pledgebook.sources.streams import blocks_of_file
from training.flows.activities import IATI
from training.flows.gold import FLOWS

#: The later dump stands for both: what the first one alone has is in no flow's gold.
FILES = (IATI / "covid_2021-06-08.xml.xz", IATI / "iraq_syria_activities.xml", FLOWS)
DAY = "2021-06-08"


class Stock(NamedTuple):
    """`items` with their `particulars`; `gold`: of each flow (key) that names them, the activities (keys), some of which may be no items."""

    items: list[MoneyItem]
    particulars: dict[str, Particulars]
    gold: dict[str, frozenset[str]]


def load(paths: Sequence[Path] = FILES, day: str = DAY) -> Stock:
    """Everything in the files, read anew. Raises OSError without them."""
    with tempfile.TemporaryDirectory() as folder:
        store = SnapshotStore(Path(folder))
        for path in paths:
            store.write(path.name, read_aid(blocks_of_file(path), path.name, skip={}), {}).finish()
        placed = [Placed(path.name, day, path.name, None, 0) for path in sorted(paths)]
        with Held(store, placed) as held:
            items, particulars = money_items(held, day), flow_particulars(held, day)
            activities = held.current("activities", day).select(["format", "activity_id", "reporting_org_ref", "title"]).to_pylist()
    return Stock(items, particulars, _gold(items, particulars, activities))


def _gold(items: Iterable[MoneyItem], particulars: dict[str, Particulars], rows: Iterable[dict[str, str]]) -> dict[str, frozenset[str]]:
    """As `training.flows.gold` has it, among these items; an activity without sums is no item, but a code may name it."""
    countries = {item.key: frozenset(item.countries) for item in items}
    told = [row for row in rows if row["format"] == "iati" and row["activity_id"]]
    index = Index(
        {
            row["activity_id"]: Activity(
                row["activity_id"],
                row["reporting_org_ref"] or "",
                row["title"] or "",
                countries.get(f"iati:{row['activity_id']}", frozenset()),
            )
            for row in told
        }
    )
    flows = [(item.key, named_flow(item, particulars)) for item in items if item.format == "fts"]
    found = [(key, index.match(flow)) for key, flow in flows]
    return {key: frozenset(f"iati:{name}" for name in match.activities) for key, match in found if match is not None}


def named_flow(item: MoneyItem, particulars: dict[str, Particulars]) -> NamedFlow:
    """What of a flow its codes are looked for in."""
    codes = particulars[item.key].codes if item.key in particulars else ()
    donors = tuple(one.name for one in item.donors if one.name)
    return NamedFlow(item.key[4:], donors, codes[0] if codes else "", item.description or "", frozenset(item.countries))


def without_codes(stock: Stock) -> list[MoneyItem]:
    """The items, with no code left in any flow's description: neither its reference, nor what it names, nor any other that looks like one."""
    return [_without_codes(item, stock) if item.format == "fts" else item for item in stock.items]


def _without_codes(item: MoneyItem, stock: Stock) -> MoneyItem:
    flow = named_flow(item, stock.particulars)
    names = [key.partition(":")[2] for key in sorted(stock.gold.get(item.key, ()))]
    return msgspec.structs.replace(item, description=masked(flow.description, codes_to_mask(flow.reference, names)))
