"""Stories in several pages, on the command line."""

import json

from loopback import Server, reply
from paper import in_pages
from stand import Stand


def test_all_pages_brings_the_rest_of_a_story_and_keeps_it(stand: Stand, server: Server) -> None:
    url = server.says("/ferry", in_pages(1, 3))
    server.says("/ferry?page=2", in_pages(2, 3))
    server.says("/ferry?page=3", in_pages(3, 3))
    first = stand.run("read", url)
    assert "ferry1" in first.stdout
    assert "keel2" not in first.stdout
    done = stand.run("read", url, "--all-pages", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    article = json.loads(done.stdout)
    assert all(name in article["markdown"] for name in ("ferry1", "keel2", "lottery3"))
    assert not [link for link in article["links"] if link["kind"] == "next"]
    assert "lottery3" in stand.run("read", url).stdout
    assert server.paths() == ["/ferry", "/ferry?page=2", "/ferry?page=3"]


def test_a_page_that_is_missing_is_said_and_the_rest_is_printed(stand: Stand, server: Server) -> None:
    url = server.says("/ferry", in_pages(1, 3))
    server.says("/ferry?page=2", in_pages(2, 3))
    server.says("/ferry?page=3", reply(status=404))
    done = stand.run("read", url, "--all-pages")
    assert done.returncode == 1
    assert "keel2" in done.stdout
    assert "/ferry?page=3" in done.stderr
    assert "404" in done.stderr


def test_a_file_has_no_further_pages(stand: Stand) -> None:
    (stand.home / "page.html").write_text("<p>x</p>", encoding="utf-8")
    done = stand.run("read", "page.html", "--all-pages")
    assert done.returncode == 2
    assert "--all-pages goes with a headline's number or an address" in done.stderr
