"""Who is committed: from the words at the place ("we", "the two sides", "Baghdad") to canonical names of actors."""

import re

import msgspec

from pledgebook.extraction.cast import NAME
from pledgebook.extraction.places import FoundPlace, find_places
from pledgebook.extraction.scene import Scene
from pledgebook.extraction.voices import Voice
from pledgebook.reference.actors import Actor, find_actors, principal_of, states

_SELF = re.compile(r"(?i)^(?:i|we|us|me|our|my|ours|ourselves|myself|we all|all of us|we both|both of us|our (?:own )?\w+|my \w+)$")
_BOTH = re.compile(
    r"(?i)\b(?:both|two|three|four|five)\s(?:\w+\s)?(?:countries|sides|governments|nations|leaders|parties|presidents|ministers|secretaries|states|delegations|companies|firms)|"
    r"\b(?:the|both)\s(?:sides|parties|leaders|participants|governments|ministers|countries|presidents|secretaries|delegations|members|nations)\b|\bwe both\b|\bboth\s(?:of\s(?:us|them))?$|\bthey both\b|\beach other\b"
)
_JOINT_VERB = re.compile(
    r"(?i)\b(?:we|they)(?:[’']ve)?\s(?:\w+\s){0,3}?(?:agreed|resolved|decided|agree)\b|\bwork(?:ing)? together\b|\btogether,? we\b|\bour (?:\w+ )?(?:partnership|cooperation|alliance|relationship|dialogue)\b|\breached an? (?:\w+ )?agreement|\bour (?:two|shared|mutual|joint|common)\b|\bwe (?:both|each)\b|\bshared\b[^.]{0,30}\bcommitment|\bmutual\b|\bjointly\b"
)
_PRONOUN = re.compile(r"(?i)^(?:he|she|it|they|who|which|that|his|her|its|their|them|him|those|these|this)$")
_ROLE = re.compile(
    r"(?i)\b(?:president|administration|government|department|secretary|congress|embassy|ministry|minister|cabinet|military|nation|america|army|forces|police|parliament|state|country|house|senate|authorities|officials?|delegation|court|spokes\w+)\b"
)
_ROLES = re.compile(r"\b(?:President|Secretary|Minister|Chancellor|Premier|Prince|King|Leader|Ambassador|Emir)\b")
_JOINED = re.compile(r"(?P<name>(?:[Tt]he\s)?(?:[A-Z][\w.]*\s){1,4})and\s(?:the\s)?$")
_PREPOSITION = re.compile(r"\s(?:to|for|in|on|with|against|from|under|toward|towards|about)\s")
_COALITION = re.compile(r"(?i)\b(?:the|our|this|its)\s(?:\w+\s)?(?:coalition|mission)\b")
_REACH = 1500


class Committed(msgspec.Struct, frozen=True, kw_only=True):
    """Canonical names of who is committed, with the rule that found them."""

    names: tuple[str, ...]
    rule: str


class Principals:
    """Resolves the actor of any draft of one document."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._text = scene.text
        self._places = scene.places
        self._cast = scene.cast
        self._own = scene.issuer.principals
        self._parties = scene.parties
        self._bodies = scene.bodies
        self._actors = scene.actors

    def of(self, actor: tuple[int, int] | None, clause: tuple[int, int], voice: Voice) -> Committed:
        """Who undertakes what the clause says; `actor` is the range of the words that name them, None where the clause does not say."""
        own = self._bound_by(voice)
        actor = self._with_conjunct(actor) if actor is not None else None
        words = self._text[actor[0] : actor[1]] if actor is not None else ""
        sentence = self._text[clause[0] : clause[1]]
        plain = re.sub(r"\s+", " ", words).strip(" ,’'")
        if actor is None or not plain:
            return self._unnamed(own, clause[0])
        lead = self._lead(actor)
        return self._of_group(actor, lead, plain) or self._of_self(lead, plain, own, sentence) or self._of_named(actor, lead, plain, voice)

    def named_in(self, words: tuple[int, int]) -> tuple[str, ...]:
        """The actors that a range of the text names, or the coalition or parties it tells again; () where it names none, nobody is guessed."""
        lead = self._lead(words)
        plain = re.sub(r"\s+", " ", self._text[lead[0] : lead[1]]).strip(" ,’'")
        group = self._of_group(lead, lead, plain) if plain else None
        return group.names if group is not None else self._named(lead) if plain else ()

    def _of_group(self, actor: tuple[int, int], lead: tuple[int, int], plain: str) -> Committed | None:
        """The coalition, the two sides, the two ministers."""
        if _COALITION.search(plain) and not self._named(lead) and (last := self._last_of_kind(actor[0], {"coalition", "organisation"})):
            return Committed(names=last, rule="actor: the coalition or mission last named")
        if len(self._parties) < 2:
            return None
        if _BOTH.search(plain) and not self._named(actor):
            return Committed(names=self._parties, rule="actor: the parties of the document")
        if len(_ROLES.findall(plain)) > 1 and re.search(r"\band\b", plain):
            return Committed(names=self._parties[:2], rule="actor: two officials of the parties")
        return None

    def _of_self(self, lead: tuple[int, int], plain: str, own: tuple[str, ...], sentence: str) -> Committed | None:
        if _SELF.match(plain) or (re.match(r"(?i)(?:our|my)\b", plain) and not self._named(lead)):
            return self._first_person(own, sentence)
        return None

    def _of_named(self, actor: tuple[int, int], lead: tuple[int, int], plain: str, voice: Voice) -> Committed:
        own = self._bound_by(voice)
        body = self._bodies.named(self._text[lead[0] : lead[1]]) if not self._own else None
        named = (body,) if body is not None and not find_actors(body) else self._named(lead) or self._named(actor)
        if named:
            return Committed(names=named, rule="actor: named")
        if _PRONOUN.match(plain):
            return self._pronoun(actor, own, plain, voice)
        return self._described(actor, plain, own)

    def _bound_by(self, voice: Voice) -> tuple[str, ...]:
        """Whom the voice's "we" and "it" bind: its principals, else those of the document unless a body speaks that nobody knows."""
        return () if voice.unknown else voice.principals or self._own

    def _with_conjunct(self, actor: tuple[int, int]) -> tuple[int, int]:
        """The range with a state or body joined before it: "the US and [Iraq]'s plans"."""
        match = _JOINED.search(self._text, max(0, actor[0] - 60), actor[0])
        if match is not None and (find_actors(match.group("name")) or find_places(match.group("name"))):
            return match.start("name"), actor[1]
        return actor

    def _lead(self, actor: tuple[int, int]) -> tuple[int, int]:
        """The words of a phrase before its first preposition but "of"."""
        match = _PREPOSITION.search(self._text, *actor)
        return (actor[0], match.start()) if match is not None else actor

    def _first_person(self, own: tuple[str, ...], sentence: str) -> Committed:
        if len(self._parties) > 1 and _JOINT_VERB.search(sentence) and set(own) <= set(self._parties):
            return Committed(names=self._parties, rule="actor: first person, jointly")
        return Committed(names=own, rule="actor: first person")

    def _unnamed(self, own: tuple[str, ...], position: int) -> Committed:
        if own:
            return Committed(names=own, rule="actor: not named, the speaker's principal")
        named = self._last_named(position, within_sentence=True)
        return Committed(names=named, rule="actor: not named, the last in its sentence" if named else "actor: not told")

    def _named(self, actor: tuple[int, int]) -> tuple[str, ...]:
        """The actors that the words name: organisations of the registry, states, persons for whom they speak."""
        start, end = actor
        words = self._text[start:end]
        found: list[tuple[int, str]] = []
        covered: list[tuple[int, int]] = []
        organs: list[Actor] = []
        for hit in find_actors(words):
            covered.append((start + hit.span.start, start + hit.span.end))
            found.append((hit.span.start, hit.actor.name))
            organs.append(hit.actor)
        for place in self._places:
            if start <= place.start and place.end <= end and not any(low <= place.start < high for low, high in covered):
                state = states().get(place.country)
                if state is not None and not self._belongs_to_name(place, actor):
                    found.append((place.start - start, state.name))
        if len(organs) == 1 and len(found) == 1:
            return (organs[0].name if organs[0].kind == "house" else principal_of(organs[0]),)
        if not found:
            member = self._cast.resolve(words) if re.search(r"[A-Z]\w", words) else None
            return (member.principal or member.name,) if member is not None else ()
        names = [name for _, name in sorted(found)]
        if len({organ.state for organ in organs}) == 1 and organs[0].state is not None:
            own_state = principal_of(Actor(name="", kind="organ", state=organs[0].state))
            names = [name for name in names if name != own_state or len(names) == 1]
        return tuple(dict.fromkeys(names))

    def _belongs_to_name(self, place: FoundPlace, actor: tuple[int, int]) -> bool:
        """Whether the place is only part of what the phrase is about: "the mission in Iraq", "aid for Syria"."""
        before = self._text[max(actor[0], place.start - 25) : place.start]
        return bool(re.search(r"\b(?:in|to|for|on|with|against|at|Embassy|Consulate)\s(?:the\s)?$", before))

    def _pronoun(self, actor: tuple[int, int], own: tuple[str, ...], plain: str, voice: Voice) -> Committed:
        lower = plain.lower()
        if voice.unknown and lower in {"it", "its", "they", "their"}:
            return Committed(names=(voice.speaker,) if voice.speaker else (), rule="actor: the body that reports it, in no registry")
        if lower in {"he", "she", "his", "her", "him", "who"}:
            member = self._cast.before(actor[0])
            if member is not None and (member.principal is not None or not own):
                return Committed(names=(member.principal or member.name,), rule="actor: person last named")
        if voice.speech != "document" and lower in {"it", "its", "they", "their"} and voice.principals and not self._own:
            return Committed(names=voice.principals, rule="actor: the body that reports it")
        if lower in {"they", "their"} and len(self._parties) > 1:
            return Committed(names=self._parties, rule="actor: the parties of the document")
        last = self._last_named(actor[0], within_sentence=True) if lower in {"it", "its", "they", "their", "which", "who"} else ()
        body = None if own else self._bodies.last(actor[0])
        last = last or (() if own else (body,) if body is not None else self._last_named(actor[0]))
        if last:
            return Committed(names=last, rule="actor: last named")
        return Committed(names=own, rule="actor: pronoun, the speaker's principal")

    def _described(self, actor: tuple[int, int], plain: str, own: tuple[str, ...]) -> Committed:
        kind = plain.rsplit(maxsplit=1)[-1].lower()
        if len(plain.split()) == 2 and plain.lower().startswith("the ") and (again := self._told_again(kind, actor[0])):
            return Committed(names=again, rule="actor: an organisation named before")
        if own:
            unknown = re.fullmatch(rf"(?:[Tt]he\s)?(?:{NAME}|[A-Z][\w&’'-]+(?:\s[A-Z][\w&’'-]+)*)", plain)
            if unknown is None or _ROLE.search(plain) or len(plain.split()) > 8:
                return Committed(names=own, rule="actor: described, the speaker's principal")
            return Committed(names=own, rule="actor: a name not in the registry, the speaker's principal")
        body = self._bodies.named(plain) or self._bodies.described(plain, actor[0])
        if body is not None:
            return Committed(names=(body,), rule="actor: a body the text names")
        if re.match(r"(?:[Tt]he\s)?[A-Z][^\s]*(?:\s[A-Z]|$)", plain) and (
            name := re.search(rf"(?:{NAME}|\b[A-Z][\w&’'-]+)", plain.removeprefix("The "))
        ):
            return Committed(names=(name.group(),), rule="actor: named, not in the registry")
        return Committed(names=(), rule="actor: not told")

    def _last_named(self, position: int, within_sentence: bool = False) -> tuple[str, ...]:
        """The organisation or state last named before `position`."""
        best: tuple[int, str] | None = None
        low = max(0, position - _REACH)
        if within_sentence:
            low = max((match.end() for match in re.finditer(r"[.!?][\s”\"]|\n", self._text[low:position])), default=0) + low
        for hit in self._actors:
            if low <= hit.span.start < position:
                best = (hit.span.start, principal_of(hit.actor))
        for place in self._places:
            if low <= place.start < position and place.country in states() and (best is None or place.start > best[0]):
                best = (place.start, states()[place.country].name)
        return (best[1],) if best is not None else ()

    def _told_again(self, kind: str, position: int) -> tuple[str, ...]:
        """The organisation last named whose name holds the word by which it is told again: "the commission", "the bank"."""
        names = [hit.actor.name for hit in self._actors if hit.span.start < position and kind in hit.actor.name.lower().split()]
        return (names[-1],) if names and kind not in {"department", "states", "house"} else ()

    def _last_of_kind(self, position: int, kinds: set[str]) -> tuple[str, ...]:
        before = [hit.actor.name for hit in self._actors if hit.span.start < position and hit.actor.kind in kinds]
        return (before[-1],) if before else ()
