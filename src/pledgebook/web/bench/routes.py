"""The addresses of the bench."""

from starlette.responses import Response
from starlette.routing import BaseRoute

from pledgebook.web.accounts.gate import needing
from pledgebook.web.bench.asking import Asking, Bench, acts, shown
from pledgebook.web.bench.coding.acts import assign, own_act
from pledgebook.web.bench.coding.pages import coding_page, export, own_page, set_page
from pledgebook.web.bench.coding.settling import settle_act, settle_page
from pledgebook.web.bench.document_page import document_act, document_page, documents_page
from pledgebook.web.bench.inbox_page import inbox_act, inbox_page
from pledgebook.web.bench.links_page import links_act, links_list, links_page
from pledgebook.web.bench.naming import name_act, name_page
from pledgebook.web.bench.queue_page import bulk, queue_page
from pledgebook.web.bench.record_acts import record_act
from pledgebook.web.bench.record_page import record_page
from pledgebook.web.bench.undoing import undo
from pledgebook.web.site import Site


def bench_routes(site: Site) -> list[BaseRoute]:
    """Every page and form of the bench."""
    bench = Bench(site)
    site.followers.extend((bench.queue.keep_up, bench.ties.keep_up))
    own_name = (
        ()
        if site.settings.team
        else (shown(bench, "/bench/name", name_page, named=False), acts(bench, "/bench/name", name_act, named=False))
    )
    return [
        *needing("anyone", *own_name),
        *needing(
            "coder",
            shown(bench, "/bench", queue_page),
            shown(bench, "/bench/keys", keys_page),
            acts(bench, "/bench/undo", undo),
            shown(bench, "/bench/c/{id}", record_page),
            acts(bench, "/bench/c/{id}", record_act),
            shown(bench, "/bench/documents", documents_page),
            shown(bench, "/bench/d/{id}", document_page),
            acts(bench, "/bench/d/{id}", document_act),
            shown(bench, "/bench/coding", coding_page),
            shown(bench, "/bench/coding/{set}", set_page),
            shown(bench, "/bench/coding/{set}/export/{file}", export),
            shown(bench, "/bench/coding/{set}/{id}", own_page),
            acts(bench, "/bench/coding/{set}/{id}", own_act),
            shown(bench, "/bench/links", links_list),
            shown(bench, "/bench/links/{id}", links_page),
            acts(bench, "/bench/links/{id}", links_act),
        ),
        # What settles much at once, what others decided, and what readers sent.
        *needing(
            "reviewer",
            acts(bench, "/bench/bulk", bulk),
            shown(bench, "/bench/inbox", inbox_page),
            acts(bench, "/bench/inbox", inbox_act),
            acts(bench, "/bench/coding", assign),
            shown(bench, "/bench/coding/{set}/{id}/settle", settle_page),
            acts(bench, "/bench/coding/{set}/{id}/settle", settle_act),
        ),
    ]


def keys_page(asking: Asking) -> Response:
    """What each key does."""
    return asking.page("keys.html", last=None)
