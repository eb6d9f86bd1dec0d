"""What gathers promises: the instruments they come from, the plans that order them, the campaigns they give to."""

from collections.abc import Mapping, Sequence

from pledgebook.core.claim import ProgressClaim
from pledgebook.core.document import Document
from pledgebook.core.gathering import Gatherings
from pledgebook.core.promise import Promise
from pledgebook.joining.campaigns import campaigns
from pledgebook.joining.gatherings_text import told
from pledgebook.joining.instruments import instruments
from pledgebook.joining.plans import plans


def gather(promises: Sequence[Promise], texts: Mapping[str, Document], claims: Sequence[tuple[str, ProgressClaim]]) -> Gatherings:
    """All gatherings of the promises of a book, each kind by id; the order in which the arguments come makes no difference.

    `texts` are documents by the id that mentions have; where one is missing, or does not hold a mention's quote, the quote alone is looked at.
    `claims` are progress claims with the id of their document.
    """
    mentions = sorted(told(promises, texts), key=lambda one: (one.mention.document, one.mention.commitment.id, one.promise.id))
    return Gatherings(instruments=instruments(mentions), plans=plans(mentions), campaigns=campaigns(mentions, texts, claims))
