"""Templates into pages: everything that is put in is escaped, and nothing in it can steer the reader's screen."""

from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pledgebook.core.commitment import Amount
from pledgebook.core.counted import agreeing, counted
from pledgebook.status.explain import range_text, slip_text, time_text, verdict_text
from pledgebook.views.reasons import reason_sentence
from pledgebook.views.rows import NOT_REVIEWED, amount_text, due, one_line, printable, sums, what, who
from pledgebook.web.labels import country_label, sector_label
from pledgebook.web.links import quoted, slug_of

TEMPLATES = Path(str(files("pledgebook.web") / "templates"))


def environment() -> Environment:
    """The templates with their filters."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=200,
    )
    made.filters.update(
        agreeing=agreeing, amount=amount_text, amounts=_amounts, counted=counted, country=country_label, due=due, grouped=grouped, line=one_line, money=range_text, part=quoted,
        reason=reason_sentence, sector=sector_label, slip=slip_text, slug=slug_of, sums=sums, time=time_text, verdict=verdict_text,
        weblink=weblink, what=what, who=who,
    )  # fmt: skip
    made.globals.update(NOT_REVIEWED=NOT_REVIEWED, share=share)
    return made


def _shown(value: object) -> object:
    """What an expression of a template comes to, without marks that steer a screen; nothing for None."""
    if value is None:
        return ""
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def weblink(address: str | None) -> str | None:
    """An address that a reader may follow: of the web, and nothing else."""
    plain = "".join((address or "").split())
    return plain if plain.startswith(("https://", "http://")) else None


def grouped(value: float | str) -> str:
    """A number with a comma between thousands."""
    return f"{int(value):,}"


def _amounts(found: tuple[Amount, ...]) -> str:
    return one_line("; ".join(map(amount_text, found)))


def share(part: int, whole: int) -> str:
    """A part of a whole as it is shown: "3 of 8 (38 %)"; never a percentage of nothing."""
    return f"{part:,} of {whole:,} ({100 * part / whole:.0f} %)" if whole else "none"
