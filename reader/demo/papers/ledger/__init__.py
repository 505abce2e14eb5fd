# ruff: noqa: E501 - a page's markup is broken where the paper's own system breaks it
"""Northern Ledger: a small paper on a WordPress-like system, with lazy pictures, and a JSON Feed.

Its stories lie in `stories/`, one text file each. It makes pages, and never serves them.
"""

import json
import uuid
from datetime import datetime

from reader.demo import markup
from reader.demo.edition import Edition, PaperTitle
from reader.demo.markup import escape
from reader.demo.stories import DemoStory, StoryBlock, plain

NAME = "Northern Ledger"
SECTIONS = {
    "Council": "/category/council/",
    "Science": "/category/science/",
    "Technology": "/category/technology/",
    "Food": "/category/food/",
    "Sport": "/category/sport/",
    "Opinion": "/category/opinion/",
}
BLANK = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"


def path(story: DemoStory, published: datetime) -> str:
    return f"/{published:%Y/%m/%d}/{story.slug}/"


def page(edition: Edition, story: DemoStory) -> str:
    """A post: entry header, byline, blocks, footnotes, related coverage, and "You may also like"."""
    when, changed = edition.time(story), edition.updated(story)
    url = edition.url(story.slug)
    image = edition.picture(story, story.pictures[0].lines[0]) if story.pictures else ""
    revised = f'<meta property="article:modified_time" content="{changed.isoformat()}" />\n' if changed != when else ""
    metas = f"""<meta name="description" content="{escape(plain(story.lede))}" />
<link rel="canonical" href="{url}" />
<meta property="og:type" content="article" /><meta property="og:title" content="{escape(story.title)}" />
<meta property="og:site_name" content="{NAME}" /><meta property="og:url" content="{url}" />
<meta property="article:published_time" content="{when.isoformat()}" />
{revised}<meta property="article:section" content="{story.section}" />
{"".join(f'<meta property="article:tag" content="{tag}" />' for tag in story.tags)}
{f'<meta property="og:image" content="{image}" />' if image else ""}"""
    tags = ", ".join(f'<a href="/" rel="tag">{tag}</a>' for tag in story.tags)
    people = ", ".join(f'<span class="author vcard"><a class="url fn n" href="/">{n}</a></span>' for n in story.authors)
    return _frame(
        edition,
        f"{story.title} – {NAME}",
        metas,
        "single single-post",
        f"""<main id="primary" class="site-main"><article id="post-{story.number}" class="post type-post status-publish hentry">
<header class="entry-header"><div class="entry-meta"><span class="cat-links">
<a href="{SECTIONS[story.section]}" rel="category tag">{story.section}</a></span></div>
<h1 class="entry-title">{escape(story.title)}</h1>
<p class="entry-subtitle">{_text(edition, story.lede)}</p>
<p class="byline">By {people}</p>
<div class="entry-meta"><span class="posted-on"><time class="entry-date published" datetime="{when.isoformat()}">{when:%B}
{when.day}, {when:%Y}</time></span></div></header>
<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#" rel="nofollow">Email</a></li>
<li><a href="#" rel="nofollow">Print</a></li></ul></div>
<div class="entry-content">
{_body(edition, story)}
</div>
{_related(edition, story)}
<footer class="entry-footer"><span class="tags-links">Tagged {tags}</span></footer></article>
<nav class="navigation post-navigation" aria-label="Posts"><h2 class="screen-reader-text">Post navigation</h2></nav>
{_more(edition, story)}
<div id="comments" class="comments-area"><h2 class="comments-title">2 thoughts on this</h2><ol class="comment-list">
<li class="comment"><div class="comment-body"><div class="comment-author">Fellside Reader</div>
<div class="comment-content"><p>My grandmother would have had something to say about that.</p></div></div></li>
<li class="comment"><div class="comment-body"><div class="comment-author">R. from the Top Road</div>
<div class="comment-content"><p>Good piece. The bus was late again, though.</p></div></div></li></ol>
<div id="respond" class="comment-respond"><h3>Leave a Reply</h3><form><textarea></textarea></form></div></div></main>
<aside id="secondary" class="widget-area"><section class="widget widget_search"><form role="search"><input type="search" /></form></section>
<section class="widget widget_text"><h2 class="widget-title">Paper edition</h2><p>Fridays, at the counter, two coins.</p></section>
</aside>""",
    )


def listing(edition: Edition, heading: str, stories: list[DemoStory]) -> str:
    """The front page or a category's page."""
    cards = "\n".join(
        f"""<article class="post"><header class="entry-header"><h2 class="entry-title"><a href="{edition.path(story)}"
rel="bookmark">{escape(story.title)}</a></h2></header>
<div class="entry-summary"><p>{escape(plain(story.lede))}</p></div></article>"""
        for story in stories
    )
    body = f'<main id="primary" class="site-main"><h1 class="page-title">{heading}</h1>{cards}</main>'
    return _frame(edition, f"{heading} – {NAME}", '<meta property="og:type" content="website" />', "blog", body)


def missing(edition: Edition) -> str:
    """What a reader gets for an address that no story has."""
    body = """<main id="primary" class="site-main"><section class="error-404 not-found"><h1 class="page-title">That page can’t be
found</h1><p>It may be in the archive room, under the 1987 rate book. <a href="/">Home</a></p></section></main>"""
    return _frame(edition, f"Page not found – {NAME}", "", "error404", body)


def feed(edition: Edition, stories: list[DemoStory]) -> str:
    """JSON Feed 1.1, with the whole text of short posts and a summary alone for long ones."""
    home = edition.homes["ledger"]
    return json.dumps(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": NAME,
            "home_page_url": f"{home}/",
            "feed_url": f"{home}/feed.json",
            "language": "en",
            "items": [_item(edition, story) for story in stories],
        },
        ensure_ascii=False,
        indent=1,
    )


def _item(edition: Edition, story: DemoStory) -> dict[str, object]:
    item: dict[str, object] = {
        "id": edition.url(story.slug),
        "url": edition.url(story.slug),
        "title": story.title,
        "summary": plain(story.lede),
        "date_published": edition.time(story).isoformat(),
        "date_modified": edition.updated(story).isoformat(),
        "authors": [{"name": name} for name in story.authors],
        "tags": [story.section, *story.tags],
    }
    if story.pictures:
        item["image"] = edition.picture(story, story.pictures[0].lines[0])
    if story.paper == "ledger" and markup.words(story.blocks) < 400:
        item["content_html"] = _body(edition, story)
    return item


def _key(mark: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, mark))


def _mark(mark: str) -> str:
    key = _key(mark)
    return f'<sup data-fn="{key}" class="fn"><a id="{key}-link" href="#{key}">{mark}</a></sup>'


def _text(edition: Edition, text: str) -> str:
    return markup.inline(text, edition.url, _mark)


def _body(edition: Edition, story: DemoStory) -> str:
    def text(line: str) -> str:
        return _text(edition, line)

    def quote(block: StoryBlock) -> str:
        said = "".join(f"<p>{text(line)}</p>" for line in block.lines)
        speaker = f"<cite>— {text(block.extra)}</cite>" if block.extra else ""
        return f'<blockquote class="wp-block-quote is-layout-flow">{said}{speaker}</blockquote>'

    def box(block: StoryBlock) -> str:
        inside = "".join(f"<p>{text(line)}</p>" for line in block.lines)
        return f"""<div class="wp-block-group has-background"><div class="wp-block-group__inner-container">
<h3 class="wp-block-heading">{text(block.extra)}</h3>{inside}</div></div>"""

    setters: dict[str, markup.Setter] = {
        "p": lambda block: f"<p>{text(block.lines[0])}</p>",
        "h2": lambda block: f'<h2 class="wp-block-heading">{text(block.lines[0])}</h2>',
        "h3": lambda block: f'<h3 class="wp-block-heading">{text(block.lines[0])}</h3>',
        "figure": lambda block: _figure(edition, story, block),
        "quote": quote,
        "ul": lambda block: markup.items(block, text, ' class="wp-block-list"'),
        "ol": lambda block: markup.items(block, text, ' class="wp-block-list"'),
        "table": lambda block: f'<figure class="wp-block-table">{markup.table(block, text)}</figure>',
        "code": lambda block: (
            f'<pre class="wp-block-code"><code lang="{block.extra}" class="language-{block.extra}">{escape(block.lines[0])}'
            "</code></pre>"
        ),
        "note": lambda block: "",
        "box": box,
        "related": lambda block: '<div class="wp-block-spacer" aria-hidden="true" style="height: 24px"></div>',
    }
    return markup.body(markup.with_related(story.blocks), setters) + _notes(edition, story)


def _figure(edition: Edition, story: DemoStory, block: StoryBlock) -> str:
    picture, caption, credit = block.lines
    small, large = edition.picture(story, picture), edition.picture(story, picture, 1280)
    by = f' <span class="image-credit">Photo: {escape(credit)}</span>' if credit else ""
    sizes = f"{small} 640w, {large} 1280w"
    return f"""<figure class="wp-block-image size-large"><img decoding="async" width="640" height="400" src="{BLANK}"
data-src="{small}" data-srcset="{sizes}" alt="" class="lazyload wp-image-{story.number}" sizes="(max-width: 640px) 100vw, 640px" />
<noscript><img src="{small}" srcset="{sizes}" alt="" /></noscript>
<figcaption class="wp-element-caption">{escape(caption)}{by}</figcaption></figure>"""


def _notes(edition: Edition, story: DemoStory) -> str:
    notes = [block for block in story.blocks if block.kind == "note"]
    if not notes:
        return ""
    lines = "".join(
        f"""<li id="{_key(note.extra)}">{_text(edition, note.lines[0])} <a href="#{_key(note.extra)}-link"
aria-label="Jump to footnote reference {note.extra}">↩︎</a></li>"""
        for note in notes
    )
    return f'\n<ol class="wp-block-footnotes">{lines}</ol>'


def _related(edition: Edition, story: DemoStory) -> str:
    links = "".join(
        f'<li><a href="{edition.url(other.slug)}">{escape(other.title)}</a></li>' for other in edition.related(story)
    )
    return f"""<div class="wp-block-group related-posts"><h3 class="wp-block-heading">Related coverage</h3>
<ul class="wp-block-list">{links}</ul></div>"""


def _more(edition: Edition, story: DemoStory) -> str:
    cards = "".join(
        f"""<article class="also-like-post"><a class="post-thumbnail" href="{edition.path(other)}?utm_source=also-like">
<img src="{_small(edition, other)}" alt="" width="320" loading="lazy" /></a>
<span class="cat-links">{other.section}</span>
<h3 class="entry-title"><a href="{edition.path(other)}?utm_source=also-like">{escape(other.title)}</a></h3>
<p class="entry-summary">{escape(plain(other.lede))}</p></article>
"""
        for other in edition.more(story, 3)
    )
    return f"""<section class="also-like"><h2 class="also-like-title">You may also like</h2>
<div class="also-like-posts">{cards}</div></section>"""


def _small(edition: Edition, story: DemoStory) -> str:
    return edition.picture(story, story.pictures[0].lines[0] if story.pictures else "press 4", 320)


def _frame(edition: Edition, title: str, metas: str, kind: str, main: str) -> str:
    menu = "".join(f'<li class="menu-item"><a href="{url}">{name}</a></li>' for name, url in SECTIONS.items())
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="UTF-8" /><title>{escape(title)}</title>
{metas}
<link rel="alternate" type="application/feed+json" title="{NAME} » Feed" href="{edition.homes["ledger"]}/feed.json" />
<meta name="generator" content="WordPress 6.6" /></head>
<body class="{kind}"><div id="page" class="site"><a class="skip-link screen-reader-text" href="#primary">Skip to content</a>
<header id="masthead" class="site-header"><p class="site-title"><a href="/" rel="home">{NAME}</a></p>
<p class="site-description">Uplands, dales and the top road</p>
<nav id="site-navigation"><ul class="menu">{menu}</ul></nav></header>
{main}
<footer id="colophon" class="site-footer"><div class="site-info">Proudly printed in an imaginary town.</div></footer>
</div></body></html>
"""


TITLE = PaperTitle(
    key="ledger",
    name=NAME,
    short="Ledger",
    language="en",
    folder="English",
    brand_colour="indigo",
    zone=0,
    sections=SECTIONS,
    feed_path="/feed.json",
    feed_type="application/feed+json; charset=utf-8",
    path=path,
    page=page,
    listing=listing,
    missing=missing,
    feed=feed,
)
