"""`add`, `set`, `sources`, `export`, `refresh`: how a source is asked, said on the command line and kept from it."""

import base64
import json
import random
import stat
from pathlib import Path

import pytest

from reader.cli.refresh import _Counted
from reader.models import Failure, FailureKind, RefreshEvent, RefreshStep
from tests.cli.command_line import CommandLine, lines
from tests.fetch.scripted_server import Call, Script, Server, reply
from tests.sample_paper import feed, page

TOKEN = "Basic " + base64.b64encode(b"ann:gull").decode()


def guard(answer: bytes) -> Script:
    def script(call: Call) -> None:
        known = call.asked.headers.get("authorization") == TOKEN
        call.send(answer if known else reply(b"", 401))

    return script


def private(url: str) -> str:
    return url.replace("//", "//ann:gull@", 1)


def everything(home: Path) -> str:
    """What lies in all files of a home but those for oneself alone."""
    files = [file for file in home.rglob("*") if file.is_file()]
    return "".join(file.read_bytes().decode("latin-1") for file in files if "credentials" not in file.parent.name)


def test_a_password_is_kept_apart_printed_nowhere_and_exported_only_when_asked(
    cli: CommandLine, server: Server, tmp_path: Path
) -> None:
    story = server.says("/ferry", guard(page("The ferry is back")))
    url = server.says("/feed", guard(feed(("The ferry is back", story))))
    done = cli.run("add", private(url))
    assert (done.returncode, done.stdout) == (0, "Subscribed to The Gull: 1 headline.\n")
    printed = [done]
    (secret,) = [file for file in tmp_path.rglob("*") if file.is_file() and "credentials" in file.parent.name]
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    for arguments in (
        ["refresh", "--all"], ["sources"], ["sources", "--json"], ["export"], ["refresh", "--all", "--json"],
        ["list", "--json"], ["rename", "gull", "Tern", "--json"], ["add", private(url), "--json"],
        ["read", private(story)], ["read", private(server.url("/none"))], ["read", private(story) + "x", "--json"],
        ["save", private(story), "--json"], ["add", private(server.url("/none"))],
        ["add", private(server.url("/none")), "--json"], ["add", "https://ann:g/ull@quay.example/", "--json"],
    ):  # fmt: skip
        printed.append(cli.run(*arguments))
    text = "".join(one.stdout + one.stderr for one in printed) + everything(tmp_path)
    for word in ("ann:", "gull@", "g/ull", TOKEN[6:]):
        assert word not in text
    assert lines(printed[3])[0]["login"] is True
    assert [row["kept"] for row in lines(cli.run("list", "--json"))] == [True]
    done = cli.run("export", "--with-passwords", "list.opml")
    assert private(url) in (tmp_path / "list.opml").read_text(encoding="utf-8")
    assert stat.S_IMODE((tmp_path / "list.opml").stat().st_mode) == 0o600
    (tmp_path / "list.opml").chmod(0o644)
    assert cli.run("export", "--with-passwords", "--force", "list.opml").returncode == 0
    assert stat.S_IMODE((tmp_path / "list.opml").stat().st_mode) == 0o600


def test_add_and_set_say_who_asks_and_with_which_headers(cli: CommandLine, server: Server) -> None:
    def picky(call: Call) -> None:
        fits = "Mozilla" in call.asked.headers["user-agent"] and call.asked.headers.get("x-api-key") == "k1"
        call.send(feed() if fits else reply(b"", 403))

    url = server.says("/feed", picky)
    assert cli.run("add", url).returncode == 1
    done = cli.run("add", url, "--user-agent", "Mozilla/5.0", "--header", "X-Api-Key: k1", "--header", "Referer: r")
    assert (done.returncode, done.stdout) == (0, "Subscribed to The Gull: 0 headlines.\n")
    (source,) = lines(cli.run("sources", "--json"))
    assert source["user_agent"] == "Mozilla/5.0"
    assert source["headers"] == {"X-Api-Key": None, "Referer": "r"}
    assert cli.run("refresh", "--all").returncode == 0
    done = cli.run("set", "gull", "--header", "X-Api-Key: k2", "--header", "DNT: 1")
    assert done.stdout == "The Gull: headers X-Api-Key, DNT. `newsstand undo` undoes it.\n"
    assert cli.run("refresh", "--all").returncode == 1
    assert server.asked[-1].headers["x-api-key"] == "k2"
    assert "referer" not in server.asked[-1].headers
    assert cli.run("undo").returncode == 0
    assert lines(cli.run("sources", "--json"))[0]["headers"] == {"X-Api-Key": None, "Referer": "r"}
    assert cli.run("set", "gull", "--header", "default").returncode == 0
    assert lines(cli.run("sources", "--json"))[0]["headers"] == {}


@pytest.mark.parametrize(
    ("header", "why"),
    [
        ("Host: evil.example", "--header Host: this header belongs to the connection"),
        ("Content-Length: 3", "--header Content-Length: Newsstand sets this header itself."),
        ("User-Agent: me", "--header User-Agent: --user-agent sets this."),
        ("Cookie: a\r\nHost: x", "--header Cookie: the value must be ASCII on one line"),
        ("s3cret", "a header is written as 'Name: value'"),
        ("Authorization: Bearer s3cret", "a user and a password, which are sent in this header"),
    ],
)
def test_a_header_that_cannot_be_sent_is_refused_and_its_value_not_shown(
    cli: CommandLine, server: Server, header: str, why: str
) -> None:
    done = cli.run("add", private(server.url("/feed")), "--header", header)
    assert done.returncode == 2
    assert why in done.stderr
    assert "Bearer" not in done.stderr
    assert server.asked == []


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
        ("The Quay", 1, True), ("Le Canal d'en haut", 0, True),
    ]  # fmt: skip
    assert lines(cli.run("sources", "--json")) == []


def test_a_refresh_counts_the_stories_that_it_kept(cli: CommandLine, server: Server) -> None:
    stories = [(f"Story {n}", server.says(f"/{n}", page(f"Story {n}", about=f"boat {n}"))) for n in range(7)]
    cli.run("add", server.says("/feed", feed(*stories, ("Gone", server.url("/gone")))))
    done = cli.run("refresh")
    assert done.stderr.splitlines()[-1] == "0 headlines new. Kept 7 stories for offline; 1 could not be fetched."
    assert done.returncode == 0
    server.says("/gone", page("Gone", about="crane"))
    assert cli.run("offline").stderr == "0 headlines new. Kept 1 story for offline.\n"


def test_a_full_disk_is_told_counted_and_exit_code_1(cli: CommandLine, server: Server) -> None:
    words = [" ".join(random.Random(n).choices([f"{k:08x}" for k in range(9000)], k=9000)) for n in range(6)]
    for n, text in enumerate(words):
        html = f"<html><article><h1>Story {n}</h1>" + "".join(
            f"<p>{text[i : i + 900]}.</p>" for i in range(0, 80000, 900)
        )
        server.says(f"/{n}", reply(html.encode(), headers={"Content-Type": "text/html"}))
    cli.run("add", server.says("/feed", feed(*((f"Story {n}", server.url(f"/{n}")) for n in range(6)))))
    blocks = cli.file.stat().st_size // 1024 + 200
    done = cli.shell(f"ulimit -f {blocks}; trap '' XFSZ; newsstand offline")
    kept = len([row for row in lines(cli.run("list", "--json")) if row["kept"]])
    assert kept < 6
    assert done.returncode == 1
    assert f"Kept {kept} stor" in done.stderr.splitlines()[-1]
    assert f"{6 - kept} could not be kept." in done.stderr.splitlines()[-1]


def test_each_event_is_counted_once_as_what_it_is() -> None:
    counted = _Counted()
    full = Failure(FailureKind.DISK_FULL, "https://quay.example/1")
    for event in (
        RefreshEvent(RefreshStep.KEPT, new=3, failure=Failure(FailureKind.BROKEN_FEED)),
        RefreshEvent(RefreshStep.STORY), RefreshEvent(RefreshStep.STORY, failure=Failure(FailureKind.HTTP)),
        RefreshEvent(RefreshStep.STORY_FAILED, failure=Failure(FailureKind.HTTP)),
        RefreshEvent(RefreshStep.STORY_FAILED, failure=full), RefreshEvent(RefreshStep.FAILED, failure=full),
    ):  # fmt: skip
        counted.count(event)
    assert counted == _Counted(new=3, kept=2, missed=1, lost=1, failed=1)


def test_a_pause_is_obeyed_in_a_new_process_and_said(cli: CommandLine, server: Server) -> None:
    url = server.says("/feed", feed(), reply(b"", 503, {"Retry-After": "7200"}), feed())
    cli.run("add", url)
    for arguments in (["refresh", "--all"], ["refresh", "--all"], ["refresh", "gull"], ["refresh"]):
        done = cli.run(*arguments, "--no-stories")
    assert len(server.asked) == 2
    assert json.loads(cli.run("sources", "--json").stdout)["failure"]["kind"] == "wait"
    done = cli.run("refresh", "--all", "--no-stories")
    assert (done.returncode, len(server.asked)) == (1, 2)
    assert done.stderr.startswith("The Gull: ")
    assert cli.run("refresh", "--all", "--force", "--no-stories").returncode == 0
    assert len(server.asked) == 3


def test_times_are_this_computers_and_the_zone_is_said_where_the_papers_is_another(
    cli: CommandLine, tmp_path: Path
) -> None:
    html = page("The ferry is back").partition(b"\r\n\r\n")[2].decode()
    stamp = '<meta property="article:published_time" content="2026-11-20T23:30:00+07:00">'
    (tmp_path / "story.html").write_text(html.replace("<title>", stamp + "<title>"), encoding="utf-8")
    for zone, said in (
        ("UTC", "Friday 20 November 2026, 16:30 UTC"),
        ("Asia/Ho_Chi_Minh", "Friday 20 November 2026, 23:30"),
        ("Asia/Kolkata", "Friday 20 November 2026, 22:00 UTC+5:30"),
        ("Pacific/Auckland", "Saturday 21 November 2026, 05:30 UTC+13"),
    ):
        read = ["read", "story.html", "--url", "https://quay.example/1"]
        text = cli.run(*read, more={"TZ": zone}).stdout
        assert text.splitlines()[2].split(" · ")[0].strip() == said
        assert said in " ".join(cli.run(*read, "--width", "100", more={"TZ": zone, "TERM": "dumb"}).stdout.split())
