"""The tables of a book, the same on SQLite and PostgreSQL. `meta`, `log`, `web_action` are the book; `COMPUTED` are
computed from it and the sources; `crossing` tells running servers what changed beside what the log names, and may be emptied when none runs.
"""

from sqlalchemy import BigInteger, Column, Float, Index, Integer, MetaData, Table, Text

metadata = MetaData()

#: What the book is: its id, its schema version, its extractor.
meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

#: The append-only log. `body` is canonical JSON; `hash` covers all other columns, `prev` among them.
log = Table(
    "log",
    metadata,
    Column("seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False, index=True),
    Column("author", Text, nullable=False),
    Column("recorded", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("prev", Text, nullable=False),
    Column("hash", Text, nullable=False, unique=True),
)

#: Documents, with the log entry that brought them. `source` is the key of the source of which it is a version.
document = Table(
    "document",
    metadata,
    Column("id", Text, primary_key=True),
    Column("seq", BigInteger, nullable=False),
    Column("source", Text, nullable=False, index=True),
    Column("own_id", Text),
    Column("sha256", Text, nullable=False, unique=True),
    Column("text_sha256", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("url", Text),
    Column("author", Text),
    Column("published", Text),
    Column("published_rule", Text),
    Column("language", Text),
    Column("length", Integer, nullable=False),
    Column("problems", Text, nullable=False),
)

#: Commitments as the machine reads them now; `origin` is "machine" or "tracker". `body` is a core Commitment as JSON.
commitment = Table(
    "commitment",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document", Text, nullable=False, index=True),
    Column("origin", Text, nullable=False),
    Column("body", Text, nullable=False),
)

#: Every id of a commitment or claim that was ever read, with its anchor (columns of core Anchor), so that it resolves for ever.
known_id = Table(
    "known_id",
    metadata,
    Column("id", Text, primary_key=True),
    Column("of", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("action_start", Integer),
    Column("action_end", Integer),
)

#: Commitments as they count: with corrections, without those rejected. `body` is a core Mention as JSON; `known` "" where undated.
mention = Table(
    "mention",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document", Text, nullable=False, index=True),
    Column("promise", Text, nullable=False, index=True),
    Column("known", Text, nullable=False),
    Column("body", Text, nullable=False),
)

#: Progress claims that no person rejected. `body` is a core ProgressClaim as JSON.
claim = Table(
    "claim",
    metadata,
    Column("id", Text, primary_key=True),
    Column("document", Text, nullable=False, index=True),
    Column("body", Text, nullable=False),
)

#: Keys under which mentions meet each other (`of` is "m"), and mentions ("l") meet claims ("c").
meeting = Table(
    "meeting",
    metadata,
    Column("key", BigInteger, primary_key=True, autoincrement=False),
    Column("of", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Index("meeting_id", "id"),
    sqlite_with_rowid=False,
)

#: Keys that became crowded (`pledgebook.joining.keys`), or are so no longer, by the number of the last log entry then: they change mentions that no entry names.
crossing = Table(
    "crossing",
    metadata,
    Column("seq", BigInteger, nullable=False, index=True),
    Column("key", BigInteger, nullable=False),
)

#: Pairs of mentions that tell of one promise, `low` < `high` by id, with score.
pair = Table(
    "pair",
    metadata,
    Column("low", Text, primary_key=True),
    Column("high", Text, primary_key=True, index=True),
    Column("score", Float, nullable=False),
    sqlite_with_rowid=False,
)

#: Claims that bear on mentions. `body` is a core Evidence as JSON, told of the mention.
bearing = Table(
    "bearing",
    metadata,
    Column("claim", Text, primary_key=True),
    Column("mention", Text, primary_key=True, index=True),
    Column("score", Float, nullable=False),
    Column("body", Text, nullable=False),
    sqlite_with_rowid=False,
)

#: Decisions and what each is about now: `about` is the id of a commitment or claim ("" where the anchor is gone), `role` "target", "other" or "money", or "undone"
#: where a later decision says that this one counts no more; the target has number 0.
decision = Table(
    "decision",
    metadata,
    Column("seq", BigInteger, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("role", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("of", Text, nullable=False),
    Column("about", Text, nullable=False, index=True),
    Column("sha256", Text, nullable=False, index=True),
)

#: What `pledgebook link` ties to a mention: money of a register (`item` is its key), or counts of events ("events:GROUP"). `body` is a list of
#: core Evidence as JSON, `tie` why they are tied: a Tie, or the Indicator.
money_tie = Table(
    "money_tie",
    metadata,
    Column("mention", Text, primary_key=True),
    Column("item", Text, primary_key=True),
    Column("tie", Text, nullable=False),
    Column("body", Text, nullable=False),
)

#: What came of the forms that people sent on the web: `id` tells a form, with all that it says, from every other, so that one that is sent
#: again is written down once. `first` to `last` are the log entries it made (`first` above `last`: none); `undoes` is the action it takes back.
web_action = Table(
    "web_action",
    metadata,
    Column("id", Text, primary_key=True),
    Column("author", Text, nullable=False, index=True),
    Column("recorded", Text, nullable=False),
    Column("first", BigInteger, nullable=False),
    Column("last", BigInteger, nullable=False),
    Column("undoes", Text),
)

COMPUTED = (document, commitment, known_id, mention, claim, meeting, pair, bearing, money_tie, decision)
