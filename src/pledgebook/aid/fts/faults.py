"""What was wrong with a file of flows, gathered while it is read."""

from pledgebook.aid.fts.flow import Flow
from pledgebook.core.problem import Problem, Severity


class Faults:
    """The problems of one source since they were last taken."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._found: list[Problem] = []
        self._noted: set[tuple[str, str]] = set()

    def of_file(self, severity: Severity, rule: str, what: str, todo: str, *, line: int | None = None, offset: int | None = None) -> None:
        """A problem of the file, or of a place in it where no flow could be read."""
        self._found.append(Problem(severity=severity, rule=rule, where=self._source, what=what, todo=todo, line=line, offset=offset))

    def of_flow(self, severity: Severity, rule: str, flow: Flow, what: str, todo: str) -> None:
        """A problem of one flow; its id, or its number in the file, opens `what`."""
        name = f"Flow {flow.values['id']}" if "id" in flow.values else f"Flow number {flow.number} of the file"
        self.of_file(severity, rule, f"{name}: {what}", todo, line=flow.line, offset=flow.offset)

    def once(self, rule: str, subject: str, what: str, todo: str) -> None:
        """A note about a name that comes again and again: it is told once."""
        if (rule, subject) not in self._noted:
            self._noted.add((rule, subject))
            self.of_file("note", rule, what, todo)

    def take(self) -> tuple[Problem, ...]:
        """The problems found so far; they are not told again."""
        found, self._found = tuple(self._found), []
        return found
