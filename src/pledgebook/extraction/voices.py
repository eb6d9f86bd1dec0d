"""Who says it at a place of the text: the quoted person, the reported one, else the voice of the document itself."""

import re
from collections.abc import Sequence
from typing import Protocol

import msgspec

from pledgebook.core.found import Speech, Statement
from pledgebook.extraction.cast import NAME, TITLE, Member
from pledgebook.extraction.places import find_places
from pledgebook.extraction.scene import Scene
from pledgebook.reference.actors import find_actors, place_or_name, principal_of, states

_PERSONAL = re.compile(
    rf"(?:\b(?:he|she)\b)|(?:{TITLE})(?!\w)|\b(?:president|minister|secretary|spokes(?:person|man|woman)|ambassador|leaders?|officials?|general|governor|mayor|envoy|chief|premier)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?i)^(?:he|she|they|it|who)$")
_OFFICE_WORD = re.compile(
    r"(?i)\b(president|minister|secretary|spokes(?:person|man|woman)|ambassador|chancellor|director|governor|mayor|envoy|general|king|chief|premier)\b"
)


_INSTITUTION = re.compile(
    r"(?i)\b(?:ministry|department|office|company|firm|group|union|council|agency|authority|authorities|police|army|military|government|court|bank|board|sources?|party|"
    r"association|committee|airline|operator|statement|regulator|commission|palace|embassy|bureau|university|charity|organi[sz]ation)\b"
)
_SAYING = frozenset(
    {
        "said",
        "says",
        "told",
        "announced",
        "confirmed",
        "added",
        "stated",
        "promised",
        "pledged",
        "vowed",
        "insisted",
        "reported",
        "warned",
        "indicated",
    }
)
#: Subjects of reporting verbs that are no other voice: the document's own, or nobody.
_OWN_VOICE = re.compile(
    r"(?i)(?:i|we|it|they|an?|the|this|that|who|which|(?:my|our)\b.*|(?:both|the two|the three|the) (?:sides|parties|leaders|countries|governments|participants|ministers|nations|delegations)\b.*)?$"
)


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """The speaker's canonical name, how it is told, and whom "we" in those words binds; `unknown` for a body in no registry."""

    speaker: str | None
    speech: Speech
    principals: tuple[str, ...]
    because: tuple[str, ...]
    unknown: bool = False


class Placed(Protocol):
    """What has a voice: a range of the text, where its clause begins, and who reports it as far as that is known."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def clause_start(self) -> int: ...  # noqa: D102
    @property
    def reporter(self) -> tuple[int, int] | None: ...  # noqa: D102
    @property
    def report_verb(self) -> str | None: ...  # noqa: D102


class Voices:
    """Finds the voice of any draft or event of one document."""

    def __init__(self, scene: Scene, statements: Sequence[Statement]) -> None:
        self._text = scene.text
        self._cast = scene.cast
        self._issuer = scene.issuer
        self._bodies = scene.bodies
        self._news = scene.news
        self._others = tuple(party for party in scene.parties if party not in scene.issuer.principals)
        self._direct = [s for s in statements if s.speech == "direct"]
        self._indirect = [s for s in statements if s.speech == "indirect"]

    def of(self, draft: Placed) -> Voice:
        """The voice that states the draft: the innermost quotation, else the reporting clause, else the document."""
        quoted = _innermost(self._direct, draft.start, draft.end)
        if quoted is not None:
            return self._voice(quoted, "direct")
        reporter = self._reporter(draft)
        if reporter is not None:
            return reporter
        reported = _innermost(self._indirect, draft.start, draft.end)
        if reported is not None and self._is_other(reported):
            return self._voice(reported, "indirect")
        return self.document(self._text[draft.clause_start : draft.end])

    def document(self, words: str) -> Voice:
        """The document's own voice saying `words`."""
        issuer = self._issuer
        return Voice(
            speaker=issuer.speaker, speech=issuer.speech(words), principals=issuer.principals, because=(f"speaker: {issuer.rule}",)
        )

    def _voice(self, statement: Statement, speech: Speech) -> Voice:
        words = statement.speaker_span.text if statement.speaker_span is not None else ""
        position = statement.speaker_span.start if statement.speaker_span is not None else statement.start
        appended = (
            re.match(rf",\s({NAME})\b", self._text[statement.speaker_span.end : statement.speaker_span.end + 60])
            if statement.speaker_span is not None
            else None
        )
        if appended is not None and not find_actors(appended.group(1)):
            words, position = appended.group(1), position + len(words) + 2
        told = statement.speaker if self._is_name(statement.speaker) else None
        member = self._person(words if appended is not None else told or words, words, position)
        cue = statement.cue_span.text if statement.cue_span is not None else "no cue"
        because = (f"speaker: {speech} speech, cue {cue!r}", *statement.because)
        if member is not None:
            return Voice(speaker=member.name, speech=speech, principals=self._principals(member), because=because)
        if _PRONOUN.match(words.strip()) and (earlier := self._before(position)) is not None:
            return msgspec.structs.replace(self._voice(earlier, speech), because=because)
        organisation = find_actors(words)
        if organisation:
            actor = organisation[0].actor
            return Voice(speaker=actor.name, speech=speech, principals=(principal_of(actor),), because=because)
        return self._named_voice(told or _bare(words), words, position, speech, because)

    def _before(self, position: int) -> Statement | None:
        """The last statement before `position` whose speaker is told in words, for "he added" where no name stands before."""
        earlier = [
            s
            for s in (*self._direct, *self._indirect)
            if s.speaker_span is not None and s.speaker_span.start < position and not _PRONOUN.match(s.speaker_span.text.strip())
        ]
        return max(earlier, key=lambda statement: statement.speaker_span.start if statement.speaker_span is not None else 0, default=None)

    def _is_name(self, name: str | None) -> bool:
        """Whether what a statement tells as its speaker is a name: of two words, or of a person or body of the document; never a day or place."""
        if not name:
            return False
        return (
            " " in name.strip() or self._cast.resolve(name) is not None or self._bodies.named(name) is not None or bool(find_actors(name))
        )

    def _named_voice(self, name: str, words: str, position: int, speech: Speech, because: tuple[str, ...]) -> Voice:
        """The voice of a speaker whom neither the cast nor the registry knows: a body, or the words as they stand."""
        if not name:
            return Voice(
                speaker=self._issuer.speaker,
                speech=speech,
                principals=self._issuer.principals,
                because=(*because, "speaker: the document's own"),
            )
        body = self._body(words, position)
        if body is not None:
            return Voice(speaker=body, speech=speech, principals=(body,), because=(*because, "speaker: a body the text names"))
        state = next((states()[place.country].name for place in find_places(words) if place.country in states()), None)
        return Voice(
            speaker=name,
            speech=speech,
            principals=(state,) if state is not None else (),
            because=because,
            unknown=state is None and not _PERSONAL.search(words),
        )

    def _body(self, words: str, position: int) -> str | None:
        plain = words.strip()
        if _PRONOUN.match(plain):
            return self._bodies.last(position)
        return self._bodies.named(plain) or self._bodies.described(plain, position)

    def _principals(self, member: Member) -> tuple[str, ...]:
        """Whom a person speaks for; of a two-sided document the other side if that is not told."""
        if member.principal is not None:
            return (member.principal,)
        return self._others if len(self._others) == 1 else ()

    def _person(self, name: str, words: str, position: int) -> Member | None:
        if _PRONOUN.match(name.strip()):
            return self._cast.before(position)
        holder = self._issuer.office_holder(words or name)
        if holder is not None:
            return Member(name=holder.name, principal=place_or_name(holder.of), start=position)
        member = (self._cast.resolve(words) if re.search(r"[A-Z]\w", words) else None) or self._cast.resolve(name)
        if member is None and (office := _OFFICE_WORD.search(words)):
            member = self._cast.before(position, office.group(1))
        return member

    def _reporter(self, draft: Placed) -> Voice | None:
        """The person who "reaffirmed", "said that ..." in the clauses above the action."""
        if draft.reporter is None:
            return None
        start, end = draft.reporter
        words = self._text[start:end]
        because = (f"speaker: subject of {draft.report_verb!r}",)
        personal = _PERSONAL.search(words) or self._cast.resolve(words) is not None
        member = self._person(words, words, start) if personal else None
        if member is None:
            return self._reporting_body(words, start, because) if self._news and draft.report_verb in _SAYING else None
        return Voice(speaker=member.name, speech="indirect", principals=self._principals(member), because=because)

    def _reporting_body(self, words: str, position: int, because: tuple[str, ...]) -> Voice | None:
        """In news, the body that "said" it: of the registry, named in the text, or told again as "the company" or "it"."""
        organisation = find_actors(words)
        if organisation:
            actor = organisation[0].actor
            return Voice(speaker=actor.name, speech="indirect", principals=(principal_of(actor),), because=because)
        body = self._body(words, position)
        if body is not None:
            return Voice(speaker=body, speech="indirect", principals=(body,), because=because)
        if (
            words.split(",", maxsplit=1)[0].isupper() and len(words.split(",", maxsplit=1)[0]) > 3
        ):  # a dateline that the parse took for the subject
            return None
        if _OWN_VOICE.match(words.strip()) and not words.strip().lower().startswith(("both", "the")):
            return None
        state = next((states()[place.country].name for place in find_places(words) if place.country in states()), None)
        return Voice(
            speaker=_bare(words),
            speech="indirect",
            principals=(state,) if state is not None else (),
            because=because,
            unknown=state is None and not _PERSONAL.search(words),
        )

    def _is_other(self, statement: Statement) -> bool:
        """Whether the reported speaker is someone else than the document's own institution or state."""
        words = statement.speaker_span.text if statement.speaker_span is not None else ""
        if _OWN_VOICE.match(words.strip()):
            return False
        if not (re.search(r"[A-Z]\w", words) or _PERSONAL.search(words) or _INSTITUTION.search(words)):
            return False
        if self._cast.resolve(words) is not None:
            return True
        named = {principal_of(hit.actor) for hit in find_actors(words)} | {
            states()[place.country].name for place in find_places(words) if place.country in states()
        }
        return not named or not named <= set(self._issuer.principals)


def _innermost(statements: Sequence[Statement], start: int, end: int) -> Statement | None:
    """The shortest statement that holds the middle of the action and most of it."""
    around = [s for s in statements if min(s.end, end) - max(s.start, start) > 0.6 * (end - start)]
    return min(around, key=lambda statement: statement.end - statement.start, default=None)


def _bare(words: str) -> str:
    """The speaker's words as a name: without article and label marks."""
    plain = re.sub(r"^(?:the|a|an)\s", "", words.strip(" :\n"), flags=re.IGNORECASE)
    plain = re.sub(rf"^{TITLE}\s(?=[A-Z])", "", plain)
    return plain.title() if plain.isupper() and len(plain) > 5 else plain
