# ruff: noqa: E501 - a page's markup is broken where the paper's own system breaks it
"""The Harbour Post: semantic HTML5 with JSON-LD, as a well-kept English paper prints it, and an Atom feed.

Its stories lie in `stories/`, one text file each. It makes pages, and never serves them.
"""

import json
from dataclasses import replace
from datetime import datetime

from reader.demo import markup
from reader.demo.edition import Edition, PaperTitle
from reader.demo.markup import escape
from reader.demo.stories import DemoStory, StoryBlock, plain

NAME = "The Harbour Post"
SECTIONS = {
    "Harbour": "/harbour",
    "Town": "/town",
    "Sea": "/sea",
    "Long reads": "/long-reads",
    "Books": "/books",
    "Sport": "/sport",
}


def path(story: DemoStory, published: datetime) -> str:
    return f"{SECTIONS[story.section]}/{published:%Y/%m}/{story.slug}"


def page(edition: Edition, story: DemoStory) -> str:
    """An article page: header, figures, body, footnotes, related stories beside it and the section's list below."""
    when, changed = edition.time(story), edition.updated(story)
    url = edition.homes[story.paper] + edition.path(story)
    people = "".join(f'<a rel="author" href="/about">{name}</a>' for name in story.authors[:1])
    people += "".join(f' and <a rel="author" href="/about">{name}</a>' for name in story.authors[1:])
    revised = f' · Updated <time datetime="{changed.isoformat()}">{changed:%H:%M}</time>' if changed != when else ""
    image = edition.picture(story, story.pictures[0].lines[0]) if story.pictures else None
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": when.isoformat(),
        **({"dateModified": changed.isoformat()} if changed != when else {}),
        "articleSection": story.section,
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "Organization", "name": NAME},
        "mainEntityOfPage": url,
        "keywords": list(story.tags),
        **({"image": [image]} if image else {}),
    }
    metas = f"""<meta name="description" content="{escape(plain(story.lede))}">
<meta property="og:title" content="{escape(story.title)}"><meta property="og:type" content="article">
<meta property="og:site_name" content="{NAME}"><meta property="og:url" content="{url}">
<link rel="canonical" href="{url}">
<script type="application/ld+json">{json.dumps(facts, ensure_ascii=False)}</script>"""
    kicker = f'<p class="story-kicker">{escape(story.kicker)}</p>' if story.kicker else ""
    return _frame(
        edition,
        f"{story.title} | {NAME}",
        metas,
        f"""<main id="main"><article class="story">
<header class="story-header"><nav class="crumbs" aria-label="Section"><a href="/">Home</a> ›
<a href="{SECTIONS[story.section]}">{story.section}</a></nav>{kicker}
<h1 class="story-title">{escape(story.title)}</h1>
<p class="standfirst">{_text(edition, story.lede)}</p>
<div class="article-meta"><span class="byline">By {people}</span>
<time class="published" datetime="{when.isoformat()}">{when.day} {when:%B %Y, %H:%M}</time>{revised}
<span class="reading-time">{max(1, markup.words(story.blocks) // 230)} min read</span></div>
<ul class="share-tools" aria-label="Share"><li><button>Share</button></li><li><button>Copy link</button></li>
<li><button>Save for later</button></li></ul></header>
<div class="story-body" itemprop="articleBody">
{_body(edition, story)}
{_notes(edition, story)}
{_pager(edition, story)}</div>
<footer class="story-footer"><p class="corrections">Seen something that is not right?
<a href="mailto:corrections@harbour.invalid">Tell the corrections desk</a>.</p></footer></article>
{_related(edition, story)}
<section class="newsletter-signup" aria-label="Newsletter"><h2>High Water</h2>
<p>The tide table, the ferry news and one good story, every morning at six.</p>
<form><input type="email" aria-label="Email"><button>Sign up</button></form></section>
{_more(edition, story)}
<section id="comments" class="comments"><h2>Comments</h2><p>Comments are open from nine until dusk.</p></section></main>""",
    )


def listing(edition: Edition, heading: str, stories: list[DemoStory]) -> str:
    """The front page or a section's page."""
    cards = "\n".join(_card(edition, story) for story in stories)
    body = f'<main id="main"><h1>{heading}</h1><div class="story-list">{cards}</div></main>'
    return _frame(edition, f"{heading} | {NAME}", '<meta property="og:type" content="website">', body)


def missing(edition: Edition) -> str:
    """What a reader gets for an address that no story has."""
    body = '<main id="main"><h1>Nothing at this berth</h1><p>The page has sailed. <a href="/">Front page</a></p></main>'
    return _frame(edition, f"Not found | {NAME}", "", body)


def feed(edition: Edition, stories: list[DemoStory]) -> str:
    """Atom, with the time of the last change beside the time of publication."""
    home = edition.homes["harbourpost"]
    newest = max((edition.updated(story) for story in stories), default=edition.start)
    entries = "\n".join(
        f"""<entry><id>tag:harbour.invalid,2026:{story.slug}</id><title>{escape(story.title)}</title>
<link rel="alternate" type="text/html" href="{edition.url(story.slug)}"/>
<published>{edition.time(story).isoformat()}</published><updated>{edition.updated(story).isoformat()}</updated>
{"".join(f"<author><name>{name}</name></author>" for name in story.authors)}
<category term="{story.section}"/><summary type="text">{escape(plain(story.lede))}</summary></entry>"""
        for story in stories
    )
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en-GB"><id>tag:harbour.invalid,2026:front</id>
<title>{NAME}</title><subtitle>News from the water's edge</subtitle><updated>{newest.isoformat()}</updated>
<link rel="alternate" type="text/html" href="{home}/"/><link rel="self" href="{home}/feed.atom"/>
{entries}
</feed>
"""


def _mark(mark: str) -> str:
    return f'<a href="#fn{mark}" class="footnote-ref" id="fnref{mark}" role="doc-noteref"><sup>{mark}</sup></a>'


def _text(edition: Edition, text: str) -> str:
    return markup.inline(text, edition.url, _mark)


def _body(edition: Edition, story: DemoStory) -> str:
    def text(line: str) -> str:
        return _text(edition, line)

    def quote(block: StoryBlock) -> str:
        said = "".join(f"<p>{text(line)}</p>" for line in block.lines)
        speaker = f'<p class="speaker">— <cite>{text(block.extra)}</cite></p>' if block.extra else ""
        return f"<blockquote>{said}{speaker}</blockquote>"

    def box(block: StoryBlock) -> str:
        inside = "".join(f"<p>{text(line)}</p>" for line in block.lines)
        return f'<section class="fact-box"><h3>{text(block.extra)}</h3>{inside}</section>'

    setters: dict[str, markup.Setter] = {
        "p": lambda block: f"<p>{text(block.lines[0])}</p>",
        "h2": lambda block: f"<h2>{text(block.lines[0])}</h2>",
        "h3": lambda block: f"<h3>{text(block.lines[0])}</h3>",
        "figure": lambda block: _figure(edition, story, block),
        "quote": quote,
        "ul": lambda block: markup.items(block, text),
        "ol": lambda block: markup.items(block, text),
        "table": lambda block: markup.table(block, text),
        "code": lambda block: f'<pre><code class="language-{block.extra}">{escape(block.lines[0])}</code></pre>',
        "note": lambda block: "",
        "box": box,
        "related": lambda block: '<div class="ad-slot" aria-hidden="true"><span>Advertisement</span></div>',
    }
    return markup.body(markup.with_related(story.blocks), setters)


def _figure(edition: Edition, story: DemoStory, block: StoryBlock) -> str:
    picture, caption, credit = block.lines
    small, large = edition.picture(story, picture), edition.picture(story, picture, 1280)
    by = f' <span class="credit">Photograph: {escape(credit)}</span>' if credit else ""
    return f"""<figure class="story-figure"><picture><source srcset="{large} 1280w, {small} 640w" type="image/png">
<img src="{small}" width="640" height="400" alt="{escape(caption)}"></picture>
<figcaption><span class="caption">{escape(caption)}</span>{by}</figcaption></figure>"""


def _notes(edition: Edition, story: DemoStory) -> str:
    notes = [block for block in story.blocks if block.kind == "note"]
    if not notes:
        return ""
    lines = "".join(
        f"""<li id="fn{note.extra}"><p>{_text(edition, note.lines[0])}
<a href="#fnref{note.extra}" class="to-text" role="doc-backlink">↩</a></p></li>"""
        for note in notes
    )
    return f'<section class="footnotes" role="doc-endnotes"><hr><ol>{lines}</ol></section>'


def _pager(edition: Edition, story: DemoStory) -> str:
    """`ServedPage 1 of 3`, and the way to the others, under a story that stands on several."""
    if story.pages == 1:
        return ""
    pages = [replace(story, page=number) for number in range(1, story.pages + 1)]
    links = " ".join(
        f"<b>{page.page}</b>" if page == story else f'<a href="{edition.path(page)}">{page.page}</a>' for page in pages
    )
    further = "".join(
        f' <a rel="next" href="{edition.path(page)}">Next ›</a>' for page in pages[story.page : story.page + 1]
    )
    return f'<nav class="pager" aria-label="Pages">Page {story.page} of {story.pages}: {links}{further}</nav>\n'


def _related(edition: Edition, story: DemoStory) -> str:
    links = "".join(
        f'<li><a href="{edition.url(other.slug)}">{escape(other.title)}</a></li>\n' for other in edition.related(story)
    )
    return f'<aside class="related-stories" aria-label="Related stories"><h2>Related stories</h2><ul>\n{links}</ul></aside>'


def _card(edition: Edition, story: DemoStory) -> str:
    image = edition.picture(story, story.pictures[0].lines[0] if story.pictures else "press 3", 320)
    return f"""<article class="card"><a class="card-image" href="{edition.path(story)}" aria-hidden="true" tabindex="-1">
<img src="{image}" alt="" loading="lazy" width="320" height="200"></a>
<p class="card-section">{story.section}</p>
<h3 class="card-title"><a href="{edition.path(story)}">{escape(story.title)}</a></h3>
<p class="card-summary">{escape(plain(story.lede))}</p></article>"""


def _more(edition: Edition, story: DemoStory) -> str:
    cards = "\n".join(_card(edition, other) for other in edition.more(story, 4))
    return f'<section class="more-stories"><h2>More from The Post</h2><div class="card-grid">{cards}</div></section>'


def _frame(edition: Edition, title: str, metas: str, main: str) -> str:
    menu = "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in SECTIONS.items())
    return f"""<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>{escape(title)}</title>
<meta name="viewport" content="width=device-width">
{metas}
<link rel="alternate" type="application/atom+xml" title="{NAME}" href="/feed.atom">
<style>.story-body {{ max-width: 38rem }}</style></head>
<body class="theme-paper"><a class="skip" href="#main">Skip to main content</a>
<div role="dialog" class="cookie-notice" aria-label="Cookies"><p>We use one cookie, to remember that you closed this.</p>
<button>Close</button></div>
<header class="masthead"><a href="/" class="masthead-name">{NAME}</a><p class="masthead-motto">News from the water's edge</p>
<nav aria-label="Sections"><ul>{menu}</ul></nav></header>
{main}
<footer class="site-footer"><nav aria-label="Site"><ul><li><a href="/about">About us</a></li></ul></nav>
<p>The Harbour Post is an invention, like everyone in it.</p></footer></body></html>
"""


TITLE = PaperTitle(
    key="harbourpost",
    name=NAME,
    short="Post",
    language="en",
    folder="English",
    brand_colour="teal",
    zone=0,
    sections=SECTIONS,
    feed_path="/feed.atom",
    feed_type="application/atom+xml; charset=utf-8",
    path=path,
    page=page,
    listing=listing,
    missing=missing,
    feed=feed,
)
