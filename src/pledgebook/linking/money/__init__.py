"""Money tied to promises: which activities and flows may be a promise's money, why, and which of them are.

Pure functions over plain types (`pledgebook.core.money`): nothing here reads a file, and nothing imports `pledgebook.aid`.
"""

from pledgebook.linking.money.attribution import Attributed, Attribution, Unattributed, attribute
from pledgebook.linking.money.candidates import candidates, judge
from pledgebook.linking.money.evidence import evidence_of_money
from pledgebook.linking.money.ties import SURE, AmountTie, Tie, tie_by_person

__all__ = [
    "SURE",
    "AmountTie",
    "Attributed",
    "Attribution",
    "Tie",
    "Unattributed",
    "attribute",
    "candidates",
    "evidence_of_money",
    "judge",
    "tie_by_person",
]
