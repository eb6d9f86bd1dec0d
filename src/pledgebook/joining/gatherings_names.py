"""Names of campaigns in a text: pledge drives, replenishments, appeals, donors' conferences, response plans and funds, without their year."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from pledgebook.joining.gatherings_text import Passage
from pledgebook.reference.countries import country_code

_HEADS = (
    r"(?i:(?:Pledge|Pledging)\s(?:Drive|Campaign|Conference|Event|Summit|Round)|Donors?[’']?s?[’']?\s(?:Conference|Round\s?table|Meeting)|"
    r"Replenishment(?:\s(?:Conference|Summit|Round))?|Response\sPlan)|(?:Solidarity|Recovery|Reconstruction)\s(?:Conference|Event)|"
    r"(?:Flash\s|Emergency\s|Humanitarian\s|Consolidated\s)?Appeal|(?:Trust\s|Response\s|Solidarity\s)?Fund(?![’']s\s)"
)
_CAPITAL = r"(?:[A-Z][\w.’'&-]{0,30}|\d{1,4}(?:st|nd|rd|th)?(?:[-–/]\d{2,4})?)"
_ORDINAL = "first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|annual"
_LINK = r"(?:(?:of|for|and|the|on|to|in)\s){0,2}"
_LIST = rf"{_CAPITAL}(?:(?:,\s{_CAPITAL}){{1,4}},?\sand\s{_CAPITAL}|(?:\sand|\sof|\sof\sthe)?\s{_CAPITAL}){{0,6}}"
_NAME = re.compile(
    rf"(?<![\w’'-])(?P<before>(?:(?:{_CAPITAL}|{_ORDINAL})\s{_LINK}){{0,8}}?)(?P<head>{_HEADS})(?![\w-])"
    rf"(?P<after>(?:\s(?:in\sSolidarity\swith|in\sSupport\sof|on\sSupporting|for|on|in|of)\s(?:the\s)?{_LIST})?)"
)
#: What every name holds: a text without any of these is not searched further.
_HINTS = ("Pledg", "pledg", "Donor", "donor", "eplenish", "Appeal", "esponse", "Fund", "Solidarity", "Recovery", "Reconstruction")
_WORD = re.compile(r"[A-Za-z0-9][\w.’'&-]{0,30}")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:[-–/]\d{2,4})?(?!\d)")
_YEAR_AFTER = re.compile(r",?\s(?:(?:in|of|for)\s)?\(?((?:19|20)\d\d)(?!\d)")
_THIS_YEAR = re.compile(r"(?i)\b(?:this|the\scurrent)\syear[’']s\s(?:[\w’'-]{1,30}\s){0,3}\Z")
#: What counts editions, opens a sentence or only lends weight, and tells no campaign from another.
_EDITIONS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth annual virtual international high-level ministerial new "
    "inaugural upcoming un united nations us u.s u.n january february march april may june july august september october november december"
)
_OPENINGS = "the at in to through under as this our for and with a an on during by since its of from today's today’s"
_LOOSE = frozenset(f"{_EDITIONS} {_OPENINGS}".split())
_KINDS_OF_DRIVE = "humanitarian regional emergency joint flash consolidated global multi-donor pledging donor donors refugee"
#: What kind of drive it is, which tells two apart but names none.
_GENERIC = frozenset(_KINDS_OF_DRIVE.split())
_SMALL = frozenset({"of", "for", "and", "the", "on", "to", "in", "with", "solidarity", "support", "supporting"})
#: What is no drive although it is called so.
_NOT_DRIVES = frozenset({"monetary", "wealth", "hedge", "pension", "investment", "court"})


class CampaignName(NamedTuple):
    """A campaign named at `start` to `end` of a text: the key that all its names share, the name without year, and the year if told.

    `is_fund` where it is only called a fund: such a thing gathers pledges only if money goes to it. `is_current` for "this year's".
    """

    key: str
    name: str
    year: str | None
    start: int
    end: int
    is_fund: bool
    is_current: bool


def campaign_names(passage: Passage) -> Iterator[CampaignName]:
    """The campaigns that the passage names, in its order."""
    if not passage.holds(_HINTS):
        return
    for match in _NAME.finditer(passage.text, passage.start, passage.end):
        found = _named(match, passage)
        if found is not None:
            yield found


def _named(match: re.Match[str], passage: Passage) -> CampaignName | None:
    head = " ".join(match.group("head").split())
    words = _modifiers(match.group("before"))
    after = match.group("after")
    tail = [word for word in _WORD.findall(after) if word.lower() not in _SMALL | {"the"}]
    distinct = [word for word in words if _plain(word) not in _GENERIC]
    if {*map(_plain, words)} & _NOT_DRIVES or not (distinct or (tail and not head.lower().endswith("fund"))):
        return None
    shared = sorted({_plain(word) for word in (words if distinct else words + tail)})
    key = f"{' '.join(head.lower().replace('’', '').replace(chr(39), '').split())}: {' '.join(shared)}"
    shown = " ".join([*words, head[0].upper() + head[1:] if head.islower() else head]) + ("" if distinct else after.rstrip(" .,"))
    year = _YEAR.search(match.group("before")) or _YEAR.search(after) or _YEAR_AFTER.match(passage.text, match.end("head"), passage.end)
    return CampaignName(
        key=key,
        name=" ".join(shown.split()),
        year=year.group(1) if year else None,
        start=match.start(),
        end=match.end("head") if distinct else match.end(),
        is_fund=head.lower().endswith("fund"),
        is_current=bool(_THIS_YEAR.search(passage.text, max(passage.start, match.start() - 60), match.start())),
    )


def _modifiers(before: str) -> list[str]:
    """The words that tell a campaign from others: without articles, editions and years; an owner only where nothing else tells."""
    words: list[str] = []
    owner: list[str] = []
    for raw in before.split():
        word = raw.strip(".,")
        is_owner = word.endswith(("’s", "'s"))
        plain = word.removesuffix("’s").removesuffix("'s")
        if plain.lower() in _LOOSE | _SMALL or plain[:1].isdigit():
            owner, words = ([], []) if plain.lower() in {"at", "through", "during", "under"} else (owner, words)
            continue
        words.append(plain)
        if is_owner and country_code(plain) is None:
            owner, words = words, []
    return words if any(_plain(word) not in _GENERIC for word in words) else owner + words


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s").rstrip(".")
