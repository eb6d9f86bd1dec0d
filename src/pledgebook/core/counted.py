"""Counts in words: a noun, or a verb, in the number that goes with a count."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 document", "2,000 documents", "0 entries"."""
    return f"{number:,} {agreeing(number, one, many)}"


def agreeing(number: int, one: str, many: str | None = None) -> str:
    """The word in the number that goes with a count; `many` is the plural where it is not that of "document" or "entry"."""
    if number == 1:
        return one
    if many is not None:
        return many
    return f"{one[:-1]}ies" if one.endswith("y") and one[-2:-1] not in set("aeiou") else f"{one}s"
