"""The program that reads one PDF, from standard input, in a process of its own whose memory and time are bounded.

PDFium unpacks what a file asks for and bounds neither: a stream of 300 KB can grow to gigabytes, and it ends the process that has no more.
"""

import json
import re
import sys
from typing import Any


def main() -> None:
    """Print the pages' text and the particulars as JSON, or {"error": MESSAGE} for what PDFium cannot open. Arguments: bytes of memory, seconds of processor."""
    _bound(int(sys.argv[1]), int(sys.argv[2]))
    import pypdfium2  # noqa: PLC0415 - only once memory is bounded

    try:
        document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
        text = "\n\n".join(filter(None, (_page_text(document, number) for number in range(len(document)))))
        told: dict[str, Any] = {"text": text, "facts": document.get_metadata_dict()}
        document.close()
    except pypdfium2.PdfiumError as error:
        told = {"error": str(error)}
    sys.stdout.write(json.dumps(told))


def _bound(memory: int, seconds: int) -> None:
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - not on Windows, where time alone is bounded, from outside

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _page_text(document: Any, number: int) -> str:  # noqa: ANN401 - pypdfium2 has no types
    page = document[number]
    words = page.get_textpage()
    try:
        text = str(words.get_text_range())
    finally:
        words.close()
        page.close()
    # PDFium ends lines with CR LF, and marks a hyphen at a line's end as U+FFFE or U+0002, which are no characters: a soft hyphen is one.
    return re.sub("[\ufffe\x02]", "\xad", text.replace("\r\n", "\n").replace("\x00", "")).strip()


if __name__ == "__main__":
    main()
