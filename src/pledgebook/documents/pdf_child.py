"""The program that reads one PDF, from standard input, in a process of its own whose memory and time are bounded.

PDFium unpacks what a file asks for and bounds neither: a stream of 300 KB can grow to gigabytes, and it ends the process that has no more.
"""

import re
from typing import Any

from pledgebook.reference.apart import answer, given


def main() -> None:
    """The pages' text and the particulars, or {"error": MESSAGE} for what PDFium cannot open."""
    data = given()
    import pypdfium2  # noqa: PLC0415 - only once memory is bounded

    try:
        document = pypdfium2.PdfDocument(data)
        text = "\n\n".join(filter(None, (_page_text(document, number) for number in range(len(document)))))
        answer({"text": text, "facts": document.get_metadata_dict()})
        document.close()
    except pypdfium2.PdfiumError as error:
        answer({"error": str(error)})


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
