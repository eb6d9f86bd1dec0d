"""The words that attribute speech: verbs of saying, the adverbs beside them, and nouns for those who speak."""

import re


def word_list(text: str) -> list[str]:
    """The words of a table written as running text."""
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """The words of a table as a set."""
    return frozenset(text.split())


_VOWELS = "aeiou"


def _forms(base: str) -> tuple[str, str, str]:
    """Third person, past and participle of a regular verb; a final consonant is doubled where the base ends with `+`."""
    if base.endswith("+"):
        stem = base[:-1]
        return stem + "s", stem + stem[-1] + "ed", stem + stem[-1] + "ing"
    if base.endswith("e"):
        return base + "s", base + "d", base[:-1] + "ing"
    if base.endswith("y") and base[-2] not in _VOWELS:
        return base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    plural = "es" if base.endswith(("s", "sh", "ch", "x")) else "s"
    return base + plural, base + "ed", base + "ing"


# Verbs that take a clause: "X noted that ...".
_CLAUSE = word_list("""
add note state announce stress underline underscore reiterate reaffirm affirm emphasise emphasize explain warn claim insist
argue confirm tweet post declare remark believe reveal disclose report suggest acknowledge concede admit+ allege assert caution
contend maintain point observe predict estimate indicate hint deny recall reply respond answer signal complain comment testify
assure advise inform notify clarify highlight conclude mention proclaim boast joke repeat agree fear worry hope tout argue opine
speculate reckon lament express outline unveil pledge vow promise propose counter
""")
# Verbs that tell of a quotation only: "... ," he laughed.
_QUOTE = word_list("""
ask continue laugh sigh quip+ shout cry call describe praise hail criticise criticize dismiss denounce condemn thank welcome
urge implore plead demand retort scoff shrug+ whisper wonder muse offer volunteer exclaim label brand accuse blast slam+ blame
question reason summarise summarize protest chant inquire enquire demand interject jest chuckle grumble attack characterise
characterize reflect apologise apologize elaborate greet cite quote
""")
_IRREGULAR_CLAUSE = {
    "say": ("says", "said", "saying"),
    "tell": ("tells", "told", "telling"),
    "write": ("writes", "wrote", "writing"),
    "think": ("thinks", "thought", "thinking"),
    "admit": ("admits", "admitted", "admitting"),
    "tell-us": ("states", "stated", "stating"),
    "signal": ("signals", "signalled", "signalling"),
    "signal-us": ("signals", "signaled", "signaling"),
    "swear": ("swears", "swore", "swearing"),
}
_IRREGULAR_QUOTE = {
    "begin": ("begins", "began", "beginning"),
    "go on": ("goes on", "went on", "going on"),
    "speak": ("speaks", "spoke", "speaking"),
    "put": ("puts", "put it", "putting it"),
    "sum": ("sums up", "summed up", "summing up"),
    "agree": ("agrees", "agreed", "agreeing"),
}


def _table(regular: list[str], irregular: dict[str, tuple[str, str, str]]) -> dict[str, set[str]]:
    """Finite forms and participles of the verbs."""
    rows = [_forms(base) for base in regular] + list(irregular.values())
    return {"finite": {form for row in rows for form in row[:2]}, "participle": {row[2] for row in rows}}


_CLAUSES = _table(_CLAUSE, _IRREGULAR_CLAUSE)
_QUOTES = _table(_QUOTE, _IRREGULAR_QUOTE)
CLAUSE_VERBS = frozenset(_CLAUSES["finite"])
CLAUSE_PARTICIPLES = frozenset(_CLAUSES["participle"])
QUOTE_VERBS = frozenset(_QUOTES["finite"]) - CLAUSE_VERBS
QUOTE_PARTICIPLES = frozenset(_QUOTES["participle"]) - CLAUSE_PARTICIPLES
# The plural present ("officials say"), a cue after a plural subject only.
PLURAL_VERBS = frozenset({"say", "believe", "argue", "insist", "warn", "claim", "note", "add", "think", "tell", "fear", "hope", "admit"})
# A bare complement is reported speech after these; other verbs need "that" or a finite clause.
ANY_COMPLEMENT = word_set("""
announced pledged vowed promised reaffirmed reiterated underscored underlined stressed emphasised emphasized affirmed
highlighted expressed outlined unveiled announcing pledging promising reaffirming reiterating underscoring underlining stressing
emphasising emphasizing highlighting
""")
# Forms that are plural nouns as often as verbs ("his claims", "the notes").
NOUN_LIKE = frozenset({
    "notes", "states", "claims", "reports", "remarks", "comments", "posts", "hopes", "fears", "worries", "promises", "pledges", "vows",
    "points", "estimates", "answers", "questions", "calls", "demands", "offers", "tweets", "signals", "jokes", "attacks", "brands",
    "labels", "reasons", "highlights", "mentions", "advises", "hints", "repeats", "counters", "adds", "thought", "put it", "labelled",
    "outlines", "highlighted",
})  # fmt: skip
INVERTING = frozenset({
    "said", "says", "added", "adds", "asked", "asks", "explained", "explains", "warned", "warns", "noted", "notes", "wrote", "writes",
    "declared", "replied", "replies", "insisted", "insists", "argued", "argues", "recalled", "recalls", "continued", "concluded", "joked",
    "commented", "remarked", "stated", "announced", "tweeted", "stressed", "shouted", "cried", "admitted", "claimed", "quipped", "laughed",
    "responded", "countered", "retorted", "observed", "reflected", "agreed", "insist", "exclaimed", "suggested", "acknowledged", "began",
    "sighed", "conceded", "complained", "cautioned", "went on", "confirmed",
})  # fmt: skip

ADVERBS = frozenset({
    "also", "later", "then", "further", "furthermore", "earlier", "again", "once", "just", "even", "only", "still", "already", "now",
    "first", "last", "has", "had", "have", "yesterday", "today", "afterwards", "afterward", "reportedly", "did", "never", "always",
    "often", "tonight", "recently", "both", "all", "each", "too", "simply", "meanwhile", "instead", "however", "therefore", "as", "well",
    "would", "will", "himself", "herself", "itself", "themselves", "soon", "since", "ever", "of", "course",
}) - {"of", "course", "as", "well", "all", "each", "both"}  # fmt: skip
DAYS = word_set("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")
MONTHS = word_set("January February March April May June July August September October November December")
PRONOUNS = frozenset({"he", "she", "they", "it", "i", "we", "who"})
DETERMINERS = frozenset({
    "the", "a", "an", "his", "her", "their", "its", "my", "our", "your", "one", "two", "three", "four", "several", "some", "many", "this",
    "that", "another", "both", "these", "those", "most", "other", "few", "no", "neither", "every", "each", "any", "all",
})  # fmt: skip
PLURAL_SPEAKERS = frozenset({
    "officials", "residents", "witnesses", "police", "prosecutors", "lawyers", "doctors", "activists", "analysts", "experts", "scientists",
    "researchers", "diplomats", "ministers", "lawmakers", "investigators", "authorities", "sources", "critics", "supporters", "opponents",
    "campaigners", "aides", "neighbours", "neighbors", "economists", "leaders", "detectives", "rescuers", "firefighters", "medics",
    "teachers", "parents", "organisers", "organizers", "unions", "councillors", "villagers", "locals", "observers", "reporters",
    "spokespeople", "negotiators", "commanders", "executives", "representatives", "members", "farmers", "people", "media", "state",
    "regulators", "spokespersons", "advocates", "workers", "historians", "engineers", "governments", "companies",
})  # fmt: skip

_ALL = sorted(CLAUSE_VERBS | CLAUSE_PARTICIPLES | QUOTE_VERBS | QUOTE_PARTICIPLES | PLURAL_VERBS, key=len, reverse=True)
CUE = re.compile(r"(?<![\w’'-])(?:" + "|".join(re.escape(word) for word in _ALL) + r")(?![\w’'-])")
ACCORDING = re.compile(r"\b[Aa]ccording to (?=\S)|\b[Ii]n the words of (?=\S)")
FINITE = re.compile(
    r"\b(?:will|would|can|could|shall|should|may|might|must|is|are|was|were|be|been|has|have|had|do|does|did|am|need|needs|"
    r"[a-z]+(?:’|')(?:ll|s|re|ve|d)|[a-z]+n(?:’|')t|cannot|going|get|got|want|think|know|make|take|plans|intends|agreed|expects|hopes|"
    r"remains|wants|took|made|came|went|began|killed|[a-z]{3,}ed)\b"
)
