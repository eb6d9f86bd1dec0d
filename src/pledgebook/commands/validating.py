"""validate: whether IATI files keep IATI's schemas and rulesets."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pledgebook.commands.common import NOTHING_READ, AsOfOption, day_of, need_its_folder, reason, say, tell
from pledgebook.core.counted import counted

if TYPE_CHECKING:
    from pledgebook.aid.validation.ruleset import Ruleset
    from pledgebook.aid.validation.schema import Schemas
    from pledgebook.core.problem import Problem

#: The longest file that is checked, in bytes of XML. The tree of a file takes some ten times as much memory.
LONGEST = 1_000_000_000


def validate(
    files: Annotated[list[Path], typer.Argument(metavar="FILE", help="An IATI file: .xml, or one as .xz, .gz or .zst.")],
    schema: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER", exists=True, file_okay=False, help="The folder of IATI's XML Schemas, iati-activities-schema.xsd and others."
        ),
    ] = None,
    ruleset: Annotated[
        Path | None, typer.Option(metavar="FILE", exists=True, dir_okay=False, help="A ruleset of IATI's form, such as standard.json.")
    ] = None,
    as_of: AsOfOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write every problem to FILE, one JSON object a line.")
    ] = None,
) -> None:
    """Check IATI files against the XML Schemas, a ruleset, or both; tell what is wrong with file, line and activity.

    Of each kind of problem the first three are told and the others counted; --output writes all. Nothing is fetched.
    Exit code: 0 nothing is wrong; 1 errors were found and printed; 2 wrong usage, or nothing could be read.
    """
    if schema is None and ruleset is None:
        raise typer.BadParameter("Give --schema FOLDER, --ruleset FILE, or both.")
    if output:
        need_its_folder(output)
    run = _Run(schema, ruleset, day_of(as_of))
    problems = list(run.problems(files))
    if output:
        _write(output, problems)
    code = tell(problems, notes=True)
    say(f"{run.checked} of {counted(len(files), 'file')} checked{'' if problems else ': nothing is wrong'}.")
    raise typer.Exit(code if run.checked else NOTHING_READ)


class _Run:
    """What is checked against, read once for all files; `checked` counts those that could be read."""

    def __init__(self, schema: Path | None, ruleset: Path | None, as_of: date) -> None:
        self.checked = 0
        self._schema, self._ruleset, self._as_of = schema, ruleset, as_of

    def problems(self, files: list[Path]) -> Iterator["Problem"]:
        """What is wrong with the ruleset, then file by file."""
        from pledgebook.aid.validation.schema import Schemas
        from pledgebook.core.problem import Problem

        schemas = Schemas(self._schema) if self._schema else None
        rules = self._rules()
        if isinstance(rules, Problem):
            yield rules
            return
        if rules is not None:
            yield from rules.problems
        for file in files:
            yield from self._of(file, schemas, rules)

    def _rules(self) -> "Ruleset | Problem | None":
        from pledgebook.aid.validation.ruleset import read_ruleset
        from pledgebook.core.problem import Problem

        data = _bytes_of(self._ruleset) if self._ruleset else None
        return data if data is None or isinstance(data, Problem) else read_ruleset(data, str(self._ruleset))

    def _of(self, file: Path, schemas: "Schemas | None", rules: "Ruleset | None") -> Iterator["Problem"]:
        from pledgebook.aid.validation.check import check_ruleset
        from pledgebook.aid.validation.document import parse
        from pledgebook.aid.validation.schema import check_schema
        from pledgebook.core.problem import Problem

        data = _bytes_of(file)
        document = data if isinstance(data, Problem) else parse(data, str(file))
        if isinstance(document, Problem):
            yield document
            return
        self.checked += 1
        if schemas is not None:
            yield from check_schema(document, schemas)
        if rules is not None:
            yield from check_ruleset(document, rules, self._as_of)


def _bytes_of(path: Path) -> "bytes | Problem":
    """The bytes of the file, decompressed."""
    from pledgebook.sources.compression import expand, kind_of
    from pledgebook.sources.faults import Fault
    from pledgebook.sources.streams import chunks_of_file

    try:
        with path.open("rb") as file:
            kind = kind_of(file.read(16))
        chunks = chunks_of_file(path)
        return _whole(expand(chunks, kind) if kind else chunks)
    except OSError as error:
        return Fault("unreadable", f"It cannot be opened: {error.strerror}.", "Check the name and your rights.").problem(str(path))
    except Fault as fault:
        return fault.problem(str(path))


def _whole(chunks: Iterator[bytes]) -> bytes:
    from pledgebook.sources.faults import Fault

    data = bytearray()
    for chunk in chunks:
        data += chunk
        if len(data) > LONGEST:
            raise Fault("too-long", f"The file is longer than {LONGEST // 1_000_000:,} MB.", "Split it into several files.")
    return bytes(data)


def _write(output: Path, problems: list["Problem"]) -> None:
    import msgspec

    try:
        output.write_bytes(msgspec.json.Encoder().encode_lines(problems))
    except OSError as error:
        raise typer.BadParameter(f"{str(output)!r} cannot be written: {reason(error)}.", param_hint="--output") from None
