"""`refresh` and `offline` count what they kept, obey a pause, and say in their exit code what went wrong."""

import json
import random

from reader.cli.refresh import _Counted
from reader.models import Failure, FailureKind, RefreshEvent, RefreshStep
from tests.cli.command_line import CommandLine, lines
from tests.fetch.scripted_server import Server, reply
from tests.sample_paper import feed, page


def test_a_refresh_counts_the_stories_that_it_kept(cli: CommandLine, server: Server) -> None:
    stories = [(f"Story {n}", server.says(f"/{n}", page(f"Story {n}", about=f"boat {n}"))) for n in range(7)]
    cli.run("add", server.says("/feed", feed(*stories, ("Gone", server.url("/gone")))))
    done = cli.run("refresh")
    assert done.stderr.splitlines()[-1] == "0 headlines new. Kept 7 stories for offline; 1 could not be fetched."
    assert done.returncode == 0
    server.says("/gone", page("Gone", about="crane"))
    assert cli.run("offline").stderr == "0 headlines new. Kept 0 stories for offline.\n"
    assert server.paths().count("/gone") == 1, "what is gone is not asked for again for some hours"
    assert cli.run("read", server.url("/gone")).returncode == 0


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
        RefreshEvent(RefreshStep.STORY),
        RefreshEvent(RefreshStep.STORY, failure=Failure(FailureKind.HTTP)),
        RefreshEvent(RefreshStep.STORY_FAILED, failure=Failure(FailureKind.HTTP)),
        RefreshEvent(RefreshStep.STORY_FAILED, failure=full),
        RefreshEvent(RefreshStep.FAILED, failure=full),
    ):
        counted.count(event)
    assert counted == _Counted(new=3, kept=2, missed=1, lost=1, failed=1, answered=1)


def test_a_story_that_found_no_network_is_not_nobody_reached_where_sources_answered() -> None:
    counted = _Counted()
    gone = Failure(FailureKind.OFFLINE)
    for event in (RefreshEvent(RefreshStep.SAME), RefreshEvent(RefreshStep.STORY_FAILED, failure=gone)):
        counted.count(event)
    assert not counted.reached_nobody
    alone = _Counted()
    alone.count(RefreshEvent(RefreshStep.FAILED, failure=gone))
    assert alone.reached_nobody


def test_related_stories_that_cannot_be_had_are_one_line_and_asked_for_once(cli: CommandLine, server: Server) -> None:
    dead = tuple((f"What the harbour wall hid in chapter {n}", f"/dead-{n}") for n in range(5))
    story = server.says("/1", page("One", related=dead))
    cli.run("add", server.says("/feed", feed(("One", story), ("Two", server.url("/2")))))
    events = cli.shell("newsstand refresh --all --json")
    missed = [event for event in lines(events) if event["step"] == "story-failed"]
    assert sorted(event["related"] for event in missed) == [False, *[True] * 5]
    summary = "0 headlines new. Kept 1 story for offline; 1 could not be fetched. 5 related stories could not be had"
    assert [line for line in events.stderr.splitlines() if "/dead" in line] == []
    assert f"{server.url('/2')}: the server answered 404" in events.stderr
    for again in (["refresh", "--all"], ["offline"]):
        assert cli.run(*again).stderr == "0 headlines new. Kept 0 stories for offline.\n"
    assert [server.paths().count(path) for path in ("/2", "/dead-0", "/dead-4")] == [1, 1, 1]
    forgotten = cli.file.with_name("other.db")
    told = cli.run("--library", str(forgotten), "add", server.url("/feed"))
    told = cli.run("--library", str(forgotten), "offline")
    assert told.stderr.endswith(f"\n{summary} (--verbose names each).\n")
    assert len(told.stderr.splitlines()) == 2
    forgotten.unlink()
    cli.run("--library", str(forgotten), "add", server.url("/feed"))
    told = cli.run("--library", str(forgotten), "offline", "--verbose")
    assert told.stderr.endswith(f"\n{summary}.\n")
    assert len(told.stderr.splitlines()) == 7


def test_a_paper_that_asks_to_wait_is_one_line_and_the_host_is_asked_once(cli: CommandLine, server: Server) -> None:
    stories = [(f"Story {n}", server.says(f"/{n}", page(f"Story {n}", about=f"boat {n}"))) for n in range(6)]
    server.says("/robots.txt", reply(status=429, headers={"Retry-After": "100"}), reply(status=404))
    cli.run("add", server.says("/feed", feed(*stories)))
    done = cli.run("offline")
    assert done.stderr.splitlines()[0] == f"{server.url('/robots.txt')}: it asks us to wait 100 s; try again then."
    assert len(done.stderr.splitlines()) == 2
    assert server.paths().count("/robots.txt") == 1


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


def test_nobody_waits_on_the_command_line_and_it_says_what_to_do(cli: CommandLine, server: Server) -> None:
    busy = reply(b"", 429, {"Retry-After": "50"})
    url = server.says("/feed", feed(), busy)
    server.says("/new", busy)
    cli.run("add", url)
    lists = cli.file.with_name("list.opml")
    lists.write_text(
        f'<opml version="2.0"><body><outline text="Never yet" xmlUrl="{server.url("/new")}"/></body></opml>'
    )
    cli.run("import", str(lists))
    done = cli.run("refresh", "--all", "--no-stories")
    told = sorted(line for line in done.stderr.splitlines() if "wait" in line)
    assert [line.partition(": it asks us to wait ")[0] for line in told] == ["Never yet", "The Gull"]
    assert all(line.endswith(" s; run it again then.") for line in told)
    row, *_ = lines(cli.run("refresh", "--all", "--no-stories", "--json"))[-2:]
    assert row["failure"]["message"].endswith("; run it again then.")
    for listed in (cli.run("sources").stdout, cli.run("sources", "--json").stdout):
        assert "try again then." in listed
        assert "Newsstand will" not in listed


def test_a_paper_that_asks_to_wait_when_it_is_added_is_not_promised_either(cli: CommandLine, server: Server) -> None:
    server.says("/gull", reply(b"", 429, {"Retry-After": "50"}))
    lists = cli.file.with_name("list.opml")
    lists.parent.mkdir(parents=True, exist_ok=True)
    lists.write_text(
        f'<opml version="2.0"><body><outline text="The Gull" xmlUrl="{server.url("/gull")}"/></body></opml>'
    )
    cli.run("import", str(lists))
    done = cli.run("add", server.url("/gull"), "--user-agent", "Newsstand test")
    assert "it asks us to wait" in done.stderr
    assert done.stderr.splitlines()[0].endswith(" s; try again then.")


def test_without_a_network_it_says_so_with_exit_code_1_and_the_next_run_asks_again(
    cli: CommandLine, server: Server, other: Server
) -> None:
    for paper, name in ((server, "gull"), (other, "quay")):
        cli.run("add", paper.says(f"/{name}", feed()))
        paper.says(f"/{name}", lambda _: None)
    for more in ([], ["--json"]):
        done = cli.run("refresh", "--all", *more)
        said = "Nothing could be reached: is there a network? What was due is asked for again the next time.\n"
        assert (done.returncode, done.stderr) == (1, said)
    failed = [event["failure"] for event in lines(done) if event["step"] == "failed"]
    assert [failure["kind"] for failure in failed] == ["offline", "offline"]
    assert {failure["message"] for failure in failed} == {"There seems to be no network; run it again later."}
    for paper, name in ((server, "gull"), (other, "quay")):
        paper.says(f"/{name}", feed(("One", paper.url("/1"))))
    done = cli.run("refresh", "--no-stories")
    assert (done.returncode, done.stderr.splitlines()[-1][:16]) == (0, "2 headlines new.")
