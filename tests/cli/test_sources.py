"""Looking after sources by script and by hand: words, exit codes, and the library afterwards."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from reader.cli.output import cells
from reader.news.subscriptions import import_subscriptions, parse_list
from reader.store import Library, View
from tests import add_source
from tests.cli.command_line import CommandLine
from tests.fetch.scripted_server import Server, reply
from tests.pseudo_terminal import Terminal
from tests.sample_paper import feed

Run = Callable[..., "subprocess.CompletedProcess[str]"]
Titles = Callable[[], list[str]]


def home_of(home: Path) -> dict[str, str]:
    own = {
        name: str(home / folder)
        for name, folder in (("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state"))
    }
    kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    return {**kept, "HOME": str(home), **own}


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `newsstand` in a home of its own, with no terminal."""

    def run(*arguments: str, text: str | None = None, home: Path = tmp_path) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "reader", *arguments],
            env=home_of(home),
            input=text,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


def lines(done: "subprocess.CompletedProcess[str]") -> list[Any]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def titles(tmp_path: Path) -> Callable[[], list[str]]:
    """The names of the sources, in their order, from the library itself."""

    def titles() -> list[str]:
        with Library.open(library_of(tmp_path)) as library:
            return [source.title for source in library.sources()]

    return titles


def library_of(home: Path) -> Path:
    return home / "data/newsstand/library.db"


@pytest.fixture
def paper(server: Server) -> Server:
    """A front page that names three feeds."""
    links = "".join(
        f'<link rel=alternate type="application/rss+xml" title="{name}" href="/{name}">' for name in ("a", "b", "c")
    )
    server.says("/", reply(f"<html><head>{links}</head></html>".encode(), headers={"Content-Type": "text/html"}))
    for name in ("a", "b", "c"):
        body = feed((f"News of {name}", server.url(f"/story-{name}"))).replace(b"The Gull", f"Gull {name}".encode())
        _, _, document = body.partition(b"\r\n\r\n")
        server.says(f"/{name}", reply(document, headers={"Content-Type": "application/rss+xml"}))
    return server


THREE = """<opml version="2.0"><body><outline text="World">
<outline text="Gull" xmlUrl="http://127.0.0.1:9/gull"/><outline text="Tern" xmlUrl="http://127.0.0.1:9/tern"/>
</outline><outline text="Auk" xmlUrl="http://127.0.0.1:9/auk"/></body></opml>"""


def test_a_script_gets_the_likeliest_feed_and_is_told_of_the_others(run: Run, titles: Titles, paper: Server) -> None:
    done = run("add", paper.url("/"))
    assert (done.returncode, done.stdout) == (0, "Subscribed to Gull a: 1 headline.\n")
    assert "--feed NUMBER or --all" in done.stderr
    assert f"  2  Gull b  {paper.url('/b')}" in done.stderr
    assert titles() == ["Gull a"]


def test_feeds_are_shown_chosen_by_number_and_all_taken(run: Run, titles: Titles, paper: Server) -> None:
    shown = run("add", paper.url("/"), "--show")
    assert shown.returncode == 0
    assert [line.split() for line in shown.stdout.splitlines()][:2] == [
        ["1", "Gull", "a", paper.url("/a")],
        ["News", "of", "a"],
    ]
    offers = lines(run("add", paper.url("/"), "--dry-run", "--json"))
    assert [(offer["number"], offer["title"], offer["source"], offer["headlines"]) for offer in offers] == [
        (1, "Gull a", None, ["News of a"]),
        (2, "Gull b", None, ["News of b"]),
        (3, "Gull c", None, ["News of c"]),
    ]
    assert titles() == []
    run("add", paper.url("/"), "--feed", "3", "--folder", "Coast/North")
    assert titles() == ["Gull c"]
    done = run("add", paper.url("/"), "--all")
    assert done.stdout.splitlines() == [
        "Subscribed to Gull a: 1 headline.",
        "Subscribed to Gull b: 1 headline.",
        f"Already subscribed to Gull c ({paper.url('/c')}): 1 headline.",
    ]
    wrong = run("add", paper.url("/"), "--feed", "9")
    assert (wrong.returncode, "has 3" in wrong.stderr) == (2, True)


def test_a_person_is_asked_which(paper: Server, tmp_path: Path, run: Run, titles: Titles) -> None:
    child = pexpect.spawn(
        sys.executable, ["-m", "reader", "add", paper.url("/")], env=home_of(tmp_path), encoding="utf-8", timeout=20
    )
    child.expect("News of c")
    child.expect("Which")
    child.sendline("7")
    child.expect("1 to 3")
    child.sendline("2 3")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert titles() == ["Gull b", "Gull c"]


def test_sources_are_renamed_moved_removed_and_each_is_taken_back(run: Run, titles: Titles) -> None:
    run("import", "-", text=THREE)
    assert run("rename", "gull", "The Gull").stdout == "Gull is called The Gull now. `newsstand undo` undoes it.\n"
    assert run("undo").stdout == "The Gull has its old name again. `newsstand redo` redoes it.\n".replace("The ", "")
    assert run("redo").stdout == "The Gull has its new name again. `newsstand undo` undoes it.\n"
    assert run("rename", "The Gull", "The Gull").stdout == "The Gull: nothing to change.\n"

    assert "Auk is in World › Asia now." in run("move", "auk", "World/Asia").stdout
    assert "Auk is in no folder now." in run("move", "auk", "--out").stdout
    assert "Auk is before Tern now." in run("move", "auk", "--before", "tern").stdout
    assert titles() == ["The Gull", "Auk", "Tern"]
    assert "Auk moved up." in run("move", "auk", "--up").stdout
    assert titles() == ["Auk", "The Gull", "Tern"]
    assert run("move", "auk", "--up").stdout == "Auk: nothing to change.\n"
    run("undo")
    run("undo")
    assert titles() == ["Auk", "The Gull", "Tern"]

    assert run("remove", "tern", "auk").stdout.splitlines() == [
        "Tern removed. `newsstand undo` undoes it.",
        "Auk removed. `newsstand undo` undoes it.",
    ]
    assert titles() == ["The Gull"]
    assert run("undo").stdout.startswith("Auk is back, with everything that was marked.")
    assert run("undo").stdout.startswith("Tern is back, with everything that was marked.")
    assert titles() == ["Auk", "The Gull", "Tern"]


def test_a_source_that_is_removed_leaves_its_starred_stories(run: Run, paper: Server, tmp_path: Path) -> None:
    run("add", paper.url("/a"))
    (story,) = lines(run("list", "--json"))
    with Library.open(library_of(tmp_path)) as library:
        library.star([library.page_of(story["url"]) or 0])
    assert run("remove", "gull").stdout == "Gull a removed; its starred story stays. `newsstand undo` undoes it.\n"
    with Library.open(library_of(tmp_path)) as library:
        assert len(library.listing(View("starred")).pages) == 1


def test_settings_of_one_source_are_set_and_taken_back(run: Run) -> None:
    run("import", "-", text=THREE)
    who = ("--user-agent", "me", "--seconds", "2.5")
    done = run("set", "gull", "--every", "30", "--stories", "7", "--feed-text", "--browser", *who)
    assert done.returncode == 0
    gull = next(source for source in lines(run("sources", "--json")) if source["title"] == "Gull")
    assert [gull[name] for name in ("interval", "stories", "feed_text", "browser", "user_agent", "seconds")] == [
        1800,
        7,
        True,
        True,
        "me",
        2.5,
    ]
    assert run("undo").stdout.startswith("Gull has its old settings again.")
    gull = next(source for source in lines(run("sources", "--json")) if source["title"] == "Gull")
    assert [gull[name] for name in ("interval", "stories", "feed_text")] == [None, None, False]


def test_a_list_is_brought_in_told_and_taken_back(run: Run, titles: Titles, tmp_path: Path) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(THREE.replace("Auk", "Auk & Co").replace("</body>", '<outline type="link" text="A page"/></body>'))
    done = run("import", str(file))
    assert (done.returncode, done.stdout) == (0, "Subscribed to 3 sources; 1 line left out.\n")
    assert "A page: a link, not a feed." in done.stderr
    assert "not well-formed" in done.stderr
    assert "`newsstand refresh` fetches" in done.stderr
    again = run("import", str(file))
    assert again.stdout == "Subscribed to 0 sources; 3 were subscribed to already; 1 line left out.\n"
    states = [line["state"] for line in lines(run("import", str(file), "--json"))]
    assert states == ["known"] * 3 + ["left-out"]
    nothing = run("import", "-", text="file:///etc/gulls\n")
    assert (nothing.returncode, nothing.stdout) == (1, "Subscribed to 0 sources; 1 line left out.\n")
    assert run("undo").stdout.startswith("Unsubscribed from 3 sources.")
    assert titles() == []


def test_newsboats_files_are_brought_in_with_their_marks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "urls").write_text('https://gull.example/feed coast "~The Gull"\n"query:All:unread = 1"\n')
    with sqlite3.connect(tmp_path / "cache.db") as con:
        con.execute(
            "CREATE TABLE rss_item (id INTEGER PRIMARY KEY, guid, title, url, feedurl, pubDate, unread, flags, deleted)"
        )
        con.execute(
            "INSERT INTO rss_item VALUES (1, 'a', 'A', 'https://gull.example/a', 'https://gull.example/feed', 1, 0, 's', 0)"  # noqa: E501 (one row)
        )
    con.close()
    done = run("import", str(tmp_path / "urls"), "--newsboat-marks", str(tmp_path / "cache.db"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "Subscribed to 1 source; 1 line left out.",
        "Marked 1 story read and 1 starred.",
    ]
    assert "line 2: query:All:unread = 1: a query of newsboat, not a feed." in done.stderr
    (source,) = lines(run("sources", "--json"))
    assert (source["title"], source["folder"]) == ("The Gull", "coast")


def test_a_list_written_and_brought_into_another_home_is_the_same(run: Run, tmp_path: Path) -> None:
    run("import", "-", text=THREE)
    run("set", "gull", "--every", "30")
    file = tmp_path / "feeds.opml"
    assert run("export", str(file)).stderr == f"3 sources written to {file}.\n"
    other = tmp_path / "other"
    assert run("import", str(file), home=other).returncode == 0
    assert run("export").stdout == run("export", home=other).stdout == file.read_text()

    file.write_text("mine")
    refused = run("export", str(file))
    assert (refused.returncode, file.read_text()) == (2, "mine")
    assert "--force overwrites it" in refused.stderr
    assert run("export", str(file), "--force").returncode == 0
    assert file.read_text() == run("export").stdout
    nowhere = run("export", str(tmp_path / "absent" / "feeds.opml"))
    assert (nowhere.returncode, "cannot be written" in nowhere.stderr) == (1, True)


LAUGHS = '<!DOCTYPE opml [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><opml><body><outline text="&b;" xmlUrl="https://x.example/"/></body></opml>'


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        ("", 2, "is empty"),
        ("<!doctype html><html><p>Hello</html>", 2, "is a web page"),
        (LAUGHS, 2, "entities of its own"),
        ("Dear reader", 2, "neither OPML nor a newsboat urls file"),
        ('<opml version="2.0"><body/></opml>', 1, "no feeds in it"),
        ("<opml>" + '<outline xmlUrl="https://x.example/"/>' * 50_001 + "</opml>", 2, "more than 50,000 outlines"),
    ],
    ids=["empty", "html", "entities", "letter", "nothing", "many"],
)
def test_what_is_no_list_is_refused_in_words(
    run: Run, titles: Titles, tmp_path: Path, content: str, code: int, words: str
) -> None:
    file = tmp_path / "feeds.opml"
    file.write_text(content)
    done = run("import", str(file))
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert str(file) in done.stderr
    assert "Traceback" not in done.stderr
    assert titles() == []


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["import", "absent.opml"], 2, "there is no such file"),
        (["import", "/"], 2, "is a folder"),
        (["import"], 2, "say which file"),
        (["import", "--newsboat-marks", "absent.db"], 2, "there is no such file"),
        (["remove", "nobody"], 2, "there is no such source"),
        (["remove", "u"], 2, "that could be"),
        (["rename", "gull", " \u202e "], 2, "the name is empty"),
        (["rename", "gull", "\x1b[31m\x07"], 2, "rename: the name is empty, or has nothing in it that can be shown"),
        (["add", "localhost:1", "--title", "\x1b\x07"], 2, "--title: the name is empty, or has nothing in it"),
        (["add", "localhost:1", "--title", ""], 2, "--title: the name is empty"),
        (["add", "localhost:1", "--folder", "\x07"], 2, "--folder: the folder's name is empty"),
        (["add", "localhost:1", "--folder", "World/.."], 2, "--folder: no folder is called . or .."),
        (["move", "gull", "/..//"], 2, "move: no folder is called . or .."),
        (["move", "gull", "World/ . /Asia"], 2, "move: no folder is called . or .."),
        (["move", "gull", ".\x07./Asia"], 2, "move: no folder is called . or .."),
        (["move", "gull", "//"], 2, "move: the folder's name is empty"),
        (["move", "gull", ""], 2, "--out moves a source out of its folder"),
        (["move", "gull", "\x1b\u202e"], 2, "move: the folder's name is empty"),
        (["move", "gull"], 2, "say where to"),
        (["move", "gull", "World", "--up"], 2, "say where to"),
        (["move", "gull", "--before", "gull"], 2, "before itself"),
        (["set", "gull"], 2, "say what to change"),
        (["set", "gull", "--every", "soon"], 2, "soon: it must be minutes, a whole number from 1 to 10080"),
        (["set", "gull", "--seconds", "0"], 2, "--seconds 0"),
        (["set", "gull", "--user-agent", "a\nb"], 2, "--user-agent"),
        (["catalogue", "zzzz"], 1, "No paper"),
        (["add", "vnexpress/zzzz"], 2, "no such section"),
        (["redo"], 1, "Nothing to redo"),
    ],
)
def test_what_cannot_be_done_says_so_and_does_nothing(
    run: Run, titles: Titles, tmp_path: Path, arguments: list[str], code: int, words: str
) -> None:
    with Library.open(library_of(tmp_path)) as library:
        import_subscriptions(library, parse_list(THREE.encode(), "three"))
    done = run(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert titles() == ["Auk", "Gull", "Tern"]


def test_there_is_nothing_to_take_back_in_a_new_library(run: Run) -> None:
    done = run("undo")
    assert (done.returncode, done.stderr) == (1, "Nothing to undo.\n")


def test_the_catalogue_is_searched_without_accents_and_told_by_field(run: Run) -> None:
    found = lines(run("catalogue", "tuoi", "tre", "--json"))
    assert "Tuổi Trẻ" in [paper["name"] for paper in found]
    assert set(found[0]) == {
        "id",
        "name",
        "short",
        "home",
        "language",
        "country",
        "topics",
        "press",
        "feed",
        "sections",
        "verified",
    }
    assert {paper["country"] for paper in lines(run("catalogue", "--country", "vietnam", "--json"))} == {"VN"}
    assert {paper["language"] for paper in lines(run("catalogue", "--language", "fr", "--json"))} == {"fr"}
    assert any(line.startswith("tuoi-tre ") for line in run("catalogue", "tuoi").stdout.splitlines())


def test_hostile_names_in_lists_reach_the_terminal_as_plain_text(run: Run, titles: Titles) -> None:
    text = '<opml><outline text="&#x9b;31m&#x1b;]0;x&#7;Gull [/]&#x202e;" xmlUrl="http://127.0.0.1:9/g"/></opml>'
    for done in (run("import", "-", text=text), run("import", "-", text=text), run("sources"), run("export")):
        assert not any(bad in done.stdout + done.stderr for bad in "\x1b\x07\x9b\u202e")
    assert titles() == ["›31m]0;xGull [/]"]  # as HTML reads &#x9b;, for this is no well-formed XML


def test_sources_are_changed_for_scripts(cli: CommandLine) -> None:
    cli.fill()
    (renamed,) = lines(cli.run("rename", "harbour", "The Quay", "--json"))
    assert (renamed["title"], renamed["changed"]) == ("The Quay", True)
    (same,) = lines(cli.run("rename", "quay", "The Quay", "--json"))
    assert same["changed"] is False
    (moved,) = lines(cli.run("move", "quay", "Coast", "--json"))
    assert (moved["folder"], moved["id"]) == ("Coast", renamed["id"])
    (changed,) = lines(cli.run("set", "quay", "--every", "30", "--json"))
    assert changed["interval"] == 1800
    removed = lines(cli.run("remove", "quay", "canal", "--json"))
    assert [(one["title"], one["starred"], one["changed"]) for one in removed] == [
        ("The Quay", 1, True),
        ("Le Canal d'en haut", 0, True),
    ]
    assert lines(cli.run("sources", "--json")) == []


@pytest.mark.parametrize("columns", [24, 40, 60, 80])
def test_the_table_of_sources_is_as_wide_as_the_terminal_and_whole_in_a_pipe(cli: CommandLine, columns: int) -> None:
    address = "https://weir.example/" + "long/" * 20 + "rss"
    with cli.library() as library:
        add_source(library, address, "The Lock and Weir Intelligencer", folder="Inland waters/Locks")
        add_source(library, "https://heron.example/rss", "Heron")
    terminal = Terminal(
        [*cli.program, "sources"], columns=columns, rows=9, environment=cli.environment | {"COLUMNS": ""}
    )
    assert terminal.end() == 0
    printed = terminal.received.decode().splitlines()
    assert len(printed) == 2
    assert all(cells(line) <= columns for line in printed)
    assert "The Lo" in printed[1]
    assert address in cli.run("sources").stdout
