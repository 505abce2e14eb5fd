"""The titles of a feed and of its entries, as papers write them: plain text comes of it."""

import pytest

from reader.fetch import feeds
from tests.fetch.feeds.feed_documents import atom, only, rss, title_of


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
def test_a_title_is_plain_text(written: str, read: str) -> None:
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
