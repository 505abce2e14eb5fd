"""Short stories beside many teasers of others, in the page shapes of twelve kinds of CMS."""

from collections.abc import Callable

from tests.extract.short_story_words import Words

SITE = "https://marsh.example"


def address(number: int) -> str:
    """Where the story of a teaser is."""
    return f"/news/{20000 + number}-of-the-day.html"


def _paragraphs(words: Words) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in words.story)


def _each(words: Words, count: int, card: str) -> str:
    return "".join(
        card.format(
            link=address(number),
            picture=f"<img src=/i/{number}.jpg alt='' width=320 height=180>",
            headline=words.headline(number),
            lede=words.lede(number),
            read_on=words.read_on,
        )
        for number in range(count)
    )


def wordpress(words: Words, count: int) -> str:
    card = (
        "<article class='post type-post'><a class=post-thumbnail href={link}>{picture}</a><h2 class=entry-title>"
        "<a href={link}>{headline}</a></h2><div class=entry-summary><p>{lede}</p></div></article>"
    )
    return (
        "<div id=primary><main><article class='post type-post status-publish'><header class=entry-header>"
        f"<h1 class=entry-title>{words.title}</h1><div class=entry-meta><time class='entry-date published' "
        f"datetime=2024-05-03T08:15:00+00:00>{words.date}</time> <span class=byline><a rel=author href=/author/1>"
        f"{words.author}</a></span></div></header><div class=entry-content>{_paragraphs(words)}</div></article></main>"
        f"<section class=related-posts><h3>{words.label}</h3>{_each(words, count, card)}</section></div>"
    )


def drupal(words: Words, count: int) -> str:
    card = (
        "<div class=views-row><div class='node node--view-mode-teaser'><div class=field--name-field-image>"
        "<a href={link}>{picture}</a></div><h3><a href={link}>{headline}</a></h3><div class=field--name-body><p>{lede}"
        "</p></div></div></div>"
    )
    return (
        f"<main><h1 class=page-title><span>{words.title}</span></h1><div class='node node--view-mode-full'>"
        f"<div class=node__submitted>{words.author} | {words.date}</div><div class=node__content><div "
        f"class='field field--name-body'>{_paragraphs(words)}</div></div></div><div class='views-element-container "
        f"block'><div class=view-content>{_each(words, count, card)}</div></div></main>"
    )


def ghost(words: Words, count: int) -> str:
    card = (
        "<article class=gh-card><a class=gh-card-link href={link}><figure>{picture}</figure><div class=gh-card-wrapper>"
        "<h3 class=gh-card-title>{headline}</h3><p class=gh-card-excerpt>{lede}</p></div></a></article>"
    )
    return (
        f"<main class=gh-main><article class=gh-article><header><h1 class=gh-article-title>{words.title}</h1><div>"
        f"<h4><a href=/author/1>{words.author}</a></h4><time datetime=2024-05-03>{words.date}</time></div></header>"
        f"<section class=gh-content>{_paragraphs(words)}</section></article><aside class=gh-readmore><h4>{words.label}"
        f"</h4><div class=gh-feed>{_each(words, count, card)}</div></aside></main>"
    )


def unnamed(words: Words, count: int) -> str:
    card = "<div><a href={link}>{picture}</a><h3><a href={link}>{headline}</a></h3><div>{lede}</div></div>"
    return (
        f"<div><div><h1>{words.title}</h1><div>{words.date}</div><div>{_paragraphs(words)}</div><p>{words.author}</p>"
        f"</div><div><div>{words.label}</div>{_each(words, count, card)}</div></div>"
    )


def hashed(words: Words, count: int) -> str:
    card = (
        "<a class=css-8k2 href={link}><div class=css-1p>{picture}</div><h3 class=css-x7>{headline}</h3><p class=css-q0>"
        "{lede}</p></a>"
    )
    return (
        f"<div class=css-1a><section class=css-9z><h1 class=css-b2>{words.title}</h1><span class=css-by>{words.author}"
        f"</span><time datetime=2024-05-03>{words.date}</time></section><section class=css-7c>{_paragraphs(words)}"
        f"</section><section class=css-3d><h2 class=css-h>{words.label}</h2>{_each(words, count, card)}</section></div>"
    )


def tables(words: Words, count: int) -> str:
    card = "<tr><td><a href={link}>{picture}</a></td><td><b><a href={link}>{headline}</a></b><br>{lede}</td></tr>"
    return (
        f"<table><tr><td width=600><h1>{words.title}</h1><i>{words.author}, {words.date}</i>{_paragraphs(words)}</td>"
        f"<td width=300><b>{words.label}</b><table>{_each(words, count, card)}</table></td></tr></table>"
    )


def joomla(words: Words, count: int) -> str:
    card = (
        "<div class='item column-1'><h2><a href={link}>{headline}</a></h2><a href={link}>{picture}</a><p>{lede}</p>"
        "<p class=readmore><a href={link}>{read_on}</a></p></div>"
    )
    return (
        f"<div class=item-page itemscope itemtype=https://schema.org/Article><h1 itemprop=headline>{words.title}</h1>"
        f"<dl class=article-info><dd itemprop=author>{words.author}</dd><dd><time datetime=2024-05-03 "
        f"itemprop=datePublished>{words.date}</time></dd></dl><div itemprop=articleBody>{_paragraphs(words)}</div>"
        f"</div><div class=moduletable><h3>{words.label}</h3><div class=items-row>{_each(words, count, card)}</div>"
        "</div>"
    )


def headed_by_second_level(words: Words, count: int) -> str:
    card = "<li><a href={link}>{picture}</a><h2><a href={link}>{headline}</a></h2><p>{lede}</p></li>"
    return (
        f"<div id=content><div class=text><h2>{words.title}</h2><p class=info>{words.date}, {words.author}</p>"
        f"{_paragraphs(words)}</div><ul class=list>{_each(words, count, card)}</ul></div>"
    )


def within_article(words: Words, count: int) -> str:
    card = "<div><a href={link}>{picture}<h4>{headline}</h4></a><p>{lede}</p></div>"
    return (
        f"<article><h1>{words.title}</h1><p>{words.author} <time datetime=2024-05-03>{words.date}</time></p>"
        f"<div>{_paragraphs(words)}</div><div><h3>{words.label}</h3><div>{_each(words, count, card)}</div></div>"
        "</article>"
    )


def beside_text(words: Words, count: int) -> str:
    card = "<div><div>{picture}</div><div><h3>{headline}</h3><p>{lede}</p><a href={link}>{read_on}</a></div></div>"
    return (
        f"<main><div class=row><div class=col-8><h1>{words.title}</h1><small>{words.date}</small> <small>{words.author}"
        f"</small>{_paragraphs(words)}</div><div class=col-4>{_each(words, count, card)}</div></div></main>"
    )


def listed_first(words: Words, count: int) -> str:
    card = "<li><a href={link}>{picture}</a><p><a href={link}><b>{headline}</b></a></p><p>{lede}</p></li>"
    return (
        f"<div class=wrap><ul class=ticker>{_each(words, count, card)}</ul><div class=main><h1>{words.title}</h1>"
        f"<div class=by>{words.author}</div><div class=when>{words.date}</div><div class=body>"
        f"{_paragraphs(words)}</div></div></div>"
    )


def blogger(words: Words, count: int) -> str:
    card = (
        "<div class='post-outer'><h3 class='post-title'><a href={link}>{headline}</a></h3><div class=post-snippet>"
        "<a href={link}>{picture}</a> {lede}</div></div>"
    )
    return (
        f"<div class=blog-posts><div class=date-header>{words.date}</div><div class='post hentry'><h3 class='"
        f"post-title entry-title'>{words.title}</h3><div class='post-body entry-content'>{_paragraphs(words)}</div>"
        f"<div class=post-footer><span class=post-author>{words.author}</span></div></div></div><div class=widget><h2>"
        f"{words.label}</h2><div class=widget-content>{_each(words, count, card)}</div></div>"
    )


SHAPES: tuple[Callable[[Words, int], str], ...] = (
    wordpress,
    drupal,
    ghost,
    unnamed,
    hashed,
    tables,
    joomla,
    headed_by_second_level,
    within_article,
    beside_text,
    listed_first,
    blogger,
)


def page(words: Words, shape: Callable[[Words, int], str], count: int) -> bytes:
    """Return a page without any metadata but its title, with a story and `count` teasers."""
    return (
        f"<!doctype html><html lang={words.lang}><head><title>{words.title} | Marsh</title></head><body><nav><ul><li>"
        f"<a href=/>Marsh</a></li><li><a href=/a>A</a></li></ul></nav>{shape(words, count)}<footer><p>Marsh 2024</p>"
        "</footer></body></html>"
    ).encode()
