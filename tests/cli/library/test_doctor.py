"""`newsstand doctor`, as a person and a script run it."""

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from reader.store import Library
from tests import ROOT
from tests.cli.command_line import CommandLine, lines
from tests.pseudo_terminal import Terminal
from tests.store.doctor.made_library import make_library


def spoil(path: Path) -> bytes:
    """Zero a page of a library that holds an index; return what the file is now."""
    with closing(sqlite3.connect(path)) as con:
        (page,) = con.execute("SELECT max(rootpage) FROM sqlite_schema WHERE type = 'index'").fetchone()
    whole = path.read_bytes()
    path.write_bytes(whole[: (page - 1) * 4096] + bytes(4096) + whole[page * 4096 :])
    return path.read_bytes()


def beside(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


def test_a_library_that_is_well_is_said_to_be_and_is_not_touched(cli: CommandLine) -> None:
    cli.fill()
    before = cli.file.read_bytes()
    done = cli.run("doctor", "--repair", "--yes")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"The library {cli.file} is well.\n", "")
    assert cli.run("doctor", "--json").stdout == ""
    assert cli.file.read_bytes() == before
    assert beside(cli.file) == ["library.db"]


def test_a_damaged_library_is_told_of_in_words_and_repaired_into_a_new_file(cli: CommandLine) -> None:
    cli.fill()
    before = spoil(cli.file)
    told = cli.run("doctor")
    assert told.returncode == 1
    assert "SQLite finds the file damaged" in told.stdout
    assert "newsstand doctor --repair" in told.stderr
    (finding, *_) = lines(cli.run("doctor", "--json"))
    assert set(finding) == {"kind", "count", "what", "details", "message"}
    assert cli.file.read_bytes() == before
    done = cli.run("doctor", "--repair", "--yes")
    assert done.returncode == 0, done.stderr
    assert "2 sources, 3 marked stories, 5 headlines, 1 kept stories" in done.stdout
    assert cli.run("doctor").returncode == 0
    kept = [name for name in beside(cli.file) if "damaged" in name]
    assert len(kept) == 1
    assert (cli.file.parent / kept[0]).read_bytes() == before
    assert cli.file.stat().st_mode & 0o777 == 0o600
    assert len(cli.titles()) == 5
    assert cli.titles("--starred") == ["Bread"]
    assert cli.titles("--saved") == ["Snow"]
    assert cli.run("mark", "1", "--as", "star").returncode == 0


def test_what_an_earlier_repair_kept_is_never_overwritten(cli: CommandLine) -> None:
    cli.fill()
    kept: list[bytes] = []
    for _ in range(3):
        kept.append(spoil(cli.file))
        assert lines(cli.run("doctor", "--repair", "--yes", "--json"))[-1]["left"] == 0
    found = [file.read_bytes() for file in cli.file.parent.glob("library.damaged-*.db")]
    assert sorted(found) == sorted(kept)


def test_values_that_no_column_may_hold_are_found_and_made_right(cli: CommandLine) -> None:
    cli.fill()
    with closing(sqlite3.connect(cli.file, isolation_level=None)) as con:
        con.execute("UPDATE sources SET kind = 'telegraph', categories = '{'")
        con.execute("UPDATE entries SET title = 'Owned ' || char(27) || ']0;x' || char(7) WHERE title = 'Snow'")
        con.execute("UPDATE pages SET unread = 1 - unread")
        con.execute("DELETE FROM journal")
        con.execute("UPDATE entries SET page = 4444 WHERE title = 'Gulls'")
    assert cli.run("list").returncode == 0
    assert cli.run("sources").returncode == 0
    told = cli.run("doctor")
    assert told.returncode == 1
    assert "4 values of sources cannot be right" in told.stdout
    assert "1 value of entries cannot be right" in told.stdout
    assert "names what is not there" in told.stdout
    assert "\x1b" not in told.stdout
    assert cli.run("doctor", "--repair", "--yes").returncode == 0
    assert "well" in cli.run("doctor").stdout
    assert sorted(cli.titles()) == ["Bread", "Ferry", "Gulls", "Owned", "Æther"]


def nothing(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def letter(path: Path) -> None:
    path.write_text("Dear diary, the ferry was late again.\n" * 200)


def somebody_elses(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as con:
        con.execute("CREATE TABLE photographs (id)")


def pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as con:
        con.execute("PRAGMA user_version = 90")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (nothing, "There is no library at"),
        (empty, "is an empty file"),
        (folder, "it is a folder"),
        (letter, "not a Newsstand library"),
        (somebody_elses, "belongs to another program"),
        (pipe, "it is not a regular file"),
        (newer, "newer Newsstand (version 90"),
    ],
)
def test_what_is_no_library_of_ours_has_a_sentence_of_its_own_and_is_left_alone(
    cli: CommandLine, make: Callable[[Path], None], words: str
) -> None:
    cli.fill()
    make(cli.file)
    before = cli.file.read_bytes() if cli.file.is_file() else None
    for arguments in (("doctor",), ("doctor", "--repair", "--yes")):
        done = cli.run(*arguments)
        assert done.returncode == 1
        assert words in done.stderr
        assert done.stdout == ""
    assert (cli.file.read_bytes() if cli.file.is_file() else None) == before


def test_it_asks_before_it_repairs(cli: CommandLine) -> None:
    cli.fill()
    before = spoil(cli.file)
    refused = cli.run("doctor", "--repair")
    assert (refused.returncode, refused.stderr) == (
        2,
        "newsstand: There is no terminal to ask on: --repair --yes repairs without asking.\n",
    )
    assert cli.run("doctor", "--yes").returncode == 2
    for answer, code in (("n\n", 1), ("y\n", 0)):
        terminal = Terminal([*cli.program, "doctor", "--repair"], environment=cli.environment)
        terminal.wait(lambda seen: "keep the damaged file" in seen.text().replace("\n", " "))
        terminal.write(answer)
        assert terminal.end() == code
        terminal.close()
        assert (cli.file.read_bytes() == before) is (code == 1)


def test_it_repairs_nothing_while_another_has_it_open(cli: CommandLine) -> None:
    cli.fill()
    before = spoil(cli.file)
    code = "import sys; from pathlib import Path; from reader.store import Library\n"
    code += "with Library.open(Path(sys.argv[1])): print('open', flush=True); sys.stdin.read()\n"
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(cli.file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=cli.environment,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdin is not None
    assert other.stdout.readline() == "open\n"
    assert cli.run("doctor").returncode == 1
    done = cli.run("doctor", "--repair", "--yes")
    other.stdin.close()
    other.wait()
    other.stdout.close()
    assert done.returncode == 1
    assert "Another Newsstand has" in done.stderr
    assert cli.file.read_bytes() == before
    assert not list(cli.file.parent.glob("*damaged*"))
    assert cli.run("doctor", "--repair", "--yes").returncode == 0


def mounted(shelf: Path, size: str) -> list[str]:
    """Make a folder; return what runs a command while a disk of that size is mounted there, or skip."""
    shelf.mkdir()
    how = f'mount -t tmpfs -o size={size} none "$0" && exec "$@"'
    around = [shutil.which("unshare") or "", "-m", "sh", "-c", how, str(shelf)]
    if os.geteuid() != 0 or subprocess.run([*around, "true"], capture_output=True).returncode:
        pytest.skip("needs root and a mount that is allowed")
    return around


def test_a_full_disk_leaves_all_as_it_was(cli: CommandLine, tmp_path: Path) -> None:
    shelf = tmp_path / "tiny"
    around = mounted(shelf, "900k")
    with Library.open(tmp_path / "large.db") as library:
        library.ensure_pages([(f"https://gull.example/{n}", "x" * 200) for n in range(1000)])
    spoil(tmp_path / "large.db")
    code = """
import shutil, subprocess, sys
from pathlib import Path
large, shelf = Path(sys.argv[1]), Path(sys.argv[2])
shutil.copyfile(large, shelf / "library.db")
done = subprocess.run([sys.executable, "-m", "reader", "--library", str(shelf / "library.db"), "doctor", "--repair",
    "--yes"], capture_output=True, text=True)
same = (shelf / "library.db").read_bytes() == large.read_bytes()
left = sorted(file.name for file in shelf.iterdir() if ".log" not in file.name)
print(done.returncode, "disk is full" in done.stderr, same, left)
"""
    done = subprocess.run(
        [*around, sys.executable, "-c", code, str(tmp_path / "large.db"), str(shelf)],
        capture_output=True,
        text=True,
        env=cli.environment,
    )
    assert done.stdout == "1 True True ['library.db']\n", done.stderr


@pytest.mark.parametrize("room", [0, 20_000])
def test_on_a_full_disk_a_sound_library_is_checked_and_not_called_damaged(
    cli: CommandLine, tmp_path: Path, room: int
) -> None:
    shelf = tmp_path / "tiny"
    around = mounted(shelf, "600k")
    cli.fill()
    code = """
import os, shutil, subprocess, sys
from pathlib import Path
whole, shelf, room = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
shutil.copyfile(whole, shelf / "library.db")
free = os.statvfs(shelf)
(shelf / "fill").write_bytes(bytes(free.f_bavail * free.f_frsize - room))
for arguments in (["doctor"], ["doctor", "--repair", "--yes"], ["doctor", "--json"]):
    command = [sys.executable, "-m", "reader", "--library", str(shelf / "library.db"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    print(done.returncode, repr(done.stdout), "disk is full" in done.stderr, "--repair" in done.stderr)
print((shelf / "library.db").read_bytes() == whole.read_bytes())
"""
    done = subprocess.run(
        [*around, sys.executable, "-c", code, str(cli.file), str(shelf), str(room)],
        capture_output=True,
        text=True,
        env=cli.environment,
    )
    said = repr(f"The library {shelf / 'library.db'} is well.\n")
    assert done.stdout == f"0 {said} False False\n" * 2 + "0 '' False False\nTrue\n", done.stderr


def test_a_device_is_said_to_be_none_by_every_command(cli: CommandLine) -> None:
    cli.fill()
    for arguments in (("list",), ("doctor",), ("backup",), ("restore", str(cli.file), "--yes")):
        done = cli.run("--library", "/dev/null", *arguments)
        assert (done.returncode, done.stdout) == (1, ""), arguments
        assert done.stderr == "newsstand: The library /dev/null cannot be used: it is not a regular file.\n"


def test_the_command_that_helps_names_the_library_that_is_meant(cli: CommandLine) -> None:
    cli.fill()
    other = cli.home / "a shelf" / "other.db"
    other.parent.mkdir()
    cli.file.rename(other)
    command = f"`newsstand --library '{other}' doctor --repair`"
    spoil(other)
    for arguments in (("mark", "1", "--as", "star"), ("doctor",), ("backup",)):
        assert command in cli.run("--library", str(other), *arguments).stderr, arguments
    assert command in cli.run("restore", str(other), "--yes").stderr
    data = bytearray(other.read_bytes())
    data[19] = 77
    for spoiled in (bytes(data), bytes(4096) + bytes(data[4096:])):
        other.write_bytes(spoiled)
        done = cli.run("restore", str(other), "--yes")
        assert f"the file is damaged. {command}" in done.stderr
        assert cli.run("--library", str(other), "doctor").returncode == 1
    other.rename(cli.file)
    cli.file.write_bytes(bytes(data))
    assert "`newsstand doctor` says" in cli.run("list").stderr


@pytest.mark.parametrize("make", [letter, somebody_elses])
def test_where_no_library_was_named_no_repair_is_offered(cli: CommandLine, make: Callable[[Path], None]) -> None:
    cli.fill()
    rubbish = cli.home / "rubbish.db"
    rubbish.touch()
    make(rubbish)
    for done in (cli.run("restore", "rubbish.db", "--yes"), cli.run("--library", "rubbish.db", "list")):
        assert done.returncode == 1
        assert "cannot be used" in done.stderr
        assert "doctor" not in done.stderr


def overwrite_leaf(path: Path, table: str) -> int:
    """Zero the first page of a table that holds rows; return how many these were."""
    with closing(sqlite3.connect(path)) as con:
        (root,) = con.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    data = bytearray(path.read_bytes())
    page = data[(root - 1) * 4096 : root * 4096]
    assert page[0] == 5, "the root is no leaf"
    (cell,) = struct.unpack_from(">H", page, 12)
    (leaf,) = struct.unpack_from(">I", page, cell)
    start = (leaf - 1) * 4096
    assert data[start] == 13
    (rows,) = struct.unpack_from(">H", data, start + 3)
    data[start : start + 4096] = bytes(4096)
    path.write_bytes(data)
    return int(rows)


def test_what_a_repair_could_not_save_is_counted(cli: CommandLine) -> None:
    make_library(cli.file, entries=400)
    headlines, texts = overwrite_leaf(cli.file, "entries"), overwrite_leaf(cli.file, "articles")
    assert headlines > 1
    assert texts == 1
    done = cli.run("doctor", "--repair", "--yes")
    assert done.returncode == 0
    assert f"Could not be saved: {headlines} headlines and 1 text of a kept story, as far as" in done.stdout


def test_where_every_row_could_be_saved_no_loss_is_told(cli: CommandLine) -> None:
    make_library(cli.file, entries=400)
    with cli.library() as library:
        library.remove_source(2)
    spoil(cli.file)
    done = cli.run("doctor", "--repair", "--yes", "--json")
    assert lines(done)[-1]["lost"] == {"entries": 0, "articles": 0}
    spoil(cli.file)
    assert (
        "Nothing tells of headlines or texts that could not be saved." in cli.run("doctor", "--repair", "--yes").stdout
    )


def left_open(path: Path) -> None:
    """Make a library in a process that is then killed: all that is in it stands in the write-ahead log."""
    path.parent.mkdir(parents=True, exist_ok=True)
    code = """
import os, sys
from pathlib import Path
from reader.models import NewSource
from reader.store import Library
library = Library.open(Path(sys.argv[1]))
library.add_sources([NewSource("https://plover.example/rss", "The Plover")])
library.star(library.ensure_pages([("https://plover.example/1", "Eggs")]))
os._exit(0)
"""
    subprocess.run([sys.executable, "-c", code, str(path)], check=True, env=os.environ | {"PYTHONPATH": str(ROOT)})


def test_a_new_library_that_nobody_closed_is_well(cli: CommandLine) -> None:
    left_open(cli.file)
    assert cli.run("doctor").stdout == f"The library {cli.file} is well.\n"


def test_an_empty_file_with_a_log_beside_it_is_no_new_library_and_is_repaired(cli: CommandLine) -> None:
    left_open(cli.file)
    log = cli.file.with_name("library.db-wal")
    cli.file.write_bytes(b"")
    before = log.read_bytes()
    for arguments in (("list",), ("sources",), ("mark", "1", "--as", "read"), ("undo",)):
        done = cli.run(*arguments)
        assert (done.returncode, done.stdout) == (1, ""), arguments
        assert "it is empty, and what is left of it stands beside it" in done.stderr
        assert "newsstand doctor" in done.stderr
    found = cli.run("doctor")
    assert (found.returncode, found.stdout.startswith("The file is empty: ")) == (1, True)
    assert (cli.file.read_bytes(), log.read_bytes()) == (b"", before)
    assert cli.run("doctor", "--repair", "--yes").returncode == 0
    assert "The Plover" in cli.run("sources").stdout
    assert "★" in cli.run("list", "--starred").stdout
    (kept,) = cli.file.parent.glob("library.damaged-*.db-wal")
    assert kept.read_bytes() == before


def test_a_log_whose_library_is_gone_is_not_taken_for_a_new_ones(cli: CommandLine) -> None:
    left_open(cli.file)
    log = cli.file.with_name("library.db-wal")
    elsewhere, before = cli.home / "elsewhere.db", log.read_bytes()
    cli.file.rename(elsewhere)
    done = cli.run("list")
    assert done.returncode == 1
    assert "put the library beside it" in done.stderr
    assert (cli.file.exists(), log.read_bytes()) == (False, before)
    elsewhere.rename(cli.file)
    assert "The Plover" in cli.run("sources").stdout
