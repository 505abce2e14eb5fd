"""Section pages and front pages are no stories, whatever their markup; stories that look like them are."""

import json

import pytest

from reader.extract import extract
from tests.extract.sample_pages import SENTENCES

TITLES = (
    "Ferry saved after three winters",
    "Bakers strike over the price of flour",
    "School gets a second teacher at last",
    "A whale is seen off the north quay",
    "Choir to sing in the empty church",
    "Library extends its opening hours",
    "Storm takes the roof of the old mill",
    "Market moves to the new square",
    "Bees return to the town hall roof",
    "Two brothers row to the island and back",
    "Museum finds a lost map of the marsh",
    "Football club sells its only stand",
)
SITE = "https://marsh.example"


def address(number: int) -> str:
    return f"/news/2024/{TITLES[number].lower().replace(' ', '-')}"


def text(number: int, sentences: int) -> str:
    return " ".join(SENTENCES[(number + more) % len(SENTENCES)] for more in range(sentences))


def teaser(number: int, *, sentences: int = 1, tag: str = "h3") -> str:
    return (
        f"<article><a href={address(number)}><img src=/i/{number}.jpg></a><{tag}><a href={address(number)}>"
        f"{TITLES[number]}</a></{tag}><span class=author>By Ann Marsh</span> <time datetime=2024-05-0{number % 9 + 1}>"
        f"May</time><p>{text(number, sentences)}</p></article>"
    )


def teasers(count: int, *, sentences: int = 1, tag: str = "h3") -> str:
    return "".join(teaser(number, sentences=sentences, tag=tag) for number in range(count))


def listed(count: int = len(TITLES)) -> str:
    return "".join(f"<li><a href={address(number)}>{TITLES[number]}</a></li>" for number in range(count))


def page(body: str, *, head: str = "", title: str = "News | The Marsh Post") -> bytes:
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>{head}</head><body><nav><a href=/>Home</a></nav>"
        f"<main>{body}</main><footer>Copyright</footer></body></html>"
    ).encode()


def described(*nodes: dict[str, object]) -> str:
    return f"<script type='application/ld+json'>{json.dumps(list(nodes))}</script>"


def node(number: int) -> dict[str, object]:
    return {
        "@type": "NewsArticle",
        "headline": TITLES[number],
        "url": SITE + address(number),
        "datePublished": "2024-05-01",
        "author": {"name": "Ann Marsh"},
    }


STORY = f"<article>{''.join(f'<p>{sentence}</p>' for sentence in SENTENCES * 2)}</article>"
HEADED = "<h1>Ferry saved after three winters</h1>"
SAYS_ARTICLE = "<meta property=og:type content=article>"


@pytest.mark.parametrize(
    ("path", "markup"),
    [
        ("/", page(teasers(12))),
        ("/", page(teasers(8, sentences=3))),
        ("/", page(f"<article><h2><a href={address(0)}>{TITLES[0]}</a></h2><p>{text(0, 5)}</p></article>{listed()}")),
        ("/", page("".join(f"<h2><a href={address(n)}>{TITLES[n]}</a></h2>{STORY}" for n in range(5)))),
        ("/news", page(f"<h1>News</h1>{teasers(12)}")),
        ("/news/", page(f"<h1>News</h1>{teasers(10, sentences=3)}")),
        ("/world", page(f"<h1>World</h1>{teasers(10, sentences=3)}", head=SAYS_ARTICLE)),
        ("/world", page(f"<h1>World</h1>{teasers(6, sentences=3)}", head=described({"@type": "CollectionPage"}))),
        ("/world", page(f"<h1>World</h1>{teasers(6, sentences=3)}", head=described(*map(node, range(12))))),
        ("/tag/ferry", page(f"<h1>Ferry</h1>{teasers(3, sentences=3)}")),
        ("/author/ann", page(f"<h1>Ann Marsh</h1><p>{text(0, 1)}</p>{teasers(10, tag='h2')}")),
        (
            "/world",
            page(
                "".join(
                    f"<div><div><a href={address(n)}>{TITLES[n]}</a></div><div>{text(n, 2)}</div></div>"
                    for n in range(10)
                )
            ),
        ),
        (
            "/latest",
            page(
                "<h1>Latest</h1><ul>"
                + "".join(
                    f"<li><time>1{n % 10}:05</time> <a href={address(n)}>{TITLES[n]}</a> {text(n, 1)}</li>"
                    for n in range(12)
                )
                + "</ul>"
            ),
        ),
        (
            "/en/",
            page(
                f"<section><h2>Today</h2>{teasers(2, sentences=3, tag='h2')}</section><h2>World</h2>"
                + "".join(f"<h4><a href={address(n)}>{TITLES[n]}</a></h4>" for n in range(12))
            ),
        ),
    ],
)
def test_a_list_of_stories_is_no_story(path: str, markup: bytes) -> None:
    article = extract(markup, SITE + path)

    assert (article.how, article.markdown) == ("list", "")


@pytest.mark.parametrize(
    ("path", "markup"),
    [
        (address(0), page(HEADED + STORY)),
        (address(0), page(f"{HEADED}{STORY}<ul>{listed()}</ul>")),
        ("/", page(f"<article><h1>An essay on boats that stands here alone</h1>{STORY}</article>")),
        (
            "/eight-boats",
            page(
                "<h1>Eight boats to buy in this summer</h1><article>"
                + "".join(
                    f"<h2><a href=https://shop{n}.example/x>{TITLES[n]}</a></h2><p>{text(n, 2)}</p>" for n in range(8)
                )
                + "</article>"
            ),
        ),
        (
            "/briefing",
            page(
                "<h1>The morning briefing of the week</h1><article>"
                + "".join(f"<h3><a href={address(n)}>{TITLES[n]}</a></h3><p>{text(n, 5)}</p>" for n in range(5))
                + "</article>",
                head=described({"@type": "NewsArticle", "headline": "The briefing", "url": f"{SITE}/briefing"}),
            ),
        ),
        ("/old.html", page(f"<div>{STORY}</div><ul>{listed()}</ul>", title="Ferry saved after three winters")),
        *(
            (
                "/things-to-see",
                page(
                    f"<h1>{headline}</h1><p>{text(0, 1)}</p>"
                    + "".join(
                        f"<h2>{number.format(n + 1, count - n)}<a href={address(n)}>{TITLES[n]}</a></h2>"
                        f"<p>{text(n, 1)}</p>"
                        for n in range(count)
                    )
                ),
            )
            for count in (5, 10, 12)
            for headline, number in (
                ("What to see in the marsh this year", "{0}. "),
                ("What to see in the marsh this year", "{1}) "),
                (f"The {count} things to see in the marsh", ""),
                (f"{ {5: 'Five', 10: 'Zehn', 12: 'Doce'}[count] } things to see in the marsh", ""),
            )
        ),
    ],
)
def test_a_story_with_links_to_many_others_is_one(path: str, markup: bytes) -> None:
    assert extract(markup, SITE + path).markdown


def test_the_date_and_author_of_a_listed_story_are_not_the_pages() -> None:
    article = extract(page(f"<h1>World</h1>{STORY}", head=described(*map(node, range(1, 4)))), f"{SITE}/world")

    assert (article.published, article.authors) == (None, ())


POPUP = "<div class=club>" + "".join(f"<p>{text(number, 2)}</p>" for number in range(3)) + "</div>"
"""What a paper says of itself, longer than any teaser."""


@pytest.mark.parametrize(
    "listing",
    [
        "".join(
            f"<a href={address(n)}><img src=/i/{n}.jpg><h3>{TITLES[n]}</h3><p>{text(n, 1)}</p></a>" for n in range(12)
        ),
        "".join(
            f"<div><h3>{TITLES[n]}</h3><p>{text(n, 1)}</p><a href={address(n)}>Read on</a></div>" for n in range(12)
        ),
        "".join(f"<p><a href={address(n)}><b>{TITLES[n]}</b></a></p><p>{text(n, 1)}</p>" for n in range(12)),
        teasers(12),
    ],
)
@pytest.mark.parametrize("beside", ["", POPUP])
def test_a_list_is_none_however_its_teasers_are_made_and_whatever_stands_beside_it(listing: str, beside: str) -> None:
    article = extract(page(f"{beside}<h1>Business</h1><div>{listing}</div>"), f"{SITE}/business.htm")

    assert (article.how, article.markdown) == ("list", "")


def test_headlines_in_chinese_are_headlines() -> None:
    titles = (
        "渡船終於獲得保留了",
        "麵包師傅週一罷工",
        "學校迎來第二位老師",
        "北碼頭發現鯨魚蹤跡",
        "合唱團在空教堂演唱",
    )
    told = "議會週一表示，經過漫長的夜間談判，渡船將會繼續運行到這一個十年結束的時候為止，市民都很高興。"
    listing = "".join(
        f"<div><h3><a href=/n/{n}00{n}1.html>{title}</a></h3><p>{told}</p></div>" for n, title in enumerate(titles)
    )

    assert extract(page(f"<h1>新聞</h1>{listing}"), f"{SITE}/news").how == "list"


@pytest.mark.parametrize("count", [4, 12])
def test_a_story_without_a_headline_of_its_own_stays_beside_teasers(count: int) -> None:
    markup = page(f"<div><h1>Ferry</h1><div>{STORY}</div></div><div class=box>{teasers(count)}</div>")

    article = extract(markup, f"{SITE}/ferry")

    assert (article.how, TITLES[0] in article.markdown) == ("generic", False)


def test_a_section_that_counts_its_stories_and_says_nothing_of_them_is_a_list() -> None:
    rows = "".join(f"<h2>{n + 1}. <a href={address(n)}>{TITLES[n]}</a></h2>" for n in range(10))
    assert extract(page(f"<h1>Most read stories this week</h1>{rows}"), f"{SITE}/most-read").markdown == ""
