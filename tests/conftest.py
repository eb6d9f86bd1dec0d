"""What all tests may use."""

import sys
from pathlib import Path

import pytest
from hypothesis import settings

# `tools` and `benchmarks` lie beside `src` and are not installed.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

# No test is a timed one: where others use the machine, putting a file into a book takes as long as it takes.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

pytest_plugins = ["tests.postgres", "tests.browser", "tests.web.live"]

#: Files that take longest, the longest first: whoever runs them beside others begins with them, and waits for none of them alone in the end.
_LONGEST = (
    "faults/test_faults",
    "web/bench/test_in_browser",
    "training/test_joiner_quality",
    "test_package",
    "web/bench/test_record",
    "web/test_every_page",
    "web/bench/test_queue",
    "web/test_serving",
    "web/accounts/test_roles",
    "web/bench/test_words",
    "aid/test_real_snapshots",
    "linking/flows/test_flows_quality",
    "book/test_money",
    "web/bench/test_by_keyboard",
    "book/test_evidence",
    "web/bench/test_guarding",
    "book/test_machine",
    "web/bench/test_kills",
    "test_robust",
    "test_docs",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests in the order of their files, those of the longest first."""
    root = Path(__file__).parent
    ranks = {root / f"{name}.py": rank for rank, name in enumerate(_LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path, len(ranks)))
