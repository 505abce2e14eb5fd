"""Two processes on one library: what one does is on the other's screen within two seconds, and nothing jumps."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reader.models import Entry
from reader.store import FeedChanges, Library
from tests import ROOT, add_source
from tests.fetch.scripted_server import Server
from tests.pseudo_terminal import Terminal
from tests.sample_paper import feed

SECONDS = 2.0
TITLES = ["Ferry returns", "Seals on the sand", "Council votes", "Old mill sold"]


def write(path: Path, script: str) -> None:
    """Let another process act on the library, called `library`."""
    head = (
        "import sys, time\nfrom pathlib import Path\nfrom reader.models import Entry, NewSource\n"
        "from reader.store import FeedChanges, Library, View\n"
        "with Library.open(Path(sys.argv[1]), who='cli') as library:\n"
    )
    body = "".join(f"    {line}\n" for line in script.splitlines())
    subprocess.run([sys.executable, "-c", head + body, str(path)], check=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library with one paper and four headlines, not due for an hour."""
    path = tmp_path / "library.db"
    with Library.open(path) as library:
        source = add_source(library, "https://gull.example/rss", "The Gull")
        entries = tuple(
            Entry(guid=title, link=f"https://gull.example/{n}", title=title) for n, title in enumerate(TITLES)
        )
        changes = FeedChanges(title="The Gull", new=entries, due_at=int(time.time()) + 3600)
        library.keep_feed(source.id, changes, now=time.time())
    return path


@pytest.fixture
def reader(path: Path, tmp_path: Path) -> Iterator[Terminal]:
    """The real program on it."""
    home = {name: str(tmp_path / name) for name in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    terminal = Terminal(
        [sys.executable, "-m", "reader", "--library", str(path)],
        columns=160,
        environment=home | {"PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])},
    )
    terminal.wait(lambda terminal: "4 unread" in terminal.text())
    yield terminal
    terminal.close()


def within(terminal: Terminal, began: float, seen: Callable[[str], bool]) -> None:
    """Wait until the screen is so, and hold it to the two seconds since another process had written."""
    at = terminal.wait(lambda terminal: seen(terminal.text()), seconds=10)
    assert at - began < SECONDS


def test_marks_headlines_and_sources_of_another_process_are_seen(reader: Terminal, path: Path) -> None:
    reader.write("j")
    reader.effect(lambda terminal: "▌ ● Council" in terminal.text())

    def rows() -> list[str]:
        return [line[24:70].replace("● ", "").strip() for line in reader.screen.display[4:20]]

    before = rows()
    write(path, "library.mark_read(library.listing(View('unread')).pages[:1])")
    within(reader, time.perf_counter(), lambda text: "3 unread" in text)

    write(
        path,
        "new = Entry(guid='new', link='https://gull.example/new', title='A storm is coming')\n"
        "changes = FeedChanges(title='The Gull', new=(new,), due_at=int(time.time()) + 3600)\n"
        "library.keep_feed(1, changes, now=time.time())",
    )
    within(reader, time.perf_counter(), lambda text: "↑ 1 new" in text)
    assert "A storm is coming" not in reader.text()
    assert rows() == before

    write(path, "library.add_sources([NewSource('https://ledger.example/rss', 'Northern Ledger')])")
    within(reader, time.perf_counter(), lambda text: "Northern Ledger" in text)
    write(path, "library.remove_source(2)")
    within(reader, time.perf_counter(), lambda text: "Northern Ledger" not in text)

    write(path, "library.remove_source(1)")
    within(reader, time.perf_counter(), lambda text: "Seals on the sand" not in text)
    reader.write("Q")
    assert reader.end() == 0


def test_the_command_line_beside_an_open_reader(reader: Terminal, path: Path, server: Server) -> None:
    story = ("Lamp lit again", server.url("/lamp"))
    feed_url = server.says("/feed", feed(story, home=server.url("/")))

    def newsstand(*arguments: str) -> None:
        command = [sys.executable, "-m", "reader", "--library", str(path), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    newsstand("add", feed_url)
    newsstand("rename", feed_url, "Lamp Gazette")
    within(reader, time.perf_counter(), lambda text: "Lamp Gazette" in text and "↑ 1 new" in text)
    newsstand("rename", feed_url, "The Lamp")
    within(reader, time.perf_counter(), lambda text: "The Lamp" in text)
    newsstand("remove", feed_url)
    within(reader, time.perf_counter(), lambda text: "The Lamp" not in text and "↑ 1 new" not in text)
