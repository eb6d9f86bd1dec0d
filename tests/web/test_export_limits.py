"""What a server leaves to the command line."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient
from tests.web.conftest import settings_of

from pledgebook.web.app import create_app
from pledgebook.web.pages import exports


def test_forms_that_hold_many_observations_are_left_to_the_command_line(demo_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "MOST_OBSERVED", 10)
    with TestClient(create_app(settings_of(demo_folder))) as client:
        refused = client.get("/exports/book.sqlite")
        assert refused.status_code == 404
        assert "pledgebook export" in refused.text
        assert client.get("/exports/book.jsonl").status_code == 200
