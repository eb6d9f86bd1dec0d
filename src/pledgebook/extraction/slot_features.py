"""Features of an accepted commitment for its slots: kind, strength, testable, conditional, negated."""

import itertools
import re
from collections.abc import Iterator

from pledgebook.extraction.candidates import Candidate
from pledgebook.extraction.clauses import governor
from pledgebook.extraction.features import Setting, features
from pledgebook.extraction.lexicon import verb_class
from pledgebook.extraction.parsing import ParsedSentence
from pledgebook.extraction.words import Word

#: Words that tell what an undertaking is about, by topic; stems, matched at the start of a word.
_TOPICS: dict[str, str] = {
    "money": r"\$|€|£|million|billion|fund|grant|financ|loan|budget|invest|assistance|aid\b|contribut|donat|reward|money|dollar|econom|cost|pay",
    "goods": r"vaccin|dose|equipment|suppl|food|medic|train|technical|capacity|laborator|kit|shelter|water|material|goods|expert|humanitarian|relief|service|support",
    "armed": r"troop|forc|militar|army|weapon|missile|defen[cs]e|defend|security|strike|air ?strike|coalition|isil|isis|daesh|qaida|qaeda|terror|nato|combat|withdraw|deploy|mission|"
    r"war\b|soldier|drawdown|exercise|nuclear|arms|destroy|degrade|afghan|battle|marine|naval|ammunition",
    "talks": r"negotiat|talk|dialogue|diplom|meet|consult|cooperat|relation|partner|alli|engage|recogni[sz]e|agreement|treaty|sign|friendship|bilateral|multilateral|peace|"
    r"resolution|political|summit|visit|collaborat|ties|coordinat|community|solution|two-state|sovereign",
    "law": r"sanction|prosecut|law|legislat|court|restrict|visa|account|justice|crime|criminal|investigat|enforce|ban\b|tariff|repeal|bill\b|congress|rights|punish|tax|rule|regulat|penalt|"
    r"immigra|border|judge|vote|convict|arrest|corrupt",
    "body": r"program|office|embassy|initiative|launch|establish|institut|task force|commission|create|agency|center|centre|council|fund\b|network|platform|strateg|policy|plan\b|group|"
    r"position|appoint|framework|hub|forum|secretariat|reform",
    "home": r"america|nation|our people|famil|children|worker|job|school|health|veteran|freedom|liberty|prosper|future|generation|citizen|communit|faith|energy|insur|care\b",
    "climate": r"climate|emission|ocean|forest|environment|conserv|energy|carbon|methane",
    "vague": r"strengthen|deepen|advance|promot|support|stand|uphold|continu|toward|values|shared|efforts?|commitment|better|future|fight|build|ensur|protect|always|ever\b|forever",
    "concrete": r"\d|first|new\b|sign|launch|establish|host|open|provid|deliver|send|release|submit|complet|end\b|withdraw|join|publish|appoint|announc",
}
#: Parts of speech that say nothing of what an undertaking is about.
_LITTLE = frozenset({"DET", "PRON", "AUX", "CCONJ", "PART", "ADP", "SCONJ"})
_TOPIC_PATTERNS = {name: re.compile(rf"(?:\b|(?<=\W))(?:{words})", re.IGNORECASE) for name, words in _TOPICS.items()}


_TITLE_WORD = re.compile(r"[^\W\d_]{4,}")


def slot_features(sentence: ParsedSentence, candidate: Candidate, text: str, setting: Setting) -> list[str]:
    """The candidate's own features with those of its words: topics, lemmas, pairs, the governor in full."""
    head = sentence.words[candidate.head]
    action = text[candidate.start : candidate.end]
    return sorted(
        {
            *features(sentence, candidate, text, setting),
            *_topics(action, head, text, sentence),
            *_words(sentence, candidate, head),
            *_around(sentence, candidate, setting),
        }
    )


def _around(sentence: ParsedSentence, candidate: Candidate, setting: Setting) -> Iterator[str]:
    """Words of the sentence outside the action, and of the title: what the talk is about."""
    first, last = candidate.start - sentence.sentence.start, candidate.end - sentence.sentence.start
    for token in sentence.words:
        if not first <= token.idx < last and token.pos in ("NOUN", "PROPN", "VERB", "ADJ"):
            yield f"sentence-word={token.lemma}"
    for word in _TITLE_WORD.findall(setting.title):
        yield f"title-word={word.lower()}"
    for name, pattern in _TOPIC_PATTERNS.items():
        if pattern.search(setting.title):
            yield f"title-topic={name}"


def _topics(action: str, head: Word, text: str, sentence: ParsedSentence) -> Iterator[str]:
    near = action[:160]
    whole = text[sentence.sentence.start : sentence.sentence.end]
    names = []
    for name, pattern in _TOPIC_PATTERNS.items():
        if pattern.search(near):
            names.append(name)
            yield f"topic={name}"
            yield f"topic,class={name},{verb_class(head.lemma)}"
        if pattern.search(whole):
            yield f"sentence-topic={name}"
    yield f"topics={'+'.join(names)}"


def _words(sentence: ParsedSentence, candidate: Candidate, head: Word) -> Iterator[str]:
    first = candidate.start - sentence.sentence.start
    last = candidate.end - sentence.sentence.start
    inside = [token for token in sentence.words if first <= token.idx < last and token.pos not in ("PUNCT", "SPACE")]
    for token in inside[:30]:
        if token.pos not in _LITTLE or token.dep == "prep":
            yield f"action-word={token.lemma}"
    for left, right in itertools.pairwise(inside):
        yield f"action-pair={left.lower} {right.lower}"
    dep, above = governor(head)
    if above is not None:
        yield f"governor-form={dep}:{above.lower}"
        for child in above.children:
            if child.dep in ("amod", "neg", "aux", "advmod"):
                yield f"governor-child={child.lower},{above.lemma}"
    for token in sentence.words:
        if token.lower in (
            "if",
            "unless",
            "provided",
            "once",
            "subject",
            "pending",
            "should",
            "when",
            "until",
            "appropriate",
            "necessary",
            "needed",
            "possible",
        ):
            yield f"condition-word={token.lower}"
            yield f"condition-word,before={token.lower},{token.i < head.i}"
