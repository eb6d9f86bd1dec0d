"""Passwords: argon2id, as the library's defaults have it (RFC 9106, low-memory profile), so slowly that guessing costs."""

import threading
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: Characters of a password: NIST SP 800-63B asks for at least 8 and for no rules of composition; what is too long only costs time.
SHORTEST, LONGEST = 12, 500
#: What cannot be guessed of it has 8, too; and of "aaaaaaaaaaaa" nothing is left to guess.
_BESIDE_NAME, _DIFFERENT = 8, 5
_hasher = PasswordHasher()
#: Each takes 64 MB for the time that it takes: a few at once.
_at_once = threading.BoundedSemaphore(2)
#: What is asked where there is no such account, so that it takes as long.
_NOBODY = _hasher.hash("nobody has this password")


def fault(password: str, name: str) -> str | None:
    """What is wrong with a new password, as a sentence; None if nothing is."""
    if len(password) < SHORTEST:
        return f"A password has at least {SHORTEST} characters."
    if len(password) > LONGEST:
        return f"A password has at most {LONGEST} characters."
    if len(password.casefold().replace(name.casefold(), "")) < _BESIDE_NAME:
        return f"Beside the account's name a password has at least {_BESIDE_NAME} characters."
    if len(set(password)) < _DIFFERENT:
        return f"A password has at least {_DIFFERENT} different characters."
    return None


def hashed(password: str) -> str:
    """What is kept of a password."""
    with _at_once:
        return _hasher.hash(_one_form(password))


def is_right(password: str, kept: str) -> bool:
    """Whether it is the password of which this was kept (empty: there is none; it takes as long to say so)."""
    with _at_once:
        try:
            _hasher.verify(kept or _NOBODY, _one_form(password[:LONGEST]))
        except (VerificationError, InvalidHashError):
            return False
    return bool(kept)


def _one_form(password: str) -> str:
    return unicodedata.normalize("NFKC", password)
