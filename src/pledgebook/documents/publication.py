"""When a text was published, recovered from the text itself where its input does not say. Never from a clock.

Rules, in the order in which they are believed: "header" (a line near the top that is a date, or the name of the file or document),
"dateline" ("CITY, Sept. 30, 2024 - ..."), "url". A day without its year is never enough.
"""

import re
from collections.abc import Iterator

from pledgebook.documents.written_dates import WRITTEN, ReadDate, iso_day, iso_of

#: How far a header reaches: lines that are not empty, characters.
HEADER_LINES, HEADER_LENGTH = 14, 3000
#: Lines that are not empty, of which one may open with place and date.
OPENING_LINES = 4

_LABEL = (
    r"(?:for\s+immediate\s+release|immediate\s+release|for\s+release|press\s+release|news\s+release|press\s+statement|media\s+release|release\s+date|released|issued|"
    r"date\s+of\s+publication|publication\s+date|publish(?:ed)?(?:\s+(?:on|at|date))?|posted(?:\s+(?:on|at))?|first\s+published|date)"
)
_DATE = f"(?P<date>{WRITTEN.pattern})"
_ZONE = r"\s*(?:\(?[A-Z]{2,5}\)?(?:[+-]\d{1,2})?)?"
_CLOCK = rf"\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?\s*(?:[ap]\.?m\.?)?{_ZONE}"
_TIME = rf"(?:,?\s*(?:at\s+|[|–—-]\s*)?{_CLOCK}|T\d{{2}}:\d{{2}}\S*)?"
_BLANK = r"[\s\xa0_*#.|:>–—-]*"
#: The line is a date and nothing else but a label, a time, marks.
_WHOLE = re.compile(rf"(?i:^{_BLANK}(?:{_LABEL})?{_BLANK}){_DATE}(?i:{_TIME})(?i:{_BLANK}(?:{_LABEL})?{_BLANK}$)")
#: A label, then blanks or a rule, then a date: where a header was run together into one line. In running text a notice is "published on" a
#: day too: there the label does not stand at the start of the line or after a mark.
_LABELLED = re.compile(
    rf"(?i:\bfor\s+immediate\s+release\b{_BLANK}|(?:^|[|•·,:;_–—]\s*|\s{{2}})\b{_LABEL}\b{_BLANK}(?:{_CLOCK},?\s*)?){_DATE}"
)
#: A short line that ends with a date set off by a bar, a dash, wide blanks, or glued to the word before ("Ministry of WaterMay 3, 2021").
_AT_END = re.compile(rf"(?:\s[|–—•·-]+\s|\s{{2,}}|\xa0{{2,}}|\t|(?<=[a-z)]))(?i:by\s)?{_DATE}(?i:{_TIME})[\s\xa0]*$")
#: A short line that begins with a date set off in the same way.
_AT_START = re.compile(rf"^[\s\xa0]*{_DATE}(?i:{_TIME})(?:\s[|–—•·-]+\s|\s*[|•·:]\s*|\s{{2,}}|\xa0{{2,}}|\t|(?i:\s+{_LABEL}\b))")
#: "Geneva, Switzerland, 3 May 2021" as a line: names and commas, then the date.
_PLACE_AND_DATE = re.compile(rf"^[\s\xa0]*(?:[A-Z][\w.'’-]*,?[\s\xa0]+){{0,5}}[A-Z][\w.'’-]*,[\s\xa0]+{_DATE}(?i:{_TIME})[\s\xa0.]*$")
#: "Port Karim, 3 May 2021. The ministry ..." at the start of one of the first lines: names and a comma, the date, a full stop, a sentence.
_OPENING = re.compile(rf"^[\s\xa0]*(?:[A-Z][\w.'’-]*,?[\s\xa0]){{0,4}}[A-Z][\w'’-]*,[\s\xa0]+{_DATE}\.[\s\xa0]+(?=[\"“‘]?[A-Z])")
#: "CITY, Region, Sept. 30, 2024 (Agency) - " or "CITY (Agency) 30 September 2024 -- " at the start of a paragraph.
_DATELINE = re.compile(
    r"(?m)^[^\S\n]*\(?(?P<place>[A-Z][\w.'’-]*(?:[ ,/]+(?:[A-Z][\w.'’-]*|and|of|the|de|la|al-\w+|d[’']\w+)){0,7})\)?"
    r"[\s\xa0]*[,:.–—/-]{0,2}[\s\xa0]*"
    rf"(?:\([^()\n]{{2,30}}\)[\s\xa0]*[,–—-]{{0,2}}[\s\xa0]*)?\(?{_DATE}\)?[\s\xa0]*(?:,?[\s\xa0]*\([^()\n]{{2,30}}\))?[\s\xa0]*(?:[–—:/]|-{{1,2}}\s)"
)
_URL = re.compile(r"https?://[^\s<>\"']+")
_URL_DAY = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d{2})(?P<mark>[/_.-]?)(?P<m>0[1-9]|1[0-2])(?P=mark)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)|"
    r"/(?P<y2>(?:19|20)\d{2})/(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*/(?P<d2>\d{1,2})(?=/|$)"
)
_URL_MONTH = re.compile(r"/(?P<y>(?:19|20)\d{2})/(?P<m>0?[1-9]|1[0-2])(?:/|$)")
_NAME = re.compile(r"^(?P<y>(?:19|20)\d{2})(?P<mark>[_.-]?)(?P<m>0[1-9]|1[0-2])(?P=mark)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)")
_CITED = re.compile(r"(?i)^\W*(?:cite|source|url|link|retrieved from|from)\W*$")


def recover(text: str, *, url: str | None = None, names: tuple[str | None, ...] = ()) -> ReadDate | None:
    """The date of publication that `text`, its names (title, file name) or its `url` tell, with the rule; None if none does."""
    header = text[:HEADER_LENGTH]
    if iso := next(_header_dates(header), None):
        return ReadDate(iso, "header")
    if iso := next(_dates(_DATELINE, header), None) or next(_opening_dates(header), None):
        return ReadDate(iso, "dateline")
    if iso := next((iso for name in names if name and (iso := _name_date(name))), None):
        return ReadDate(iso, "header")
    for address in (url, _header_url(header)):
        if address and (iso := url_date(address)):
            return ReadDate(iso, "url")
    return None


def url_date(url: str) -> str | None:
    """The day in an address: /2011/03/09/, /2024-09-30-title, /20240930/, /2024/sep/30/."""
    for found in _URL_DAY.finditer(url.partition("?")[0].lower()):
        parts = found.groupdict()
        month = parts["m"] or str("jan feb mar apr may jun jul aug sep oct nov dec".split().index(parts["month"]) + 1)  # noqa: SIM905
        if iso := iso_day(int(parts["y"] or parts["y2"]), int(month), int(parts["d"] or parts["d2"])):
            return iso
    return None


def url_month(url: str) -> str | None:
    """The month in an address that tells no day, as "2016-10"."""
    found = _URL_MONTH.search(url.partition("?")[0])
    return f"{found['y']}-{int(found['m']):02}" if found else None


def _header_dates(header: str) -> Iterator[str]:
    lines = [line for line in re.split(r"\r\n?|\n", header) if line.strip()][:HEADER_LINES]
    for line in lines:
        if len(line) <= 120:
            yield from _dates(_WHOLE, line)
            yield from _dates(_PLACE_AND_DATE, line)
            yield from _dates(_AT_START, line)
        if len(line) <= 300:
            yield from _dates(_AT_END, line)
        yield from _dates(_LABELLED, line[:600])


def _opening_dates(header: str) -> Iterator[str]:
    for line in [line for line in header.split("\n") if line.strip()][:OPENING_LINES]:
        yield from _dates(_OPENING, line)


def _dates(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for found in pattern.finditer(text):
        if iso := iso_of(found):
            yield iso


def _name_date(name: str) -> str | None:
    found = _NAME.match(name.replace("\\", "/").rpartition("/")[2])
    return iso_day(int(found["y"]), int(found["m"]), int(found["d"])) if found else None


def _header_url(header: str) -> str | None:
    """The address the text gives for itself: alone in one of its first lines, or after "Cite:", "Source:"."""
    lines = [line.strip() for line in header.split("\n") if line.strip()][:6]
    for line in lines:
        label, address, rest = line.partition(found[0]) if (found := _URL.search(line)) else (line, "", "")
        if address and not rest.strip() and (not label.strip() or _CITED.match(label)):
            return address
    return None
