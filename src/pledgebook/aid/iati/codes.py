"""Codes of IATI 1.0x and words in their place, as the codes of version 2.03. Source: IATI's codelists and its changelog of version 2.01."""

from collections.abc import Mapping

KNOWN_VERSIONS = frozenset({"1.01", "1.02", "1.03", "1.04", "1.05", "2.01", "2.02", "2.03"})

TRANSACTION_TYPES = frozenset(str(number) for number in range(1, 14))
_TRANSACTION_WORDS = {
    "1": ("if", "incoming funds"),
    "2": ("c", "commitment", "outgoing commitment"),
    "3": ("d", "disbursement"),
    "4": ("e", "expenditure"),
    "5": ("ir", "interest repayment", "interest payment"),
    "6": ("lr", "loan repayment"),
    "7": ("r", "reimbursement"),
    "8": ("qp", "purchase of equity"),
    "9": ("qs", "sale of equity"),
    "10": ("cg", "credit guarantee"),
    "11": ("incoming commitment",),
    "12": ("outgoing pledge",),
    "13": ("incoming pledge",),
}
_ROLE_WORDS = {"1": ("funding",), "2": ("accountable",), "3": ("extending",), "4": ("implementing",)}
_DATE_WORDS = {"1": ("start-planned",), "2": ("start-actual",), "3": ("end-planned",), "4": ("end-actual",)}
_SECTOR_VOCABULARIES = {
    "1": ("dac",), "2": ("dac-3",), "3": ("cofog",), "4": ("nace",), "5": ("ntee",), "6": ("adt",), "98": ("ro2",), "99": ("ro",),
}  # fmt: skip
_MARKER_VOCABULARIES = {"1": ("dac",)}


def _turned(words: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {word: code for code, spelled in words.items() for word in spelled} | {code: code for code in words}


TRANSACTION_TYPE = _turned(_TRANSACTION_WORDS)
ROLE = _turned(_ROLE_WORDS)
DATE_TYPE = _turned(_DATE_WORDS)
SECTOR_VOCABULARY = _turned(_SECTOR_VOCABULARIES)
MARKER_VOCABULARY = _turned(_MARKER_VOCABULARIES)
