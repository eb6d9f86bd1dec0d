"""The page docs/rules.md, made from the rules themselves."""

from collections.abc import Iterable

from pledgebook.status.rule import RuleSet
from pledgebook.status.rules import CURRENT
from pledgebook.status.sums import ABOUT, WIDER
from pledgebook.status.weights import AUTHORITY, INDEPENDENCE

_OPENING = """# The rules of version {version}

Generated from the rules by `tools/docs.py`; do not edit. [status.md](status.md) tells how to read what they say.

The rules apply from top to bottom. Each that finds something adds a step to the reason chain under its name. Of the rules of the
verdict the first that finds something decides.
"""


def rules_page(rules: RuleSet = CURRENT) -> str:
    """The page, as Markdown: a table of rules for each axis, then the tables of numbers."""
    parts = [_OPENING.format(version=rules.version)]
    axis = None
    for one in rules.rules:
        if one.axis != axis:
            axis = one.axis
            parts.append(f"\n## {axis.capitalize()}\n\n| rule | says |\n| --- | --- |\n")
        parts.append(f"| `{one.name}` | {one.says} |\n")
    parts.append(
        "\n## Numbers\n\nThe weight of evidence is the product of the two numbers below, halved if it is hedged; of equal products the more independent one"
        "\nweighs more. What a promiser admits against itself weighs like a third party's word.\n\n"
    )
    parts.append(_table("authority", AUTHORITY.items()))
    parts.append("\n" + _table("independence", INDEPENDENCE.items()))
    parts.append(
        f'\nA figure of more than {WIDER} times the promised sum is taken to be of something wider than the promise. "About" a sum is kept by what rounds to'
        f"\nit, but by no less than {ABOUT} of it.\n"
    )
    return "".join(parts)


def _table(what: str, rows: Iterable[tuple[str, int]]) -> str:
    return f"| {what} | weight |\n| --- | --- |\n" + "".join(f"| {name} | {number} |\n" for name, number in rows)
