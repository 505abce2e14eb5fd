"""A person's own site rules: where they are read from, and what is said of one that is wrong. Nothing ever raises."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import config
from reader.config.rules import (
    KEYS,
    LARGEST,
    MOST_FAULTS,
    MOST_FILES,
    SELECTS,
    in_order,
    own_rules,
    parse_rule_file,
    shipped_rules,
)
from reader.config.selectors import LONGEST, BadSelector, to_xpath
from tests import ROOT

SOUND = 'hosts = ["ferry.example"]\ntitle = ["h1.big"]\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a person's own rules, beside their settings file."""
    folder = tmp_path / "sites"
    folder.mkdir()
    return folder


def faults(folder: Path) -> list[str]:
    return [str(fault) for fault in own_rules(folder)[1]]


def test_rules_are_read_beside_the_settings_file_that_is_named_and_stand_before_the_shipped(
    tmp_path: Path, folder: Path
) -> None:
    (tmp_path / "config.toml").write_text("[reader]\npanes = 2\n")
    (folder / "ferry.toml").write_text(SOUND)
    (folder / "vnexpress.toml").write_text('hosts = ["vnexpress.net"]\nbody = [".mine"]\n')
    (folder / "notes.txt").write_text("no rule")
    settings = config.load(tmp_path / "config.toml")
    assert settings.faults == ()
    assert [rule.name for rule in settings.rules] == ["ferry", "vnexpress"]
    names = [rule.name for rule in in_order(settings.rules)]
    assert names[:2] == ["ferry", "vnexpress"]
    assert names.count("vnexpress") == 1
    assert set(names) == {"ferry", *(rule.name for rule in shipped_rules())}


def test_without_such_a_folder_there_are_the_shipped_rules_and_no_fault(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text("")
    settings = config.load(tmp_path / "config.toml")
    assert (settings.rules, settings.faults) == ((), ())
    assert in_order(()) == shipped_rules()


def test_a_rule_that_is_wrong_is_a_fault_of_the_settings_after_theirs_and_is_not_used(
    tmp_path: Path, folder: Path
) -> None:
    (tmp_path / "config.toml").write_text("[reader]\npanes = 9\n")
    (folder / "vnexpress.toml").write_text(f"{SOUND}led = ['p']\n")
    settings = config.load(tmp_path / "config.toml")
    assert [str(fault) for fault in settings.faults] == [
        "config.toml, line 2: reader.panes is 9; it must be a number of panes (1 to 3).",
        "sites/vnexpress.toml, line 3: led: no such key in a site rule; did you mean lede?",
    ]
    assert settings.rules == ()
    assert next(rule for rule in in_order(settings.rules) if rule.name == "vnexpress").own is False


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"{SOUND}\nbody = [\n  '.a',  # first\n  '.b[',\n]\n", 'line 6: body, item 2, ".b[": this CSS cannot be used'),
        (f"{SOUND}drop = ['.a', '.b['] # both\n", 'line 3: drop, item 2, ".b[":'),
        (f"{SOUND}'lede' = ['p::first-line']\n", "line 3: lede, item 1,"),
        (f"{SOUND}lede = ['p.{'x' * LONGEST}']\n", f"it is longer than {LONGEST} characters"),
        (f"{SOUND}lede = ['{'* ' * 20}']\n", "it relates more than 8 elements to each other"),
        (f"{SOUND}lede = [':has(:has(p))']\n", ":has() may be in it once"),
        (f"{SOUND}lede = ['']\n", "it is empty"),
        (f"{SOUND}lede = ['svg|p']\n", "leave out what comes before the |"),
        (f"{SOUND}lede = 'p.sapo'\n", 'line 3: lede is "p.sapo"; it must be a list of strings: lede = ["h1.title"]'),
        (f"{SOUND}lede = [\n'a',\n5]\n", "line 5: lede, item 2, is 5; it must be text in quotes."),
        (f"{SOUND}lede = {['p'] * 61}\n", "lede has more than 60 items"),
        (f"{SOUND}{'a.' * 30_000}b = 1\n", "too deep"),
        (f"{SOUND}[lede]\n", "line 3: lede is a section; it must be a list of strings"),
        (f"{SOUND}zone = 'Hanoi'\n", 'line 3: zone is "Hanoi"; it must be "UTC" or an offset like "+07:00".'),
        (f"{SOUND}zone = '+25:00'\n", "line 3: zone"),
        (f"{SOUND}zone = 7\n", "line 3: zone is 7"),
        (
            f"{SOUND}date_format = ['%d/%m/%Q']\n",
            'line 3: date_format, item 1, "%d/%m/%Q": "%Q" is not a part of a date',
        ),
        (f"{SOUND}date_format = ['%d/%m']\n", "day (%d), month (%m or %b) and year (%Y or %y) must be in it."),
        (f"{SOUND}date_format = ['%d/%m/%Y %d']\n", "each part may be in it once"),
        (f"{SOUND}date_format = ['100%']\n", "line 3: date_format, item 1"),
        ("hosts = ['https://ferry.example/']\n", "line 1: hosts, item 1,"),
        ("title = ['h1']\n", 'no page is meant by this rule: add hosts = ["example.org"]'),
        ("", "no page is meant by this rule"),
        (f"{SOUND}frobnicate = 1\n", "line 3: frobnicate: no such key in a site rule; newsstand site new"),
        (f"{SOUND}body = ['.a'\n", 'line 3: a "]" is missing. Until that is fixed this rule is not used.'),
        (f"{SOUND}body = ['.a'\n", "ferry.toml, line 3"),
        (f"{SOUND}title = ['h2']\n", "line 3: at column 15, this is in the file twice."),
        (f"{SOUND}a = {'[' * 5000}\n", "brackets are nested too deeply"),
    ],
)
def test_what_is_wrong_names_file_line_and_what_to_do(folder: Path, text: str, told: str) -> None:
    (folder / "ferry.toml").write_text(text, encoding="utf-8")
    assert own_rules(folder)[0] == ()
    said = faults(folder)[0]
    assert said.startswith("sites/ferry.toml")
    assert told in said


def test_every_fault_of_a_file_is_told_in_its_order(folder: Path) -> None:
    (folder / "a.toml").write_text("titel = ['h1']\nzone = 'x'\nhosts = [1]\nbody = 2\n")
    assert [fault.line for fault in own_rules(folder)[1]] == [1, 2, 3, 4]
    (folder / "a.toml").write_text("".join(f"key{number} = 1\n" for number in range(3000)))
    assert len(faults(folder)) == MOST_FAULTS


def test_only_regular_files_are_read_and_each_other_thing_is_told(folder: Path) -> None:
    (folder / "empty.toml").write_bytes(b"")
    (folder / "binary.toml").write_bytes(b"\x7fELF\x00\xff\xfe")
    (folder / "folder.toml").mkdir()
    os.mkfifo(folder / "pipe.toml")
    (folder / "long.toml").write_text("a = 1\n" * 100_000)
    (folder / "gone.toml").symlink_to(folder / "nowhere")
    (folder / "null.toml").symlink_to("/dev/zero")
    (folder / "sound.toml").write_bytes(b"\xef\xbb\xbf" + SOUND.encode())
    (folder / "x\x1b[2J\u202e.toml").write_text("titel = 1\n")
    rules, wrong = own_rules(folder)
    assert [rule.name for rule in rules] == ["sound"]
    said = {fault.file.name: fault.message for fault in wrong}
    assert "no page is meant" in said["empty.toml"]
    assert "not UTF-8" in said["binary.toml"]
    assert all("this is not a file" in said[f"{name}.toml"] for name in ("folder", "pipe", "null"))
    assert f"larger than {LARGEST // 1000} kB" in said["long.toml"]
    assert "cannot be read (No such file" in said["gone.toml"]
    assert all(str(fault).isprintable() for fault in wrong)


def test_a_folder_that_is_none_or_is_full_is_told(tmp_path: Path, folder: Path) -> None:
    for number in range(MOST_FILES + 5):
        (folder / f"r{number:03}.toml").write_text(SOUND)
    rules, wrong = own_rules(folder)
    assert len(rules) == MOST_FILES
    assert [fault.message.partition(";")[0] for fault in wrong] == [f"there are more than {MOST_FILES} rules here"]
    file = tmp_path / "file"
    file.write_text("")
    assert "in a folder of this name" in faults(file)[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file")
def test_a_file_that_may_not_be_read_is_told(folder: Path) -> None:
    (folder / "a.toml").write_text(SOUND)
    (folder / "a.toml").chmod(0)
    assert "cannot be read (Permission denied)" in faults(folder)[0]


VALUES = st.one_of(
    st.integers(),
    st.booleans(),
    st.text(max_size=30),
    st.lists(st.text(max_size=30), max_size=5),
    st.lists(st.one_of(st.integers(), st.text(max_size=5)), max_size=4),
)


def toml(value: object) -> str:
    import json

    return json.dumps(value)


@settings(deadline=None, max_examples=150)
@given(
    st.dictionaries(st.one_of(st.sampled_from(KEYS), st.text(min_size=1, max_size=8)), VALUES, max_size=6), st.data()
)
def test_whatever_stands_in_a_file_it_is_sound_or_its_faults_have_lines(
    wild: dict[str, object], data: st.DataObject
) -> None:
    text = "".join(f"{toml(key)} = {toml(value)}\n" for key, value in wild.items())
    values, wrong = parse_rule_file(Path("wild.toml"), text.encode("utf-8", "replace"))
    for fault in wrong:
        assert fault.line is not None or "no page is meant" in fault.message or "UTF-8" in fault.message
        assert str(fault).isprintable()
    if not wrong:
        compile_all([css for listed in values.selectors.values() for css in listed])


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=300))
def test_whatever_bytes_a_file_holds_nothing_is_raised(data: bytes) -> None:
    parse_rule_file(Path("wild.toml"), data)


@pytest.mark.parametrize(
    ("css", "why"),
    [
        (
            "a..b",
            (
                "at character 3, there is . where a name is expected; "
                "the parser says: expected ident, got <DELIM '.' at 2>"
            ),
        ),
        (
            "p >",
            (
                "it ends where an element, a class or an id is expected; "
                "the parser says: expected selector, got <EOF at 3>"
            ),
        ),
        ("a[b", "it ends where = or ] is expected; the parser says: operator expected, got <EOF at 3>"),
        (
            "a[b=c d]",
            "at character 7, there is d where ] is expected; the parser says: expected ']', got <IDENT 'd' at 6>",
        ),
        ("'x", "at character 1 has no second one"),
        ("p:nth-child(x)", "its brackets need a number, odd, even, or one like 2n+1"),
        (":foo", "the pseudo-class :foo is unknown"),
    ],
)
def test_what_is_wrong_in_css_is_said_in_a_persons_words(css: str, why: str) -> None:
    with pytest.raises(BadSelector, match=re.escape(why)):
        to_xpath(css)


PIECES = st.sampled_from(
    "a * .b #c [d] [d=e] [d~='e f'] [d|=e] :not(p) :is(a,b) :has(p) :nth-child(2n+1) :nth-child(-n) :first-of-type "
    ":nth-last-of-type(odd) :lang(vi) :contains('x') :empty :root :scope :checked > + ~ , | || ( ) [ ] : :: \" ' \\ "
    "\\31 \\0 é 中 9 - -- 99999999999999999999999 :where(a) :matches(a) ns|a *|* {} /**/ ;".split()
)


@settings(deadline=None, max_examples=400)
@given(st.lists(st.one_of(PIECES, st.just(" "), st.text(max_size=3)), max_size=8).map("".join))
def test_css_that_is_taken_compiles_and_runs_and_other_css_is_refused_with_a_reason(css: str) -> None:
    try:
        to_xpath(css)
    except BadSelector as error:
        refused = str(error)
    else:
        refused = "none"
        compile_all([css])
    assert refused.isprintable()


def compile_all(selectors: list[str]) -> None:
    from lxml import etree

    page = etree.fromstring("<html><body><p class='b' id='c'>text</p></body></html>", etree.HTMLParser())
    for css in selectors:
        etree.XPath(to_xpath(css))(page)


def test_reading_rules_loads_no_stage(folder: Path) -> None:
    (folder / "ferry.toml").write_text(SOUND)
    code = (
        "from reader import config; from pathlib import Path; import sys; "
        f"file = Path({str(folder.parent / 'c.toml')!r}); "
        "file.write_text(''); assert config.load(file).rules; print(*{'lxml', 'httpx', 'textual'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


def test_every_shipped_rule_is_sound_gives_its_reason_and_is_for_a_paper_of_the_catalogue() -> None:
    papers = tomllib.loads((config.shipped() / "sources.toml").read_text(encoding="utf-8"))["paper"]
    homes = [paper["home"].partition("//")[2].partition("/")[0] for paper in papers]
    for rule in shipped_rules():
        values, wrong = parse_rule_file(Path(rule.file), rule.data)
        assert wrong == ()
        reason = " ".join(line.lstrip("# ") for line in rule.data.decode().splitlines() if line.startswith("#"))
        assert len(reason) > 90, f"{rule.name} does not say what the generic way cannot know there"
        assert any(home == name or home.endswith(f".{name}") for name in values.hosts for home in homes), rule.name


def test_every_key_is_documented_and_no_other() -> None:
    page = (ROOT / "docs/site-rules.md").read_text(encoding="utf-8")
    table = page.partition("<!-- keys -->")[2].partition("<!-- /keys -->")[0]
    rows = [line.split("|")[1] for line in table.splitlines() if line.startswith("| `")]
    assert sorted(name for row in rows for name in row.replace("`", "").replace(",", " ").split()) == sorted(KEYS)
    assert set(SELECTS) < set(KEYS)
