"""What stops a command on a book: one exception that carries the Problem to print."""

from pledgebook.core.problem import Problem


class BookError(Exception):
    """The book cannot be used as asked; `problem` says where, what, and what to do."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


def book_error(rule: str, where: str, what: str, todo: str) -> BookError:
    """A BookError with an error Problem."""
    return BookError(Problem(severity="error", rule=rule, where=where, what=what, todo=todo))
