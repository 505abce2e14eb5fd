"""A person opens `!` and sees what fails, why, when it is asked again, and what to do; and does it."""

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from textual.screen import Screen

from reader.errors import DiskFull
from reader.models import Failure, FailureKind, Source
from reader.store import FeedChanges
from reader.ui.dialogs.add_source import AddSource
from reader.ui.dialogs.source_settings import SourceSettings
from reader.ui.pages.failing_sources import FailingSources, failing_sources, remedies
from reader.words import failed_sources as failed_sources_words
from tests import add_source
from tests.fetch.scripted_server import Server, reply
from tests.ui.app_driver import NOW, AppDriver, Clock, FilledLibrary, OpenReader, browser_into, feed

DAY = 86400


def fail(filled: FilledLibrary, source: Source, failure: Failure, *, ago: float = 0, again: float = 1800) -> None:
    """Let a visit to a source have failed so many seconds ago."""
    now = filled.clock.now - ago
    filled.library.keep_failure(source.id, failure, due_at=int(filled.clock.now + again), now=now)


async def opened(reader: AppDriver) -> FailingSources:
    await reader.press("!")
    page = reader.app.screen
    assert isinstance(page, FailingSources)
    return page


async def until(reader: AppDriver, true: Callable[[], bool]) -> None:
    """Wait for an answer that comes beside the keys, as a person does who looks at the page."""
    for _ in range(400):
        await reader.wait_until_idle()
        if isinstance(page := reader.app.screen, FailingSources):
            page.check_for_changes()
        await reader.pilot.pause()
        if true():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"it never came:\n{reader.text}")


async def test_the_page_says_who_fails_since_when_why_and_what_to_do(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    mach, canal = filled.paper("Bản tin Mạch"), filled.paper("Le Canal")
    filled.paper("The Gull")
    fail(filled, mach, Failure(FailureKind.HTTP, mach.url, status=404), ago=4 * DAY)
    fail(filled, mach, Failure(FailureKind.HTTP, mach.url, status=404), ago=DAY / 2)
    fail(filled, canal, Failure(FailureKind.TIMEOUT, canal.url, seconds=20), ago=120)
    async with open_reader(columns=120, rows=40, offline=False) as reader:
        await opened(reader)
        assert reader.lines[0].split("  ")[1] == "Failed sources"
        assert "2 of 3. What was kept is still here to read." in reader.lines[0]
        first = next(n for n, line in enumerate(reader.lines) if "Bản tin Mạch" in line)
        name, reason, asked, todo = (line.strip() for line in reader.lines[first : first + 4])
        assert name.startswith("▌ ! Bản tin Mạch  bản-tin-mạch.example")
        assert name.endswith("since Tuesday, 2 tries")
        assert reason.endswith("The server answered 404: this address has moved or gone.")
        assert asked.endswith("Tried at 02:00, next at 14:30.")
        assert todo.endswith("a look for its new address   o open the home page   d remove it")
        assert "! Le Canal" in reader.text
        assert "today, 1 try" in reader.text
        assert "No answer within 20 seconds. What was kept is still here." in reader.text
        assert "Enter try again   e give it more time" in reader.text
        assert "The Gull" not in reader.text
        assert reader.footer.startswith("Enter try again   R try all again   j k choose")
        assert reader.footer.endswith("Esc back to reading")


async def test_a_feed_that_is_broken_says_how_many_headlines_were_kept(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    notes = filled.paper("Field Notes")
    fault = Failure(FailureKind.BROKEN_FEED, notes.url, line=214, entries=31)
    filled.library.keep_feed(
        notes.id, FeedChanges(due_at=int(filled.clock.now + 1800), fault=fault), now=filled.clock.now
    )
    async with open_reader(offline=False) as reader:
        await opened(reader)
        assert "The feed has an error on line 214. 31 headlines could be read and were kept." in reader.text
        assert "Tried at 14:00, next at 14:30." in reader.text


async def test_where_nothing_fails_the_page_says_when_all_answered(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    filled.paper("The Gull")
    filled.paper("Le Canal")
    async with open_reader() as reader:
        await opened(reader)
        assert "Every source answered at 14:00." in reader.text
        assert reader.footer == "Esc back to reading"
        await reader.press("d", "r", "R")
        assert len(filled.library.sources()) == 2, "there is nothing to remove here"
        await reader.press("escape")
        assert not isinstance(reader.app.screen, FailingSources)


async def test_enter_asks_again_and_the_source_leaves_the_page_when_it_answers(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    url = server.says("/feed", feed(("Ferry returns", server.url("/ferry"))))
    gull = add_source(filled.library, url, "The Gull")
    fail(filled, gull, Failure(FailureKind.HTTP, url, status=503), ago=60)
    fail(filled, filled.paper("Le Canal"), Failure(FailureKind.TLS))
    async with open_reader(offline=False) as reader:
        await opened(reader)
        assert server.paths() == [], "it is not due"
        await reader.pilot.press("enter")
        assert "trying now" in reader.text
        await until(reader, lambda: "The Gull" not in "\n".join(reader.lines[:-1]))
        assert server.paths().count("/feed") == 1
        assert "Le Canal" in reader.text
        assert reader.footer in ("The Gull: 1 headline.", "The Gull has answered.")
        await reader.press("q")
        assert "Ferry returns" in reader.text


async def test_a_source_that_fails_again_stays_with_another_try(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock
) -> None:
    url = server.says("/feed", reply(status=404), reply(status=500))
    gull = add_source(filled.library, url, "The Gull")
    fail(filled, gull, Failure(FailureKind.HTTP, url, status=404), ago=60)
    async with open_reader(offline=False) as reader:
        await opened(reader)
        assert "today, 1 try" in reader.text
        clock.now += 60
        await reader.pilot.press("r")
        await until(reader, lambda: "2 tries" in reader.text)
        assert "Tried at 14:01" in reader.text
        assert "trying now" not in reader.text


async def test_r_capital_asks_all_of_them_and_nobody_else(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, other: Server
) -> None:
    for number, paper in enumerate((server, other)):
        source = add_source(filled.library, paper.says("/feed", feed()), f"Paper {number}")
        fail(filled, source, Failure(FailureKind.NO_CONNECTION, source.url))
    wait_until_idle = server.says("/wait_until_idle", feed())
    filled.headlines(add_source(filled.library, wait_until_idle, "Calm"))
    async with open_reader(offline=False) as reader:
        await opened(reader)
        await reader.pilot.press("R")
        await until(reader, lambda: "Every source answered" in reader.text)
        assert server.paths() == ["/feed"]
        assert other.paths() == ["/feed"]
        assert "2 sources work again." in reader.footer


async def test_d_removes_a_source_and_undo_brings_it_back_on_the_page(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    for name in ("Alpha", "Beta"):
        fail(filled, filled.paper(name), Failure(FailureKind.NOT_A_FEED))
    async with open_reader() as reader:
        await opened(reader)
        await reader.press("j", "d")
        await until(reader, lambda: "! Beta" not in reader.text)
        assert [source.title for source in filled.library.sources()] == ["Alpha"]
        assert reader.footer == "Beta removed. ^Z undoes."
        await reader.press("ctrl+z")
        await until(reader, lambda: "! Beta" in reader.text)
        assert [source.title for source in filled.library.sources()] == ["Alpha", "Beta"]


async def test_what_could_not_be_written_is_said_on_the_page_and_what_failed_only_once(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.says("/feed", reply(status=404))
    fail(filled, add_source(filled.library, url, "The Gull"), Failure(FailureKind.HTTP, url, status=404), ago=60)
    async with open_reader(offline=False) as reader:
        await opened(reader)
        await reader.press("r")
        await until(reader, lambda: "2 tries" in reader.text)
        assert reader.footer == "The Gull was asked again and still fails.", "said once, and by the page itself"

        def full(*_: object) -> None:
            raise DiskFull("The disk is full. Nothing you marked is lost; new stories cannot be kept.")

        monkeypatch.setattr(reader.app.session.library, "remove_source", full)
        await reader.pilot.press("d")
        await reader.fail()
        await until(reader, lambda: reader.footer.startswith("! The disk is full."))
        assert "! The Gull" in reader.text
        await reader.press("escape")
        assert isinstance(reader.app.screen, FailingSources), "the first Esc takes the message away"
        assert reader.footer.startswith("Enter try again")


async def test_what_another_process_brings_is_on_the_page_without_a_key(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    gull = filled.paper("The Gull")
    async with open_reader() as reader:
        await opened(reader)
        fail(filled, gull, Failure(FailureKind.NO_HOST, gull.url))
        reader.app.main_screen.changed()
        await until(reader, lambda: "! The Gull" in reader.text)
        assert "The server the-gull.example was not found, or there is no network." in reader.text
        assert "1 of 1." in reader.lines[0]


async def test_o_opens_the_home_page_and_says_so(
    open_reader: OpenReader, filled: FilledLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail(filled, filled.paper("The Gull"), Failure(FailureKind.HTTP, status=403))
    async with open_reader() as reader:
        sent: list[str] = []
        monkeypatch.setattr("reader.ui.base.outside.start_browser", browser_into(sent))
        await opened(reader)
        assert "o read it in the browser   e change the User-Agent" in reader.text
        await reader.press("o")
        assert sent == ["https://the-gull.example/"]
        await until(reader, lambda: reader.footer == "Sent to the browser: the-gull.example")


def on_top(reader: AppDriver, kind: type[Screen[Any]]) -> bool:
    return isinstance(reader.app.screen, kind)


async def test_e_opens_the_settings_and_a_looks_for_a_new_address(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    fail(filled, filled.paper("The Gull"), Failure(FailureKind.HTTP, status=404))
    async with open_reader() as reader:
        await opened(reader)
        await reader.press("e")
        assert on_top(reader, SourceSettings)
        await reader.press("escape")
        assert on_top(reader, FailingSources)
        await reader.pilot.press("a")
        await reader.pilot.pause()
        assert on_top(reader, AddSource)
        assert "the-gull.example" in reader.text


async def test_a_long_page_keeps_the_source_under_the_cursor_in_view(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    for number in range(12):
        fail(filled, filled.paper(f"Paper {number:02}"), Failure(FailureKind.TLS))
    async with open_reader(columns=80, rows=24) as reader:
        await opened(reader)
        await reader.press("G")
        assert "▌ ! Paper 11" in reader.text
        await reader.press("4", "k")
        assert "▌ ! Paper 07" in reader.text
        await reader.press("g", "g")
        assert "▌ ! Paper 00" in reader.text


@pytest.mark.parametrize("columns", [20, 40, 60, 80])
async def test_a_narrow_page_says_it_all_and_nothing_is_cut_off(
    open_reader: OpenReader, filled: FilledLibrary, columns: int
) -> None:
    fail(filled, filled.paper("The Harbour Post"), Failure(FailureKind.HTTP, status=404), ago=30 * DAY)
    async with open_reader(columns=columns, rows=30) as reader:
        await opened(reader)
        text = " ".join(reader.text.replace("▌", " ").split())
        assert "moved or gone." in text
        assert "since 17 Oct, 1 try" in text
        assert "a look" in text
        assert all(len(line) <= columns for line in reader.lines)


@pytest.mark.parametrize("kind", list(FailureKind))
def test_every_failure_has_something_to_do(kind: FailureKind) -> None:
    assert remedies(Failure(kind))
    for status in (400, 401, 404, 429, 500):
        assert remedies(Failure(kind, status=status))


def test_times_are_written_as_near_as_they_are() -> None:
    asked = [failed_sources_words.since(NOW - timedelta(days=days), NOW, 3) for days in (0, 1, 2, 40, 400)]
    assert asked == [
        "today, 3 tries",
        "since yesterday, 3 tries",
        "since Thursday, 3 tries",
        "since 7 Oct, 3 tries",
        "since 12 Oct 2018, 3 tries",
    ]
    assert failed_sources_words.since(None, NOW, 0) == ""
    assert failed_sources_words.asked(NOW, NOW, NOW) == "Tried at 14:00; next with the coming refresh."
    assert failed_sources_words.asked(NOW, None, NOW) == "Tried at 14:00; not again before you say so."
    assert failed_sources_words.asked(NOW, NOW + timedelta(days=1), NOW) == "Tried at 14:00, next at 17 Nov, 14:00."
    assert failed_sources_words.asked(None, NOW, NOW) == "Not tried yet; next with the coming refresh."


def test_what_fails_longest_comes_first() -> None:
    down = Failure(FailureKind.TLS)
    sources = [
        Source(1, "a", "New", failure=down, failed_since=20),
        Source(2, "b", "Well"),
        Source(3, "c", "Old", failure=down, failed_since=10),
    ]
    assert [source.title for source in failing_sources(sources)] == ["Old", "New"]


async def test_a_source_that_asks_us_to_wait_is_counted_apart_and_has_not_failed(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    gull, canal, _ = filled.paper("The Gull"), filled.paper("Le Canal"), filled.paper("Bản tin Mạch")
    fail(filled, gull, Failure(FailureKind.WAIT, gull.url, status=429, until=NOW + timedelta(minutes=5)))
    fail(filled, canal, Failure(FailureKind.TLS, canal.url))
    async with open_reader(columns=100, offline=False) as reader:
        assert "1 error !" in reader.lines[0]
        page = await opened(reader)
        assert "1 of 3." in reader.lines[0]
        assert "! Le Canal" in reader.text
        assert "! The Gull" not in reader.text
        assert "1 source asks us to wait." in reader.text
        assert "The Gull: it asks us to wait until 14:05; Newsstand will." in reader.text
        fail(filled, canal, Failure(FailureKind.WAIT, canal.url, status=429, until=NOW + timedelta(minutes=5)))
        reader.app.main_screen.changed()
        await until(reader, lambda: "2 sources ask us to wait." in reader.text)
        assert "No source has failed." in reader.text
        assert "works again" not in reader.text
        assert page.chosen is None
        for source in (gull, canal):
            filled.headlines(source)
        reader.app.main_screen.changed()
        await until(reader, lambda: "Every source answered at 14:00." in reader.text)
        assert "to wait" not in reader.text
        add_source(filled.library, "https://slow.example/feed", "Slow Post")
        reader.app.main_screen.changed()
        await until(reader, lambda: "3 of 4 sources have answered." in reader.text)


def test_a_source_that_only_ever_asks_us_to_wait_fails_after_a_day() -> None:
    wait = Failure(FailureKind.WAIT)
    sources = [
        Source(1, "a", "Short", failure=wait, failed_since=10, asked_at=10 + DAY),
        Source(2, "b", "Long", failure=wait, failed_since=10, asked_at=11 + DAY),
    ]
    assert [source.title for source in failing_sources(sources)] == ["Long"]
    assert [source.title for source in sources if source.is_asked_to_wait] == ["Short"]


async def test_asking_again_in_vain_says_so(open_reader: OpenReader, filled: FilledLibrary, server: Server) -> None:
    gull = filled.paper("The Gull", url=server.says("/rss", reply(status=403)))
    fail(filled, gull, Failure(FailureKind.HTTP, gull.url, status=403))
    async with open_reader() as reader:
        await opened(reader)
        filled.clock.now += 60
        await reader.press("r")
        await until(reader, lambda: "The Gull was asked again and still fails." in reader.footer)
