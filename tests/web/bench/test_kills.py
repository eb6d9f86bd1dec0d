"""A short version of benchmarks/bench_kills.py, which kills the server many times in the middle of 200 forms."""

import pytest
from benchmarks.bench_kills import rounds


@pytest.mark.parametrize("backend", ["sqlite", "postgresql"])
def test_a_kill_loses_no_form_that_was_answered_and_doubles_none(request: pytest.FixtureRequest, backend: str) -> None:
    if backend == "postgresql":
        request.getfixturevalue("postgres_server")  # skips where there is none
    (told,) = rounds(backend, 1, 24, 2, seed=3)
    assert told.wrong == ()
    assert told.answered == 24
