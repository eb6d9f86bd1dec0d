"""The one exception of reading bytes; it becomes a Problem where the name of the input is known."""

from pledgebook.core.problem import Problem


class Fault(Exception):  # noqa: N818 - a fault of the input, not of the program
    """Bytes that cannot be had, with what a person should know and do."""

    def __init__(self, rule: str, what: str, todo: str) -> None:
        super().__init__(what)
        self.rule, self.what, self.todo = rule, what, todo

    def problem(self, where: str, line: int | None = None) -> Problem:
        """The fault as an error of the input `where`."""
        return Problem(severity="error", rule=self.rule, where=where, what=self.what, todo=self.todo, line=line)
