"""Where the command line runs: pipes that end, streams that are closed, disks that are full, no home, odd terminals."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import pytest

from reader.models import Source
from reader.store import FeedChanges
from tests import add_source
from tests.cli.command_line import HARBOUR, CommandLine, entry
from tests.fetch.scripted_server import Call, Server
from tests.pseudo_terminal import Terminal
from tests.sample_paper import feed


def test_a_pipe_that_ends_early_is_no_failure_to_tell_of(cli: CommandLine) -> None:
    cli.fill()
    with cli.library() as library:
        many = tuple(entry(HARBOUR, f"Story {n} {'x' * 120}", 10) for n in range(2000))
        library.keep_feed(1, FeedChanges(new=many), now=2e9)
    for options in ("", "--json"):
        done = cli.shell(f"set -o pipefail; newsstand list {options} | head -n 1")
        assert (done.stdout.count("\n"), done.stderr, done.returncode) == (1, "", 128 + signal.SIGPIPE)


@pytest.mark.parametrize(
    ("line", "code", "words"),
    [
        ("newsstand list >&-", 1, "standard output is closed"),
        ("newsstand list >/dev/full", 1, "standard output cannot be written: No space left on device"),
        ("newsstand list --json >/dev/full", 1, "standard output cannot be written"),
        ("newsstand --help >/dev/full", 1, "standard output cannot be written"),
        ("newsstand demo <&-", 2, "The demo needs a terminal"),
        ("newsstand <&-", 2, "The reader needs a terminal"),
        ("newsstand config edit <&-", 2, "An editor needs a terminal"),
        ("newsstand mark - <&-", 2, "standard input is closed"),
        ("newsstand read - --url https://example.org/ <&-", 2, "standard input is closed"),
        ("newsstand add http://127.0.0.1:9/ <&-", 1, "127.0.0.1"),
        ("TERM=dumb newsstand list", 0, ""),
        ("newsstand list 2>&-", 0, ""),
        ("newsstand refresh 99 2>&-", 2, ""),
        ("newsstand frobnicate 2>&- >&-", 1, ""),
    ],
)
def test_streams_that_are_closed_or_full_cost_a_sentence_and_an_exit_code(
    cli: CommandLine, line: str, code: int, words: str
) -> None:
    cli.fill()
    done = cli.shell(line)
    assert done.returncode == code, done.stderr
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_what_was_marked_stays_marked_where_nothing_can_be_printed(cli: CommandLine) -> None:
    pages = cli.fill()
    assert cli.shell(f"newsstand mark {pages['Ferry']} --json >/dev/full").returncode == 1
    assert "Ferry" not in cli.titles("--unread")


def test_a_locale_without_letters_prints_what_it_can(cli: CommandLine) -> None:
    cli.fill()
    poor = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for arguments in ("list", "list --json", "sources", "--help", "catalogue vnexpress", "read 1", "read 1 --width 40"):
        done = cli.shell(f"newsstand {arguments}", poor)
        assert (done.returncode, done.stderr) == (0, ""), arguments
        assert done.stdout


@pytest.mark.parametrize("home", ["letter.txt", "letter.txt/none", "/proc/none"])
def test_a_home_that_is_none_is_a_sentence_that_names_it(cli: CommandLine, home: str) -> None:
    (cli.home / "letter.txt").write_text("Dear reader")
    more = {"HOME": str(cli.home / home), "XDG_DATA_HOME": "", "XDG_CONFIG_HOME": "", "XDG_STATE_HOME": ""}
    done = cli.run("list", more=more)
    assert done.returncode == 1
    assert home in done.stderr
    assert "Traceback" not in done.stderr
    assert cli.run("--library", str(cli.home / "own.db"), "list", more=more).returncode == 0


def test_ctrl_c_during_a_refresh_leaves_the_library_whole_and_the_line_clear(cli: CommandLine, server: Server) -> None:
    waiting = threading.Event()

    def slow(call: Call) -> None:
        waiting.set()
        call.gone()

    quick = server.says("/quick", feed(("The pier", f"{HARBOUR}/pier")))
    with cli.library() as library:
        add_source(library, quick, "Quick")
        add_source(library, server.says("/slow", slow), "Slow")
    terminal = Terminal([*cli.program, "refresh", "--all", "--no-stories"], environment=cli.environment)
    assert waiting.wait(20)
    terminal.wait(lambda seen: "1/2 sources" in seen.text(), whole=False)
    terminal.write("\x03")
    assert terminal.end() == 128 + signal.SIGINT
    assert terminal.text().replace("^C", "").strip() == ""
    assert b"Traceback" not in terminal.received
    assert cli.titles() == ["The pier"]
    assert [source.failure for source in _sources(cli)] == [None, None]


def _sources(cli: CommandLine) -> list[Source]:
    with cli.library() as library:
        return library.sources()


def test_a_dumb_terminal_is_sent_no_escapes_by_any_command(cli: CommandLine, server: Server) -> None:
    cli.fill()
    with cli.library() as library:
        for source in library.sources():
            library.remove_source(source.id)
        add_source(library, server.says("/feed", feed(("The pier", f"{HARBOUR}/pier"))), "Quick")
    for arguments in (["refresh", "--all", "--no-stories"], ["list"], ["sources"], ["read", "1"]):
        terminal = Terminal([*cli.program, *arguments], environment=cli.environment | {"TERM": "dumb"})
        assert terminal.end() == 0
        assert b"\x1b" not in terminal.received, arguments
    shown = Terminal([*cli.program, "list"], environment=cli.environment)
    assert shown.end() == 0
    assert b"\x1b[" in shown.received
    bare = Terminal([*cli.program, "list"], environment=cli.environment | {"NO_COLOR": "1"})
    assert bare.end() == 0
    assert b"\x1b" not in bare.received


def test_a_kill_ends_a_refresh_in_order(cli: CommandLine, server: Server) -> None:
    waiting = threading.Event()

    def slow(call: Call) -> None:
        waiting.set()
        call.gone()

    with cli.library() as library:
        add_source(library, server.says("/slow", slow), "Slow")
    child = subprocess.Popen(
        [*cli.program, "refresh", "--all"], env=cli.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert waiting.wait(20)
    began = time.monotonic()
    os.kill(child.pid, signal.SIGTERM)
    _, told = child.communicate(timeout=20)
    assert child.returncode == 128 + signal.SIGTERM
    assert b"Traceback" not in told
    assert time.monotonic() - began < 10
    assert cli.titles() == []
