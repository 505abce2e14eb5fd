"""The whole way of a page: decode, parse once, site rule, facts, content, links, figures, Markdown. Pure."""

from dataclasses import replace

from lxml import etree

from reader.config.rules import RuleFile
from reader.extract.blocks import lead_pictures, walk
from reader.extract.blocks.inline import ContentBlock, WalkState
from reader.extract.blocks.unwanted import unwanted_filter
from reader.extract.cleanup import article_body, section_page, standfirst, trim
from reader.extract.content import choose
from reader.extract.dom import parse
from reader.extract.dom.node import ElementIndex, text_length
from reader.extract.links import next_page, related, targets
from reader.extract.markdown.convert import convert
from reader.extract.metadata import dates, fields
from reader.extract.metadata.page_context import PageContext, page_context
from reader.extract.reading_time import reading_time
from reader.extract.rules import sites
from reader.models import Article, LinkKind
from reader.text import clean
from reader.text.urls import host

_LEAST = 20
"""Characters of text below which a page has no article."""


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
    rule, metadata = page.rule, page.metadata
    title, heading = fields.title(page)
    empty = _without_text(page, title)

    found, dropped = related.from_rule(page)
    if rule:
        dropped.update(rule.drop.all(root))
    ruled = rule.body.first(root) if rule else []
    if rule:
        rule.mark_figures(root, ruled)
        page.index = ElementIndex(root)
    body = ruled or choose.choose_body(root, heading, url)
    if not body and choose.reveal_hidden_text(root):
        page.index = ElementIndex(root)
        body = choose.choose_body(root, heading, url)
    bare = [] if body else choose.whole_page(root)
    body = body or bare
    if not ruled:
        dropped.update(related.stories_in_body(body, page, found))
    if not any(link.kind is LinkKind.MORE for link in found):
        found.extend(related.stories_beside(page, body))
    authors = empty.authors or fields.signature(page, body)
    blocks = _blocks(body, page, title, dropped, strict=not ruled)
    story, rows = trim.trim(blocks, title, authors, base=page.base, zone=page.zone, here=url, page=not ruled)
    if not ruled and section_page.is_section_page(page, story):
        return empty
    found.extend(rows)
    if not ruled:
        story = lead_pictures.with_lead_pictures(heading, body, story, page.base, title)
    chosen = rule.lede.first(root)[:1] if rule else []
    lede, story = (
        standfirst.from_rule(chosen, story)
        if chosen
        else standfirst.visible_standfirst(root, metadata, heading, body, story)
    )
    if not ruled:
        story = article_body.without_unconfirmed(story, metadata)
    if not _is_story(lede, story, least=1 if ruled or bare else _LEAST):
        return empty
    running = targets.inline_links(block.out for block in story)
    found.extend([] if ruled else related.stories_left_out(page, heading, body, running, found))
    found.extend(running)
    found.extend(next_page.next_links(page, empty.canonical_url))
    count, minutes = reading_time([lede or "", *(block.text for block in story)])
    return replace(
        empty,
        kicker=fields.first_text(rule.kicker.first(root)) if rule else None,
        authors=authors,
        published=empty.published or dates.visible_date(page, heading),
        lede=lede,
        markdown=clean(convert(block.out for block in story)).strip(),
        figures=tuple(block.figure for block in story if block.figure),
        links=targets.unique_links(found),
        words=count,
        minutes=minutes,
        how=f"rule:{rule.name}" if rule and ruled else "generic",
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


def _is_story(said: str | None, story: list[ContentBlock], *, least: int) -> bool:
    """Say whether there is text enough, or a lede with pictures: a photo story."""
    return sum(len(block.text) for block in story) >= least or bool(said and any(block.figure for block in story))


def _blocks(
    body: list[etree._Element], page: PageContext, title: str, dropped: set[etree._Element], *, strict: bool
) -> list[ContentBlock]:
    parts = [part for part in body if not any(part in other.iterdescendants() for other in body if other is not part)]
    walks = [
        WalkState(page.base, title, unwanted_filter(dropped, strict=strict, mass=text_length(part))) for part in parts
    ]
    return walk.blocks_of_parts(parts, walks)
