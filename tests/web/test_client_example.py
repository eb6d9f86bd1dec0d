"""The Python client of docs/web.md, run as it stands there against a served book."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from tests.web.serving import served

DOCS = Path(__file__).parents[2] / "docs" / "web.md"
SHOWN = "http://127.0.0.1:8000"
QUERY = "/api/v1/promises?verdict=kept late&country=IQ"


@pytest.fixture(scope="module")
def address(demo_folder: Path) -> Iterator[str]:
    with served(demo_folder) as found:
        yield found


@pytest.mark.parametrize("query", [QUERY, "/api/v1/promises?limit=7"])
def test_the_client_of_the_documentation_lists_what_it_asks_for(address: str, query: str) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert (code.count(SHOWN), code.count(QUERY)) == (1, 1)
    told = code.replace(SHOWN, address).replace(QUERY, query)
    done = subprocess.run([sys.executable, "-c", told], check=True, capture_output=True, text=True, timeout=60)
    whole = httpx.get(f"{address}{query.replace('limit=7', 'limit=100')}").raise_for_status().json()
    assert whole["next"] is None
    lines = [" ".join(str(row[name]) for name in ("id", "who", "what", "reviewed")) for row in whole["rows"]]
    assert done.stdout.splitlines() == lines
    assert lines
