"""Keys while a source is being read that does its worst: the network's work is never the interface's."""

import asyncio
import threading
from contextlib import suppress

import pytest

from reader.fetch.content_encoding import Decoding
from reader.models import FailureKind
from tests import add_source
from tests.fetch.scripted_server import PATIENCE, Call, Server, reply
from tests.ui.app_driver import FilledLibrary, OpenReader

TITLES = ("Ferry returns", "Seals on the sand", "Council votes")


async def test_keys_act_while_what_came_is_being_unpacked(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The decoder stands still, and with it the thread in which it runs: that must not be the one of the keys."""
    unpacking, go_on, over = threading.Event(), threading.Event(), threading.Event()
    feed = Decoding.feed

    def stand_still(self: Decoding, data: bytes) -> object:
        unpacking.set()
        go_on.wait(PATIENCE)
        over.set()
        return feed(self, data)

    filled.headlines(filled.paper("The Gull"), *TITLES)
    add_source(filled.library, server.says("/feed", reply(b"<rss/>")), "The Weir")
    monkeypatch.setattr(Decoding, "feed", stand_still)
    async with open_reader(offline=False, wait=False) as reader:
        assert await asyncio.to_thread(unpacking.wait, PATIENCE)
        while not reader.app.main_screen.loaded:
            await reader.pilot.pause()
        for title in TITLES[1:]:
            await reader.pilot.press("j")
            await reader.pilot.pause()
            row = reader.app.main_screen.headlines._list.row
            assert row is not None
            assert row.title == title
        assert not over.is_set()
        go_on.set()
        await reader.wait_until_idle()


async def test_a_source_that_sends_without_an_end_fails_with_its_reason(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    def pour(call: Call) -> None:
        with suppress(OSError):
            call.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while not call.server.ended.is_set():
                call.send(b"1\r\na\r\n" * 500)

    source = add_source(filled.library, server.says("/feed", pour), "The Weir")
    async with open_reader(offline=False) as reader:
        assert "sends its answer in far too many parts" in reader.footer
    kept = filled.library.source(source.id)
    assert kept is not None
    assert kept.failure is not None
    assert kept.failure.kind is FailureKind.TOO_MANY_PARTS
