"""Files of activities made for tests, and real ones to read."""

import lzma
from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa

from pledgebook.aid.iati.clean import cleaned
from pledgebook.aid.iati.cut import Chunk, cut
from pledgebook.aid.iati.read import read_iati
from pledgebook.aid.rows import Rows
from pledgebook.aid.tables import TABLES
from pledgebook.core.problem import Problem

REAL = Path(__file__).resolve().parents[4] / "shared/data/iati"
NOT_HERE = "../shared/data/iati is not here"
#: The real files that are read whole in a moment.
SMALL = (
    "iraq_syria_activities.xml",
    "unhcr_2023.xml",
    "ukraine/ukraine_2022-05-08.xml.xz",
    *(
        f"misc/{name}.xml.xz"
        for name in (
            "Agriterra_IATIAGR2022",
            "AidData-WM_iati_1.04_SenegalAIMS_GeocodedResearchRelease",
            "AidData-WM_iati_1.04_UgandaAIMS_GeocodedResearchRelease",
            "AidData-WM_iati_2.03_IraqAIMS_GeocodedResearchRelease",
            "IATI_1404133898.27",
            "IATI_1502298486.5",
            "IATI_1507210308.08",
            "IATI_1511109367.37",
            "IATI_ocha-test-data",
            "devgateway_Kosovo_Test_File_Long",
            "dhsc-govuk_dhsc-activities-ghs",
            "markbrough_AF",
            "pwyf_sample",
        )
    ),
)
DUMPS = ("covid_2021-05-26.xml.xz", "covid_2021-06-08.xml.xz")


def blocks_of(path: Path, size: int = 1 << 20) -> Iterator[bytes]:
    """The bytes of a real file, decompressed."""
    with lzma.open(path) if path.suffix == ".xz" else path.open("rb") as file:
        while block := file.read(size):
            yield block


def activities_of(path: Path, every: int = 1) -> list[bytes]:
    """The cleaned activities of a real file, or each n-th of them."""
    found = [activity for chunk in cut(blocks_of(path)) if isinstance(chunk, Chunk) for activity in chunk.activities]
    return [cleaned(activity) for activity in found[::every]]


def activity(*children: str, identifier: str = "XM-1", attributes: str = "") -> str:
    """An activity with an identifier and what else is given."""
    return f"<iati-activity {attributes}><iati-identifier>{identifier}</iati-identifier>{''.join(children)}</iati-activity>"


def transaction(
    *children: str, kind: str = "3", date: str = "2020-05-01", value: str = "<value currency='USD' value-date='2020-05-02'>10</value>"
) -> str:
    """A transaction that lacks nothing, with what else is given."""
    return f"<transaction><transaction-type code='{kind}'/><transaction-date iso-date='{date}'/>{value}{''.join(children)}</transaction>"


def file_of(*activities: str, root: str = "version='2.03'") -> str:
    """A file of activities."""
    return f"<?xml version='1.0'?>\n<iati-activities {root}>\n" + "\n".join(activities) + "\n</iati-activities>\n"


class Read:
    """A file that was read: all rows of each table as dicts, and the problems."""

    def __init__(self, rows: Sequence[Rows]) -> None:
        self.problems: list[Problem] = [problem for one in rows for problem in one.problems]
        self.skipped = [skipped for one in rows for skipped in one.skipped]
        self._tables: dict[str, list[pa.Table]] = {name: [one.tables[name] for one in rows if name in one.tables] for name in TABLES}

    def __getitem__(self, table: str) -> list[dict[str, object]]:
        return [row for made in self._tables[table] for row in made.to_pylist()]

    def column(self, table: str, name: str) -> list[object]:
        """A column of a table."""
        return [row[name] for row in self[table]]

    @property
    def rules(self) -> list[tuple[str, int | None]]:
        """The rules of the problems with their lines."""
        return [(problem.rule, problem.line) for problem in self.problems]


def read(data: str | bytes, *, block: int = 1 << 20, **options: object) -> Read:
    """What the reader makes of the bytes of a file."""
    data = data.encode() if isinstance(data, str) else data
    blocks = (data[place : place + block] for place in range(0, len(data), block))
    return Read(list(read_iati(blocks, "made.xml", **options)))  # type: ignore[arg-type]


def read_activity(*children: str, attributes: str = "default-currency='USD'", root: str = "version='2.03'") -> Read:
    """What the reader makes of a file of one activity."""
    return read(file_of(activity(*children, attributes=attributes), root=root))
