"""What a rule is: a named step that looks at a case, may settle something in it, and says what it found."""

from collections.abc import Callable
from typing import Literal, NamedTuple

import msgspec

from pledgebook.core.assessment import Verdict
from pledgebook.status.case import Case

#: The axes in the order in which they are settled. Of the rules of "verdict" the first that finds something decides.
Axis = Literal[
    "what counts", "due date", "testability", "what is due", "weighing", "verdict", "stage", "time", "flags", "grade and coverage"
]


class Finding(NamedTuple):
    """What a rule found: a plain sentence, the ids it rests on, and the verdict if it gives one."""

    text: str
    rests_on: tuple[str, ...] = ()
    verdict: Verdict | None = None


Step = Callable[[Case], Finding | None]


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule: its name as the reason chain shows it, the axis it belongs to, one line that says it, and the step that applies it."""

    name: str
    axis: Axis
    says: str
    step: Step


class RuleSet(msgspec.Struct, frozen=True, kw_only=True):
    """Rules in the order in which they apply. `version` changes whenever an answer can change."""

    version: str
    rules: tuple[Rule, ...]


def rule(axis: Axis, step: Step) -> Rule:
    """The rule that a function is: named like it, with dashes, and said by the first line of its docstring."""
    return Rule(name=step.__name__.replace("_", "-"), axis=axis, says=(step.__doc__ or "").strip().splitlines()[0], step=step)
