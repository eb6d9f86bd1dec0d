"""That a form comes from a page of this site: a token in it that is also in a cookie, and the origin that browsers tell.

A page elsewhere can make a browser send a form here, with the cookies, but can read neither the cookie nor a page of ours, and so does not know
the token; and the browser tells whose page it is. (OWASP, Cross-Site Request Forgery Prevention: double submit, verifying origin.)
"""

import secrets

from starlette.requests import Request
from starlette.responses import Response

from pledgebook.web.answers import NoPageError, site_of
from pledgebook.web.forms import Sent, refuse_foreign

#: The cookie, and the field of a form, that hold the token.
COOKIE, FIELD = "pledgebook_form", "token"
_LENGTH = 32
#: Seconds: half a year.
_KEPT = 15_552_000


class OldFormError(NoPageError):
    """A form without the token that its browser holds: it is too old, or the browser has forgotten."""


def token_of(request: Request) -> str:
    """The token of a browser: that of its cookie, else a new one, which `keep` gives it."""
    held = request.cookies.get(COOKIE, "")
    if len(held) == _LENGTH and held.isascii() and held.isalnum():
        return held
    made: str | None = getattr(request.state, "token", None)
    if made is None:
        made = request.state.token = secrets.token_hex(_LENGTH // 2)
    return made


def renew(request: Request) -> None:
    """Have `keep` give the browser another token: whoever knew the one before it knows nothing now."""
    request.state.token = secrets.token_hex(_LENGTH // 2)


def keep(request: Request, response: Response) -> None:
    """Give a browser its token, if it has none."""
    made = getattr(request.state, "token", None)
    if made is not None:
        set_cookie(request, response, COOKIE, made)


def set_cookie(request: Request, response: Response, name: str, value: str, kept: int = _KEPT) -> None:
    """A cookie that scripts do not see and no other site's page can send, kept so many seconds.

    It outlives the browser: so does what waits there to be sent.
    """
    secure = site_of(request).settings.base_url.startswith("https://")
    response.set_cookie(
        name, value, max_age=kept, path=site_of(request).settings.prefix or "/", secure=secure, httponly=True, samesite="strict"
    )


def check(request: Request, sent: Sent) -> None:
    """Raises NoPageError for a form that does not come from a page of this site, OldFormError for one without the right token."""
    refuse_foreign(request)
    held = request.cookies.get(COOKIE, "")
    if not held or not secrets.compare_digest(held.encode(), sent.one(FIELD).encode()):
        raise OldFormError(
            "This form is too old, or your browser keeps no cookies. Go back, load the page again, and send it once more.", 403
        )
