"""Problems for people: grouped by rule and counted, the first few of each in full."""

from pledgebook.core.counted import counted
from pledgebook.core.problem import Problem, Severity
from pledgebook.views.rows import one_line

#: So many problems of a rule are shown in full; of the others only how many there are.
SHOWN_OF_A_RULE = 3

_ORDER: tuple[Severity, ...] = ("error", "warning", "note")


class Tally:
    """Counts problems as they come and keeps the first few of each rule, so that memory stays small."""

    def __init__(self) -> None:
        self._counts: dict[tuple[int, str], int] = {}
        self._shown: dict[tuple[int, str], list[str]] = {}

    def add(self, problem: Problem) -> None:
        """Count one problem."""
        key = (_ORDER.index(problem.severity), problem.rule)
        self._counts[key] = self._counts.get(key, 0) + 1
        shown = self._shown.setdefault(key, [])
        if len(shown) < SHOWN_OF_A_RULE:
            shown.append(one_line(str(problem)))

    def count(self, severity: Severity) -> int:
        """How many problems of this severity there were."""
        return sum(number for (order, _), number in self._counts.items() if _ORDER[order] == severity)

    def lines(self, *, notes: bool = False) -> list[str]:
        """Errors first, then warnings, then (with `notes`) notes; the last line gives the counts. Empty if there is nothing to say."""
        lines: list[str] = []
        for (order, rule), number in sorted(self._counts.items()):
            if _ORDER[order] == "note" and not notes:
                continue
            shown = self._shown[order, rule]
            lines += shown
            if number > len(shown):
                lines.append(f"... and {number - len(shown):,} more: {rule}")
        if lines:
            lines.append(", ".join(counted(self.count(severity), severity) for severity in _ORDER if self.count(severity)))
        return lines
