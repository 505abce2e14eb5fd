"""Words typed as input methods for Vietnamese type them, into every input of the real program.

UniKey, OpenKey and ibus-bamboo take back the letters that change by Backspaces and type the new ones, all in one go:
`Vie` becomes `Viê` by two of them and `iê`.
"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.store import Library
from tests import add_source
from tests.pseudo_terminal import Terminal

BACK = "\x7f"
WORDS = {
    # each step is one write of the input method: Telex (dd, ee, j), then VNI (d9, a6 ...)
    "Việt Nam": ["V", "i", "e", f"{BACK}ê", "t", f"{BACK * 2}ệt", " ", "N", "a", "m"],
    "đường sắt": [
        *("d", f"{BACK}đ", "u", "o", f"{BACK * 2}ươ", "n", "g", f"{BACK * 3}ờng", " "),
        *("s", "a", f"{BACK}ă", "t", f"{BACK * 2}ắt"),
    ],
    "nghiễm": ["n", "g", "h", "i", "e", "m", f"{BACK * 2}êm", f"{BACK * 2}ễm"],
}
ALL_AT_ONCE = "tie" + BACK + "ên" + BACK * 2 + "ến " + "ve" + BACK + "ề"
"""As much as a person has typed before the program looks: `tiến về`."""


@pytest.fixture
def home(tmp_path: Path) -> dict[str, str]:
    library = Library.open(tmp_path / "library.db")
    add_source(library, "https://gull.example/rss", "The Gull", folder="Coast")
    library.close()
    folder = tmp_path / "config" / "newsstand"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text("[refresh]\nat_start = false\n", encoding="utf-8")
    return {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / "config")}


@pytest.fixture
def reader(home: dict[str, str]) -> Iterator[Terminal]:
    command = [sys.executable, "-m", "reader", "--library", f"{home['HOME']}/library.db"]
    terminal = Terminal(command, columns=100, rows=30, environment=home)
    try:
        terminal.wait(lambda screen: "next unread" in screen.text() or "all keys" in screen.text(), seconds=60)
        terminal.rest()
        yield terminal
    finally:
        terminal.close()


INPUTS = {
    "filter": (["/"], "  / "),
    "palette": ([":"], ""),
    "add a source": (["a"], "Add a source"),
    "search the catalogue": (["C", "/"], "Find"),
    "name of a source": (["h", "G", "e", "\x15"], "Name"),
    "folder of a source": (["h", "G", "e", "\t", "\x15"], "Folder"),
    "user agent is ASCII, but takes it": (["h", "G", "e", "\t\t", "\x15"], "Address"),
    "user of a source": (["h", "G", "e", "\t" * 11, "\x15"], "User"),
    "headers of a source": (["h", "G", "e", "\t" * 13, "\x15"], "Headers"),
    "a value of the settings": ([",", "G", "/", "\x15"], "  Filter"),
    "search the keys": (["?", "/"], "  / "),
    "import": (["C", "i", "\x15"], "Import"),
}


@pytest.mark.parametrize("name", INPUTS)
def test_every_input_shows_the_word_that_was_typed(reader: Terminal, name: str) -> None:
    keys, shown = INPUTS[name]
    for key in keys:
        reader.write(key)
    reader.wait(lambda screen: shown in screen.text())
    for word, steps in WORDS.items():
        for step in steps:
            os.write(reader.master, step.encode())
        reader.wait(lambda screen, word=word: word in screen.text())  # type: ignore[misc]
        reader.write("\x15")
        reader.wait(lambda screen, word=word: word not in screen.text())  # type: ignore[misc]
    os.write(reader.master, ALL_AT_ONCE.encode())
    reader.wait(lambda screen: "tiến về" in screen.text())


def test_what_opens_an_input_and_what_goes_into_it_may_come_in_one_go(reader: Terminal) -> None:
    for opens, leaves in (("/", "\x1b"), (":", "\x1b"), ("a", "\x1b"), ("?/", "\x1bq"), ("C/", "\x1bq")):
        os.write(reader.master, (opens + ALL_AT_ONCE).encode())
        reader.wait(lambda screen: "tiến về" in screen.text())
        for key in leaves:
            reader.write(key)
            reader.rest()
        reader.wait(lambda screen: "next unread" in screen.text())
