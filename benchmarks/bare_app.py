"""A bare FastAPI application that returns bytes from a folder, under the settings of `pledgebook serve`: what its rate is measured beside.

usage: python benchmarks/bare_app.py FOLDER PORT

FOLDER holds a folder for each kind of page, with a file for each page (0, 1, 2, ...) and the file `media`, its content type; a kind without pages
is answered with status 304 and nothing. Page 3 of the kind `promise` is at /promise/3.
"""

import sys
from pathlib import Path

from fastapi import FastAPI, Response

from pledgebook.web.running import listening, run


def bare_app(folder: Path) -> FastAPI:
    """The application."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    for kind in sorted(folder.iterdir()):
        _add(app, kind)
    return app


def _add(app: FastAPI, kind: Path) -> None:
    media = (kind / "media").read_text(encoding="utf-8")
    bodies = [(kind / str(number)).read_bytes() for number in range(sum(1 for _ in kind.iterdir()) - 1)]

    async def page(number: int) -> Response:
        return Response(bodies[number], media_type=media) if bodies else Response(status_code=304)

    app.add_api_route(f"/{kind.name}/{{number}}", page)


def main() -> None:
    """Serve until told to end."""
    folder, port = sys.argv[1:]
    with listening("127.0.0.1", int(port)) as (socket, _):
        run(bare_app(Path(folder)), socket)


if __name__ == "__main__":
    main()
