"""Feeds as papers send them: what they mean is read."""

import json
from datetime import UTC, datetime

import pytest

from reader.fetch import feeds
from reader.models import Enclosure, Entry
from reader.text import dates
from tests import present
from tests.fetch.feeds.feed_documents import PAPER, atom, described, only, rss

# What a feed says


def test_a_vietnamese_rss_feed_says_all_it_has() -> None:
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
            enclosures=(Enclosure("https://bao.example.vn/nghe/cau.mp3", "audio/mpeg", 1234),),
        ),
    )


def test_an_atom_feed_says_all_it_has() -> None:
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
    assert (entry.title, entry.summary) == ("A bridge", "Three kilometres.")
    assert entry.content == '<base href="https://paper.example/blog/"><p>It opened.</p>'
    assert (entry.authors, entry.section) == (("Ann Lee", "Bo Tran"), "city")
    assert entry.published == datetime(2026, 8, 23, 5, 49, tzinfo=dates.VIETNAM)
    assert entry.enclosures == (Enclosure("https://paper.example/blog/bridge.mp3", "audio/mpeg"),)


def test_rss_1_is_read_too() -> None:
    document = b"""<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://a.example/"><title>Asahi</title><link>https://a.example/</link></channel><item rdf:about="https://a.example/1">
        <title>One</title><link>https://a.example/1</link><dc:date>2026-08-23T05:49+09:00</dc:date></item></rdf:RDF>"""
    feed = feeds.parse(document, "https://a.example/rdf")
    assert feed.title == "Asahi"
    assert feed.entries[0].guid == "https://a.example/1"
    assert feed.entries[0].published == datetime(2026, 8, 22, 20, 49, tzinfo=UTC)


def test_a_json_feed_says_all_it_has() -> None:
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
    assert bridge.enclosures == (Enclosure("https://paper.example/b.mp3", "audio/mpeg", 12),)
    assert note.title == "A note <b>without</b> a title. Two paragraphs."
    assert note.content == "<p>A note &lt;b&gt;without&lt;/b&gt; a title.</p><p>Two paragraphs.</p>"
    assert note.authors == ("Bo",)


def test_rss_written_as_json_is_read() -> None:
    data = {"rss": {"channel": {"title": "Notes", "item": [{"title": "One", "link": "https://a.example/1"}]}}}
    feed = feeds.parse(json.dumps(data).encode(), "https://a.example/rss.json")
    assert [(entry.guid, entry.title) for entry in feed.entries] == [("https://a.example/1", "One")]


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
def test_a_summary_is_what_the_paper_says_of_the_story(html: str, summary: str) -> None:
    assert described(html).summary == summary


def test_a_summary_is_the_first_paragraphs_and_a_long_description_is_content() -> None:
    html = "".join(f"<p>Đoạn {number}. {'chữ ' * 40}</p>" for number in range(20))
    entry = described(html)
    summary = present(entry.summary)
    assert summary.startswith("Đoạn 0. ")
    assert "Đoạn 1." in summary
    assert "Đoạn 5." not in summary
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
def test_the_best_picture_is_found(inside: str, picture: str | None) -> None:
    entry = only(rss(f"<item><title>Tin</title><guid>1</guid>{inside}</item>"))
    assert entry.picture == (picture and "https://bao.example.vn" + picture)


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "mailto:a@b.example"]
)
def test_a_link_that_is_no_page_is_no_link(link: str) -> None:
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
        ("<pubDate>1772000000</pubDate>", "2026-02-25T06:13:20+00:00"),
        ("<pubDate>1772000000000</pubDate>", "2026-02-25T06:13:20+00:00"),
        ("<dc:date>2026-W09-3</dc:date>", "2026-02-25T00:00:00+00:00"),
        ("<dc:date>2026-056</dc:date>", "2026-02-25T00:00:00+00:00"),
        # What feedparser makes a day of, of another year or of today's month.
        ("<pubDate>2026-02-30T05:49:00Z</pubDate>", None),
        ("<pubDate>2026-02-11T27:49:00Z</pubDate>", None),
        ("<pubDate>--02-11</pubDate>", None),
        ("<pubDate>20</pubDate>", None),
        ("<pubDate>16022</pubDate>", None),
    ],
)
def test_a_story_has_the_time_its_paper_gives(inside: str, published: str | None) -> None:
    found = only(rss(f"<item><title>Tin</title>{inside}</item>")).published
    assert (found and found.isoformat()) == published


# Guids


def test_guids_are_never_empty_and_never_shared() -> None:
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


def test_the_same_story_twice_in_a_feed_is_one() -> None:
    item = "<item><guid>1</guid><title>Tin</title><link>/1</link></item>"
    assert len(feeds.parse(rss(item + item), PAPER).entries) == 1


def test_a_guid_does_not_change_from_one_reading_to_the_next() -> None:
    document = rss("<item><title>Không có gì khác</title><pubDate>Sun, 23 Aug 2026 05:49:00 +07</pubDate></item>")
    assert only(document).guid == only(document).guid
