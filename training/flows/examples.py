"""Pairs of a flow and an activity that are known to be right or wrong, with their signs; nothing in them comes from a code."""

import re
from collections import Counter, defaultdict
from typing import NamedTuple

from pledgebook.linking.flows.blocks import Blocks
from pledgebook.linking.flows.codes import Words, is_telling, pieces_of, words_of
from pledgebook.linking.flows.compare import Signs, held_against
from pledgebook.linking.flows.publishers import agrees
from pledgebook.linking.flows.sides import NOTHING, Side, side_of
from training.flows.stock import Stock, named_flow, without_codes

#: So many identifiers of a publisher have to be formed as a code is, before the code is held to be one of its own.
_ALIKE = 5
_POOLED = "country pooled funds"


class Pair(NamedTuple):
    """A flow and an activity near it, by their keys. `right` is None where nothing tells whether they belong together."""

    flow: str
    activity: str
    signs: Signs
    right: bool | None


class Examples(NamedTuple):
    """All pairs; the flows by key; `absent`: the flows that name an activity of a publisher which is not there, with the publishers."""

    pairs: list[Pair]
    flows: dict[str, Side]
    activities: dict[str, Side]
    absent: dict[str, frozenset[str]]


def examples(stock: Stock, *, every: bool = True) -> Examples:
    """Every flow with the activities near it; with `every` false only flows of which something is known. Of a flow with gold all others are wrong; of one whose code is absent, all of that publisher."""
    sides = [side_of(item, stock.particulars.get(item.key, NOTHING)) for item in without_codes(stock)]
    blocks = Blocks(side for side in sides if side.key.startswith("iati:"))
    flows = {side.key: side for side in sides if side.key.startswith("fts:")}
    absent = _absent(stock)
    pairs = []
    for key, flow in flows.items():
        if not every and key not in stock.gold and key not in absent:
            continue
        for side, signs in held_against(flow, blocks.near(flow)):
            pairs.append(Pair(key, side.key, signs, _right(key, side, stock.gold, absent)))
    return Examples(pairs, flows, blocks.sides, absent)


def _right(flow: str, side: Side, gold: dict[str, frozenset[str]], absent: dict[str, frozenset[str]]) -> bool | None:
    if flow in gold:
        return side.key in gold[flow]
    return False if side.publisher in absent.get(flow, ()) else None


def _absent(stock: Stock) -> dict[str, frozenset[str]]:
    """Flows whose code is formed as identifiers of a publisher of their donor's money are, but is none of them."""
    forms: dict[str, Counter[Words]] = defaultdict(Counter)
    for item in stock.items:
        publisher = (item.reporter.ref or "") if item.reporter is not None and item.format == "iati" else ""
        words, prefix = words_of(item.key.partition(":")[2]), words_of(publisher)
        if prefix and words[: len(prefix)] == prefix:
            forms[publisher][_form(words[len(prefix) :])] += 1
    found = {}
    for item in stock.items:
        if item.format == "fts" and item.key not in stock.gold:
            flow = named_flow(item, stock.particulars)
            codes = [_form(words) for piece in pieces_of(flow.reference) if is_telling(words := words_of(piece))]
            found[item.key] = frozenset(
                one
                for one, seen in forms.items()
                if any(seen[code] >= _ALIKE for code in codes) and any(agrees(donor, one) for donor in flow.donors)
            )
    return {key: publishers for key, publishers in found.items() if publishers}


def _form(words: Words) -> Words:
    return tuple(re.sub(r"[^\W\d]+", "a", re.sub(r"\d+", "0", word)) for word in words)


def donor_of(flow: Side) -> str:
    """The flow's donors in one word."""
    return "; ".join(sorted(flow.donors)) or "(no donor)"


def family_of(flow: Side) -> str:
    """The donor; the pooled funds as one, for one publisher reports them all."""
    donor = donor_of(flow)
    return _POOLED if donor.endswith(" Humanitarian Fund") else donor
