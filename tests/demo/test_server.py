"""The demo as a reader's machine meets it: ports, feeds, validators, links that resolve, and nothing left behind."""

import gzip
import re
import socket
import threading
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from reader.demo import markup
from reader.demo.server import DemoPaper, DemoServer
from reader.fetch.feeds import parse
from tests.demo.http_request import ask

KEYS = ("songhong", "harbourpost", "kinhtesang", "ledger")


def paper(demo: DemoServer, key: str) -> DemoPaper:
    return next(paper for paper in demo.papers if paper.key == key)


def feed(demo: DemoServer, key: str) -> bytes:
    return ask(paper(demo, key).feed_url).body


def test_there_are_four_papers_two_vietnamese_and_two_english_each_on_a_port_of_its_own(demo: DemoServer) -> None:
    assert sorted(paper.language for paper in demo.papers) == ["en", "en", "vi", "vi"]
    assert {urlsplit(paper.home).hostname for paper in demo.papers} == {"127.0.0.1"}
    assert len({urlsplit(paper.home).port for paper in demo.papers}) == 4


def test_a_morning_has_fifty_stories_a_dozen_long_ones_and_one_of_six_thousand_words(demo: DemoServer) -> None:
    stories = demo.edition.stories.values()
    lengths = sorted((markup.words(story.blocks) for story in stories), reverse=True)
    assert len(lengths) >= 50
    assert lengths[0] > 6_000
    assert len([length for length in lengths[1:] if length >= 900]) >= 11
    assert all(length > 60 for length in lengths)
    kinds = {block.kind for story in stories for block in story.blocks}
    assert {"p", "h2", "figure", "quote", "ul", "ol", "table", "code", "note", "box"} <= kinds


@pytest.mark.parametrize("key", KEYS)
def test_a_feed_lists_its_papers_stories_with_their_times_newest_first(demo: DemoServer, key: str) -> None:
    listed = demo.edition.listed(key, demo.edition.start)
    answer = ask(paper(demo, key).feed_url)
    read = parse(answer.body, paper(demo, key).feed_url, content_type=answer.headers["Content-Type"])
    assert read.fault is None
    assert read.title.startswith(paper(demo, key).name)
    assert [entry.link for entry in read.entries] == [demo.edition.url(story.slug) for story in listed]
    assert [entry.title for entry in read.entries] == [story.title for story in listed]
    assert [entry.published for entry in read.entries] == [demo.edition.time(story) for story in listed]
    assert all(entry.summary for entry in read.entries)


def addresses(page: bytes, path: str) -> list[str]:
    """What an XPath that ends in attributes finds in a page."""
    found = html.fromstring(page).xpath(path)
    assert isinstance(found, list)
    return [str(one) for one in found]


def test_the_front_page_names_the_feed(demo: DemoServer) -> None:
    for each in demo.papers:
        (link,) = addresses(ask(each.home).body, "//link[@rel='alternate']/@href")
        assert urljoin(each.home, link) == each.feed_url


def test_three_stories_stand_in_two_feeds_under_one_address(demo: DemoServer) -> None:
    in_feeds = [{story.slug for story in demo.edition.listed(key, demo.edition.start)} for key in KEYS]
    shared = [slug for slug in demo.edition.stories if sum(slug in each for each in in_feeds) > 1]
    assert sorted(shared) == ["sixty-lines-of-tide", "the-long-gauge", "xe-buyt-dien-ben-do"]
    for slug in shared:
        url = demo.edition.url(slug)
        assert sum(url.encode() in feed(demo, key) for key in KEYS) == 2


def test_stories_in_no_feed_are_reached_by_related_stories_alone_and_lead_on(demo: DemoServer) -> None:
    feeds = b"".join(feed(demo, key) for key in KEYS).decode()
    stories = demo.edition.stories
    hidden = [story for story in stories.values() if not story.listed]
    reached = {story.slug for story in stories.values() if story.listed and story.minutes >= 0}
    while more := {slug for known in reached for slug in stories[known].related} - reached:
        reached |= more
    assert len(hidden) >= 12
    for story in hidden:
        assert demo.edition.url(story.slug) not in feeds
        assert story.slug in reached
        assert len(story.related) >= 2


def test_related_stories_cross_from_paper_to_paper(demo: DemoServer) -> None:
    stories = demo.edition.stories
    crossings = {(story.paper, stories[slug].paper) for story in stories.values() for slug in story.related}
    assert {("songhong", "kinhtesang"), ("kinhtesang", "songhong"), ("harbourpost", "ledger")} <= crossings


def test_nothing_that_is_out_leads_to_a_story_that_is_still_to_come(demo: DemoServer) -> None:
    stories = demo.edition.stories
    for story in stories.values():
        for slug in (
            *story.related,
            *re.findall(r"\]\(([a-z0-9-]+)\)", " ".join(sum((b.lines for b in story.blocks), ()))),
        ):
            assert stories[slug].minutes >= 0, f"{story.slug} leads to {slug}"


def test_every_link_and_every_picture_on_every_page_resolves(demo: DemoServer) -> None:
    pages = [demo.edition.url(slug) for slug in demo.edition.stories] + [each.home for each in demo.papers]
    wanted: set[str] = set()
    for page in pages:
        for address in addresses(ask(page).body, "//a/@href | //img/@src | //img/@data-src | //source/@srcset"):
            target = urljoin(page, address.split()[0]) if address.strip() else page
            if target.startswith("http") and "/tag/" not in target:
                wanted.add(target.partition("#")[0])
    assert {urlsplit(target).hostname for target in wanted} == {"127.0.0.1"}
    # the menus of AFCBC and MasterCMS name pages that these papers do not print: those are chrome, and may be missing
    chrome = {"/tac-gia.htm", "/tim-kiem.htm"}
    failed = [u for u in sorted(wanted) if urlsplit(u).path not in chrome and ask(u, "HEAD").status != 200]
    assert failed == []


def test_an_unchanged_feed_is_not_sent_again(demo: DemoServer) -> None:
    url = paper(demo, "harbourpost").feed_url
    first = ask(url)
    assert ask(url, If_None_Match=first.headers["ETag"]).status == 304
    assert ask(url, If_None_Match=first.headers["ETag"]).body == b""
    assert ask(url, If_Modified_Since=first.headers["Last-Modified"]).status == 304
    assert ask(url, If_None_Match='"another"', If_Modified_Since=first.headers["Last-Modified"]).status == 200
    assert ask(url, If_Modified_Since="not a date").status == 200


def test_a_page_comes_packed_where_that_is_accepted_and_plain_where_it_is_not(demo: DemoServer) -> None:
    url = demo.edition.url("the-long-gauge")
    plain, packed = ask(url), ask(url, Accept_Encoding="gzip")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.body) < len(plain.body) / 2
    assert gzip.decompress(packed.body) == plain.body


def test_head_says_what_get_would_without_the_body(demo: DemoServer) -> None:
    url = demo.edition.url("lang-gom-thanh-lieu")
    head, got = ask(url, "HEAD"), ask(url)
    assert head.body == b""
    assert head.headers["Content-Length"] == str(len(got.body))


@pytest.mark.parametrize("path", ["/nothing-here", "/pictures/dragon-1-640.png", "/pictures/bridge-1-999999.png"])
def test_what_is_not_there_is_answered_with_a_page_that_says_so(demo: DemoServer, path: str) -> None:
    for each in demo.papers:
        answer = ask(urljoin(each.home, path))
        assert answer.status == 404
        assert answer.headers["Content-Type"].startswith("text/html")


def test_the_press_remembers_what_it_was_asked() -> None:
    with DemoServer() as demo:
        ask(paper(demo, "ledger").feed_url)
        ask(demo.edition.url("moss-that-waits") + "?utm_source=test")
        moss = urlsplit(demo.edition.url("moss-that-waits")).path
        assert demo.asked == [("ledger", "/feed.json"), ("ledger", moss)]


def test_times_count_back_from_the_start_and_new_stories_come_out_as_the_clock_goes_on() -> None:
    now = [1_700_000_000.0]
    with DemoServer(clock=lambda: now[0]) as demo:
        edition = demo.edition
        assert edition.start == datetime.fromtimestamp(1_700_000_000 // 60 * 60, UTC)
        assert (edition.start - edition.time(edition.stories["tram-do-nuoc"])).total_seconds() == 21 * 60
        late = edition.url("ben-cang-song").encode()
        before = ask(paper(demo, "kinhtesang").feed_url)
        assert late not in before.body
        now[0] += 5 * 60
        after = ask(paper(demo, "kinhtesang").feed_url, If_None_Match=before.headers["ETag"])
        assert after.status == 200
        assert late in after.body


def test_stopping_closes_the_ports_ends_open_connections_and_leaves_no_thread() -> None:
    threads = threading.active_count()
    demo = DemoServer()
    demo.start()
    where = urlsplit(demo.papers[0].home)
    assert where.hostname
    assert where.port
    with socket.create_connection((where.hostname, where.port), timeout=5) as idle:
        idle.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        assert idle.recv(65536).startswith(b"HTTP/1.1 200")
        demo.stop()
        while idle.recv(65536):
            pass  # the rest of the page; then the end
    demo.stop()
    with pytest.raises(ConnectionRefusedError):
        ask(demo.papers[0].home)
    assert threading.active_count() == threads
