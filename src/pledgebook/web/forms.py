"""Forms as browsers send them: bounded, decoded, with nothing in them that no text can hold, and from the site's own pages only."""

from collections.abc import Iterator, Sequence
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from pledgebook.web.answers import NoPageError
from pledgebook.web.sent_addresses import parts_of

#: Bytes and fields of a form: the longest page of the bench has some forty fields, and a bulk action names no record.
MOST_BYTES, MOST_FIELDS = 400_000, 600
#: Bytes of a form that anybody may send.
MOST_BYTES_OF_STRANGERS = 40_000
_MEDIA = "application/x-www-form-urlencoded"


class Sent:
    """The fields of a form, in the order in which they came; a name may come more than once."""

    def __init__(self, pairs: Sequence[tuple[str, str]] = ()) -> None:
        self.pairs = tuple((name, _text(value)) for name, value in pairs)
        self._first = dict(reversed(self.pairs))

    def __contains__(self, name: str) -> bool:
        return name in self._first

    def one(self, name: str) -> str:
        """The first value of a field, without blanks around it; empty if it was not sent."""
        return self._first.get(name, "").strip()

    def all(self, name: str) -> list[str]:
        """Every value of a field that is not blank."""
        return [value.strip() for key, value in self.pairs if key == name and value.strip()]

    def number(self, name: str) -> int | None:
        """A field as a whole number from 0; None if it is none."""
        told = self.one(name)
        return int(told) if told.isascii() and told.isdigit() and len(told) < 16 else None

    def beginning(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Name without the prefix, and value as it was sent, of every field whose name begins with it."""
        for name, value in self.pairs:
            if name.startswith(prefix):
                yield name.removeprefix(prefix), value


def _text(value: str) -> str:
    """Line ends as texts here have them; the zero character, which PostgreSQL cannot hold, is replaced."""
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


async def sent_with(request: Request, most: int = MOST_BYTES) -> Sent:
    """The form of a request. Raises NoPageError for one of more bytes than `most`, or of too many fields, and for what is no form."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _MEDIA:
        raise NoPageError("That is no form of this site.", 415)
    body = await body_of(request, most)
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise NoPageError("The form cannot be read.", 400) from None
    return Sent(pairs)


def refuse_foreign(request: Request) -> None:
    """Raises NoPageError for a request that a page of another site had a browser make."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    own = {request.headers.get("host", ""), parts_of(request.app.state.site.settings.base_url).netloc} - {""}
    if site not in {"same-origin", "none"} or (origin is not None and parts_of(origin).netloc not in own):
        raise NoPageError("This form was sent from another site.", 403)


async def body_of(request: Request, most: int) -> bytes:
    """The body of a request. Raises NoPageError for one of more bytes than `most`, as soon as they have come, and for one that breaks off."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > most:
                raise NoPageError("The form is too long.", 413)
    except ClientDisconnect:  # nobody will read this
        raise NoPageError("The form did not come whole.", 400) from None
    return bytes(body)
