"""`add` and `set` say how a source is asked; what is secret of it is kept from all that is printed."""

import base64
import os
import stat
from pathlib import Path

import pytest

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
        ["refresh", "--all"],
        ["sources"],
        ["sources", "--json"],
        ["export"],
        ["refresh", "--all", "--json"],
        ["list", "--json"],
        ["rename", "gull", "Tern", "--json"],
        ["add", private(url), "--json"],
        ["read", private(story)],
        ["read", private(server.url("/none"))],
        ["read", private(story) + "x", "--json"],
        ["save", private(story), "--json"],
        ["add", private(server.url("/none"))],
        ["add", private(server.url("/none")), "--json"],
        ["add", "https://ann:g/ull@quay.example/", "--json"],
    ):
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


@pytest.mark.parametrize(
    ("address", "mode"),
    [
        ("https://gull.example/feed", 0o644),
        ("https://gull.example/feed?key=Pier77", 0o600),
        ("https://gull.example/private/0d1f3a5e77b94c02/rss", 0o600),
    ],
)
def test_a_list_with_a_secret_in_an_address_is_its_owners_alone(cli: CommandLine, address: str, mode: int) -> None:
    (cli.home / "urls").write_text(f"{address}\n")
    assert cli.run("import", "urls").returncode == 0
    before = os.umask(0o022)
    try:
        assert cli.run("export", "new.opml").returncode == 0
        (cli.home / "old.opml").write_text("")
        assert cli.run("export", "--force", "old.opml").returncode == 0
    finally:
        os.umask(before)
    for name in ("new.opml", "old.opml"):
        assert stat.S_IMODE((cli.home / name).stat().st_mode) == mode
        assert address in (cli.home / name).read_text()  # whoever reads it here needs the whole of it


def test_links_planted_for_an_export_are_not_followed(cli: CommandLine) -> None:
    cli.fill()
    (cli.home / "victim").write_text("mine")
    for planted in (".list.opml.part", "new.opml"):
        (cli.home / planted).symlink_to("victim")
    assert cli.run("export", "--force", "list.opml").returncode == 0
    assert cli.run("export", "new.opml").returncode == 2
    assert (cli.home / "victim").read_text() == "mine"
    assert "<opml" in (cli.home / "list.opml").read_text()


def test_an_address_that_may_answer_later_is_subscribed_to_only_if_asked(cli: CommandLine, server: Server) -> None:
    busy = server.says("/busy", reply(status=429, headers={"Retry-After": "3600"}))
    broken = server.says("/broken", reply(status=500))
    gone = server.url("/gone")
    for url in (busy, broken):
        refused = cli.run("add", url)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr.endswith("`newsstand add --anyway` subscribes to it as it is.\n")
    assert "--anyway" not in cli.run("add", gone).stderr
    assert cli.run("add", gone, "--anyway").returncode == 1
    done = cli.run("add", busy, broken, "--anyway", "--folder", "Later")
    assert done.returncode == 0
    sources = lines(cli.run("sources", "--json"))
    assert [(one["url"], one["folder"]) for one in sources] == [(busy, "Later"), (broken, "Later")]
    assert cli.run("refresh", "--all").returncode == 1
    assert server.paths().count("/busy") == 2, "what it asked for is remembered"


def test_a_silent_server_is_asked_once(cli: CommandLine, server: Server) -> None:
    asked = []

    def silent(call: Call) -> None:
        asked.append(call)
        call.gone()

    url = server.says("/feed?token=s3cret", silent)
    cli.file.parent.mkdir(parents=True)
    (cli.home / "quick.toml").write_text("[network]\nseconds = 1\n")
    done = cli.run("--config", "quick.toml", "add", "--anyway", url)
    assert (done.returncode, len(asked)) == (0, 1)
    assert "no answer within" in done.stderr
    assert "s3cret" not in done.stderr
    (source,) = lines(cli.run("sources", "--json"))
    assert source["failure"]["kind"] == "timeout"
    assert (source["tries"], source["answered"]) == (1, None)
    cli.run("--config", "quick.toml", "refresh")
    assert len(asked) == 2, "it is due all the same"


def test_sources_of_one_host_without_names_are_told_apart_and_it_is_named_once(cli: CommandLine, other: Server) -> None:
    other.close()
    host = f"127.0.0.1:{other.port}"
    said = cli.run("add", "--anyway", other.url("/sea/feed"), other.url("/hill/feed")).stderr
    table = cli.run("sources").stdout.splitlines()
    assert [line.split()[1] for line in table] == [f"{host}/sea", f"{host}/hill"]
    assert all(line.count(host) == 1 and "! cannot be reached." in line for line in table)
    assert f"{host}/sea: cannot be reached." in said
    assert f"{host}/hill: cannot be reached." in said


def test_rows_of_what_failed_and_of_progress_are_without_secrets(cli: CommandLine, server: Server) -> None:
    url, gone = server.says("/feed?token=s3cret", feed()), server.url("/gone?token=s3cret")
    good, bad = lines(cli.run("add", "--json", url, gone))[::-1]
    assert (bad["argument"], bad["url"], good["url"]) == (2, server.url("/gone?…"), url)
    server.says("/feed?token=s3cret", reply(status=301, headers={"Location": "/feed2?token=s3cret"}))
    server.says("/feed2?token=s3cret", feed())
    refreshed = cli.run("refresh", "--all", "--json", "--no-stories")
    (source,) = lines(cli.run("sources", "--json"))
    told = [row for row in lines(refreshed) if row["step"] != "done"]
    assert {(row["source"], row["url"]) for row in told} == {(source["id"], server.url("/feed?…"))}
    assert told[-1]["moved_to"] == server.url("/feed2?…")
    assert source["url"] == server.url("/feed2?token=s3cret"), "whoever needs it has it whole"
    failed = cli.run("read", "--json", gone)
    trial = cli.run("site", "test", "--json", gone)
    assert lines(failed)[0]["url"] == lines(trial)[0]["url"] == server.url("/gone?…")
    assert "id" in lines(failed)[0]
    listed = "\n".join(f'<outline text="L" type="{kind}" url="{gone}"/>' for kind in ("include", "link"))
    listed += '<outline xmlUrl="ftp://gull.example/f?token=s3cret"/>'
    document = f"<opml><body>{listed}</body></opml>"
    imports = [cli.run("import", "-", *option, text=document) for option in ([], ["--json"])]
    assert [row["what"] for row in lines(imports[1])] == ["L", "L", "ftp://gull.example/f?…"]
    for said in (refreshed, failed, trial, *imports):
        assert "s3cret" not in said.stdout + said.stderr


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


def test_a_dead_source_promises_nothing_and_a_login_given_later_is_said_to_be_kept(
    cli: CommandLine, server: Server, other: Server
) -> None:
    other.close()
    dead = cli.run("add", "--anyway", other.url("/feed"))
    assert "cannot be reached." in dead.stderr
    assert "What was kept" not in dead.stderr + cli.run("sources").stdout
    url = server.says("/feed", feed())
    cli.run("add", url)
    for said in (True, False):
        again = cli.run("add", private(url))
        assert "Already subscribed" in again.stdout
        assert ("that is kept" in again.stderr) is said, "it is only said where something has changed"


def test_a_front_page_is_no_story_and_add_is_named(cli: CommandLine, server: Server) -> None:
    front = reply(b"<html><title>Gull</title><body><a href='/1'>One</a></body>", headers={"Content-Type": "text/html"})
    done = cli.run("read", server.says("/", front))
    assert done.returncode == 1
    assert f"this is a front page, not a story: `newsstand add {server.url('/')}` subscribes to it." in done.stderr
    assert "JavaScript" in cli.run("read", server.says("/story", front)).stderr
    teasers = "".join(
        f"<div class=teaser><h2><a href='/2026/gulls-of-the-harbour-{n}.html'>Gulls of the harbour, part {n}</a></h2>"
        f"<p>They sit on the roof of the fish hall, all {n} of them, and wait for the boats to come in.</p></div>"
        for n in range(2, 22)
    )
    page = f"<html><title>Harbour</title><body><main><h1>Harbour</h1>{teasers}</main></body></html>".encode()
    section = server.says("/harbour", reply(page, headers={"Content-Type": "text/html"}))
    said = f"this page lists stories and is none itself: `newsstand add {section}` subscribes to it."
    assert said in cli.run("read", section).stderr


def test_a_redirect_to_what_is_no_address_is_told_as_that(cli: CommandLine, server: Server) -> None:
    url = server.says("/feed", reply(b"", 302, headers={"Location": "http://0177.0.0.1:9/x"}))
    done = cli.run("add", url)
    assert done.returncode == 1
    assert "redirects to something that is no web address" in done.stderr
