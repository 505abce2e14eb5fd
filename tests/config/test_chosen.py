"""What is chosen in the reader: a layer of settings of its own, in a file that only the reader writes."""

import os
import stat
import tomllib
from pathlib import Path

import pytest

from reader import config
from reader.config.chosen import default_of, edited, keep_choice, problem, value_of, with_choice
from reader.config.paths import chosen_beside
from reader.errors import BadSetting
from reader.words import settings as settings_words


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The user's settings, empty."""
    file = tmp_path / "config.toml"
    file.touch()
    return file


@pytest.fixture
def chosen(file: Path) -> Path:
    """Where the reader writes, beside them."""
    return file.with_name("chosen.toml")


def test_what_is_chosen_holds_until_the_users_file_sets_it(file: Path, chosen: Path) -> None:
    chosen.write_text('[reader]\ntheme = "sepia"\nmeasure = 68\n[keys]\nset = "arrows"\n')
    file.write_text("[reader]\nmeasure = 70\n")
    settings = config.load(file)
    assert (settings.reader.theme, settings.reader.measure, settings.reader.density) == ("sepia", 70, "auto")
    assert [settings.origin(f"reader.{key}") for key in ("theme", "measure", "density")] == ["chosen", "own", "default"]
    assert next(one for one in settings.commands if one.id == "down").keys == ("down",)
    assert settings.faults == ()


def test_a_wrong_choice_costs_itself_alone(file: Path, chosen: Path) -> None:
    chosen.write_text('[reader]\ntheme = "seepia"\nmeasure = 68\nglow = 3\n[keys]\ndown = "t"\n')
    settings = config.load(file)
    assert (settings.reader.theme, settings.reader.measure, settings.chosen) == ("dark", 68, ("reader.measure",))
    assert [(fault.file.name, fault.line, fault.key) for fault in settings.faults] == [
        ("chosen.toml", 2, "reader.theme"),
        ("chosen.toml", 4, "reader.glow"),
        ("chosen.toml", 6, "keys.down"),
    ]


@pytest.mark.parametrize("data", [b"[reader\n", b"\xff\xfe[\x00", b"theme", b"reader = 3\n", b"x" * 1_000_001])
def test_what_is_no_settings_file_is_a_fault_and_no_more(file: Path, chosen: Path, data: bytes) -> None:
    chosen.write_bytes(data)
    file.write_text("[reader]\nmeasure = 70\n")
    settings = config.load(file)
    assert (settings.reader.measure, settings.reader.theme, len(settings.faults)) == (70, "dark", 1)
    assert settings.faults[0].file == chosen


def test_a_folder_of_its_name_is_a_fault_and_nothing_is_kept(file: Path, chosen: Path) -> None:
    chosen.mkdir()
    assert [fault.file for fault in config.load(file).faults] == [chosen]
    assert keep_choice(chosen, "reader.theme", "light").startswith("This holds until you quit: chosen.toml cannot be")


def test_each_settings_file_has_choices_of_its_own(tmp_path: Path) -> None:
    assert chosen_beside(tmp_path / "config.toml") == tmp_path / "chosen.toml"
    assert chosen_beside(tmp_path / "work.toml") == tmp_path / "work.chosen.toml"
    assert chosen_beside(Path(os.devnull)) is None


def test_only_what_was_changed_is_written(file: Path, chosen: Path) -> None:
    assert keep_choice(chosen, "reader.theme", "light") == ""
    assert keep_choice(chosen, "offline.related", False) == ""
    assert keep_choice(chosen, "network.seconds", 7.5) == ""
    assert keep_choice(chosen, "reader.theme", "sepia") == ""
    head, *rest = chosen.read_text().splitlines()
    assert head == settings_words.chosen_file()
    assert rest == [
        "",
        "[reader]",
        'theme = "sepia"',
        "",
        "[offline]",
        "related = false",
        "",
        "[network]",
        "seconds = 7.5",
    ]
    assert config.load(file).chosen == ("reader.theme", "offline.related", "network.seconds")
    assert sorted(path.name for path in file.parent.iterdir()) == ["chosen.toml", "config.toml"]


def test_what_it_does_not_know_stays_as_it_is(chosen: Path) -> None:
    text = '# mine\n[reader]\nglow = [1,\n  2]  # of a later version\ntheme = "nord"   # for the evening\n'
    text += "\n[later]\nx = 1\n"
    chosen.write_text(text)
    assert keep_choice(chosen, "reader.theme", "dracula") == ""
    assert chosen.read_text() == text.replace("nord", "dracula")
    assert keep_choice(chosen, "reader.clock", 12) == ""
    assert chosen.read_text() == text.replace(
        '"nord"   # for the evening\n', '"dracula"   # for the evening\nclock = 12\n'
    )
    assert keep_choice(chosen, "reader.theme", None) == ""
    assert keep_choice(chosen, "reader.clock", None) == ""
    assert chosen.read_text() == text.replace('theme = "nord"   # for the evening\n', "")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ('reader.theme = "nord"  # x\n', 'reader.theme = "light"  # x\n'),
        ("[reader]", '[reader]\ntheme = "light"'),
        ('[reader]\r\ntheme = """no\r\nrd"""\r\nclock = 12\r\n', '[reader]\ntheme = "light"\nclock = 12\n'),
        ("[reader]\n\"theme\" = 'a # b' # c\n", '[reader]\ntheme = "light" # c\n'),
        ("[readers]\ntheme = 1\n", '[readers]\ntheme = 1\n\n[reader]\ntheme = "light"\n'),
        ("[reader]\n[reader.theme2]\ntheme = 1\n", '[reader]\ntheme = "light"\n[reader.theme2]\ntheme = 1\n'),
    ],
)
def test_one_setting_changes_whatever_the_form_of_the_file(text: str, wanted: str) -> None:
    assert edited(text, "reader.theme", "light") == wanted
    assert tomllib.loads(wanted)["reader"]["theme"] == "light"


def test_a_form_that_is_more_than_a_line_is_left_to_an_editor(chosen: Path) -> None:
    chosen.write_text('reader = {theme = "nord", glow = 1}\n')
    assert "only an editor" in keep_choice(chosen, "reader.theme", "light")
    assert chosen.read_text() == 'reader = {theme = "nord", glow = 1}\n'


@pytest.mark.parametrize("text", ["[[reader]]\npanes = 2\n", "reader = 3\n", "reader = [1]\n"])
def test_what_is_no_section_is_left_to_an_editor(chosen: Path, text: str) -> None:
    chosen.write_text(text)
    assert "only an editor" in keep_choice(chosen, "reader.theme", "light")
    assert chosen.read_text() == text


def test_taking_back_what_was_never_chosen_writes_nothing(chosen: Path) -> None:
    assert keep_choice(chosen, "reader.theme", None) == ""
    assert not chosen.exists()


def test_a_broken_file_is_put_aside_never_overwritten(chosen: Path) -> None:
    for number in (1, 2):
        chosen.write_text(f"[reader\n{number}")
        assert keep_choice(chosen, "reader.theme", "light") == ""
        assert tomllib.loads(chosen.read_text()) == {"reader": {"theme": "light"}}
        assert chosen.with_name(f"chosen.toml.bad{number}").read_text() == f"[reader\n{number}"


def test_a_link_stays_a_link_and_the_mode_stays(chosen: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "mine.toml"
    real.parent.mkdir()
    real.write_text("[reader]\nclock = 12\n")
    real.chmod(0o600)
    chosen.symlink_to(real)
    assert keep_choice(chosen, "reader.clock", 24) == ""
    assert chosen.is_symlink()
    assert (real.read_text(), stat.S_IMODE(real.stat().st_mode)) == ("[reader]\nclock = 24\n", 0o600)


def test_what_fails_on_the_way_leaves_the_old_file_whole(chosen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen.write_text("[reader]\nclock = 12\n")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    said = keep_choice(chosen, "reader.clock", 24)
    assert said == "This holds until you quit: chosen.toml cannot be written (No space left on device)."
    assert chosen.read_text() == "[reader]\nclock = 12\n"
    assert [path.name for path in chosen.parent.glob(".*")] == []


def test_the_folder_is_made_where_there_is_none(tmp_path: Path) -> None:
    chosen = tmp_path / "a" / "b" / "chosen.toml"
    assert keep_choice(chosen, "keys.set", "newsboat") == ""
    assert tomllib.loads(chosen.read_text()) == {"keys": {"set": "newsboat"}}


def test_a_choice_holds_at_once_and_can_be_taken_back(file: Path) -> None:
    file.write_text('[keys]\nstar = "x"\n')
    before = config.load(file)
    after = with_choice(with_choice(before, "reader.clock", 12), "keys.set", "arrows")
    assert (value_of(after, "reader.clock"), after.chosen) == (12, ("reader.clock", "keys.set"))
    keys = {one.id: one.keys for one in after.commands}
    assert (keys["down"], keys["star"]) == (("down",), ("x",))
    again = with_choice(with_choice(after, "keys.set", None), "reader.clock", None)
    assert again == before
    assert file.read_text() == '[keys]\nstar = "x"\n'


def test_what_the_users_file_sets_cannot_be_chosen(file: Path) -> None:
    file.write_text("[reader]\nclock = 12\n")
    with pytest.raises(BadSetting, match=r"config\.toml sets it"):
        with_choice(config.load(file), "reader.clock", 24)


def test_a_value_that_a_setting_may_not_have_cannot_be_chosen(file: Path) -> None:
    assert problem("reader.measure", 68) == ""
    assert "66 to 80" in problem("reader.measure", 81)
    with pytest.raises(BadSetting, match="66 to 80"):
        with_choice(config.load(file), "reader.measure", 81)
    assert default_of("network.seconds") == 20.0
