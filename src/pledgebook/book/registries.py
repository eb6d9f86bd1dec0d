"""A book's own rows of actors, outlets and people in office."""

from functools import lru_cache
from typing import Literal

from sqlalchemy import Connection

from pledgebook.book.database import writing
from pledgebook.book.log import Entry, NewEntry, append, few_entries
from pledgebook.book.opening import Book
from pledgebook.core.problem import Problem
from pledgebook.reference.outlets import BASE, Registry
from pledgebook.reference.registry_files import read_registry

RegistryKind = Literal["actors", "outlets", "people"]


def registry_of(connection: Connection) -> Registry:
    """The rows that people gave the book, before those of this program; later ones before earlier ones."""
    return _registry(tuple(few_entries(connection, "registry")))


@lru_cache(maxsize=4)
def _registry(given: tuple[Entry, ...]) -> Registry:
    """The registry that these entries of a log make: to read their tables takes longer than most questions that need it."""
    found = BASE
    for entry in given:
        content = entry.content()
        rows, _ = read_registry(str(content["data"]).encode(), str(content["name"]), content["of"])
        found = found.with_rows(**{str(content["of"]): rows})
    return found


def add_registry(book: Book, data: bytes, name: str, of: RegistryKind, *, author: str, recorded: str) -> tuple[int, tuple[Problem, ...]]:
    """Take in a CSV file of rows: how many, and what is wrong with others. A file with errors is not taken in."""
    rows, problems = read_registry(data, name, of)
    if rows and not any(problem.severity == "error" for problem in problems):
        body: dict[str, object] = {"of": of, "name": name, "data": data.decode("utf-8-sig")}
        with writing(book.engine) as connection:
            if not any(entry.content() == body for entry in few_entries(connection, "registry")):
                append(connection, [NewEntry(kind="registry", author=author, recorded=recorded, body=body)])
        return len(rows), problems
    return 0, problems
