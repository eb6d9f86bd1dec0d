from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def mentions() -> Iterator[ModuleType]:
    with pytest.MonkeyPatch.context() as patch:
        # `training` lies beside `src` and is not installed.
        patch.syspath_prepend(str(ROOT))
        from training.joining import mentions

        yield mentions


def mention(mentions: ModuleType, document: int, action: str, value: str | None = None) -> Any:
    amounts = [{"text": value, "value": value, "unit": "USD"}] if value else []
    record = {"action": action, "actors": ["Norway"], "countries": ["ML"], "amounts": amounts, "deadline": None, "deadline_role": None}
    return mentions.Mention(
        set="state", document=f"d{document:02}", start=0, end=len(action), action_start=0, action_end=len(action), title="", outlet="",
        published=f"2030-01-{document + 1:02}", quote=action, before="", after="", record=record | {"strength": "pledge"},
    )  # fmt: skip


def test_neighbourhoods_do_not_depend_on_the_order_of_the_mentions(mentions: ModuleType) -> None:
    from training.joining.neighbourhoods import draw
    from training.joining.sample import lines_of

    given = [
        *(mention(mentions, number, "give $3 million for wells and clinics", "3000000") for number in range(6)),
        *(mention(mentions, number, "support the sovereignty of Mali") for number in range(6, 12)),
        *(mention(mentions, number, f"open school number {word} soon") for number, word in enumerate(("red", "blue", "green", "grey"), 12)),
    ]
    lines = lines_of(draw(given))
    assert lines_of(draw(given[::-1])) == lines
    assert {neighbourhood.stratum for neighbourhood in draw(given)} >= {"retold", "standing"}
    assert len(set(lines)) == len(lines)


@pytest.mark.parametrize(
    ("amount", "telling"),
    [
        ({"value": "100000", "unit": "USD"}, True),
        ({"value": "99999", "unit": "USD"}, False),
        ({"value": "1000", "unit": "doses"}, True),
        ({"value": "50000", "unit": "percent"}, False),
        ({"value": None, "unit": "USD"}, False),
    ],
)
def test_only_sums_that_tell_a_promise_by_themselves_count(mentions: ModuleType, amount: dict[str, Any], telling: bool) -> None:
    assert mentions._telling(amount) is telling
