"""What the test suites of other feed parsers expect, we read too: entries and titles, compared as plain text.

The suites lie beside the checkout and are not ours to keep; where they are absent these tests are skipped.
"""

import ast
import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from reader import errors, text
from reader.fetch import entry_html, feed_charset, feeds
from reader.models import Entry, Feed
from reader.text import urls
from tests import SHARED

SUITES = SHARED / "feeds"
NAMES = (
    "FeedKit NetNewsWire-RSParser feedjira feedparser feedvalidator feedvalidator-feedfinder lemon24-reader "
    "miniflux-encoding miniflux-parser miniflux-xml newsboat opml rss-parser rss-parser-output rust-rss"
).split()
ADDRESS = "http://example.com/feed"

pytestmark = pytest.mark.skipif(not SUITES.is_dir(), reason="the suites of other parsers are not beside this checkout")

# Where a suite expects what the design does not want: file -> why.
NOT_OURS = {
    "feedparser/wellformed/sanitize/entry_title_crazy.xml": "keeps what stands in a broken script: a script is no text",
    "feedparser/wellformed/sanitize/feed_title_crazy.xml": "keeps what stands in a broken script: a script is no text",
    "feedparser/wellformed/node_precedence/atom10_title.xml": "two entries alike in all they have are one headline",
    "feedparser/entities/lang.xml": "has HTML 4's bracket for &lang;: browsers and HTML 5 have another",
    "feedparser/entities/rang.xml": "has HTML 4's bracket for &rang;: browsers and HTML 5 have another",
    "rss-parser/incomplete-fields.atom": "an entry with nothing in it is no headline",
    "rss-parser/uolNoticias.rss": "its output has replacement characters where the feed has Portuguese letters",
}


def files(suite: str) -> list[Path]:
    return [path for path in sorted((SUITES / suite).rglob("*")) if path.is_file()]


@cache
def read(path: Path) -> Feed | None:
    """The feed in `path`, or None where it is none. Anything but NotAFeed escapes, and fails the test."""
    try:
        return feeds.parse(path.read_bytes(), ADDRESS)
    except errors.NotAFeed:
        return None


def same(ours: str, theirs: str | None) -> bool:
    """Compare as plain text: theirs may be HTML, with white space of its own."""
    ways = {text.clean_line(theirs or ""), entry_html.plain(theirs or ""), entry_html.from_html(theirs or "")}
    return ours in ways


def same_title(ours: str, theirs: str | None, instead: str) -> bool:
    """Where a suite finds no title, we make one of what there is instead, and never of what there is not."""
    return same(ours, theirs) if entry_html.plain(theirs or "") else ours == text.clean_line(instead, 140)


def instead_of(entry: Entry) -> str:
    return entry.summary or entry.link or (entry.enclosures[0].url if entry.enclosures else entry.guid)


@pytest.mark.parametrize("suite", NAMES)
def test_no_file_of_a_suite_lets_an_exception_escape(suite: str) -> None:
    paths = files(suite)
    if not paths:
        pytest.skip(f"{suite} is not beside this checkout")
    for path in paths:
        if read(path) is None:
            assert is_no_feed(path), f"{path} is a feed"


def is_no_feed(path: Path) -> bool:
    """By other means than the parser's own: the name of the first element, or no element at all."""
    document = path.read_bytes()
    if path.suffix == ".json":
        try:
            data = json.loads(document)
        except ValueError:
            return True
        return not (isinstance(data, dict) and ("rss" in data or "jsonfeed" in str(data.get("version"))))
    bare = re.sub(
        r"<!--.*?-->|<\?.*?\?>|<!DOCTYPE[^\[>]*(?:\[.*?\])?[^>]*>", "", feed_charset.decode(document), flags=re.S
    )
    first = re.search(r"<\s*(?:\w+:)?([A-Za-z]\w*)", bare)
    return first is None or first[1].lower() not in ("rss", "rdf", "feed", "channel")


# feedparser: a Python expression in the comment that heads each file.


def expectation(path: Path) -> ast.expr | None:
    document = path.read_bytes()
    ways = ("utf-8", "cp037", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
    header = next((h for way in ways if "Expect:" in (h := document.decode(way, "replace"))), "")
    found = re.search(r"Expect:\s*(.+?)\s*(?:\n|-->)", header)
    try:
        return ast.parse(found[1], mode="eval").body if found else None
    except SyntaxError:
        return None


def claims(node: ast.expr) -> Iterator[tuple[ast.Compare, bool]]:
    """The comparisons that must hold; those of an `or` are not to hold each."""
    if isinstance(node, ast.BoolOp):
        for value in node.values:
            for claim, must in claims(value):
                yield claim, must and isinstance(node.op, ast.And)
    elif isinstance(node, ast.Compare) and all(isinstance(op, ast.Eq) for op in node.ops):
        yield node, True


def constant(node: ast.expr) -> Any:
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return constant(node.left) + constant(node.right)
    return ast.literal_eval(node)


def title_in(feed: Feed, node: ast.expr) -> tuple[str, str] | None:
    """What `feed['title']` or `entries[0]['title_detail']['value']` is with us, and what we say where there is none."""
    match = re.fullmatch(
        r"(feed|entries\[(?P<number>\d)\])(\['title'\]|\.title|\['title_detail'\]\['value'\])", ast.unparse(node)
    )
    if match is None:
        return None
    if match["number"] is None:
        return feed.title, urls.host(ADDRESS)
    number = int(match["number"])
    if number >= len(feed.entries):
        return "", ""
    entry = feed.entries[number]
    return entry.title, instead_of(entry)


def test_feedparsers_own_expectations_hold(record_property: Callable[[str, object], None]) -> None:
    compared = agreed = 0
    wrong: dict[str, Any] = {}
    for path in files("feedparser"):
        expected = expectation(path)
        if expected is None:
            continue
        verdicts: list[tuple[bool, bool, object]] = []
        for claim, must in claims(expected):
            *lefts, right = [claim.left, *claim.comparators]
            if ast.unparse(lefts[0]) == "len(entries)":
                feed = read(path)
                verdicts.append((must, feed is not None and len(feed.entries) == constant(right), lefts))
            for left in lefts:
                if not re.match(r"(feed|entries\[\d\])(\['title|\.title)", ast.unparse(left)):
                    continue
                feed = read(path)
                said = title_in(feed, left) if feed is not None else ("no feed", "")
                if said is not None:
                    verdicts.append((must, same_title(said[0], constant(right), said[1]), (said, constant(right))))
        name = path.relative_to(SUITES).as_posix()
        if not verdicts or name in NOT_OURS:
            continue
        compared += len(verdicts)
        agreed += sum(holds for _, holds, _ in verdicts)
        if not all(holds for must, holds, _ in verdicts if must) or not any(holds for _, holds, _ in verdicts):
            wrong[name] = [said for _, holds, said in verdicts if not holds]
    record_property("compared", compared)
    record_property("agreed", agreed)
    print(f"feedparser: {agreed} of {compared} expectations agree")  # noqa: T201 (figures for the documents)
    assert not wrong, "\n".join(f"{name}: {said}" for name, said in wrong.items())
    assert compared > 450


# lemon24/reader: Python modules that build the expected objects; read as syntax, never run.


def keywords(node: ast.AST, name: str) -> Iterator[dict[str, Any]]:
    """The literal keyword arguments of each call of `name`, in order."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == name:
            yield {k.arg: k.value.value for k in call.keywords if k.arg and isinstance(k.value, ast.Constant)}


@pytest.mark.parametrize("path", sorted(SUITES.glob("lemon24-reader/*.py")), ids=lambda path: path.stem)
def test_lemon24s_outputs_are_ours(path: Path) -> None:
    module = ast.parse(path.read_text("utf-8"))
    feed = read(path.with_suffix(""))
    assert feed is not None
    [facts] = keywords(module, "FeedData")
    assert same_title(feed.title, facts.get("title"), urls.host(ADDRESS))
    expected = {entry["id"]: entry for entry in keywords(module, "EntryData") if "id" in entry}
    assert len(feed.entries) == len(list(keywords(module, "EntryData")))
    for entry in feed.entries:
        if entry.guid in expected:
            theirs = expected[entry.guid].get("title")
            assert same_title(entry.title, theirs, instead_of(entry))


# rss-parser: JSON beside each document.


@pytest.mark.parametrize(
    "path",
    [p for p in files("rss-parser") if (SUITES / "rss-parser-output" / f"{p.stem}.json").is_file()],
    ids=lambda path: path.stem,
)
def test_rss_parsers_outputs_are_ours(path: Path) -> None:
    if (reason := NOT_OURS.get(path.relative_to(SUITES).as_posix())) is not None:
        pytest.skip(reason)
    original = b"feedburner:origLink" in path.read_bytes()  # the paper's own address, not FeedBurner's
    output = SUITES / "rss-parser-output" / f"{path.stem}.json"
    theirs = json.loads(feed_charset.decode(output.read_bytes()))["feed"]
    feed = read(path)
    assert feed is not None
    assert same_title(feed.title, theirs.get("title"), urls.host(ADDRESS))
    assert len(feed.entries) == len(theirs["items"])
    for entry, item in zip(feed.entries, theirs["items"], strict=True):
        assert same_title(entry.title, item.get("title"), instead_of(entry))
        if item.get("link", "").startswith("http") and not original:
            assert urls.absolute("", item["link"].strip()) == entry.link
