"""Stories in several pages, on the command line."""

import json
import signal
import subprocess
from pathlib import Path

from tests.cli.command_line import CommandLine
from tests.fetch.scripted_server import Call, Server, reply
from tests.sample_paper import in_pages


def test_all_pages_brings_the_rest_of_a_story_and_keeps_it(cli: CommandLine, server: Server) -> None:
    url = server.says("/ferry", in_pages(1, 3))
    server.says("/ferry?page=2", in_pages(2, 3))
    server.says("/ferry?page=3", in_pages(3, 3))
    first = cli.run("read", url)
    assert "ferry1" in first.stdout
    assert "keel2" not in first.stdout
    done = cli.run("read", url, "--all-pages", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    article = json.loads(done.stdout)
    assert all(name in article["markdown"] for name in ("ferry1", "keel2", "lottery3"))
    assert not [link for link in article["links"] if link["kind"] == "next"]
    assert "lottery3" in cli.run("read", url).stdout
    assert server.paths() == ["/ferry", "/ferry?page=2", "/ferry?page=3"]


def test_a_page_that_is_missing_is_said_and_the_rest_is_printed(cli: CommandLine, server: Server) -> None:
    url = server.says("/ferry", in_pages(1, 3))
    server.says("/ferry?page=2", in_pages(2, 3))
    server.says("/ferry?page=3", reply(status=404))
    done = cli.run("read", url, "--all-pages")
    assert done.returncode == 1
    assert "keel2" in done.stdout
    assert "/ferry?page=3" in done.stderr
    assert "404" in done.stderr


def test_a_file_has_no_further_pages(cli: CommandLine) -> None:
    (cli.home / "page.html").write_text("<p>x</p>", encoding="utf-8")
    done = cli.run("read", "page.html", "--all-pages")
    assert done.returncode == 2
    assert "--all-pages goes with a headline's number or an address" in done.stderr


def test_a_story_that_goes_on_says_so_beside_the_text_and_how_to_read_the_rest(
    cli: CommandLine, server: Server
) -> None:
    url = server.says("/ferry", in_pages(1, 3))
    text = in_pages(1, 3).partition(b"\r\n\r\n")[2]
    (cli.home / "page.html").write_bytes(text)
    told = f"this story has more pages. newsstand read {url} --all-pages reads them too.\n"
    for asked in ((url,), (url, "--width", "60"), ("page.html", "--url", url)):
        done = cli.run("read", *asked)
        assert (done.returncode, done.stderr) == (0, f"{asked[0]}: {told}")
        assert "■" not in done.stdout
    for option in ("--json", "--links"):
        assert cli.run("read", url, option).stderr == ""
    server.says("/short", in_pages(1, 1, at="/short"))
    assert cli.run("read", server.url("/short")).stderr == ""


def test_ctrl_c_prints_the_pages_that_have_come_and_says_what_is_missing(cli: CommandLine, server: Server) -> None:
    url = server.says("/ferry", in_pages(1, 4))
    server.says("/ferry?page=2", in_pages(2, 4))
    server.says("/ferry?page=3", Call.gone)
    program = subprocess.Popen(
        [*cli.program, "read", url, "--all-pages"],
        env=cli.environment,
        cwd=Path(cli.home),
        encoding="utf-8",
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert server.wait_asked(3)
    program.send_signal(signal.SIGINT)
    printed, said = program.communicate(timeout=30)
    assert program.returncode == 130
    assert "ferry1" in printed
    assert "keel2" in printed
    assert said == (
        f"{url}: stopped, page 3 and those after it are missing. newsstand read {url} --all-pages goes on from there.\n"
    )
    server.scripts["/ferry?page=3"] = [in_pages(3, 4)]
    server.says("/ferry?page=4", in_pages(4, 4))
    assert "chapel4" in cli.run("read", url, "--all-pages").stdout
    assert server.paths() == ["/ferry", "/ferry?page=2", "/ferry?page=3", "/ferry?page=3", "/ferry?page=4"]
