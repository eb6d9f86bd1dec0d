"""Which sentence introduces a list item: bullets take their lead-in ("The United States will:")."""

import re
from collections.abc import Sequence

from pledgebook.extraction.sentences import Sentence

#: A list goes on at most this many characters after its lead-in.
_REACH = 6_000


def lead_ins(sentences: Sequence[Sentence], text: str) -> dict[int, int]:
    """For each sentence that is an item of a list, the index of the sentence that leads in to it.

    A lead-in ends with a colon; its items are the bulleted paragraphs that follow, or, without bullets, the paragraphs
    for as long as they end with a semicolon or a comma ("; and"), and the one after.
    """
    found: dict[int, int] = {}
    leader: int | None = None
    bulleted = unbroken = False
    for index, sentence in enumerate(sentences):
        first_of_paragraph = index == 0 or sentences[index - 1].paragraph != sentence.paragraph
        if leader is not None and first_of_paragraph:
            just_after = sentences[leader].paragraph + 1 == sentence.paragraph
            bulleted = sentence.bullet if just_after else bulleted
            belongs = sentence.bullet if bulleted else (just_after or unbroken)
            if not belongs or sentence.start - sentences[leader].end > _REACH:
                leader = None
        if leader is not None and sentence.paragraph > sentences[leader].paragraph:
            found[index] = leader
            unbroken = text[sentence.start : sentence.end].rstrip().endswith((";", ",", "; and", ", and", "; or"))
        if text[sentence.start : sentence.end].endswith(":") and not _is_label(text, sentence):
            leader, unbroken, bulleted = index, False, False
    return found


def _is_label(text: str, sentence: Sentence) -> bool:
    """Whether it is a mere heading or a speaker's label, not a clause that a list completes."""
    return sentence.end - sentence.start < 12 or text[sentence.start : sentence.end].isupper()


#: A lead-in that its items complete as one clause: "The United States will:", "The two sides agreed to:".
_OPEN_CLAUSE = re.compile(r"\b(?:will|shall|would|to)(?:\s(?:also|jointly|further|together|continue to|work to))*\s*:$", re.IGNORECASE)
_LONGEST_LEAD = 400


def clause_leads(sentences: Sequence[Sentence], text: str, leads: dict[int, int]) -> dict[int, Sentence]:
    """Of `leads` those whose lead-in is the beginning of the item's own clause, so that the two are read as one sentence."""
    return {
        item: sentences[lead]
        for item, lead in leads.items()
        if sentences[lead].end - sentences[lead].start <= _LONGEST_LEAD
        and _OPEN_CLAUSE.search(text[sentences[lead].start : sentences[lead].end])
    }
