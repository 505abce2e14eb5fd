"""What a generic page prints round its text, and the text that looks like it and must stay."""

import pytest

from reader.extract import Rules, extract, extract_content
from tests.extract.sample_pages import SENTENCES, english, paragraphs

URL = "https://marsh.example/news/ferry-1.html"


def body(html: str, **parts: str) -> str:
    return extract(english(html, **parts), URL, rules=Rules()).markdown


@pytest.mark.parametrize(
    "last",
    [
        "The old bridge was closed in 1932.",
        "“We row on,” she said.",
        "Nobody laughed.",
        "Am 3. Mai fuhr das Boot zum letzten Mal.",
        "船は今日も川を渡る。",
        "Con đò vẫn sang sông.",
    ],
)
def test_a_short_last_sentence_stays(last: str) -> None:
    assert body(f"{paragraphs()}<p>{last}</p>").rstrip().endswith(last)


@pytest.mark.parametrize(
    "scrap",
    ["Marsh Post, 3 May 2024", "Tags: ferry, marsh", "Share this story", "Back to top", "ferry@marsh.example"],
)
def test_what_follows_the_last_sentence_and_is_none_goes(scrap: str) -> None:
    assert scrap not in body(f"{paragraphs()}<p>{scrap}</p>")


def test_a_poem_keeps_its_lines() -> None:
    lines = ["O ferry of the lower marsh", "how slow you go", "how slow the water under you", "and I, how slow"]
    text = body("".join(f"<p>{line}</p>" for line in lines) + "".join(f"<p>and on {n} more</p>" for n in range(6)))
    assert all(line in text for line in lines)


def test_a_feed_keeps_what_it_carries() -> None:
    text = extract_content(f"{paragraphs()}<p>Marsh Post, 3 May</p>", URL).markdown
    assert text.endswith("Marsh Post, 3 May")


@pytest.mark.parametrize("line", ["\N{PARTY POPPER}\N{PARTY POPPER}", "\u2026", "★★★☆", "♫", "...", "♥ ♥"])
def test_a_line_without_a_letter_stays(line: str) -> None:
    assert f"\n\n{line}\n\n" in body(f"{paragraphs()}<p>{line}</p>{paragraphs(SENTENCES[:2])}")
    assert extract_content(f"<p>{line}</p>", URL).markdown == line


def test_an_emoji_picture_alone_is_a_line() -> None:
    picture = "<p><img class=emoji alt='\N{PARTY POPPER}' src=/e.png width=20 height=20></p>"
    assert "\n\n\N{PARTY POPPER}\n\n" in body(f"{paragraphs()}{picture}{paragraphs(SENTENCES[:2])}")


@pytest.mark.parametrize("line", ["|", "•", "— |", "»", ","])
def test_what_parts_controls_goes_from_a_page_and_stays_in_a_feed(line: str) -> None:
    assert body(f"{paragraphs()}<p>{line}</p>{paragraphs(SENTENCES[:2])}") == body(
        paragraphs() + paragraphs(SENTENCES[:2])
    )
    assert len(extract_content(f"<p>One.</p><p>{line}</p><p>Two.</p>", URL).markdown.split("\n\n")) == 3


def test_a_feed_keeps_a_list_under_its_label_where_it_stands() -> None:
    for site in ("https://heron.example", "https://marsh.example"):
        listed = f'<h3>Further reading</h3><ul><li><a href="{site}/r">The reeds of the lower marsh</a></li></ul>'
        told = extract_content(f"<p>{SENTENCES[0]}</p>{listed}<p>The end.</p>", URL).markdown
        assert told == (
            f"{SENTENCES[0]}\n\n### Further reading\n\n- [The reeds of the lower marsh]({site}/r)\n\nThe end."
        )


def test_of_a_feed_only_rows_of_its_own_site_at_the_end_are_other_stories() -> None:
    def ends(site: str) -> str:
        row = f'<ul><li><a href="{site}/r">The reeds of the lower marsh</a></li></ul>'
        return extract_content(f"<p>{SENTENCES[0]}</p><h3>Further reading</h3>{row}", URL).markdown

    assert ends("https://marsh.example") == SENTENCES[0]
    assert "### Further reading\n\n- [The reeds" in ends("https://heron.example")
    assert extract_content(f"<p>{SENTENCES[0]}</p><p>Related</p>", URL).markdown.endswith("Related")


def test_a_feed_keeps_its_contents_and_a_picture_of_its_author() -> None:
    contents = '<p>Today:</p><ul><li><a href="#a">The boat</a></li><li><a href="#b">The bank</a></li></ul>'
    told = extract_content(f"{contents}<p>{SENTENCES[0]}</p>", URL).markdown
    assert told == f"Today:\n\n- The boat\n- The bank\n\n{SENTENCES[0]}"
    picture = "<figure><img src=/a.jpg width=600><figcaption>Photo by Ada Rower</figcaption></figure>"
    assert "a.jpg" in extract_content(f"{picture}<p>{SENTENCES[0]}</p>", URL, authors=("Ada Rower",)).markdown


def test_the_line_of_date_and_name_over_the_text_goes() -> None:
    text = body(f"<p>By Ada Rower, 3 May 2024, 10:15</p><p>3 min read</p>{paragraphs()}")
    assert text.startswith("The council of Lower Marsh")


def test_a_line_that_is_one_link_is_another_story_and_a_link_in_running_text_is_not() -> None:
    row = '<p><a href="/news/pier-is-to-be-painted-2.html">The pier is to be painted white by May</a></p>'
    running = (
        '<p>As the <a href="/news/old-ferry-3.html">old ferry</a> did, it will carry the post to the far bank.</p>'
    )
    article = extract(english(f"{paragraphs()}{row}{running}{paragraphs()}"), URL, rules=Rules())
    assert "The pier is to be painted" not in article.markdown
    assert "[old ferry](https://marsh.example/news/old-ferry-3.html)" in article.markdown
    assert [link.title for link in article.links if link.kind == "related"] == [
        "The pier is to be painted white by May"
    ]


def test_another_storys_title_is_its_headline_without_the_text_in_the_same_link() -> None:
    row = (
        '<p><a href="/news/pier-is-to-be-painted-2.html"><span class="h3">The pier is to be painted white</span>'
        "Nobody on the quay likes it.</a></p>"
    )
    article = extract(english(f"{paragraphs()}{row}{paragraphs()}"), URL, rules=Rules())
    assert [link.title for link in article.links if link.kind == "related"] == ["The pier is to be painted white"]


def test_a_table_of_contents_goes_with_its_label() -> None:
    contents = '<p>Contents</p><ul><li><a href="#a">The boat</a></li><li><a href="#b">The bank</a></li></ul>'
    text = body(f"{paragraphs()}{contents}<h2 id='a'>The boat</h2>{paragraphs()}<h2 id='b'>The bank</h2>{paragraphs()}")
    assert "Contents" not in text
    assert "- " not in text
    assert "## The boat" in text


def test_a_story_printed_for_two_widths_is_there_once() -> None:
    story = "".join(
        f"<p>On day {n} the ferry carried {n} people over, and the harbour master wrote it down.</p>" for n in range(20)
    )
    text = body(f'<div class="wide">{story}</div><div class="narrow">{story}</div>')
    assert text.count("On day 7 the ferry") == 1


def test_a_refrain_stays() -> None:
    refrain = (
        "<p>And the water ran on under the keel, as it had run on before any of them was born, and would after.</p>"
    )
    text = body(f"{paragraphs()}{refrain}{paragraphs()}{refrain}")
    assert text.count("And the water ran on") == 2


def test_of_what_the_page_says_of_its_text_only_a_whole_one_takes_paragraphs_out() -> None:
    said = " ".join(SENTENCES)
    stray = "<p>Our members get the paper a day early, and with it a mug on which the old ferry is drawn by hand.</p>"
    known = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{said}"}}</script>'
    cut = f'<script type="application/ld+json">{{"@type": "NewsArticle", "articleBody": "{said[:420]}"}}</script>'
    assert "a mug on which" not in body(f"{paragraphs()}{stray}", head=known)
    assert "a mug on which" in body(f"{paragraphs()}{stray}", head=cut)


@pytest.mark.parametrize(
    "line",
    [
        "Do you have any regrets?",
        "Newsletters have become the new blogs, he says.",
        "Anzeige erstattete die Frau erst am Montag.",
        "Gefällt Ihnen Berlin?",
        "警察は関連を調べている。",
        "Nhận thông báo sơ tán, người dân rời khỏi nhà.",
        "New subscribers fell by a third in the first quarter, the company said, as rivals cut their prices again.",
        "Personenbezogene Daten werden nach Angaben der Behörde seit Jahren ohne Grund gespeichert.",
        "More on that in a moment.",
        "Weitere Themen waren Schule und Verkehr.",
        "Sources: two diplomats who asked not to be named.",
        "9/11",
        "?!",
    ],
)
def test_a_sentence_that_begins_as_a_plea_does_is_none(line: str) -> None:
    assert line in body(f"{paragraphs()}<p>{line}</p>{paragraphs()}").replace("\\", "")


@pytest.mark.parametrize(
    "line",
    [
        "Sign up for our daily newsletter to get the ferry's times.",
        "Follow us on Twitter and Facebook.",
        "Advertisement",
        "(Up)",
        "[Back to the top]",
        "You are signed out",
        "An dieser Stelle finden Sie einen externen Inhalt von YouTube, der den Artikel ergänzt.",
        "この記事は会員限定です。",
    ],
)
def test_a_plea_goes_from_a_page(line: str) -> None:
    assert line not in body(f"{paragraphs()}<p>{line}</p>{paragraphs()}")


def test_where_and_when_at_the_end_of_the_text_stay() -> None:
    lines = ("Where: Town Hall, Lower Marsh", "Tickets: from two coins", "Additional reporting by Ann Li")
    text = body(paragraphs() + "".join(f"<p>{line}</p>" for line in lines))
    assert all(line in text for line in lines)


def test_a_scene_break_is_a_rule_and_a_caption_printed_again_goes() -> None:
    said = "The ferry at the lower landing on the morning of the vote, with the harbour master and his dog aboard."
    figure = f'<figure><img src="/boat.jpg" width="800"><figcaption>{said}</figcaption></figure><p>{said}</p>'
    text = body(f"{paragraphs()}<p>* * *</p>{figure}{paragraphs()}")
    assert "\n\n---\n\n" in text
    assert text.count("his dog aboard") == 1


def test_names_under_headings_that_are_no_links_stay() -> None:
    list_ = "".join(f"<h3>Player {n}</h3><p>Club {n}</p>" for n in range(8))
    text = body(f"{paragraphs()}{list_}{paragraphs()}")
    assert "Player 7" in text
    assert "Club 7" in text


def test_a_section_page_with_one_teaser_in_full_is_no_story() -> None:
    rows = "".join(
        f'<h3><a href="/news/story-of-the-day-{n}.html">The story of the day is number {n}</a></h3>' for n in range(20)
    )
    page = (
        f"<html><body><main><h1>News</h1><div class='teaser-big'><p>{SENTENCES[0]}</p></div>{rows}</main></body></html>"
    )
    assert extract(page.encode(), "https://marsh.example/news", rules=Rules()).markdown == ""
    assert SENTENCES[0] in body(paragraphs(), after=rows)


@pytest.mark.parametrize(
    "label",
    [
        "3.5.2024 - 10:15 UhrLesedauer: 3 Min.",
        "May 3 · 4 min read",
        "Vorlesen",
        "Artikel teilen",
        "Placeholder image-7",
        "Dieser Text wurde ausgedruckt unter der Adresse: https://marsh.example/ferry",
        "글자크기 조절",
        "Adjust text size:",
        "Flash video embed",
        "This player is not supported by your phone. Go on to the next story.",
        "Share and enjoy!",
        "ログインして続きを読む",
        "Sponsored message",
        "На правах рекламы:",
    ],
)
def test_what_a_page_says_round_its_text_is_left_out_of_it(label: str) -> None:
    text = body(f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p><p>{label}</p>{paragraphs(SENTENCES[2:])}")
    assert label not in text
    assert all(sentence in text for sentence in SENTENCES)


@pytest.mark.parametrize(
    "line",
    [
        "Sponsors of the regatta are dear.",
        "Buy now, pay later is a trap, the harbour master says.",
        "Log in to the ledger: that is how the day begins for him.",
        "Read time is precious, and 5 minutes are many.",
        "£205",
    ],
)
def test_a_line_that_begins_like_a_label_stays(line: str) -> None:
    assert line in body(f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p><p>{line}</p>{paragraphs(SENTENCES[2:])}")


def test_prices_beside_what_a_shop_says_go() -> None:
    shop = '<p>£205</p><p><a href="https://shop.example/oars">Buy now</a></p><p>Price at</p>'
    text = body(f"<p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>{shop}{paragraphs(SENTENCES[2:])}")
    assert "205" not in text
    assert "Buy" not in text
    assert all(sentence in text for sentence in SENTENCES)


def test_icons_of_buttons_between_photo_and_text_are_no_pictures() -> None:
    icon = '<picture><source srcset="/i/loud.svg" type="image/svg+xml"><img src="/i/low.svg" alt=""></picture>'
    buttons = f"<div><button><span>{icon}<span>Listen</span></span></button></div><div><button>{icon}</button></div>"
    photo = '<figure><img src="/f.jpg" alt=""><figcaption>The ferry at the quay</figcaption></figure>'
    text = body(photo + buttons + paragraphs())
    assert "f.jpg" in text
    assert "svg" not in text


@pytest.mark.parametrize("tag", ["ul", "ol"])
@pytest.mark.parametrize("host", ["https://knots.example", "https://marsh.example"])
def test_a_list_that_a_sentence_announces_belongs_to_the_text(tag: str, host: str) -> None:
    items = "".join(f"<li><a href='{host}/news/{n}.html'>The {n}. book of knots and hitches</a></li>" for n in range(4))
    announced = f"<p>There are four other books that I would read about the knots:</p><{tag}>{items}</{tag}>"
    assert body(f"{paragraphs()}{announced}").count("book of knots") == 4
    assert body(f"{paragraphs()}{announced}{paragraphs()}").count("book of knots") == 4
    recommended = announced.replace("There are four other books that I would read", "You may also like these tales")
    assert "book of knots" not in body(f"{paragraphs()}{recommended}")


@pytest.mark.parametrize("between", ["", "<h2>The ferry in short</h2>", "<hr>", "<figure><img src=/boat.jpg></figure>"])
def test_a_story_that_is_printed_twice_in_a_row_stands_once(between: str) -> None:
    text = body(f"<div>{paragraphs()}</div>{between}<div>{paragraphs()}</div>")
    assert text.count(SENTENCES[1]) == 1
    assert text.count(SENTENCES[0]) == 1


def test_a_refrain_is_sung_each_time() -> None:
    verse = "<p>Row on, row on, the tide is low</p><p>and slow the ferry goes</p>"
    assert body(f"{paragraphs()}{verse}{verse}<p>{SENTENCES[0]} So they sang.</p>").count("the tide is low") == 2


def test_cards_of_other_stories_under_the_text_go_though_nothing_in_them_is_a_link() -> None:
    cards = "".join(
        f"<div><img src=/{n}.jpg><h3>How to row {n} boats</h3><p>Rowing need not be hard, says the guide to it.</p>"
        f"<p>by <a href=/people/{n}>Ada Rower</a></p><p>Updated May {n}, 2024</p></div>"
        for n in (2, 3)
    )
    text = body(f"{paragraphs()}<h2>What to know</h2><p>{SENTENCES[0]} So it is.</p>{cards}")
    assert text.endswith("So it is.")
    live = f"<h3>The vote</h3><p>by Ada Rower</p><p>Updated 10:15</p><p>{SENTENCES[2]}</p>"
    assert "The vote" in body(f"{paragraphs()}{live}{live.replace('vote', 'count')}<p>{SENTENCES[3]}</p>")


@pytest.mark.parametrize(
    "line",
    [
        "Show Caption",
        "Hide caption",
        "Bildunterschrift anzeigen",
        "Article Continues Below",
        "Der Artikel geht nach der Anzeige weiter",
        "La suite après cette publicité",
        "La nota continúa después de la publicidad",
        "Continua depois da publicidade",
        "Het artikel gaat verder onder de advertentie",
        "Copy link",
        "Sao chép liên kết",
        "कॉपी लिंक",
        "リンクをコピー",
    ],
)
def test_what_buttons_and_breaks_for_advertising_say_is_left_out(line: str) -> None:
    parts = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    text = body("".join([*parts[:2], f"<div>{line}</div>", *parts[2:]]))
    assert line not in text
    assert SENTENCES[2] in text


def test_a_breadcrumb_trail_that_is_a_plain_list_is_left_out() -> None:
    trail = (
        '<div><ul><li><a href="/">Marsh Post</a></li><li><a href="/local/">Local</a></li>'
        '<li><a href="/local/lower/">Lower Marsh</a></li><li>Council saves the old ferry</li></ul></div>'
    )
    assert "Lower Marsh]" not in body(trail + paragraphs())
    items = "".join(f'<li><a href="/{name.lower()}/">{name}</a></li>' for name in ("Boats", "Oars", "Kegs"))
    links = f"<ul>{items}</ul>"
    parts = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    assert "Oars" in body("".join([*parts[:2], links, *parts[2:]]))


def test_a_line_that_is_a_link_to_a_shop_is_left_out_and_one_to_a_story_is_kept() -> None:
    parts = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    offers = (
        '<p><a href="https://go.example/c?id=1"><b>To the oars of Marsh</b> two for nine crowns Zum Angebot</a></p>'
        '<p>» <a href="https://go.example/c?id=2">View deal: oars for all rowers of the marsh</a></p>'
    )
    text = body("".join([*parts[:2], offers, *parts[2:]]))
    assert "oars" not in text
    told = (
        '<p>Rowers ask <a href="https://go.example/c?id=2">where to get the deal</a>, and are told nothing at all.</p>'
    )
    assert "get the deal" in body("".join([*parts[:2], told, *parts[2:]]))


def test_a_byline_after_the_standfirst_is_left_out() -> None:
    head = '<meta name="author" content="Ann Reed">'
    standfirst = "<p><b>The ferry of Lower Marsh was to be sold, and now it is not.</b></p>"
    signed = '<p><a href="/people/ann">Ann Reed</a><br>28.04.2024 | 09:36 Uhr</p>'
    text = body(standfirst + signed + paragraphs(), head=head)
    assert "09:36" not in text
    split = "<div>By</div><div>Marsh Post Staff</div>"
    assert "Marsh Post Staff" not in body(standfirst + split + paragraphs())
    met = "<p>Ann Reed met him in 2024, and they rowed.</p>"
    assert "they rowed" in body(standfirst + met + paragraphs(), head=head)


@pytest.mark.parametrize(
    "lines",
    [
        ("Par", "La première nuit"),
        ("Text:", "Ilse Bergmann war hier"),
        ("By", "Night"),
        ("Von", "Oben herab"),
        ("Row, row", "Row, row", "Your boat"),
        ("Row, row", "Your boat", "Row, row", "Across"),
    ],
)
def test_a_line_under_a_word_that_could_begin_a_byline_is_text_unless_it_is_a_name(lines: tuple[str, ...]) -> None:
    head = '<meta name="author" content="Ann Reed">'
    text = body("".join(f"<p>{line}</p>" for line in lines) + paragraphs(), head=head)
    assert all(line in text for line in lines if line[-1] != ":")


@pytest.mark.parametrize(
    "name", ["Ilse van der Berg", "Ann Reed and Bo Cole", "ANN REED", "ann reed", "Updated 3 May 2024"]
)
def test_a_name_under_a_line_that_says_by_goes_with_it(name: str) -> None:
    text = body(f"<p>By</p><p>{name}</p>{paragraphs()}", head='<meta name="author" content="Ann Reed">')
    assert text.startswith(SENTENCES[0])


@pytest.mark.parametrize(
    "line",
    [
        "This story continues below the waterline, where nobody has looked since the ferry sank.",
        "The story continues after the video of the mayor was shown to the council, they said.",
        "This article continues after the bell has rung.",
    ],
)
def test_a_sentence_that_says_where_a_story_goes_on_is_text(line: str) -> None:
    assert line in body(f"{paragraphs()}<p>{line}</p>{paragraphs(SENTENCES[:2])}")


@pytest.mark.parametrize(
    "line",
    [
        "Story continues below",
        "Story continues below advertisement",
        "Article continues after this ad",
        "This story continues below the photo gallery.",
        "Article continues below our sponsor message",
        "Story continues below the sign-up form",
        "Content continues after video player",
    ],
)
def test_a_line_that_says_what_the_story_goes_on_below_is_none(line: str) -> None:
    assert line not in body(f"{paragraphs()}<p>{line}</p>{paragraphs(SENTENCES[:2])}")


def test_a_label_that_stands_twice_above_the_text_is_none_of_it() -> None:
    label = "<div>Picture story</div>"
    assert "Picture story" not in body(f"{label}<div>27.08.2024</div>{label}{paragraphs()}")


def test_a_date_in_chinese_characters_above_the_text_is_left_out() -> None:
    text = (
        "渡し船は来年も川を渡ると、村の議会が火曜日に決めた。三年も続いた議論の末のことで、反対する人はいなかった。" * 3
    )
    found = body(f"<p>2025年1月14日 01時28分 (1月14日 01時40分更新)</p><p>{text}</p><p>{text[:60]}</p>")
    assert "01時28分" not in found
    assert text in found


TOLD = "It has been rowed since 1932, and who has rowed it once will tell of it for all of a winter. " * 3


@pytest.mark.parametrize("host", ["https://boats.example", "https://marsh.example"])
def test_linked_headings_with_a_text_below_stay(host: str) -> None:
    parts = "".join(f"<h2>The {n}. of the boats</h2><p>{TOLD}</p>" for n in "123")
    linked = f"<h3><a href='{host}/boats/swan.html'>The Swan of the lower marsh</a></h3><p>{TOLD}</p><p>{TOLD}</p>"
    assert "### [The Swan of the lower marsh]" in body(f"{paragraphs()}{parts}{linked}{parts}")


def test_a_linked_heading_without_a_text_below_goes() -> None:
    parts = "".join(f"<h2>The {n}. of the boats</h2><p>{TOLD}</p>" for n in "123")
    linked = "<h3><a href='/boats/swan.html'>The Swan of the lower marsh</a></h3>"
    assert "Swan" not in body(f"{paragraphs()}{parts}{linked}{parts}")


def test_what_is_recommended_and_told_of_is_text() -> None:
    label = "<h4>Recommended courses:</h4>"
    told = f"<h3><a href='https://boats.example/rowing'>Rowing for beginners</a></h3><p>{TOLD}</p><p>{TOLD}</p>"
    text = body(f"{paragraphs()}{label}{told}{paragraphs()}")
    assert "Recommended courses:" in text
    assert "Rowing for beginners" in text
    assert "Rowing" not in body(
        f"{paragraphs()}{label}<p><a href='/rowing.html'>Rowing for beginners</a></p>{paragraphs()}"
    )


def test_pictures_that_one_program_makes_smaller_are_several() -> None:
    pictures = "".join(
        f"<figure><img src='/_next/image?url=%2Fboats%2F{name}.jpg&amp;w=640'>"
        f"<figcaption>The {name} at low tide</figcaption></figure>"
        for name in ("Swan", "Heron")
    )
    text = body(f"{paragraphs()}{pictures}{paragraphs()}")
    assert "The Swan at low tide" in text
    assert "The Heron at low tide" in text


def test_a_story_put_into_a_paragraph_takes_nothing_of_it_along() -> None:
    box = "<aside><a href='/news/keel-22.html'>The harbour master and the keel of oak</a></aside>"
    text = body(f"{paragraphs(SENTENCES[:4])}<p>{SENTENCES[4]} {box}</p>{paragraphs()}")
    assert text.count(SENTENCES[4]) == 2
