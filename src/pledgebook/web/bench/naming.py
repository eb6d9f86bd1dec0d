"""Who works here: asked once, /bench/name."""

from starlette.responses import Response

from pledgebook.web.bench import people
from pledgebook.web.bench.asking import Asking


def name_page(asking: Asking) -> Response:
    """The question."""
    return _ask(asking, asking.query.one("to"), people.coder(asking.request))


def name_act(asking: Asking) -> Response:
    """The answer, which the browser keeps."""
    name, to = people.clean(asking.sent.one("name")), asking.sent.one("to")
    if not name:
        return _ask(asking, to, "", problem="A decision needs a name. Write yours.")
    response = asking.go(to if _is_bench(to) else "/bench")
    people.remember(asking.request, response, name)
    return response


def _is_bench(to: str) -> bool:
    """Whether an address is one of the bench, and not one elsewhere."""
    return to == "/bench" or to.startswith(("/bench/", "/bench?"))


def _ask(asking: Asking, to: str, name: str, problem: str = "") -> Response:
    return asking.page("name.html", 422 if problem else 200, to_=to, name=name, problem=problem, last=None)
