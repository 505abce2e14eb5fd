"""The whole way of a page: decode, parse once, site rule, facts, content, links, figures, Markdown. Pure."""

import math
import re
from dataclasses import replace

from lxml import etree

from reader.extract import blocks as blocks_of
from reader.extract import (
    content,
    decode,
    figures,
    junk,
    lede,
    links,
    markdown,
    metadata,
    paging,
    printed,
    sites,
    trim,
)
from reader.extract.inline import Block, Walk
from reader.extract.node import characters, words
from reader.extract.printed import Page
from reader.models import Article, Link, LinkKind
from reader.text import clean
from reader.urls import host

WORDS_A_MINUTE = 230
CJK_A_MINUTE = 500
_CJK = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"\w+")
_LEAST = 20
"""Characters of text below which a page has no article."""


def extract(page: bytes, url: str, *, encoding: str | None = None, rules: sites.Rules | None = None) -> Article:
    """Return the article of a page. `encoding` is what HTTP declared; `rules` None means the shipped ones.

    A page with no article gives an Article with empty `markdown` and how = "nothing". Raises NotAPage for what is no
    HTML, and nothing else, whatever the bytes. No network, no disk (but for the shipped rules, read once).
    """
    root = decode.parse(page, encoding)
    if root is None:
        return Article(url=url, canonical_url=printed.canonical_of(url, None), site=host(url), title="")
    return _article(root, url, sites.shipped() if rules is None else rules)


def _article(root: etree._Element, url: str, rules: sites.Rules) -> Article:
    # lxml makes an element anew each time one is met and nothing holds it: held, the page is walked twice as fast.
    held = list(root.iter())
    facts = metadata.read(root, url)
    rule = rules.match(url, root)
    page = Page(
        root, url, printed.base_of(root, url), facts, rule, metadata.zone_of(facts, rule.zone if rule else None)
    )
    title, heading = printed.title(page)
    empty = _without_text(page, title)

    found: list[Link] = []
    dropped: set[etree._Element] = set()
    if rule:
        found.extend(_rule_links(page, dropped))
        dropped.update(rule.drop.all(root))
    ruled = rule.body.first(root) if rule else []
    body = ruled or content.choose(root, heading)
    if not body and content.uncovered(root):
        body = content.choose(root, heading)
    if not ruled:
        dropped.update(_related_boxes(body, page, found))
    if not any(link.kind is LinkKind.MORE for link in found):
        found.extend(_boxes_beside(page, body))
    authors = empty.authors or printed.signature(page, body)
    story, rows = trim.trim(_blocks(body, page, title, dropped, strict=not ruled), title, authors)
    if not ruled and trim.is_listing(story, said_article=facts.is_article):
        return empty
    for row in rows:
        found.extend(links.cards(row.out, LinkKind.RELATED, page.base, page.zone, here=url))
    if not ruled:
        story = _hero(page, heading, body, story, title)
    standfirst = rule.lede.first(root)[:1] if rule else []
    said, story = lede.from_rule(standfirst, story) if standfirst else lede.printed(root, facts, heading, body, story)
    if not _is_story(said, story, least=1 if ruled else _LEAST):
        return empty
    found.extend(inline_links(story))
    found.extend(paging.next_page(root, url, page.base, empty.canonical_url))
    held.clear()
    count, minutes = reading_time([said or "", *(block.text for block in story)])
    return replace(
        empty,
        kicker=printed.line_of(rule.kicker.first(root)) if rule else None,
        authors=authors,
        published=empty.published or printed.printed_date(page, heading),
        lede=said,
        markdown=clean(markdown.convert(block.out for block in story)).strip(),
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
        published=metadata.published(facts, page.zone),
        updated=metadata.updated(facts, page.zone),
        lang=facts.lang,
    )


def _is_story(said: str | None, story: list[Block], *, least: int) -> bool:
    """Say whether there is text enough, or a lede with pictures: a photo story."""
    return sum(len(block.text) for block in story) >= least or bool(said and any(block.figure for block in story))


def reading_time(texts: list[str]) -> tuple[int, int]:
    """Return words and minutes: 230 words a minute, 500 characters of Chinese or Japanese; each character is a word."""
    text = " ".join(texts)
    characters = len(_CJK.findall(text))
    count = len(_WORD.findall(_CJK.sub(" ", text)))
    minutes = math.ceil(count / WORDS_A_MINUTE + characters / CJK_A_MINUTE)
    return count + characters, minutes


def _rule_links(page: Page, dropped: set[etree._Element]) -> list[Link]:
    """The blocks of other stories that the rule names; all of them go from the body."""
    found: list[Link] = []
    if not page.rule:
        return found
    for selectors, kind in ((page.rule.related, LinkKind.RELATED), (page.rule.more, LinkKind.MORE)):
        for block in selectors.all(page.root):
            dropped.add(block)
            found.extend(links.cards(block, kind, page.base, page.zone, here=page.url))
    return found


def _related_boxes(body: list[etree._Element], page: Page, found: list[Link]) -> set[etree._Element]:
    """The boxes within a generic body whose names say that they hold other stories."""
    boxes: set[etree._Element] = set()
    for part in body:
        size = characters(part)
        for element in part.iter("div", "aside", "section", "ul", "table", "p", "nav", "li"):
            if element is part or any(a in boxes for a in element.iterancestors()):
                continue
            if (
                _RELATED_BOX.search(junk.marks(element))
                and next(element.iter("a"), None) is not None
                and characters(element) < 0.3 * size
            ):
                boxes.add(element)
                found.extend(links.cards(element, LinkKind.RELATED, page.base, page.zone, here=page.url))
    return boxes


_RELATED_BOX = re.compile(
    r"(?:^|[\s_-])(?:related|relate|relatednews|lienquan|tinlienquan|read-?more|read-?also|also-?read|"
    r"see-?also|more-?on|recommended|rel-?links?|teaser)(?:$|[\s_-])|related",
    re.I,
)


def _boxes_beside(page: Page, body: list[etree._Element]) -> list[Link]:
    """The stories of the blocks beside the article that a label announces. A menu's sections are no stories."""
    found: list[Link] = []
    for kind, block in links.labelled(page.root, body[0] if body else None):
        stories = [
            s for s in links.cards(block, kind, page.base, page.zone, here=page.url) if links.is_headline(s.title)
        ]
        if len(stories) <= links.MOST_IN_A_BLOCK:
            found.extend(stories)
    return found


def _blocks(
    body: list[etree._Element], page: Page, title: str, dropped: set[etree._Element], *, strict: bool
) -> list[Block]:
    parts = [part for part in body if not any(part in other.iterdescendants() for other in body if other is not part)]
    walks = [Walk(page.base, title, trim.unwanted(dropped, strict=strict, mass=characters(part))) for part in parts]
    return blocks_of.blocks_of_all(parts, walks)


def _hero(
    page: Page, heading: etree._Element | None, body: list[etree._Element], story: list[Block], title: str
) -> list[Block]:
    """The picture over the text: a figure with a caption between headline and body belongs to the article."""
    if heading is None or not body:
        return story
    above = set(heading.iterancestors())
    common = next((a for a in body[0].iterancestors() if a in above), None)
    if common is None or common.tag in ("html",):
        return story
    have = {block.figure.image for block in story if block.figure}
    heroes: list[Block] = []
    inside = set(body[0].iter())
    taken: set[etree._Element] = set()
    for element in common.iter("figure", "div", "section", "p", "aside", "header", "picture", "img", body[0].tag):
        if element is body[0]:
            return [*heroes[:3], *story]
        if element in inside or element in above or element in taken:
            continue
        if not figures.is_figure(element):
            continue
        beside = [a for a in [element, *element.iterancestors()] if a not in above]
        if any(
            (junk.named_junk(a) and not figures.is_figure(a)) or a.tag in ("aside", "nav", "a")
            for a in beside
            if a is not element
        ):
            continue
        taken.update(element.iter())
        for figure in figures.read(element, page.base, title):
            if figure.image not in have and (figure.caption or element.tag == "figure"):
                have.add(figure.image)
                heroes.append(blocks_of.picture(figure, element))
    return story


def inline_links(story: list[Block]) -> list[Link]:
    """Return the links of the running text as edges."""
    found = []
    for block in story:
        for anchor in block.out.iter("a"):
            address, text = anchor.get("href") or "", words(anchor)
            if address.startswith("http") and len(text) > 1:
                found.append(Link(LinkKind.INLINE, text, address))
    return found
