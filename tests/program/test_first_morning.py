"""A first morning with the real program in a real terminal: welcome, a pasted address, read, tidy, take along."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.demo.server import DemoPaper, DemoServer
from reader.store import Library
from tests.pseudo_terminal import Terminal


@pytest.fixture
def papers() -> Iterator[tuple[DemoPaper, ...]]:
    with DemoServer() as demo:
        yield tuple(demo.papers)


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    """A home with nothing in it."""
    return {"HOME": str(tmp_path), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": ""}


def newsstand(home: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of the command line beside the reader."""
    return subprocess.run(
        [sys.executable, "-m", "reader", *arguments],
        capture_output=True,
        text=True,
        check=True,
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"} | home,
    )


def press(reader: Terminal, keys: str, *seen: str) -> None:
    """Type, and wait until every pattern stands on the screen."""
    reader.write(keys)
    reader.wait(lambda screen: all(re.search(pattern, screen.text()) for pattern in seen), seconds=30)


def sources(path: Path) -> list[tuple[str | None, str, str]]:
    """Return folder, title and address of each source of a library, in their order."""
    with Library.open(path) as library:
        return [(source.folder, source.title, source.url) for source in library.sources()]


def test_from_an_empty_library_to_papers_in_order_and_along_to_another(
    home: dict[str, str], papers: tuple[DemoPaper, ...], tmp_path: Path
) -> None:
    first, second = papers[0], papers[1]
    command = [sys.executable, "-m", "reader"]
    reader = Terminal(command, environment=home | {"LC_ALL": "C.UTF-8"})
    try:
        reader.wait(lambda screen: "Which papers do you read?" in screen.text(), seconds=30)

        # A home page is pasted; its feeds stand there, with the newest headlines of the one under the cursor.
        press(reader, "a", "Add a source")
        press(reader, f"\x1b[200~{first.home}\x1b[201~", re.escape(first.home.split("//")[1].rstrip("/")))
        press(reader, "\r", "found behind this address", "latest headlines", r"●")
        press(reader, "\r", rf"Subscribed to .*{re.escape(first.name)}|{re.escape(first.name)}", r"(?m)^.  ?● |unread")
        press(reader, "\r", "min left|%|· ")

        # The second comes from the command line while the reader is open, and appears by itself.
        assert "Subscribed" in newsstand(home, "add", second.home).stdout
        press(reader, "h", "/ filter")
        press(reader, "h", "Sources", re.escape(second.name.split()[0]))

        # Rename and move there; the reader shows both. Remove in the reader, and take it back.
        library = next(tmp_path.rglob("library.db"))
        title = sources(library)[1][1]
        newsstand(home, "rename", title, "The Second")
        newsstand(home, "move", "The Second", "Abroad/North")
        press(reader, "", "The Second", "Abroad › North")
        press(reader, "G", "The Second")
        press(reader, "d", r"The Second removed", r"\^Z undoes")
        assert [name for _, name, _ in sources(library)] == [sources(library)[0][1]]
        press(reader, "\x1a", r"▸ Abroad|Abroad › North", "The Second")
        assert sources(library)[1][:2] == ("Abroad/North", "The Second")

        reader.write("Q")
        assert reader.end() == 0
    finally:
        reader.close()

    newsstand(home, "export", str(tmp_path / "papers.opml"))
    other = tmp_path / "other" / "library.db"
    newsstand(home, "--library", str(other), "import", str(tmp_path / "papers.opml"))
    assert sources(other) == sources(library)
