"""Related stories that cannot be had: their rows say so, opening one says why and what to do, and asking again asks."""

from collections.abc import Callable

import pytest

from reader.models import Failure, FailureKind, LinkKind
from reader.store import FailedStory
from tests import present
from tests.fetch.scripted_server import Server, reply
from tests.ui.app_driver import AppDriver, FilledLibrary, OpenReader, feed, web_page

HTML = {"Content-Type": "text/html; charset=utf-8"}
TIDES = "The tide gauge was read twice"


def wall(sentence: str) -> bytes:
    """An answer that is a page of which only the wall can be seen."""
    document = f"<html><title>Gauge</title><article><h1>{TIDES}</h1><p>{sentence}</p></article></html>"
    return reply(document.encode(), headers=HTML)


def hang_up(_: object) -> None:
    """Close the connection without a word."""


@pytest.fixture
def story(filled: FilledLibrary, server: Server) -> Callable[..., int]:
    """Keeps a story of the Gull whose related stories are these (title, path), among other stories' pages."""

    def keep(*related: tuple[str, str], kind: LinkKind = LinkKind.RELATED) -> int:
        gull = filled.paper("The Gull", url=server.url("/rss"))
        (page,) = filled.headlines(gull, "Ferry returns")
        filled.keep(page, related=[(title, server.url(path)) for title, path in related], kind=kind)
        return page

    return keep


def row_of(reader: AppDriver, title: str) -> list[str]:
    """The lines of a related story's row that are on the screen: its title's, and the facts under it."""
    lines = reader.lines
    at = next(number for number, line in enumerate(lines) if f" {title}" in line and number > 2)
    first = lines[at].index(title) - 6
    return [" ".join(line[first:].strip(" ┃").split()) for line in lines[at : at + 2]]


ANSWERS = {
    "gone": (reply(status=410), "gone (410)", "The server answered 410: this address has moved or gone."),
    "missing": (reply(status=404), "gone (404)", "The server answered 404: this address has moved or gone."),
    "refused": (reply(status=403), "refused (403)", "The server answered 403: it does not let programs read this."),
    "to pay": (reply(status=402), "refused (402)", "The server answered 402: it does not let programs read this."),
    "broken": (reply(status=503), "server error (503)", "The server answered 503: it has a problem."),
    "a picture": (reply(b"\x89PNG", headers={"Content-Type": "image/png"}), "not a web page", "cannot be read here."),
    "scripts": (
        wall("This gauge is drawn by your browser: please enable JavaScript to see it."),
        "no story found there",
        "No story was found on this page (it may need a login or JavaScript).",
    ),
    "a wall": (
        wall("The harbour office keeps this log for our members only, and for nobody else."),
        "no story found there",
        "No story was found on this page (it may need a login or JavaScript).",
    ),
    "silence": (hang_up, "no answer", "cannot be reached."),
}


@pytest.mark.parametrize("kind", [LinkKind.RELATED, LinkKind.MORE])
@pytest.mark.parametrize(("answer", "why", "reason"), ANSWERS.values(), ids=ANSWERS)
async def test_a_related_story_that_cannot_be_had_says_so_where_it_is_opened_and_in_its_row(
    open_reader: OpenReader,
    server: Server,
    story: Callable[..., int],
    answer: bytes,
    why: str,
    reason: str,
    kind: LinkKind,
) -> None:
    server.says("/gauge", answer)
    server.says("/other", web_page("Another"))
    story((TIDES, "/gauge"), ("Another story of the tide", "/other"), kind=kind)
    async with open_reader(columns=80, rows=24, offline=False) as reader:
        await reader.press("enter", "G")
        assert "not kept" in row_of(reader, TIDES)[1]
        await reader.press("1")
        shown = " ".join(" ".join(reader.lines[3:]).split())
        assert TIDES in shown
        assert reason in shown
        assert "o opens it in the browser, H goes back, r tries again." in shown
        assert present(reader.app.main_screen.stories.history.current).url == server.url("/gauge")
        await reader.press("H")
        title, facts = row_of(reader, TIDES)
        assert title.startswith("1 ! ")
        assert f"cannot be had: {why}" in facts
        title, facts = row_of(reader, "Another story")
        assert title.startswith("2 ● ")
        assert "not kept" in facts


async def test_trying_again_asks_again_and_once_it_comes_the_row_says_no_more(
    open_reader: OpenReader, server: Server, story: Callable[..., int]
) -> None:
    server.says("/gauge", reply(status=404), reply(status=500), web_page(TIDES, about="gauge"))
    story((TIDES, "/gauge"))
    async with open_reader(offline=False) as reader:
        await reader.press("enter", "1")
        assert "answered 404" in reader.text
        await reader.press("r")
        assert server.paths().count("/gauge") == 2
        assert "answered 500" in reader.text
        assert "answered 404" not in reader.text
        await reader.press("r")
        assert server.paths().count("/gauge") == 3
        assert "On the 4th morning the gauge came in" in reader.text
        assert "tries again" not in reader.text
        await reader.press("H", "G")
        title, facts = row_of(reader, TIDES)
        assert "!" not in title
        assert "kept" in facts
        assert "cannot be had" not in facts
        assert server.paths() == ["/gauge"] * 3, "r asked for the story alone, and not for its paper's headlines"


async def test_going_back_comes_back_to_the_place_and_r_refreshes_the_source_there(
    open_reader: OpenReader, server: Server, story: Callable[..., int]
) -> None:
    server.says("/rss", feed(("Ferry returns", server.url("/ferry-returns"))))
    story(*((f"{TIDES}, {n} times", f"/gauge-{n}") for n in range(9)))
    async with open_reader(columns=80, rows=24, offline=False) as reader:
        await reader.press("enter", "G", "k", "k", "k")
        before = reader.app.main_screen.article_pane.scroll_offset.y
        first = reader.lines[3]
        await reader.press("8", "H")
        assert reader.app.main_screen.article_pane.scroll_offset.y == before
        assert reader.lines[3] == first
        assert "cannot be had: gone (404)" in row_of(reader, f"{TIDES}, 7 times")[1]
        await reader.press("r")
        assert "/rss" in server.paths()


async def test_a_link_reached_by_tab_is_reached_still_after_going_back(
    open_reader: OpenReader, server: Server, story: Callable[..., int]
) -> None:
    story(*((f"{TIDES}, {n} times", f"/gauge-{n}") for n in range(4)))
    async with open_reader(columns=80, rows=24, offline=False) as reader:
        await reader.press("enter", "G", "tab", "tab", "tab", "enter")
        assert f"› {TIDES}, 2" in reader.lines[0]
        await reader.press("H")
        assert present(reader.app.main_screen.article_pane.current_target).url == server.url("/gauge-2")
        await reader.press("tab", "enter")
        assert f"› {TIDES}, 3" in reader.lines[0]


async def test_what_robots_txt_forbids_ahead_is_said_and_opening_it_asks_the_site(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, story: Callable[..., int]
) -> None:
    server.says("/robots.txt", reply(b"User-agent: *\nDisallow: /gauge\n", headers={"Content-Type": "text/plain"}))
    server.says("/rss", feed(("Ferry returns", server.url("/ferry-returns"))))
    server.says("/gauge", web_page(TIDES, about="gauge"))
    story((TIDES, "/gauge"), ("A mast that is not there", "/mast"))
    async with open_reader(offline=False) as reader:
        await reader.press("O", "enter", "G")
        title, facts = row_of(reader, TIDES)
        assert title.startswith("1 ● "), "nobody has asked for it: it is no failure"
        assert "not fetched ahead" in facts
        assert "cannot be had: gone (404)" in row_of(reader, "A mast")[1]
        assert "/gauge" not in server.paths()
        await reader.press("1")
        assert "On the 4th morning the gauge came in" in reader.text
        await reader.press("H")
        assert "not fetched ahead" not in reader.text


async def test_without_a_network_rows_say_so_and_what_is_known_of_a_page_stays_true(
    open_reader: OpenReader, server: Server, story: Callable[..., int]
) -> None:
    server.says("/gauge", reply(status=410))
    story((TIDES, "/gauge"), ("A mast that is not there", "/mast"))
    async with open_reader() as reader:
        await reader.press("enter", "G")
        title, facts = row_of(reader, TIDES)
        assert title.startswith("1 ● ")
        assert "not kept, offline" in facts
        await reader.press("1")
        assert "It will come with the network" in reader.text
        assert "o opens it in the browser, H goes back, r tries again." in reader.text
        await reader.press("H")
        assert "cannot be had: gone (410)" in row_of(reader, TIDES)[1]
        assert "not kept, offline" in row_of(reader, "A mast")[1]


async def test_what_an_earlier_process_found_is_in_the_row_before_anybody_asks(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, story: Callable[..., int]
) -> None:
    story((TIDES, "/gauge"), ("A mast that is not there", "/mast"))
    until = int(filled.clock.now + 3600)
    filled.library.keep_failed_story(server.url("/gauge"), FailedStory(Failure(FailureKind.HTTP, status=404), until))
    filled.library.keep_failed_story(server.url("/mast"), FailedStory(Failure(FailureKind.ROBOTS), until))
    server.says("/gauge", web_page(TIDES, about="gauge"))
    async with open_reader(offline=False) as reader:
        await reader.press("enter", "G")
        assert "cannot be had: gone (404)" in row_of(reader, TIDES)[1]
        assert "not fetched ahead" in row_of(reader, "A mast")[1]
        assert server.paths() == []
        await reader.press("1", "H", "G")
        assert "kept" in row_of(reader, TIDES)[1]
        assert "cannot be had" not in reader.text


async def test_a_row_on_the_screen_says_it_as_soon_as_it_is_known(
    open_reader: OpenReader, server: Server, story: Callable[..., int]
) -> None:
    """It was opened and left again before the answer came, and the story that links to it is on the screen by then."""
    story((TIDES, "/gauge"))

    def late(call: object) -> None:
        server.ended.wait(0.3)
        call.send(reply(status=404))  # type: ignore[attr-defined]

    server.says("/gauge", late)
    async with open_reader(offline=False) as reader:
        await reader.press("enter", "G")
        await reader.pilot.press("1", "H")
        await reader.wait_until_idle()
        assert "cannot be had: gone (404)" in row_of(reader, TIDES)[1]


async def test_a_click_on_one_of_the_keys_presses_it(
    open_reader: OpenReader, server: Server, story: Callable[..., int]
) -> None:
    server.says("/gauge", reply(status=404), web_page(TIDES, about="gauge"))
    story((TIDES, "/gauge"))
    async with open_reader(offline=False) as reader:
        await reader.press("enter", "1")
        at = next(number for number, line in enumerate(reader.lines) if "tries again" in line)
        await reader.pilot.click(offset=(reader.lines[at].index("r tries again"), at))
        await reader.wait_until_idle()
        assert "On the 4th morning the gauge came in" in reader.text


async def test_a_headline_s_story_that_cannot_be_had_offers_the_browser_and_trying_again(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    gull = filled.paper("The Gull", url=server.url("/rss"))
    server.says("/ferry-returns", reply(status=500), web_page("Ferry returns"))
    (page,) = filled.headlines(gull, "Ferry returns")
    async with open_reader(columns=80, rows=24, offline=False) as reader:
        await reader.press("enter")
        assert "o opens it in the browser, r tries again." in reader.text
        assert "What became of it: ferry returns." in reader.text
        await reader.press("r")
        assert "On the 4th morning the ferry came in" in reader.text
        assert filled.row(page).kept
