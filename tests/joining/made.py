"""Commitments and their features made for tests of joining: what is said of one is all that differs."""

from collections.abc import Sequence

import msgspec
from tests.support.made import commitment, document

from pledgebook.core.commitment import Amount, Commitment
from pledgebook.core.identity import sha256_hex
from pledgebook.joining.features import Features, features_of

QUOTE = "Freedonia will clear the northern minefields around Samarra."
ACTION = "clear the northern minefields around Samarra"
#: The words of a pledge of money.
GIVES = "The ministry will give $20 million for wells in Chad."


def said(quote: str = QUOTE, action: str = ACTION, **fields: object) -> Commitment:
    """A commitment; `amounts` may be given as (value, unit) or (value, unit, qualifier)."""
    if "amounts" in fields:
        fields["amounts"] = [_amount(one) for one in fields["amounts"]]  # type: ignore[attr-defined] # tuples
    plain = document(commitment(QUOTE, ACTION), title="t").reading.commitments[0]
    given = {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}
    return msgspec.structs.replace(plain, quote=quote, action=action, **given)


def feature(name: str = "a", **fields: object) -> Features:
    """The features of a commitment with the id `name`, in a document of its own unless `document` names another, `known` from a day of 2024."""
    owner, known = str(fields.pop("document", name)), fields.pop("known", "2024-01-01")
    one = msgspec.structs.replace(said(**fields), id=name)  # type: ignore[arg-type] # texts
    return features_of(one, sha256=sha256_hex(owner.encode()), source=owner, known=None if known is None else str(known))


def _amount(one: Sequence[str]) -> Amount:
    value, unit, *rest = one
    return Amount(text=f"{value} {unit}", value=value, unit=unit, qualifier=rest[0] if rest else "exact")  # type: ignore[arg-type] # one of the qualifiers
