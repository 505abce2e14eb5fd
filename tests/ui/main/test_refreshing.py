"""The network comes and goes while a person reads: refresh, what is new, errors, offline, another process."""

import asyncio
import threading
from contextlib import suppress

import pytest
from textual import events

from reader import words
from reader.errors import DiskFull
from reader.fetch.content_encoding import Decoding
from reader.models import FailureKind
from reader.store import FeedChanges, Library
from tests import add_source
from tests.fetch.scripted_server import PATIENCE, Call, Server, reply
from tests.ui.app_driver import Clock, FilledLibrary, OpenReader, feed, web_page


async def test_the_first_refresh_fills_an_empty_list_and_r_says_what_came(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    story = server.says("/ferry", web_page("Ferry returns"))
    add_source(filled.library, server.says("/feed", feed(("Ferry returns", story))), "The Gull")
    async with open_reader(offline=False) as reader:
        assert "● Ferry returns" in reader.text
        assert "1 unread · 1 kept offline" in reader.lines[0]
        await reader.press("r")
        assert reader.footer == "Nothing new."


async def test_new_headlines_are_announced_and_the_list_stays_under_the_cursor(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    old, new = server.says("/old", web_page("Old news")), server.says("/new", web_page("New news"))
    url = server.says("/feed", feed(("Old news", old)), feed(("New news", new), ("Old news", old)))
    add_source(filled.library, url, "The Gull")
    async with open_reader(offline=False) as reader:
        await reader.press("j")
        await reader.press("R")
        assert "↑ 1 new  press ." in reader.lines[2]
        assert "New news" not in reader.text
        assert reader.footer == "1 new headline."
        await reader.press(".")
        assert "● New news" in reader.text
        assert "2 unread" in reader.lines[2]


async def test_a_source_that_fails_says_why_until_the_next_key_and_again_only_if_it_differs(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock
) -> None:
    add_source(filled.library, server.says("/feed", reply(status=404)), "Bản tin Mạch")
    async with open_reader(offline=False) as reader:
        sentence = "! Bản tin Mạch: the server answered 404: this address has moved or gone."
        assert reader.footer.startswith(sentence)
        assert reader.footer.endswith("? all keys")
        assert "1 error !" in reader.lines[0]
        await reader.press("escape")
        assert reader.footer.startswith("Enter open")
        clock.now += 7200
        reader.app.main_screen.live.every_minute()
        await reader.wait_until_idle()
        assert server.paths().count("/feed") == 2
        assert reader.footer.startswith("Enter open"), "it was so before"
        server.says("/feed", reply(status=500))
        clock.now += 7200
        reader.app.main_screen.live.every_minute()
        await reader.wait_until_idle()
        assert reader.footer.startswith("! Bản tin Mạch: the server answered 500"), "that is new"
        await reader.press("R")
        assert reader.footer.startswith("! Bản tin Mạch: the server answered 500"), "one has asked"


async def test_without_a_network_it_says_since_when_and_marks_what_cannot_be_read(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, other: Server
) -> None:
    for n, paper in enumerate((server, other)):
        add_source(filled.library, paper.url("/feed"), f"Paper {n}")
        paper.close()
    gull = filled.paper("The Gull")
    filled.headlines(gull, "Ferry returns")
    async with open_reader(offline=False) as reader:
        assert "Offline since 14:00 · 0 stories kept" in reader.lines[0]
        assert "The Gull · 14:00 · not kept" in reader.text
        assert not reader.footer.startswith("!"), "what the masthead says is not said for each source"


async def test_what_has_become_due_is_asked_again(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock
) -> None:
    url = server.says("/feed", feed(("Old news", server.says("/old", web_page("Old news")))))
    add_source(filled.library, url, "The Gull")
    async with open_reader(offline=False) as reader:
        assert server.paths().count("/feed") == 1
        reader.app.main_screen.live.every_minute()
        await reader.wait_until_idle()
        assert server.paths().count("/feed") == 1
        clock.now += 31 * 60
        reader.app.main_screen.live.every_minute()
        await reader.wait_until_idle()
        assert server.paths().count("/feed") == 2


async def test_o_keeps_everything_unread_for_offline(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    gull = filled.paper("The Gull", url=server.url("/rss"))
    server.says("/ferry-returns", web_page("Ferry returns"))
    filled.headlines(gull, "Ferry returns", "Lost for ever")
    async with open_reader() as reader:
        await reader.press("O")
        assert reader.footer == "Kept 1 story for offline; 1 failed, gone (404). It is: Lost for ever"
        assert "↓" in reader.text


async def test_what_another_process_did_is_shown(
    open_reader: OpenReader, filled: FilledLibrary, two_papers: dict[str, int]
) -> None:
    async with open_reader() as reader:
        with Library.open(filled.path, clock=filled.clock, who="cli") as elsewhere:
            elsewhere.mark_read([two_papers["Seals on the sand"]])
        reader.app.main_screen.live.check_for_changes()
        await reader.wait_until_idle()
        assert "● Seals on the sand" not in reader.text
        assert "Seals on the sand" in reader.text
        assert "5 unread" in reader.lines[2]


async def test_keys_are_answered_while_a_refresh_hangs(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    gull = filled.paper("The Gull")
    filled.headlines(gull, "Ferry returns", "Seals on the sand")
    add_source(filled.library, server.says("/feed", lambda call: call.gone()), "Slow Paper")
    async with open_reader(offline=False, wait=False) as reader:
        while not server.asked:
            await reader.pilot.pause()
        await reader.pilot.press("j", "m")
        await reader.pilot.pause()
        assert "0/1" in reader.lines[0]
        assert reader.app.main_screen.list_pane.cursor == 1
        assert "● Seals" not in reader.text


async def test_a_full_disk_is_one_quiet_line(
    open_reader: OpenReader, two_papers: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    sentence = "The disk is full. Nothing you marked is lost; new stories cannot be kept."

    def full(*_: object) -> None:
        raise DiskFull(sentence)

    async with open_reader() as reader:
        monkeypatch.setattr(reader.app.session.library, "mark_read", full)
        await reader.pilot.press("m")
        await reader.fail()
        assert reader.footer.startswith(f"! {sentence}")
        assert "Traceback" not in reader.text
        assert "● Ferry returns" in reader.text, "what is not written is not shown as done"


async def test_two_refreshes_asked_for_in_one_breath_are_one(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    url = server.says("/feed", feed(("Old news", server.says("/old", web_page("Old news")))))
    add_source(filled.library, url, "The Gull")
    async with open_reader() as reader:
        for key in ("R", "R", "O"):
            reader.app.post_message(events.Key(key, key))
        await reader.wait_until_idle()
        assert server.paths().count("/feed") == 1
        reader.app.main_screen.live.every_minute()
        await reader.press("R")
        assert server.paths().count("/feed") == 2, "the claim is given back"


async def test_a_refresh_that_is_asked_for_meanwhile_follows_and_asks_the_others(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock
) -> None:
    add_source(filled.library, server.says("/due", feed()), "Due")
    later = add_source(filled.library, server.says("/later", feed()), "Later")
    filled.library.keep_feed(later.id, FeedChanges(due_at=int(clock.now + 3600)), now=clock.now)
    async with open_reader() as reader:
        screen = reader.app.main_screen
        reader.app.session.offline = False
        assert screen.refresher.begin()
        await reader.press("R")
        assert reader.footer == "A refresh is running; yours follows it."
        await screen.refresher.refresh()
        await reader.wait_until_idle()
        assert server.paths() == ["/due", "/later"]


async def test_what_is_due_waits_while_a_refresh_is_about_to_begin(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    add_source(filled.library, server.says("/feed", feed()), "The Gull")
    async with open_reader() as reader:
        reader.app.session.offline = False
        reader.app.main_screen.live.every_minute()
        reader.app.post_message(events.Key("R", "R"))
        await reader.wait_until_idle()
        assert server.paths().count("/feed") == 1


async def test_opened_offline_it_asks_nobody_offers_summaries_and_still_refreshes_when_told_to(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, other: Server, clock: Clock
) -> None:
    add_source(
        filled.library, server.says("/feed", feed(("Old news", server.says("/old", web_page("Old news"))))), "Gull"
    )
    (page,) = filled.headlines(filled.paper("Ledger", url=other.url("/rss")), "Quarry signs")
    other.close()
    async with open_reader(offline=True) as reader:
        assert "Offline since 14:00 · 0 stories kept" in reader.lines[0]
        assert not server.asked
        clock.now += 60
        await reader.press("enter")
        assert "Not kept. It will come with the network; here is its summary." in " ".join(reader.text.split())
        assert "What became of it: quarry signs." in reader.text
        assert filled.row(page).read
        assert "Offline since 14:00" in reader.lines[0]
        await reader.press("h", "R")
        assert server.paths().count("/feed") == 1
        assert "Offline" not in reader.lines[0]


async def test_opened_offline_a_refresh_that_reaches_nobody_leaves_it_so(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, other: Server, clock: Clock
) -> None:
    for n, paper in enumerate((server, other)):
        add_source(filled.library, paper.url("/feed"), f"Paper {n}")
        paper.close()
    async with open_reader(offline=True) as reader:
        clock.now += 60
        await reader.press("R")
        assert "Offline since 14:00 · 0 stories kept" in reader.lines[0]
        assert reader.footer == words.no_network()
        assert [source.failure for source in filled.library.sources()] == [None, None], "it is not their fault"


async def test_without_a_desk_the_reader_goes_on_and_tries_again(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = server.says("/story", web_page("A story"))
    add_source(filled.library, server.says("/feed", feed(("A story", story))), "The Gull")
    async with open_reader() as reader:
        with monkeypatch.context() as broken:
            broken.setattr("reader.news.stories.StoryLoader.__init__", lambda *_, **__: 1 / 0)
            await reader.pilot.press("R")
            await reader.fail()
            assert "Something went wrong; see the log" in reader.footer
        await reader.press("R")
        assert reader.footer == "1 new headline."


async def test_keys_act_while_what_came_is_being_unpacked(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The decoder stands still, and with it the thread in which it runs: that must not be the one of the keys."""
    unpacking, go_on, over = threading.Event(), threading.Event(), threading.Event()
    unpack = Decoding.feed

    def stand_still(self: Decoding, data: bytes) -> object:
        unpacking.set()
        go_on.wait(PATIENCE)
        over.set()
        return unpack(self, data)

    titles = ("Ferry returns", "Seals on the sand", "Council votes")
    filled.headlines(filled.paper("The Gull"), *titles)
    add_source(filled.library, server.says("/feed", reply(b"<rss/>")), "The Weir")
    monkeypatch.setattr(Decoding, "feed", stand_still)
    async with open_reader(offline=False, wait=False) as reader:
        assert await asyncio.to_thread(unpacking.wait, PATIENCE)
        while not reader.app.main_screen.loaded:
            await reader.pilot.pause()
        for title in titles[1:]:
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


async def test_a_refresh_is_answered_in_a_story_alone_and_the_word_goes_with_it(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    gull = filled.paper("The Gull", url=server.says("/rss", feed(("Ferry returns", server.url("/ferry-returns")))))
    (page,) = filled.headlines(gull, "Ferry returns")
    filled.keep(page)
    async with open_reader(columns=80, rows=24, offline=False) as reader:
        await reader.press("enter")
        await reader.pilot.press("R")
        screen = reader.app.main_screen
        while not screen.refreshing and screen.note is None:
            await reader.pilot.pause()
        assert screen.note is not None
        assert screen.note.text == "Refreshing 1 source…"
        await reader.wait_until_idle()
        assert reader.footer == "Nothing new."
