"""Exporting the subscriptions from the reader: the file is new, whole, and said; nothing is overwritten."""

import stat
from pathlib import Path

import pytest

from reader.lists import opml
from reader.ui.dialogs.export_list import free_name
from tests import add_source
from tests.ui.app_driver import FilledLibrary, OpenReader
from tests.ui.dialog_driver import paste, press


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home folder of its own."""
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    return home


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


async def test_the_list_is_written_where_it_says(open_reader: OpenReader, two_papers: object, home: Path) -> None:
    (home / "Downloads").mkdir()
    async with open_reader() as reader:
        await press(reader, "colon", *"export", "enter")
        assert "~/Downloads/newsstand.opml" in reader.text
        await press(reader, "enter")
        assert reader.footer == "Exported 2 sources to ~/Downloads/newsstand.opml"
    read = opml.parse((home / "Downloads/newsstand.opml").read_bytes(), "newsstand.opml")
    assert sorted(feed.title or "" for feed in read.feeds) == ["Northern Ledger", "The Gull"]


async def test_a_list_with_a_secret_in_an_address_is_its_owners_alone(
    open_reader: OpenReader, two_papers: object, filled: FilledLibrary, home: Path
) -> None:
    add_source(filled.library, "https://gull.example/feed?key=Pier77", "The Gull")
    async with open_reader() as reader:
        await press(reader, "colon", *"export", "enter", "enter")
    assert stat.S_IMODE((home / "newsstand.opml").stat().st_mode) == 0o600


async def test_a_file_that_is_there_is_never_overwritten(
    open_reader: OpenReader, two_papers: object, home: Path
) -> None:
    (home / "newsstand.opml").write_text("mine")
    async with open_reader() as reader:
        await press(reader, "colon", *"export", "enter")
        assert "~/newsstand-2.opml" in reader.text
        await press(reader, *["backspace"] * 30)
        await paste(reader, "~/newsstand.opml")
        await press(reader, "enter")
        assert "is there already. Type another name." in " ".join(reader.text.split())
        await press(reader, *["backspace"] * 30)
        await paste(reader, "~/no/such/folder.opml")
        await press(reader, "enter")
        assert "cannot be written: No such file or directory." in " ".join(reader.text.split())
        await press(reader, "escape")
        assert reader.app.screen is reader.app.main_screen
    assert (home / "newsstand.opml").read_text() == "mine"
    assert names_in(home) == ["newsstand.opml"]


async def test_import_is_in_the_reader_that_has_sources_already(
    open_reader: OpenReader, two_papers: object, home: Path
) -> None:
    outline = '<outline text="Tidewater" type="rss" xmlUrl="https://tidewater.example/feed"/>'
    (home / "feeds.opml").write_text(f'<opml version="2.0"><body>{outline}</body></opml>')
    async with open_reader() as reader:
        await press(reader, "colon", *"import", "enter")
        await paste(reader, "~/feeds.opml")
        await press(reader, "enter", "enter")
        assert "Tidewater" in [source.title for source in reader.app.main_screen.sources.values()]
        assert len(reader.app.main_screen.sources) == 3


def test_a_free_name_is_in_the_first_folder_that_is_there(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert free_name() == "~/newsstand.opml"
    (home / "newsstand.opml").touch()
    (home / "newsstand-2.opml").touch()
    assert free_name() == "~/newsstand-3.opml"
    assert free_name(("~/nowhere",)) == "./newsstand.opml"
