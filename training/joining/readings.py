"""Readings of the neighbourhoods: which mentions are one promise, as guide.md says, and the rules that a reading keeps."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

HERE = Path(__file__).resolve().parent
MENTIONS, READING_A, READING_B, GOLD = (HERE / f"{name}.jsonl" for name in ("mentions", "reading_a", "reading_b", "gold"))


class Reading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One neighbourhood as a reader, or a program, divided it. Mentions are numbered from 1; groups are letters within the neighbourhood."""

    neighbourhood: int
    groups: dict[str, str]
    not_commitment: list[int] = []
    revises: dict[str, int] = {}
    part_of: dict[str, str] = {}


def load_readings(path: Path) -> list[Reading]:
    """The readings of a file, a line each. Raises `msgspec.ValidationError` for what is no reading."""
    return [msgspec.json.decode(line, type=Reading) for line in path.read_bytes().splitlines() if line.strip()]


def load_sizes(path: Path = MENTIONS) -> dict[int, int]:
    """How many mentions each neighbourhood has."""
    sizes: dict[int, int] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        number = json.loads(line)["neighbourhood"]
        sizes[number] = sizes.get(number, 0) + 1
    return sizes


def key(neighbourhood: int, mention: int | str) -> str:
    """The name of a mention across neighbourhoods: "7.2" is the second of the seventh."""
    return f"{neighbourhood}.{mention}"


def partition(readings: Iterable[Reading], *, commitments_only: bool = False) -> dict[str, str]:
    """Mention -> group, both named across neighbourhoods ("7.2" -> "7.A"), with or without what the reader held to be no commitment."""
    return {
        key(reading.neighbourhood, mention): key(reading.neighbourhood, letter)
        for reading in readings
        for mention, letter in reading.groups.items()
        if not (commitments_only and int(mention) in reading.not_commitment)
    }


def within_neighbourhoods(predicted: Mapping[str, str]) -> dict[str, str]:
    """Promises that a joiner found over all mentions ("7.2" -> any name), cut at the borders of the neighbourhoods: the gold knows no more."""
    return {mention: f"{mention.split('.')[0]}.{name}" for mention, name in predicted.items()}


def faults(readings: Sequence[Reading], sizes: Mapping[int, int]) -> list[str]:
    """What does not fit the rules of guide.md, in words for the reader."""
    numbers = [reading.neighbourhood for reading in readings]
    found = [f"neighbourhood {number} is missing" for number in sorted(set(sizes) - set(numbers))]
    found += [
        f"neighbourhood {number} is given {numbers.count(number)} times" for number in sorted(set(numbers)) if numbers.count(number) > 1
    ]
    for reading in readings:
        found += [f"neighbourhood {reading.neighbourhood}: {fault}" for fault in _faults(reading, sizes.get(reading.neighbourhood, 0))]
    return found


def _faults(reading: Reading, size: int) -> Iterator[str]:
    mentions, letters = {str(number) for number in range(1, size + 1)}, set(reading.groups.values())
    for mention in sorted(mentions - set(reading.groups), key=int):
        yield f"mention {mention} has no group"
    for mention in sorted(set(reading.groups) - mentions):
        yield f"there is no mention {mention}"
    for number in reading.not_commitment:
        if str(number) not in mentions:
            yield f"not_commitment: there is no mention {number}"
    for later, earlier in reading.revises.items():
        if later == str(earlier) or reading.groups.get(later) is None or reading.groups.get(later) != reading.groups.get(str(earlier)):
            yield f"revises: {later} and {earlier} are not two mentions of one group"
    for part, whole in reading.part_of.items():
        if not {part, whole} <= letters:
            yield f"part_of: {part} or {whole} is no group"
        elif _in_circle(part, reading.part_of):
            yield f"part_of: {part} is part of itself"


def _in_circle(part: str, part_of: Mapping[str, str]) -> bool:
    whole, seen = part_of.get(part), set[str]()
    while whole is not None and whole != part and whole not in seen:
        seen.add(whole)
        whole = part_of.get(whole)
    return whole == part
