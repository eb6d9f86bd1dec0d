"""Pages of people: log in and out, one's own account, and for administrators everybody's and what was done."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from urllib.parse import urlencode

from starlette.responses import Response
from starlette.routing import BaseRoute

from pledgebook.web.accounts.gate import needing, visitor_of
from pledgebook.web.accounts.people import Account, PeopleError
from pledgebook.web.accounts.roles import ROLES, Role, lesser, may
from pledgebook.web.accounts.team import COOKIE, KEPT, WINDOW, Team
from pledgebook.web.answers import NoPageError
from pledgebook.web.bench.asking import Asking, Bench, acts, shown
from pledgebook.web.bench.tokens import renew, set_cookie
from pledgebook.web.forwarded import sender_of
from pledgebook.web.site import Site

#: Days for which a key is good that is made on a page.
_DAYS = 365
#: What a form does: what is said of it then, or the page that is shown.
Way = Callable[[Asking, Account], str | Response]


def people_routes(site: Site, team: Team) -> list[BaseRoute]:
    """The routes of all pages of people."""
    bench, pages = Bench(site), PeoplePages(team)
    return [
        *needing("anyone", shown(bench, "/login", pages.login_page, named=False), acts(bench, "/login", pages.login, named=False)),
        *needing("member", acts(bench, "/logout", pages.logout), shown(bench, "/account", pages.account_page)),
        *needing("member", acts(bench, "/account", pages.account_act)),
        *needing("administrator", shown(bench, "/people", pages.people_page), acts(bench, "/people", pages.people_act)),
        *needing("administrator", shown(bench, "/audit", pages.audit_page)),
    ]


class PeoplePages:
    """The pages, of one team."""

    def __init__(self, team: Team) -> None:
        self.team = team
        self.people = team.people
        self._own: Mapping[str, Way] = {
            "password": self._new_password,
            "sessions": self._end_sessions,
            "token": self._new_token,
            "revoke": self._revoke_own,
        }
        self._anyones: Mapping[str, Way] = {
            "add": self._add,
            "role": self._set_role,
            "disable": self._disable,
            "enable": self._enable,
            "set-password": self._set_password,
            "revoke": self._revoke,
        }

    # -- in and out ---------------------------------------------------------------------------------------------------------------

    def login_page(self, asking: Asking) -> Response:
        """The form; who is logged in already goes on."""
        return self._login(asking, asking.query.one("to"))

    def login(self, asking: Asking) -> Response:
        """Begin a session, of a new secret and with a new token for forms: what was set in the browser before is worth nothing."""
        name, to, address = asking.sent.one("name"), asking.sent.one("to"), sender_of(asking.request)
        if not self.team.allows_login(name, address):
            response = self._login(asking, to, name, f"Too many attempts. Wait {WINDOW // 60} minutes, and try again.", 429)
            response.headers["retry-after"] = str(WINDOW)
            return response
        # Blanks may be part of a password.
        secret = self.people.begin_session(name, dict(asking.sent.pairs).get("password", ""), at=address)
        if secret is None:
            return self._login(asking, to, name, "There is no such account with this password.", 401)
        if old := asking.request.cookies.get(COOKIE):
            self.people.end_session(old)
        self.team.was_right(name, address)
        response = asking.go(to if _is_own(to) else self._first_page(asking, name))
        set_cookie(asking.request, response, COOKIE, secret, KEPT)
        renew(asking.request)
        return response

    def _first_page(self, asking: Asking, name: str) -> str:
        """Where the work of the one who logged in lies."""
        found = self.people.account(name)
        return "/bench" if asking.site.settings.mode == "bench" and found is not None and may(found.role, "coder") else "/"

    def logout(self, asking: Asking) -> Response:
        """End the session, here and in the browser."""
        if secret := asking.request.cookies.get(COOKIE):
            self.people.end_session(secret)
        response = asking.go("/login" if self.team.closed else "/")
        set_cookie(asking.request, response, COOKIE, "", 0)
        renew(asking.request)
        return response

    @staticmethod
    def _login(asking: Asking, to: str, name: str = "", problem: str = "", status: int = 200) -> Response:
        known = visitor_of(asking.request)
        return asking.page("login.html", status, to_=to if _is_own(to) else "", name=name, problem=problem, known=known, last=None)

    # -- one's own ----------------------------------------------------------------------------------------------------------------

    def account_page(self, asking: Asking) -> Response:
        """Name, role, password, sessions, keys."""
        return self._account(asking)

    def account_act(self, asking: Asking) -> Response:
        """Change one of them."""
        return self._done(asking, self._own, self._account, "/account")

    def _account(self, asking: Asking, problem: str = "", status: int = 200) -> Response:
        visitor = _known(asking)
        return asking.page(
            "account.html",
            status,
            visitor=visitor,
            problem=problem,
            said=asking.query.one("said"),
            roles=[role for role in ROLES if lesser(role, visitor.role) == role],
            tokens=self.people.tokens(visitor.name),
            sessions=self.people.sessions(visitor.name),
            day=_day,
            last=None,
        )

    def _new_password(self, asking: Asking, visitor: Account) -> str:
        fields = dict(asking.sent.pairs)
        address = sender_of(asking.request)
        if not self.team.allows_login(visitor.name, address):
            raise PeopleError(f"Too many attempts. Wait {WINDOW // 60} minutes, and try again.")
        if not self.people.has_password(visitor.name, fields.get("old", "")):
            raise PeopleError("The present password is another one.")
        self.team.was_right(visitor.name, address)
        self.people.set_password(visitor.name, fields.get("password", ""), by=visitor.name)
        return "The password is changed. Log in again."

    def _end_sessions(self, _: Asking, visitor: Account) -> str:
        self.people.end_sessions(visitor.name)
        return "All sessions are ended."

    def _new_token(self, asking: Asking, visitor: Account) -> Response:
        made = self.people.issue(visitor.name, asking.sent.one("label"), _role(asking), _DAYS, by=visitor.name)
        return asking.page("token.html", secret=made, last=None)

    def _revoke_own(self, asking: Asking, visitor: Account) -> str:
        self.people.revoke(asking.sent.one("id"), by=visitor.name, of=visitor.name)
        return "The token is revoked."

    # -- everybody's --------------------------------------------------------------------------------------------------------------

    def people_page(self, asking: Asking) -> Response:
        """Every account and every key."""
        return self._everybody(asking)

    def people_act(self, asking: Asking) -> Response:
        """Change an account."""
        return self._done(asking, self._anyones, self._everybody, "/people")

    def _everybody(self, asking: Asking, problem: str = "", status: int = 200) -> Response:
        everybody, tokens = self.people.accounts(), self.people.tokens()
        said = asking.query.one("said")
        return asking.page(
            "people.html", status, everybody=everybody, tokens=tokens, roles=ROLES, problem=problem, said=said, day=_day, last=None
        )

    def _add(self, asking: Asking, visitor: Account) -> str:
        made = self.people.add(asking.sent.one("name"), _role(asking), dict(asking.sent.pairs).get("password") or None, by=visitor.name)
        return f"{made.name} is added."

    def _set_role(self, asking: Asking, visitor: Account) -> str:
        self.people.set_role(asking.sent.one("name"), _role(asking), by=visitor.name)
        return "The role is changed."

    def _disable(self, asking: Asking, visitor: Account) -> str:
        self.people.set_disabled(asking.sent.one("name"), disabled=True, by=visitor.name)
        return "The account is shut."

    def _enable(self, asking: Asking, visitor: Account) -> str:
        self.people.set_disabled(asking.sent.one("name"), disabled=False, by=visitor.name)
        return "The account is open again."

    def _set_password(self, asking: Asking, visitor: Account) -> str:
        self.people.set_password(asking.sent.one("name"), dict(asking.sent.pairs).get("password", ""), by=visitor.name)
        return "The password is changed."

    def _revoke(self, asking: Asking, visitor: Account) -> str:
        self.people.revoke(asking.sent.one("id"), by=visitor.name)
        return "The token is revoked."

    def audit_page(self, asking: Asking) -> Response:
        """What was done, the latest first."""
        acts_ = self.people.acts(before=asking.query.number("before"))
        return asking.page("audit.html", acts=acts_, moment=_moment, last=None)

    # -- all forms ----------------------------------------------------------------------------------------------------------------

    @staticmethod
    def _done(asking: Asking, ways: Mapping[str, Way], page: Callable[..., Response], path: str) -> Response:
        way = ways.get(asking.sent.one("do"))
        if way is None:
            raise NoPageError("There is no such action.", 422)
        try:
            done = way(asking, _known(asking))
        except PeopleError as error:
            return page(asking, str(error), 422)
        return done if isinstance(done, Response) else asking.go(f"{path}?{urlencode({'said': done})}")


def _known(asking: Asking) -> Account:
    visitor = visitor_of(asking.request)
    if visitor is None:
        raise NoPageError("Log in first.", 401)
    return visitor


def _role(asking: Asking) -> Role:
    told = asking.sent.one("role")
    for role in ROLES:
        if role == told:
            return role
    raise PeopleError("Choose a role.")


def _is_own(to: str) -> bool:
    """Whether an address is a path of this site, and none elsewhere. Browsers drop controls, and take a backslash for a slash."""
    return to.startswith("/") and not to.startswith(("//", "/login")) and "\\" not in to and to.isprintable()


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
