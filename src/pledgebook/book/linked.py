"""What `pledgebook link` has tied, as one short row of the book, so that whoever shows the book sees that it was linked anew."""

from sqlalchemy import Connection, delete, insert, select

from pledgebook.book.tables import meta, money_tie
from pledgebook.core.identity import content_id

#: The key of the row in `meta`.
LINKED = "linked"


def note_linked(connection: Connection) -> None:
    """Write down which ties there are; inside the transaction that made them. The same ties give the same row."""
    rows = connection.execute(select(money_tie.c.mention, money_tie.c.item, money_tie.c.tie, money_tie.c.body)).all()
    told = content_id("linked", *(part for row in sorted(tuple(row) for row in rows) for part in row))
    connection.execute(delete(meta).where(meta.c.key == LINKED))
    connection.execute(insert(meta).values(key=LINKED, value=told))
