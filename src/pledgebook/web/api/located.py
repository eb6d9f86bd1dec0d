"""Parts of the lists that the book itself orders: progress claims with the promises they are tied to, and documents."""

from collections.abc import Mapping

from sqlalchemy import Connection, select

from pledgebook.book.decided import decisions_about, links
from pledgebook.book.mentions import told_claims
from pledgebook.book.particulars import documents_of
from pledgebook.book.registries import registry_of
from pledgebook.book.sql import in_batches
from pledgebook.book.standing import standings
from pledgebook.book.tables import bearing, claim, decision, document, mention
from pledgebook.core.identity import content_id
from pledgebook.core.snapshot import LocatedClaim
from pledgebook.linking.bearing import Told
from pledgebook.views.book.codebook import codebook
from pledgebook.views.book.json_lines import encoded
from pledgebook.views.book.rows import rows_of
from pledgebook.views.book.whole import Whole
from pledgebook.web.site import Site
from pledgebook.web.wholes import Part


def located_claims(site: Site, connection: Connection, after: str, limit: int) -> tuple[list[bytes], str | None]:
    """The claims that come after an id, as rows of the exports, and where the next part begins."""
    ids = _claim_ids(connection, after, limit + 1)
    told = {one: found for one, found in told_claims(connection, ids[:limit]).items() if found is not None}
    tied = _tied(site, connection, told)
    claims = tuple(LocatedClaim(claim=found.claim, document=found.document, promises=tied[one]) for one, found in sorted(told.items()))
    decisions = tuple(made for about in decisions_about(connection, told).values() for made in about)
    documents = documents_of(connection, site.book.blobs, {found.document for found in told.values()})
    whole = Part(day=site.day, registry=registry_of(connection)).whole((), documents, claims, decisions)
    return _rows(whole, "claims"), ids[limit - 1] if len(ids) > limit else None


def document_part(site: Site, connection: Connection, after: str, limit: int) -> tuple[list[bytes], str | None]:
    """The documents that come after an id, as rows of the exports, and where the next part begins."""
    query = select(document.c.id).where(document.c.id > after).order_by(document.c.id).limit(limit + 1)
    ids = list(connection.execute(query).scalars())
    documents = documents_of(connection, site.book.blobs, ids[:limit])
    whole = Part(day=site.day, registry=registry_of(connection)).whole((), documents)
    return _rows(whole, "documents"), ids[limit - 1] if len(ids) > limit else None


def _rows(whole: Whole, table: str) -> list[bytes]:
    columns = [column.name for column in codebook()[table].of_data]
    return [encoded({name: row[name] for name in columns}) for row in rows_of(whole, table)]


def _claim_ids(connection: Connection, after: str, most: int) -> list[str]:
    """Ids of claims that were read or added, in their order."""
    read = connection.execute(select(claim.c.id).where(claim.c.id > after).order_by(claim.c.id).limit(most)).scalars()
    by_hand = select(decision.c.about).where(decision.c.kind == "add", decision.c.of == "claim", decision.c.about > after)
    return sorted({*read, *connection.execute(by_hand).scalars()})[:most]


def _tied(site: Site, connection: Connection, told: Mapping[str, Told]) -> dict[str, tuple[str, ...]]:
    """For each claim the promises whose evidence it is on the day looked from."""
    pairs = {(row.claim, row.mention) for row in in_batches(connection, select(bearing.c.claim, bearing.c.mention), bearing.c.claim, told)}
    pairs |= {(one, commitment) for commitment, one in links(connection) if one in told}
    rows = in_batches(connection, select(mention.c.id, mention.c.promise), mention.c.id, {commitment for _, commitment in pairs})
    promise = {row.id: row.promise for row in rows}
    stand = standings(connection, site.day, sorted(set(promise.values())))
    evidence = {one.promise.id: {found.id for found in one.evidence} for one in stand}
    found: dict[str, set[str]] = {one: set() for one in told}
    for one, commitment in pairs:
        name = promise.get(commitment, "")
        if content_id("evidence", one, commitment) in evidence.get(name, ()):
            found[one].add(name)
    return {one: tuple(sorted(promises)) for one, promises in found.items()}
