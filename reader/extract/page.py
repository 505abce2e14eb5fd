"""The whole way of a page: decode, parse once, site rule, facts, content, links, figures, Markdown. Pure."""

from dataclasses import replace

from lxml import etree

from reader.config.values import RuleFile
from reader.extract.blocks import lead_pictures, walk
from reader.extract.blocks.inline import Block, Walk
from reader.extract.cleanup import article_body, section_page, trim
from reader.extract.cleanup import standfirst as lede
from reader.extract.content import choose
from reader.extract.dom import parse
from reader.extract.dom.node import Listed, characters, words
from reader.extract.links import links, next_page, related
from reader.extract.metadata import machine, printed
from reader.extract.metadata.printed import Page
from reader.extract.reading_time import reading_time
from reader.extract.rules import sites
from reader.models import Article, Link, LinkKind
from reader.text import clean
from reader.text.urls import canonical, host, same_site

_LEAST = 20
"""Characters of text below which a page has no article."""


def extract(page: bytes, url: str, *, encoding: str | None = None, rules: sites.Rules | None = None) -> Article:
    """Return the article of a page. `encoding` is what HTTP declared; `rules` None means the shipped ones.

    A page with no article gives an Article with empty `markdown` and how = "nothing". Raises NotAPage for what is no
    HTML, and nothing else, whatever the bytes. No network, no disk (but for the shipped rules, read once).
    """
    root = parse.parse(page, encoding)
    if root is None:
        return Article(url=url, canonical_url=printed.canonical_of(url, None), site=host(url), title="")
    return _article(root, url, sites.shipped() if rules is None else rules)


def extract_by(own: tuple[RuleFile, ...], page: bytes, url: str, *, encoding: str | None = None) -> Article:
    """Return the article of a page, by a person's own rules before the shipped ones; otherwise as `extract`.

    `own` are the sound ones (`Config.rules`): worker processes are sent files, which are compiled once a process.
    """
    return extract(page, url, encoding=encoding, rules=sites.rules_of(own))


def _article(root: etree._Element, url: str, rules: sites.Rules) -> Article:
    listed = Listed(root)
    facts = machine.read(listed, url)
    rule = rules.match(url, root)
    zone = machine.zone_of(facts, rule.zone if rule else None)
    page = Page(root, listed, url, printed.base_of(listed, url), facts, rule, zone)
    title, heading = printed.title(page)
    empty = _without_text(page, title)

    found: list[Link] = []
    dropped: set[etree._Element] = set()
    if rule:
        found.extend(_rule_links(page, dropped))
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
    authors = empty.authors or printed.signature(page, body)
    blocks = _blocks(body, page, title, dropped, strict=not ruled)
    story, rows = trim.trim(
        blocks, title, authors, lambda row: list(related.cards(row.out, LinkKind.RELATED, page)), url, page=not ruled
    )
    if not ruled and section_page.is_listing(page, story):
        return empty
    found.extend(rows)
    if not ruled:
        story = lead_pictures.with_pictures(heading, body, story, page.base, title)
    standfirst = rule.lede.first(root)[:1] if rule else []
    said, story = lede.from_rule(standfirst, story) if standfirst else lede.printed(root, facts, heading, body, story)
    if not ruled:
        story = article_body.confirmed(story, facts)
    if not _is_story(said, story, least=1 if ruled or bare else _LEAST):
        return empty
    running = inline_links(story)
    found.extend([] if ruled else related.left_out(page, heading, body, running, found))
    found.extend(running)
    found.extend(_next_page(page, empty.canonical_url))
    count, minutes = reading_time([said or "", *(block.text for block in story)])
    return replace(
        empty,
        kicker=printed.line_of(rule.kicker.first(root)) if rule else None,
        authors=authors,
        published=empty.published or printed.printed_date(page, heading),
        lede=said,
        markdown=markdown_of(story),
        figures=tuple(block.figure for block in story if block.figure),
        links=links.unique(found),
        words=count,
        minutes=minutes,
        how=f"rule:{rule.name}" if rule and ruled else "generic",
    )


def _without_text(page: Page, title: str) -> Article:
    """What the page says of itself: the article but for its text."""
    facts = page.facts
    return Article(
        url=page.url,
        canonical_url=printed.canonical_of(page.url, facts.canonical),
        site=facts.meta("og:site_name") or host(page.url),
        title=title,
        section=printed.section(page, title),
        tags=printed.tags(page),
        authors=printed.authors(page),
        published=printed.ruled_date(page) or machine.published(facts, page.zone),
        updated=machine.updated(facts, page.zone),
        lang=facts.lang,
    )


def _is_story(said: str | None, story: list[Block], *, least: int) -> bool:
    """Say whether there is text enough, or a lede with pictures: a photo story."""
    return sum(len(block.text) for block in story) >= least or bool(said and any(block.figure for block in story))


def markdown_of(story: list[Block]) -> str:
    """Return the Markdown of a story's blocks."""
    # Here, for it loads BeautifulSoup, which only what makes an article needs.
    from reader.extract.markdown.convert import convert

    return clean(convert(block.out for block in story)).strip()


def _rule_links(page: Page, dropped: set[etree._Element]) -> list[Link]:
    """The blocks of other stories that the rule names; all of them go from the body."""
    found: list[Link] = []
    if not page.rule:
        return found
    for selectors, kind in ((page.rule.related, LinkKind.RELATED), (page.rule.more, LinkKind.MORE)):
        for block in selectors.all(page.root):
            dropped.add(block)
            found.extend(related.cards(block, kind, page))
    return found


def _blocks(
    body: list[etree._Element], page: Page, title: str, dropped: set[etree._Element], *, strict: bool
) -> list[Block]:
    parts = [part for part in body if not any(part in other.iterdescendants() for other in body if other is not part)]
    walks = [Walk(page.base, title, trim.unwanted(dropped, strict=strict, mass=characters(part))) for part in parts]
    return walk.blocks_of_all(parts, walks)


def inline_links(story: list[Block]) -> list[Link]:
    """Return the links of the running text as edges."""
    found = []
    for block in story:
        for anchor in block.out.iter("a"):
            address, text = anchor.get("href") or "", words(anchor)
            if address.startswith("http") and len(text) > 1:
                found.append(Link(LinkKind.INLINE, text, address))
    return found


def _next_page(page: Page, claimed: str) -> list[Link]:
    """The edge that the site rule names, else the one that the page's addresses and words agree on."""
    for element in page.rule.next.all(page.root) if page.rule else []:
        address = links.target(element.get("href"), page.base)
        if address and same_site(address, page.url) and canonical(address) != canonical(page.url):
            return [Link(LinkKind.NEXT, words(element) or "2", address)]
    return next_page.next_page(page.listed, page.url, page.base, claimed)
