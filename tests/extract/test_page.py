"""A page of a paper that no rule knows becomes an article: its text, its parts, its facts, and nothing round it."""

import pytest

from reader.errors import NotAPage
from reader.extract import Rules, extract
from reader.extract.reading_time import reading_time
from reader.models import Article, Figure, LinkKind
from tests import present
from tests.extract.sample_pages import SENTENCES, english, paragraphs

URL = "https://marsh.example/news/ferry-saved.html"


def read(page: bytes, url: str = URL) -> Article:
    return extract(page, url, rules=Rules())


def test_the_story_is_there_whole_and_nothing_of_what_stands_round_it() -> None:
    article = read(english())
    assert article.how == "generic"
    assert article.markdown == "\n\n".join(SENTENCES)
    assert (article.title, article.site, article.lang) == ("Ferry saved", "The Marsh Post", "en")
    assert article.words == sum(len(s.replace("’", " ").split()) for s in SENTENCES)
    assert article.minutes == 1


def test_headings_lists_quotes_code_and_tables_stay_what_they_are() -> None:
    body = f"""{paragraphs()}<h2>What it costs</h2><ul><li>Keel<ul><li>oak</li></ul></li><li>Paint</li></ul>
<ol start="3"><li>third</li><li>fourth</li></ol><blockquote><p>We row.</p></blockquote>
<table><tr><th>Part</th><th>Price</th></tr><tr><td>Keel | oak</td><td>40</td></tr></table>
<pre><code class="language-python">for n in boat:
    row(n)</code></pre><p>Use <code>row()</code>, <b>now</b> and <i>then</i>.</p>"""
    text = read(english(body)).markdown
    assert "\n\n## What it costs\n\n" in text
    assert "- Keel\n\n  - oak" in text or "- Keel\n  - oak" in text
    assert "3. third\n4. fourth" in text
    assert "\n\n> We row.\n\n" in text
    assert "| Part | Price |\n| --- | --- |\n| Keel \\| oak | 40 |" in text
    assert "```python\nfor n in boat:\n    row(n)\n```" in text
    assert "Use `row()`, **now** and *then*." in text


def test_footnotes_stand_at_the_end_and_are_referred_to() -> None:
    body = f"""{paragraphs()}<p>Ferries are old.<sup><a href="#fn1">1</a></sup> Very.</p>
<ol><li id="fn1">The oldest is of 1412. <a href="#ref1">↩</a></li></ol>"""
    text = read(english(body)).markdown
    assert "Ferries are old.[^1] Very." in text
    assert text.endswith("[^1]: The oldest is of 1412.")


def test_a_note_is_found_under_the_body_and_its_link_back_moves_no_paragraph() -> None:
    body = f"""{paragraphs()}<p>Ferries are old.<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a> Very.
</p>
<p>So is the pier.</p>"""
    notes = """<section class="footnotes" role="doc-endnotes"><hr><ol><li id="fn1"><p>The oldest is of 1412.
<a href="#fnref1" class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>"""
    wanted = "Ferries are old.[^1] Very.\n\nSo is the pier.\n\n[^1]: The oldest is of 1412."
    for page in (english(body + notes), english(body, after=notes)):
        text = read(page).markdown
        assert text.endswith(wanted)
        assert "[^2]" not in text


def test_the_link_back_that_python_markdown_prints_is_no_mark() -> None:
    body = f"""{paragraphs()}<p>Old.<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> Very.</p>
<p>So is the pier.</p><div class="footnote"><hr><ol><li id="fn:1"><p>Of 1412.&#160;
<a class="footnote-backref" href="#fnref:1" title="Jump back">&#8617;</a></p></li></ol></div>"""
    text = read(english(body)).markdown
    assert text.endswith("Old.[^1] Very.\n\nSo is the pier.\n\n[^1]: Of 1412.")


@pytest.mark.parametrize(
    "quote",
    [
        "<blockquote><p>We row on.</p><footer>— <cite>Ann Lee</cite></footer></blockquote>",
        "<blockquote><p>We row on.</p><cite>Ann Lee</cite></blockquote>",
        "<blockquote><p>We row on.</p><p>– <cite>Ann Lee</cite></p></blockquote>",
        '<blockquote><div><p>We row on.</p><p class="quote-author">Ann Lee</p></div></blockquote>',
        "<figure><blockquote><p>We row on.</p></blockquote><figcaption>— Ann Lee</figcaption></figure>",
    ],
)
def test_who_is_quoted_is_the_last_paragraph_of_the_quotation(quote: str) -> None:
    text = read(english(f"{paragraphs()}{quote}<p>So it was, and so it will be for a while.</p>")).markdown
    assert "\n\n> We row on.\n>\n> — Ann Lee\n\nSo it was" in text


def test_a_quotation_that_only_names_a_book_keeps_its_words() -> None:
    quote = "<blockquote><p>We row, as <cite>The Ferry</cite> has it.</p></blockquote>"
    assert "> We row, as *The Ferry* has it." in read(english(paragraphs() + quote)).markdown


def test_the_line_of_date_and_section_in_the_articles_head_is_no_text() -> None:
    page = f"""<!doctype html><html lang="en"><title>Ferry saved</title><body><main><article><header>
<div class="cat-links"><a href="/harbour">Harbour</a></div><h1>Ferry saved</h1>
<p class="story-meta">3 May 2024 · 4 min read</p></header>{paragraphs()}</article></main>""".encode()
    assert read(page).markdown == "\n\n".join(SENTENCES)


def test_a_figure_is_a_paragraph_of_its_own_with_caption_and_credit_apart() -> None:
    body = f"""<figure><img src="ferry.jpg" width="800" alt="Ferry saved">
<figcaption>The ferry at noon. <span class="credit">Photo: Ann Lee</span></figcaption></figure>{paragraphs()}"""
    article = read(english(body))
    assert article.figures[0].image == "https://marsh.example/news/ferry.jpg"
    assert article.figures[0].caption == "The ferry at noon."
    assert article.figures[0].credit == "Ann Lee"
    first = article.markdown.split("\n\n")[0]
    assert first.startswith("![The ferry at noon.](https://marsh.example/news/ferry.jpg")
    assert article.markdown.count("The ferry at noon") == 1


@pytest.mark.parametrize(
    "image",
    [
        '<img src="data:image/gif;base64,R0" data-src="/a.jpg">',
        '<img data-original="/a.jpg">',
        '<img srcset="/small.jpg 300w, /a.jpg 1200w">',
        '<picture><source srcset="/a.jpg 2x"><img src="data:image/gif;base64,R0"></picture>',
        '<img src="/placeholder.png" data-lazy-src="/a.jpg"><noscript><img src="/a.jpg"></noscript>',
        '<noscript><img src="/a.jpg"></noscript>',
    ],
)
def test_lazy_pictures_are_found_each_once(image: str) -> None:
    article = read(english(f"<figure>{image}<figcaption>The ferry at noon</figcaption></figure>{paragraphs()}"))
    assert article.figures == (Figure("https://marsh.example/a.jpg", "The ferry at noon"),)


def test_a_caption_that_only_says_the_headline_again_is_none_and_icons_are_no_pictures() -> None:
    body = f"""<figure><img src="/a.jpg"><figcaption>Ferry saved</figcaption></figure>{paragraphs()}
<p><img src="/icons/star.png" width="16"><img class="avatar" src="/ann.jpg"></p>"""
    assert read(english(body)).figures == (Figure("https://marsh.example/a.jpg"),)


def test_a_related_block_in_the_body_becomes_links_and_leaves_the_body() -> None:
    body = f"""{paragraphs(SENTENCES[:3])}<h3>Related stories</h3><ul><li>
<a href="/bridge?utm_source=x">The bridge that fell twice</a></li>
<li><a href="/keel">How to lay a keel in winter</a></li></ul>{paragraphs(SENTENCES[3:])}
<p><strong>Read also:</strong> <a href="/rowers">Rowers of the year are chosen</a></p>"""
    article = read(english(body))
    assert article.markdown == "\n\n".join(SENTENCES)
    related = [(link.title, link.url) for link in article.links if link.kind is LinkKind.RELATED]
    assert related == [
        ("The bridge that fell twice", "https://marsh.example/bridge"),
        ("How to lay a keel in winter", "https://marsh.example/keel"),
        ("Rowers of the year are chosen", "https://marsh.example/rowers"),
    ]


def test_a_long_related_box_in_the_body_leaves_it_and_its_links_are_kept() -> None:
    titles = [f"The tale of bridge number {n}, told by those who crossed it in winter" for n in range(9)]
    box = "".join(f'<li><a href="/b{n}">{title}</a></li>' for n, title in enumerate(titles))
    long = SENTENCES * 8
    story = tuple(f"{n}. {sentence}" for n, sentence in enumerate(long))
    article = read(english(f'{paragraphs(story[:9])}<div class="related"><ul>{box}</ul></div>{paragraphs(story[9:])}'))
    assert "tale of bridge" not in article.markdown
    assert [link.title for link in article.links if link.kind is LinkKind.RELATED] == titles


def test_a_sections_label_that_is_a_link_is_its_cards_section_and_no_story() -> None:
    card = """<div class="card"><a class="box-category-link-title" href="/{n}.htm">{title}</a>
<a class="box-category-category" href="/harbour.htm">Harbour and sea</a></div>"""
    titles = ["The cup comes home at last", "The highest tide since the flood"]
    after = "".join(card.format(n=n, title=title) for n, title in enumerate(titles))
    links = read(english(after=f"<section><h2>Read more</h2>{after}</section>")).links
    more = [(link.title, link.section) for link in links if link.kind is LinkKind.MORE]
    assert more == [(title, "Harbour and sea") for title in titles]


def test_a_read_more_list_beside_the_story_becomes_cards_with_section_summary_and_time() -> None:
    after = """<section><h2>Read more</h2><div class="card"><span class="category">Sport</span><h3>
<a href="/cup">The cup comes home at last</a></h3>
<p class="summary">After nine years the rowing cup stands in the town hall again.</p>
<time datetime="2024-05-01T10:00:00Z">1 May</time></div>
<div class="card"><h3><a href="/tide">The highest tide since the flood</a></h3></div></section>"""
    more = [link for link in read(english(after=after)).links if link.kind is LinkKind.MORE]
    assert [(m.title, m.section) for m in more] == [
        ("The cup comes home at last", "Sport"),
        ("The highest tide since the flood", None),
    ]
    assert present(more[0].summary).startswith("After nine years")
    assert present(more[0].published).isoformat() == "2024-05-01T10:00:00+00:00"
    assert more[1].published is None


def test_a_link_in_running_text_stays_there_and_is_an_edge_too() -> None:
    old, dead = '<a href="../old.html?fbclid=1&amp;id=2">the old plan</a>', '<a href="javascript:x()">this</a>'
    body = f"{paragraphs()}<p>See {old} and {dead}.</p>"
    article = read(english(body))
    assert "See [the old plan](https://marsh.example/old.html?id=2) and this." in article.markdown
    inline = [link for link in article.links if link.kind is LinkKind.INLINE]
    assert [(link.title, link.url) for link in inline] == [("the old plan", "https://marsh.example/old.html?id=2")]


def test_the_standfirst_that_is_printed_is_the_lede_and_a_description_that_is_not_is_none() -> None:
    head = '<meta name="description" content="Councillors have saved the ferry, at some cost to everyone.">'
    printed = '<p class="standfirst">Councillors have saved the ferry, at some cost to everyone.</p>'
    assert (
        read(english(head=head, before=printed)).lede == "Councillors have saved the ferry, at some cost to everyone."
    )
    assert read(english(head=head)).lede is None


def test_facts_come_from_json_ld_in_a_graph_even_if_it_is_broken() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "BreadcrumbList"}, {"@type": "NewsArticle",
"headline": "Ferry saved", "datePublished": "2024-02-03T18:05:00+01:00", "dateModified": "2024-02-04T08:00:00+01:00",
"author": [{"@type": "Person", "name": "By Ann Lee"}, {"name": "Reuters"}], "articleSection": "Local",
"description": "broken
line",}]}</script><link rel="canonical" href="https://www.marsh.example/ferry?utm_medium=x">
<link rel="next" href="?page=2">"""
    article = read(english(head=head))
    assert article.authors == ("Ann Lee",)
    assert article.section == "Local"
    assert present(article.published).isoformat() == "2024-02-03T18:05:00+01:00"
    assert present(article.updated).isoformat() == "2024-02-04T08:00:00+01:00"
    assert article.canonical_url == "https://www.marsh.example/ferry"
    assert [link.url for link in article.links if link.kind is LinkKind.NEXT] == [f"{URL}?page=2"]


def test_a_canonical_link_to_the_home_page_or_to_another_site_is_not_believed() -> None:
    for claim in ("https://marsh.example/", "https://elsewhere.example/ferry"):
        assert read(english(head=f'<link rel="canonical" href="{claim}">')).canonical_url == URL


@pytest.mark.parametrize(
    ("url", "claim", "believed"),
    [
        ("https://one.substack.com/p/ferry", "https://two.substack.com/p/ferry", False),
        ("https://one.blogspot.com/2024/ferry.html", "https://two.blogspot.com/2024/ferry.html", False),
        ("https://haiphong.gov.vn/tin/ferry", "https://danang.gov.vn/tin/ferry", False),
        ("https://m.marsh.com.vn/ferry", "https://www.marsh.com.vn/ferry", True),
        ("https://one.substack.com/p/ferry?r=1", "https://one.substack.com/p/ferry", True),
    ],
)
def test_a_canonical_link_is_believed_within_one_publishers_names_only(url: str, claim: str, believed: bool) -> None:
    page = english(head=f'<link rel="canonical" href="{claim}">')
    assert extract(page, url, rules=Rules()).canonical_url == (claim if believed else url)


def test_the_date_of_a_teaser_is_never_the_articles() -> None:
    after = '<aside><a href="/x">Old news of the harbour</a> <time datetime="2001-01-01">1 January 2001</time></aside>'
    assert read(english(after=after)).published is None


def test_a_date_without_a_zone_is_utc_on_an_english_page_and_hanoi_time_on_a_vietnamese_one() -> None:
    line = '<p class="date">03/02/2024 18:05</p>'
    assert present(read(english(before=line)).published).isoformat() == "2024-02-03T18:05:00+00:00"
    page = english(before=line).replace(b'lang="en"', b'lang="vi"')
    assert present(read(page).published).isoformat() == "2024-02-03T18:05:00+07:00"


def test_a_page_without_a_story_says_so_and_what_is_no_page_is_refused() -> None:
    for page in (b"", b"   \n", b"<html><body><a href='/'>Home</a></body></html>"):
        article = read(page)
        assert (article.markdown, article.how, article.words, article.minutes) == ("", "nothing", 0, 0)
    for page in (
        b"%PDF-1.7 ...",
        b"\x89PNG\r\n",
        b'{"a": 1}',
        b"only words",
        b"<?xml version='1.0'?><rss><channel/></rss>",
    ):
        with pytest.raises(NotAPage):
            read(page)


def test_a_story_in_a_form_after_a_stray_html_end_tag_is_found() -> None:
    page = f"<html><body><h1>Ferry saved</h1></body></html><form><div>{paragraphs()}</div></form>".encode()
    assert SENTENCES[4] in read(page).markdown


def test_paragraphs_made_of_bare_text_and_line_breaks_are_paragraphs() -> None:
    body = "<br><br>".join(SENTENCES[:4]) + "<br>" + SENTENCES[4]
    text = read(english(body)).markdown
    assert text.split("\n\n")[:3] == list(SENTENCES[:3])
    assert f"{SENTENCES[3]}\\\n{SENTENCES[4]}" in text


def test_reading_time_counts_syllables_and_chinese_characters() -> None:
    assert reading_time(["một hai ba"] * 230) == (690, 3)
    assert reading_time(["新" * 1001]) == (1001, 3)


def test_a_page_nested_a_thousand_deep_is_read_in_bounded_depth() -> None:
    page = f"<html><body><article>{'<div>' * 3000}{paragraphs()}{'<blockquote><ul><li>x' * 90}</article></body></html>"
    assert "ferry" in read(page.encode()).markdown


def test_code_with_line_breaks_and_control_codes_keeps_its_lines() -> None:
    body = f"{paragraphs()}<pre>a = 1<br>&#27;[31mb = <span>2<b>3</b>4</span>5\n\tc</pre>"
    assert "```\na = 1\nb = 2345\n    c\n```" in read(english(body)).markdown


def test_a_section_page_of_headlines_is_no_story() -> None:
    teasers = "".join(
        f'<div><h2><a href="/{n}">{words.split(",")[0]}</a></h2><p>{words}</p></div>'
        for n, words in enumerate(SENTENCES)
    )
    page = f"<html><head><title>News</title></head><body><main><h1>News</h1>{teasers}{teasers}</main></body></html>"
    article = read(page.encode())
    assert (article.how, article.markdown, article.title) == ("list", "", "News")


def test_a_story_that_is_only_in_noscript_or_in_a_template_is_brought_to_light() -> None:
    for wrapped in (
        f"<noscript><div>{paragraphs()}</div></noscript>",
        f'<div class="post"><script type="text/template">{paragraphs()}</script></div>',
        f"<template><div>{paragraphs()}</div></template>",
    ):
        assert SENTENCES[2] in read(f"<html><body><h1>Ferry saved</h1>{wrapped}</body></html>".encode()).markdown


def test_a_news_flash_of_one_sentence_is_a_story() -> None:
    page = "<nav><a href='/'>Home</a></nav><article><h1>Ferry sinks</h1><p>Nobody was hurt, they say.</p></article>"
    assert read(page.encode()).markdown == "Nobody was hurt, they say."


def test_comments_never_outweigh_the_story_and_the_story_of_the_headline_is_taken_of_two() -> None:
    comments = "".join(f"<div class='comment'><p>{s} {s}</p></div>" for s in SENTENCES * 3)
    article = read(english(after=f"<div id='comments'>{comments}</div>"))
    assert article.markdown == "\n\n".join(SENTENCES)
    castles = paragraphs(tuple(s.replace("ferry", "castle") for s in SENTENCES * 4))
    other = f"<article><h2>Another story</h2>{castles}</article>"
    assert "castle" not in read(english(after=other)).markdown


def test_sections_of_one_story_in_sibling_boxes_are_joined() -> None:
    boxes = "".join(f'<div class="block text"><div class="in"><p>{s} {s}</p><p>{s}</p></div></div>' for s in SENTENCES)
    text = read(f"<html><body><main><h1>Ferry saved</h1><div>{boxes}</div></main></body></html>".encode()).markdown
    assert all(s in text for s in SENTENCES)
