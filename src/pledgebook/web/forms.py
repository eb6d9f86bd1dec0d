"""Forms that come back: bounded, and from the site's own pages only."""

from urllib.parse import parse_qs

from starlette.requests import ClientDisconnect, Request

from pledgebook.web.answers import NoPageError
from pledgebook.web.sent_addresses import parts_of

#: Bytes of a form, and fields in it.
MOST_BYTES, MOST_FIELDS = 40_000, 40


async def form_of(request: Request, most: int = MOST_BYTES) -> dict[str, str]:
    """The fields of a form. Raises NoPageError for one that comes from another site, is no form, or is too long."""
    refuse_foreign(request)
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/x-www-form-urlencoded":
        raise NoPageError("That is no form of this site.", 415)
    body = await body_of(request, most)
    try:
        fields = parse_qs(body.decode("ascii"), keep_blank_values=True, encoding="utf-8", errors="replace", max_num_fields=MOST_FIELDS)
    except ValueError:
        raise NoPageError("The form cannot be read.", 400) from None
    return {name: values[-1].replace("\r\n", "\n").replace("\0", "") for name, values in fields.items()}


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
