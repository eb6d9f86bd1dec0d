"""The API against its own description, by requests that nobody thought of."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from tests.web.serving import served

schemathesis = pytest.importorskip("schemathesis")


def test_no_request_finds_a_server_error_or_an_answer_that_is_not_described(demo_folder: Path) -> None:
    from schemathesis.checks import load_all_checks
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    load_all_checks()
    with served(demo_folder) as address:
        schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
        operations = [found.ok() for found in schema.get_all_operations()]
        assert len(operations) >= 9
        for operation in operations:

            @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True)
            @given(operation.as_strategy())
            def ask(case: Any) -> None:
                # An address may be too long (414), although each of its parameters may be what it is.
                case.call_and_validate(excluded_checks=[positive_data_acceptance])

            ask()
