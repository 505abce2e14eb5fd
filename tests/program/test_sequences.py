"""What the real program writes to a terminal, over every field that outside text reaches: the sequences of Textual's
own driver, and no other. It is read at the end, where the terminal would: nothing that is done before counts."""

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import pytest

from reader.commands import COMMANDS
from tests.cli.command_line import CommandLine
from tests.program import hostile_library
from tests.program.hostile_library import ACTS, FIELDS, fields_with_text
from tests.pseudo_terminal import Terminal

_COLOUR = r"(?:2;\d{1,3};\d{1,3};\d{1,3}|5;\d{1,3})"
_STYLE = rf"(?:0|1|2|3|4|7|9|2[1234579]|[34][0-79]|9[0-7]|10[0-7]|[34]8;{_COLOUR})"
DRIVERS = {
    "style (SGR), no blink and nothing hidden": rf"\x1b\[(?:{_STYLE}(?:;{_STYLE})*)?m",
    "the cursor to a place": r"\x1b\[\d{1,3};\d{1,3}H",
    "a frame begins, ends; are frames known?": r"\x1b\[\?2026(?:[hl]|\$p)",
    "the other screen, at the start and at the end": r"\x1b\[\?1049[hl]",
    "the mouse": r"\x1b\[\?(?:1000|1003|1006|1015|1016)[hl]",
    "the cursor is shown, hidden": r"\x1b\[\?25[hl]",
    "focus, pasting, sizes": r"\x1b\[\?(?:1004|2004|2048)[hl]|\x1b\[\?2048\$p",
    "wrapping, scrolling by the wheel": r"\x1b\[\?(?:7|1007)[hl]",
    "the shape of the mouse's pointer": r"\x1b\]22;(?:default|pointer|text)\x07",
    "what is copied by a key, in Base64": r"\x1b\]52;c;[A-Za-z0-9+/]*={0,2}\x07",
    "kitty's keys": r"\x1b\[(?:>\d{1,2}|<)u",
}
"""What Textual 8 itself writes (in textual: drivers/linux_driver.py, _compositor.py; app.py: `copy_to_clipboard`)."""

CONTROLS = re.compile(r"[\x00-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_ONCE = re.compile(rb"\x1b\[\?1049[hl]")
LEAVES = {"quit", "quit-back", "browser", "refresh", "refresh-all", "keep-offline", "escape"}
"""Commands that a tour does not give: they end it, or ask a network."""


def strange(received: bytes) -> list[str]:
    """Return whatever in the bytes is neither text nor one of the driver's sequences."""
    text = re.sub("|".join(DRIVERS.values()), "", received.decode("utf-8", "replace"))
    return [repr(text[max(0, found.start() - 20) : found.end() + 20]) for found in CONTROLS.finditer(text)]


@pytest.fixture
def cli(tmp_path: Path) -> CommandLine:
    cli = CommandLine(tmp_path)
    cli.file.parent.mkdir(parents=True)
    hostile_library.make(cli.file)
    return cli


def test_the_table_has_every_field_that_holds_text() -> None:
    assert fields_with_text() == set(FIELDS)


def test_the_list_of_sequences_has_nothing_that_the_hostile_texts_have() -> None:
    parts = [
        "\x1b]0;owned\x07",
        "\x1b[5m",
        "\x1b[8m",
        "\x1b[2J",
        "\x9b8m",
        "\u202e",
        "\x7f",
        "\x1bc",
        "\x1b]52;c;?\x07",
    ]
    assert all(strange(part.encode()) for part in parts)
    assert strange(ACTS.encode())


def tour(terminal: Terminal, commands: Iterable[str]) -> str:
    """Read the first story to its end, then give these commands; return all that was seen."""
    terminal.write("\r")
    terminal.wait(lambda one: "Article.lede" in one.text(), seconds=60)
    seen = [terminal.text()]
    while "Link.title" not in seen[-1]:  # the last of a story
        terminal.write(" ")
        terminal.wait(lambda one: one.text() != seen[-1], seconds=60)
        terminal.rest()
        seen.append(terminal.text())
    keys = {command.id: command.keys[0] for command in COMMANDS if command.keys}
    for name in commands:
        seen.append(answer(terminal, NAMED.get(keys[name], keys[name].replace(" ", "")), SHOWS.get(name, "")))
        answer(terminal, "\x1b")
    return "\n".join(seen)


def answer(terminal: Terminal, typed: str, shows: str = "") -> str:
    """Type, and return what is on the screen once it `shows` that word, or has changed; some keys change nothing."""
    terminal.write(typed)
    if shows:
        terminal.wait(lambda one: shows in one.text(), seconds=60)
    else:
        with suppress(TimeoutError):
            terminal.effect(lambda one: True, seconds=3)
    terminal.rest()
    return terminal.text()


SHOW_SOMETHING = (
    "links zoom right left trouble help palette narrow settings add catalogue source-settings remove star undo"
).split()
OTHERS = [one.id for one in COMMANDS if one.keys and one.id not in {*LEAVES, *SHOW_SOMETHING}]
SHOWS = {"trouble": "Failing", "source-settings": "NewSource.folder"}
"""What a command shows that no other does."""
NAMED = {"enter": "\r", "space": " ", "tab": "\t", "shift+tab": "\x1b[Z", "alt+j": "\x1bj", "alt+k": "\x1bk"} | {
    f"ctrl+{letter}": chr(ord(letter) - 96) for letter in "abcdefghijklmnopqrstuvwxyz"
}


@pytest.mark.parametrize(
    "commands",
    [
        SHOW_SOMETHING,
        pytest.param([*SHOW_SOMETHING, *OTHERS], marks=pytest.mark.long),
    ],
    ids=["some", "all"],
)
def test_the_reader_writes_only_what_textuals_driver_does(cli: CommandLine, commands: list[str]) -> None:
    environment = cli.environment | {"BROWSER": "/bin/true", "http_proxy": "http://127.0.0.1:9"}
    environment["https_proxy"] = environment["http_proxy"]
    terminal = Terminal(cli.program, environment=environment)
    try:
        terminal.wait(lambda one: "Entry.title" in one.text(), seconds=60)
        seen = tour(terminal, commands)
        terminal.write("\x11")
        assert terminal.end(seconds=30) == 0
    finally:
        terminal.close()
    assert strange(terminal.received) == []
    assert len(_ONCE.findall(terminal.received)) == 2  # in at the start, out at the end
    shown = "NewSource.title NewSource.folder Entry.title Failing Article.title Article.lede Article.authors"
    missing = [word for word in (*shown.split(), "Figure.caption", "Link.title", "Enclosure.title") if word not in seen]
    assert missing == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["list"],
        ["list", "--json"],
        ["sources"],
        ["sources", "--json"],
        ["read", "1", "--no-pager"],
        ["read", "1", "--plain", "--no-pager"],
        ["read", "1", "--links"],
        ["read", "1", "--json"],
        ["rename", "1", "x", "--json"],
        ["remove", "1"],
        ["export"],
        ["refresh", "99"],
        ["set", "1", "--json"],
        ["prune", "--dry-run"],
    ],
    ids=" ".join,
)
def test_the_command_line_writes_styles_at_most(cli: CommandLine, arguments: list[str]) -> None:
    terminal = Terminal([*cli.program, *arguments], environment=cli.environment)
    terminal.end(seconds=60)
    style = rf"\x1b\[(?:{_STYLE}(?:;{_STYLE})*)?m"
    text = re.sub(style, "", terminal.received.decode("utf-8", "replace")).replace("\r\n", "\n")
    assert not CONTROLS.findall(text)
    assert "\r" not in text
