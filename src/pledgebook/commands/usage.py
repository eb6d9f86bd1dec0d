"""What is said of an option that cannot be: in plain words, where the library that reads the command line has words for programmers."""

import re
from typing import Any

import typer
from typer.core import TyperGroup

_PLAIN = (
    (r"Input should be a valid integer.*", "Give a whole number."),
    (r"Input should be greater than or equal to (\S+)", r"Give \1 or more."),
    (r"Input should be less than or equal to (\S+)", r"Give \1 or less."),
    (r"Value error, (.*)", r"\1"),
)


class PlainGroup(TyperGroup):
    """Commands whose usage errors are told in plain words."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - the library's own types
        """Run the command that was asked for."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            error.message = plain(error.message)
            raise


def plain(message: str) -> str:
    """A message of the library in plain words; any other as it is."""
    for raw, words in _PLAIN:
        if re.fullmatch(raw, message, re.DOTALL):
            return re.sub(raw, words, message, count=1, flags=re.DOTALL)
    return message
