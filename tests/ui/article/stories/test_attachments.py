"""Podcasts and link blogs: what a feed attaches to a story is seen, reached and played; posts are read whole."""

import sys
import time
from pathlib import Path

import pytest

from reader.models import Enclosure, Entry
from reader.store import FeedChanges
from tests.fetch.scripted_server import Server, reply
from tests.ui.app_driver import FilledLibrary, OpenReader

SOUND = "https://cdn.example/rain/episode-8.mp3?t=1"
TALK = "https://talk.example/8"
NOTES = '<p>We talk to the keeper. Notes: <a href="https://notes.example/8">the log book</a>.</p>'


def lists(filled: FilledLibrary, *entries: Entry) -> None:
    radio = filled.paper("Rain Radio")
    changes = FeedChanges(new=entries, due_at=int(filled.clock.now + 3600))
    filled.library.keep_feed(radio.id, changes, now=filled.clock.now)


def episode(link: str | None = None) -> Entry:
    file = Enclosure(SOUND, "audio/mpeg", 42_300_000, 2282)
    return Entry("8", link, "What the gauge said", "We talk.", NOTES, enclosures=(file,), discussion=TALK)


def written(path: Path) -> str:
    """What a program has written there, once it has."""
    end = time.monotonic() + 20
    while not (path.exists() and path.read_text()) and time.monotonic() < end:
        time.sleep(0.02)
    return path.read_text()


class Sent:
    """What was handed to programs outside."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.played: list[tuple[str, str]] = []
        self.opened: list[str] = []
        monkeypatch.setattr("reader.ui.base.outside.play", lambda url, player: self.played.append((url, player)))
        monkeypatch.setattr("reader.ui.base.outside.start_browser", self._open)
        self.browser = True

    def _open(self, url: str) -> bool:
        if self.browser:
            self.opened.append(url)
        return self.browser


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    return Sent(monkeypatch)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_an_episode_says_how_long_it_is_and_has_its_notes_its_sound_and_its_discussion(
    open_reader: OpenReader, filled: FilledLibrary, size: tuple[int, int]
) -> None:
    lists(filled, episode())
    async with open_reader(columns=size[0], rows=size[1], offline=False) as reader:
        assert "38 min" in reader.text
        await reader.press("enter")
        assert "Audio · episode-8.mp3 · 42 MB · 38 min" in reader.text
        assert "Discussion · talk.example" in reader.text
        assert "Notes: the log book." in reader.text


async def test_keys_reach_the_sound_and_the_discussion(
    open_reader: OpenReader, filled: FilledLibrary, sent: Sent
) -> None:
    lists(filled, episode())
    async with open_reader(offline=False, settings={"player": "mpv --quiet"}) as reader:
        await reader.press("o")
        assert "Playing in mpv: " in reader.footer
        assert "cdn.example" not in reader.footer
        await reader.press("enter", "f", "a")
        await reader.press("tab", "enter", "o")
        assert sent.played == 4 * [(SOUND, "mpv --quiet")]
        assert sent.opened == []
        await reader.press("tab", "enter", "o")
        assert sent.opened == [TALK, TALK]


async def test_without_a_player_of_their_own_the_system_gets_it(
    open_reader: OpenReader, filled: FilledLibrary, sent: Sent
) -> None:
    lists(filled, episode("https://rain.example/8"))
    async with open_reader() as reader:
        await reader.press("o")
        assert sent.opened == ["https://rain.example/8"]  # it has a page: that is what it is about
        await reader.press("enter", "tab", "o")
        assert sent.opened[1:] == [SOUND]
    assert sent.played == []


async def test_where_no_browser_is_found_nothing_is_said_to_be_sent(
    open_reader: OpenReader, filled: FilledLibrary, sent: Sent
) -> None:
    sent.browser = False
    lists(filled, episode("https://rain.example/8"))
    async with open_reader() as reader:
        await reader.press("o")
        assert reader.footer == "No browser was found. y copies the link; $BROWSER can name one."
        await reader.press("enter", "tab", "enter")
        assert reader.footer == "No player was found. Settings (,) can name one: Player. y copies the link."
        await reader.press("y")
        assert reader.footer == "Link copied."
    assert sent.opened == []


@pytest.mark.parametrize(
    ("ending", "opened", "played"),
    [
        ("mast.jpg", True, False),
        ("tides.pdf?page=2", True, False),
        ("bell.MP3", False, True),
        ("pack.zip", True, False),
    ],
)
async def test_a_link_to_a_file_leaves_the_reader_at_once(
    open_reader: OpenReader, filled: FilledLibrary, sent: Sent, ending: str, opened: bool, played: bool
) -> None:
    (page,) = filled.headlines(filled.paper("The Gull"), "What the ferry carried")
    url = f"https://files.example/{ending}"
    filled.keep(page, body=f"The book lists [every crate]({url}) that came with the tide.")
    async with open_reader(settings={"player": "mpv"}) as reader:
        await reader.press("enter", "tab", "enter")
    assert (sent.opened, sent.played) == ([url] * opened, [(url, "mpv")] * played)


async def test_a_picture_goes_to_the_browser_whatever_its_address(
    open_reader: OpenReader, filled: FilledLibrary, sent: Sent
) -> None:
    (page,) = filled.headlines(filled.paper("The Gull"), "The lamp, drawn")
    filled.keep(page, body="The lamp at night.\n\n![](https://cdn.example/media?id=12)\n\nIt is out.")
    async with open_reader() as reader:
        await reader.press("enter", "tab", "enter")
        assert reader.footer == "Sent to the browser: cdn.example"
    assert sent.opened == ["https://cdn.example/media?id=12"]


async def test_a_player_gets_the_address_as_it_is_and_no_shell_sees_it(
    open_reader: OpenReader, filled: FilledLibrary, tmp_path: Path
) -> None:
    got = tmp_path / "got"
    player = tmp_path / "player"
    player.write_text(f"#!{sys.executable}\nimport sys\nopen({str(got)!r}, 'w').write('|'.join(sys.argv[1:]))\n")
    player.chmod(0o755)
    url = "https://cdn.example/$(touch%20x);a.mp3?a=1&b='2'"
    lists(filled, Entry("9", None, "Nine", enclosures=(Enclosure(url, "audio/mpeg"),)))
    async with open_reader(settings={"player": f"{player} '--title=On the mast'"}) as reader:
        await reader.press("o")
    assert written(got) == f"--title=On the mast|{url}"


@pytest.mark.parametrize("player", ["no-such-player-here", "mpv 'never closed"])
async def test_a_player_that_does_not_start_says_so(
    open_reader: OpenReader, filled: FilledLibrary, player: str
) -> None:
    lists(filled, episode())
    async with open_reader(settings={"player": player}) as reader:
        await reader.press("o")
        assert f"{player.split()[0]} does not start: " in reader.footer


async def test_a_post_whose_page_is_gone_is_read_with_its_link_under_the_reason(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, sent: Sent
) -> None:
    link = server.says("/post", reply(status=404))
    lists(filled, Entry("1", link, "Six litres", "Six litres, see the log book.", NOTES))
    async with open_reader(offline=False) as reader:
        await reader.press("enter")
        assert "The server answered 404" in reader.text
        assert "This is what the feed says." in " ".join(reader.text.split()).replace("│ ", "")
        assert "Notes: the log book." in reader.text
        await reader.press("tab", "o")
        assert sent.opened == ["https://notes.example/8"]


async def test_the_notes_of_an_episode_have_its_playing_time_and_no_minutes_left(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    lists(filled, episode())
    async with open_reader(columns=80, rows=24) as reader:
        await reader.press("enter")
        assert "38 min" in reader.text
        assert "min left" not in reader.text
        assert " 1 min" not in reader.text
