"""Mending a site on the command line: what each selector finds, what is wrong in a rule, and what to do next."""

import json
import re
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from reader.cli.group import newsstand
from reader.cli.sites import lines
from reader.demo.server import DemoServer
from reader.news.rule_report import FACTS, LISTS, Report, ReportRow
from tests.cli.command_line import CommandLine
from tests.pseudo_terminal import Terminal

STORY = (
    "The council of Lower Marsh voted on Tuesday to keep the old ferry running, after three winters of argument.",
    "Rowers had carried post, bread and two brides across the water since the bridge was closed, residents said.",
    "The harbour master, a patient man, told the meeting that the boat would need a new keel, and paint, by spring.",
)
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ferry saved</title>
<link rel="canonical" href="https://ferry.example/1.html"></head><body><h1 class="big">Ferry saved</h1>
<b class="when">2024.03.02 at half past five</b>
<div id="story"><p>{STORY[0]}</p><p class="plug">Our tote bag is back, in marsh green, and costs as much as ever.</p>
<p>{STORY[1]}</p><p>{STORY[2]}</p></div></body></html>"""
RULE = """hosts = ["ferry.example"]

title = ["h1.gone", "h1.big"]
body = [
    ".story",
    "#stori",
]
drop = [".plug"]
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, with the page in it, in which the command runs."""
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    (tmp_path / "mine.toml").write_text(RULE, encoding="utf-8")
    return tmp_path


def site(*arguments: str, text: str | bytes | None = None) -> Result:
    return CliRunner().invoke(newsstand, ["site", *arguments], input=text)


def own(home: Path, name: str, text: str) -> Path:
    """Put a rule into the person's own folder."""
    folder = home / "config/newsstand/sites"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def part(output: str, name: str) -> list[str]:
    """The lines of one part of a report."""
    lines = output.splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{name} "))
    rest = [number for number, line in enumerate(lines) if number > at and not line.startswith(" ")]
    return lines[at : rest[0]]


def test_a_person_mends_a_site_from_what_the_test_says(home: Path) -> None:
    alone = site("test", "page.html")
    assert alone.exit_code == 0
    assert alone.stdout.startswith("No rule matches ferry.example: this is the generic way alone.")
    assert "newsstand site new ferry.example >" in alone.stdout
    assert part(alone.stdout, "title")[-1] == "           there    h1.big"
    assert part(alone.stdout, "body")[-1] == "           there    div#story"

    wrong = site("test", "page.html", "--rule", "mine.toml")
    assert wrong.exit_code == 0
    assert wrong.stdout.startswith("Rule mine (yours) matches this page by its host.\nmine.toml\n")
    assert part(wrong.stdout, "title") == [
        "title    line 3     h1.big · 1 found",
        "         with rule  Ferry saved",
        "         generic    =",
        "         nothing    h1.gone",
    ]
    assert part(wrong.stdout, "body")[0] == "body     line 4     none of its 2 selectors finds anything"
    assert "No selector of body (line 4) finds text here" in wrong.stdout

    (home / "mine.toml").write_text(RULE.replace("#stori", "#story"))
    corrected = site("test", "page.html", "--rule", "mine.toml")
    body = part(corrected.stdout, "body")
    assert body[0] == "body     line 4     #story · 1 found"
    assert "characters in 3 paragraphs" in body[1]
    assert "The council of Lower Marsh" in body[2]
    assert "The harbour master" in body[3]
    assert any("- " in line and "Our tote bag" in line for line in body)
    assert part(corrected.stdout, "drop")[0].endswith(".plug · 1 found")
    assert corrected.stdout.splitlines()[-1] == "The rule finds what it needs here."

    own(home, "ferry.toml", (home / "mine.toml").read_text())
    assert site("test", "page.html").stdout.startswith("Rule ferry (yours)")
    read = CliRunner().invoke(newsstand, ["read", "page.html", "--json"])
    article = json.loads(read.stdout)
    assert article["how"] == "rule:ferry"
    assert "tote bag" not in article["markdown"]


def test_a_report_fits_eighty_columns_and_has_no_escapes_in_a_pipe(home: Path) -> None:
    done = site("test", "page.html", "--rule", "mine.toml")
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "\x1b" not in done.stdout


def test_a_time_that_cannot_be_read_is_told_with_what_to_do(home: Path) -> None:
    (home / "mine.toml").write_text('hosts = ["ferry.example"]\ndate = [".when"]\ntitle = [".when"]\n')
    page = PAGE.replace("2024.03.02 at half past five", "the second of March")
    done = site("test", "-", "--rule", "mine.toml", text=page)
    assert "What date (line 2) finds could not be read as a time: say how it is written with" in done.stdout
    (home / "mine.toml").write_text('hosts = ["ferry.example"]\ndate = [".when"]\ndate_format = ["%Y.%d.%m"]\n')
    done = site("test", "page.html", "--rule", "mine.toml")
    assert "         with rule  2024-02-03 00:00+00:00" in part(done.stdout, "date")
    assert part(done.stdout, "date")[1].strip() == "“2024.03.02 at half past five”"


def test_a_rule_that_does_not_fit_is_tried_when_it_is_named(home: Path) -> None:
    done = site("test", "page.html", "--url", "https://other.example/1", "--rule", "mine.toml")
    assert "does not match this page by host or mark" in " ".join(done.stdout.splitlines()[:2])
    assert part(done.stdout, "drop")[0].endswith(".plug · 1 found")


def test_json_has_every_selector_with_what_it_found(home: Path) -> None:
    report = json.loads(site("test", "page.html", "--rule", "mine.toml", "--json").stdout)
    assert (report["rule"], report["fits"], report["how"]) == ("mine", "host", "generic")
    title = next(row for row in report["parts"] if row["part"] == "title")
    assert (title["line"], title["verdict"], title["rule"]) == (3, "same", ["Ferry saved"])
    assert [(one["css"], one["found"], one["taken"]) for one in title["selectors"]] == [
        ("h1.gone", 0, False),
        ("h1.big", 1, True),
    ]


def test_nothing_that_stands_on_a_page_or_in_a_name_acts_in_the_terminal(home: Path) -> None:
    page = PAGE.replace("Ferry saved</h1>", "Ferry \x1b[2J\u202esaved&#27;[31m\x9b2K</h1>")
    name = "x\x1b[2J.toml"
    (home / name).write_text(RULE)
    done = site("test", "-", "--rule", name, text=page.encode())
    assert done.exit_code == 0
    assert not {"\x1b", "\u202e", "\x9b"} & {*done.stdout, *done.stderr}
    (home / name).write_text('titel = ["\\u001b[2J"]\n\\u001b = 1\n')
    done = site("test", "page.html", "--rule", name)
    assert "\x1b" not in str(done.exception)


def test_a_tag_that_is_no_plain_name_is_not_told(home: Path) -> None:
    words = "<p>The council voted on Tuesday to keep the ferry running, after three winters of argument.</p>" * 9
    page = f"<x\x9b31mred\u202eabc>{words}</x\x9b31mred\u202eabc><p>And so on.</p>"
    (home / "page.html").write_text(f"<body><h1>Ferry saved</h1><div>{page}</div>", encoding="utf-8")
    for more in ((), ("--json",)):
        done = site("test", "page.html", "--url", "https://ferry.example/1", *more)
        assert done.exit_code == 0
        assert "> *" in done.stdout
        assert not {"\x1b", "\u202e", "\x9b"} & {*done.stdout, *done.stderr}
    report = Report("https://a.example/", None, "", "generic", (*_rows("x\x9b31m\u202e"),))
    assert not any({"\u202e", "\x9b"} & set(line.text) for line in lines(report, 80, folder=home))


def _rows(selector: str) -> Iterator[ReportRow]:
    for part in (*FACTS, "body", "drop", *LISTS):
        yield ReportRow(part, None, (), (), ("Ferry saved",), "generic", selector)


def test_a_broken_rule_never_stops_reading_and_is_told_once_with_its_line(cli: CommandLine) -> None:
    own(cli.home, "vnexpress.toml", 'hosts = ["vnexpress.net"]\ntitle = [\n  "h1[",\n]\n')
    own(cli.home, "ferry.toml", 'hosts = ["ferry.example"]\nled = [".x"]\n')
    (cli.home / "page.html").write_text(PAGE, encoding="utf-8")
    reason = (
        '"h1[": this CSS cannot be used (it ends where a name or * is expected; the parser says: '
        "expected ident or '*', got <EOF at 3>). Correct it or remove it."
    )
    told = [
        "sites/ferry.toml, line 2: led: no such key in a site rule; did you mean lede?",
        f"sites/vnexpress.toml, line 3: title, item 1, {reason}",
    ]
    read = cli.run("read", "page.html", "--plain")
    assert read.returncode == 0
    assert STORY[0] in read.stdout
    assert read.stderr.splitlines() == [f"newsstand: {line}" for line in told]
    assert cli.run("refresh").returncode == 0
    check = cli.run("config", "check")
    assert (check.returncode, check.stdout.splitlines()) == (2, told)
    assert '"line":3,"key":"title"' in cli.run("config", "check", "--json").stdout
    listed = cli.run("site", "list")
    assert "vnexpress" in listed.stdout
    assert "yours" not in listed.stdout


def test_sound_rules_are_counted_by_config_check_and_listed_first(home: Path) -> None:
    own(home, "vnexpress.toml", RULE)
    done = CliRunner().invoke(newsstand, ["config", "check"])
    assert done.stdout.endswith("1 site rule of yours, no errors.\n")
    first, *rest = site("list").stdout.splitlines()
    assert first.split() == ["vnexpress", *"yours, instead of the shipped one".split(), "ferry.example"]
    assert not any(line.startswith("vnexpress ") for line in rest)
    listed = [json.loads(line) for line in site("list", "--json").stdout.splitlines()]
    assert (listed[0]["own"], listed[0]["replaces"], listed[0]["hosts"]) == (True, True, ["ferry.example"])
    assert not any(rule["own"] for rule in listed[1:])


def test_site_new_prints_what_holds_there_or_a_rule_that_is_sound_and_changes_nothing(home: Path) -> None:
    begun = site("new", "https://www.ferry.example/1.html")
    assert "Save it as" in begun.stderr
    assert "sites/ferry.example.toml" in begun.stderr
    (home / "new.toml").write_text(begun.stdout)
    tried = site("test", "page.html", "--rule", "new.toml", "--json")
    assert json.loads(tried.stdout)["fits"] == "host"
    commented = begun.stdout.replace("\n# ", "\n").partition("hosts")[2]
    (home / "all.toml").write_text(f"hosts{commented}")
    assert site("test", "page.html", "--rule", "all.toml").exit_code == 0
    shipped = site("new", "e.vnexpress.net")
    assert "title-detail" in shipped.stdout
    assert "sites/vnexpress.toml" in shipped.stderr
    assert site("new", "nowhere").exit_code != 0


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["nosuch.html"], 2, "nosuch.html: this is neither a web address nor a file."),
        (["."], 1, ".: this file cannot be read"),
        (["page.html", "--rule", "nosuch.toml"], 2, "nosuch.toml: this cannot be read (No such file or directory)"),
        (["page.html", "--rule", "."], 2, "this is not a file"),
        (["page.html", "--url", "ferry"], 2, "--url ferry: this is not a web address."),
        (["https://ferry.example/", "--url", "https://ferry.example/"], 2, "--url goes with a file or -."),
        (["picture.html"], 1, "picture.html: this is not an HTML page."),
        (["http://127.0.0.1:1/"], 1, "http://127.0.0.1:1/:"),
        ([], 2, "Missing argument"),
    ],
)
def test_what_cannot_be_tested_is_told_with_its_name(
    cli: CommandLine, arguments: list[str], code: int, told: str
) -> None:
    (cli.home / "page.html").write_text(PAGE, encoding="utf-8")
    (cli.home / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    done = cli.run("site", "test", *arguments)
    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def demo() -> Iterator[DemoServer]:
    with DemoServer() as demo:
        yield demo


def test_a_page_is_fetched_and_nothing_is_kept(cli: CommandLine, demo: DemoServer) -> None:
    feed = urllib.request.urlopen(demo.papers[0].feed_url).read().decode()  # noqa: S310 # our own server
    url = re.findall(r"<link>(http[^<]+)</link>", feed)[-1]
    done = cli.run("site", "test", url, "--json")
    assert done.returncode == 0
    report = json.loads(done.stdout)
    assert (report["url"], report["how"]) == (url, "rule:mastercms")
    assert not (cli.home / "data").exists()


def test_in_a_terminal_parts_are_bold_and_no_color_is_honoured(cli: CommandLine) -> None:
    import sys

    (cli.home / "page.html").write_text(PAGE, encoding="utf-8")
    received = []
    for more in ({}, {"NO_COLOR": "1"}):
        page = str(cli.home / "page.html")
        terminal = Terminal(
            [sys.executable, "-m", "reader", "site", "test", page], environment=cli.environment | more, columns=80
        )
        try:
            terminal.wait(lambda shown: shown.ended(), seconds=60)
            terminal.rest()
            received.append(terminal.received.decode())
        finally:
            terminal.close()
    assert "\x1b[1mtitle" in received[0]
    assert "\x1b[1m" not in received[1]
    assert "title    generic    Ferry saved" in received[1]


def test_a_rule_of_which_one_selector_never_ends_is_given_up(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import reader.news.workers

    monkeypatch.setattr(
        reader.news.workers.Pool.__init__,
        "__kwdefaults__",
        {**(reader.news.workers.Pool.__init__.__kwdefaults__ or {}), "seconds": 2.0},
    )
    boxes = "<div><p>a<b>b</b></p></div>" * 30_000
    (home / "mine.toml").write_text('hosts = ["ferry.example"]\ntags = ["* ~ * ~ * ~ *"]\n')
    done = site("test", "-", "--rule", "mine.toml", text=PAGE.replace("</body>", f"{boxes}</body>"))
    assert done.exit_code == 1
    assert "A selector may take too long" in str(done.exception)


def test_a_saved_page_without_an_address_is_told_to_need_one(home: Path) -> None:
    (home / "bare.html").write_text(re.sub("<link.*?>", "", PAGE), encoding="utf-8")
    done = site("test", "bare.html")
    assert "give it with --url" in done.stdout
    assert "localhost" not in done.stdout
    assert "--url" not in site("test", "bare.html", "--url", "https://ferry.example/1.html").stdout
