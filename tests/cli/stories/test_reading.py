"""Listing and reading: every option that chooses, numbers that stay, and stories styled for a terminal."""

import re
import sys
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from reader.cli.output import cells
from reader.cli.output.headlines import headline_lines
from reader.cli.stories import as_markdown
from reader.models import Article, Enclosure, Entry, Link, LinkKind
from reader.store import FeedChanges, Row
from reader.ui.article.console import printed_lines
from tests import add_source
from tests.cli.command_line import HARBOUR, NOON, CommandLine, article, entry, lines
from tests.fetch.scripted_server import Server, reply
from tests.pseudo_terminal import Terminal
from tests.sample_paper import feed, page

BOLD, SGR = "\x1b[1", re.compile(r"\x1b\[[0-9;]*m")


@pytest.mark.parametrize(
    ("options", "titles"),
    [
        ([], ["Ferry", "Bread", "Gulls", "Snow", "Æther"]),
        (["--unread"], ["Ferry", "Bread", "Snow", "Æther"]),
        (["--starred"], ["Bread"]),
        (["--saved"], ["Snow"]),
        (["--kept"], ["Ferry"]),
        (["--source", "canal d'EN"], ["Snow", "Æther"]),
        (["--source", f"{HARBOUR}/rss", "--unread"], ["Ferry", "Bread"]),
        (["--folder", "World"], ["Ferry", "Bread", "Gulls", "Snow", "Æther"]),
        (["--folder", "World/Asia"], ["Ferry", "Bread", "Gulls"]),
        (["--folder", "world/ásia"], ["Ferry", "Bread", "Gulls"]),
        (["--folder", "World/Asia", "--source", "canal"], []),
        (["--since", "2026-11-19"], ["Ferry", "Bread"]),
        (["--until", "2026-11-17"], ["Snow", "Æther"]),
        (["--until", "2026-11-17T11:59"], ["Æther"]),
        (["--since", "2026-11-17", "--until", "2026-11-18"], ["Gulls", "Snow"]),
        (["--since", "1m"], []),
        (["--since", "99999999999d"], ["Ferry", "Bread", "Gulls", "Snow", "Æther"]),
        (["--since", "9" * 5000 + "w"], ["Ferry", "Bread", "Gulls", "Snow", "Æther"]),
        (["--until", "99999999999d"], []),
        (["--since", "0001-01-01"], ["Ferry", "Bread", "Gulls", "Snow", "Æther"]),
        (["--since", "0001-01-01T00:00+14:00", "--until", "9999-12-31"], ["Ferry", "Bread", "Gulls", "Snow", "Æther"]),
        (["--limit", "2"], ["Ferry", "Bread"]),
        (["--starred", "--saved"], []),
    ],
)
def test_every_option_of_list_chooses_and_all_of_them_must_fit(
    cli: CommandLine, options: list[str], titles: list[str]
) -> None:
    cli.fill()
    assert cli.titles(*options) == titles


def test_a_table_has_the_mark_and_the_time_by_this_computer_s_clock(cli: CommandLine) -> None:
    pages = cli.fill()
    rows = cli.run("list", more={"TZ": "Asia/Ho_Chi_Minh"}).stdout.splitlines()
    assert rows[0].split() == [str(pages["Ferry"]), "●", "2026-11-20", "19:00", "The", "Harbour", "Ferry"]
    assert [row[:8].split()[1] for row in rows[:2]] == ["●", "★"]
    assert "\x1b" not in "".join(rows)


@pytest.mark.parametrize("columns", [40, 60, 80, 132])
def test_a_table_is_as_wide_as_the_terminal_and_whole_in_a_pipe(cli: CommandLine, columns: int) -> None:
    cli.fill()
    long = "Ferry " * 25
    with cli.library() as library:
        news = (entry(HARBOUR, long.strip(), 21), entry(HARBOUR, "漢字" * 60, 22))
        library.keep_feed(1, FeedChanges(new=news), now=2e9)
        library.edit_source(1, title="A paper with a name that is longer than most")
    terminal = Terminal([*cli.program, "list"], columns=columns, rows=40, environment=cli.environment | {"COLUMNS": ""})
    assert terminal.end() == 0
    printed = SGR.sub("", terminal.received.decode()).splitlines()
    assert len(printed) == 7
    assert all(cells(line) <= columns for line in printed)
    assert sum("…" in line for line in printed) >= 2
    assert long.strip() in cli.run("list").stdout


@pytest.mark.parametrize("columns", [30, 40, 60, 80])
def test_headlines_have_half_of_a_narrow_terminal(cli: CommandLine, columns: int) -> None:
    long = "The lock keeper of the upper weir has counted his eels again and finds none of them missing at all"
    with cli.library() as library:
        source = add_source(library, f"{HARBOUR}/rss", "The Lock and Weir Intelligencer")
        library.keep_feed(source.id, FeedChanges(new=(entry(HARBOUR, "eels", 21, long),)), now=2e9)
    terminal = Terminal([*cli.program, "list"], columns=columns, rows=9, environment=cli.environment | {"COLUMNS": ""})
    assert terminal.end() == 0
    (line,) = SGR.sub("", terminal.received.decode()).splitlines()
    assert cells(line) <= columns
    shown = line[line.index("The lock") :].rstrip("…")
    assert len(shown) + 2 >= columns / 2, line
    assert long.startswith(shown)
    assert ("2026-11-21 12:00" in line) == (columns == 80)
    assert long in cli.run("list").stdout


def test_a_short_time_is_the_hour_today_and_the_day_else() -> None:
    now = datetime(2026, 3, 4, 18, 30).astimezone()
    whens = (now.replace(hour=7), now.replace(day=3), now.replace(year=2025))
    row = Row(
        page=1,
        url=HARBOUR,
        title="Eels are counted again, all of them",
        summary=None,
        source=1,
        paper="The Weir",
        short="Weir",
        brand_colour=None,
        section=None,
        time=0,
        read=False,
        starred=False,
        saved=False,
        kept=False,
        changed=False,
        minutes=None,
        entry=None,
    )
    rows = [replace(row, time=int(when.timestamp())) for when in whens]
    assert [line[2] for line in headline_lines(rows, now, 40)] == ["07:30", "03-03", "2025-03"]
    assert [line[2] for line in headline_lines(rows, now, None)] == [
        "2026-03-04 07:30",
        "2026-03-03 18:30",
        "2025-03-04 18:30",
    ]
    assert [len(line) for line in headline_lines(rows[:2], now, 46)] == [5, 5], "the paper has room beside a short time"
    assert [len(line) for line in headline_lines(rows[:2], now, 30)] == [4, 4]


def test_numbers_stay_when_more_headlines_come_and_when_two_pages_prove_to_be_one(cli: CommandLine) -> None:
    pages = cli.fill()
    with cli.library() as library:
        news = (entry(HARBOUR, "Flood", 21), entry(HARBOUR, "Bread-2", 21, "Bread"))
        library.keep_feed(1, FeedChanges(new=news), now=2e9)
        later = library.page_of(f"{HARBOUR}/Bread-2") or 0
        library.keep_article(later, article(f"{HARBOUR}/Bread-2", "Bread", canonical=f"{HARBOUR}/Bread"))
    listed = {line["title"]: line["id"] for line in lines(cli.run("list", "--json"))}
    assert {name: listed[name] for name in ("Ferry", "Bread", "Gulls")} == {
        name: pages[name] for name in ("Ferry", "Bread", "Gulls")
    }
    both = cli.run("mark", str(later), str(pages["Bread"]), "--as", "read", "--json")
    assert lines(both) == [{"act": "read", "asked": 1, "changed": 1}]
    (story,) = lines(cli.run("read", str(later), "--json"))
    assert story["title"] == "Bread"


def test_several_stories_are_read_and_marked_and_one_that_fails_stops_no_other(
    cli: CommandLine, server: Server
) -> None:
    pages = cli.fill()
    url = server.says("/pier", page("The pier"))
    done = cli.run("read", server.url("/gone"), str(pages["Ferry"]), url, "--mark")
    assert done.returncode == 1
    assert done.stdout.index("# Ferry") < done.stdout.index("# The pier")
    assert "404" in done.stderr
    assert "Ferry" not in cli.titles("--unread")
    failed, story = lines(cli.run("read", server.url("/gone"), str(pages["Ferry"]), "--json"))
    assert (failed["url"], failed["failure"]["status"], story["title"]) == (server.url("/gone"), 404, "Ferry")


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (reply(status=410), "the server answered 410: this address has moved or gone."),
        (reply(status=402), "the server answered 402: it does not let programs read this."),
        (reply(b"%PDF-1.4", headers={"Content-Type": "application/pdf"}), "this page cannot be read here."),
        (
            reply(
                b"<title>Fog</title><div id=a>Please enable JavaScript.</div>", headers={"Content-Type": "text/html"}
            ),
            "no story was found on this page (it may need a login or JavaScript).",
        ),
    ],
)
def test_a_page_that_cannot_be_had_is_told_in_one_sentence(
    cli: CommandLine, server: Server, answer: bytes, said: str
) -> None:
    url = server.says("/2019/11/fog", answer)
    done = cli.run("read", url)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"{url}: {said}\n")
    (failed,) = lines(cli.run("read", url, "--json"))
    assert failed["failure"]["message"] == said[0].upper() + said[1:]


def test_a_dead_server_is_told_without_a_promise_of_what_was_kept(cli: CommandLine, server: Server) -> None:
    url = server.url("/ferry")
    server.close()
    (failed,) = lines(cli.run("read", url, "--json"))
    assert failed["failure"]["message"].endswith(" cannot be reached.")


def test_links_are_numbered_and_none_are_told_of_beside_the_results(cli: CommandLine, server: Server) -> None:
    pages = cli.fill()
    listed = cli.run("read", str(pages["Ferry"]), "--links").stdout.splitlines()
    assert [line.split() for line in listed] == [
        ["1", "related", "The", "pier", f"{HARBOUR}/pier"],
        ["2", "inline", f"{HARBOUR}/book"],
    ]
    bare = server.says("/bare", page("Bare").replace(b"<nav><a href='/'>Home</a></nav>", b" " * 31))
    done = cli.run("read", bare, "--links")
    assert (done.returncode, done.stdout, "no links" in done.stderr) == (0, "", True)


@pytest.mark.parametrize("width", [20, 44, 100])
def test_a_width_styles_a_story_also_in_a_pipe_and_no_line_is_longer(cli: CommandLine, width: int) -> None:
    pages = cli.fill()
    done = cli.run("read", str(pages["Ferry"]), "--width", str(width), more={"COLORTERM": "truecolor"})
    assert BOLD in done.stdout
    assert max(len(SGR.sub("", line)) for line in done.stdout.splitlines()) <= width
    assert BOLD not in cli.run("read", str(pages["Ferry"]), "--width", str(width), "--plain").stdout


def test_a_story_has_the_terminals_own_colours_whatever_it_is() -> None:
    story = article(f"{HARBOUR}/Ferry", "Ferry")

    def printed(**terminal: str) -> str:
        return "\n".join(printed_lines(story, {"TERM": "xterm-256color"} | terminal, width=60, icons="auto", now=NOON))

    looks = [printed(), printed(COLORTERM="truecolor"), printed(COLORFGBG="0;15")]
    assert len(set(looks)) == 1
    assert set(re.findall(r"\x1b\[([0-9;]*)m", looks[0])) >= {"0", "1", "2"}
    assert not re.search(r"\x1b\[(?:[0-9;]*;)?(?:[349][0-9]|10[0-7])(?:;|m)", looks[0])
    assert BOLD in printed(NO_COLOR="1")
    assert "\x1b" not in printed(TERM="dumb")


def test_words_that_stand_out_stand_out_without_colours() -> None:
    words = f"A *slanted* word, [a link]({HARBOUR})."
    story = replace(article(f"{HARBOUR}/Ferry", "Ferry"), lede="What came of it.", markdown=words)

    def printed(**terminal: str) -> str:
        return "\n".join(printed_lines(story, terminal, width=60, icons="auto", now=NOON))

    wide = printed(TERM="xterm-256color")
    for words, code in (("Ferry", "1"), ("slanted", "3"), ("a link", "4")):
        assert re.search(rf"\x1b\[[0-9;]*{code}m[^\x1b]*{words}", wide), words
    assert not re.search(r"\x1b\[(?:[0-9;]*;)?3m", printed(TERM="xterm")), "some of these reverse italic text"


def test_a_headline_is_printed_with_what_the_reader_says_of_it(cli: CommandLine) -> None:
    ferry = str(cli.fill()["Ferry"])
    printed = cli.run("read", ferry, "--width", "60").stdout
    assert "The Harbour" in SGR.sub("", printed), "the paper as one has named it, not its host"
    assert printed.count("The Harbour") == 1


PAGER = "import os, sys; open(os.environ['RECORD'], 'wb').write(sys.stdin.buffer.read())"


@pytest.fixture
def long_story(cli: CommandLine) -> str:
    pages = cli.fill()
    with cli.library() as library:
        library.keep_article(pages["Ferry"], article(f"{HARBOUR}/Ferry", "Ferry", paragraphs=60))
    return str(pages["Ferry"])


def read_in_terminal(cli: CommandLine, *arguments: str, **more: str) -> str:
    terminal = Terminal([*cli.program, "read", *arguments], rows=20, columns=90, environment=cli.environment | more)
    assert terminal.end() == 0
    return terminal.received.decode()


def test_on_a_terminal_a_long_story_is_styled_and_goes_through_the_pager(
    cli: CommandLine, long_story: str, tmp_path: Path
) -> None:
    script = tmp_path / "pager.py"
    script.write_text(PAGER, encoding="utf-8")
    record = tmp_path / "record"
    paging = {"PAGER": "false", "NEWSSTAND_PAGER": f"{sys.executable} {script}", "RECORD": str(record)}
    assert "day 59" not in read_in_terminal(cli, long_story, **paging)
    read = record.read_text(encoding="utf-8")
    assert "day 59" in read
    assert BOLD in read
    record.unlink()
    assert "day 59" in read_in_terminal(cli, long_story, "--no-pager", **paging)
    assert not record.exists()


def test_a_pager_that_is_cat_prints_it_and_plain_is_markdown_on_a_terminal_too(
    cli: CommandLine, long_story: str
) -> None:
    shown = read_in_terminal(cli, long_story, PAGER="cat")
    assert "day 59" in shown
    assert BOLD in shown
    plain = read_in_terminal(cli, long_story, "--plain", PAGER="false")
    assert "# Ferry" in plain
    assert "\x1b" not in plain
    dumb = read_in_terminal(cli, long_story, PAGER="false", TERM="dumb")
    assert "day 59" in dumb
    assert "\x1b" not in dumb


def test_headline_facts_and_links_are_escaped_as_the_body_is_and_what_is_not_there_leaves_no_line() -> None:
    story = Article(
        url=HARBOUR,
        canonical_url=HARBOUR,
        site="harbour.example",
        title="News_news & [odd] *tests* in C #",
        section="Wind & weather",
        markdown="Wind & weather.",
        links=(Link(LinkKind.RELATED, "Tide & [time]", f"{HARBOUR}/a_(b)"),),
    )
    assert as_markdown(story).split("\n\n") == [
        r"# News_news & [odd] \*tests\* in C \#",
        "Wind & weather",
        "Wind & weather.",
        "## Related",
        rf"- [Tide & \[time\]]({HARBOUR}/a_%28b%29)",
    ]
    assert as_markdown(replace(story, title="", section=None, links=())) == "Wind & weather."
    assert as_markdown(replace(story, section="1. Division")).split("\n\n")[1] == r"1\. Division"
    assert as_markdown(replace(story, title="&amp; <b>")).splitlines()[0] == r"# \&amp; \<b>"
    post = replace(story, title="Wind & weather.", lede=None, markdown="Wind & [weather](https://sky.example/).")
    assert as_markdown(post).split("\n\n")[1] == "Wind & [weather](https://sky.example/)."


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


def test_files_and_the_discussion_are_in_the_list_in_the_story_and_among_its_links(cli: CommandLine) -> None:
    sound = Enclosure("https://cdn.example/8.mp3", "audio/mpeg", 42_300_000, 2280)
    notes = '<p>Notes: <a href="https://notes.example/8">the log book</a>.</p>'
    episode = Entry("8", None, "Eight", "Notes.", notes, enclosures=(sound,), discussion="https://talk.example/8")
    episode = replace(episode, linked=("https://www.quay.example/ferries/8/",))
    with cli.library() as library:
        source = add_source(library, f"{HARBOUR}/radio", "Radio")
        library.keep_feed(source.id, FeedChanges(new=(episode,)), now=NOON.timestamp())
    (row,) = lines(cli.run("list", "--json", "--source", "Radio"))
    file = {"url": sound.url, "type": "audio/mpeg", "length": 42_300_000, "duration": 2280, "title": None}
    assert (row["enclosures"], row["discussion"]) == ([file], "https://talk.example/8")
    assert row["linked"] == ["https://www.quay.example/ferries/8/"]
    (story,) = lines(cli.run("read", "--json", str(row["id"])))
    assert story["enclosures"] == [file]
    first, second, *_ = ((link["kind"], link["url"]) for link in story["links"])
    assert first == ("linked", "https://www.quay.example/ferries/8/")
    assert second == ("discussion", "https://talk.example/8")
    told = cli.run("read", str(row["id"])).stdout
    assert "- [Audio · 8.mp3 · 42 MB · 38 min](https://cdn.example/8.mp3)" in told
    assert told.splitlines()[2].endswith("38 min"), "it is heard, not read in a minute"
    assert "- [quay.example/ferries/8](https://www.quay.example/ferries/8/)" in told
    assert "[the log book](https://notes.example/8)" in told
    assert "file" in cli.run("read", "--links", str(row["id"])).stdout


def test_an_entry_of_a_title_and_a_file_or_of_a_title_alone_is_read_as_that(cli: CommandLine) -> None:
    sound = Enclosure("https://cdn.example/9.mp3", "audio/mpeg", 42_300_000, 2280)
    with cli.library() as library:
        source = add_source(library, f"{HARBOUR}/radio", "Radio")
        entries = (Entry("9", None, "Nine", enclosures=(sound,)), Entry("10", None, "The lamp is lit"))
        library.keep_feed(source.id, FeedChanges(new=entries), now=NOON.timestamp())
    numbers = {row["title"]: str(row["id"]) for row in lines(cli.run("list", "--json", "--source", "Radio"))}
    told = cli.run("read", numbers["Nine"])
    assert (told.returncode, told.stderr) == (0, "")
    assert "[Audio · 9.mp3 · 42 MB · 38 min](https://cdn.example/9.mp3)" in told.stdout
    (alone,) = lines(cli.run("read", "--json", numbers["The lamp is lit"]))
    assert (alone["title"], alone["markdown"], alone["how"]) == ("The lamp is lit", "", "feed")


def test_a_paper_that_asks_to_wait_is_asked_once_and_nothing_is_promised(cli: CommandLine, server: Server) -> None:
    server.says("/1", reply(status=429, headers={"Retry-After": "60"}))
    for path in ("/2", "/3"):
        server.says(path, page("Another"))
    done = cli.run("read", *(server.url(f"/{n}") for n in (1, 2, 3)))
    assert server.paths() == ["/1"]
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert len(said) == 3
    for line in said:
        assert re.search(r": it asks us to wait [56]\d s; try again then\.\Z", line)


def test_a_story_whose_page_has_no_date_has_the_one_that_its_feed_gives(cli: CommandLine, server: Server) -> None:
    story = server.says("/ferry", page("The ferry is back"))
    added = cli.run("add", server.says("/feed", feed(("The ferry is back", story))))
    assert added.returncode == 0
    (row,) = lines(cli.run("list", "--json"))
    (read,) = lines(cli.run("read", str(row["id"]), "--json"))
    assert datetime.fromisoformat(str(read["published"])) == datetime.fromisoformat(str(row["time"]))
    assert str(row["time"])[:4] in cli.run("read", str(row["id"])).stdout.splitlines()[2]
