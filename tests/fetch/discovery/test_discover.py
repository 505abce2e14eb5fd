"""What someone pastes, and the feeds it leads to."""

import json
import time
from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import WorkerTimeout
from reader.fetch.discovery.discover import (
    ASKED_AT_MOST,
    WELL_KNOWN,
    DiscoveredFeeds,
    discover,
    fetch_candidate,
    web_address,
)
from reader.fetch.discovery.link_header import named_links
from reader.fetch.discovery.named_feeds import NAMED_AT_MOST, Candidate, feeds_named
from reader.fetch.http import HttpClient, Limits
from reader.models import Failure, FailureKind
from tests.fetch.scripted_server import Server, reply

PAGE = "https://paper.example/news/today.html"
HTML = {"Content-Type": "text/html; charset=utf-8"}


def rss(title: str) -> bytes:
    item = "<item><title>One story</title><link>https://paper.example/1</link></item>"
    text = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{title}</title>{item}</channel></rss>'
    return reply(text.encode(), headers={"Content-Type": "application/rss+xml"})


def page(*lines: str) -> bytes:
    text = f"<!doctype html><title>The Paper</title>{''.join(lines)}<p>News."
    return reply(text.encode(), headers=HTML)


def alternate(href: str, title: str = "", kind: str = "application/rss+xml") -> str:
    return f'<link rel="alternate" type="{kind}" title="{title}" href="{href}">'


async def behind(url: str) -> DiscoveredFeeds | Failure:
    async with HttpClient(Limits(pause=0.001, seconds=2)) as client:
        return await discover(client, url)


async def found(url: str) -> list[tuple[str, str]]:
    """The addresses and titles of feeds that were really there."""
    result = await behind(url)
    assert isinstance(result, DiscoveredFeeds), result
    assert all(candidate.feed is not None for candidate in result.feeds)
    return [(candidate.url, candidate.title) for candidate in result.feeds]


# The address


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("vnexpress.net", "https://vnexpress.net"),
        ("  <vnexpress.net/rss>\n", "https://vnexpress.net/rss"),
        ("//paper.example/a", "https://paper.example/a"),
        ("paper.example:8443/a?b=c:d", "https://paper.example:8443/a?b=c:d"),
        ("https://paper.example/", "https://paper.example/"),
        ("HTTP://paper.example/", "http://paper.example/"),
        ("feed://paper.example/rss", "https://paper.example/rss"),
        ("feed:http://paper.example/rss", "http://paper.example/rss"),
        ("feed:https://paper.example/rss", "https://paper.example/rss"),
        ("localhost", "http://localhost"),
        ("localhost:8000/feed", "http://localhost:8000/feed"),
        ("127.0.0.1:8000", "http://127.0.0.1:8000"),
        ("[::1]:8000/feed", "http://[::1]:8000/feed"),
        ("192.0.2.1", "https://192.0.2.1"),
        ("báo.example/tin mới", "https://báo.example/tin%20m%E1%BB%9Bi"),
    ],
)
def test_what_people_paste_becomes_an_address(pasted: str, address: str) -> None:
    assert web_address(pasted) == address


@pytest.mark.parametrize(
    "pasted",
    [
        "",
        "news",
        "the morning paper",
        "javascript:alert(1)",
        "mailto:editor@paper.example",
        "editor@paper.example",
        "file:///etc/passwd",
        "/etc/passwd",
        "data:text/html,x",
        "ftp://paper.example",
        "...",
        "http://",
    ],
)
def test_what_is_no_address_is_none(pasted: str) -> None:
    assert web_address(pasted) is None


@given(st.text())
def test_anything_can_be_pasted(pasted: str) -> None:
    address = web_address(pasted)
    assert address is None or address.startswith(("http://", "https://"))


# What a page names


def test_a_page_names_its_feeds_in_order_each_once() -> None:
    html = f"""<base href="/base/">
        {alternate("/all.xml", "All the &lt;news&gt;")}
        {alternate("atom", "Atom", "Application/Atom+XML; charset=utf-8")}
        <link rel="ALTERNATE nofollow" type="application/feed+json" href="//cdn.example/feed.json">
        {alternate("https://paper.example/all.xml#again", "Twice")}
        <p><a href="/section/rss">  Section\n news </a> <a href="https://feeds.paper-host.example/main/feed/">Main</a>
    """
    assert feeds_named(html.encode(), PAGE) == (
        Candidate("https://paper.example/all.xml", "All the <news>"),
        Candidate("https://paper.example/base/atom", "Atom"),
        Candidate("https://cdn.example/feed.json", ""),
        Candidate("https://paper.example/section/rss", "Section news"),
        Candidate("https://feeds.paper-host.example/main/feed/", "Main"),
    )


@pytest.mark.parametrize(
    "href",
    "/rss /rss/ /feed /feed/ /blog/feeds /atom /atom.xml /feed.xml /rss.xml /index.xml /a/tin-moi.rss /x.rdf "
    "/feed.json /rss_feed/ /rss_feed/thoi-su /?feed=rss2".split(),
)
def test_a_link_that_says_feed_is_one(href: str) -> None:
    assert [c.url for c in feeds_named(f'<a href="{href}">x</a>'.encode(), PAGE)] == [f"https://paper.example{href}"]


@pytest.mark.parametrize(
    "line",
    [
        '<link rel="stylesheet" type="text/css" href="/rss.css">',
        '<link rel="alternate" hreflang="vi" href="/vi/">',
        '<link rel="alternate" type="application/json+oembed" href="/oembed">',
        '<link rel="alternate" type="application/json" href="/wp-json/wp/v2/pages/2">',
        '<link rel="alternate" type="application/rss+xml">',
        '<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">',
        '<link rel="alternate" type="application/rss+xml" href="today.html#here">',
        '<a href="https://another-paper.example/rss">another paper</a>',
        '<a href="/feedback">write to us</a>',
        '<a href="mailto:a@paper.example?feed=rss">mail</a>',
        "<a name=rss>no address</a>",
        '<!-- <a href="/rss">was once</a> -->',
    ],
)
def test_what_only_looks_like_a_feed_is_none(line: str) -> None:
    assert feeds_named(line.encode(), PAGE) == ()


def test_a_link_to_the_feed_of_another_blog_on_the_platform_is_not_this_pages() -> None:
    links = b'<a href="https://two.substack.com/feed">a friend</a> <a href="/feed">here</a>'
    assert [c.url for c in feeds_named(links, "https://one.substack.com/p/a")] == ["https://one.substack.com/feed"]


def test_titles_are_plain_and_in_the_pages_own_letters() -> None:
    title = "Tin mới\x1b[31m\u202e &amp;lt;"
    document = alternate("/rss", title).encode()
    assert feeds_named(document, PAGE)[0].title == "Tin mới &lt;"
    legacy = '<meta charset="windows-1252">' + alternate("/rss", "Café")
    assert feeds_named(legacy.encode("windows-1252"), PAGE)[0].title == "Café"
    assert feeds_named(alternate("/rss", "Café").encode("latin-1"), PAGE, charset="iso-8859-1")[0].title == "Café"


@given(st.binary(max_size=300))
def test_any_bytes_can_be_searched(document: bytes) -> None:
    assert isinstance(feeds_named(document, PAGE), tuple)


def test_a_page_of_links_and_nothing_else_has_an_end() -> None:
    document = "".join(alternate(f"/{number}.rss") for number in range(NAMED_AT_MOST * 2))
    assert len(feeds_named(document.encode(), PAGE)) == NAMED_AT_MOST
    assert feeds_named(b"<div>" * 100_000 + alternate("/deep").encode(), PAGE) in (
        (),
        (Candidate("https://paper.example/deep", ""),),
    )


@pytest.mark.parametrize(
    ("address", "title"),
    [
        ("/comments/feed/", ""),
        ("/?feed=comments-rss2", ""),
        ("/feeds/comments/default", ""),
        ("/a.rss", "The Paper » Comments Feed"),
        ("/a.rss", "Kommentar-Feed der Zeitung"),
        ("/a.rss", "Flux des commentaires"),
        ("/a.rss", "Bình luận mới"),
        ("/a.rss", "コメントフィード"),
    ],
)
def test_a_feed_of_comments_comes_last_wherever_it_stands(address: str, title: str) -> None:
    lines = alternate(address, title) + alternate("/all.rss", "All news") + alternate("/opinion.rss", "Comment")
    named = feeds_named(lines.encode(), PAGE)
    assert [urlsplit(candidate.url).path for candidate in named][:2] == ["/all.rss", "/opinion.rss"]
    assert len(named) == 3


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("feed://tide.example/all.rss", "https://tide.example/all.rss"),
        ("FEED:http://tide.example/all.rss", "http://tide.example/all.rss"),
        ("feed:https://tide.example/all.rss", "https://tide.example/all.rss"),
        ("feed:tide.example/all.rss", "https://tide.example/all.rss"),
        ("feed:/all.rss", "https://paper.example/all.rss"),
        ("feed:all.rss", "https://paper.example/news/all.rss"),
        ("feed:rss/all.xml", "https://paper.example/news/rss/all.xml"),
        ("feed:../rss/all.xml", "https://paper.example/rss/all.xml"),
        ("feed:tide:8080/all.rss", "https://tide:8080/all.rss"),
    ],
)
def test_a_page_may_write_feed_before_the_address(href: str, url: str) -> None:
    assert [candidate.url for candidate in feeds_named(alternate(href).encode(), PAGE)] == [url]
    assert feeds_named(alternate("feed:javascript:alert(1)").encode(), PAGE) == ()


@pytest.mark.parametrize(
    ("header", "feeds"),
    [
        ('</a.rss>; rel="alternate"; type="application/rss+xml"; title="All, of it"', [("/a.rss", "All, of it")]),
        ("</s.css>;rel=stylesheet, <a.atom>;rel=alternate;type=application/atom+xml", [("/news/a.atom", "")]),
        ("</j>; REL=Alternate; TYPE=application/feed+json; title*=UTF-8''Ti%E1%BB%81n", [("/j", "Tiền")]),
        ('</a>; rel="alternate home"; type="application/rss+xml", </de>; rel=alternate; hreflang=de', [("/a", "")]),
        ("</a.rss>; rel=alternate; type=application/rss+xml; anchor=/other", []),
        (
            "</a>; rel=feed; type=application/rss+xml; title=Tide, and, ebb,, </b>; rel=feed; type=application/rss+xml",
            [("/a", "Tide"), ("/b", "")],
        ),
        (
            '</s.css>; title=5" oar, </b>;rel=alternate;type=application/rss+xml',
            [("/b", "")],
        ),
        (
            '</s.css>; x y "a, </a>;rel=feed;type=application/rss+xml, " z,,</b>;rel=feed;type=application/rss+xml',
            [("/b", "")],
        ),
        ("</wp-json/p/1>; rel=alternate; type=application/json", []),
        ('</a.rss>; title="no end; rel=alternate; type=application/rss+xml', []),
        ("<<>>;;,=", []),
        ("", []),
    ],
)
def test_a_feed_may_be_named_in_the_header_alone(header: str, feeds: list[tuple[str, str]]) -> None:
    named = [Candidate(f"https://paper.example{path}", title) for path, title in feeds]
    assert list(feeds_named(b"<p>News.</p>", PAGE, header=header)) == named
    assert list(feeds_named(b"", PAGE, header=header)) == named


@pytest.mark.parametrize("rest", [",", ', "', '"', '", ', ", <", "y, ", '\\"'])
def test_a_link_header_is_read_in_the_time_of_its_length(rest: str) -> None:
    start = time.process_time()
    named_links("</a>; x y" + rest * 20_000)
    assert time.process_time() - start < 0.5


@given(st.text("<>;,=\"\\ relt/*'", max_size=200))
def test_any_link_header_can_be_sent(header: str) -> None:
    assert all(web_address(candidate.url) for candidate in feeds_named(b"", PAGE, header=header))


# What stands behind an address


async def test_a_feed_is_found_by_its_own_address(server: Server) -> None:
    url = server.says("/feed", rss("The Paper"))
    result = await behind(url.removeprefix("http://"))
    assert isinstance(result, DiscoveredFeeds)
    (candidate,) = result.feeds
    assert (result.url, candidate.url, candidate.title) == (url, url, "The Paper")
    assert candidate.feed is not None
    assert [entry.title for entry in candidate.feed.entries] == ["One story"]
    assert server.paths() == ["/feed"]


async def test_a_feed_is_called_in_the_letters_of_the_charset_that_its_header_alone_names(server: Server) -> None:
    text = "<rss><channel><title>Новини, ґанок</title></channel></rss>"
    url = server.says("/feed", reply(text.encode("koi8-u"), headers={"Content-Type": "text/xml; charset=koi8-u"}))
    assert await found(url) == [(url, "Новини, ґанок")]


async def test_a_json_feed_is_found_too(server: Server) -> None:
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "Paper in JSON", "items": []}
    url = server.says("/feed.json", reply(json.dumps(feed).encode(), headers={"Content-Type": "application/feed+json"}))
    assert await found(url) == [(url, "Paper in JSON")]


async def test_a_feed_that_moved_for_good_is_found_where_it_is_now(server: Server) -> None:
    end = server.says("/new", rss("The Paper"))
    assert await found(server.says("/old", reply(b"", 301, {"Location": "/new"}))) == [(end, "The Paper")]
    passing = server.says("/now", reply(b"", 302, {"Location": "/new"}))
    assert await found(passing) == [(passing, "The Paper")]


async def test_a_front_page_leads_to_the_feeds_it_names(server: Server) -> None:
    front = server.says("/", page(alternate("/a.rss", "as named"), alternate("/gone.rss"), '<a href="/b/feed">B</a>'))
    server.says("/a.rss", rss("All news"))
    server.says("/b/feed", rss(""))
    assert await found(front) == [(server.url("/a.rss"), "All news"), (server.url("/b/feed"), "B")]


async def test_a_named_feed_that_cannot_be_asked_just_now_is_not_forgotten(server: Server) -> None:
    busy = server.says("/busy.rss", reply(b"", 503, {"Retry-After": "60"}))
    result = await behind(server.says("/", page(alternate("/busy.rss", "Busy"))))
    assert isinstance(result, DiscoveredFeeds)
    assert result.feeds == (Candidate(busy, "Busy"),)


async def test_of_many_named_feeds_only_the_first_are_asked(server: Server) -> None:
    for number in range(20):
        server.says(f"/{number}.rss", rss(f"Feed {number}"))
    front = server.says("/", page(*(alternate(f"/{number}.rss", f"named {number}") for number in range(20))))
    result = await behind(front)
    assert isinstance(result, DiscoveredFeeds)
    assert len(server.asked) == 1 + ASKED_AT_MOST
    assert [bool(candidate.feed) for candidate in result.feeds] == [True] * ASKED_AT_MOST + [False] * 12
    assert result.feeds[19] == Candidate(server.url("/19.rss"), "named 19")


async def test_two_names_of_one_feed_are_one(server: Server) -> None:
    end = server.says("/all.rss", rss("All news"))
    server.says("/rss", reply(b"", 301, {"Location": "/all.rss"}))
    assert await found(server.says("/", page(alternate("/rss"), alternate("/all.rss")))) == [(end, "All news")]


async def test_the_papers_own_feed_is_the_first_and_that_of_comments_is_offered_too(server: Server) -> None:
    front = server.says("/", page(alternate("/c.rss", "RSS"), alternate("/all.rss", "RSS")))
    server.says("/c.rss", rss("Comments for The Paper"))
    server.says("/all.rss", rss("All news"))
    assert await found(front) == [
        (server.url("/all.rss"), "All news"),
        (server.url("/c.rss"), "Comments for The Paper"),
    ]


async def test_the_header_that_a_page_comes_with_leads_to_its_feed(server: Server) -> None:
    headers = HTML | {"Link": '</all.rss>; rel="alternate"; type="application/rss+xml"'}
    front = server.says("/", reply(b"<title>The Paper</title><p>News.", headers=headers))
    feed = server.says("/all.rss", rss("All news"))
    assert await found(front) == [(feed, "All news")]


async def test_a_link_to_a_page_of_feeds_leads_to_these(server: Server) -> None:
    front = server.says("/", page('<a href="/rss">RSS</a>'))
    server.says("/rss", page('<a href="/rss/tin-moi.rss">Tin mới</a>', '<a href="/rss">here</a>'))
    feed = server.says("/rss/tin-moi.rss", rss("Tin mới nhất"))
    assert await found(front) == [(feed, "Tin mới nhất")]


@pytest.mark.parametrize("path", WELL_KNOWN)
async def test_a_page_that_names_none_has_it_where_papers_keep_it(server: Server, path: str) -> None:
    section = server.says("/thoi-su/", page())
    feed = server.says(path, rss("Hidden"))
    assert await found(section) == [(feed, "Hidden")]
    assert server.paths() == ["/thoi-su/", *WELL_KNOWN[: WELL_KNOWN.index(path) + 1]]


async def test_the_search_ends_where_a_server_stops_answering(server: Server) -> None:
    front = server.says("/", page())
    server.says(WELL_KNOWN[1], reply(b"", 503, {"Retry-After": "60"}))
    server.says(WELL_KNOWN[2], rss("Never asked for"))
    result = await behind(front)
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.NO_NEWS
    assert server.paths() == ["/", *WELL_KNOWN[:2]]


async def test_where_papers_keep_a_feed_there_may_be_a_page_of_feeds(server: Server) -> None:
    front = server.says("/", page())
    server.says(WELL_KNOWN[1], reply(b"", 302, {"Location": "/help/feeds"}))
    server.says("/help/feeds", page('<a href="/world.rss">World</a>'))
    feed = server.says("/world.rss", rss("World news"))
    assert await found(front) == [(feed, "World news")]


async def looked_into(url: str) -> Candidate | Failure:
    async with HttpClient(Limits(pause=0.001, seconds=2)) as client:
        return await fetch_candidate(client, Candidate(url, "as named"))


async def test_a_feed_that_was_only_named_is_looked_into(server: Server) -> None:
    nameless = await looked_into(server.says("/feed", rss("")))
    assert isinstance(nameless, Candidate)
    assert nameless.title == "as named"
    assert nameless.feed is not None
    assert [entry.title for entry in nameless.feed.entries] == ["One story"]
    named = await looked_into(server.says("/feed", rss("The Paper")))
    assert isinstance(named, Candidate)
    assert named.title == "The Paper"


async def test_what_was_named_as_a_feed_and_is_none_says_so(server: Server) -> None:
    a_page = await looked_into(server.says("/feed", page()))
    assert isinstance(a_page, Failure)
    assert (a_page.kind, a_page.url) == (FailureKind.NOT_A_FEED, server.url("/feed"))
    gone = await looked_into(server.url("/gone"))
    assert isinstance(gone, Failure)
    assert (gone.kind, gone.status) == (FailureKind.HTTP, 404)


async def test_a_server_that_answers_everything_with_its_front_page_has_no_news(server: Server) -> None:
    for path in ("/", *WELL_KNOWN):
        server.says(path, page())
    result = await behind(server.url("/"))
    assert isinstance(result, Failure)
    assert (result.kind, result.url) == (FailureKind.NO_NEWS, server.url("/"))


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "video/mp4"])
async def test_a_picture_has_no_news_and_is_not_asked_for_more(server: Server, kind: str) -> None:
    result = await behind(server.says("/a", reply(b"\x89PNG\r\n", headers={"Content-Type": kind})))
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.NO_NEWS
    assert server.paths() == ["/a"]


async def test_what_is_down_says_why(server: Server) -> None:
    result = await behind(server.url("/nothing"))
    assert isinstance(result, Failure)
    assert (result.kind, result.status) == (FailureKind.HTTP, 404)
    assert server.paths() == ["/nothing"]


async def test_what_is_no_address_is_not_asked() -> None:
    result = await behind("the morning paper")
    assert isinstance(result, Failure)
    assert (result.kind, result.url) == (FailureKind.BAD_URL, "the morning paper")


@pytest.mark.parametrize("base", ["http://[bad", "javascript:x", "http://", ""])
def test_a_broken_base_is_none(base: str) -> None:
    page = f'<base href="{base}"><link rel="alternate" type="application/rss+xml" href="/rss">'
    assert [candidate.url for candidate in feeds_named(page.encode(), PAGE)] == ["https://paper.example/rss"]


async def test_parsing_is_done_where_the_caller_says(server: Server) -> None:
    asked: list[str] = []

    async def work(function: object, *arguments: object, **named: object) -> object:
        asked.append(getattr(function, "__name__", ""))
        raise WorkerTimeout("too long")

    url = server.says("/feed", rss("The Paper"))
    async with HttpClient(Limits()) as client:
        found = await discover(client, url, work=work)
    assert isinstance(found, Failure)
    assert (found.kind, asked) == (FailureKind.CRASHED, ["parse"])


async def test_a_page_is_searched_where_the_caller_says(server: Server) -> None:
    """Four megabytes of one take seconds: the reader's dialog would stand still for them."""
    asked: list[str] = []

    async def work(function: Callable[..., object], *arguments: object, **named: object) -> object:
        asked.append(function.__name__)
        return function(*arguments, **named)

    server.says("/rss", rss("The Paper"))
    url = server.says("/", page(alternate("/rss")))
    async with HttpClient(Limits(pause=0.001)) as client:
        assert isinstance(await discover(client, url, work=work), DiscoveredFeeds)
    assert asked == ["parse", "feeds_named", "parse"]


async def test_a_costly_feed_is_left_out_and_those_behind_it_stay_as_named(server: Server) -> None:
    async def work(function: Callable[..., object], *arguments: object, **named: object) -> object:
        if b"costly" in cast(bytes, arguments[0]):
            raise WorkerTimeout("too long")
        return function(*arguments, **named)

    for path, title in (("/1", "One"), ("/2", "costly"), ("/3", "Three")):
        server.says(path, rss(title))
    url = server.says("/", page(*(alternate(f"/{n}") for n in (1, 2, 3))))
    async with HttpClient(Limits(pause=0.001)) as client:
        found = await discover(client, url, work=work)
    assert isinstance(found, DiscoveredFeeds)
    assert [(urlsplit(one.url).path, one.feed is not None) for one in found.feeds] == [("/1", True), ("/3", False)]


def test_a_tag_of_a_hundred_thousand_attributes_is_passed_over_quickly() -> None:
    flood = f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>"
    began = time.process_time()
    found = feeds_named(f"{flood}{alternate('/rss')}".encode(), PAGE)
    assert time.process_time() - began < 2
    assert [candidate.url for candidate in found] == ["https://paper.example/rss"]
