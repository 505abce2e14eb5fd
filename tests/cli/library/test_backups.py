"""`backup` and `restore`, as a person and as a script run them."""

import os
from datetime import datetime
from pathlib import Path

import pytest

from reader.store import Library
from tests.cli.command_line import CommandLine, lines
from tests.pseudo_terminal import Terminal


@pytest.fixture
def filled(cli: CommandLine) -> CommandLine:
    """A home with a library in it; no backup is made by itself."""
    (cli.home / "config/newsstand").mkdir(parents=True)
    (cli.home / "config/newsstand/config.toml").write_text("[library]\nbackups = 0\n", encoding="utf-8")
    cli.fill()
    return cli


def backups_of(cli: CommandLine) -> list[str]:
    folder = cli.file.with_name("library.db.backups")
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def test_a_backup_is_made_listed_and_restored_by_its_name(filled: CommandLine) -> None:
    done = filled.run("backup")
    (name,) = backups_of(filled)
    assert done.stdout.startswith(f"Backup made: {filled.file}.backups/{name} (")
    assert (done.returncode, done.stderr) == (0, "")
    filled.run("remove", "Harbour")
    listed = filled.run("backup", "--list").stdout
    assert listed.split()[-1].endswith(name)
    assert "by hand" in listed
    restored = filled.run("restore", name, "--yes")
    assert restored.stdout.startswith("Restored: 2 sources, 5 headlines. What was there is kept: ")
    assert "Gulls" in filled.titles()
    assert len(backups_of(filled)) == 2


def test_scripts_get_what_was_made_and_what_came_back(filled: CommandLine) -> None:
    (made,) = lines(filled.run("backup", str(filled.home / "news.db"), "--json"))
    assert set(made) == {"file", "made", "bytes", "version", "kind"}
    assert (made["file"], made["kind"]) == (str(filled.home / "news.db"), "manual")
    assert made["bytes"] == (filled.home / "news.db").stat().st_size
    assert datetime.fromisoformat(made["made"]).tzinfo is not None
    (restored,) = lines(filled.run("restore", str(filled.home / "news.db"), "--yes", "--json"))
    assert restored.pop("kept").endswith("-before-restore.db")
    assert restored == {
        "file": made["file"],
        "version": made["version"],
        "sources": 2,
        "headlines": 5,
        "starred": 1,
        "saved": 1,
    }
    assert [one["kind"] for one in lines(filled.run("backup", "--list", "--json"))] == ["before-restore"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("backup", "-"), 2, "needs the name of a file"),
        (("backup", ""), 2, "needs the name of a file"),
        (("backup", "."), 2, "is a folder"),
        (("backup", "there.db"), 2, "--force overwrites it"),
        (("backup", "link.db", "--force"), 2, "symbolic link"),
        (("backup", "nowhere/news.db"), 1, "cannot be written"),
        (("backup", "~nobody-of-this-name/news.db"), 1, "cannot be written"),
        (("backup", "--list", "news.db"), 2, "--list goes with no FILE"),
        (("restore", "there.db", "--yes"), 1, "not a Newsstand library"),
        (("restore", "nowhere.db", "--yes"), 2, "there is no such file"),
        (("restore", "-", "--yes"), 2, "is not a file"),
        (("restore", "", "--yes"), 2, "is not a file"),
        (("restore", "there.db"), 2, "--yes restores without asking"),
        (("restore", "n" * 300, "--yes"), 2, "there is no such file"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    filled: CommandLine, arguments: tuple[str, ...], code: int, words: str
) -> None:
    (filled.home / "there.db").write_text("mine " * 100)
    (filled.home / "link.db").symlink_to("there.db")
    done = filled.run(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert backups_of(filled) == []
    assert (filled.home / "there.db").read_text() == "mine " * 100


def test_where_there_is_no_library_none_is_made(cli: CommandLine) -> None:
    done = cli.run("backup")
    assert (done.returncode, cli.file.exists()) == (2, False)
    assert "There is no library yet" in done.stderr
    assert "No backups yet" in cli.run("backup", "--list").stderr


def test_a_backup_is_made_while_the_reader_has_the_library_open_and_a_restore_is_refused(filled: CommandLine) -> None:
    with Library.open(filled.file) as library:
        assert filled.run("backup", "news.db").returncode == 0
        done = filled.run("restore", "news.db", "--yes")
        assert done.returncode == 1
        assert "Quit it, then restore again; nothing was changed." in done.stderr
        library.star([row.page for row in library.entries() if row.title == "Gulls"])
    assert len(filled.titles("--starred")) == 2


def test_a_person_is_asked_and_no_is_an_answer(filled: CommandLine) -> None:
    filled.run("backup", "news.db")
    before = filled.file.read_bytes()
    command = [*filled.program, "restore", str(filled.home / "news.db")]
    terminal = Terminal(command, columns=200, environment=filled.environment)
    terminal.wait(lambda it: "2 sources, 5 headlines)? [y/N]:" in it.text())
    terminal.write("n\r")
    assert terminal.end() == 1
    assert "Nothing was changed." in terminal.text()
    assert filled.file.read_bytes() == before


def test_the_first_command_of_a_day_makes_a_backup_where_the_last_is_a_week_old(cli: CommandLine) -> None:
    cli.fill()
    assert cli.run("list").stderr == ""
    (first,) = backups_of(cli)
    assert first.endswith("-automatic.db")
    cli.run("list")
    assert backups_of(cli) == [first]
    file = cli.file.with_name("library.db.backups") / first
    os.rename(file, file.with_name("2020-01-01-000000-automatic.db"))  # noqa: PTH104 # as `mv` does
    cli.run("list")
    assert len(backups_of(cli)) == 1  # it was asked today
    with cli.library() as library:
        library.remember("backup day", "2020-01-02")
    cli.run("list")
    assert len(backups_of(cli)) == 2


def test_a_settings_file_of_any_name_turns_them_off(cli: CommandLine) -> None:
    cli.fill()
    Path(cli.home / "mine.toml").write_text("[library]\nbackup_days = 0\n", encoding="utf-8")
    cli.run("--config", str(cli.home / "mine.toml"), "list")
    assert backups_of(cli) == []


def test_a_limit_on_the_size_of_files_is_told_as_one_and_names_the_file_that_cannot_be_written(
    filled: CommandLine,
) -> None:
    assert filled.run("backup", "whole.db").returncode == 0
    limit = "may not become larger than 102 kB here (`ulimit -f` in the shell)"
    folder, before = filled.file.parent, filled.file.read_bytes()
    for command, names in (
        ("backup small.db", "newsstand: small.db cannot be written: "),
        ("backup", f"newsstand: {filled.file}.backups cannot be written: "),
        ("restore whole.db --yes", f"newsstand: {folder} cannot be written: "),
    ):
        done = filled.shell(f"ulimit -f 100; newsstand {command}")
        assert done.returncode == 1
        assert done.stderr.startswith(names), (command, done.stderr)
        assert limit in done.stderr
    assert backups_of(filled) == []
    assert filled.file.read_bytes() == before
    assert not (filled.home / "small.db").exists()


def test_a_library_that_may_not_grow_is_read_and_says_why_nothing_is_marked(filled: CommandLine) -> None:
    outlines = "".join(f'<outline xmlUrl="https://egret{n}.example/rss" text="Egret {n}"/>' for n in range(400))
    many = filled.home / "many.opml"
    many.write_text(f"<opml version='2.0'><body>{outlines}</body></opml>", encoding="utf-8")
    for kilobytes, act in ((10, "mark 1 2 3 4 5 --as star"), (100, "import many.opml")):  # 10: less than `-shm` needs
        listed = filled.shell(f"ulimit -f {kilobytes}; newsstand list")
        assert (listed.returncode, listed.stderr, "Gulls" in listed.stdout) == (0, "", True)
        refused = filled.shell(f"ulimit -f {kilobytes}; newsstand {act}")
        assert refused.returncode == 1
        assert "(`ulimit -f` in the shell)" in refused.stderr, refused.stderr
        assert str(filled.file) in refused.stderr
    assert "Egret" not in filled.run("sources").stdout
    assert filled.titles("--starred") == ["Bread"]
