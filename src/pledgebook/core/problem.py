"""What could not be read or trusted: where, what, and what to do about it. Data, not an exception."""

from typing import Literal

import msgspec

Severity = Literal["note", "warning", "error"]


class Problem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that could not be read or trusted; the rest of the input is still read.

    `rule` is a stable kebab-case name ("unsupported-language"), `where` the file, URL or document id,
    `line` counts from 1, `offset` is a code point (text) or byte (files), as `what` says.
    """

    severity: Severity
    rule: str
    where: str
    what: str
    todo: str
    line: int | None = None
    offset: int | None = None

    def __str__(self) -> str:
        place = self.where if self.line is None else f"{self.where}:{self.line}"
        return f"{place}: {self.severity}: {self.what} ({self.rule}). {self.todo}"


def refusal(error: OSError) -> str:
    """Why the system refuses something, in words; where it is for want of rights, that they are to be looked at."""
    told = error.strerror or str(error)
    return f"{told}; check its rights and those of its folder" if isinstance(error, PermissionError) else told
