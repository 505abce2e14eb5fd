"""The command line as a script meets it: the real program, its output, its exit codes, its library afterwards."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import SHARED
from tests.fetch.scripted_server import Server, reply
from tests.sample_paper import feed, page

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run `newsstand` in a home of its own, with no terminal."""

    def run(*arguments: str, text: str | None = None, home: Path = tmp_path) -> "subprocess.CompletedProcess[str]":
        own = {
            name: str(home / folder)
            for name, folder in (("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_STATE_HOME", "state"))
        }
        kept = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        return subprocess.run(
            [sys.executable, "-m", "reader", *arguments],
            env={**kept, "HOME": str(home), **own},
            input=text,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


def lines(done: "subprocess.CompletedProcess[str]") -> list[Any]:
    """Return the JSON lines of standard output."""
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def paper(server: Server) -> Server:
    """A paper with a home page that names its feed, and two stories."""
    home = (
        b'<html><head><link rel=alternate type="application/rss+xml" title="All" href="/feed"></head><p>The Gull</html>'
    )
    server.says("/", reply(home, headers={"Content-Type": "text/html"}))
    server.says("/ferry", page("The ferry is back", related=(("The pier is to be painted", "/pier"),)))
    server.says("/pier", page("The pier"))
    server.says("/feed", feed(("The ferry is back", server.url("/ferry")), ("Gulls [/] argue", server.url("/gulls"))))
    return server


def test_a_morning_by_script(run: Run, paper: Server) -> None:
    added = run("add", paper.url("/"))
    assert paper.paths().count("/feed") == 1
    assert (added.returncode, added.stdout) == (0, "Subscribed to The Gull: 2 headlines.\n"), added.stderr
    again = run("add", paper.url("/feed"), "--json")
    assert [(line["title"], line["new"], line["headlines"]) for line in lines(again)] == [("The Gull", False, 2)]

    (source,) = lines(run("sources", "--json"))
    assert (source["unread"], source["failure"]) == (2, None)

    refreshed = run("refresh", "--all", "--json")
    steps = [line["step"] for line in lines(refreshed)]
    assert steps[-1] == "done"
    assert "story" in steps

    headlines = lines(run("list", "--unread", "--json"))
    assert {line["title"] for line in headlines} == {"The ferry is back", "Gulls [/] argue"}
    ferry = next(line for line in headlines if "ferry" in line["title"])
    assert ferry["kept"]

    paper.close()
    told = run("read", str(ferry["id"]))
    assert told.returncode == 0
    assert told.stdout.startswith("# The ferry is back\n")
    assert "harbour master" in told.stdout
    assert lines(run("read", ferry["url"], "--json"))[0]["how"] == "generic"
    assert lines(run("read", paper.url("/pier"), "--json"))[0]["title"] == "The pier"


def test_a_failed_source_makes_exit_code_1_and_a_sentence(run: Run, server: Server) -> None:
    run("add", server.says("/feed", feed(("One", server.url("/1"))), reply(status=404)))
    done = run("refresh", "--all", "--no-stories")
    assert done.returncode == 1
    assert "The Gull: the server answered 404: this address has moved or gone." in done.stderr
    assert len(lines(run("list", "--json"))) == 1


def test_what_was_added_is_kept_for_offline_by_the_next_refresh(run: Run, paper: Server) -> None:
    added = run("add", paper.url("/"))
    assert f"Its feed was found at {paper.url('/feed')}" in added.stderr
    assert "story" in [line["step"] for line in lines(run("refresh", "--json"))]


@pytest.mark.parametrize("status", [404, 429, 500])
def test_what_could_not_be_added_is_promised_nothing(run: Run, server: Server, status: int) -> None:
    done = run("add", server.says("/feed", reply(status=status)))
    assert done.returncode == 1
    assert "Newsstand will" not in done.stderr
    assert lines(run("sources", "--json")) == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["read", "nowhere.html"], "not a headline's number, a web address or a file"),
        (["read", "-"], "--url"),
        (["read", "-", "--url", "page.html"], "not a web address"),
        (["read", "999999"], "no story with this number"),
        (["add", "not a url"], "neither a web address nor a paper of the catalogue. `newsstand catalogue`"),
        (["add", "nosuchpaper"], "neither a web address nor a paper of the catalogue"),
        (["add", "http://[abc"], "not a web address"),
        (["add"], "URL..."),
        (["read", "²"], "not a headline's number"),
        (["read", "9" * 30], "not a headline's number"),
        (["read", "a" * 400], "not a headline's number"),
        (["list", "--since", "soon"], "--since"),
        (["list", "--limit", "0"], "--limit"),
        (["list", "--source", "nobody"], "no such source"),
        (["refresh", "77"], "no such source"),
        (["frobnicate"], "frobnicate"),
        (["--config", "absent.toml", "refresh"], "absent.toml"),
        (["--config", "absent.toml", "sources"], "absent.toml: there is no such file"),
        (["--config", "no/such/folder.toml", "list", "--json"], "no/such/folder.toml: there is no such file"),
        (["--config", "absent.toml"], "absent.toml: there is no such file"),
        (["demo"], "terminal"),
        ([], "terminal"),
    ],
)
def test_misuse_is_exit_code_2_and_says_what_is_wrong(run: Run, arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_a_saved_page_is_read_without_a_library(run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    saved.write_bytes(page("The ferry is back").partition(b"\r\n\r\n")[2])
    by_file = run("read", str(saved), "--url", "https://example.org/ferry", "--json")
    by_pipe = run("read", "-", "--url", "https://example.org/ferry", "--json", text=saved.read_text())
    assert by_file.stdout == by_pipe.stdout
    assert lines(by_file)[0]["title"] == "The ferry is back"
    assert not list(tmp_path.rglob("library.db"))


def test_a_saved_page_that_names_its_address_needs_no_other(run: Run, tmp_path: Path) -> None:
    saved = tmp_path / "page.html"
    body = page("The ferry is back", related=(("The pier is to be painted", "/pier"),)).partition(b"\r\n\r\n")[2]
    saved.write_bytes(body.replace(b"</head>", b'<link rel="canonical" href="https://gull.example/ferry"></head>'))
    (story,) = lines(run("read", str(saved), "--json"))
    assert story["url"] == "https://gull.example/ferry"
    assert "https://gull.example/pier" in [link["url"] for link in story["links"]]


def test_a_shell_is_told_of_no_keys(run: Run, tmp_path: Path) -> None:
    (tmp_path / "empty.html").write_text("<html><p>hello</p><form><input></form></html>")
    done = run("read", str(tmp_path / "empty.html"))
    assert (done.returncode, "o opens" in done.stderr) == (1, False)


def test_a_file_that_is_no_page_says_so(run: Run, tmp_path: Path) -> None:
    for name, body in (("a.pdf", b"%PDF-1.7\n\0\1"), ("empty.html", b"")):
        (tmp_path / name).write_bytes(body)
        done = run("read", str(tmp_path / name), "--url", "https://example.org/a")
        assert done.returncode == 1
        assert name in done.stderr
        assert "Traceback" not in done.stderr
    assert run("read", str(tmp_path), "--url", "https://example.org/a").returncode == 1


@pytest.mark.parametrize("body", [b"", b"<html><p>hello</html>", b"\x89PNG\r\n\x1a\n"])
def test_an_address_with_no_news_behind_it_says_so(run: Run, server: Server, body: bytes) -> None:
    done = run("add", server.says("/", reply(body, headers={"Content-Type": "text/html"})))
    assert done.returncode == 1
    assert "no feed behind this address" in done.stderr
    assert lines(run("sources", "--json")) == []


def test_a_library_that_is_none_is_refused_and_left_alone(run: Run, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader, this is no library at all, but it is long enough to look like a file." * 20)
    before = letter.read_bytes()
    done = run("--library", str(letter), "list")
    assert done.returncode == 1
    assert str(letter) in done.stderr
    assert letter.read_bytes() == before


def test_a_library_newer_than_the_program_is_refused_untouched(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    run("--library", str(file), "list")
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = file.read_bytes()
    done = run("--library", str(file), "list")
    assert done.returncode == 1
    assert "newer" in done.stderr
    assert file.read_bytes() == before


def test_a_reader_that_stops_reading_is_no_fault(run: Run, paper: Server, tmp_path: Path) -> None:
    run("add", paper.url("/feed"))
    command = f"{sys.executable} -m reader --library {tmp_path}/data/newsstand/library.db list | true"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


def test_the_log_is_never_the_library(run: Run, paper: Server, tmp_path: Path) -> None:
    library = tmp_path / "news.log"
    run("--library", str(library), "add", paper.url("/feed"))
    run("--library", str(library), "refresh", "--all", "--no-stories")
    assert library.read_bytes().startswith(b"SQLite format 3")
    assert len(lines(run("--library", str(library), "list", "--json"))) == 2


def test_a_log_that_cannot_be_written_stays_silent(run: Run, server: Server, tmp_path: Path) -> None:
    (tmp_path / "state/newsstand/newsstand.log").mkdir(parents=True)
    done = run("add", server.says("/feed", reply(status=404)))
    assert "Traceback" not in done.stderr
    assert "Logging error" not in done.stderr


def test_a_password_in_an_address_is_never_printed(run: Run) -> None:
    done = run("add", "http://reader:secret@127.0.0.1:9/")
    assert done.returncode == 1
    assert "secret" not in done.stderr.replace("http://reader:secret@127.0.0.1:9/: ", "")


def test_config_shows_where_the_files_are(run: Run, tmp_path: Path) -> None:
    (paths,) = lines(run("config", "--json"))
    assert paths["library"] == str(tmp_path / "data/newsstand/library.db")
    assert Path(paths["defaults"]).exists()


def test_hostile_headlines_reach_the_terminal_as_plain_text(run: Run, server: Server) -> None:
    title = "Buy &#27;]0;pwned&#7; now &amp;#8238; [@click=app.quit]here[/] &#155;31m &#x202E;evil" + "x" * 10_000
    run("add", server.says("/feed", feed((title, server.url("/1")))))
    for arguments in (["list"], ["list", "--json"], ["sources"]):
        out = run(*arguments).stdout
        assert not any(bad in out for bad in ("\x1b", "\x07", "\x9b", "\u202e", "\\u001b", "\\u202e"))
    assert "[@click=app.quit]here[/]" in run("list").stdout


def test_the_seed_article_comes_out_whole(run: Run) -> None:
    file = SHARED / "vietnam/pages/SYNTHETIC_mastercms_seed.html"
    if not file.exists():
        pytest.skip("../shared/vietnam is not here")
    done = run("read", str(file), "--url", "https://tuoitrethudo.com.vn/ha-noi-thanh-hoa-1.html", "--json")
    checked = subprocess.run(
        [sys.executable, str(SHARED / "tools/gold.py"), "--json", "-", "SYNTHETIC_mastercms_seed"],
        input=done.stdout,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.stdout.strip().endswith("holds"), checked.stdout
