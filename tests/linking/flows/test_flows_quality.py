"""Flows tied to activities, on real data: docs/flows.md gives the figures; these are the floors under them."""

from typing import NamedTuple

import pytest
from training.flows.evaluate import by_flow, counts, donors, known_best, macro
from training.flows.examples import Examples, examples
from training.flows.stock import FILES, Stock, load

from pledgebook.linking.flows.same import SURE, by_code

pytestmark = pytest.mark.skipif(not all(path.is_file() for path in FILES), reason="needs the aid data in ../shared/data")


class Read(NamedTuple):
    stock: Stock
    found: Examples


@pytest.fixture(scope="module")
def read() -> Read:
    stock = load()
    return Read(stock, examples(stock, every=False))


def test_the_gold_is_what_it_was(read: Read) -> None:
    assert len(read.stock.gold) == 240
    assert len({pair.flow for pair in read.found.pairs if pair.right}) >= 220


def test_flows_are_linked_without_codes_as_well_as_they_were(read: Read) -> None:
    """By weights fitted to other flows; links of flows whose activity is not there count as wrong."""
    pytest.importorskip("scipy", reason="needs the dependency group `train`")
    best, gold = known_best(read.found, by_flow), read.stock.gold
    one = counts(best, gold, [*gold, *read.found.absent], SURE)
    assert (one.strict_precision or 0) >= 0.96
    assert one.recall >= 0.81
    precision, recall = macro(best, gold, donors(read.found, gold), SURE)
    assert precision >= 0.95
    assert recall >= 0.5


def test_codes_link_more_than_a_strict_match(read: Read) -> None:
    items = read.stock.items
    sides = [[item for item in items if item.format == which] for which in ("fts", "iati")]
    linked = by_code(sides[0], sides[1], read.stock.particulars)
    assert len(linked) >= 240
    named = {key for key in read.stock.gold if read.stock.gold[key] & {item.key for item in items}}
    assert named <= set(linked)
