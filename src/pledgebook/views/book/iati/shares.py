"""For whom and what a pledge is, with the percentages that IATI asks for where there are several.

Statements do not tell shares. The standard lets several countries or sectors stand only with percentages that make 100 in each vocabulary
(`percentage` in iati-activities-schema.xsd, rules 2.1.1, 3.1.1), so equal ones are given, exact to the cent, and the description says so.
"""

import re
from collections.abc import Sequence
from decimal import Decimal

import msgspec

from pledgebook.core.commitment import Purpose

#: Vocabularies of sectors: DAC purpose codes of 5 digits, their categories of 3.
DAC_5, DAC_3 = "1", "2"
#: "Sectors not specified" in each of them.
_NOT_SPECIFIED = {DAC_5: "99810", DAC_3: "998"}
#: Categories of humanitarian aid: emergency response, reconstruction relief, disaster prevention and preparedness.
_HUMANITARIAN = ("720", "730", "740")
_CODE = re.compile(r"\d{5}|\d{3}", re.ASCII)


class Share(msgspec.Struct, frozen=True):
    """A code with its percentage, None where it is the only one."""

    code: str
    percentage: Decimal | None


def equal_shares(codes: Sequence[str]) -> list[Share]:
    """Percentages with two decimals that make exactly 100; what cannot be divided goes to the first codes, a hundredth each."""
    if len(codes) == 1:
        return [Share(codes[0], None)]
    each, rest = divmod(10_000, max(len(codes), 1))
    return [Share(code, Decimal(each + (place < rest)).scaleb(-2)) for place, code in enumerate(codes)]


def countries_of(codes: Sequence[str]) -> list[Share]:
    """The recipient countries, each once; empty where none is named."""
    return equal_shares(list(dict.fromkeys(codes)))


def sectors_of(purposes: Sequence[Purpose]) -> tuple[str, list[Share]]:
    """The vocabulary and the sectors in it.

    One vocabulary alone, for each has to describe the whole: the categories of 3 digits as soon as one purpose has no finer code.
    Purposes without a code make one share, "not specified"; so does a pledge without purposes.
    """
    codes = [sector_code(one) for one in purposes] or [None]
    vocabulary = DAC_3 if any(one is not None and len(one) == 3 for one in codes) else DAC_5
    length = 3 if vocabulary == DAC_3 else 5
    named = dict.fromkeys(_NOT_SPECIFIED[vocabulary] if one is None else one[:length] for one in codes)
    return vocabulary, equal_shares(list(named))


def sector_code(purpose: Purpose) -> str | None:
    """The purpose's code if it has the form of a DAC code."""
    return purpose.code if purpose.code and _CODE.fullmatch(purpose.code) else None


def is_humanitarian(purposes: Sequence[Purpose]) -> bool:
    """Whether any purpose is humanitarian by its code."""
    return any((sector_code(one) or "").startswith(_HUMANITARIAN) for one in purposes)
