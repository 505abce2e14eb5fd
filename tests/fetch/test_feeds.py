"""Feeds as papers send them: what they mean is read, what they break is told, what they hide does nothing."""

import contextlib
import json
import random
import socket
import time
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader import dates, errors
from reader.fetch import feeds
from reader.models import Enclosure, Entry, FailureKind, Feed

PAPER = "https://bao.example.vn/rss/moi-nhat.rss"


def rss(items: str, channel: str = "<title>Báo mới</title><link>https://bao.example.vn/</link>") -> bytes:
    names = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    )
    return f'<?xml version="1.0"?><rss version="2.0" {names}><channel>{channel}{items}</channel></rss>'.encode()


def atom(entries: str) -> bytes:
    head = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>'
    return f"{head}{entries}</feed>".encode()


def only(document: bytes, url: str = PAPER) -> Entry:
    [entry] = feeds.parse(document, url).entries
    return entry


def title_of(written: str) -> str:
    return only(rss(f"<item><title>{written}</title><link>https://bao.example.vn/1</link></item>")).title


def described(html: str) -> Entry:
    return only(
        rss(f"<item><title>Tin</title><link>/1.html</link><description><![CDATA[{html}]]></description></item>")
    )


# What a feed says


def test_a_vietnamese_rss_feed_says_all_it_has():
    feed = feeds.parse(
        rss(
            """<item><title>Cầu mới qua sông Hồng</title><link>/thoi-su/cau-moi-1.html?utm_source=rss</link>
            <guid isPermaLink="false">cau-moi-1</guid><pubDate>Sun, 23 Aug 2026 05:49:00 +07</pubDate>
            <category>Thời sự</category><category>Hà Nội</category><dc:creator>Nguyễn An</dc:creator>
            <description><![CDATA[<a href="/1"><img src="/cau.jpg"/></a></br>(Báo mới) - Cầu dài 3 km.]]></description>
            <content:encoded><![CDATA[<p>Cầu dài <b>3 km</b>.</p><p>Khởi công hôm nay.</p>]]></content:encoded>
            <enclosure url="/nghe/cau.mp3" type="audio/mpeg" length="1234"/></item>""",
            "<title>Báo mới</title><link>https://bao.example.vn/</link><description>Tin nhanh</description>"
            "<language>vi-VN</language><ttl>15</ttl>",
        ),
        PAPER,
    )
    assert (feed.title, feed.home, feed.language) == ("Báo mới", "https://bao.example.vn/", "vi-VN")
    assert (feed.description, feed.ttl, feed.fault) == ("Tin nhanh", 900, None)
    assert feed.entries == (
        Entry(
            guid="cau-moi-1",
            link="https://bao.example.vn/thoi-su/cau-moi-1.html?utm_source=rss",
            title="Cầu mới qua sông Hồng",
            summary="(Báo mới) - Cầu dài 3 km.",
            content="<p>Cầu dài <b>3 km</b>.</p><p>Khởi công hôm nay.</p>",
            authors=("Nguyễn An",),
            section="Thời sự",
            published=datetime(2026, 8, 23, 5, 49, tzinfo=dates.VIETNAM),
            picture="https://bao.example.vn/cau.jpg",
            enclosure=Enclosure("https://bao.example.vn/nghe/cau.mp3", "audio/mpeg", 1234),
        ),
    )


def test_an_atom_feed_says_all_it_has():
    entry = only(
        atom(
            """<entry xml:base="https://paper.example/blog/"><id>tag:paper.example,2026:1</id><title>A bridge</title>
            <link href="bridge.html"/><link rel="enclosure" href="bridge.mp3" type="audio/mpeg"/>
            <author><name>Ann Lee</name></author><author><name>Bo Tran</name></author><category term="city"/>
            <published>2026-08-23T05:49:00+07:00</published><updated>2026-08-24T00:00:00Z</updated>
            <summary>Three kilometres.</summary><content type="html">&lt;p&gt;It opened.&lt;/p&gt;</content></entry>"""
        ),
        "https://paper.example/feed",
    )
    assert (entry.guid, entry.link) == ("tag:paper.example,2026:1", "https://paper.example/blog/bridge.html")
    assert (entry.title, entry.summary, entry.content) == ("A bridge", "Three kilometres.", "<p>It opened.</p>")
    assert (entry.authors, entry.section) == (("Ann Lee", "Bo Tran"), "city")
    assert entry.published == datetime(2026, 8, 23, 5, 49, tzinfo=dates.VIETNAM)
    assert entry.enclosure == Enclosure("https://paper.example/blog/bridge.mp3", "audio/mpeg")


def test_rss_1_is_read_too():
    document = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://a.example/"><title>Asahi</title><link>https://a.example/</link></channel><item rdf:about="https://a.example/1">
        <title>One</title><link>https://a.example/1</link><dc:date>2026-08-23T05:49+09:00</dc:date></item></rdf:RDF>"""
    feed = feeds.parse(document, "https://a.example/rdf")
    assert feed.title == "Asahi"
    assert feed.entries[0].guid == "https://a.example/1"
    assert feed.entries[0].published == datetime(2026, 8, 22, 20, 49, tzinfo=UTC)


def test_a_json_feed_says_all_it_has():
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Paper",
        "home_page_url": "https://paper.example/",
        "language": "en",
        "authors": [{"name": "Ann Lee"}],
        "items": [
            {
                "id": 7,
                "url": "/bridge",
                "title": "A bridge & more",
                "content_html": "<p>It opened.</p><img src='/b.jpg'>",
                "date_published": "2026-08-23T05:49:00+07:00",
                "tags": ["city", "roads"],
                "attachments": [{"url": "/b.mp3", "mime_type": "audio/mpeg", "size_in_bytes": 12}],
            },
            {"id": "8", "content_text": "A note <b>without</b> a title.\n\nTwo paragraphs.", "author": {"name": "Bo"}},
        ],
    }
    feed = feeds.parse(
        json.dumps(data).encode(), "https://paper.example/feed.json", content_type="application/feed+json"
    )
    assert (feed.title, feed.home, feed.language) == ("Paper", "https://paper.example/", "en")
    bridge, note = feed.entries
    assert (bridge.guid, bridge.link, bridge.title) == ("7", "https://paper.example/bridge", "A bridge & more")
    assert (bridge.summary, bridge.picture) == ("It opened.", "https://paper.example/b.jpg")
    assert (bridge.authors, bridge.section) == (("Ann Lee",), "city")
    assert bridge.published == datetime(2026, 8, 23, 5, 49, tzinfo=dates.VIETNAM)
    assert bridge.enclosure == Enclosure("https://paper.example/b.mp3", "audio/mpeg", 12)
    assert note.title == "A note <b>without</b> a title. Two paragraphs."
    assert note.content == "<p>A note &lt;b&gt;without&lt;/b&gt; a title.</p><p>Two paragraphs.</p>"
    assert note.authors == ("Bo",)


def test_rss_written_as_json_is_read():
    data = {"rss": {"channel": {"title": "Notes", "item": [{"title": "One", "link": "https://a.example/1"}]}}}
    feed = feeds.parse(json.dumps(data).encode(), "https://a.example/rss.json")
    assert [(entry.guid, entry.title) for entry in feed.entries] == [("https://a.example/1", "One")]


# Titles


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Gi&amp;#225; v&amp;agrave;ng", "Giá vàng"),
        ("Don&amp;apos;t &amp;quot;look&amp;quot;", 'Don\'t "look"'),
        ("AT&amp;T and R&amp;amp;D", "AT&T and R&D"),
        ("a &lt; b and 3 &gt; 2", "a < b and 3 > 2"),
        ("We &lt;3 the sea", "We <3 the sea"),
        ("<![CDATA[A <b>bold</b> <i>claim</i>]]>", "A bold claim"),
        ("<![CDATA[How std::vector<int> grows]]>", "How std::vector<int> grows"),
        ("<![CDATA[one<br>two<br/>three]]>", "one two three"),
        ("<![CDATA[x<script>alert(1)</script>y]]>", "xy"),
        ("<![CDATA[seen <!-- hidden --> again]]>", "seen again"),
        ("search?a=1&amp;copy=2", "search?a=1&copy=2"),
        ("  many \n\n lines\t here ", "many lines here"),
        ("[/] [@click=app.quit]quit[/]", "[/] [@click=app.quit]quit[/]"),
        ("x&amp;#8238;gnp.exe", "xgnp.exe"),
        ("x&#8238;gnp.exe", "xgnp.exe"),
        ("x&amp;#27;[31mred", "x[31mred"),
        ("Hô\u0303 trơ\u0323", "Hỗ trợ"),
    ],
)
def test_a_title_is_plain_text(written, read):
    assert title_of(written) == read


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("text", "The &lt;b&gt; element", "The <b> element"),
        ("text", "a &lt; b", "a < b"),
        ("text", "Publisher&amp;#8217;s slip", "Publisher’s slip"),
        ("html", "The &amp;lt;b&amp;gt; &lt;b&gt;element&lt;/b&gt;", "The <b> element"),
        ("html", "A &lt;foo&gt;tag&lt;/foo&gt; of no kind", "A tag of no kind"),
        ("html", "We &lt;3 it", "We <3 it"),
        ("xhtml", '<div xmlns="http://www.w3.org/1999/xhtml">less: &lt;em> <em>here</em></div>', "less: <em> here"),
    ],
)
def test_atom_says_what_its_titles_are(kind, written, read):
    assert only(atom(f'<entry><id>1</id><title type="{kind}">{written}</title></entry>')).title == read


def test_ten_thousand_characters_of_title_are_bounded():
    title = title_of("dài " * 2_500)
    assert len(title) == feeds.TITLE_AT_MOST
    assert title.endswith("…")


def test_an_entry_without_a_title_begins_with_its_words():
    entry = only(rss("<item><guid>1</guid><description>A note about the weather in the capital.</description></item>"))
    assert entry.title == "A note about the weather in the capital."
    assert only(rss("<item><link>https://bao.example.vn/1</link></item>")).title == "https://bao.example.vn/1"


# Descriptions


RELATED = "<ul><li><a href='/2'>Tin thứ hai</a></li><li><a href='/3'><b>Tin thứ ba</b></a></li></ul>"


@pytest.mark.parametrize(
    ("html", "summary"),
    [
        ("Mưa lớn ở miền Trung." + RELATED, "Mưa lớn ở miền Trung."),
        (f"<p>Mưa lớn.</p><p>Bài liên quan:</p>{RELATED}", "Mưa lớn."),
        (f"<div><p>Mưa lớn.</p><div>{RELATED}</div></div> ", "Mưa lớn."),
        (f"Mưa lớn.{RELATED}{RELATED}<br>", "Mưa lớn."),
        ("Cần mang:<ul><li>áo mưa</li><li>đèn pin</li></ul>", "Cần mang: áo mưa đèn pin"),
        (f"Xem {RELATED} rồi đọc tiếp.", "Xem Tin thứ hai Tin thứ ba rồi đọc tiếp."),
        ("Xem:<ul><li><a href='/2'>ở đây</a> mọi tin về cơn mưa lớn</li></ul>", "Xem: ở đây mọi tin về cơn mưa lớn"),
        ("(Dân trí) - Giá &lt;b&gt; tăng", "(Dân trí) - Giá <b> tăng"),
        ("TTO - <a href='/x'><img src='/a.jpg'></a></br>Giá vàng tăng", "TTO - Giá vàng tăng"),
        ("<style>p{color:red}</style><script>x()</script>Chữ", "Chữ"),
    ],
)
def test_a_summary_is_what_the_paper_says_of_the_story(html, summary):
    assert described(html).summary == summary


def test_a_summary_is_the_first_paragraphs_and_a_long_description_is_content():
    html = "".join(f"<p>Đoạn {number}. {'chữ ' * 40}</p>" for number in range(20))
    entry = described(html)
    assert entry.summary.startswith("Đoạn 0. ")
    assert "Đoạn 1." in entry.summary
    assert "Đoạn 5." not in entry.summary
    assert entry.content == html
    assert described("<p>Ngắn.</p>").content is None


@pytest.mark.parametrize(
    ("inside", "picture"),
    [
        ('<media:content url="/s.jpg" width="9"/><media:content url="/l.jpg" width="90" medium="image"/>', "/l.jpg"),
        ('<media:thumbnail url="/t.jpg"/>', "/t.jpg"),
        ('<media:content url="/v.mp4" type="video/mp4"/><media:thumbnail url="/t.jpg"/>', "/t.jpg"),
        ('<enclosure url="/e.jpg" type="image/jpeg" length="0"/>', "/e.jpg"),
        ('<itunes:image href="/i.jpg"/>', "/i.jpg"),
        ("<thumb>/h.jpg</thumb>", "/h.jpg"),
        ("<description>&lt;img src='/p.gif' width='1' height='1'&gt;&lt;img src='/d.jpg'&gt;</description>", "/d.jpg"),
        ("<description>&lt;img src='data:image/gif;base64,R0' data-src='/z.jpg'&gt;</description>", "/z.jpg"),
        ("<description>&lt;img src='javascript:x'&gt;</description>", None),
    ],
)
def test_the_best_picture_is_found(inside, picture):
    entry = only(rss(f"<item><title>Tin</title><guid>1</guid>{inside}</item>"))
    assert entry.picture == (picture and "https://bao.example.vn" + picture)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "mailto:a@b.example"]
)
def test_a_link_that_is_no_page_is_no_link(link):
    assert (
        only(rss(f"<item><title>Tin</title><guid isPermaLink='false'>1</guid><link>{link}</link></item>")).link is None
    )


# Times


@pytest.mark.parametrize(
    ("inside", "published"),
    [
        ("<pubDate>8/23/2026 5:20:00\u202fAM</pubDate>", "2026-08-23T05:20:00+07:00"),
        ("<pubDate>Thứ 5, 28/05/2026 17:00:00 GMT+7</pubDate>", "2026-05-28T17:00:00+07:00"),
        ("<dc:date>2026-08-23T05:49:00+07:00</dc:date>", "2026-08-23T05:49:00+07:00"),
        ("<pubDate>rubbish</pubDate><dc:date>2026-08-23T05:49:00Z</dc:date>", "2026-08-23T05:49:00+00:00"),
        ("<pubDate>Sun, 23 Aug 2026 05:49:00 GMT</pubDate><updated>2026-08-24</updated>", "2026-08-23T05:49:00+00:00"),
        ("<link>https://bao.example.vn/a-188260823054912345.chn</link>", "2026-08-23T05:49:12+07:00"),
        ("<link>https://bao.example.vn/a/b-20260823054912345.htm</link>", "2026-08-23T05:49:12+07:00"),
        ("<link>https://bao.example.vn/a-188269923054912345.chn</link>", None),
        ("<link>https://paper.example/a-188260823054912345.html</link>", None),
        ("<pubDate></pubDate>", None),
    ],
)
def test_a_story_has_the_time_its_paper_gives(inside, published):
    found = only(rss(f"<item><title>Tin</title>{inside}</item>")).published
    assert (found and found.isoformat()) == published


# Guids


def test_guids_are_never_empty_and_never_shared():
    items = "".join(
        f"<item><guid isPermaLink='false'>same</guid><title>Tin {n}</title><link>/{n}</link></item>" for n in range(124)
    )
    feed = feeds.parse(rss(items), PAPER)
    assert len({entry.guid for entry in feed.entries}) == 124
    titled = feeds.parse(
        rss("<item><guid>x</guid><title>Một</title></item><item><guid>x</guid><title>Hai</title></item>"), PAPER
    )
    assert len({entry.guid for entry in titled.entries}) == 2
    made = feeds.parse(rss("<item><title>Một</title></item><item><title>Hai</title></item>"), PAPER)
    assert len({entry.guid for entry in made.entries}) == 2
    assert all(entry.guid for entry in made.entries)


def test_the_same_story_twice_in_a_feed_is_one():
    item = "<item><guid>1</guid><title>Tin</title><link>/1</link></item>"
    assert len(feeds.parse(rss(item + item), PAPER).entries) == 1


def test_a_guid_does_not_change_from_one_reading_to_the_next():
    document = rss("<item><title>Không có gì khác</title><pubDate>Sun, 23 Aug 2026 05:49:00 +07</pubDate></item>")
    assert only(document).guid == only(document).guid


# Encodings


WORDS = "Đồng bằng sông Cửu Long"


@pytest.mark.parametrize(
    ("declared", "real", "content_type"),
    [
        ("utf-8", "utf-8", None),
        ("utf-16", "utf-8", None),
        ("utf-8", "utf-8-sig", None),
        ("utf-16", "utf-16", None),
        ("utf-8", "utf-16-le", None),
        ("utf-8", "utf-16-be", None),
        ("iso-8859-1", "utf-8", None),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
        ("windows-1258", "cp1258", None),
        ("utf-8", "cp1258", "text/xml; charset=windows-1258"),
        ("utf-8", "cp1258", None),
        ("no-such-thing", "utf-8", "text/xml; charset=neither"),
    ],
)
def test_the_words_come_out_whatever_the_declaration_says(declared, real, content_type):
    words = WORDS
    if real == "cp1258":  # it writes a tone as a letter of its own
        words = WORDS.replace("ồ", "ô\u0300").replace("ằ", "ă\u0300").replace("ử", "ư\u0309")
    document = (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><title>{words}</title></channel></rss>'
    )
    assert feeds.parse(document.encode(real), PAPER, content_type=content_type).title == WORDS


@pytest.mark.parametrize(
    "encoding", ["koi8-r", "windows-1251", "shift_jis", "euc-jp", "gb2312", "big5", "iso-2022-jp", "euc-kr"]
)
def test_an_honest_declaration_is_believed(encoding):
    words = {"koi8-r": "Новости", "windows-1251": "Новости", "euc-kr": "뉴스"}.get(encoding, "日本")
    document = (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>{words}</title></channel></rss>'
    )
    assert feeds.parse(document.encode(encoding), "https://a.example/rss").title == words


def test_a_bad_byte_costs_one_letter():
    document = rss(f"<item><title>{WORDS} X</title><guid>1</guid></item>").replace(b" X<", b" \xff<")
    assert only(document).title == f"{WORDS} \ufffd"


@pytest.mark.parametrize(
    "before", ["\n\n  \t", "\ufeff", "<br />\n<b>Warning</b>: mysql_connect() in <b>/x.php</b>\n", "\x00\x00"]
)
def test_what_stands_before_the_declaration_does_no_harm(before):
    document = before.encode() + rss("<item><title>Tin</title><guid>1</guid></item>")
    feed = feeds.parse(document, PAPER)
    assert [entry.title for entry in feed.entries] == ["Tin"]
    assert feed.fault is None


# Broken feeds


def test_a_feed_cut_off_in_the_middle_gives_what_came_before():
    whole = rss("".join(f"<item><title>Tin {n}</title><guid>{n}</guid></item>\n" for n in range(10)))
    feed = feeds.parse(whole[: whole.index(b"Tin 7") + 5], PAPER)
    assert [entry.title for entry in feed.entries[:7]] == [f"Tin {n}" for n in range(7)]
    assert feed.fault is not None
    assert feed.fault.kind is FailureKind.BROKEN_FEED
    assert (feed.fault.url, feed.fault.line, feed.fault.entries) == (PAPER, 8, len(feed.entries))


@pytest.mark.parametrize(
    "broken",
    [
        "<item><title>Một & hai</title><guid>1</guid></item>",
        "<item><title>Một &amp; hai</title><guid>1</guid><lost></item>",
        "<item><title>Một &amp; hai</title><guid>1</guid><no:prefix>x</no:prefix></item>",
        "<item><title>Một &amp; hai</title><guid>1</guid><description>a<br>b</description></item>",
        "<item><title>Một &amp;&nbsp;hai</title><guid>1</guid></item>",
        "<image><width/></image><item><title>Một & hai</title><guid>1</guid></item>",
        "<item><title>Một & hai</title><guid>1</guid><a>&#99999999999; &#xd800; &#x110000; &#0;</a></item>",
    ],
)
def test_broken_xml_gives_the_entries_that_can_be_read_and_says_where_it_broke(broken):
    ok = "<item><title>Ba</title><guid>3</guid></item>"
    feed = feeds.parse(rss(f"\n\n{broken}{ok}"), PAPER)
    assert [entry.title for entry in feed.entries] == ["Một & hai", "Ba"]
    assert feed.fault is not None
    assert (feed.fault.line, feed.fault.entries) == (3, 2)


def test_a_reference_to_no_character_costs_one_letter():
    feed = feeds.parse(rss("<item><title>Tin &#99999999999;&#xD800;.</title><guid>1</guid></item>"), PAPER)
    assert feed.entries[0].title == "Tin \ufffd\ufffd."
    assert feed.fault is None


def test_control_codes_do_not_break_a_feed():
    feed = feeds.parse(rss("<item><title>Tin \x1b[31mđỏ\x1b[0m \x00\x08</title><guid>1</guid></item>"), PAPER)
    assert feed.entries[0].title == "Tin [31mđỏ[0m"
    assert feed.fault is None


def test_a_json_feed_cut_off_in_the_middle_gives_what_came_before():
    items = [{"id": str(n), "title": f"Tin {n}"} for n in range(5)]
    whole = json.dumps({"version": "https://jsonfeed.org/version/1", "title": "Báo", "items": items})
    feed = feeds.parse(whole[: whole.index("Tin 3")].encode(), PAPER)
    assert [entry.title for entry in feed.entries] == ["Tin 0", "Tin 1", "Tin 2"]
    assert feed.fault is not None
    assert feed.fault.entries == 3


# What is no feed


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b" \n",
        b"<!DOCTYPE html><html><head><title>News</title></head><body><p>feed channel rss</p></body></html>",
        b"<html><body><rss></rss></body></html>",
        b'<?xml version="1.0"?><opml version="2.0"><body><outline text="x" xmlUrl="https://a.example/rss"/></body></opml>',
        b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/1</loc></url></urlset>',
        b"just words about an RSS feed",
        b'{"title": "no feed", "items": []}',
        b"[1, 2, 3]",
        b"{" * 100_000,
        b'{"a":' * 100_000,
        b"%PDF-1.7 <</Type /Catalog>>",
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        random.Random(1).randbytes(100_000),
    ],
)  # fmt: skip
def test_what_is_no_feed_is_said_to_be_none(document):
    with pytest.raises(errors.NotAFeed):
        feeds.parse(document, PAPER)


def test_an_empty_feed_is_a_feed():
    feed = feeds.parse(b"<rss><channel/></rss>", PAPER)
    assert feed == Feed(url=PAPER, title="bao.example.vn")


# What would do harm


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("a feed reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.usefixtures("no_network")
def test_external_entities_are_never_fetched(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("the secret")
    document = f"""<?xml version="1.0"?><!DOCTYPE rss SYSTEM "http://127.0.0.1:9/rss.dtd" [
        <!ENTITY a SYSTEM "file://{secret}"> <!ENTITY % b SYSTEM "http://127.0.0.1:9/b.dtd"> %b;]>
        <rss version="2.0"><channel><title>T&a;</title><item><title>X&a;</title><guid>1</guid></item></channel></rss>"""
    feed = feeds.parse(document.encode(), "http://127.0.0.1:9/")
    assert "the secret" not in repr(feed)
    assert [entry.guid for entry in feed.entries] == ["1"]


def test_a_feeds_own_small_entities_are_expanded():
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
def test_a_bomb_of_entities_stays_small(entities):
    references = "&a9;" * 10_000
    head = f"<!DOCTYPE rss [{entities}]><rss><channel><title>T</title>"
    document = f"{head}<item><title>{references}</title></item></channel></rss>"
    started = time.process_time()
    feed = feeds.parse(document.encode(), PAPER)
    assert time.process_time() - started < 5
    assert len(repr(feed)) < 100_000


@pytest.mark.parametrize("declaration", ["<!ENTITY a ", '<!ENTITY a "', "<!ENTITY a '\"", '<!ENTITY a "x" '])
def test_entities_that_never_end_take_no_longer_than_any_others(declaration):
    document = f"<rss><channel><title>T</title>{declaration * 20_000}"
    started = time.process_time()
    with contextlib.suppress(errors.NotAFeed):
        feeds.parse(document.encode(), PAPER)
    assert time.process_time() - started < 10


@pytest.mark.parametrize("tag", ["div", "ul><li", "table", "a", "b", "unknown"])
def test_deep_nesting_is_bounded(tag):
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
def test_whatever_comes_it_is_a_feed_or_none(document, encoding):
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
def test_random_bytes_are_no_feed(document):
    with pytest.raises(errors.NotAFeed):
        feeds.parse(document, PAPER)
