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


def test_a_post_whose_title_is_its_beginning_is_read_whole() -> None:
    post = 'Rain at last, <a href="https://rain.example/">six litres</a>.'
    for title in ("Rain at last, six litres.", "Rain at last"):
        assert extract_content(post, URL, title=title).markdown == "Rain at last, [six litres](https://rain.example/)."
    assert extract_content("<p>Rain at last!</p>", URL, title="Rain at last!").markdown == "Rain at last!"
    again = extract_content(f"<h2>Ferry saved</h2>{paragraphs()}", URL, title="Ferry saved")
    assert again.markdown == "\n\n".join(SENTENCES)


def test_show_notes_keep_every_line_that_leads_somewhere() -> None:
    notes = (
        '<p>Follow us on <a href="https://social.example/@mast">our page</a></p>'
        '<p>Newsletter: <a href="https://mail.example/">weekly</a></p>'
        '<aside class="sponsor"><p>Thanks to <a href="https://ropes.example/">the ropes</a>.</p></aside>'
        f'<p>The post <a href="{URL}">Ferry saved</a> appeared first on <a href="https://marsh.example/">Marsh</a>.</p>'
        "<h3>Until next week</h3>"
    )
    told = extract_content(f"<p>{SENTENCES[0]}</p>{notes}", URL, title="Ferry saved").markdown
    for kept in ("https://social.example/@mast", "https://mail.example/", "https://ropes.example/", "Until next week"):
        assert kept in told
    assert "appeared first" not in told


def test_links_and_pictures_start_from_the_base_that_the_text_has() -> None:
    text = f'{paragraphs()}<p>More <a href="tide.html">of it</a>.</p><p><img src="/a.jpg" width="600"></p>'
    article = extract_content(f'<base href="https://planet.example/b/">{text}', URL)
    assert "[of it](https://planet.example/b/tide.html)" in article.markdown
    assert article.figures[0].image == "https://planet.example/a.jpg"
    assert article.url == URL
    for base in ("", '<base href="javascript:x">', "<base>"):
        assert "[of it](https://marsh.example/tide.html)" in extract_content(base + text, URL).markdown


def test_plain_text_and_nothing_are_taken_as_they_are() -> None:
    assert extract_content("Only a line, no markup at all.", URL).markdown == "Only a line, no markup at all."
    for nothing in ("", "  ", "<img src='x.gif' width='1'>", "<script>x()</script>"):
        article = extract_content(nothing, URL, title="T")
        assert (article.markdown, article.how) == ("", "nothing")


def test_a_summary_that_the_text_does_not_say_stands_above_it() -> None:
    text = f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>"
    other = "The council has found the money after all."
    assert extract_content(text, URL, title="Ferry saved", lede=other).lede == other
    assert extract_content(text, URL, title="Ferry saved", lede=SENTENCES[0]).lede is None
    assert extract_content(text, URL, title="Ferry saved", lede=f"{SENTENCES[0][:-9]}… Read more").lede is None
