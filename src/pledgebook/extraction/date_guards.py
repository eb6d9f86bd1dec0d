"""What only looks like a date: sums, counts, codes, names, verbs. Each guard sees the text and the match and says whether it stands."""

import re

from pledgebook.extraction.date_context import prefix_of

_LOOK = 48


def _before(text: str, match: re.Match[str]) -> str:
    return text[max(0, match.start() - _LOOK) : match.start()]


def _after(text: str, match: re.Match[str]) -> str:
    return text[match.end() : match.end() + _LOOK]


_COUNTED = (
    r"people|persons?|troops|soldiers|fighters|personnel|men|women|children|dollars|euros|tons?|tonnes|miles|kilomet(?:er|re)s|km|hectares|acres|"
    r"feet|ft|met(?:er|re)s|refugees|families|civilians|households|jobs|houses|homes|points|votes|shares|barrels|calories|watts|mw|kw|students|"
    r"pupils|teachers|schools|workers|employees|members|participants|delegates|villages|vehicles|aircraft|missiles|rounds|doses|times|years|days|"
    r"months|weeks|hours|hrs|gmt|utc|est|et|cet|local time|percent|per cent|million|billion|trillion|thousand|cases|deaths|prisoners|others|more"
)
_COUNTS = re.compile(rf"(?i)\s?%|['\u2019]?\s(?:{_COUNTED})(?!\w)|,\d|\.\d")
_CODE_BEFORE = re.compile(
    r"(?i)(?:[$\u20ac\u00a3\u00a5#+\u00a7]|(?<!\w)(?:nos?\.?|numbers?|resolutions?|unscrs?|scr|res\.|routes?|highways?|interstate|rooms?|suite|box|"
    r"sections?|articles?|law|regulations?|order|pages?|pp?\.|lines?|flights?|boeing|iso|rfc|version|v|channel|area code|bill|directive|"
    r"some|nearly|approximately|roughly|than|estimated|up to|usd|eur|gbp|us\$|resolutions? \d{3,4}(?:,| and|, and))\s?)$"
)
_AT_LEAST = re.compile(r"(?i)(?<!until )(?<!through )(?<!till )(?<!before )(?<!to )at least $")
_JOINED = re.compile(
    r"(?i)(?:^|[^\w])(?:mid|pre|post|early|late|non|late-to-mid)[-\u2010-\u2015]$|[\s(][-\u2010-\u2015]$|\d{4}[-\u2010-\u2015]$"
)
_OLD_YEAR = re.compile(
    r"(?i)(?:^|[\s(\[-])(?:in|since|of|from|by|until|till|to|and|before|after|around|circa|c\.|early|late|mid-|between|the|year)\s?$|[(\u2013,-]\s?$"
)
_OLDEST_BARE = 1900


def always(_text: str, _match: re.Match[str]) -> bool:
    """Nothing to refuse."""
    return True


def year(text: str, match: re.Match[str]) -> bool:
    """Four figures that are a year: no count, sum, code, clock time or part of a longer number."""
    before, after = _before(text, match), _after(text, match)
    if _COUNTS.match(after) or re.match(r"[-\u2010-\u2015/]\d|:\d", after):
        # "the 2022 members": an article or possessive before makes the figures a label.
        if not (re.search(r"(?i)(?:^|\W)(?:the|our|its|their|in)\s$", before) and re.match(r"\s[a-z]", after)):
            return False
        if re.match(r"\s(?:people|troops|soldiers|dollars|percent|million|billion)", after):
            return False
    if _CODE_BEFORE.search(before) or _AT_LEAST.search(before) or (before.endswith((".", ",")) and before[-2:-1].isdigit()):
        return False
    if before[-1:] in "-\u2010\u2011\u2012\u2013\u2014\u2015" and before and not (_JOINED.search(before) or before[-1:] == "\u2014"):
        return False
    digits = match.group()[:4] if match.group()[:4].isdigit() else match.group()[-4:]
    return int(digits) >= _OLDEST_BARE or bool(_OLD_YEAR.search(before))


def numeric(text: str, match: re.Match[str]) -> bool:
    """Figures with marks that can be a date: dots and hyphens need a year of four figures, and nothing numeric may follow."""
    if match.group("mark") != "/" and len(match.group("year")) != 4:
        return False
    return not re.match(r"[./-]\d", _after(text, match)) and text[match.start() - 1 : match.start()] not in {"-", "."}


_DATE_PREPOSITION = re.compile(r"(?i)(?:^|\W)(?:on|from|by|until|before|after|between|since|due|or|\d{1,2}/\d{1,2}\s?[-\u2013,])\s{0,2}$")


def after_date_preposition(text: str, match: re.Match[str]) -> bool:
    """A fraction is a date only after a preposition of time, and 24/7 never."""
    return (
        bool(_DATE_PREPOSITION.search(_before(text, match))) and match.group() != "24/7" and not re.match(r"\s?[/%\d]", _after(text, match))
    )


_QUANTITY = re.compile(r"(?i)\s(?:percent|per cent|million|billion|thousand|people|troops|a\.?m|p\.?m|o['\u2019]clock)(?!\w)|%|:\d")


def day_range(text: str, match: re.Match[str]) -> bool:
    """Two days joined by "and" are a span only if they follow each other or stand after "between"."""
    first, last = (int(re.sub(r"\D", "", match.group(name))) for name in ("day", "last"))
    if first >= last or _QUANTITY.match(_after(text, match)):
        return False
    if re.search(r"\sand\s", match.group()[match.start("day") - match.start() :]):
        return last == first + 1 or bool(re.search(r"(?i)between\s$", _before(text, match)))
    return True


def month_day(text: str, match: re.Match[str]) -> bool:
    """A month before a count ("in May 20 million people") is no day."""
    return not _QUANTITY.match(_after(text, match))


_NUMBERED = re.compile(r"(?i)(?:article|section|chapter|no\.|room|paragraph|page|step|phase|annex|table|figure|item)\s$")


def day_month(text: str, match: re.Match[str]) -> bool:
    """A numbered thing before a month is no day ("Article 5 May ...")."""
    return not _NUMBERED.search(_before(text, match)) and not re.search(r"\d[.,:]$", _before(text, match))


def holiday(text: str, match: re.Match[str]) -> bool:
    """A holiday's name inside a longer name ("Easter Egg Roll", "Easter Island", "Christmas tree") is no date."""
    return not re.match(r"\s(?:[A-Z](?!\w*day\b)|tree|card|carol|party|bonus|gift|present|island|eggs?\b)", _after(text, match))


_TIME_PREPOSITION = re.compile(
    r"(?i)(?:^|[\s(\u201c\"])(?:in|by|since|until|till|last|next|this|early|late|mid|mid-|from|to|through|during|before|after|between|and|for|of|or|"
    r"every|each|end of|start of|beginning of|on|due|starting|beginning|ending|throughout|over|coming|past|following|around|about|about|-|\u2013)\s?$|[-\u2013/]$"
)
_AMBIGUOUS = {"may", "march", "april", "june", "august", "mar.", "jan."}


def lone_month(text: str, match: re.Match[str]) -> bool:
    """A month that is also a name or a verb needs a word of time before it; "the March on", "May said" are none."""
    before, after = _before(text, match), _after(text, match)
    word = match.group().casefold()
    if re.match(r"\s(?:on|for)\s[A-Z]", after) and word == "march":
        return False
    if word in _AMBIGUOUS and not _TIME_PREPOSITION.search(before):
        return False
    if (
        word in {"april", "june", "may", "august"}
        and re.match(r"\s[A-Z][a-z]", after)
        and not re.search(r"(?i)(?:in|since|last|this|next|by|until)\s$", before)
    ):
        return False
    return not re.search(r"(?:Theresa|Black|Mrs|Ms|Mr|General|Secretary|Minister)\.?\s$", before)


def season(text: str, match: re.Match[str]) -> bool:
    """In words: "the spring" needs a preposition of time, and "the fall of", "this fall in prices" are no season."""
    before, after = _before(text, match), _after(text, match)
    if match.group("season").casefold() == "fall" and re.match(r"\s(?:of|in)\s", after):
        return False
    if re.match(r"(?i)\s(?:of\s|games|olympics|offensive|session|break|camp|school)", after) and match.group("which").casefold() == "the":
        return False
    if match.group("which").casefold() != "the":
        return True
    return bool(re.search(r"(?i)(?:^|\s)(?:in|by|of|until|through|during|over|for|since|before|after|throughout|into)\s$", before))


def quarter(text: str, match: re.Match[str]) -> bool:
    """A quarter of a match, a mile or a century is none of a year, and "the last quarter" without a year is a relative one."""
    if re.match(
        r"(?i)[-\s](?:final|finals|century|mile|million|horse|finish|back)|\sof\sthe\s(?:game|match|century|population|20|19)",
        _after(text, match),
    ):
        return False
    has_year = any(match.group(name) for name in ("year", "which", "lead"))
    return has_year or match.group("number").casefold() not in {"last", "final"}


def deictic(text: str, match: re.Match[str]) -> bool:
    """The names of papers and broadcasters ("USA Today") are no date."""
    return not (
        match.group() == "Today" and re.search(r"(?:USA|Russia|Malaysia|India|Business|Psychology|Africa)\s$", _before(text, match))
    )


_NAMED_DAY = re.compile(r"(?:Black|Bloody|Palm|Cyber|Giving|Super|Ash|Shrove|Fat|Maundy|Holy|Friedman|Ruby|Joe|Easter|Good)\s$")
_PAPER = re.compile(
    r"\s(?:Times|Mirror|Telegraph|Post|Herald|Express|Mail|Star|World|People|Tribune|Night Live|School|Mass|Agreement|Group)\b"
)


def weekday(text: str, match: re.Match[str]) -> bool:
    """Papers and movements that bear a weekday's name are no date."""
    return not (_NAMED_DAY.search(_before(text, match)) or _PAPER.match(_after(text, match)))


_SUPERLATIVE = re.compile(
    r"(?i)(?:first|second|third|time|times|worst|best|largest|biggest|highest|lowest|\w+est|once|twice|most\s\w+|agreement|meeting|visit)\s$"
)


def in_future(text: str, match: re.Match[str]) -> bool:
    """In words: "in two weeks" tells a date only if nothing before counts occurrences ("the first time in two weeks") and it is not "of" something."""
    return not _SUPERLATIVE.search(_before(text, match)) and not re.match(
        r"(?i)\s(?:of|after|following|from|or more|old|alone)(?!\w)", _after(text, match)
    )


def within(text: str, match: re.Match[str]) -> bool:
    """In words: "within 90 days of the vote" counts from another event."""
    return not re.match(r"(?i)\s(?:of|after|following|from|prior|before)(?!\w)(?!\s(?:today|now))", _after(text, match))


def span(text: str, match: re.Match[str]) -> bool:
    """In words: "the next two UN conferences" is caught by the unit; "next year's ..." by another rule."""
    return not re.match(r"(?i)[-\s]old(?!\w)", _after(text, match))


def relative_unit(text: str, match: re.Match[str]) -> bool:
    """In words: "the last week of May" and "the last year of the war" name a part of something else."""
    if not match.group("which").casefold().endswith(("last", "next", "previous")):
        return True
    return not re.match(r"(?i)\sof\s(?!talks|this|next)", _after(text, match))


def earlier(text: str, match: re.Match[str]) -> bool:
    """In words: "twice a year before" is a rate."""
    return not re.search(r"(?i)(?:once|twice|times|half|\d)\s$", _before(text, match))


def conference(_text: str, _match: re.Match[str]) -> bool:
    """Nothing to refuse: the pattern wants the number."""
    return True


def the_unit(text: str, match: re.Match[str]) -> bool:
    """In words: "the year" is a date only with words that belong to it before ("the end of", "later in"); "the weekend" stands alone."""
    return match.group("unit").casefold() == "weekend" or prefix_of(text, match.start()) is not None
