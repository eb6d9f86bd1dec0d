"""Accounts, sessions and keys as they are kept, in a folder and on PostgreSQL."""

import stat
from pathlib import Path

import pytest
from tests.web.accounts.conftest import PASSWORD, Clock

from pledgebook.book.place import Place
from pledgebook.web.accounts.people import IDLE, LONGEST, People, PeopleError


@pytest.fixture
def clock(people: People) -> Clock:
    found = people._clock
    assert isinstance(found, Clock)
    return found


@pytest.fixture
def ada(people: People) -> People:
    people.add("Ada", "administrator", PASSWORD, by="test")
    return people


def test_a_session_begins_with_the_password_and_ends_when_it_is_ended(ada: People) -> None:
    assert ada.begin_session("Ada", "another password", at="192.0.2.1") is None
    assert ada.begin_session("Bob", PASSWORD, at="192.0.2.1") is None
    one, other = (ada.begin_session("Ada", PASSWORD, at="192.0.2.1") for _ in range(2))
    assert one is not None
    assert other is not None
    assert one != other
    found = ada.by_session(one)
    assert found is not None
    assert (found.name, found.role) == ("Ada", "administrator")
    assert ada.by_session(one + "x") is None
    ada.end_session(one)
    assert ada.by_session(one) is None
    assert ada.by_session(other) is not None
    ada.end_sessions("Ada")
    assert ada.by_session(other) is None


def test_a_session_ends_after_a_while_and_when_it_is_not_used(ada: People, clock: Clock) -> None:
    secret = ada.begin_session("Ada", PASSWORD, at="") or ""
    begun = clock.now
    while clock.now + IDLE - 1 < begun + LONGEST:
        clock.now += IDLE - 1
        assert ada.by_session(secret) is not None
    clock.now = begun + LONGEST
    assert ada.by_session(secret) is None
    other = ada.begin_session("Ada", PASSWORD, at="") or ""
    clock.now += IDLE
    assert ada.by_session(other) is None


@pytest.mark.parametrize("change", ["password", "disabled"])
def test_who_is_shut_out_is_out_at_once(ada: People, change: str) -> None:
    ada.add("Bob", "coder", PASSWORD, by="Ada")
    secret = ada.begin_session("Bob", PASSWORD, at="") or ""
    key = ada.issue("Bob", "script", "coder", 1, by="Bob")
    assert ada.by_session(secret)
    assert ada.by_token(key)
    if change == "password":
        ada.set_password("Bob", "another long sentence", by="Ada")
        assert not ada.has_password("Bob", PASSWORD)
        assert ada.by_token(key)
    else:
        ada.set_disabled("Bob", disabled=True, by="Ada")
        assert not ada.has_password("Bob", PASSWORD)
        assert ada.by_token(key) is None
        ada.set_disabled("Bob", disabled=False, by="Ada")
        assert ada.has_password("Bob", PASSWORD)
    assert ada.by_session(secret) is None


def test_a_key_does_no_more_than_it_may_and_ends(ada: People, clock: Clock) -> None:
    ada.add("Bob", "reviewer", PASSWORD, by="Ada")
    with pytest.raises(PeopleError, match="cannot give a program the role of an administrator"):
        ada.issue("Bob", "script", "administrator", 1, by="Bob")
    key = ada.issue("Bob", "script", "coder", 2, by="Bob")
    found = ada.by_token(key)
    assert found is not None
    assert (found.name, found.role) == ("Bob", "coder")
    ada.set_role("Bob", "reader", by="Ada")
    found = ada.by_token(key)
    assert found is not None
    assert found.role == "reader"
    clock.now += 2 * 86_400
    assert ada.by_token(key) is None
    other = ada.issue("Bob", "script", "reader", 2, by="Bob")
    identity = ada.tokens("Bob")[-1].id
    with pytest.raises(PeopleError):
        ada.revoke(identity, by="Ada", of="Ada")
    ada.revoke(identity, by="Ada")
    assert ada.by_token(other) is None
    with pytest.raises(PeopleError):
        ada.revoke(identity, by="Ada")


@pytest.mark.parametrize(
    ("password", "said"),
    [("short", "at least"), ("x" * 501, "at most"), ("ada, ada, adada", "Beside the account"), ("aaaaabbbbbccccc", "5 different")],
)
def test_a_password_that_is_none_is_refused(ada: People, password: str, said: str) -> None:
    with pytest.raises(PeopleError, match=said):
        ada.set_password("Ada", password, by="Ada")
    assert ada.has_password("Ada", PASSWORD)


def test_a_password_is_the_same_however_its_letters_are_composed(ada: People) -> None:
    ada.set_password("Ada", "e\u0301te\u0301 \u00e0 la campagne", by="Ada")
    assert ada.has_password("Ada", "\u00e9t\u00e9 \u00e0 la campagne")


def test_an_account_without_a_password_has_none(ada: People) -> None:
    ada.add("Proxy", "coder", None, by="Ada")
    assert not ada.has_password("Proxy", "")
    assert ada.account("Proxy") is not None


@pytest.mark.parametrize("name", ["", "  ", "x" * 81])
def test_a_name_that_is_none_is_refused(ada: People, name: str) -> None:
    with pytest.raises(PeopleError):
        ada.add(name, "coder", PASSWORD, by="Ada")


def test_a_name_is_one_person(ada: People) -> None:
    with pytest.raises(PeopleError, match="already"):
        ada.add("Ada", "coder", PASSWORD, by="Ada")
    with pytest.raises(PeopleError, match="no account"):
        ada.set_role("Bob", "coder", by="Ada")


def test_the_last_administrator_stays(ada: People) -> None:
    with pytest.raises(PeopleError, match="only administrator"):
        ada.set_role("Ada", "coder", by="Ada")
    with pytest.raises(PeopleError, match="only administrator"):
        ada.set_disabled("Ada", disabled=True, by="Ada")
    ada.add("Bob", "administrator", PASSWORD, by="Ada")
    ada.set_role("Ada", "coder", by="Bob")
    assert [(one.name, one.role) for one in ada.accounts()] == [("Ada", "coder"), ("Bob", "administrator")]


def test_what_is_done_is_told_and_no_secret_with_it(ada: People, place: Place) -> None:
    key = ada.issue("Ada", "script", "reader", 1, by="Ada")
    secret = ada.begin_session("Ada", PASSWORD, at="192.0.2.1") or ""
    ada.begin_session("a password in the wrong field", PASSWORD, at="192.0.2.2")
    ada.begin_session("Ada", "not this one", at="192.0.2.3")
    assert [(act.who, act.what.partition(" ")[0], act.about) for act in reversed(ada.acts())] == [
        ("test", "account", "Ada"),
        ("Ada", "token", "Ada"),
        ("Ada", "login", "192.0.2.1"),
        ("(no such account)", "login", "192.0.2.2"),
        ("Ada", "login", "192.0.2.3"),
    ]
    assert [act.what for act in ada.acts(2)] == ["login refused", "login refused"]
    assert len(ada.acts(before=ada.acts()[0].number)) == 4
    if place.is_folder:
        kept = (place.folder / "people.sqlite").read_bytes()
        for told in (key, secret, PASSWORD, "a password in the wrong field", "not this one"):
            assert told.encode() not in kept
        assert stat.S_IMODE(Path(place.folder / "people.sqlite").stat().st_mode) == 0o600


def test_people_are_no_part_of_the_book(ada: People, place: Place) -> None:
    from pledgebook.book.checking import verify
    from pledgebook.book.opening import open_book

    with open_book(place) as book:
        assert list(verify(book)) == []
    assert ada.account("Ada") is not None
