"""What all tests may use."""

import sys
from pathlib import Path

# `tools` and `benchmarks` lie beside `src` and are not installed.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

pytest_plugins = ["tests.postgres", "tests.browser", "tests.web.live"]
