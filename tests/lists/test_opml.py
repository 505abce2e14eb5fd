"""Lists of subscriptions: what other readers write, what is broken, what is hostile, and the way round."""

import codecs
import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import Misuse
from reader.lists import folders, opml
from reader.models import NewSource, Source
from reader.text import clean_line
from reader.text.logins import without_logins
from tests import SHARED


def listed(body: str, head: str = "", version: str = "2.0") -> bytes:
    """Return an OPML document."""
    start = f'<?xml version="1.0" encoding="UTF-8"?><opml version="{version}"><head>{head}</head>'
    return f"{start}<body>{body}</body></opml>".encode()


def feed(name: str, extra: str = "") -> str:
    return f'<outline type="rss" text="{name}" xmlUrl="https://{name.lower()}.example/feed" {extra}/>'


def read(document: bytes) -> opml.Subscriptions:
    return opml.parse(document, "feeds.opml")


def names(document: bytes) -> list[tuple[str, str | None]]:
    return [(feed.title, feed.folder) for feed in read(document).feeds]


@pytest.mark.parametrize("version", ["1.0", "1.1", "2.0"])
def test_folders_lie_in_folders_and_a_slash_in_a_name_is_no_folder(version: str) -> None:
    body = f'<outline text="World"><outline text="AC/DC">{feed("Gull")}</outline>{feed("Tern")}</outline>{feed("Auk")}'
    assert names(listed(body, version=version)) == [("Gull", "World/AC\\/DC"), ("Tern", "World"), ("Auk", None)]


def test_names_of_attributes_count_in_any_letter_case_and_title_stands_in_for_text() -> None:
    page = 'HTMLURL="https://gull.example/" Category="a, /b/c,a"'
    body = f'<OUTLINE TITLE="Gull" XMLURL="https://gull.example/feed" {page}/>'
    for document in (listed(body), listed(body, "&")):
        (gull,) = read(document).feeds
        assert (gull.title, gull.home, gull.categories) == ("Gull", "https://gull.example/", ("a", "/b/c"))


def test_a_feed_without_a_name_has_its_address_until_its_own_comes() -> None:
    assert names(listed('<outline xmlUrl="https://www.gull.example/feed"/>')) == [
        ("https://www.gull.example/feed", None)
    ]


def test_in_newsboats_lists_the_first_category_is_the_folder() -> None:
    body = feed("Gull", 'category="coast,tag/three"') + feed("Tern")
    head = "<title>Newsboat - Exported Feeds</title>"
    assert names(listed(body, head)) == [("Gull", "coast"), ("Tern", None)]
    assert names(listed(body)) == [("Gull", None), ("Tern", None)]


def test_what_is_no_feed_is_told_and_a_feed_in_the_list_twice_is_taken_once() -> None:
    body = (
        '<outline type="link" text="A page" url="https://gull.example/"/>'
        '<outline type="include" text="More" url="https://gull.example/more.opml"/>'
        '<outline text="Nothing"/>'
        '<outline text="Tweets" xmlUrl="|~/fetch.py"/>'
        '<outline text="Local" xmlUrl="file:///etc/passwd"/>'
        f"{feed('Gull')}"
        '<outline text="Again" xmlUrl="HTTPS://GULL.example:443/feed#top"/>'
        '<outline text="Old" xmlUrl="feed://tern.example/feed"/>'
    )
    found = read(listed(body))
    assert [one.url for one in found.feeds] == ["https://gull.example/feed", "https://tern.example/feed"]
    assert [left.why for left in found.left_out] == ["link", "include", "no-address", "program", "not-web", "double"]


@pytest.mark.parametrize(
    "body",
    [
        '<outline text="Fish & Chips" xmlUrl="https://gull.example/feed?a=1&b=2"/>',
        '<outline text="Fish &amp; Chips" xmlUrl="https://gull.example/feed?a=1&b=2">',
        "<outline text='Fish &amp; Chips' xmlUrl='https://gull.example/feed?a=1&amp;b=2'></outline></b>",
        (
            '<outline text="Fish &amp; Chips" description="<p>A "quoted" <a href="x">link</a>&nbsp;</p>" '
            'xmlUrl="https://gull.example/feed?a=1&amp;b=2"/>'
        ),
        (
            "<outline text='Fish &#38; Chips' xmlUrl=x /><!-- <outline xmlUrl='https://no.example/'/> -->"
            "<outline text='Fish &#38; Chips' xmlUrl=https://gull.example/feed?a=1&b=2 />"
        ),
    ],
)
def test_what_is_not_well_formed_is_recovered(body: str) -> None:
    found = read(f'<opml version="1.0"><body><outline text="Food">{body}{feed("Tern")}</outline></body>'.encode())
    assert found.not_well_formed
    assert [(one.title, one.url, one.folder) for one in found.feeds] == [
        ("Fish & Chips", "https://gull.example/feed?a=1&b=2", "Food"),
        ("Tern", "https://tern.example/feed", "Food"),
    ]


def test_what_is_well_formed_is_read_as_it_is() -> None:
    found = read(listed('<outline text="Fish &amp; &lt;Chips&gt; &quot;" xmlUrl="https://gull.example/?a=1&amp;b=2"/>'))
    assert not found.not_well_formed
    assert [(one.title, one.url) for one in found.feeds] == [('Fish & <Chips> "', "https://gull.example/?a=1&b=2")]


def test_a_quote_within_a_name_belongs_to_it() -> None:
    (gull,) = read(b'<opml><outline text="The "Gull". Daily" xmlUrl="https://gull.example/feed" /></opml>').feeds
    assert gull.title == 'The "Gull". Daily'


def test_a_quote_that_is_missing_costs_one_outline_and_is_told() -> None:
    found = read(f'<opml><outline text="Gull xmlUrl=https://gull.example/feed />\n{feed("Tern")}</opml>'.encode())
    assert [one.title for one in found.feeds] == ["Tern"]
    assert [left.why for left in found.left_out] == ["broken"]


TEXT = '<opml version="1.0"><body><outline text="Đường phố" xmlUrl="https://gull.example/feed"/></body></opml>'


@pytest.mark.parametrize(
    "document",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + b"\n" + TEXT.encode(),
        TEXT.encode("utf-16"),
        TEXT.encode("utf-16-be"),
        b'<?xml version="1.0" encoding="iso-8859-1"?>' + TEXT.encode(),
        b'<?xml version="1.0" encoding="nonsense"?>' + TEXT.encode(),
        b'<?xml version="1.0" encoding="koi8-r"?>' + TEXT.replace("Đường phố", "Газета").encode("koi8-r"),
    ],
)
def test_the_encoding_is_found_out(document: bytes) -> None:
    (gull,) = read(document).feeds
    assert gull.title in ("Đường phố", "Газета")


def test_control_codes_and_markup_in_names_are_only_text() -> None:
    (gull,) = read(listed('<outline text="&#x9b;31mGull [/] &#x202e;x" xmlUrl="https://gull.example/&#9;feed"/>')).feeds
    assert gull.title == "Gull [/] x"
    assert gull.url == "https://gull.example/feed"


LAUGHS = (
    '<!DOCTYPE opml [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True))
    + "]>"
)


@pytest.mark.parametrize(
    ("document", "words"),
    [
        (b"", "feeds.opml is empty"),
        (b" \n\xef\xbb\xbf", "feeds.opml"),
        (f"{LAUGHS}<opml><body><outline text='&j;'/></body></opml>".encode(), "entities of its own"),
        (b"<!DOCTYPE html><html><body><p>Hello</html>", "a web page"),
        (b"<html><p>Hello", "a web page"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "is a feed"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", "is a feed"),
        (b"Dear reader, this is a letter", "not OPML"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "not OPML"),
    ],
)
def test_what_is_no_list_says_so(document: bytes, words: str) -> None:
    with pytest.raises(Misuse, match=re.escape(words)):
        read(document)


def test_what_is_too_large_says_so() -> None:
    with pytest.raises(Misuse, match="larger than 64 MB"):
        read(bytes(opml.LARGEST + 1))


def test_a_list_with_nothing_in_it_is_a_list() -> None:
    assert read(b'<?xml version="1.0"?><opml version="2.0"><head/><body/></opml>').feeds == ()


def test_a_thousand_folders_deep_is_read_and_kept_bounded() -> None:
    deep = '<outline text="in">' * 1000 + feed("Gull") + "</outline>" * 1000
    for document in (listed(deep), listed(deep, "&")):
        ((title, folder),) = names(document)
        assert title == "Gull"
        assert folders.split(folder) == ("in",) * opml.DEEPEST


@pytest.mark.parametrize(
    "filling",
    [
        b'<outline text="Gull" xmlUrl="https://gull.example/feed"/>',
        b'<outline text="Fish & Chips" xmlUrl="https://gull.example/feed"/>',
        b'<outline text="a" ',
        b'<outline text="in">',
        b"<!--",
        b'a="',
        b'" ',
    ],
    ids=["feeds", "broken", "open", "deep", "comments", "attributes", "quotes"],
)
def test_fifty_megabytes_end_within_seconds(filling: bytes) -> None:
    document = b'<opml version="2.0"><body><outline text="' + filling * (50_000_000 // len(filling))
    began = time.perf_counter()
    try:
        assert len(read(document).feeds) <= 1
    except Misuse as error:
        assert "more than" in str(error)  # noqa: PT017  # either is right, and quick is what is asked
    assert time.perf_counter() - began < 20


def test_one_title_of_fifty_megabytes_does_not_hide_the_feed() -> None:
    body = f'<outline text="{"a" * 50_000_000}" xmlUrl="https://gull.example/feed"/>'
    (gull,) = read(listed(body)).feeds
    assert len(gull.title) == 500


@pytest.mark.parametrize("count", [opml.FEEDS_AT_MOST, opml.FEEDS_AT_MOST + 1])
def test_more_feeds_than_a_person_has_are_refused(count: int) -> None:
    document = listed("".join(f'<outline xmlUrl="https://gull.example/{n}"/>' for n in range(count)))
    if count <= opml.FEEDS_AT_MOST:
        assert len(read(document).feeds) == count
    else:
        with pytest.raises(Misuse, match="more than 20,000 feeds"):
            read(document)


def test_settings_that_make_no_sense_are_left_out() -> None:
    said = "interval='-5' stories='many' seconds='1e9' user-agent='a&#10;b' press='red;}' kind='x' feed-text='yes'"
    own = re.sub(r"([a-z-]+)=", r"n:\1=", said)
    (gull,) = read(listed(f'<outline xmlns:n="{opml.NAMESPACE}" {own} xmlUrl="https://gull.example/feed" />')).feeds
    assert (gull.interval, gull.stories, gull.seconds, gull.brand_colour, gull.feed_text) == (
        None,
        None,
        None,
        None,
        False,
    )


LINE = st.text(max_size=30).map(clean_line)
NAME = LINE.filter(bool)
MAYBE = st.none()
SOURCES = st.lists(
    st.builds(
        Source,
        id=st.just(0),
        url=st.text("abcdefgh", min_size=1, max_size=8).map(lambda path: f"https://gull.example/{path}?a=1&b='2'"),
        title=NAME.filter(lambda name: without_logins(name) == name),  # what looks like a login is left out
        short=MAYBE | NAME,
        home=MAYBE | st.just("https://gull.example/"),
        folder=st.lists(NAME.filter(lambda name: name not in (".", "..")), max_size=4).map(folders.join),
        language=MAYBE | st.sampled_from(("vi", "en-GB")),
        brand_colour=MAYBE | st.sampled_from(["#b7282e", "teal"]),
        interval=MAYBE | st.integers(60, 10**6),
        stories=MAYBE | st.integers(0, 1000),
        feed_text=st.booleans(),
        browser=st.booleans(),
        user_agent=MAYBE | st.just('Mozilla/5.0 ("&<>)'),
        seconds=MAYBE | st.integers(1, 600).map(lambda n: n / 2),
        categories=st.lists(NAME, max_size=4, unique=True).map(tuple),
    ),
    unique_by=lambda source: source.url,
    max_size=8,
)


def facts(source: Source | NewSource) -> tuple[object, ...]:
    return (
        source.url,
        source.title,
        source.short,
        source.home,
        source.folder,
        source.language,
        source.brand_colour,
        source.interval,
        source.stories,
        source.feed_text,
        source.browser,
        source.user_agent,
        source.seconds,
        source.categories,
    )


@given(SOURCES)
def test_a_round_trip_loses_nothing(sources: list[Source]) -> None:
    found = read(opml.write(sources))
    assert not found.not_well_formed
    assert not found.left_out
    place = {source.url: at for at, source in enumerate(sources)}
    back = sorted(map(facts, found.feeds), key=lambda fact: place[str(fact[0])])
    assert back == [facts(source) for source in sources]
    for folder in {source.folder for source in sources}:  # within a folder the order is the same
        there = [feed.url for feed in found.feeds if feed.folder == folder]
        assert there == [source.url for source in sources if source.folder == folder]


@given(st.text(max_size=200) | st.binary(max_size=200))
def test_whatever_is_in_the_file_it_is_read_or_refused(written: str | bytes) -> None:
    document = written if isinstance(written, bytes) else f"<opml><outline {written}".encode("utf-8", "replace")
    try:
        read(document)
    except Misuse as error:
        assert "feeds.opml" in str(error)  # noqa: PT017  # either is right


COLLECTIONS = SHARED / "feeds"


def test_every_feed_of_the_collections_is_read() -> None:
    files = sorted(COLLECTIONS.rglob("*.opml"))
    if not files:
        pytest.skip("../shared/feeds is not here")
    not_well_formed = 0
    for file in files:
        data = file.read_bytes()
        try:
            found = read(data)
        except Misuse:
            assert file.name in ("missingOpml.opml",)
            continue
        not_well_formed += found.not_well_formed
        addresses = re.findall(rb"xmlurl\s*=\s*[\"'][^\"']+[\"']", data, re.I)
        told = [left for left in found.left_out if left.why in ("double", "program", "not-web")]
        assert len(found.feeds) + len(told) == len(addresses), file
    assert not_well_formed >= 80


def test_a_byte_that_is_no_utf8_costs_no_letter_of_another_line() -> None:
    lines = [b'<outline text="Caf\xc3\xa9" xmlUrl="https://cafe.example/"/>']
    lines += [
        b'<outline text="T\xeate %d \x80" xmlUrl="https://t%d.example/"/>' % (number, number) for number in range(9)
    ]
    document = b"<opml><body>\n" + b"\n".join(lines) + b"\n</body></opml>"
    assert [feed.title for feed in opml.parse(document, "list").feeds] == [
        "Café",
        *(f"Tête {number} €" for number in range(9)),
    ]


def test_a_reference_to_a_lone_surrogate_costs_one_outline_at_most() -> None:
    document = (
        '<opml><body><outline text="&#xDC80;" xmlUrl="https://gu&#xDC80;ll.example/"/>'
        '<outline text="a&#xDC80;" xmlUrl="https://gull.example/"/></body></opml>'
    )
    read = opml.parse(document.encode(), "list")
    assert read.feeds[-1].url == "https://gull.example/"
    for feed in read.feeds:
        f"{feed.title} {feed.url}".encode()


def test_a_name_of_control_letters_alone_is_none() -> None:
    document = listed(
        '<outline text="&#x9b;"><outline text=".."><outline text="&#x85;&#x202e;"'
        ' xmlUrl="https://gull.example/a"/><outline text="&#x9f;" title="Auk" xmlUrl="https://gull.example/b"/>'
        "</outline></outline>"
    )
    assert names(document) == [("https://gull.example/a", None), ("Auk", None)]


def test_a_feed_whose_title_is_its_long_address_is_the_same_when_it_is_read_again() -> None:
    web = f"https://gull.example/feed?{'a' * 1_000}"
    (new,) = opml.parse(f'<opml><body><outline xmlUrl="{web}"/></body></opml>'.encode(), "feeds.opml").feeds
    written = opml.write([Source(id=1, url=new.url, title=new.title)])
    (again,) = opml.parse(written, "again.opml").feeds
    assert new.title == again.title == web
