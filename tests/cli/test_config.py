"""`newsstand config`: where files are, what is wrong in the settings, and an editor for them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from reader.commands import COMMANDS
from tests import ROOT
from tests.pseudo_terminal import Terminal

Run = Callable[..., "subprocess.CompletedProcess[str]"]
WRONG = "[reader]\ntherme = 'dark'\nmeasure = 4000\npanes = 2\n"


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A home of its own, with nothing in it."""
    for name in [name for name in os.environ if name.startswith("XDG_") or name in ("VISUAL", "EDITOR")]:
        monkeypatch.delenv(name)
    return dict(os.environ) | {"HOME": str(tmp_path)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the settings file of that home would be, in a folder that is there."""
    file = tmp_path / ".config/newsstand/config.toml"
    file.parent.mkdir(parents=True)
    return file


@pytest.fixture
def run(environment: dict[str, str]) -> Run:
    """Run `newsstand` in that home, with no terminal."""

    def run(*arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-m", "reader", *arguments]
        return subprocess.run(command, env=environment | more, capture_output=True, text=True, timeout=60)

    return run


def in_terminal(environment: dict[str, str], *arguments: str) -> tuple[int | None, str]:
    """Run it in a terminal to its end; return its exit code and all it wrote."""
    terminal = Terminal([sys.executable, "-m", "reader", *arguments], environment=environment, columns=200)
    try:
        terminal.wait(lambda shown: shown.ended(), seconds=60)
        terminal.rest()
        return terminal.status, terminal.received.decode()
    finally:
        terminal.close()


def test_config_names_every_place_and_what_is_wrong_there(run: Run, file: Path) -> None:
    file.write_text(WRONG)
    done = run("config")
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == [
        "config",
        "chosen",
        "defaults",
        "keys",
        "sites",
        "library",
        "log",
    ]
    assert str(file) in done.stdout
    assert done.stderr.splitlines() == [
        "config.toml, line 2: reader.therme: no such setting; did you mean reader.theme?",
        "config.toml, line 3: reader.measure is 4000; it must be a width in cells (66 to 80).",
    ]
    places = json.loads(run("config", "--json").stdout)
    assert list(places) == ["config", "chosen", "defaults", "keys", "sites", "library", "log"]
    assert places["chosen"] == str(file.with_name("chosen.toml"))


def test_show_says_of_every_setting_who_set_it(run: Run, file: Path) -> None:
    file.write_text("[reader]\nmeasure = 70\n")
    file.with_name("chosen.toml").write_text('[reader]\ntheme = "sepia"\nmeasure = 78\n')
    lines = [line.split(maxsplit=2) for line in run("config", "show").stdout.splitlines()]
    assert lines[:3] == [
        ["reader.theme", '"sepia"', "chosen in the reader"],
        ["reader.measure", "70", "your settings file"],
        ["reader.density", '"auto"', "default"],
    ]
    shown = [json.loads(line) for line in run("config", "show", "--json").stdout.splitlines()]
    assert [(one["setting"], one["value"], one["origin"], one["file"]) for one in shown[:3]] == [
        ("reader.theme", "sepia", "chosen", str(file.with_name("chosen.toml"))),
        ("reader.measure", 70, "own", str(file)),
        ("reader.density", "auto", "default", None),
    ]


def test_check_knows_what_was_chosen_in_the_reader(run: Run, file: Path) -> None:
    chosen = file.with_name("chosen.toml")
    chosen.write_text('[reader]\ntheme = "sepia"\n')
    done = run("config", "check")
    assert (done.returncode, done.stdout.splitlines()) == (
        0,
        [f"{file} is not there yet.", f"1 setting chosen in the reader, in {chosen}."],
    )
    chosen.write_text('[reader]\ntheme = "seepia"\n')
    done = run("config", "check")
    assert done.returncode == 2
    assert done.stdout.startswith('chosen.toml, line 2: reader.theme is "seepia"; it must be dark, light,')


def test_check_says_each_fault_on_a_line_and_ends_with_2(run: Run, file: Path) -> None:
    file.write_text(WRONG)
    done = run("config", "check")
    assert (done.returncode, done.stderr) == (2, "")
    assert done.stdout.splitlines() == run("config").stderr.splitlines()
    faults = [json.loads(line) for line in run("config", "check", "--json").stdout.splitlines()]
    assert [(fault["file"], fault["line"], fault["key"]) for fault in faults] == [
        (str(file), 2, "reader.therme"),
        (str(file), 3, "reader.measure"),
    ]
    assert file.read_text() == WRONG


def test_check_says_that_all_is_well(run: Run, file: Path) -> None:
    done = run("config", "check")
    assert (done.returncode, done.stdout) == (0, f"{file} is not there yet: every setting has its default.\n")
    file.write_text('[reader]\npanes = 2\n[keys]\nstar = "x"\n')
    done = run("config", "check")
    assert (done.returncode, done.stdout, done.stderr) == (0, "2 settings, no errors.\n", "")


def test_a_named_file_that_is_not_there_is_misuse(run: Run, tmp_path: Path) -> None:
    for command in (["check"], ["keys"], []):
        done = run("--config", str(tmp_path / "absent.toml"), "config", *command)
        assert done.returncode == 2
        assert f"{tmp_path / 'absent.toml'}: there is no such file." in done.stderr


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"[reader]\ntherme = 'dark'\n", "line 2: reader.therme: no such setting; did you mean reader.theme?"),
        (b"[refresh]\nevery = 'soon'\n", 'line 2: refresh.every is "soon"; it must be minutes (1 to 10080).'),
        (b"[reader\n", 'line 1: at column 8, a "]" is missing.'),
        (b"# caf\xe9\n", "line 1: this is not UTF-8 text"),
        (None, "this is a folder; settings are a file."),
        (b"#" * 1_000_001, "larger than 1 MB"),
        (b'[keys]\nfrobnicate = "x"\n', "line 2: keys.frobnicate: no such command"),
        (b'[keys]\nstar = "donw"\n', 'line 2: keys.star: "donw" is not a key; did you mean down?'),
        (b'[keys]\nstar = "x"\nsave = "x"\n', 'line 3: keys.save: "x" is already bound to star there'),
    ],
    ids=["key", "type", "toml", "latin", "folder", "huge", "command", "key name", "twice"],
)
def test_with_bad_settings_commands_say_so_in_a_line_and_go_on(
    run: Run, file: Path, data: bytes | None, sentence: str
) -> None:
    if data is None:
        file.mkdir()
    else:
        file.write_bytes(data)
    done = run("refresh")
    assert done.returncode == 0
    first, *rest = done.stderr.splitlines()
    assert sentence in first
    assert rest == ["No sources yet. newsstand add URL subscribes to one."]
    assert run("config", "check").returncode == 2
    assert file.is_dir() if data is None else file.read_bytes() == data


def test_of_many_faults_five_are_said(run: Run, file: Path) -> None:
    file.write_text("[reader]\n" + "".join(f"zz{number} = 1\n" for number in range(9)))
    said = run("refresh").stderr.splitlines()
    assert len(said) == 7
    assert said[5] == "newsstand: And 4 more; newsstand config check shows all."
    assert len(run("config", "check").stdout.splitlines()) == 9


def test_keys_lists_every_command_with_the_keys_that_hold(run: Run, file: Path) -> None:
    file.write_text('[keys]\nset = "arrows"\nstar = ["x", "^T"]\n')
    told = [json.loads(line) for line in run("config", "keys", "--json").stdout.splitlines()]
    assert [command["id"] for command in told] == [command.id for command in COMMANDS]
    by_id = {command["id"]: command for command in told}
    assert by_id["star"] == {"id": "star", "keys": ["x", "ctrl+t"], "where": "stories", "title": "Star"}
    assert by_id["down"]["keys"] == ["down"]
    lines = run("config", "keys").stdout.splitlines()
    assert len(lines) == len(COMMANDS)
    assert next(line for line in lines if line.startswith("star ")).split("  ")[-1].strip() == "Star"
    assert "by name only" in next(line for line in lines if line.startswith("half-down "))


def test_edit_needs_a_terminal_and_makes_nothing_without_one(run: Run, file: Path) -> None:
    done = run("config", "edit")
    assert (done.returncode, done.stdout) == (2, "")
    assert "needs a terminal" in done.stderr
    assert not file.exists()


def test_edit_makes_the_file_with_all_at_its_default_opens_it_and_checks_it(
    environment: dict[str, str], file: Path
) -> None:
    file.parent.rmdir()
    code, said = in_terminal(environment | {"EDITOR": "cat"}, "config", "edit")
    assert code == 0
    assert f"Made {file}" in said
    assert '# theme = "dark"' in said
    assert "0 settings, no errors." in said
    assert not [line for line in file.read_text().splitlines() if line and line[0] not in "#["]


def test_edit_shows_what_is_wrong_afterwards_and_changes_nothing(environment: dict[str, str], file: Path) -> None:
    file.write_text(WRONG)
    code, said = in_terminal(environment | {"VISUAL": "true", "EDITOR": "false"}, "config", "edit")
    assert code == 2
    assert "config.toml, line 2: reader.therme: no such setting" in said
    assert "Made" not in said
    assert file.read_text() == WRONG


def test_an_editor_that_fails_or_is_not_there_is_told(environment: dict[str, str], file: Path) -> None:
    for editor in ("false", "no-such-editor"):
        code, said = in_terminal(environment | {"EDITOR": editor}, "config", "edit")
        assert code == 1
        assert "No editor could be started. Set EDITOR to one; the file is" in said
        assert "Traceback" not in said


def test_edit_of_a_folder_says_so(environment: dict[str, str], file: Path) -> None:
    file.mkdir()
    code, said = in_terminal(environment | {"EDITOR": "cat"}, "config", "edit")
    assert code == 2
    assert "this is a folder" in said


def test_a_home_that_is_not_there_or_no_folder_is_no_crash(run: Run, tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_text("")
    done = run("config", "check", HOME=str(tmp_path / "nowhere"))
    assert done.returncode == 0
    assert not (tmp_path / "nowhere").exists()
    done = run("config", "check", HOME=str(plain))
    assert done.returncode == 0
    done = run("list", HOME=str(plain))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr


HOMELESS = """
import os, pwd, sys
from reader.cli import main
os.environ.pop("HOME")
def nobody(number):
    raise KeyError(number)
pwd.getpwuid = nobody
main()
"""


def test_without_a_home_there_is_a_sentence_and_named_files_still_serve(
    environment: dict[str, str], tmp_path: Path
) -> None:
    def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", HOMELESS, *arguments],
            env=environment | {"PYTHONPATH": str(ROOT)}, cwd=tmp_path, capture_output=True, text=True, timeout=60,
        )  # fmt: skip

    done = run("list")
    assert done.returncode == 2
    assert done.stderr == (
        "newsstand: There is no home folder (HOME is not set), so no place for the library. Set HOME, or name a file: "
        "newsstand --library FILE.\n"
    )
    library = tmp_path / "library.db"
    done = run("--library", str(library), "refresh")
    assert done.returncode == 0, done.stderr
    assert library.exists()
    assert not (tmp_path / "~").exists()
