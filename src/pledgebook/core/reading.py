"""What one document gave."""

import msgspec

from pledgebook.core.claim import ProgressClaim
from pledgebook.core.commitment import Commitment
from pledgebook.core.document import Document
from pledgebook.core.found import Statement
from pledgebook.core.problem import Problem


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one document gave: its statements, commitments and progress claims, and what could not be read or trusted."""

    document: Document
    statements: tuple[Statement, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    claims: tuple[ProgressClaim, ...] = ()
    problems: tuple[Problem, ...] = ()
