"""Which reading this is: a digest of all that decides what a text is read to say."""

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pledgebook.extraction.parsing import DEFAULT_MODEL

_PACKAGE = Path(__file__).parent
#: Folders whose code, tables and weights take part in the reading.
_PARTS = (_PACKAGE, _PACKAGE.parent / "reference", _PACKAGE.parent / "core")


@cache
def extractor_version(model: str = DEFAULT_MODEL) -> str:
    """Twelve hex digits that change whenever the reading may: code, tables and weights of this package, and the pipeline with its version."""
    digest = hashlib.sha256()
    for folder in _PARTS:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".py", ".tsv", ".json", ".txt"}:
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    for package in (model.replace("_", "-"), "spacy"):
        digest.update(f"{package} {_version(package)}\0".encode())
    return digest.hexdigest()[:12]


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "unknown"
