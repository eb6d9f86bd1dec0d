#!/bin/sh
# Writes constraints.txt (what the program needs) and constraints-dev.txt (that and what the checks need): exact versions with hashes.
# Needs uv. Run it after a change of dependencies in pyproject.toml; add --upgrade for newer versions.
set -eu
cd "$(dirname -- "$0")/.."
uv pip compile pyproject.toml --group dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet \
    --output-file constraints-dev.txt "$@"
uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet \
    --constraint constraints-dev.txt --output-file constraints.txt "$@"
