"""release, prove, check: what was said, held fast, and how anyone can check it."""

from pathlib import Path
from typing import Annotated

import typer

from pledgebook.commands.common import (
    DONE,
    MACHINE,
    AsOfOption,
    AuthorOption,
    BookOption,
    FolderOption,
    day_of,
    now,
    opened,
    reason,
    refusals,
    say,
    settings,
    tell,
)


def release(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A name for it, as 2026-11 [default: list the releases].")] = None,
    as_of: AsOfOption = None,
    author: AuthorOption = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Hold fast where every promise stands, under a Merkle root; without a name, list the releases: name, day, entries, root.

    Exit code: 0 done; 2 no book, or the name is taken.
    """
    from pledgebook.book.releasing import make_release, releases
    from pledgebook.extraction.version import extractor_version

    with refusals(), opened(book, folder) as found:
        if name is None:
            made = releases(found)
        else:
            who, version = author or settings().author or MACHINE, extractor_version(settings().model)
            made = [make_release(found, name, day_of(as_of), extractor=version, author=who, recorded=now())]
        for one in made:
            print(f"{one.name}\t{one.as_of}\t{one.size}\t{one.root}")


def prove(
    name: Annotated[str, typer.Argument(metavar="RELEASE", help="The release that the proof is about.")],
    entry: Annotated[int | None, typer.Option(metavar="N", help="Prove that the log entry of this number is in the release.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="RELEASE", help="Prove that nothing of this earlier release was changed or taken out.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to FILE instead of standard output.")] = None,
    book: BookOption = None,
    folder: FolderOption = None,
) -> None:
    """Write a proof that anyone can check offline with `pledgebook check` and the root of the release.

    Exit code: 0 done; 2 there is nothing to prove.
    """
    from pledgebook.book.errors import book_error
    from pledgebook.book.proofs import encode_proof
    from pledgebook.book.releasing import prove as make
    from pledgebook.book.releasing import replace_file

    if (entry is None) == (since is None):
        raise typer.BadParameter("Give either --entry N or --since RELEASE.")
    with refusals(), opened(book, folder) as found:
        data = encode_proof(make(found, name, entry=entry, since=since))
        if output is None:
            print(data.decode(), end="")
            return
        try:
            replace_file(output, lambda file: file.write_bytes(data))
        except OSError as error:
            raise book_error("unwritable", str(output), f"The file cannot be written ({reason(error)}).", "Choose another place.") from None


def check(
    proof: Annotated[Path, typer.Argument(metavar="PROOF", help="A file that `pledgebook prove` wrote.")],
    root: Annotated[
        list[str] | None, typer.Option(metavar="HEX", help="The root that a release was published with; may be given twice.")
    ] = None,
) -> None:
    """Check a proof offline, without the book.

    Exit code: 0 it proves what it says; 1 it does not; 2 the file cannot be read.
    """
    from pledgebook.book.errors import book_error
    from pledgebook.book.proofs import check_proof

    with refusals():
        try:
            data = proof.read_bytes()
        except OSError as error:
            raise book_error("unreadable", str(proof), f"The file cannot be read ({reason(error)}).", "Give the file of a proof.") from None
        code = tell(check_proof(data, where=str(proof), kept=root or ()))
        if code == DONE:
            say("The proof holds.")
    raise typer.Exit(code)
