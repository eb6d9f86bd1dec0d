"""A promise's mention and a report of what became of it, made for tests of linking: what is said of either is all that differs."""

from collections.abc import Sequence

import msgspec
from tests.support.made import commitment, document

from pledgebook.core.commitment import Amount
from pledgebook.core.promise import Mention
from pledgebook.joining.features import Features
from pledgebook.joining.history import features_of_mention
from pledgebook.linking.bearing import Told

PROMISED = ("Freedonia will clear the northern minefields in Iraq.", "clear the northern minefields in Iraq")
DONE = ("Freedonia cleared the northern minefields in Iraq.", "cleared the northern minefields in Iraq")


def mention(quote: str = PROMISED[0], action: str = PROMISED[1], **fields: object) -> Mention:
    """A mention known from 1 March 2024 unless `known` tells another day; `sha256` tells another document than "promise"."""
    known, sha256 = fields.pop("known", "2024-03-01"), str(fields.pop("sha256", "promise"))
    plain = document(commitment(*PROMISED, countries=["IQ"]), title="t").reading.commitments[0]
    return Mention(
        commitment=msgspec.structs.replace(plain, quote=quote, action=action, **_given(fields)),
        document=sha256,
        sha256=sha256,
        source=sha256,
        outlet="Ministry of works",
        url=None,
        title=None,
        known=None if known is None else str(known),
        review="machine-read",
        machine=None,
    )


def told(quote: str = DONE[0], action: str = DONE[1], **fields: object) -> Told:
    """A claim known from 1 September 2024 unless `known` tells another day; `sha256`, `outlet` and `url` are those of its document."""
    known, sha256 = fields.pop("known", "2024-09-01"), str(fields.pop("sha256", "report"))
    outlet, url = (fields.pop(name, None) for name in ("outlet", "url"))
    plain = document(claims=({"quote": DONE[0], "action": DONE[1], "countries": ["IQ"]},), title="t").reading.claims[0]
    return Told(
        claim=msgspec.structs.replace(plain, quote=quote, action=action, **_given(fields)),
        document=sha256,
        sha256=sha256,
        source=sha256,
        outlet=None if outlet is None else str(outlet),
        url=None if url is None else str(url),
        author=None,
        title=None,
        known=None if known is None else str(known),
    )


def features(one: Mention) -> Features:
    return features_of_mention(one)


def _given(fields: dict[str, object]) -> dict[str, object]:
    if "amounts" in fields:
        fields["amounts"] = [_amount(one) for one in fields["amounts"]]  # type: ignore[attr-defined] # pairs
    return {name: tuple(value) if isinstance(value, list) else value for name, value in fields.items()}


def _amount(one: Sequence[str]) -> Amount:
    return Amount(text=" ".join(one), value=one[0], unit=one[1], qualifier="exact")
