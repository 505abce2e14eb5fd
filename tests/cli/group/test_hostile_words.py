"""Whatever is typed, named or quoted is printed without what acts in a terminal: one door for all commands."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from reader.cli.group import CommandGroup
from tests import ROOT, add_source
from tests.cli.command_line import CommandLine, lines
from tests.pseudo_terminal import Terminal

ACTS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
HOSTILE = "gull\x1b]0;owned\x07\x1b[2J\x9b31m\x90q\x9c\u202enrut\u2066\u200b\udc9bz\x7f\r"
"""A title for the window, a clear screen, C1 codes, bidi controls, a byte that is no UTF-8."""


def run(cli: CommandLine, *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [*cli.program, *(os.fsencode(one) for one in arguments)],
        env=cli.environment,
        input=HOSTILE.encode("utf-8", "surrogateescape"),
        capture_output=True,
        timeout=60,
        cwd=cli.home,
        check=False,
    )


def no_option(command: str) -> list[str]:
    return [command, f"--{HOSTILE}"]


@pytest.mark.parametrize(
    "arguments",
    [
        [HOSTILE],
        ["--config", HOSTILE, "list"],
        ["--library", f"{HOSTILE}/{HOSTILE}", "list"],
        ["--library", f"{HOSTILE}.db", "backup"],
        ["remove", HOSTILE],
        ["rename", HOSTILE, HOSTILE],
        ["rename", "1", HOSTILE, "--json"],
        ["move", "1", HOSTILE],
        ["set", "1", "--category", HOSTILE],
        ["set", "1", "--header", HOSTILE],
        ["read", HOSTILE],
        ["read", "--json", HOSTILE],
        ["read", "-", "--url", HOSTILE],
        ["read", f"https://127.0.0.1:9/{HOSTILE}"],
        ["mark", HOSTILE],
        ["mark", "--read", "-"],
        ["save", HOSTILE],
        ["save", "--json", f"https://127.0.0.1:9/{HOSTILE}"],
        ["add", HOSTILE],
        ["add", f"https://127.0.0.1:9/{HOSTILE}", "--json"],
        ["import", HOSTILE],
        ["import", "-"],
        ["import", "--newsboat-marks", HOSTILE],
        ["export", f"{HOSTILE}/{HOSTILE}"],
        ["export", HOSTILE],
        ["list", "--source", HOSTILE],
        ["list", "--since", HOSTILE],
        ["list", "--search", HOSTILE],
        ["refresh", HOSTILE],
        ["catalogue", HOSTILE],
        ["site", "new", HOSTILE],
        ["site", "new", f"{HOSTILE}.example"],
        ["site", "test", HOSTILE],
        ["site", "test", "-", "--rule", HOSTILE],
        ["site", HOSTILE],
        ["restore", HOSTILE],
        ["backup", HOSTILE],
        ["backup", f"{HOSTILE}/a"],
        ["completion", HOSTILE],
        *map(no_option, CommandGroup.COMMANDS),
    ],
    ids=lambda arguments: re.sub(r"[^a-z0-9. -]+", "#", " ".join(arguments)),
)
def test_what_is_typed_comes_back_with_nothing_in_it_that_acts(cli: CommandLine, arguments: list[str]) -> None:
    with cli.library() as library:
        add_source(library, "https://gull.example/feed", "The Gull")
    done = run(cli, *arguments)
    for stream in (done.stdout, done.stderr):
        assert not ACTS.findall(stream.decode())  # it is UTF-8, too
        assert b"Traceback" not in stream


def test_json_escapes_what_acts_and_loses_nothing_of_it(cli: CommandLine) -> None:
    folder = cli.home / "a\x1b[2J\x9b31m\u202e\U000e0041"
    folder.mkdir()
    done = cli.run("--library", str(folder / "library.db"), "config", "--json")
    assert not ACTS.findall(done.stdout)
    assert not re.search("[\U000e0000-\U000e0fff]", done.stdout)
    assert lines(done)[0]["library"] == str(folder / "library.db")


def test_settings_that_are_wrong_are_quoted_clean(cli: CommandLine) -> None:
    config = cli.home / "config.toml"
    config.write_text('[reader]\ntheme = "\\u001b]0;owned\\u0007\u202e\x9b31m"\n"\\u001b[2J" = 1\n', encoding="utf-8")
    for arguments in (["list"], ["config", "check"], ["config", "check", "--json"], ["config", "show"]):
        done = cli.run("--config", str(config), *arguments)
        assert not ACTS.findall(done.stdout + done.stderr)


def test_an_unforeseen_error_is_printed_clean_and_without_secrets(cli: CommandLine) -> None:
    program = (
        "import reader.cli.group as group\n"
        "def fail(*_, **__): raise RuntimeError('\\x1b[2J\\u202e https://ann:Pier77@gull.example/?key=Pier77\\x9b31m')\n"
        "group.CommandGroup.invoke = fail\n"
        "group.main()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, "list"], env=cli.environment, capture_output=True, timeout=60, check=False
    )
    said = done.stderr.decode()
    assert done.returncode == 1
    assert "RuntimeError" in said
    assert "https://gull.example/?…" in said
    assert not ACTS.findall(said)
    assert "Pier77" not in said.rpartition("RuntimeError")[2]


def test_what_fails_is_said_without_the_secrets_of_its_address(cli: CommandLine) -> None:
    address = "http://127.0.0.1:9/feed?key=Pier77"
    with cli.library() as library:
        add_source(library, address, "The Gull")
    asked = [["refresh"], ["refresh", "--json"], ["remove", f"{address}9"]]
    asked += [[one, address, *more] for one in ("read", "save") for more in ([], ["--json"])]
    asked += [["add", f"{address}8", *more] for more in ([], ["--json"])]
    told = [cli.run(*one) for one in asked]
    printed = [line for one in told if one.stdout.startswith("{") for line in lines(one)]
    failures = [line["failure"] for line in printed if line.get("failure")]
    assert len(failures) == 3
    assert all("Pier77" not in str(failure) for failure in failures)
    assert all("Pier77" not in one.stderr for one in told)
    assert "Pier77" not in (cli.home / "state/newsstand/newsstand.log").read_text()
    assert lines(cli.run("sources", "--json"))[0]["url"] == address  # a person needs the whole of that


def test_on_a_terminal_too(cli: CommandLine, tmp_path: Path) -> None:
    terminal = Terminal([*cli.program, "remove", HOSTILE], environment=cli.environment | {"PYTHONPATH": str(ROOT)})
    assert terminal.end() == 2
    assert not ACTS.findall(terminal.received.decode().replace("\r\n", "\n"))


def test_commands_print_through_one_door() -> None:
    door = ROOT / "reader/cli/output/printing.py"
    last_words = ROOT / "reader/shutdown.py"  # below all of ours: what it is given to say has passed `inert`
    direct = re.compile(r"\bclick\.(?:echo|secho|prompt|confirm|echo_via_pager)\(|\bprint\(|\.std(?:out|err)\.write\(")
    files = [file for file in (ROOT / "reader").rglob("*.py") if file not in (door, last_words)]
    assert not [str(file) for file in files if direct.search(file.read_text(encoding="utf-8"))]
    assert direct.search(door.read_text(encoding="utf-8"))


@pytest.mark.parametrize("address", ["http://gu\udc80ll.example/x", "http://gull.example/\udc80", "\udc80"])
@pytest.mark.parametrize("command", ["save", "read", "add"])
def test_an_address_with_a_byte_that_is_no_utf8_is_a_sentence(cli: CommandLine, command: str, address: str) -> None:
    done = run(cli, command, address)
    assert done.returncode in (1, 2)
    assert b"Traceback" not in done.stderr
    assert "\ufffd" in done.stderr.decode()


def test_a_login_with_a_byte_that_is_no_utf8_is_tried(cli: CommandLine) -> None:
    done = run(cli, "save", "http://an\udc80n:gull@127.0.0.1:9/x")
    assert (
        done.stderr.decode()
        == "Saved, but not kept for offline: 127.0.0.1:9 cannot be reached. What was kept is still here.\n"
    )


def test_numbers_beside_a_byte_that_is_no_utf8_are_named(cli: CommandLine) -> None:
    done = subprocess.run(
        [*cli.program, "mark", "-"],
        env=cli.environment | {"PYTHONIOENCODING": "utf-8:strict"},
        input=b"1\n\x80\n",
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert "1, \ufffd" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_an_address_that_imitates_another_is_shown_in_punycode(cli: CommandLine) -> None:
    """Also one that a library of an older version has as it was."""
    apple, readable = (
        "https://\u0430\u0440\u0440\u04cf\u0435.example/feed",
        "https://\u043f\u0440\u0438\u043c\u0435\u0440.example/feed",
    )
    with cli.library() as library:
        add_source(library, apple, apple)
        add_source(library, readable, readable)
    printed = [cli.run(*one) for one in (["sources"], ["remove", f"{apple}2"], ["save", "--no-fetch", f"{apple}3"])]
    assert all("https://xn--80ak6aa92e.example/feed" in one.stdout + one.stderr for one in printed)
    assert not any(apple in one.stdout + one.stderr for one in printed)
    assert readable in printed[0].stdout
