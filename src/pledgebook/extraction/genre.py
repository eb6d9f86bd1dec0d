"""What sort of public text a document is, from its title and head lines: a schedule promises less than a joint statement."""

import re

#: In order: the first pattern that the head matches names the genre.
_GENRES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("joint", r"\bjoint (?:statement|declaration|communiqu|press|readout|fact)|\bcommuniqu|\bdeclaration\b|\bstatement of intent"),
        ("factsheet", r"\bfact sheet\b"),
        (
            "schedule",
            r"\btravel(?:s|ing)?\b|\btrip to\b|\bvisits?\b|\bto (?:host|attend|participate|lead|deliver|headline|address|meet|convene|travel|visit)\b|\bpublic schedule|\bto visit\b|\bmedia (?:advisory|availability)",
        ),
        ("legal", r"\breward|\bsanction|\bdesignat|\bvisa restriction|\bsentenc|\bprosecut|\bextradit|\bindict|\bconvict"),
        ("aid", r"\bassistance\b|\bhumanitarian\b|\bfunding\b|\bdonat|\bdrawdown\b|\bcontribut|\bgrants?\b|\bpledg"),
        (
            "message",
            r"\bpresidential message|\bproclamation|\bnational day\b|\bindependence day\b|\bon the occasion|\banniversary|\bweek\b|\bmonth\b|\b(?:world|international|memorial|remembrance)\b.{0,40}\bday\b|\bday\b|\bcongratulat",
        ),
        ("readout", r"\bcalls?\b with\b|\bmeetings? with\b|\breadout\b|\bcall to\b|\bspoke\b"),
        ("address", r"\bweekly address\b|\bstate of the union\b|\baddress\b"),
        ("remarks", r"\bremarks\b|\bpress (?:conference|briefing|availability)|\binterview\b|\bspeech\b|\btoast"),
        ("announcement", r"\bannounc|\blaunch|\bappoint|\bnominat|\bcommit|\bstrategy\b|\binitiative\b"),
        ("statement", r"\bstatement\b"),
    )
)
_LABEL = re.compile(r"^(?:[A-Z][A-Z.’' -]{2,40}|Q|QUESTION):\s", re.MULTILINE)


def head_lines(text: str) -> str:
    """The short lines before the body: bylines, places, "Remarks by ...", dates."""
    lines = [line.strip() for line in text[:1500].split("\n") if line.strip()]
    return " \n".join(line for line in lines[:12] if len(line) < 160)


def genre_of(text: str, title: str | None) -> str:
    """The genre's name, "report" where nothing tells."""
    named = title if title and " " in title else head_lines(text)
    if len(_LABEL.findall(text)) >= 3:
        return "transcript"
    for name, pattern in _GENRES:
        if pattern.search(named):
            return name
    return "report"


#: Reporting words for each thousand words above which a text is a report of what others say; releases and speeches have hardly any.
_NEWS_RATE = 5
_REPORTS = re.compile(r"\b(?:said|says|told|according to|reported|spokes(?:man|woman|person))\b")


def is_news(text: str) -> bool:
    """Whether the text reads like a newspaper's: it reports what others say, in every other sentence or so."""
    words = text.count(" ") + 50
    return len(_REPORTS.findall(text)) * 1000 >= _NEWS_RATE * words
