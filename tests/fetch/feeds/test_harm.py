"""What a feed hides does nothing: entities, bombs, deep nesting, and whatever comes at random."""

import contextlib
import socket
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import errors
from reader.fetch import feeds, jsonfeed, xml_feed
from tests.fetch.feeds.feed_documents import PAPER, described, only, rss


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("a feed reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_external_entities_are_never_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    document = f"""<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd" [
        <!ENTITY a SYSTEM "file://{secret}"> <!ENTITY % b SYSTEM "http://127.0.0.1:9/b.dtd"> %b;]>
        <rss version="2.0"><channel><title>T&a;</title><item><title>X&a;</title><guid>1</guid></item></channel></rss>"""
    feed = feeds.parse(document.encode(), "http://127.0.0.1:9/")
    assert "the secret" not in repr(feed)
    assert [entry.guid for entry in feed.entries] == ["1"]


def test_a_feeds_own_small_entities_are_expanded() -> None:
    document = b'<!DOCTYPE rss [<!ENTITY paper "The Paper">]><rss><channel><title>&paper; today</title></channel></rss>'
    assert feeds.parse(document, PAPER).title == "The Paper today"


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a0 "lol">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)),
        f'<!ENTITY a9 "{"A" * 100_000}">',
    ],
    ids=["a billion laughs", "a quadratic blowup"],
)
def test_a_bomb_of_entities_stays_small(entities: str) -> None:
    references = "&a9;" * 10_000
    head = f"<!DOCTYPE rss [{entities}]><rss><channel><title>T</title>"
    document = f"{head}<item><title>{references}</title></item></channel></rss>"
    started = time.process_time()
    feed = feeds.parse(document.encode(), PAPER)
    assert time.process_time() - started < 5
    assert len(repr(feed)) < 100_000


@pytest.mark.parametrize("declaration", ["<!ENTITY a ", '<!ENTITY a "', "<!ENTITY a '\"", '<!ENTITY a "x" '])
def test_entities_that_never_end_take_no_longer_than_any_others(declaration: str) -> None:
    document = f"<rss><channel><title>T</title>{declaration * 20_000}"
    started = time.process_time()
    with contextlib.suppress(errors.NotAFeed):
        feeds.parse(document.encode(), PAPER)
    assert time.process_time() - started < 10


OPENED = ("<!--", "<![CDATA[", "<!DOCTYPE", "<!DOCTYPE [", "<script>", "<style ", "<head>", "<?", "<rss ", "<feed x ")


@pytest.mark.parametrize("opened", OPENED)
@pytest.mark.parametrize(
    "around",
    [
        ("", "<rss><channel><title>T</title></channel></rss>"),
        ("<rss><channel><title>T</title><item><title>Tin &eacute;", "</title></item></channel></rss>"),
        ("<html><body><p>", "</p><rss version='2.0'><channel><item><title>Tin</title></item></channel></rss>"),
        ("<html><body><rss version='2.0'><channel><item><title>Tin</title></item></channel></rss><p>", ""),
    ],
    ids=["before", "within", "before in HTML", "behind in HTML"],
)
def test_what_is_opened_very_often_and_never_ends_takes_no_longer(opened: str, around: tuple[str, str]) -> None:
    document = (opened * (200_000 // len(opened))).join(around)
    started = time.process_time()
    with contextlib.suppress(errors.NotAFeed):
        feeds.parse(document.encode(), PAPER)
    assert time.process_time() - started < 4


@pytest.mark.parametrize("tag", ["div", "ul><li", "table", "a", "b", "unknown"])
def test_deep_nesting_is_bounded(tag: str) -> None:
    deep = f"<{tag}>" * 20_000
    started = time.process_time()
    assert described(deep + "words").title == "Tin"
    nested = f"<item><title>Tin</title><guid>1</guid>{'<a>' * 5_000}{'</a>' * 5_000}</item>"
    assert only(rss(nested)).title == "Tin"
    assert time.process_time() - started < 10


FRAGMENTS = st.lists(
    st.one_of(
        st.sampled_from(
            "<rss> <rss|version='2.0'> <channel> <item> </item> <title> </title> <link> <guid> <description> <pubDate> "
            "<entry> <feed> <![CDATA[ ]]> <!-- --> &amp; &#8238; &nbsp; <!DOCTYPE <!ENTITY <? ?> { } <content:encoded> "
            "<image> <media:content url='x' > < & <enclosure/> <svg> <source>".replace("|", " ").split(" ")
        ),
        st.text(max_size=5),
    ),
    max_size=30,
).map(" ".join)


@settings(deadline=None)  # a busy machine is no fault
@given(FRAGMENTS | FRAGMENTS.map("<rss><channel><item>".__add__), st.sampled_from(["utf-8", "utf-16", "latin-1"]))
def test_whatever_comes_it_is_a_feed_or_none(document: str, encoding: str) -> None:
    try:
        feed = feeds.parse(document.encode(encoding, "replace"), PAPER)
    except errors.NotAFeed:
        return
    assert feed.title
    assert len({entry.guid for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert entry.guid
        assert entry.title
        assert "\x1b" not in repr(entry)


@settings(deadline=None)  # a busy machine is no fault
@given(st.binary(max_size=300))
def test_random_bytes_are_no_feed(document: bytes) -> None:
    with pytest.raises(errors.NotAFeed):
        feeds.parse(document, PAPER)


@pytest.mark.parametrize(
    ("begin", "piece"),
    [
        ("<rss><channel><title>The Lamp</title>", "<a "),
        ("<rss><channel><title>The Lamp</title>", "<div>"),
        ("<rss><channel><title>The Lamp</title><item><title>One</title><description>", "<p>"),
        ("<rss><channel><title>The Lamp</title><item><title>One</title>", "</a>"),
    ],
)
def test_tags_without_end_are_read_up_to_a_bound(begin: str, piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A megabyte took ten to twenty seconds: each piece costs some 30 µs."""
    monkeypatch.setattr(xml_feed._Loose, "most_elements", 100)
    feed = feeds.parse(f"{begin}{piece * 300}<item><title>Late".encode(), PAPER)
    assert (feed.title, feed.fault is not None) == ("The Lamp", True)
    assert "Late" not in [entry.title for entry in feed.entries]


@pytest.mark.parametrize(
    "channel",
    [
        "<x " + " ".join(f'a{n}="1"' for n in range(4_000)) + "/>",
        "".join(f'<n{n}:a xmlns:n{n}="urn:{n}"/>' for n in range(4_000)),
        f"<item><title>Many</title>{''.join(f'<category>c{n}</category>' for n in range(4_000))}</item>",
    ],
)
def test_attributes_namespaces_and_categories_take_no_longer_the_more_there_are(channel: str) -> None:
    """Each was compared with all that stood before it: 2 to 10 s for these."""
    document = f"<rss><channel><title>The Lamp</title>{channel}<item><title>One</title></item></channel></rss>"
    began = time.process_time()
    feed = feeds.parse(document.encode(), PAPER)
    assert time.process_time() - began < 1.5
    assert (feed.title, feed.entries[-1].title, feed.fault) == ("The Lamp", "One", None)


def test_the_first_entries_are_read_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xml_feed, "MOST_ENTRIES", 10)
    monkeypatch.setattr(jsonfeed, "ENTRIES_AT_MOST", 10)
    items = [f"<item><title>Lamp {n}</title></item>" for n in range(15)]
    feed = feeds.parse(f"<rss><channel><title>T</title>{''.join(items)}</channel></rss>".encode(), PAPER)
    assert (len(feed.entries), feed.entries[-1].title, feed.fault) == (10, "Lamp 9", None)
    listed = ",".join(f'{{"id":"{n}","content_text":"Lamp"}}' for n in range(15))
    written = f'{{"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{listed}]}}'
    assert len(feeds.parse(written.encode(), PAPER).entries) == 10


@pytest.mark.parametrize("marks", ["\u0300\u0327", "\u0f73\u0f71\u0f72"])
@pytest.mark.parametrize("place", ["link", "base", "media"])
def test_an_address_with_a_hundred_thousand_marks_costs_that_address(marks: str, place: str) -> None:
    """A host is normalized where it is parted: the time grows with the square of the marks on one letter."""
    bad = f"https://gull{marks * 50_000}.example/keel"
    links = {"link": "keel", "media": "keel.mp3"} | {place: bad}
    base = bad if place == "base" else "https://gull.example/"
    document = (
        f"<feed xmlns='http://www.w3.org/2005/Atom' xml:base='https://gull.example/'><title>Gull</title>"
        f"<entry xml:base='{base}'><title>Keel</title><id>urn:uuid:1</id><link href='{links['link']}'/>"
        f"<link rel='enclosure' href='{links['media']}' type='audio/mpeg'/></entry></feed>"
    )
    started = time.process_time()
    (entry,) = feeds.parse(document.encode(), "https://gull.example/feed").entries
    assert time.process_time() - started < 1.5
    assert entry.title == "Keel"
    assert entry.link == (None if place == "link" else "https://gull.example/keel")
    assert len(entry.enclosures) == (0 if place == "media" else 1)


def test_entries_with_nothing_in_them_cost_little_and_hide_no_other() -> None:
    document = rss("<item>" * 9_000 + "<item><title>Keel</title></item>")
    started = time.process_time()
    assert [entry.title for entry in feeds.parse(document, PAPER).entries] == ["Keel"]
    assert time.process_time() - started < 4


@pytest.mark.parametrize("blank", ["\n", "\r\n", "\n\t", "\n\x0b"])
def test_thousands_of_blank_lines_before_the_root_take_no_longer(blank: str) -> None:
    document = b"<?x ?>" + blank.encode() * 60_000 + rss("<item><title>Keel</title></item>").partition(b"?>")[2]
    started = time.process_time()
    assert [entry.title for entry in feeds.parse(document, PAPER).entries] == ["Keel"]
    assert time.process_time() - started < 2
