from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from pledgebook.core.document import Loaded
from pledgebook.core.problem import Problem
from pledgebook.documents import load


class Input(msgspec.Struct, frozen=True, kw_only=True):
    """An input as a source would give it."""

    name: str = "input"
    media: str = ""
    data: bytes = b""
    lines: Any = None
    sha256: str | None = None
    url: str | None = None
    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: str | None = None


Load = Callable[..., list[Loaded]]


@pytest.fixture
def loaded() -> Load:
    def load_bytes(data: bytes = b"", media: str = "", *, given: dict[str, str] | None = None, **facts: Any) -> list[Loaded]:
        return list(load(Input(data=data, media=media, **facts), **(given or {})))

    return load_bytes


def rules(found: Loaded) -> list[str]:
    return [problem.rule for problem in found.problems]


@pytest.fixture
def rules_of() -> Callable[[Loaded], list[str]]:
    return rules


@pytest.fixture
def a_problem() -> Problem:
    return Problem(severity="error", rule="not-found", where="x", what="Gone.", todo="Look.")
