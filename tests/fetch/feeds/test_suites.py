"""Whatever feedparser reads in the feeds of other projects is read by us: no entry, title, link, date or text is lost,
but for those in a table, each with its reason."""

import html
import io
import re
import warnings
from collections.abc import Iterator
from datetime import UTC, datetime
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import feedparser
import pytest

from reader import errors, text
from reader.fetch import feed_charset, feeds
from reader.models import Feed
from reader.text import urls
from tests.fetch.feeds.test_other_parsers import ADDRESS, SUITES

SUITE_NAMES = (
    "feedparser feedvalidator feedvalidator-feedfinder feedjira rss-parser FeedKit rust-rss miniflux-parser "
    "miniflux-encoding miniflux-xml lemon24-reader NetNewsWire-RSParser newsboat"
).split()

TWICE = "the same story twice: its guid, address and title are one, and the first is kept"
NO_TEXT = "its type says that it is no text"
PICTURES = "what a picture shows or is called is no text of the entry"
BESIDE = "what media are about is no text beside the entry's own"
NO_ADDRESS = "a guid that is no whole address is no link; it stays the guid"
OTHER_LINK = "its link leads to something else than the entry, or is no web address"
NOTHING = "nothing in it could be read or opened"
DRAWN = "letters in a drawing, or for browsers without frames, are no text"
OTHER_AGE = "a year before 1990 or after 2100 is no story's"
MISREAD = "feedparser reads another time than is written"
SCRIPT = "feedparser keeps what stands in a broken script"
OTHER_TITLE = "the feed's and the entry's own title is it, not Dublin Core's, nor an entry's for the feed"

LOST: dict[tuple[str, str], str] = {
    ("entries", "feedparser/encoding/*_crash.xml"): NOTHING,
    ("entries", "feedparser/encoding/euc-kr-attribute.xml"): NOTHING,
    ("entries", "feedparser/wellformed/atom10/entry_*_base64*.xml"): NO_TEXT,
    ("text", "feedparser/wellformed/atom10/entry_*_base64*.xml"): NO_TEXT,
    ("link", "feedparser/wellformed/atom10/entry_id_with_attributes.xml"): NO_ADDRESS,
    ("entries", "feedparser/wellformed/atom10/entry_link_rel_*.xml"): OTHER_LINK,
    ("link", "feedparser/wellformed/base/http_entry_id_base_*.xml"): NO_ADDRESS,
    ("link", "feedparser/wellformed/lang/http_content_language_entry_title_inherit_2.xml"): NO_ADDRESS,
    ("link", "feedparser/wellformed/node_precedence/atom10_id.xml"): NO_ADDRESS,
    ("entries", "feedparser/wellformed/lang/entry_content_xml_lang_blank_3.xml"): TWICE,
    ("entries", "feedparser/wellformed/node_precedence/atom10_title.xml"): TWICE,
    ("entries", "feedparser/wellformed/namespace/rss2.0*.xml"): DRAWN,
    ("text", "feedparser/wellformed/namespace/rss2.0svgtitle.xml"): DRAWN,
    ("title", "feedparser/wellformed/rss/item_category_image.xml"): PICTURES,
    ("entries", "feedparser/wellformed/sanitize/entry_title_on*.xml"): NOTHING,
    ("title", "feedparser/wellformed/sanitize/*_crazy.xml"): SCRIPT,
    ("text", "feedvalidator/atom/3.1.1.3/bogus_svg_*.xml"): DRAWN,
    ("date", "feedvalidator/atom/3.3/published_no_colons.xml"): MISREAD,
    ("date", "feedvalidator/atom/3.3/updated-*.xml"): OTHER_AGE,
    ("entries", "feedvalidator/atom/4.1.1/duplicate-entries*.xml"): TWICE,
    ("text", "feedvalidator/atom/4.1.1/duplicate-entries*.xml"): TWICE,
    ("text", "feedvalidator/atom/4.1.2/*-base64*.xml"): NO_TEXT,
    ("text", "feedvalidator/atom/4.1.3.1/type-multipart-alternative.xml"): NO_TEXT,
    ("text", "feedvalidator/atom/4.1.3.2/content-src-extra-child.xml"): NO_TEXT,
    ("text", "feedvalidator/atom/4.1.3.3/content-jpeg-*valid-base64.xml"): NO_TEXT,
    ("title", "feedvalidator/atom/4.2.11/*.xml"): OTHER_TITLE,
    ("entries", "feedvalidator/atom/must/entry_content_type*.xml"): NOTHING,
    ("entries", "feedvalidator/atom/must/entry_id_duplicate_value.xml"): TWICE,
    ("link", "feedvalidator/atom/must/entry_id_not_*.xml"): NO_ADDRESS,
    ("entries", "feedvalidator/atom/must/entry_link_*.xml"): OTHER_LINK,
    ("entries", "feedvalidator/atom/must/entry_title_not_html.xml"): NOTHING,
    ("title", "feedvalidator/atom/must/entry_title_not_html.xml"): NOTHING,
    ("entries", "feedvalidator/ext/feedsync/sync-id-duplicated.xml"): TWICE,
    ("date", "feedvalidator/ext/feedsync/sync-id-duplicated.xml"): TWICE,
    ("text", "feedvalidator/ext/media/duplicate_description.xml"): BESIDE,
    ("entries", "feedvalidator/rss/must/ulcc_item_url.xml"): OTHER_LINK,
    ("title", "feedvalidator/rss/must/valid_dc_all.xml"): OTHER_TITLE,
    ("date", "feedvalidator/rss20/data-types-datetime/everything.xml"): OTHER_AGE,
    ("link", "feedvalidator/rss20/element-channel-item-guid/*.xml"): NO_ADDRESS,
    ("entries", "feedvalidator/rss20/element-channel-item-link/link_mailto.xml"): OTHER_LINK,
    ("link", "feedvalidator/rss20/element-channel-item-link/link_mailto.xml"): OTHER_LINK,
    ("date", "feedvalidator/rss20/element-channel-item-pubdate/pubDate_*.xml"): OTHER_AGE,
    ("date", "feedvalidator/rss20/introduction/rss-2.0-*.xml"): OTHER_AGE,
    ("date", "feedvalidator/rss20/namespace-elements-atom-link/noself.xml"): OTHER_AGE,
    ("text", "feedjira/HuffPostCanada.xml"): PICTURES,
    ("text", "FeedKit/xml/Media.xml"): BESIDE,
    ("link", "rust-rss/guid.xml"): NO_ADDRESS,
    ("entries", "rust-rss/rss092.xml"): TWICE,
    ("date", "NetNewsWire-RSParser/kc0011.rss"): MISREAD,
    ("text", "newsboat/atom10_2.xml"): BESIDE,
}
"""What is lost and why: `entries`, `title`, `link`, `date` or `text`, and the files, with `*`."""


def losses(document: bytes) -> Iterator[tuple[str, object]]:
    """Yield what feedparser finds in a feed and we do not: its kind, and it."""
    theirs = read_by_feedparser(document)
    if not theirs.entries:
        return
    try:
        ours = feeds.parse(document, ADDRESS)
    except errors.NotAFeed:
        yield "entries", "no feed"
        return
    said = [entry for entry in theirs.entries if says_anything(entry)]
    if len(ours.entries) < len(said):
        yield "entries", (len(ours.entries), len(said))
    if letters(dict.get(theirs.feed, "title")) not in letters(ours.title):
        yield "title", (ours.title, theirs.feed.title)
    known = Known(ours)
    for entry in said:
        yield from known.lost_of(entry)


def read_by_feedparser(document: bytes) -> Any:
    """The characters are our reading, for the charset is another matter (`test_encodings`)."""
    written = re.sub(r"\A\s*<\?xml[^>]*\?>", "", feed_charset.decode(document).lstrip("\ufeff"))
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": ADDRESS}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        try:
            return feedparser.parse(
                io.BytesIO(f'<?xml version="1.0" encoding="utf-8"?>{written}'.encode("utf-8", "replace")),
                response_headers=headers,
                sanitize_html=False,
                resolve_relative_uris=False,
            )
        except Exception:  # noqa: BLE001 # it falls over some documents that we read
            return feedparser.util.FeedParserDict(entries=[], feed={})


def says_anything(entry: Any) -> bool:
    """An entry of nothing but a date, a name or a category cannot be listed."""
    links = [link for link in dict.get(entry, "links") or () if link.get("href")]
    return any(dict.get(entry, key) for key in ("id", "title", "link", "summary", "content")) or bool(links)


class Known:
    """All that our reading of one feed holds, for looking up."""

    def __init__(self, feed: Feed) -> None:
        self.titles = letters(" ".join(entry.title for entry in feed.entries))
        self.texts = letters(" ".join(f"{e.title} {e.summary} {e.content}" for e in feed.entries))
        attached = {file.url for entry in feed.entries for file in entry.enclosures}
        self.links = {entry.link for entry in feed.entries if entry.link} | attached
        self.times = {
            entry.published.astimezone(UTC).replace(microsecond=0) for entry in feed.entries if entry.published
        }

    def lost_of(self, entry: Any) -> Iterator[tuple[str, object]]:
        title = dict.get(entry, "title")
        if letters(title)[:400] not in self.titles:
            yield "title", title
        link = urls.absolute(ADDRESS, dict.get(entry, "link") or "")
        # FeedBurner's own address counts the readers; beside it its feeds have the paper's, which is the link.
        original = dict.get(entry, "feedburner_origlink")
        if link is not None and link not in self.links and original not in self.links:
            yield "link", link
        times = [dict.get(entry, f"{key}_parsed") for key in ("published", "updated", "created")]
        read = {datetime(*when[:6]).replace(tzinfo=UTC) for when in times if when and 1 <= when[0] <= 9999}  # noqa: DTZ001
        if read and not read & self.times:
            yield "date", [dict.get(entry, key) for key in ("published", "updated", "created")]
        contents = dict.get(entry, "content") or ()
        for value in (dict.get(entry, "summary"), *(content.get("value") for content in contents)):
            written = letters(value)
            if written[: max(len(written) * 4 // 5, len(written) - 60)] not in self.texts:
                yield "text", value


def letters(markup: str | None) -> str:
    """The letters and digits of a text, without markup: what must be the same however it is written."""
    plain = html.unescape(html.unescape(markup or ""))
    plain = re.sub(r"<!--.*?-->|<(script|style)\b.*?</\1>|<[^<>]*>", " ", plain, flags=re.S | re.I)
    return "".join(filter(str.isalnum, text.fold(text.clean_line(plain))))


def documents(suite: str) -> list[Path]:
    return sorted(
        path for path in (SUITES / suite).rglob("*") if path.is_file() and path.suffix not in (".py", ".json")
    )


@pytest.mark.parametrize("suite", SUITE_NAMES)
def test_nothing_that_feedparser_reads_is_lost(suite: str) -> None:
    paths = documents(suite)
    if not paths:
        pytest.skip(f"{suite} is not beside this checkout")
    unexplained: list[str] = []
    used: set[tuple[str, str]] = set()
    for path in paths:
        name = path.relative_to(SUITES).as_posix()
        for kind, what in losses(path.read_bytes()):
            row = next((row for row in LOST if row[0] == kind and fnmatch(name, row[1])), None)
            if row is None:
                unexplained.append(f"{name}: {kind}: {what!r:.200}")
            else:
                used.add(row)
    assert not unexplained, "\n".join(unexplained)
    needless = {row for row in LOST if row[1].startswith(f"{suite}/")} - used
    assert not needless, "these are not lost, so they are no rows of the table"
