"""What money or goods are for: the words behind "for", "to support", "to help ... " in an act or in a sentence on its effect."""

import re
from collections.abc import Iterator

from pledgebook.core.span import Span
from pledgebook.reference.countries import country_code

_VERBS = (
    "support|help|enable|assist|invest in|strengthen|address|combat|counter|fight|improve|advance|promote|provide|expand|protect|prevent|reduce|respond|"
    "meet|ensure|bolster|defend|restore|rebuild|repair|achieve|build|develop|fund|finance|alleviate|end|stop|halt|deter|defeat|destroy|"
    "facilitate|boost|accelerate|increase|secure|stabilize|stabilise|train|equip|purchase|buy|procure|foster|encourage|enhance|maintain|"
    "preserve|create|empower|tackle|curb|curtail|disrupt|degrade|document|hold|bring|find|make|allow|sustain|conserve|cover|coordinate|"
    "deliver|deny|discuss|resolve|ease|feed|vaccinate|save|relieve|rehabilitate|modernize|modernise|deepen|upgrade|keep|give|mitigate|adapt|"
    "spur|understand|prepare|detect|implement|establish|reach|eradicate|eliminate|treat|care|clear|remove|connect|educate|house|shelter"
)
_CUE = re.compile(
    rf"\b(?:(?:in order |so as |needed |designed |intended |aimed |meant )?to (?:also |further |better |directly )?"
    rf""
    rf"(?:help (?=(?:{_VERBS})\b))?(?=(?:{_VERBS})\b)|for (?:the purposes? of |use in )?|"
    r"aimed at |towards? |in support of |intended for |(?=the fight against ))"
)
#: Verbs whose "to" opens the act itself, not its purpose.
_COMPLEMENT = re.compile(
    r"\b(?:continu(?:e|es|ed|ing)|agree[ds]?|commit(?:s|ted|ting)?|commitments?|plan(?:s|ned|ning)?|intend(?:s|ed|ing)?|seek(?:s|ing)?|try|trying|begin|"
    r"start|hopes?|wants?|able|going|pledge[ds]?|remain|need(?:s|ed)?|refuses?|expect(?:s|ed)?|have|has|ready|willing|determined|ability|"
    r"support|way|not|set|due|about|scheduled|slated|expected) $"
)
_NO_FOR = re.compile(
    r"(?:example|instance|now|free|all|years?|months?|weeks?|days?|the (?:first|second|third|next|last|past|fiscal|time|moment|same)|"
    r"(?:a|one|two|three|four|five|six|seven|eight|nine|ten|\d+|another|several|many|up to|at least) (?:\w+ )?"
    r"(?:years?|months?|weeks?|days?|decades?|hours?)|"
    r"fiscal|fy|\d|everyone|each|their actions|more than|him|her|me|us|it|them|you|this|that|which|what|whom|its part|their part)\b",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"(?<![A-Z])\.(?=[\s”\"]|$)|[;:!?—()\n]| – | -- |, (?:which|who|as well as by|while|as part|as the|a|an|the|with|working|subject|"
    r"on top|headquartered|also known)\b|\b(?:through|by|via|when|because|pursuant) "
)
_JOINT = re.compile(r",? and(?: to)? |, (?:and )?(?:to )?|;\s")
_LEAD = re.compile(rf"(?:(?:ultimately|also|further|better|help|the provision of) (?=\w)|to (?=(?:{_VERBS})\b))")
_SHORTEST, _LONGEST = 3, 240


def purposes_of(text: str, start: int, end: int) -> list[Span]:
    """The purposes named in `text[start:end]`, in order, each a short range of the text; [] if it names none."""
    found: list[Span] = []
    position = start
    while cue := _CUE.search(text, position, end):
        position = max(cue.end(), cue.start() + 1)
        if cue.group().startswith("for") and _NO_FOR.match(text, cue.end()):
            continue
        if cue.start() == start or _COMPLEMENT.search(text, max(start, cue.start() - 16), cue.start()):
            continue
        stop = _STOP.search(text, cue.end(), min(end, cue.end() + _LONGEST))
        last = stop.start() if stop else min(end, cue.end() + _LONGEST)
        following = _next_cue(text, cue, last)
        found.extend(_pieces(text, cue.end(), following.start() if following else last))
        position = max(position, following.start() if following else last)
    return found


def _next_cue(text: str, cue: re.Match[str], end: int) -> re.Match[str] | None:
    """The cue that ends the words of `cue`: a "for" behind "to ..." belongs to them."""
    verbal = "to " in cue.group()
    following = _CUE.search(text, cue.end() + 1, end)
    while following and verbal and "to " not in following.group():
        following = _CUE.search(text, following.end() + 1, end)
    return following


def _pieces(text: str, start: int, end: int, verbal: bool = False) -> Iterator[Span]:
    """The members of a list "a, b and c" that begin alike: all with a verb (`verbal`: the first one's is left out), or all with a noun."""
    verbal = verbal or re.match(rf"(?:{_VERBS})\b", text[start:end]) is not None
    first = start
    for joint in _JOINT.finditer(text, start, end):
        if not (_verb_follows(text, joint.end()) and " " in text[first : joint.start()] if verbal else _nouns_part(text, first, joint)):
            continue
        yield from _piece(text, first, joint.start())
        first = joint.end()
    yield from _piece(text, first, end)


_VERB = re.compile(rf"(?:\w+ly,? |also |further |to )?(?:{_VERBS})\b")


def _verb_follows(text: str, position: int) -> bool:
    return _VERB.match(text, position) is not None


def _nouns_part(text: str, first: int, joint: re.Match[str]) -> bool:
    """Whether two nouns part at a joint: "a humane and ordered return" is one thing."""
    return "," in joint.group() or not text.startswith(("a ", "an "), first)


def _piece(text: str, start: int, end: int) -> Iterator[Span]:
    lead = _LEAD.match(text, start, end)
    span = Span.of(text, lead.end() if lead else start, end)
    while span.text and span.text[-1] in '.,;:-–—"”':
        span = Span.of(text, span.start, span.end - 1)
    if len(span.text) >= _SHORTEST and country_code(span.text) is None:
        yield span


_EFFECT = re.compile(
    r"^[\"“]?(?:Together, )?(?:(?:This|The|These|Those|Our|Its|Such|That|Today’s|Today's|Part of (?:the|this)) (?:[\w’'.-]+ ){0,5}?"
    r"(?:assistance|aid|funding|funds?|money|grants?|support|contributions?|package|loans?|donations?|supplies|investments?|resources|programs?|"
    r"programmes?|projects?|pledge|"
    r"announcement|drawdown|financing|doses|vaccines|shipments?|equipment|initiative|sum|amount)\b|It|They|This|These)"
    r"[^.;:\n]{0,80}?\b(?:will|would|is to|are to|is intended to|is designed to|aims? to|includes?|supports?|provides?|helps?|"
    r"(?:is|are) (?:meant|intended|earmarked|reserved)|goes|go)\b"
    r"(?: also| further| directly| help| be used| go| continue)*"
    r" ?(?:to |toward |towards |for |in )?"
)


def effect_purposes(text: str, sentence_start: int, sentence_end: int) -> list[Span]:
    """The purposes in a sentence that tells what money is for ("This funding will support clean water"); [] for any other sentence."""
    head = _EFFECT.match(text[sentence_start:sentence_end])
    if head is None:
        return []
    begin = sentence_start + head.end()
    stop = _STOP.search(text, begin, sentence_end)
    verb = re.compile(r"(?:support|provide|enable|fund|finance|help|include|assist with|deliver|cover|allow for|go to|pay for) ").match(
        text, begin
    )
    end = stop.start() if stop else sentence_end
    verbs_follow = any("," in joint.group() and _verb_follows(text, joint.end()) for joint in _JOINT.finditer(text, begin, end))
    return list(_pieces(text, verb.end() if verb else begin, end, verbs_follow))
