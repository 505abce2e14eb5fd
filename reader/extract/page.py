"""The way of a page, from its bytes to an Article: each stage is called once, and gives the next a value. Pure.

The one place that calls the stages in their order. No stage calls another that stands above it.
"""

from dataclasses import replace
from functools import partial

from lxml import etree

from reader.config.values import RuleFile
from reader.extract.blocks.page_blocks import page_blocks
from reader.extract.cleanup.story import CleanedStory, clean_story
from reader.extract.content import choose
from reader.extract.content.body import Body
from reader.extract.content.carried_text import LEAST, carried_text
from reader.extract.dom import parse
from reader.extract.dom.node import ElementIndex
from reader.extract.links.page_links import page_links
from reader.extract.links.teasers import teasers
from reader.extract.markdown import markdown_of
from reader.extract.metadata import fields
from reader.extract.metadata.page_context import PageContext, page_context
from reader.extract.reading_time import reading_time
from reader.extract.rules import sites
from reader.models import Article
from reader.text.urls import host

_LEAST = 20
"""Characters of text below which a page has no article."""


def extract(page: bytes, url: str, *, encoding: str | None = None, rules: sites.Rules | None = None) -> Article:
    """Return the article of a page. `encoding` is what HTTP declared; `rules` None means the shipped ones.

    A page with no article gives an Article with empty `markdown` and how = "nothing", or "list" where it lists stories.
    Raises NotAPage for what is no HTML, and nothing else, whatever the bytes. No network, no disk (but for the shipped
    rules, read once).
    """
    root = parse.parse(page, encoding)
    if root is None:
        return Article(url=url, canonical_url=fields.canonical_address(url, None), site=host(url), title="")
    return _article(root, url, sites.shipped() if rules is None else rules)


def extract_by(own: tuple[RuleFile, ...], page: bytes, url: str, *, encoding: str | None = None) -> Article:
    """Return the article of a page, by a person's own rules before the shipped ones; otherwise as `extract`.

    `own` are the sound ones (`Config.rules`): worker processes are sent files, which are compiled once a process.
    """
    return extract(page, url, encoding=encoding, rules=sites.rules_of(own))


def _article(root: etree._Element, url: str, rules: sites.Rules, *, hidden: bool = False) -> Article:
    """Take the page through the stages. `hidden` says that what only scripts show is part of the tree already."""
    page = page_context(root, url, rules)
    said = fields.page_fields(page)
    page, body = _body(page, said.heading)
    if (body.whole_page or not body.parts) and not hidden and choose.reveal_hidden_text(root):
        return _article(root, url, rules, hidden=True)
    if body.whole_page or not body.parts:
        carried = _carried(page, body.parts, least=1)
        body = body if carried is None else Body(parts=[carried])
    walked = page_blocks(page, body, said.title, said.heading)
    body = walked.body
    story = clean_story(walked.blocks, page, said, body)
    empty = Article(
        url=url,
        canonical_url=said.canonical_url,
        site=said.site,
        title=said.title,
        section=said.section,
        tags=said.tags,
        authors=said.authors,
        published=said.published,
        updated=said.updated,
        lang=said.lang,
    )
    if story is None:
        return replace(empty, how="list")
    if not _is_article(story, body):
        return empty
    running = [block.out for block in story.blocks]
    count, minutes = reading_time([story.lede or "", *(block.text for block in story.blocks)])
    return replace(
        empty,
        kicker=said.kicker,
        authors=story.authors,
        published=said.published or said.date_shown,
        lede=story.lede,
        figures=tuple(block.figure for block in story.blocks if block.figure),
        links=page_links(page, said, body, boxes=walked.boxes, rows=story.links, running=running),
        markdown=markdown_of(running),
        words=count,
        minutes=minutes,
        how=f"rule:{page.rule.name}" if page.rule and body.by_rule else "generic",
    )


def _body(page: PageContext, heading: etree._Element | None) -> tuple[PageContext, Body]:
    """Choose the elements that hold the article: by the rule, else by where the prose is, or in the
    JSON-LD where the page shows next to nothing of it. What the rule calls pictures
    and captions is marked so in the tree; the page that is returned knows it."""
    rule, root, body = page.rule, page.root, Body()
    if rule:
        body = Body(
            dropped=tuple(rule.drop.all(root)), related=tuple(rule.related.all(root)), more=tuple(rule.more.all(root))
        )
        parts = rule.body.first(root)
        rule.mark_figures(root, parts)
        page = replace(page, index=ElementIndex(root))
        if parts:
            return page, replace(body, parts=parts, by_rule=True)
    parts = choose.choose_body(root, heading, page.url)
    carried = _carried(page, parts)
    if carried is not None:
        return page, replace(body, parts=[carried])
    if parts:
        return page, replace(body, parts=parts)
    whole = choose.whole_page(root)
    return page, replace(body, parts=whole, whole_page=bool(whole))


def _carried(page: PageContext, shown: list[etree._Element], *, least: int = LEAST) -> etree._Element | None:
    """Return the text in the page's JSON-LD as an element, where what is `shown` is next to nothing of it."""
    return carried_text(page.metadata.article_body, shown, partial(teasers, page, strict=True), least=least)


def _is_article(story: CleanedStory, body: Body) -> bool:
    """Say whether there is text enough, or a lede with pictures: a photo story. Where a rule names the body, or the
    page is nothing but its text, one character is enough."""
    least = 1 if body.by_rule or body.whole_page else _LEAST
    return sum(len(block.text) for block in story.blocks) >= least or bool(
        story.lede and any(block.figure for block in story.blocks)
    )
