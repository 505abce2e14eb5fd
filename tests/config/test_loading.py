"""Settings: from the checkout and from the wheel, each key by itself, and what a wrong one says."""

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader import config
from reader.config import loading, values
from reader.errors import BadSetting
from tests import ROOT

DEFAULTS = config.load(Path(os.devnull))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def loaded(file: Path, text: str | bytes) -> config.Config:
    """Write a settings file and load it: it is read, never written."""
    data = text.encode() if isinstance(text, str) else text
    file.write_bytes(data)
    settings = config.load(file)
    assert file.read_bytes() == data
    return settings


def told(settings: config.Config) -> list[str]:
    return [str(fault) for fault in settings.faults]


def without_faults(settings: config.Config) -> list[Any]:
    return [getattr(settings, section) for section in loading.SECTIONS]


def test_a_checkout_reads_its_own_config_folder() -> None:
    assert config.shipped() == ROOT / "config"
    assert config.load(None).reader.measure == 72


def test_the_wheel_carries_the_config_folder_and_reads_it_there(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("newsstand-*.whl")
    unpacked = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    for name in ("default.toml", "keys/newsboat.toml", "keys/arrows.toml"):
        assert (unpacked / "reader/_config" / name).read_bytes() == (ROOT / "config" / name).read_bytes()
    ask = (
        "from reader import config; print(config.shipped()); config.load();"
        "print(*[name for name, _ in config.site_rule_files()])"
    )
    told = subprocess.run(
        [sys.executable, "-c", ask],
        cwd=unpacked,
        env={"PYTHONPATH": str(unpacked), "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    assert Path(told[0]) == unpacked / "reader/_config"
    assert told[1].split() == sorted(path.stem for path in (ROOT / "config/sites").glob("*.toml"))


def test_the_defaults_are_without_fault_and_override_nothing() -> None:
    assert (DEFAULTS.faults, DEFAULTS.notes, DEFAULTS.own) == ((), (), ())


def test_the_users_file_overrides_one_setting_and_leaves_the_rest(file: Path) -> None:
    settings = loaded(file, "[reader]\nmeasure = 66\n")
    assert settings.reader.measure == 66
    assert settings.refresh == DEFAULTS.refresh
    assert (settings.faults, settings.own) == ((), ("reader.measure",))


@pytest.mark.parametrize(
    "text",
    ["reader.panes = 2\n", '["reader"]\n"panes" = 2\n', "reader = {panes = 2}\n", "\ufeff[reader]\r\npanes = 2\r\n"],
)
def test_a_setting_may_be_written_as_toml_allows(file: Path, text: str) -> None:
    settings = loaded(file, text)
    assert (settings.reader.panes, settings.faults) == (2, ())


def test_keys_are_those_of_the_set_and_of_the_person(file: Path) -> None:
    settings = loaded(file, '[keys]\nset = "arrows"\nstar = ["x", "insert"]\n')
    keys = {command.id: command.keys for command in settings.commands}
    assert settings.faults == ()
    assert keys["star"] == ("x", "insert")
    assert keys["down"] == ("down",)
    assert settings.own == ("keys.set", "keys.star")


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('[refresh]\n\nevery = "soon"\n', 'line 3: refresh.every is "soon"; it must be minutes (1 to 10080).'),
        ("[refresh]\nevery = 0\n", "line 2: refresh.every is 0; it must be minutes (1 to 10080)."),
        ("[keep]\nmegabytes = -1\n", "keep.megabytes is -1; it must be megabytes (0 to 1000000)."),
        ("[offline]\narticles = -1\n", "it must be a number of stories (0 to 1000000)."),
        ("[refresh]\nevery = 1.5\n", "line 2: refresh.every is 1.5; it must be minutes (1 to 10080)."),
        ("[refresh]\nat_start = 1\n", "line 2: refresh.at_start is 1; it must be true or false."),
        ("[network]\nseconds = nan\n", "line 2: network.seconds is nan; it must be seconds (1 to 600)."),
        ("[reader]\nmeasure = true\n", "line 2: reader.measure is true; it must be a width in cells (66 to 80)."),
        ("[reader]\ntherme = 'dark'\n", "line 2: reader.therme: no such setting; did you mean reader.theme?"),
        ("[reader]\nicon = 5\n", "line 2: reader.icon: no such setting; did you mean reader.icons?"),
        ("[reader]\nevry = 5\n", "line 2: reader.evry: no such setting; did you mean refresh.every?"),
        ("[reader]\nevery = 5\n", "line 2: reader.every: no such setting; did you mean refresh.every?"),
        ("[refresh]\nzzz = 5\n", "line 2: refresh.zzz: no such setting; [refresh] has every and at_start."),
        ("[raeder]\n", "line 1: [raeder]: no such section; did you mean [reader]?"),
        ("[zzz]\n", "[zzz]: no such section; there are reader, refresh, offline, keep, network, library and keys."),
        ("reader = 3\n", "line 1: reader is a section: write [reader] on a line of its own, its settings under it."),
        ("[[reader]]\na = 1\n", "line 1: reader is a section: write [reader] on a line of its own, its settings under"),
        ('theme = "dark"\n', "line 1: theme: this setting belongs under [reader], or is written reader.theme."),
        ('therme = "dark"\n', "line 1: therme: no such setting; did you mean reader.theme?"),
        ("zzz = 1\n", "line 1: zzz: no such setting; settings belong under [reader], [refresh], [offline]"),
        ('[reader]\nicons = "asci"\n', 'it must be auto, unicode or ascii; did you mean "ascii"?'),
        ('[reader]\nclock = "12"\n', 'line 2: reader.clock is "12"; it must be 24 or 12; did you mean 12?'),
        ('[reader]\ntheme = "Sepia"\n', 'did you mean "sepia"?'),
        ('[reader]\ntheme = "zzz"\n', "it must be dark, light, terminal, sepia, high-contrast or a theme of Textual."),
        ("[reader]\nview = {a = 1}\n", "line 2: reader.view is a section; it must be last, unread,"),
        ('[keys]\nset = "vim"\n', 'line 2: keys.set is "vim"; it must be default, newsboat or arrows.'),
        ('[keys]\ndwon = "j"\n', "line 2: keys.dwon: no such command; did you mean keys.down?"),
        ('[keys]\nzzzz = "j"\n', "line 2: keys.zzzz: no such command; newsstand config keys lists them."),
        ('[keys]\ndown = [\n  "j",\n  "donw"\n]\n', 'line 2: keys.down: "donw" is not a key; did you mean down?'),
        ('[keys]\ndown = "💥💥"\n', 'keys.down: "💥💥" is not a key; a key is a character, or a name like space'),
        ("[keys]\ndown = 3\n", 'line 2: keys.down: keys are written "j", or ["j", "down"] for several.'),
        ('[keys]\ndown = "x"\nstar = "x"\n', 'line 3: keys.star: "x" is already bound to down there'),
        ('[keys]\nstar = "o l"\n', 'keys.star: "o l" cannot be used: it begins with a key that is browser'),
        ('[keys]\nstar = "5"\n', 'keys.star: "5": 1 to 9 are for counts and related stories'),
        (f"[keys]\nstar = {['x'] * 21}\n", "keys.star: a command has at most twenty keys."),
        ("[keys]\nstar = 'a b c d'\n", 'keys.star: "a b c d" has more than three keys.'),
        ("[keys]\nstar = 'g escape'\n", 'keys.star: "g escape" cannot be used: Esc cancels the keys before it.'),
        ("[keys]\nquit = []\n", "line 2: keys.quit: it cannot be left without a key; Q keeps working."),
        ('[keys]\nstar = "^I"\n', 'keys.star: a terminal sends "^I" as tab; write tab.'),
        ('[keys]\nrelated = "x"\n', "keys.related: its keys are the numbers of related stories, so they stay 1 to 9."),
    ],
)
def test_what_is_wrong_is_told_with_line_and_cure_and_the_default_stands(file: Path, text: str, sentence: str) -> None:
    settings = loaded(file, text)
    (fault,) = settings.faults
    assert str(fault).startswith("config.toml, line ")
    assert sentence in str(fault)
    assert without_faults(settings) == without_faults(DEFAULTS)


def test_one_bad_key_costs_one_key(file: Path) -> None:
    settings = loaded(file, "[reader]\nmeasure = 4000\npanes = 2\n[refresh]\nevery = 'soon'\nat_start = false\n")
    assert [fault.key for fault in settings.faults] == ["reader.measure", "refresh.every"]
    assert (settings.reader.panes, settings.refresh.at_start) == (2, False)
    assert (settings.reader.measure, settings.refresh.every) == (72, 30)


def test_faults_come_in_the_order_of_the_file(file: Path) -> None:
    settings = loaded(file, "[keys]\nzzz = 'j'\n[zzz]\n[reader]\nzzz = 1\n")
    assert [fault.line for fault in settings.faults] == [2, 3, 5]


def test_a_default_key_that_goes_elsewhere_is_a_note_and_no_fault(file: Path) -> None:
    settings = loaded(file, '[keys]\nstar = "n"\n')
    assert settings.faults == ()
    (note,) = settings.notes
    assert str(note) == (
        "config.toml: keys.next-unread: its key n is star now, so it has none and is run by name only."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[reader\npanes = 2\n", 'config.toml, line 1: at column 8, a "]" is missing.'),
        ("[reader]\npanes 2\n", 'line 2: at column 7, there is no "=" after the name.'),
        ("[reader]\ntheme = dark\n", "line 2: at column 9, this is not a value: text is in quotes"),
        ("[reader]\ntheme = 'dark\npanes = 2\n", "line 2: a quote is not closed."),
        ("[reader]\npanes =", "line 2: the file ends in the middle of a setting."),
        ("[reader]\npanes = 1\npanes = 2\n", "line 3: at column 10, this is in the file twice."),
        ("[reader]\n[reader]\n", "line 2: at column 8, this is in the file twice."),
        ("[reader]\npanes = 2 measure = 72\n", "line 2: at column 11, something follows the value"),
        ("{\n", "line 1: at column 1, a line is [section], or name = value."),
        ('[keys]\ndown = "\\q"\n', "line 2: at column 11, write \\\\ for a backslash in quotes."),
        ("x = " + "[" * 5000, "config.toml: brackets are nested too deeply here"),
        ("x = " + "9" * 5000, "config.toml: this is not TOML."),
        (b"[reader]\n# caf\xe9\n", "line 2: this is not UTF-8 text: save the file as UTF-8."),
        ("[reader]\n".encode("utf-16"), "line 1: this file is UTF-16, not UTF-8: save it as UTF-8."),
        (b"\0" * 20, "line 1: at column 1, a line is"),
        pytest.param(b"#" * 1_000_001, "config.toml: this file is larger than 1 MB", id="huge"),
    ],
)
def test_a_file_that_is_no_toml_is_one_fault_in_plain_words(file: Path, text: str | bytes, sentence: str) -> None:
    settings = loaded(file, text)
    (only,) = told(settings)
    assert sentence in only
    assert without_faults(settings) == without_faults(DEFAULTS)


def test_a_byte_that_is_no_utf8_costs_the_value_it_is_in(file: Path) -> None:
    settings = loaded(file, b"# caf\xe9\n[reader]\nclock = 12\ntheme = 'd\x80rk'\n[keys]\nstar = '\x80'\nsave = 'x'\n")
    (only,) = told(settings)
    assert "line 1: this is not UTF-8 text: save the file as UTF-8." in only
    assert settings.reader.clock == 12
    assert settings.reader.theme == DEFAULTS.reader.theme
    keys = {command.id: command.keys for command in settings.commands}
    assert keys["save"] == ("x",)
    assert keys["star"] == {command.id: command.keys for command in DEFAULTS.commands}["star"]


def test_a_folder_in_its_place_is_a_fault(tmp_path: Path) -> None:
    settings = config.load(tmp_path)
    assert told(settings) == [f"{tmp_path.name}: this is a folder; settings are a file."]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_an_unreadable_file_is_a_fault(file: Path) -> None:
    file.write_text("[reader]\n")
    file.chmod(0)
    (only,) = told(config.load(file))
    assert only == "config.toml: this file cannot be read (Permission denied); nothing in it is used."


def test_a_loop_of_links_is_a_fault(file: Path) -> None:
    file.symlink_to(file)
    (only,) = told(config.load(file))
    assert "cannot be read" in only


def test_only_a_named_file_that_is_not_there_is_refused(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadSetting, match=r"config\.toml: there is no such file"):
        config.load(file)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(file))
    assert config.load().faults == ()


def test_a_home_that_is_no_folder_has_no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "home"
    file.write_text("")
    monkeypatch.setenv("HOME", str(file))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    assert config.load().faults == ()


def test_what_a_person_wrote_cannot_act_in_the_terminal(file: Path) -> None:
    settings = loaded(
        file,
        '[reader]\ntheme = "\\u001b]0;x\\u0007\\u202E"\n"\\u001b[31m" = 1\n["\\u009b"]\n[keys]\nstar = "\\u001b"\n',
    )
    assert len(settings.faults) == 4
    assert all(letter.isprintable() for line in told(settings) for letter in line)


def test_a_long_value_is_cut_in_its_sentence(file: Path) -> None:
    for value in ("'" + "x" * 5000 + "'", "0x" + "f" * 5000, "[" + "1," * 5000 + "]"):
        (only,) = told(loaded(file, f"[reader]\nmeasure = {value}\n"))
        assert len(only) < 140


def test_at_most_so_many_faults_are_said_then_where_the_rest_is(file: Path) -> None:
    said: list[str] = []
    settings = loaded(file, "[reader]\n" + "".join(f"zz{n} = 1\n" for n in range(8)))
    config.report(settings, said.append)
    assert said[:5] == told(settings)[:5]
    assert said[5:] == ["And 3 more; newsstand config check shows all."]
    said.clear()
    config.report(loaded(file, "[reader]\nzz = 1\n"), said.append)
    assert len(said) == 1


def test_a_file_of_the_largest_size_is_checked_in_a_moment(file: Path) -> None:
    began = time.perf_counter()
    settings = loaded(file, "[keys]\n" + 'down = ["' + "x" * 20 + '",\n' + '"j",\n' * 190_000 + "]\nzzz = 'j'\n")
    assert {fault.key for fault in settings.faults} == {"keys.down", "keys.zzz"}
    assert time.perf_counter() - began < 20


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text(max_size=60), st.sampled_from(sorted(loading.SECTIONS)), st.sampled_from(["panes", "every", "set", "x"]))
def test_nothing_that_stands_in_the_file_raises(file: Path, text: str, section: str, key: str) -> None:
    for whole in (text, f"[{section}]\n{text}", f"[{section}]\n{key} = {text}\n"):
        data = whole.encode("utf-8", "surrogatepass")
        file.write_bytes(data)
        settings = config.load(file)
        for fault in (*settings.faults, *settings.notes):
            assert str(fault).endswith((".", "?"))
            assert "\n" not in str(fault)
        assert settings.commands


def test_every_shipped_setting_is_known_and_commented() -> None:
    for line in (ROOT / "config/default.toml").read_text(encoding="utf-8").splitlines():
        if "=" in line and not line.startswith("#"):
            assert "#" in line, line


def test_every_default_of_a_setting_is_documented_and_no_other() -> None:
    import tomllib

    read = tomllib.loads((ROOT / "config/default.toml").read_text(encoding="utf-8"))
    known = {section: list(struct.__struct_fields__) for section, struct in loading.SECTIONS.items()}
    assert {section: list(keys) for section, keys in read.items()} == known


def test_every_theme_of_textual_may_be_set_and_no_other() -> None:
    from typing import get_args

    from textual.theme import BUILTIN_THEMES

    ours = {"dark", "light", "terminal", "sepia", "high-contrast"}
    assert set(get_args(values.Theme)) == ours | set(BUILTIN_THEMES)


def test_the_measure_that_may_be_set_is_the_measure_that_is_drawn(file: Path) -> None:
    from reader.ui.article.view import NARROWEST, WIDEST

    for cells, fits in ((NARROWEST - 1, False), (NARROWEST, True), (WIDEST, True), (WIDEST + 1, False)):
        settings = loaded(file, f"[reader]\nmeasure = {cells}\n")
        assert (settings.reader.measure == cells) is fits
        assert (settings.faults == ()) is fits
