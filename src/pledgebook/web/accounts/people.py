"""The people of a book: their accounts, sessions, tokens, and what they did with them."""

import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import msgspec
from sqlalchemy import Connection, Engine, delete, insert, select, update

from pledgebook.book.place import Place
from pledgebook.core.identity import sha256_hex
from pledgebook.views.rows import one_line
from pledgebook.web.accounts import passwords
from pledgebook.web.accounts.roles import Role, lesser, with_article
from pledgebook.web.accounts.tables import account, accounts_told, audit, people_engine, session, token

#: Seconds after which a session ends: from its beginning, and without a request.
LONGEST, IDLE = 30 * 86_400.0, 3 * 86_400.0
#: So often, in seconds, it is written down that a session is in use.
_SEEN = 60.0
#: How long a name may be: that of the log's authors.
_LONGEST_NAME = 80
_UNKNOWN = "(no such account)"


class PeopleError(Exception):
    """Something that cannot be done with an account; the text is a sentence for a person."""


class Account(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who has a name here. `disabled` tells since when (seconds since 1970; None: not)."""

    name: str
    role: Role
    made: float
    disabled: float | None = None


class Token(msgspec.Struct, frozen=True, kw_only=True):
    """A key for programs, without its secret. Times are seconds since 1970."""

    id: str
    name: str
    label: str
    role: Role
    made: float
    ends: float
    revoked: float | None = None


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the audit log: who (a name, or an address) did what to whom or what."""

    number: int
    time: float
    who: str
    what: str
    about: str


class People:
    """All of it, in a database. Every method is a transaction of its own; `clock` tells seconds since 1970.

    Where the database cannot be asked, each raises BookError.
    """

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        self._engine = engine
        self._clock = clock

    @classmethod
    def of(cls, place: Place, clock: Callable[[], float] = time.time) -> "People":
        """The people of a book. Raises BookError if they cannot be kept."""
        return cls(people_engine(place), clock)

    def close(self) -> None:
        """Close the database."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with accounts_told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with accounts_told(), self._engine.begin() as connection:
            yield connection

    # -- accounts -----------------------------------------------------------------------------------------------------------------

    def accounts(self) -> list[Account]:
        """Everybody, by name."""
        with self._reading() as connection:
            return [_account(row) for row in connection.execute(select(account).order_by(account.c.name)).mappings()]

    def account(self, name: str) -> Account | None:
        """An account that may be used; None if there is none, or if it is disabled."""
        with self._reading() as connection:
            return _usable(connection, name)

    def add(self, name: str, role: Role, password: str | None, *, by: str) -> Account:
        """A new account (`password` None: it is only known through a proxy). Raises PeopleError."""
        name = one_line(name).strip()
        if not 0 < len(name) <= _LONGEST_NAME:
            raise PeopleError(f"A name has 1 to {_LONGEST_NAME} characters.")
        kept = self._kept(name, password)
        with self._writing() as connection:
            if connection.execute(select(account.c.name).where(account.c.name == name)).first():
                raise PeopleError(f"There is an account {name} already.")
            connection.execute(insert(account).values(name=name, role=role, password=kept, made=self._clock()))
            self._note(connection, by, f"account made, {role}", name)
        return Account(name=name, role=role, made=self._clock())

    def set_role(self, name: str, role: Role, *, by: str) -> None:
        """Another role, from the next request on. Raises PeopleError."""
        self._change(name, {"role": role}, by, f"role: {role}")

    def set_disabled(self, name: str, *, disabled: bool, by: str) -> None:
        """Shut an account, which ends its sessions, or open it again. Raises PeopleError."""
        self._change(name, {"disabled": self._clock() if disabled else None}, by, "account disabled" if disabled else "account enabled")

    def set_password(self, name: str, password: str, *, by: str) -> None:
        """Another password, which ends all sessions of the account. Raises PeopleError."""
        self._change(name, {"password": self._kept(name, password)}, by, "password changed")

    def _kept(self, name: str, password: str | None) -> str:
        if password is None:
            return ""
        if said := passwords.fault(password, name):
            raise PeopleError(said)
        return passwords.hashed(password)

    def _change(self, name: str, values: dict[str, object], by: str, what: str) -> None:
        with self._writing() as connection:
            found = connection.execute(select(account).where(account.c.name == name).with_for_update()).mappings().first()
            if found is None:
                raise PeopleError(f"There is no account {name}.")
            after = {**found, **values}
            if after["role"] != "administrator" or after["disabled"] is not None:
                self._refuse_the_last(connection, name)
            connection.execute(update(account).where(account.c.name == name).values(**values))
            if "role" not in values:
                connection.execute(delete(session).where(session.c.name == name))
            self._note(connection, by, what, name)

    @staticmethod
    def _refuse_the_last(connection: Connection, name: str) -> None:
        """Raises PeopleError if nobody but `name` may keep the accounts."""
        administrators = connection.execute(
            select(account.c.name).where(account.c.role == "administrator", account.c.disabled.is_(None))
        ).scalars()
        if set(administrators) == {name}:
            raise PeopleError(f"{name} is the only administrator. Make another one first.")

    # -- sessions -----------------------------------------------------------------------------------------------------------------

    def has_password(self, name: str, password: str) -> bool:
        """Whether an account can be used with a password; it takes as long where there is no such account."""
        with self._reading() as connection:
            kept = connection.execute(select(account.c.password).where(account.c.name == name, account.c.disabled.is_(None))).scalar()
        return passwords.is_right(password, kept or "")

    def begin_session(self, name: str, password: str, *, at: str) -> str | None:
        """The secret of a new session for who has the password; None, after the same time, for who has not. `at` is an address."""
        right, made = self.has_password(name, password), secrets.token_urlsafe(32)
        with self._writing() as connection:
            if right:
                now = self._clock()
                connection.execute(delete(session).where((session.c.begun < now - LONGEST) | (session.c.seen < now - IDLE)))
                connection.execute(insert(session).values(hash=_hash(made), name=name, begun=now, seen=now))
            self._note(connection, _known(connection, name), "login" if right else "login refused", at)
        return made if right else None

    def known(self, name: str) -> str:
        """How the audit log calls who says to be `name`."""
        with self._reading() as connection:
            return _known(connection, name)

    def by_session(self, secret: str) -> Account | None:
        """Whose session it is; None if it has ended."""
        now = self._clock()
        with self._reading() as connection:
            row = connection.execute(select(session).where(session.c.hash == _hash(secret))).mappings().first()
            if row is None or now >= row["begun"] + LONGEST or now >= row["seen"] + IDLE:
                return None
            found = _usable(connection, row["name"])
        if found is not None and now >= row["seen"] + _SEEN:
            with self._writing() as connection:
                connection.execute(update(session).where(session.c.hash == row["hash"]).values(seen=now))
        return found

    def sessions(self, name: str) -> int:
        """How many sessions of an account there are."""
        with self._reading() as connection:
            return len(connection.execute(select(session.c.hash).where(session.c.name == name)).all())

    def end_session(self, secret: str) -> None:
        """End a session."""
        with self._writing() as connection:
            connection.execute(delete(session).where(session.c.hash == _hash(secret)))

    def end_sessions(self, name: str) -> None:
        """End all sessions of an account."""
        with self._writing() as connection:
            connection.execute(delete(session).where(session.c.name == name))
            self._note(connection, name, "all sessions ended", name)

    # -- tokens -------------------------------------------------------------------------------------------------------------------

    def issue(self, name: str, label: str, role: Role, days: int, *, by: str) -> str:
        """A new key for programs: its secret, which is shown once. Raises PeopleError for a role above that of its owner."""
        owner = self.account(name)
        if owner is None:
            raise PeopleError(f"There is no account {name} that can be used.")
        if lesser(owner.role, role) != role:
            raise PeopleError(f"{name} is {with_article(owner.role)}, and cannot give a program the role of {with_article(role)}.")
        made, now = f"pb_{secrets.token_urlsafe(32)}", self._clock()
        values = {"id": secrets.token_hex(4), "hash": _hash(made), "name": name, "label": one_line(label)[:_LONGEST_NAME] or "token"}
        with self._writing() as connection:
            connection.execute(insert(token).values(**values, role=role, made=now, ends=now + days * 86_400))
            self._note(connection, by, f"token {values['id']} made, {role}, {days} days", name)
        return made

    def by_token(self, secret: str) -> Account | None:
        """Whose key it is, with no more rights than the key has; None if it has ended."""
        with self._reading() as connection:
            row = connection.execute(select(token).where(token.c.hash == _hash(secret))).mappings().first()
            if row is None or row["revoked"] is not None or self._clock() >= row["ends"]:
                return None
            found = _usable(connection, row["name"])
        return None if found is None else msgspec.structs.replace(found, role=lesser(found.role, row["role"]))

    def tokens(self, name: str | None = None) -> list[Token]:
        """The keys of an account, or all."""
        query = select(token).order_by(token.c.made, token.c.id)
        with self._reading() as connection:
            found = connection.execute(query if name is None else query.where(token.c.name == name)).mappings()
            return [msgspec.convert({key: row[key] for key in Token.__struct_fields__}, type=Token) for row in found]

    def revoke(self, identity: str, *, by: str, of: str | None = None) -> None:
        """End a key, of `of` where that is given. Raises PeopleError if there is none."""
        chosen = (token.c.id == identity) & (token.c.revoked.is_(None))
        with self._writing() as connection:
            done = connection.execute(
                update(token).where(chosen if of is None else chosen & (token.c.name == of)).values(revoked=self._clock())
            )
            if done.rowcount != 1:
                raise PeopleError(f"There is no token {identity} that could be revoked.")
            self._note(connection, by, f"token {identity} revoked", of or "")

    # -- what was done ------------------------------------------------------------------------------------------------------------

    def note(self, who: str, what: str, about: str) -> None:
        """Write a line into the audit log."""
        with self._writing() as connection:
            self._note(connection, who, what, about)

    def _note(self, connection: Connection, who: str, what: str, about: str) -> None:
        connection.execute(insert(audit).values(time=self._clock(), who=one_line(who)[:200], what=what, about=one_line(about)[:500]))

    def acts(self, most: int = 500, before: int | None = None) -> Sequence[Act]:
        """The last lines of the audit log, the latest first."""
        query = select(audit).order_by(audit.c.number.desc()).limit(most)
        with self._reading() as connection:
            found = connection.execute(query if before is None else query.where(audit.c.number < before)).mappings()
            return [msgspec.convert({key: row[key] for key in Act.__struct_fields__}, type=Act) for row in found]


def _hash(secret: str) -> str:
    """What is kept of a secret that nobody can guess."""
    return sha256_hex(secret.encode("utf-8", "replace"))


def _known(connection: Connection, name: str) -> str:
    """The name of an account, else a word for nobody's: a name that nobody has may be a password, typed into the wrong field."""
    return connection.execute(select(account.c.name).where(account.c.name == name)).scalar() or _UNKNOWN


def _usable(connection: Connection, name: str) -> Account | None:
    row = connection.execute(select(account).where(account.c.name == name, account.c.disabled.is_(None))).mappings().first()
    return None if row is None else _account(row)


def _account(row: object) -> Account:
    return msgspec.convert({key: row[key] for key in Account.__struct_fields__}, type=Account)  # type: ignore[index] # a row by names
