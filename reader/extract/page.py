"""The way of a page: its bytes, the tree, what it says of itself, its body, blocks, story, links and Markdown. Pure.

The one place that calls the stages in their order. No stage calls another that stands above it.
"""

from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from reader.config.values import RuleFile
from reader.extract.blocks import walk
from reader.extract.blocks.inline import ContentBlock, WalkState
from reader.extract.blocks.unwanted import unwanted_filter
from reader.extract.cleanup.story import CleanedStory, clean_story
from reader.extract.content import choose
from reader.extract.dom import parse
from reader.extract.dom.node import ElementIndex, text_length
from reader.extract.links import next_page, related, targets
from reader.extract.markdown import markdown_of
from reader.extract.metadata import dates, fields
from reader.extract.metadata.page_context import PageContext, page_context
from reader.extract.reading_time import reading_time
from reader.extract.rules import sites
from reader.models import Article, LinkKind
from reader.text.urls import host

_LEAST = 20
"""Characters of text below which a page has no article."""


class _Body(NamedTuple):
    """The elements that hold the article. `whole_page`: it is a page that is nothing but its text."""

    parts: list[etree._Element]
    by_rule: bool = False
    whole_page: bool = False


def extract(page: bytes, url: str, *, encoding: str | None = None, rules: sites.Rules | None = None) -> Article:
    """Return the article of a page. `encoding` is what HTTP declared; `rules` None means the shipped ones.

    A page with no article gives an Article with empty `markdown` and how = "nothing". Raises NotAPage for what is no
    HTML, and nothing else, whatever the bytes. No network, no disk (but for the shipped rules, read once).
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


def _article(root: etree._Element, url: str, rules: sites.Rules) -> Article:
    page = page_context(root, url, rules)
    title, heading = fields.title(page)
    empty = _without_text(page, title)

    links, dropped = related.from_rule(page)
    body = _body(page, heading, dropped)
    if not body.by_rule:
        dropped.update(related.stories_in_body(body.parts, page, links))
    if not any(link.kind is LinkKind.MORE for link in links):
        links.extend(related.stories_beside(page, body.parts))

    authors = empty.authors or fields.signature(page, body.parts)
    blocks = _blocks(body, page, title, dropped)
    story = clean_story(blocks, page, title, authors, heading, body.parts, by_rule=body.by_rule)
    if story is None or not _is_article(story, body):
        return empty

    links.extend(story.links)
    running = targets.inline_links(block.out for block in story.blocks)
    if not body.by_rule:
        links.extend(related.stories_left_out(page, heading, body.parts, running, links))
    links.extend(running)
    links.extend(next_page.next_links(page, empty.canonical_url))

    count, minutes = reading_time([story.lede or "", *(block.text for block in story.blocks)])
    return replace(
        empty,
        kicker=fields.kicker(page),
        authors=authors,
        published=empty.published or dates.visible_date(page, heading),
        lede=story.lede,
        markdown=markdown_of(block.out for block in story.blocks),
        figures=tuple(block.figure for block in story.blocks if block.figure),
        links=targets.unique_links(links),
        words=count,
        minutes=minutes,
        how=f"rule:{page.rule.name}" if page.rule and body.by_rule else "generic",
    )


def _without_text(page: PageContext, title: str) -> Article:
    """What the page says of itself: the article but for its text."""
    metadata = page.metadata
    return Article(
        url=page.url,
        canonical_url=fields.canonical_address(page.url, metadata.canonical),
        site=metadata.meta("og:site_name") or host(page.url),
        title=title,
        section=fields.section(page, title),
        tags=fields.tags(page),
        authors=fields.authors(page),
        published=dates.rule_date(page) or dates.published(metadata, page.zone),
        updated=dates.updated(metadata, page.zone),
        lang=metadata.lang,
    )


def _body(page: PageContext, heading: etree._Element | None, dropped: set[etree._Element]) -> _Body:
    """Choose the elements that hold the article: by the rule, else by where the prose is. Adds what the rule drops to
    `dropped`. May change the tree, and lists its elements anew if so."""
    rule, root = page.rule, page.root
    parts: list[etree._Element] = []
    if rule:
        dropped.update(rule.drop.all(root))
        parts = rule.body.first(root)
        rule.mark_figures(root, parts)
        page.index = ElementIndex(root)
    if parts:
        return _Body(parts, by_rule=True)
    parts = choose.choose_body(root, heading, page.url)
    if not parts and choose.reveal_hidden_text(root):
        page.index = ElementIndex(root)
        parts = choose.choose_body(root, heading, page.url)
    if parts:
        return _Body(parts)
    whole = choose.whole_page(root)
    return _Body(whole, whole_page=bool(whole))


def _blocks(body: _Body, page: PageContext, title: str, dropped: set[etree._Element]) -> list[ContentBlock]:
    """Walk each part of the body that stands in no other part of it."""
    parts = [
        part
        for part in body.parts
        if not any(part in other.iterdescendants() for other in body.parts if other is not part)
    ]
    walks = [
        WalkState(page.base, title, unwanted_filter(dropped, strict=not body.by_rule, mass=text_length(part)))
        for part in parts
    ]
    return walk.blocks_of_parts(parts, walks)


def _is_article(story: CleanedStory, body: _Body) -> bool:
    """Say whether there is text enough, or a lede with pictures: a photo story. Where a rule names the body, or the
    page is nothing but its text, one character is enough."""
    least = 1 if body.by_rule or body.whole_page else _LEAST
    return sum(len(block.text) for block in story.blocks) >= least or bool(
        story.lede and any(block.figure for block in story.blocks)
    )
