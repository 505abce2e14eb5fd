"""The parsers, by name: what each is given, what it may raise, and what must hold of what comes of it."""

import unicodedata
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from reader import text
from reader.errors import Misuse, NotAFeed, NotAPage
from reader.text import urls
from reader.text.sanitize import escaped_json
from tests.fuzz import settings_subjects as settings
from tests.fuzz import tokens
from tests.fuzz.holds import BAD, assert_is_clean, assert_is_inert, assert_leads_to_the_web
from tests.fuzz.mutations import json_values, of_html
from tests.fuzz.running import Subject

SEEDS = Path(__file__).with_name("seeds")
PAPER = "https://bao.example.vn/rss/moi-nhat.rss"
CONTENT_TYPES = (None, "application/rss+xml; charset=utf-8", "text/xml; charset=utf-16", "text/html; charset=\ud800")
ADDRESSES = ("https://marsh.example/2024/ferry-1.html", "https://vnexpress.net/con-do-4711.html")


@cache
def _files(name: str) -> tuple[bytes, ...]:
    return tuple(file.read_bytes() for file in sorted((SEEDS / name).iterdir()))


@cache
def _lines(name: str) -> tuple[bytes, ...]:
    return tuple(line for data in _files(name) for line in data.split(b"\n") if line)


@cache
def _pages() -> tuple[bytes, ...]:
    from tests.extract import sample_pages

    return tuple(getattr(sample_pages, name)() for name in ("english", "mastercms", "afcbc", "vnexpress", "dantri"))


def written(data: bytes) -> str:
    """Return the text of an input; bytes that are no UTF-8 are lone surrogates."""
    return data.decode("utf-8", "surrogateescape")


def chosen(data: bytes, among: tuple[str | None, ...]) -> str | None:
    """Choose by the input itself, so that a file says all of a case."""
    return among[len(data) % len(among)]


def feed(data: bytes) -> str:
    """A feed is clean, its guids are unique, its links lead to the web, or there is none."""
    from reader.fetch import feeds

    try:
        found = feeds.parse(data, PAPER, content_type=chosen(data, CONTENT_TYPES))
    except NotAFeed as error:
        assert_is_inert(str(error))
        return "no feed"
    assert_is_clean(found, but=("cause",))
    assert found.title
    assert len({entry.guid for entry in found.entries}) == len(found.entries)
    assert_leads_to_the_web(found.home, mail=True)
    for entry in found.entries:
        assert entry.guid
        assert entry.title
        assert len(entry.title) <= feeds.TITLE_AT_MOST
        for address in (entry.link, entry.picture, entry.discussion, *entry.linked, *(f.url for f in entry.enclosures)):
            assert_leads_to_the_web(address, mail=True)
        assert entry.published is None or entry.published.utcoffset() is not None
    return repr(found)


def json_feed(data: bytes) -> str:
    """As `feed`, for what begins as JSON does."""
    return feed(data if data.lstrip().startswith(b"{") else b"{" + data)


def page(data: bytes) -> str:
    """An article holds nothing that acts, and its Markdown parses to text, or it is no page."""
    from reader.extract import extract
    from tests.extract.mutated.mutated_pages import faults_of

    try:
        found = extract(data, str(chosen(data, ADDRESSES)), encoding=chosen(data, (None, None, "utf-8", "cp1258")))
    except NotAPage as error:
        assert_is_inert(str(error))
        return "no page"
    assert faults_of(found) == []
    assert_is_clean(found)
    return repr(found)


def fragment(data: bytes) -> str:
    """What a feed carries in an entry, by the same door; it is never refused."""
    from reader.extract.feed_entry import extract_content
    from tests.extract.mutated.mutated_pages import faults_of

    content = text.clean(written(data))
    found = extract_content(content, ADDRESSES[0], title="Ferry saved", lede="The ferry is saved.")
    assert faults_of(found) == []
    assert_is_clean(found)
    return repr(found)


def page_or_fragment(data: bytes) -> str:
    """Three of four are pages."""
    return fragment(data) if len(data) % 4 == 3 else page(data)


LISTED = (
    "url",
    "title",
    "home",
    "folder",
    "language",
    "categories",
    "kind",
    "short",
    "brand_colour",
    "interval",
    "stories",
    "feed_text",
    "browser",
    "user_agent",
    "seconds",
    "keep_days",
    "keep_megabytes",
)
"""Of a source: what a list keeps, headers apart, of which those that look secret are left out."""


def subscriptions(data: bytes) -> str:
    """What a list of subscriptions holds is clean and leads to the web; written and read again it is the same."""
    from reader.lists import opml
    from reader.models import Source

    try:
        found = opml.parse(data, "feeds.opml")
    except Misuse as error:
        assert_is_inert(str(error))
        return "no list"
    sources = []
    for number, new in enumerate(found.feeds, 1):
        assert_is_clean(new, but=("user", "password"))
        assert_leads_to_the_web(new.url)
        assert_leads_to_the_web(new.home)
        sources.append(Source(id=number, **{name: getattr(new, name) for name in LISTED}))
    again = opml.parse(opml.write(sources), "again.opml")
    assert not again.not_well_formed
    assert not again.left_out, again.left_out[:3]
    for one, other in zip(
        sorted(found.feeds, key=lambda one: one.url), sorted(again.feeds, key=lambda one: one.url), strict=True
    ):
        for name in LISTED:
            assert getattr(one, name) == getattr(other, name), (
                f"{name}: {getattr(one, name)!r} {getattr(other, name)!r}"
            )
    return repr(found)


def discovered(data: bytes) -> str:
    """Feeds that a page names lead to the web and are named in one clean line."""
    from reader.fetch.discovery.discover import web_address
    from reader.fetch.discovery.named_feeds import NAMED_AT_MOST, feeds_named

    found = feeds_named(data, ADDRESSES[0], charset=chosen(data, (None, "utf-8", "utf-16", "\ud800")))
    assert len(found) <= NAMED_AT_MOST
    for candidate in found:
        assert_leads_to_the_web(candidate.url)
        assert_is_clean(candidate.title)
    assert_leads_to_the_web(web_address(written(data[:3000])))
    return repr(found)


def address(data: bytes) -> str:
    """Whatever is taken for an address stays one: absolute, canonical, and a page's key, each of itself is itself."""
    from reader.fetch.discovery.discover import web_address

    said = written(data[:20_000])
    came: list[object] = []
    for base in ("", ADDRESSES[0] + "?a=1#b", said):
        seen = urls.absolute(base, said)
        assert_leads_to_the_web(seen, mail=True)
        if seen is not None:
            assert_is_clean(seen)
            assert not any(letter <= " " for letter in seen)
        came.append(seen)
    assert_leads_to_the_web(web_address(said))
    for whole in {said, *(str(seen) for seen in came if seen)}:
        for ask in (urls.host, urls.site, urls.is_home, urls.is_web, urls.without_tracking, urls.parted, urls.page_key):
            ask(whole)
    for one in [str(seen) for seen in came if seen]:
        for form in (urls.canonical, urls.page_key, urls.without_tracking):
            assert form(form(one)) == form(one), f"{form.__name__} of {one[:200]!r}: {form(one)!r}, {form(form(one))!r}"
        assert_leads_to_the_web(urls.canonical(one), mail=True)
        assert urls.page_key(urls.canonical(one)) == urls.page_key(one)
        assert urls.same_site(one, one) or not urls.host(one)
        came += [urls.canonical(one), urls.host(one), urls.site(one), urls.parted(one)]
        assert_is_clean((urls.host(one), urls.site(one)))
    return repr(came)


NOW = datetime(2026, 11, 30, 9, 5, tzinfo=UTC)


def day(data: bytes) -> str:
    """A date is none, or an aware one of a year that news has; written as ISO 8601 it is read as the same."""
    from reader.text import dates

    said = written(data)
    found = [
        *(dates.feed_date(said, language=language) for language in (None, "vi", "en-US", "\ud800")),
        dates.page_date(said),
        dates.page_date(said, zone=dates.VIETNAM, now=NOW),
    ]
    for one in found:
        assert one is None or (one.utcoffset() is not None and 1926 <= one.year <= 2101), one
        if one is not None and 1990 <= one.year <= 2100:
            assert dates.feed_date(one.isoformat()) == one, one.isoformat()
    dates.month_of(said)
    return repr(found)


def cleaned(data: bytes) -> str:
    """Nothing that acts comes through any of the doors, and going through twice is going through once."""
    said = written(data)
    came = []
    for door in (text.clean, text.clean_line, text.clean_lines, text.inert):
        once = door(said)
        assert door(once) == once, door.__name__
        found = BAD.search(once.replace("\t", " ") if door is text.inert else once)
        assert found is None, f"{door.__name__}: U+{ord(found.group()):04X}"
        assert door is text.inert or unicodedata.is_normalized("NFC", once), door.__name__
        came.append(once)
    for limit in (1, 7, 80):
        line = text.clean_line(said, limit)
        assert len(line) <= limit
        assert text.clean_line(line) == line
    assert text.fold(text.fold(said)) == text.fold(said)
    escaped = escaped_json(said)
    assert escaped_json(escaped) == escaped
    return repr((came, text.fold(said), escaped))


SUBJECTS: dict[str, Subject] = {
    subject.name: subject
    for subject in (
        Subject("feeds", feed, lambda: _files("feeds"), tokens.FEED),
        Subject("jsonfeed", json_feed, lambda: _files("jsonfeed"), tokens.JSON, (json_values,)),
        Subject("extract", page_or_fragment, _pages, tokens.HTML, (of_html,)),
        Subject("opml", subscriptions, lambda: _files("opml"), tokens.OPML),
        Subject("config", settings.settings, lambda: _files("config"), tokens.TOML, times=5),
        Subject("rules", settings.site_rule, lambda: _files("rules"), tokens.RULE),
        Subject("urls", address, lambda: _lines("urls"), tokens.URL),
        Subject("dates", day, lambda: _lines("dates"), tokens.DATE),
        Subject("discovery", discovered, lambda: _files("discovery"), tokens.HTML, (of_html,)),
        Subject("clean", cleaned, lambda: _lines("clean")),
    )
}
"""The ten parsers by name."""
