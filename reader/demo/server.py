"""The server of the demo: four papers on loopback, a port each, until it is stopped.

Nothing but 127.0.0.1 is bound and nothing is written to disk. `clock` gives UTC seconds; the stories' times count back
from its value at the start, and a story whose time is still to come joins its feed when the clock gets there.
"""

import gzip
import hashlib
import re
import socket
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import formatdate, parsedate_to_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from reader.demo import pictures, stories
from reader.demo.edition import Edition, PaperTitle
from reader.demo.papers import harbourpost, kinhtesang, ledger, songhong
from reader.models import NewSource

TITLES = (songhong.TITLE, harbourpost.TITLE, kinhtesang.TITLE, ledger.TITLE)
PICTURE = re.compile(r"/pictures/([a-z]+)-(\d+)-(\d+)\.png")
WAIT = 3.0  # seconds that stop() gives open connections to end


@dataclass(frozen=True, slots=True)
class DemoPaper:
    """A paper of a running demo. `brand_colour` is the name of one, `home` its front page."""

    key: str
    name: str
    short: str
    home: str
    feed_url: str
    language: str
    folder: str
    brand_colour: str

    @property
    def new_source(self) -> NewSource:
        """What a library subscribes to."""
        return NewSource(
            self.feed_url,
            self.name,
            short=self.short,
            home=self.home,
            folder=self.folder,
            language=self.language,
            brand_colour=self.brand_colour,
        )


@dataclass(frozen=True, slots=True)
class ServedPage:
    """What a path holds: the bytes, their type, and when they last changed (UTC seconds)."""

    body: bytes
    type: str
    changed: float
    status: HTTPStatus = HTTPStatus.OK


class DemoServer:
    """Four papers that are served between `start` and `stop`, or inside `with`.

    `papers` says where they are, `asked` which (paper, path) were asked for, in order, `edition` what they print.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.clock = clock
        self.asked: list[tuple[str, str]] = []
        self.papers: tuple[DemoPaper, ...] = ()
        self._servers: list[_Server] = []

    def start(self) -> None:
        """Bind the ports and serve from threads of our own. OSError where loopback gives no port."""
        self._servers = [_Server(self, title) for title in TITLES]
        homes = {server.title.key: server.home for server in self._servers}
        start = datetime.fromtimestamp(int(self.clock()) // 60 * 60, UTC)
        self.edition = Edition(start, stories.load_all(), {title.key: title for title in TITLES}, homes)
        self._paths = {title.key: _paths(self.edition, title) for title in TITLES}
        self.papers = tuple(_paper(title, homes[title.key]) for title in TITLES)
        for server in self._servers:
            server.run()

    def stop(self) -> None:
        """Close the ports and every open connection. May be called twice."""
        for server in self._servers:
            server.end()
        self._servers = []

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def page(self, title: PaperTitle, path: str) -> ServedPage:
        """What a paper gives for a path, the query left off."""
        now = datetime.fromtimestamp(self.clock(), UTC)
        edition, start = self.edition, self.edition.start.timestamp()
        if path == title.feed_path:
            listed = edition.listed(title.key, now)
            changed = max((edition.updated(story).timestamp() for story in listed), default=start)
            return ServedPage(title.feed(edition, listed).encode(), title.feed_type, changed)
        if found := PICTURE.fullmatch(path):
            scene, seed, width = found[1], int(found[2]), int(found[3])
            if scene in pictures.SCENES and width in pictures.WIDTHS:
                return ServedPage(pictures.draw(scene, seed, width), "image/png", start)
        if story := self._paths[title.key].get(path):
            return ServedPage(
                title.page(edition, story).encode(), "text/html; charset=utf-8", edition.updated(story).timestamp()
            )
        out = [story for story in edition.listed(title.key, now) if story.paper == title.key]
        if path in ("/", "/about"):
            return ServedPage(title.listing(edition, title.name, out).encode(), "text/html; charset=utf-8", start)
        for name, address in title.sections.items():
            if path == address:
                inside = [story for story in out if story.section == name]
                return ServedPage(title.listing(edition, name, inside).encode(), "text/html; charset=utf-8", start)
        return ServedPage(title.missing(edition).encode(), "text/html; charset=utf-8", start, HTTPStatus.NOT_FOUND)


def _paths(edition: Edition, title: PaperTitle) -> dict[str, stories.DemoStory]:
    return {edition.path(page): page for story in edition.of(title.key) for page in stories.in_pages(story)}


def _paper(title: PaperTitle, home: str) -> DemoPaper:
    return DemoPaper(
        title.key,
        title.name,
        title.short,
        f"{home}/",
        home + title.feed_path,
        title.language,
        title.folder,
        title.brand_colour,
    )


class _Server(ThreadingHTTPServer):
    """One paper's port, which knows its open connections so that it can end them."""

    daemon_threads = True

    def __init__(self, demo: DemoServer, title: PaperTitle) -> None:
        self.demo, self.title = demo, title
        self._open: set[socket.socket] = set()
        self._change = threading.Condition()
        super().__init__(("127.0.0.1", 0), _Handler)
        self.home = f"http://127.0.0.1:{self.server_address[1]}"

    def run(self) -> None:
        self._thread = threading.Thread(
            target=self.serve_forever, args=(0.05,), name=f"demo {self.title.key}", daemon=True
        )
        self._thread.start()

    def end(self) -> None:
        self.shutdown()
        self._thread.join()
        self.server_close()
        with self._change:
            for connection in self._open:
                _hang_up(connection)
            self._change.wait_for(lambda: not self._open, WAIT)

    def get_request(self) -> tuple[socket.socket, tuple[str, int]]:
        connection, address = super().get_request()
        with self._change:
            self._open.add(connection)
        return connection, address

    def close_request(self, request: socket.socket | tuple[bytes, socket.socket]) -> None:
        super().close_request(request)
        with self._change:
            self._open.discard(request)
            self._change.notify_all()

    def handle_error(self, request: socket.socket | tuple[bytes, socket.socket], client_address: object) -> None:
        """A reader that hangs up is no failure of the demo: nothing is printed. A fault of ours is."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _hang_up(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:  # the other side was quicker
        return


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "DemoPress"
    sys_version = ""
    server: _Server

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self.server.demo.asked.append((self.server.title.key, path))
        page = self.server.demo.page(self.server.title, path)
        tag = f'W/"{hashlib.sha256(page.body).hexdigest()[:20]}"'
        if page.status == HTTPStatus.OK and _same(
            self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since"), tag, page
        ):
            self._head(HTTPStatus.NOT_MODIFIED, {"ETag": tag, "Vary": "Accept-Encoding"})
            return
        body, headers = page.body, {"Content-Type": page.type, "ETag": tag, "Vary": "Accept-Encoding"}
        if "gzip" in self.headers.get("Accept-Encoding", "") and not page.type.startswith("image/"):
            body, headers["Content-Encoding"] = gzip.compress(body, 5, mtime=0), "gzip"
        headers |= {"Content-Length": str(len(body)), "Last-Modified": formatdate(page.changed, usegmt=True)}
        self._head(page.status, headers)
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET  # noqa: N815  # the base class looks for this name

    def _head(self, status: HTTPStatus, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """Nothing: the terminal belongs to the reader; tests look at `DemoServer.asked`."""


def _same(tags: str | None, since: str | None, tag: str, page: ServedPage) -> bool:
    """Whether the asker has this page already: by its tag, or, where it sends none, by time (RFC 9110, 13.2.2)."""
    if tags is not None:
        return tags.strip() == "*" or tag in [each.strip() for each in tags.split(",")]
    if since is None:
        return False
    try:
        return page.changed <= parsedate_to_datetime(since).timestamp()
    except ValueError:
        return False
