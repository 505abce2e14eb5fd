"""The titles of a feed and of its entries, as papers write them: plain text comes of it."""

import json
from html import escape

import pytest

from reader.fetch import entry_html, feeds
from tests.fetch.feeds.feed_documents import PAPER, atom, only, rss, title_of


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
        ("<![CDATA[x<script>alert(1)</script>y]]>", "x<script>alert(1)</script>y"),
        ("<![CDATA[<!--:en-->Tide<!--:--> tables<!--more-->]]>", "Tide tables"),
        ("<!-- of the XML itself -->Tide<!-- and again -->", "Tide"),
        ("search?a=1&amp;copy=2", "search?a=1&copy=2"),
        ("  many \n\n lines\t here ", "many lines here"),
        ("[/] [@click=app.quit]quit[/]", "[/] [@click=app.quit]quit[/]"),
        ("x&amp;#8238;gnp.exe", "xgnp.exe"),
        ("x&#8238;gnp.exe", "xgnp.exe"),
        ("x&amp;#27;[31mred", "x[31mred"),
        ("Hô\u0303 trơ\u0323", "Hỗ trợ"),
    ],
)
def test_a_title_is_plain_text(written: str, read: str) -> None:
    assert title_of(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The life and death of &lt;marquee&gt;", "The life and death of <marquee>"),
        ("<![CDATA[Nested <table> layouts, without <center>]]>", "Nested <table> layouts, without <center>"),
        ("What &lt;style&gt; and &lt;textarea&gt; swallow", "What <style> and <textarea> swallow"),
        ("Close your &lt;/section&gt;", "Close your </section>"),
        ("&lt;h1&gt; or &lt;h2&gt;?", "<h1> or <h2>?"),
        ("An &lt;input type=&quot;range&quot;&gt; of our own", 'An <input type="range"> of our own'),
        ("Lazy &lt;img loading=lazy&gt;", "Lazy <img loading=lazy>"),
        ("How &lt;!DOCTYPE html&gt; came about", "How <!DOCTYPE html> came about"),
        ("&lt;em&gt;Strong&lt;/em&gt; words on &lt;em&gt;", "Strong words on <em>"),
        ("The &lt;code&gt;&amp;lt;slot&amp;gt;&lt;/code&gt; element", "The <slot> element"),
        ("&amp;lt;slot&amp;gt; explained", "<slot> explained"),
        ("<b>Bold</b> as XML, <br/>and a break", "Bold as XML, and a break"),
        ("&lt;p&gt;All of it&lt;/p&gt;", "All of it"),
        ("&lt;h2 class=&quot;t&quot;&gt;&lt;a href=&quot;/1&quot;&gt;All of it&lt;/a&gt;&lt;/h2&gt;", "All of it"),
        ("&lt;p&gt;One&lt;/p&gt; &lt;p&gt;Two&lt;/p&gt;", "One Two"),
        ("&lt;span title=&quot;a &amp;gt; b&quot;&gt;More&lt;/span&gt;", "More"),
        ("Low tide&lt;br&gt;at six", "Low tide at six"),
        ("Low tide &lt;br /&gt; at six", "Low tide at six"),
        ("Where a &lt;br&gt; belongs", "Where a <br> belongs"),
        ("&lt;br/&gt; is no &lt;p&gt;", "<br/> is no <p>"),
        ("Schleusen&lt;wbr&gt;wärter", "Schleusenwärter"),
        ("&lt;img src=&quot;/s.png&quot; alt=&quot;⛵&quot;&gt; Sails", "⛵ Sails"),
        ("&lt;img src=&quot;/s.png&quot; alt=&quot;A boat at sea&quot;&gt; Sails", "Sails"),
        ("&lt;img src=&quot;/s.png&quot; alt=&quot;A boat at sea&quot;&gt;", "A boat at sea"),
        ("H&lt;sub&gt;2&lt;/sub&gt;O", "H2O"),
        ("&lt;![CDATA[Wrapped twice]]&gt;", "Wrapped twice"),
        ("It&amp;amp;#8217;s thrice", "It’s thrice"),
        ("What Vec&lt;u8&gt; holds", "What Vec<u8> holds"),
    ],
)
def test_a_title_keeps_the_names_of_elements_that_it_speaks_of(written: str, read: str) -> None:
    assert title_of(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Where &lt;!-- begins", "Where <!-- begins"),
        ("Where &amp;lt;!-- begins", "Where <!-- begins"),
        ("Where &amp;amp;lt;!-- begins, and --&amp;amp;gt; ends", "Where <!-- begins, and --> ends"),
        ("<![CDATA[Where &lt;!-- begins]]>", "Where <!-- begins"),
        ("What &lt;!-- a note --&gt; hides", "What <!-- a note --> hides"),
        ("What &amp;lt;!-- a note --&amp;gt; hides", "What <!-- a note --> hides"),
        ("<![CDATA[The “<!--more-->” mark]]>", "The “<!--more-->” mark"),
        ("Write &lt;!-- --&gt;, not &lt;comment&gt;", "Write <!-- -->, not <comment>"),
        ("&lt;b&gt;Where&lt;/b&gt; &lt;!-- begins", "Where <!-- begins"),
        ("<![CDATA[Tide tables <!--more-->]]>", "Tide tables"),
        ("<![CDATA[<!-- 4711 --> Tide tables]]>", "Tide tables"),
    ],
)
def test_a_title_keeps_a_comment_that_it_speaks_of(written: str, read: str) -> None:
    """This test's forerunner wanted *seen again* of *seen <!-- hidden --> again*. But nobody hides words in a title
    that they write by hand, and who wrote it escaped it, or put it into CDATA, for a real comment of the feed never
    gets here: so they speak of it, as of any other element. What programs leave in titles (translations' marks,
    *more*) touches a word; that goes."""
    assert title_of(written) == read


def test_the_title_of_a_feed_speaks_of_elements_too() -> None:
    feed = feeds.parse(rss("", channel="<title>The &lt;blink&gt; &lt;i&gt;papers&lt;/i&gt;</title>"), PAPER)
    assert feed.title == "The <blink> papers"


def test_a_title_of_a_broken_feed_keeps_them() -> None:
    document = rss("<item><title>How <select> works &amp; why</title><link>https://paper.example/1</link></item>")
    assert feeds.parse(document, PAPER).entries[0].title == "How <select> works & why"


def test_a_json_feeds_title_is_text() -> None:
    item = {"id": "1", "title": "Why <script> and <b>bold</b> &amp; more"}
    data = {"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [item]}
    assert feeds.parse(json.dumps(data).encode(), PAPER).entries[0].title == item["title"]


def test_titles_are_read_in_no_time() -> None:
    for piece in ("<b>", "<p>", "<b></b>", '<a href="', "<p></p>", "&lt;", "<![CDATA[", "<!--", "</b><b>", "<br>"):
        assert len(entry_html.title(piece * 50_000, limit=10)) <= 10


@pytest.mark.parametrize(
    ("kind", "written", "read"),
    [
        ("text", "The &lt;b&gt; element", "The <b> element"),
        ("text", "a &lt; b", "a < b"),
        ("text", "Publisher&amp;#8217;s slip", "Publisher’s slip"),
        ("html", "The &amp;lt;b&amp;gt; &lt;b&gt;element&lt;/b&gt;", "The <b> element"),
        ("html", "A &lt;foo&gt;tag&lt;/foo&gt; of no kind", "A tag of no kind"),
        ("html", "We &lt;3 it", "We <3 it"),
        ("text", "Where &amp;lt;!-- begins", "Where <!-- begins"),
        ("text", "What &lt;!-- a note --&gt; hides", "What <!-- a note --> hides"),
        ("html", "Where &lt;!-- begins", "Where <!-- begins"),
        ("html", "Where &amp;lt;!-- begins", "Where <!-- begins"),
        ("html", "What &lt;!-- a note --&gt; hides", "What hides"),
        ("html", "Why &lt;script&gt; blocks the rest", "Why blocks the rest"),
        ("html", "&lt;style&gt;b{}&lt;/style&gt;Plain", "Plain"),
        ("xhtml", '<div xmlns="http://www.w3.org/1999/xhtml">less: &lt;em> <em>here</em></div>', "less: <em> here"),
    ],
)
def test_atom_says_what_its_titles_are(kind: str, written: str, read: str) -> None:
    assert only(atom(f'<entry><id>1</id><title type="{kind}">{written}</title></entry>')).title == read


def test_ten_thousand_characters_of_title_are_bounded() -> None:
    title = title_of("dài " * 2_500)
    assert len(title) == feeds.TITLE_AT_MOST
    assert title.endswith("…")


def test_an_entry_without_a_title_begins_with_its_words() -> None:
    entry = only(rss("<item><guid>1</guid><description>A note about the weather in the capital.</description></item>"))
    assert entry.title == "A note about the weather in the capital."
    assert only(rss("<item><link>https://bao.example.vn/1</link></item>")).title == "https://bao.example.vn/1"
    picture = escape('<p><img src="/gull.jpg" alt="A gull on a bollard"> <img src="/b.jpg"></p>')
    shown = only(rss(f"<item><link>https://bao.example.vn/2</link><description>{picture}</description></item>"))
    assert shown.title == "A gull on a bollard"
