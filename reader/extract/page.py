"""The whole way of a page: decode, parse once, site rule, facts, content, links, figures, Markdown. Pure."""

from dataclasses import replace

from lxml import etree

from reader.config.rules import RuleFile
from reader.extract.blocks import lead_pictures, walk
from reader.extract.blocks.inline import Block, Walk
from reader.extract.blocks.unwanted import unwanted
from reader.extract.cleanup import article_body, section_page, standfirst, trim
from reader.extract.content import choose
from reader.extract.dom import parse
from reader.extract.dom.node import Listed, characters
from reader.extract.links import next_page, related, targets
from reader.extract.markdown.convert import convert
from reader.extract.metadata import dates, fields
from reader.extract.metadata.page_context import Page, page_context
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
        return Article(url=url, canonical_url=fields.canonical_of(url, None), site=host(url), title="")
    return _article(root, url, sites.shipped() if rules is None else rules)


def extract_by(own: tuple[RuleFile, ...], page: bytes, url: str, *, encoding: str | None = None) -> Article:
    """Return the article of a page, by a person's own rules before the shipped ones; otherwise as `extract`.

    `own` are the sound ones (`Config.rules`): worker processes are sent files, which are compiled once a process.
    """
    return extract(page, url, encoding=encoding, rules=sites.rules_of(own))


def _article(root: etree._Element, url: str, rules: sites.Rules) -> Article:
    page = page_context(root, url, rules)
    rule, facts = page.rule, page.facts
    title, heading = fields.title(page)
    empty = _without_text(page, title)

    found, dropped = related.from_rule(page)
    if rule:
        dropped.update(rule.drop.all(root))
    ruled = rule.body.first(root) if rule else []
    if rule:
        rule.mark_figures(root, ruled)
        page.listed = Listed(root)
    body = ruled or choose.choose(root, heading, url)
    if not body and choose.uncovered(root):
        page.listed = Listed(root)
        body = choose.choose(root, heading, url)
    bare = [] if body else choose.whole(root)
    body = body or bare
    if not ruled:
        dropped.update(related.within(body, page, found))
    if not any(link.kind is LinkKind.MORE for link in found):
        found.extend(related.beside(page, body))
    authors = empty.authors or fields.signature(page, body)
    blocks = _blocks(body, page, title, dropped, strict=not ruled)
    story, rows = trim.trim(blocks, title, authors, base=page.base, zone=page.zone, here=url, page=not ruled)
    if not ruled and section_page.is_listing(page, story):
        return empty
    found.extend(rows)
    if not ruled:
        story = lead_pictures.with_pictures(heading, body, story, page.base, title)
    chosen = rule.lede.first(root)[:1] if rule else []
    lede, story = (
        standfirst.from_rule(chosen, story) if chosen else standfirst.printed(root, facts, heading, body, story)
    )
    if not ruled:
        story = article_body.confirmed(story, facts)
    if not _is_story(lede, story, least=1 if ruled or bare else _LEAST):
        return empty
    running = targets.inline_links(block.out for block in story)
    found.extend([] if ruled else related.left_out(page, heading, body, running, found))
    found.extend(running)
    found.extend(next_page.next_links(page, empty.canonical_url))
    count, minutes = reading_time([lede or "", *(block.text for block in story)])
    return replace(
        empty,
        kicker=fields.line_of(rule.kicker.first(root)) if rule else None,
        authors=authors,
        published=empty.published or dates.printed_date(page, heading),
        lede=lede,
        markdown=clean(convert(block.out for block in story)).strip(),
        figures=tuple(block.figure for block in story if block.figure),
        links=targets.unique(found),
        words=count,
        minutes=minutes,
        how=f"rule:{rule.name}" if rule and ruled else "generic",
    )


def _without_text(page: Page, title: str) -> Article:
    """What the page says of itself: the article but for its text."""
    facts = page.facts
    return Article(
        url=page.url,
        canonical_url=fields.canonical_of(page.url, facts.canonical),
        site=facts.meta("og:site_name") or host(page.url),
        title=title,
        section=fields.section(page, title),
        tags=fields.tags(page),
        authors=fields.authors(page),
        published=dates.ruled_date(page) or dates.published(facts, page.zone),
        updated=dates.updated(facts, page.zone),
        lang=facts.lang,
    )


def _is_story(said: str | None, story: list[Block], *, least: int) -> bool:
    """Say whether there is text enough, or a lede with pictures: a photo story."""
    return sum(len(block.text) for block in story) >= least or bool(said and any(block.figure for block in story))


def _blocks(
    body: list[etree._Element], page: Page, title: str, dropped: set[etree._Element], *, strict: bool
) -> list[Block]:
    parts = [part for part in body if not any(part in other.iterdescendants() for other in body if other is not part)]
    walks = [Walk(page.base, title, unwanted(dropped, strict=strict, mass=characters(part))) for part in parts]
    return walk.blocks_of_all(parts, walks)
