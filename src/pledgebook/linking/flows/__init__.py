"""Flows of FTS tied to the IATI activities that tell of the same money: by codes that name them, else by what they have in common.

Pure functions over plain types (`pledgebook.core.money`): nothing here reads aid data, and nothing imports `pledgebook.aid`.
"""

from pledgebook.linking.flows.same import SURE, Same, same_money
from pledgebook.linking.flows.sides import Particulars

__all__ = ["SURE", "Particulars", "Same", "same_money"]
