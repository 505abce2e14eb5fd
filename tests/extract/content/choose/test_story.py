"""Which part of a page is its story, and which of its names, titles and pictures are the story's."""

import json

import pytest

from reader.extract import Rules, extract
from reader.models import Article
from tests.extract.sample_pages import SENTENCES, english, paragraphs

URL = "https://marsh.example/news/ferry-1.html"
OTHER = (
    "A heron has stood on the weir since Sunday, and nobody at the mill can say what it is that it waits for there.",
    "The miller feeds it herring, which he buys, and it has learned to come when the wheel stops, he said on Friday.",
    "Children from the school have drawn it forty times, and each has given it the face of a different teacher.",
)


def read(page: str | bytes, url: str = URL) -> Article:
    return extract(page.encode() if isinstance(page, str) else page, url, rules=Rules())


def document(body: str, head: str = "") -> str:
    return f'<!doctype html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'


def ld(**facts: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **facts})}</script>'


def test_of_two_stories_on_one_page_the_one_of_its_address_is_meant() -> None:
    first = f'<article data-url="/news/ferry-1.html"><h1>Ferry saved</h1>{paragraphs()}</article>'
    second = f'<article data-url="/news/heron-2.html"><h1>The heron</h1>{paragraphs(OTHER * 3)}</article>'
    facts = ld(headline="Ferry saved", url=URL) + ld(
        headline="The heron", url="https://marsh.example/news/heron-2.html"
    )
    for path, title, own, not_own in (
        ("ferry-1", "Ferry saved", SENTENCES[0], OTHER[0]),
        ("heron-2", "The heron", OTHER[0], SENTENCES[0]),
    ):
        article = read(document(first + second, facts), f"https://marsh.example/news/{path}.html")
        assert article.title == title
        assert own in article.markdown
        assert not_own not in article.markdown


def nested(text: str, levels: int) -> str:
    return "<div>" * levels + text + "</div>" * levels


def test_a_menu_button_that_is_never_closed_does_not_take_the_story_with_it() -> None:
    menu = '<header><div class="menu"><button class="menu-button"><div class="icon"></button></div></header>'
    article = read(document(f'{menu}<main><article class="post"><h1>Ferry saved</h1>{paragraphs()}</article></main>'))
    assert SENTENCES[-1] in article.markdown


def test_a_layout_called_a_sidebar_keeps_the_article_that_it_holds() -> None:
    text = f'<div class="article-body">{paragraphs(SENTENCES * 3)}</div>'
    rest = "".join(nested(f"<p>{sentence}</p>", 6) for sentence in OTHER * 10)
    page = document(f'<h1>Ferry saved</h1><div class="grid-with-sidebar layout sidebar">{text}</div><div>{rest}</div>')
    assert SENTENCES[0] in read(page).markdown


def test_the_items_of_a_list_that_stand_in_boxes_of_their_own_are_all_there() -> None:
    def item(number: int) -> str:
        text = nested(f"<p><span>{SENTENCES[number % 5]} {OTHER[number % 3]}</span></p>", 5)
        return f"<article class='tile'><h3>Ferry number {number}</h3>{text}</article>"

    groups = "".join(
        f"<div class='zone'><div>{''.join(map(item, range(at, at + 4)))}</div></div>" for at in range(0, 12, 4)
    )
    article = read(document(f"<main><section><h1>The best ferries of the marsh</h1>{groups}</section></main>"))
    assert all(f"Ferry number {n}" in article.markdown for n in range(12))


def test_a_chinese_story_is_not_outweighed_by_what_its_readers_say() -> None:
    story = "<p>渡船今年冬天仍將繼續往返兩岸 載送居民郵件與麵包 一如過去的一百年</p>" * 12
    said = (
        "<p>謝謝分享,好棒的渡船,小時候外婆常常帶我們去坐,船長還會唱歌給大家聽,真是令人懷念的時光,希望以後還能再去!</p>"
        * 3
    )
    page = document(f"<h1>渡船</h1><div class='box'>{story}</div><div class='wall'>{said}</div>")
    assert "渡船今年冬天" in read(page).markdown


def test_what_is_written_over_chinese_characters_to_be_read_aloud_is_left_out() -> None:
    ruby = "<p>市議会は<ruby>渡<rt>わた</rt></ruby>し船を春まで動かすことを月曜日の会議で決め、町の人々は安心した。</p>"
    text = read(document(f"<article><h1>渡し船</h1>{ruby * 4}</article>")).markdown
    assert "市議会は渡し船" in text


def test_a_page_that_leads_nowhere_is_its_own_text_and_one_that_asks_is_not() -> None:
    assert read(document("<p>Shut today.</p>")).markdown == "Shut today."
    assert read(document("<p>Shut today.</p><form><input></form>")).markdown == ""
    assert read(document("<p>Moved.</p>", '<meta http-equiv="refresh" content="0">')).markdown == ""


def test_the_printed_headline_is_taken_over_the_ones_for_search_and_for_social_networks() -> None:
    head = (
        "<title>Ferry 2026: times, prices, route</title>"
        + ld(headline="Ferry 2026: times, prices, route")
        + '<meta property="og:title" content="You will not believe this ferry">'
    )
    page = document(f"<article><h1>The ferry that would not sink</h1>{paragraphs()}</article>", head)
    assert read(page).title == "The ferry that would not sink"


@pytest.mark.parametrize(
    "head",
    [
        ld(author=[{"@type": "Person", "givenName": "Ada", "familyName": "Rower"}]),
        """<meta name="author" content="a.rower@marsh.example"><meta name="twitter:label1" content="Written by">
        <meta name="twitter:data1" content="Ada Rower">""",
        '<meta property="x:creator dc.creator" content="Ada Rower">',
    ],
)
def test_a_name_in_parts_behind_an_address_or_under_several_names_is_the_authors(head: str) -> None:
    assert read(english(head=head)).authors == ("Ada Rower",)


def test_a_picture_beside_the_box_of_headline_and_text_is_the_storys_and_takes_its_late_caption() -> None:
    picture = '<div class="top"><figure class="wide"><img src="/boat.jpg" width="800"></figure></div>'
    late = "<div><figcaption>The ferry at the lower landing</figcaption></div>"
    text = f"<div class='content'><h1>Ferry saved</h1><div class='text'>{paragraphs()}</div></div>"
    page = document(f"<article>{picture}{late}{text}</article>")
    assert [(one.image, one.caption) for one in read(page).figures] == [
        ("https://marsh.example/boat.jpg", "The ferry at the lower landing")
    ]


def test_a_lazy_picture_is_found_whatever_the_loader_calls_its_set() -> None:
    lazy = (
        '<figure><picture><source data-flickity-lazyload-srcset="/small.jpg 300w, /large.jpg 900w">'
        '<img src="data:image/gif;base64,R0"></picture><figcaption>The ferry</figcaption></figure>'
    )
    assert [one.image for one in read(english(f"{paragraphs()}{lazy}{paragraphs()}")).figures] == [
        "https://marsh.example/large.jpg"
    ]


def test_who_wrote_it_is_no_picture_of_the_story() -> None:
    portrait = '<figure><img src="/ada.jpg" width="200"><figcaption>By Ada Rower, ferry reporter</figcaption></figure>'
    page = english(portrait + paragraphs(), head='<meta name="author" content="Ada Rower">')
    assert read(page).figures == ()


LONG = (
    "The keel was laid in 1932 by two brothers from the lower marsh, and it has been mended four times since then. " * 4
)


def titled(article: str) -> bytes:
    return f"<html><head><title>Ferry saved</title></head><body><main>{article}</main></body></html>".encode()


def test_a_story_in_sections_with_many_links_begins_at_its_beginning() -> None:
    links = "".join(
        f"<li><a href='https://boats.example/{n}'>Mend the {n}. board of the keel</a></li>" for n in range(12)
    )
    sections = "".join(
        f"<div><h2>Section {n}</h2><div><div class=par><p>{SENTENCES[n]}</p></div><ul>{links}</ul></div></div>"
        for n in range(4)
    )
    last = f"<div><h2>Section 4</h2><div><div class=par><p>{LONG}</p></div></div></div>"
    text = extract(titled(f"<article><h1>Ferry saved</h1>{sections}{last}</article>"), URL, rules=Rules()).markdown
    assert all(sentence in text for sentence in SENTENCES[:4])
    assert "Section 0" in text
    assert LONG.strip() in text


def test_sections_without_an_article_keep_their_headings_and_short_texts() -> None:
    give = "<p><a href='/give'>You can provide for this ferry by making a gift to its friends in the marsh</a></p>"
    views = "".join(
        f"<div class=view><p><a href='/view/{n}'>See this quay as it is now, with boat and tide table</a></p></div>"
        for n in range(4)
    )
    boxes = "".join(
        f"<div class=box><h2>Quay {n}</h2></div><div class=box><p>{sentence} {sentence[::-1]}.</p>{give}</div>{views}"
        for n, sentence in enumerate(SENTENCES)
    )
    short = "<div class=box><h2>Quay 9</h2></div><div class=box><p>It is closed from June to March each year.</p></div>"
    text = read(document(f"<h1>All quays of the marsh</h1><table><tr><td>{boxes}{short}</td></tr></table>")).markdown
    assert all(f"## Quay {n}" in text for n in (*range(5), 9))
    assert "closed from June" in text
    assert "See this quay" not in text


def test_an_article_beside_others_is_not_widened_to_them() -> None:
    teasers = "".join(
        f"<article><h2><a href='/n/{n}'>The {n}. story of the marsh</a></h2><p>{LONG}</p></article>" for n in "12"
    )
    story = f"<article><h1>Ferry saved</h1><div>{paragraphs()}</div></article>"
    assert LONG.strip() not in extract(titled(story + teasers), URL, rules=Rules()).markdown
