"""The HTML that a feed carries becomes an article by the same converter as a page."""

from datetime import UTC, datetime

from reader.extract import extract_content
from reader.models import LinkKind
from tests.extract.sample_pages import SENTENCES, paragraphs

URL = "https://marsh.example/ferry"


def test_a_feeds_own_content_is_an_article_with_the_feeds_facts() -> None:
    when = datetime(2024, 2, 3, tzinfo=UTC)
    article = extract_content(
        f'<p><img src="/a.jpg" width="600"></p>{paragraphs()}'
        '<ul><li><a href="/bridge">The bridge that fell twice</a></li></ul>',
        URL,
        title="Ferry saved",
        authors=("Ann Lee",),
        published=when,
        section="Local",
    )
    assert article.how == "feed"
    assert (article.title, article.authors, article.published, article.section) == (
        "Ferry saved",
        ("Ann Lee",),
        when,
        "Local",
    )
    assert article.markdown == "\n\n".join(["![](https://marsh.example/a.jpg)", *SENTENCES])
    assert [link.title for link in article.links if link.kind is LinkKind.RELATED] == ["The bridge that fell twice"]


def test_plain_text_and_nothing_are_taken_as_they_are() -> None:
    assert extract_content("Only a line, no markup at all.", URL).markdown == "Only a line, no markup at all."
    for nothing in ("", "  ", "<img src='x.gif' width='1'>", "<script>x()</script>"):
        article = extract_content(nothing, URL, title="T")
        assert (article.markdown, article.how) == ("", "nothing")
