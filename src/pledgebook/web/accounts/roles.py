"""What a person may do, least first."""

from typing import Literal, get_args

#: reader: the pages and the API; coder: decide at the bench; reviewer: settle what others decided or sent, many at once; administrator: people.
Role = Literal["reader", "coder", "reviewer", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
#: What a route asks for, least first: "anyone", who need not be known; a "reader", who must be in a closed book only; a "member", who has an account of
#: whatever role; or a role. There is no route without one.
Needed = Literal["anyone", "reader", "member", "coder", "reviewer", "administrator"]


def may(role: Role | None, needed: Needed) -> bool:
    """Whether somebody of that role (None: nobody who is known) may do what needs another."""
    if needed == "anyone" or role is None:
        return needed == "anyone"
    return needed == "member" or ROLES.index(role) >= ROLES.index(needed)


def with_article(role: Needed) -> str:
    """A role as a sentence tells it: "a coder", "an administrator"."""
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"


def lesser(one: Role, other: Role) -> Role:
    """The role of the two that may do less."""
    return min(one, other, key=ROLES.index)
