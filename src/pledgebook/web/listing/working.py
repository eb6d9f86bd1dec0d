"""The folder that a server writes its listings into: locked while the server runs, so that the next one can remove what a killed one left."""

import contextlib
import shutil
import tempfile
from pathlib import Path
from typing import BinaryIO

try:
    import fcntl
except ImportError:  # Windows: what a killed server left stays
    fcntl = None  # type: ignore[assignment] # looked at before it is used

_PREFIX = ".listing-"
#: The file in it that its server has locked.
OWNER = "owner"


class Working:
    """A new folder in another, or in that of the system for what is temporary."""

    def __init__(self, parent: Path | None) -> None:
        if parent is not None:
            _remove_left(parent)
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
        self._owner = self._owned()

    def close(self) -> None:
        """Remove it."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._owner is not None:
            self._owner.close()

    def _owned(self) -> BinaryIO | None:
        """The file that is locked until it is closed or the process ends; None where files cannot be locked."""
        beside = self.path / "locking"
        owner = beside.open("wb")
        if not _locked(owner):
            owner.close()
            return None
        beside.rename(self.path / OWNER)  # it has its name when it is locked: another server would take it for one left behind
        return owner


def _remove_left(parent: Path) -> None:
    """Remove the folders whose server is gone; those are left of which that is not known."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError), (folder / OWNER).open("rb+") as owner:
            if _locked(owner):
                shutil.rmtree(folder, ignore_errors=True)


def _locked(file: BinaryIO) -> bool:
    """Whether it could be locked: not where another has, nor where the system knows no locks."""
    if fcntl is None:
        return False
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
