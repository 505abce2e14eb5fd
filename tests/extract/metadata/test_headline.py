"""Which of a page's titles is taken for the headline, and which heading shows it."""

import pytest
from lxml import etree

from reader.extract.metadata.embedded import Metadata, parse_metadata
from reader.extract.metadata.headline import find_headline, without_site


def page(body: str, head: str = "") -> etree._Element:
    return etree.fromstring(f"<html><head>{head}</head><body>{body}</body></html>", etree.HTMLParser())


def headline(body: str, head: str = "", site: str = "marsh.example") -> tuple[str, str | None]:
    root = page(body, head)
    text, heading = find_headline(root, parse_metadata(root, "https://marsh.example/a"), site)
    return text, None if heading is None else heading.tag


def test_a_heading_that_agrees_with_json_ld_is_the_headline() -> None:
    head = '<script type="application/ld+json">{"@type": "Article", "headline": "Ferry saved"}</script>'
    assert headline("<h1>The Post</h1><h1>Ferry saved</h1>", head) == ("Ferry saved", "h1")


def test_a_heading_that_json_ld_cuts_short_is_taken_whole() -> None:
    whole = "The ferry across the lower marsh is saved for another year"
    said = '{"@type": "Article", "headline": "The ferry across the lower marsh is…"}'
    head = f'<script type="application/ld+json">{said}</script>'
    assert headline(f"<div class='post-title'>{whole}</div>", head) == (whole, "div")


def test_a_news_articles_own_headline_needs_no_heading() -> None:
    head = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry saved at last"}</script>'
    assert headline("<h1>Sport</h1><h1>Marsh life</h1>", head) == ("Ferry saved at last", None)
    assert headline("<h1>Sport</h1>", head) == ("Ferry saved at last", "h1")


def test_a_headline_that_is_cut_short_is_not_believed_before_open_graph() -> None:
    head = (
        '<meta property="og:title" content="Ferry saved at last">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry saved…"}</script>'
    )
    assert headline("<h1>Ferry saved at last</h1>", head) == ("Ferry saved at last", "h1")


def test_a_second_heading_may_show_what_open_graph_says() -> None:
    head = '<meta property="og:title" content="Ferry saved">'
    assert headline("<h1 class='logo'>The Marsh Post</h1><h2>Ferry saved</h2>", head) == ("Ferry saved", "h2")


def test_a_heading_called_a_headline_is_taken_before_another_one() -> None:
    assert headline("<h1>Marsh life</h1><h1 class='headline'>Ferry saved</h1>") == ("Ferry saved", "h1")


def test_a_single_heading_is_the_headline_and_a_logo_is_none() -> None:
    assert headline("<h1>Ferry saved</h1>") == ("Ferry saved", "h1")
    assert headline("<h1 class='site-title'>The Post</h1>", "<title>Ferry saved</title>") == ("Ferry saved", None)


def test_a_blogs_name_that_leads_to_its_first_page_at_another_address_is_no_headline() -> None:
    blog = "<h1 class='title'><a href='http://quay.example/'>Letters of the Quay</a></h1>"
    post = f"{blog}<h3 class='post-title'>Ferry saved</h3>"
    assert headline(post, "<title>Letters of the Quay: Ferry saved</title>") == ("Ferry saved", "h3")
    assert headline(f"{blog}<h3>Ferry saved</h3>", "<title>Ferry saved &#8211; Letters of the Quay</title>") == (
        "Ferry saved",
        None,
    )


@pytest.mark.parametrize("word", ["Blog", "Nachrichten", "Actualités"])
def test_a_heading_that_any_page_may_have_is_no_headline(word: str) -> None:
    assert headline(f"<h1>{word}</h1>", "<title>Ferry saved</title>") == ("Ferry saved", None)
    assert headline(f"<h1>{word}</h1>", f"<title>{word}</title>")[0] == word


def test_a_title_that_is_a_word_for_any_page_gives_way_to_a_heading_called_the_posts() -> None:
    assert headline("<h3 class='entry-title'>Ferry saved</h3>", "<title>Post</title>")[0] == "Ferry saved"


def test_of_several_headings_on_a_page_without_a_title_the_first_counts() -> None:
    assert headline("<h1>Ferry saved</h1><h1>Bridge closed</h1>") == ("Ferry saved", "h1")


def test_a_page_that_says_nothing_has_no_headline() -> None:
    assert headline("<p>Nothing</p>") == ("", None)


def test_open_graph_that_names_the_site_is_no_headline() -> None:
    head = '<meta property="og:title" content="marsh.example"><title>Ferry saved for good</title>'
    assert headline("<p>Text</p>", head) == ("Ferry saved for good", None)


@pytest.mark.parametrize(
    ("title", "names", "left"),
    [
        ("Ferry saved", ["The Post"], "Ferry saved"),
        ("Ferry saved | The Post", ["The Post"], "Ferry saved"),
        ("Ferry saved - News - The Post", ["The Post", "News"], "Ferry saved"),
        ("The Post: x | Ferry saved", ["The Post: x"], "Ferry saved"),
        ("The ferry is saved at last | Marsh", [], "The ferry is saved at last"),
        ("Saved - at last", [], "Saved - at last"),
        ("Short | Marsh", [], "Short | Marsh"),
        ("Ferry saved | marshpost.example", ["Marsh Post"], "Ferry saved"),
    ],
)
def test_the_papers_name_is_taken_off_a_title(title: str, names: list[str], left: str) -> None:
    assert without_site(title, names) == left


def test_metadata_without_anything_gives_no_text() -> None:
    assert find_headline(page(""), Metadata(), "") == ("", None)


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Ferry saved | The Marsh Post", "Ferry saved"),
        ("The Marsh Post - Ferry saved", "Ferry saved"),
        ("Ferry – saved at last", "Ferry – saved at last"),
        ("Ferry saved", "Ferry saved"),
    ],
)
def test_a_headline_does_not_carry_the_papers_name(title: str, wanted: str) -> None:
    assert without_site(title, ["The Marsh Post"]) == wanted


@pytest.mark.parametrize(
    ("title", "names", "left"),
    [
        ("The Quay: Ferry saved", ["The Quay"], "Ferry saved"),
        ("Ferry: saved at last", ["The Quay"], "Ferry: saved at last"),
        ("Ferry saved - QUAYSIDE | News of the lower marsh and more", ["quayside.example"], "Ferry saved"),
        ("Ferry saved | Tide: The Lower Marsh® Weblog", ["blog.lowermarsh.example"], "Ferry saved"),
        ("Ferry saved - what the lower marsh said", ["lowermarsh.example"], "Ferry saved - what the lower marsh said"),
    ],
)
def test_a_site_is_named_before_a_colon_before_its_slogan_and_in_its_hosts_words(
    title: str, names: list[str], left: str
) -> None:
    assert without_site(title, names) == left


@pytest.mark.parametrize(
    "logo",
    [
        "<a href='/'>The Old Quay</a>",
        "<a href='https://marsh.example/'><img alt='The Old Quay' src='q.png'></a>",
        "<h1 id='banner-header'><a href='https://marsh.example/quay/'>The Old Quay</a></h1>",
    ],
)
def test_what_links_to_the_first_page_say_is_the_sites_name(logo: str) -> None:
    assert headline(logo, "<title>Ferry saved - The Old Quay</title>")[0] == "Ferry saved"


def test_a_heading_ends_where_the_headline_does_and_a_date_in_it_is_no_part() -> None:
    said = "The ferry of the lower marsh is saved"
    head = f'<meta property="og:title" content="{said}">'
    assert headline(f"<h1>{said}<span>Posted on July 1 by ann</span></h1>", head) == (said, "h1")
    assert headline(f"<h1>{said} <em>for good</em></h1>", head.replace("saved", "saved…"))[0] == f"{said} for good"


def test_a_script_in_a_title_is_cut_off() -> None:
    code = "'marsh'; this.level = 'sports'; this.kind = ''; var page = 'x'; " * 4
    title = f"Welcome to the Marsh Post, all the news of the lower marsh and of the quay {code}"
    assert (
        headline("", f"<title>{title}</title>")[0]
        == "Welcome to the Marsh Post, all the news of the lower marsh and of the quay"
    )


@pytest.mark.parametrize(
    "greeting",
    [
        "Welcome to The Lower Post in Lower Marsh -- News, Sports, Opinion, Weather",
        "Willkommen bei marsh",
        "Bienvenue sur Marsh Post",
    ],
)
def test_what_a_site_greets_its_readers_with_is_no_headline_where_the_page_names_another(greeting: str) -> None:
    head = f'<meta name="title" content="{greeting}"><meta property="og:site_name" content="Marsh Post">'
    beside = "<div class='headline'><a href='/net'>Nets cast anew</a></div>"
    assert headline(f"{beside}<div class='headline'><b>Ferry saved</b></div>", head) == ("Ferry saved", "div")


def test_a_headline_may_begin_with_welcome() -> None:
    for said in ("Welcome to the age of the ferry", "Welcome to the marsh in winter"):
        head = f'<meta name="title" content="{said}">'
        assert headline("<div class='headline'>Nets cast anew</div>", head) == (said, None)
