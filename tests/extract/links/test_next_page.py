"""Which page follows: the same article's, one number on, and said to be so. Anything else is no next page."""

import pytest

from reader.extract import Rules, extract
from reader.extract.dom import parse
from reader.extract.links import next_page
from reader.models import LinkKind
from tests import present

STORY = "https://marsh.example/local/the-ferry-is-saved"


def follows(body: str, url: str = STORY, *, claimed: str = "", head: str = "") -> str | None:
    page = f"<html><head>{head}</head><body><article><h1>Ferry saved</h1><p>Text.</p>{body}</article></body></html>"
    root = present(parse.parse(page.encode(), "utf-8"))
    found = next_page.next_page(root, url, url, claimed or url)
    return found[0].url.removeprefix("https://marsh.example") if found else None


@pytest.mark.parametrize(
    ("url", "href"),
    [
        ("/local/the-ferry-is-saved", "/local/the-ferry-is-saved?page=2"),
        ("/local/the-ferry-is-saved", "/local/the-ferry-is-saved?p=2"),
        ("/local/the-ferry-is-saved", "/local/the-ferry-is-saved?page=1"),  # counted from nought
        ("/local/the-ferry-is-saved", "/local/the-ferry-is-saved?start=1"),
        ("/story?id=9", "/story?id=9&seite=2"),
        ("/story?id=9&page=2", "/story?page=3&id=9"),
        ("/local/the-ferry-is-saved/", "/local/the-ferry-is-saved/2/"),
        ("/local/the-ferry-is-saved/2/", "/local/the-ferry-is-saved/3/"),
        ("/local/the-ferry-is-saved/", "/local/the-ferry-is-saved/page/2"),
        ("/local/the-ferry-is-saved", "/local/the-ferry-is-saved/seite-2"),
        ("/local/ferry-4711.html", "/local/ferry-4711-2.html"),
        ("/local/ferry,4711.html", "/local/ferry,4711,2.html"),
        ("/local/ferry,nId,4711", "/local/ferry,nId,4711,nPack,2"),
        ("/local/ferry.htm", "/local/ferry_2.htm"),
        ("/local/ferry/index.html", "/local/ferry/index-2.html"),
        ("/local/the-ferry-is-saved/", "/local/the-ferry-is-saved/index2.html"),
        ("/view/367061", "/view/367061/2"),
    ],
)
def test_an_address_that_is_a_page_further_and_is_called_next_follows(url: str, href: str) -> None:
    if "index2" in href or "index-2" in href:
        url = url.replace("ferry/index", "the-ferry-is-saved/index")
        href = href.replace("/ferry/", "/the-ferry-is-saved/")
    assert follows(f'<div><a href="{href}">Next ›</a></div>', f"https://marsh.example{url}") == href


@pytest.mark.parametrize(
    "says",
    [
        "Next",
        "Next page »",
        "Weiter",
        "nächste Seite",
        "Page suivante",
        "siguiente",
        "Trang sau",
        "次へ",
        "次のページへ",
        "下一页",
        "다음 페이지",
        "التالي",
        "Далее",
        "Следующая страница",
        "Następna strona",
        "Continue reading",
        "Page 2: How it began",
        "Seite 2 von 5",
        "2/5",
        "Weiterlesen auf Seite 2",
    ],
)
def test_it_is_called_next_in_many_languages(says: str) -> None:
    assert follows(f'<p><a href="?page=2">{says}</a></p>') == "/local/the-ferry-is-saved?page=2"


def test_a_pager_of_numbers_will_do_and_so_will_an_arrow_with_a_label() -> None:
    pager = f'<ul><li>1</li><li><a href="{STORY}/2">2</a></li><li><a href="{STORY}/3">3</a></li></ul>'
    assert follows(pager) == "/local/the-ferry-is-saved/2"
    assert follows(pager.replace("<li>1</li>", f'<li><a href="{STORY}">1</a></li>'), f"{STORY}/2") == (
        "/local/the-ferry-is-saved/3"
    )
    assert follows('<a href="?page=2" aria-label="Next page">›</a>') == "/local/the-ferry-is-saved?page=2"
    assert follows('<a class="next" href="?page=2"><svg></svg></a>') == "/local/the-ferry-is-saved?page=2"
    assert follows("", head=f'<link rel="next" href="{STORY}/2/">') == "/local/the-ferry-is-saved/2/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        '<a rel="next" href="/local/harbour-to-close">Next</a>',  # a blog's next story
        '<a rel="next" href="/local/the-ferry-is-saved-2/">The ferry is saved, again</a>',
        '<a href="/local/?page=2">Next</a>',  # a list's pager
        '<a href="/pictures/storm?slide=2">Next</a>',
        '<a href="?slide=2">Next</a>',
        '<a href="comment-page-2/#comments">Next</a>',
        '<a href="/local/the-ferry-is-saved/comment-page-2/">2</a>',
        '<a href="?page=2#comments">2</a>',
        '<section id="comments"><a href="?page=2">Next</a></section>',
        '<div class="related-stories related">1 <a href="?page=2">2</a></div>',
        '<a href="?page=3">3</a> <a href="?page=3">Next</a>',  # not the one that follows
        '<a href="?page=2">2 comments by readers of this paper</a>',
        '<a href="?page=2">A word that is no pager</a>',
        '<p>2 <a href="https://other.example/local/the-ferry-is-saved?page=2">Next</a></p>',
        '<a href="javascript:next(2)">Next</a><a href="#2">2</a>',
        '<a href="?year=2024">Next</a><a href="?page=2024">Next</a>',
        '<a href="?page=&#0;2">Next</a><a href="http://[::1?page=2">Next</a>',
    ],
)
def test_what_leads_to_another_story_or_to_its_comments_is_no_next_page(elsewhere: str) -> None:
    assert follows(elsewhere) is None


def test_it_never_leads_back_nor_to_itself() -> None:
    back = f'<a href="{STORY}">1</a> <a href="{STORY}?page=2">2</a> <a href="{STORY}?page=3">3</a>'
    assert follows(back + f'<a href="{STORY}?page=2">Next</a>', f"{STORY}?page=3") is None
    assert follows(f'<a href="{STORY}">Next</a>', f"{STORY}?page=2") is None
    assert follows('<a href="?page=1">Next</a>', f"{STORY}?page=2") is None
    # A second page whose canonical address is the first is the second one all the same.
    assert follows(back, f"{STORY}?page=2", claimed=STORY) == "/local/the-ferry-is-saved?page=3"


def test_chapters_and_years_are_no_pages() -> None:
    assert follows('<a rel="next" href="tale-of-marsh-13.html">Next</a>', f"{STORY}/tale-of-marsh-12.html") is None
    assert follows('<a rel="next" href="/13/">Next</a>', "https://marsh.example/12/") is None
    assert follows('<a rel="next" href="/2014/13/">Next</a>', "https://marsh.example/2014/12/") is None
    assert follows('<a href="?page=2">Next</a>', "https://marsh.example/") is None


def test_an_address_that_says_nothing_is_read_by_the_canonical_one() -> None:
    assert (
        follows(
            '<a href="/local/ferry-2.html">2 ›</a>',
            "https://marsh.example/?ref=app",
            claimed="https://marsh.example/local/ferry.html",
        )
        == "/local/ferry-2.html"
    )


@pytest.mark.parametrize(
    ("says", "href"),
    [
        ("View as single page", "?page=all"),
        ("Auf einer Seite lesen", "?seite=all"),
        ("Single Page", "?single_page=true"),
        ("全文表示", "?view=full"),
        ("Komplettansicht", f"{STORY}/komplettansicht"),
    ],
)
def test_the_whole_article_on_one_page_is_what_follows_the_first(says: str, href: str) -> None:
    pager = f'<p>1 <a href="?page=2">2</a> <a href="{href}">{says}</a></p>'
    assert STORY + (href if href.startswith("?") else href.removeprefix(STORY)) == "https://marsh.example" + (
        follows(pager) or ""
    )
    second = f'<p><a href="{STORY}?page=3">3</a> 2 <a href="{href}">{says}</a></p>'
    assert (follows(second, f"{STORY}?page=2") or "").endswith("?page=3")


def test_the_edge_is_one_of_the_articles_links_and_its_pager_no_part_of_its_text() -> None:
    text = "".join(
        f"<p>The council met for the {n}th time and nobody was surprised by what it said.</p>" for n in "4567"
    )
    pager = '<div class="pagination">1 <a href="?page=2">2</a> <a href="?page=2">Next ›</a></div>'
    page = f"<html><body><article><h1>Ferry saved</h1>{text}{pager}</article></body></html>"
    article = extract(page.encode(), STORY, rules=Rules())
    assert [link.url for link in article.links if link.kind is LinkKind.NEXT] == [f"{STORY}?page=2"]
    assert "Next" not in article.markdown
