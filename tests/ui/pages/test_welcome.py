"""The first minute: an empty library, the welcome, papers from the catalogue, a list from another reader, the demo."""

import sqlite3
from pathlib import Path

import pytest

from reader.lists.catalogue import Paper, Section, papers
from reader.ui.dialogs.import_list import lists_there
from reader.ui.pages.catalogue import language_of
from reader.ui.pages.catalogue_columns import CatalogueFilter, as_paper, choices, chosen_of, fitting_papers, paper_lines
from tests.fetch.scripted_server import Server, reply
from tests.ui.app_driver import AppDriver, FilledLibrary, OpenReader, feed
from tests.ui.dialog_driver import paste, press, wait_until_idle

OPML = """<?xml version="1.0"?><opml version="2.0"><body><outline text="Coast">
<outline type="rss" text="The Gull" xmlUrl="{gull}"/></outline>
<outline type="rss" text="The Gull again" xmlUrl="{gull}"/></body></opml>"""


@pytest.fixture
def known_papers(server: Server, other: Server, monkeypatch: pytest.MonkeyPatch) -> tuple[Paper, ...]:
    """A catalogue of three papers on loopback, one in Vietnamese with a section, one whose feed is gone."""
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    gull = server.says("/gull", feed(("Ferry returns", server.url("/ferry"))))
    song = other.says("/song", feed(("Cầu mới", other.url("/cau")), title="Sông"))
    market = other.says("/market", feed(("Giá rau", other.url("/rau")), title="Chợ"))
    made = (
        Paper(
            "song",
            "Đường Sông",
            "ĐS",
            other.url("/"),
            "vi",
            "VN",
            ("general",),
            "teal",
            song,
            (Section("Chợ", market),),
        ),
        Paper("gull", "The Gull", "Gull", server.url("/"), "en", "GB", ("general", "local"), "rose", gull),
        Paper(
            "lost",
            "The Lost Post",
            "Lost",
            server.url("/"),
            "en",
            "GB",
            ("business",),
            "rose",
            server.url("/lost"),
            verified=False,
        ),
    )
    monkeypatch.setattr("reader.lists.catalogue.papers", lambda: made)
    return made


def named(filled: FilledLibrary) -> list[str]:
    return sorted(source.title for source in filled.library.sources())


async def opened(reader: AppDriver) -> None:
    """Wait until the welcome has come up and stands."""
    for _ in range(500):
        if reader.app.screen.id == "welcome":
            break
        await reader.pilot.pause()
    await wait_until_idle(reader)
    assert reader.app.screen.id == "welcome"


async def test_an_empty_library_welcomes_two_papers_are_ticked_and_their_headlines_read(
    open_reader: OpenReader, filled: FilledLibrary, known_papers: tuple[Paper, ...]
) -> None:
    async with open_reader(offline=False) as reader:
        await opened(reader)
        assert "N E W S S T A N D" in reader.text
        assert "Good afternoon. Which papers do you read?" in reader.text
        assert "▌ [ ] Đường Sông" in reader.text
        await press(reader, "space", "space")
        assert "2 chosen" in reader.text
        assert "Enter subscribe to 2 papers and read" in reader.footer
        await press(reader, "enter")
        assert named(filled) == ["The Gull", "Đường Sông"]
        assert reader.app.screen is reader.app.main_screen
        assert "Ferry returns" in reader.text
        assert "Cầu mới" in reader.text
        await press(reader, "escape", "ctrl+z")
        assert named(filled) == []


async def test_the_welcome_shows_all_keys_and_leads_back(
    open_reader: OpenReader, filled: FilledLibrary, known_papers: tuple[Paper, ...]
) -> None:
    async with open_reader(offline=False) as reader:
        await opened(reader)
        await press(reader, "space", "?")
        assert reader.lines[0].startswith("  Keyboard shortcuts")
        assert "command palette" not in reader.footer, "its commands are for the panes"
        await press(reader, ":")
        assert reader.lines[0].startswith("  Keyboard shortcuts")
        await press(reader, "escape")
        assert reader.app.screen.id == "welcome"
        assert "1 chosen" in reader.text, "all is as it was left"
        await press(reader, "tab", "?", "?")
        assert reader.app.screen.id == "welcome"
        await press(reader, "/", "?")
        assert reader.app.screen.id == "welcome", "in the field it is a character like any other"


async def test_single_sections_can_be_ticked(
    open_reader: OpenReader, filled: FilledLibrary, known_papers: tuple[Paper, ...]
) -> None:
    async with open_reader(offline=False) as reader:
        await opened(reader)
        await press(reader, "l", "j", "space", "enter")
        assert [source.url for source in filled.library.sources()] == [known_papers[0].sections[0].feed]
        assert "Giá rau" in reader.text


async def test_papers_are_found_without_accents_and_chosen_by_language(
    open_reader: OpenReader, filled: FilledLibrary, known_papers: tuple[Paper, ...]
) -> None:
    async with open_reader() as reader:
        await opened(reader)
        await press(reader, "/", *"duong s")  # a space is no key of its own here
        assert "Đường Sông" in reader.text
        assert "The Gull" not in reader.text
        await press(reader, "escape")
        assert "The Gull" in reader.text
        await press(reader, "tab", "j", "enter")
        assert "The Gull" in reader.text
        assert "Đường Sông" not in reader.text


async def test_a_preview_shows_headlines_and_a_feed_that_is_gone_says_so(
    open_reader: OpenReader, filled: FilledLibrary, known_papers: tuple[Paper, ...]
) -> None:
    async with open_reader(offline=False) as reader:
        await opened(reader)
        await press(reader, "v")
        assert "● Cầu mới" in reader.text
        await press(reader, "G")
        assert "The server answered 404" in reader.text
        assert "You can subscribe to it" in reader.text
        assert named(filled) == []


async def test_what_is_subscribed_already_is_marked_and_cannot_be_doubled(
    open_reader: OpenReader, filled: FilledLibrary, known_papers: tuple[Paper, ...]
) -> None:
    filled.headlines(filled.paper("The Gull", url=known_papers[1].feed), "Ferry returns")
    async with open_reader() as reader:
        await press(reader, "C")
        assert "subscribed" in reader.text
        await press(reader, "j", "space")
        assert "chosen" not in reader.text
        await press(reader, "k", "enter")
        assert reader.footer == "Already subscribed to The Gull: this is it."
        assert named(filled) == ["The Gull"]


async def test_the_welcome_leads_to_an_address(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, known_papers: tuple[Paper, ...]
) -> None:
    page = f'<html><head><link rel="alternate" type="application/rss+xml" href="{known_papers[1].feed}"></head></html>'
    home = server.says("/", reply(page.encode(), headers={"Content-Type": "text/html"}))
    async with open_reader(offline=False) as reader:
        await opened(reader)
        await press(reader, "a")
        await paste(reader, home)
        await press(reader, "enter", "enter")
        assert named(filled) == ["The Gull"]
        assert reader.app.screen is reader.app.main_screen
        assert "Ferry returns" in reader.text


async def test_opml_is_told_before_it_is_brought_in(
    open_reader: OpenReader, filled: FilledLibrary, known_papers: tuple[Paper, ...], tmp_path: Path
) -> None:
    path = tmp_path / "feeds.opml"
    path.write_text(OPML.format(gull=known_papers[1].feed))
    async with open_reader(offline=False) as reader:
        await opened(reader)
        await press(reader, "i")
        await paste(reader, str(path))
        await press(reader, "enter")
        assert "1 feed in 1 folder, 1 left out" in reader.text
        assert named(filled) == []
        await press(reader, "enter")
        assert named(filled) == ["The Gull"]
        assert reader.app.screen is reader.app.main_screen
        assert "Ferry returns" in reader.text


async def test_newsboats_list_is_offered_with_its_marks(
    open_reader: OpenReader,
    filled: FilledLibrary,
    known_papers: tuple[Paper, ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = tmp_path / ".newsboat"
    folder.mkdir()
    (folder / "urls").write_text(f'{known_papers[1].feed} Coast "~My Gull"\n"query:Unread:unread = \\"yes\\""\n')
    newsboat_cache(folder / "cache.db", known_papers[1].feed, "http://gull.example/ferry")
    async with open_reader(offline=False) as reader:
        await opened(reader)
        await press(reader, "i")
        assert "~/.newsboat/urls" in reader.text
        assert "1 feed in 1 folder, 1 left out" in reader.text
        assert "[x] Also import what is read and starred in newsboat" in reader.text
        await press(reader, "enter")
        assert named(filled) == ["My Gull"]
        assert filled.library.counts(today=0).starred == 1


def newsboat_cache(path: Path, feed_url: str, url: str) -> None:
    """A cache.db as newsboat has it, with one starred, read story."""
    with sqlite3.connect(path) as con:
        con.execute(
            "CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid TEXT, title TEXT, author TEXT, url TEXT, feedurl TEXT,"
            " pubDate INTEGER, content TEXT, unread INTEGER, enclosure_url TEXT, enclosure_type TEXT, enqueued INTEGER,"
            " flags TEXT, deleted INTEGER DEFAULT 0, base TEXT DEFAULT '')"
        )
        con.execute(
            "INSERT INTO rss_item (guid, title, url, feedurl, pubDate, unread, flags) VALUES (?, ?, ?, ?, 1, 0, 's')",
            (url, "Ferry", url, feed_url),
        )
    con.close()


@pytest.mark.parametrize("content", [None, b"", b"\x00\x01\x02", b"<html><body>no list</body></html>"])
async def test_a_file_that_is_no_list_says_so_and_the_path_stays(
    open_reader: OpenReader,
    filled: FilledLibrary,
    known_papers: tuple[Paper, ...],
    tmp_path: Path,
    content: bytes | None,
) -> None:
    path = tmp_path / "feeds"
    if content is not None:
        path.write_bytes(content)
    async with open_reader() as reader:
        await opened(reader)
        await press(reader, "i")
        await paste(reader, str(path))
        await press(reader, "enter")
        assert reader.app.screen.id == "import"
        assert "! " in reader.text
        assert str(path)[-8:] in reader.text
        assert named(filled) == []


async def test_the_demo_is_what_the_reader_is_left_for(
    open_reader: OpenReader, known_papers: tuple[Paper, ...]
) -> None:
    async with open_reader() as reader:
        await opened(reader)
        await reader.pilot.press("d")
        for _ in range(8):
            await reader.pilot.pause()
        assert reader.app.session.wanted == "demo"


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
async def test_the_welcome_fits_small_screens(
    open_reader: OpenReader, filled: FilledLibrary, known_papers: tuple[Paper, ...], size: tuple[int, int]
) -> None:
    async with open_reader(offline=False, columns=size[0], rows=size[1]) as reader:
        await opened(reader)
        assert "[ ] Đường Sông" in reader.text
        await press(reader, "tab")
        assert "Language" in reader.text
        assert ("Đường Sông" in reader.text) == (size[0] >= 80)
        await press(reader, "tab", "space", "enter")
        assert named(filled) == ["Đường Sông"]


def test_choices_count_what_they_would_leave(known_papers: tuple[Paper, ...]) -> None:
    made = {
        (choice.group, choice.code): choice.count for choice in choices(known_papers, CatalogueFilter(language="en"))
    }
    assert made["language", ""] == 3
    assert made["language", "vi"] == 1
    assert made["country", ""] == 2
    assert ("country", "VN") not in made
    assert made["topic", "local"] == 1
    assert [paper.id for paper in fitting_papers(known_papers, CatalogueFilter(language="en", topic="business"))] == [
        "lost"
    ]


def test_a_section_stands_for_itself(known_papers: tuple[Paper, ...]) -> None:
    assert chosen_of(as_paper(known_papers[0], 0), known_papers) == (known_papers[0], known_papers[0].sections[0])
    assert chosen_of(known_papers[1], known_papers) == known_papers[1]
    assert [row.text for row in paper_lines(known_papers, {"song"})] == [
        "General news",
        "Đường Sông",
        "Chợ",
        "The Gull",
        "",
        "Business",
        "The Lost Post",
    ]


def test_the_language_of_the_environment_is_chosen_where_papers_have_it() -> None:
    assert any(paper.language == "vi" for paper in papers())
    assert language_of({"LANG": "vi_VN.UTF-8"}) == "vi"
    assert language_of({"LANG": "xx_YY", "LC_ALL": "C"}) == ""
    assert language_of({}) == ""


def test_only_lists_that_are_there_are_offered(tmp_path: Path) -> None:
    (tmp_path / "urls").touch()
    assert lists_there((str(tmp_path / "urls"), str(tmp_path / "none"), "~nobody-here/urls")) == [
        str(tmp_path / "urls")
    ]
