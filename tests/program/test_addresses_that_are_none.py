"""Wherever an address stands, one that Python's own functions raise for costs that address and nothing else."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from reader import file_families, words
from reader.extract import extract
from reader.extract.feed_entry import extract_content
from reader.fetch import feeds, proxies, robots_rules
from reader.fetch.discovery import discover
from reader.fetch.discovery.link_header import named_links
from reader.lists import newsboat, opml
from reader.models import Enclosure, Failure, FailureKind, Login
from reader.text import logins, secrets, urls
from reader.ui.article.layout import attachments
from reader.words import datetimes, failures
from tests.fetch.feeds.feed_documents import rss
from tests.fuzz.subjects import SUBJECTS

NONE = (
    "http://[gull.example/keel.mp3",
    "http://gull.example]/keel.mp3",
    "http://[gull]/keel.mp3",
    "http://[::1::]/keel.mp3",
    "//[",
    "http://gull\u2100.example/keel.mp3",
    "http://a\uff03b.example/keel.jpg",
    "http://gull.example:port/keel.mp3",
    "http://gull.example:99999999/keel.jpg?a=[",
    "http://gull.example:\u0663/keel",
    "http://[gull@gull.example/keel",
    "https://ann:pi[er@gull.example/keel",
)
"""A bracket without its other, an address in brackets that is none, letters of which NFKC makes `/` and `#`, ports."""

MEDIA = (
    '<enclosure url="{}" type="audio/mpeg"/>',
    '<enclosure url="{}"/>',
    '<media:content url="{}"/>',
    '<media:content url="{}" medium="image"/>',
    '<media:content url="{}" type="image/png" width="80"/>',
    '<media:content url="{}" type="video/mp4"/>',
    '<media:thumbnail url="{}"/>',
    '<media:player url="{}"/>',
    '<itunes:image href="{}"/>',
    "<link>{}</link>",
    "<guid>{}</guid>",
    '<guid isPermaLink="true">{}</guid>',
    "<comments>{}</comments>",
    '<source url="{}">Elsewhere</source>',
    '<atom:link rel="enclosure" href="{}"/>',
    '<atom:link rel="replies" href="{}"/>',
    '<atom:link rel="related" href="{}"/>',
    '<atom:content src="{}" type="audio/mpeg"/>',
    "<description>&lt;a href='{0}'&gt;Oak&lt;/a&gt; &lt;img src='{0}'&gt;</description>",
    "<author>{}</author>",
)
PLACES = (
    '<a href="{}">Oak</a>',
    '<img src="{0}" srcset="{0} 2x" alt="Oak">',
    '<picture><source srcset="{0} 800w"><img data-src="{0}"></picture>',
    '<iframe src="{}"></iframe>',
    '<video src="{0}" poster="{0}" controls></video>',
    '<audio controls><source src="{}"></audio>',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<blockquote cite="{}">Oak</blockquote>',
    '<a rel="next" href="{}">2</a>',
    '<form action="{}"></form>',
    '<figure itemscope><meta itemprop="url" content="{}"><img src="a.jpg"></figure>',
)
HEADS = (
    '<base href="{}">',
    '<link rel="canonical" href="{}">',
    '<link rel="next" href="{}">',
    '<link rel="amphtml" href="{}">',
    '<link rel="alternate" type="application/rss+xml" href="{}" title="Feed">',
    '<meta property="og:url" content="{}">',
    '<meta property="og:image" content="{}">',
    '<meta http-equiv="refresh" content="0; url={}">',
    '<script type="application/ld+json">{{"@type": "NewsArticle", "url": "{0}", "author": {{"url": "{0}"}}}}</script>',
    '<script type="application/ld+json">{{"@type": "NewsArticle", "image": "{0}"}}</script>',
)
TEXT = "<p>The keel came by rail on Tuesday, and it is oak, say those who brought it from the mill.</p>" * 6


def _feeds(address: str) -> Iterator[bytes]:
    written = address.replace("&", "&amp;")
    for place in MEDIA:
        yield rss(f"<item><title>Keel</title>{place.format(written)}</item>")
    yield rss("<item><title>Keel</title></item>").replace(b"<channel>", f"<channel><link>{written}</link>".encode())
    for base in ("feed", "entry", "content"):
        at = dict.fromkeys(("feed", "entry", "content"), "") | {base: f' xml:base="{written}"'}
        yield (
            f"<feed xmlns='http://www.w3.org/2005/Atom'{at['feed']}><title>Quay</title><link href='a'/>"
            f"<entry{at['entry']}><title>Keel</title><link href='b'/><link rel='enclosure' href='{written}'/>"
            f"<content type='html'{at['content']}>&lt;a href='c'&gt;Oak&lt;/a&gt;</content></entry></feed>"
        ).encode()
    item = dict.fromkeys(("id", "url", "external_url", "image", "banner_image"), address)
    yield json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": "Quay",
            "home_page_url": address,
            "items": [{**item, "content_text": "Keel", "attachments": [{"url": address, "mime_type": "audio/mpeg"}]}],
        }
    ).encode()


@pytest.mark.parametrize("address", NONE)
def test_a_feed_with_it_anywhere_keeps_its_entry(address: str) -> None:
    for document in _feeds(address):
        found = feeds.parse(document, "https://bao.example.vn/rss")
        assert [entry.title for entry in found.entries] == ["Keel"], document
        SUBJECTS["feeds"].check(document)


@pytest.mark.parametrize("address", NONE)
def test_a_page_with_it_anywhere_keeps_its_text(address: str) -> None:
    for head, place in [*((head, "") for head in HEADS), *(("", place) for place in PLACES)]:
        inside = f"<article><h1>Keel</h1>{TEXT}<p>Of it {place.format(address)} too.</p>{TEXT}</article>"
        page = f"<html><head>{head.format(address)}<title>Keel</title></head><body>{inside}</body></html>".encode()
        assert "The keel came by rail" in extract(page, "https://gull.example/keel", encoding="utf-8").markdown
        assert "The keel came by rail" in extract_content(inside, "https://gull.example/keel").markdown
        SUBJECTS["extract"].check(page)
        SUBJECTS["discovery"].check(page)


@pytest.mark.parametrize("address", NONE)
def test_a_list_with_it_keeps_its_other_feeds(address: str) -> None:
    good = '<outline text="Gull" xmlUrl="https://gull.example/feed"/>'
    for bad in (f'<outline xmlUrl="{address}"/>', f'<outline htmlUrl="{address}" xmlUrl="https://b.example/"/>'):
        for document in (f"<opml><body>{bad}{good}</body></opml>", f"<opml>&<body>{bad}{good}</body></opml>"):
            found = opml.parse(document.encode(), "feeds.opml")
            assert found.feeds[-1].url == "https://gull.example/feed"
            SUBJECTS["opml"].check(document.encode())
    lines = newsboat.parse_urls(f"{address}\nhttps://gull.example/feed")
    assert lines[-1].url == "https://gull.example/feed"


ASKED: tuple[Callable[[str], Any], ...] = (
    lambda url: urls.absolute("", url),
    lambda url: urls.absolute(url, "/keel"),
    lambda url: urls.absolute(url, "https://gull.example/keel"),
    urls.is_web,
    urls.is_home,
    urls.canonical,
    urls.page_key,
    urls.parted,
    urls.host,
    urls.site,
    lambda url: urls.without_tracking(f"{url}?utm_source=x"),
    lambda url: urls.same_site(url, "https://gull.example/"),
    lambda url: urls.same_site("https://gull.example/", url),
    logins.origin,
    logins.split_login,
    lambda url: logins.with_login(url, Login("ann", "pier")),
    lambda url: logins.may_have(url, "https://gull.example/"),
    secrets.without_secret_values,
    discover.web_address,
    named_links,
    lambda url: named_links(f'<{url}>; rel="alternate"'),
    robots_rules.address,
    proxies.proxy_for,
    file_families.family_of_address,
    failures.host_of,
    lambda url: words.failure(Failure(FailureKind.HTTP, url, status=404)),
    lambda url: words.failure(Failure(FailureKind.TIMEOUT, url)),
    lambda url: datetimes.file_facts(Enclosure(url, None)),
    datetimes.linked_page,
    attachments._picture_name,
)


@pytest.mark.parametrize("address", NONE)
def test_whatever_is_asked_of_it_is_answered(address: str) -> None:
    for ask in ASKED:
        ask(address)


def test_it_is_never_sent_nor_shown_with_its_password() -> None:
    assert failures.host_of("https://ann:pi[er@gull.example/keel") == "gull.example/keel"
    assert failures.host_of("https://ann:pier@gull.example/keel") == "gull.example"
    assert failures.host_of("mailto:ann@gull.example") == "mailto:ann@gull.example"
    for address in NONE:
        assert logins.origin(address) == ""
        assert not logins.may_have(address, address)
