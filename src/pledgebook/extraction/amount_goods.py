"""Counted goods, people and shares: a number, up to five describing words, and the noun that is counted."""

import re

import msgspec

from pledgebook.extraction.amount_numbers import GAP, Number
from pledgebook.reference.currencies import NOUNS

_PLURALS = """
doses vaccines shots vaccinations syringes tests kits masks ventilators respirators gloves gowns concentrators cylinders
ambulances beds troops soldiers personnel servicemembers marines sailors airmen officers advisers advisors trainers forces
fighters peacekeepers police policemen guards reservists battalions brigades squadrons divisions regiments staff monitors
observers inspectors agents recruits cadets mercenaries vehicles tanks trucks buses cars helicopters planes jets aircraft drones
ships vessels boats frigates submarines carriers howitzers guns rifles launchers missiles rockets rounds shells munitions grenades
mines bombs systems radars radios batteries interceptors warheads weapons javelins stingers goggles vests helmets uniforms engines
locomotives wagons containers generators turbines transformers boilers pumps stoves tons tonnes kilograms kilogrammes kilos
barrels bushels gallons liters litres megawatts gigawatts kilowatts mw gw hectares acres schools hospitals clinics homes houses
apartments units shelters tents buildings classrooms centers centres camps wells latrines toilets libraries laboratories labs
stations plants reactors factories facilities bases airports bridges roads farms villages households communities families people
persons individuals refugees migrants returnees asylum-seekers children students pupils women girls men boys youth youths workers
employees teachers doctors nurses engineers farmers veterans volunteers experts specialists diplomats officials prisoners hostages
detainees graduates scholars fellows interns apprentices entrepreneurs journalists judges prosecutors beneficiaries patients
residents civilians citizens jobs positions posts places seats slots scholarships fellowships grants loans visas internships
apprenticeships projects programs programmes initiatives embassies consulates offices satellites airdrops flights sorties trees
seedlings seeds blankets mattresses tarpaulins jerrycans parcels packages packs rations meals baskets tablets laptops computers
devices books textbooks companies businesses firms enterprises cattle animals livestock bonds shares licenses licences permits
checkpoints outposts settlements
"""
COUNTED = frozenset(_PLURALS.split())
_NOT_COUNTED_WORDS = """
years months weeks days hours minutes seconds decades centuries generations times miles kilometers kilometres meters metres feet
inches yards degrees points states countries nations governments provinces regions districts counties cities continents sides
parties parts ways steps lines areas pillars principles goals targets objectives members allies partners leaders ministers
presidents governors senators lawmakers representatives delegates ambassadors votes deaths casualties dead killed cases infections
attacks strikes airstrikes incidents crimes wars conflicts signatories resolutions rounds articles chapters sections pages
meetings summits sessions talks things reasons questions others ones americans iraqis syrians ukrainians afghans nationals peoples
terms emissions percent percentage euros dollars pounds cents was has does its this thus as is us always perhaps towards besides
whereas less across plus minus news series means politics economics says plans wants needs makes remains includes marks comes
requires calls provides seeks begins ends gets takes gives goes sees shows works oclock knots thousands millions billions dozens
hundreds tens anniversary speakers sentences priorities fronts occasions sanctions stars stripes patriots wounded lives dictators
founders milestones
"""
_NOT_COUNTED = frozenset(_NOT_COUNTED_WORDS.split()) | frozenset(NOUNS)
_NAMES_IN_S = frozenset(
    {"measles", "diabetes", "rabies", "aids", "sars", "arms", "sports", "rights", "affairs", "operations", "logistics", "human"}
)
_STOP_WORDS = """
a an the of in on at to for from by with within without into onto over under about around through during until since after before
between among against toward towards across per as than that which who whom whose where when while because if but or nor so yet
will would shall should can could may might must is are was were be been being has have had do does did not he she it we they you
i him her them us this these one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred
thousand million billion those there here what how then also both either each every any all some no his their our its my your
including
"""
_STOP = frozenset(_STOP_WORDS.split())
_LINK = frozenset({"and", "or", "to"})
_WORD = r"(?:\d{1,3}mm\b|[^\W\d_])[\w’'./‑-]{0,30}"
_TAIL = re.compile(rf"\+?(?:{GAP}of{GAP}(?:our|its|their|the|these|those|his|her){GAP}|{GAP})({_WORD}(?:{GAP}{_WORD}){{0,6}})")
_TOKEN = re.compile(_WORD)
_LABEL = re.compile(
    rf"(?:\b(?:resolutions?|articles?|sections?|order|route|pages?|no\.?|nos\.?|numbers?|chapter|level|title|phase|group|act|annex|paragraphs?|law|bill|"
    rf"boeing|airbus|type|flight|room|channel|highway|january|february|march|april|may|june|july|august|september|october|november|december|first|last|next|past|top|age|ages|aged)|[#№§:]){GAP}?\Z",
    re.IGNORECASE,
)
_IN_YEAR = re.compile(
    rf"(?:\b(?:in|since|by|during|from|until|of|the|before|after|early|late|fiscal|FY|for|year|and|to|[A-Z][a-z]+)|,){GAP}\Z"
)
_RATIO = re.compile(rf"\b(?:one|two|three|four|five|nine|\d{{1,2}}){GAP}(?:in|out{GAP}of|in{GAP}every){GAP}\Z", re.IGNORECASE)
_NAME = re.compile(rf"\b[A-Z][\w’'-]{{1,30}}{GAP}\Z")
_PERCENT = re.compile(
    rf"(?:\s?(?:%|[-‐‑]?percent\b|per{GAP}cent\b|pct\b)|[-‐‑]percent\b)(?P<points>{GAP}points?\b)?"
    rf"(?P<of>{GAP}of{GAP}(?:(?:its|their|our|the|national|annual|a|country’s|nation’s){GAP}){{0,2}}(?P<base>GDP|GNI|gross{GAP}domestic{GAP}product"
    rf"|gross{GAP}national{GAP}income)\b)?|{GAP}(?P<pp>percentage{GAP}points?)\b",
    re.IGNORECASE,
)
_SHARE = re.compile(
    rf"\bby{GAP}(?:(?:about|around|nearly|almost|roughly|approximately|more{GAP}than|over|at{GAP}least|up{GAP}to|some){GAP})?"
    rf"(?P<share>(?:an?|one|two|three)?[\s-]?(?:half|thirds?|quarters?|fourths?|fifths?|tenths?))\b(?!{GAP}of\b|{GAP}(?:an?{GAP})?"
    rf"(?:million|billion|trillion|dozen|century|hour|decade|year|mile))",
    re.IGNORECASE,
)
_HALVED = re.compile(
    rf"\b(?:cut|cuts|cutting|reduc\w{{1,3}}|slash\w{{0,3}}|shrink\w{{0,3}}|split)\b[^.;:!?\n]{{0,80}}{GAP}(?P<share>in{GAP}half)\b",
    re.IGNORECASE,
)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "tenth": 10}


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """What a number counts: the noun in lower case and where it ends."""

    end: int
    unit: str
    rule: str


def percent(text: str, number: Number) -> Count | None:
    """The sign or word of a share after the number: unit "percent", "percent of GDP" or "percentage points"."""
    match = _PERCENT.match(text, number.end)
    if match is None or number.money_only:
        return None
    unit = "percentage points" if match["points"] or match["pp"] else "percent"
    if match["base"]:
        unit = "percent of GNI" if match["base"].lower() in ("gni", "gross national income") else "percent of GDP"
    return Count(end=match.end(), unit=unit, rule="percent")


def shares(text: str) -> list[tuple[int, int, int]]:
    """(start, end, percent rounded to a whole) of the shares a thing changes by: "by about a third"."""
    found = [(*match.span("share"), 50) for match in _HALVED.finditer(text)]
    for match in _SHARE.finditer(text):
        words = re.split(r"[\s-]+", match["share"].lower().strip())
        top = {"two": 2, "three": 3}.get(words[0], 1)
        found.append((*match.span("share"), round(100 * top / _PARTS[words[-1].rstrip("s")])))
    return found


def counted(text: str, number: Number) -> Count | None:
    """The noun that `number` counts, or None where it counts nothing we keep."""
    before = text[max(0, number.start - 40) : number.start]
    tail = _TAIL.match(text, number.end)
    if tail is None or not _counts(text, number, before):
        return None
    figure = text[number.start : number.end]
    named = not number.spelled and number.value < 10_000 and "," not in figure and _NAME.search(before) is not None
    head = _head(tail[1], free=number.value >= 20 and not number.year_like and not number.money_only and not named)
    if head is None or ((number.year_like or number.money_only) and head.start() > 40):
        return None
    word = head.group().lower().rstrip(".'’-/")
    return Count(end=tail.start(1) + head.start() + len(word), unit=word, rule="count")


def _counts(text: str, number: Number, before: str) -> bool:
    """Whether a number can count: no label ("Resolution 2254"), ratio ("one in five"), year ("in 2025"), calibre, or a single one."""
    last = text[number.end - 1]
    if number.glued or (number.money_only and (last not in "mMkK" or text.startswith("mm", number.end - 2))):
        return False
    if (number.plain == 1 and number.magnitude == 1) or _LABEL.search(before) is not None or _RATIO.search(before) is not None:
        return False
    if number.value < 100 and before.endswith(("'", "’")):
        return False
    return not (number.year_like and _IN_YEAR.search(before) is not None)


def _head(words: str, *, free: bool) -> re.Match[str] | None:
    """The counted noun among the words after a number: a noun of the list, or if `free` any plural that is not of time or kind."""
    head = None
    for index, match in enumerate(_TOKEN.finditer(words)):
        word = match.group().lower().rstrip(".'’-/")
        if index > 6 or word in _STOP or (index == 0 and word in _LINK) or (head is not None and word not in COUNTED):
            break
        if word in _NOT_COUNTED:
            return head
        if word in _LINK or word in _NAMES_IN_S:
            continue
        if word in COUNTED or (free and _is_plural(word)):
            head = match
        if match.group().endswith((".", "/")) and len(word) > 3:
            break
    return head


def _is_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s", "ous")) and word.isalpha()
