"""The whole way of a page: decode, parse once, site rule, facts, content, links, figures, Markdown. Pure."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, tzinfo

from lxml import etree

from reader.dates import page_date
from reader.extract import blocks as blocks_of
from reader.extract import (
    byline,
    content,
    decode,
    figures,
    headline,
    junk,
    lede,
    links,
    markdown,
    metadata,
    sites,
    trim,
)
from reader.extract.inline import Block, Walk
from reader.extract.metadata import Facts
from reader.extract.node import characters, words
from reader.models import Article, Link, LinkKind
from reader.text import clean, clean_line
from reader.urls import absolute, canonical, host, is_home, same_site, without_tracking

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
        return Article(url=url, canonical_url=_canonical(url, None), site=host(url), title="")
    return _article(root, url, sites.shipped() if rules is None else rules)


@dataclass(slots=True)
class _Page:
    """What is known of a page on the way."""

    root: etree._Element
    url: str
    base: str
    facts: Facts
    rule: sites.SiteRule | None
    zone: tzinfo


def _article(root: etree._Element, url: str, rules: sites.Rules) -> Article:
    # lxml makes an element anew each time one is met and nothing holds it: held, the page is walked twice as fast.
    held = list(root.iter())
    facts = metadata.read(root, url)
    rule = rules.match(url, root)
    page = _Page(root, url, _base(root, url), facts, rule, metadata.zone_of(facts, rule.zone if rule else None))
    address = _canonical(url, facts.canonical)
    site = facts.meta("og:site_name") or host(url)
    title, heading = _title(page)
    authors = _authors(page)
    section = _section(page, title)
    published = metadata.published(facts, page.zone) or _printed_date(page, heading)
    tags = _tags(page)

    found: list[Link] = []
    body = rule.body.first(root) if rule else []
    how = f"rule:{rule.name}" if rule and body else "generic"
    dropped: set[etree._Element] = set()
    if rule:
        found.extend(_rule_links(page, dropped))
        dropped.update(rule.drop.all(root))
    kicker = _line(rule.kicker.first(root)) if rule else None
    standfirst = rule.lede.first(root)[:1] if rule else []
    strict = not body
    if not body:
        body = content.choose(root, heading)
    if strict:
        dropped.update(_related_boxes(body, page, found))
        if not (rule and rule.more):
            found.extend(_boxes_beside(page, body))
    if rule and not authors:
        authors = _signature(page, body)
    story = _blocks(body, page, title, dropped, strict=strict)
    story, rows = trim.trim(story, title, authors)
    for row in rows:
        found.extend(links.cards(row.out, LinkKind.RELATED, page.base, page.zone, here=url))
    if strict:
        story = _hero(page, heading, body, story, title)
    standing = lede.from_rule(standfirst, story) if standfirst else lede.printed(page.root, facts, heading, body, story)
    said, story = standing
    text = clean(markdown.convert(block.out for block in story)).strip()
    prose = "".join(block.text for block in story)
    if (
        len(prose.strip()) < _LEAST
        and not (said and any(b.figure for b in story))
        and not (body and not strict and prose.strip())
    ):
        return Article(
            url=url,
            canonical_url=address,
            site=site,
            title=title,
            section=section,
            tags=tags,
            authors=authors,
            published=published,
            updated=metadata.updated(facts, page.zone),
            lang=facts.lang,
        )
    found.extend(inline_links(story))
    found.extend(_next_page(page))
    held.clear()
    count, minutes = reading_time([said or "", *(block.text for block in story)])
    return Article(
        url=url,
        canonical_url=address,
        site=site,
        title=title,
        kicker=kicker,
        section=section,
        tags=tags,
        authors=authors,
        published=published,
        updated=metadata.updated(facts, page.zone),
        lang=facts.lang,
        lede=said,
        markdown=text,
        figures=tuple(block.figure for block in story if block.figure),
        links=links.unique(found),
        words=count,
        minutes=minutes,
        how=how,
    )


def reading_time(texts: list[str]) -> tuple[int, int]:
    """Return words and minutes: 230 words a minute, 500 characters of Chinese or Japanese; each character is a word."""
    text = " ".join(texts)
    characters = len(_CJK.findall(text))
    count = len(_WORD.findall(_CJK.sub(" ", text)))
    minutes = math.ceil(count / WORDS_A_MINUTE + characters / CJK_A_MINUTE)
    return count + characters, minutes


def _base(root: etree._Element, url: str) -> str:
    for element in root.iter("base"):
        found = absolute(url, element.get("href") or "")
        if found and found.startswith("http"):
            return found
    return url


def _canonical(url: str, claimed: str | None) -> str:
    """A canonical link is believed on the same site only, and never when it names a home page."""
    if claimed and same_site(claimed, url) and not (is_home(claimed) and not is_home(url)):
        return canonical(without_tracking(claimed))
    return canonical(url)


def _line(elements: list[etree._Element]) -> str | None:
    return next((words(element) for element in elements if words(element)), None)


def _title(page: _Page) -> tuple[str, etree._Element | None]:
    chosen = page.rule.title.first(page.root) if page.rule else []
    for element in chosen:
        if words(element):
            return words(element), element
    return headline.title(page.root, page.facts, host(page.url))


def _authors(page: _Page) -> tuple[str, ...]:
    site = host(page.url)
    if page.rule and page.rule.authors:
        texts = [words(element) for element in page.rule.authors.all(page.root)]
        people = byline.names(texts, page.facts, site)
        if people:
            return people
    return (
        byline.names(byline.given(page.facts), page.facts, site)
        or byline.names(byline.metas(page.facts), page.facts, site)
        or byline.printed(page.root, page.facts, site)
    )


def _signature(page: _Page, body: list[etree._Element]) -> tuple[str, ...]:
    """The name under the text, where the rule says what it looks like: the last one that is short."""
    if not page.rule:
        return ()
    signed = [
        e
        for e in page.rule.signature.all(page.root)
        if len(words(e)) <= 60 and any(b is e or b in e.iterancestors() for b in body)
    ]
    return byline.names([re.sub(r"\([^)]*\)", "", words(signed[-1]))], page.facts, host(page.url)) if signed else ()


def _section(page: _Page, title: str) -> str | None:
    if page.rule:
        chosen = _line(page.rule.section.first(page.root))
        if chosen:
            return chosen
    said = page.facts.meta(
        "article:section", "og:section", "section", "parsely-section", "category"
    ) or page.facts.line("articleSection")
    if said and len(said) <= 60 and "://" not in said:
        return said
    crumbs = [c for c in page.facts.crumbs if not metadata.same(c, title) and len(c) <= 40]
    return crumbs[-1] if len(crumbs) > 1 else None


def _tags(page: _Page) -> tuple[str, ...]:
    texts = [words(e) for e in page.rule.tags.all(page.root)] if page.rule else []
    if not texts:
        texts = list(page.facts.metas.get("article:tag", ()))
        texts = texts or [t for value in page.facts.said("keywords") for t in metadata.lines(value)]
        texts = [part for text in texts for part in text.split(",")]
    kept = (clean_line(text).strip(" #,") for text in texts)
    return tuple(dict.fromkeys(text for text in kept if 1 < len(text) <= 60))[:30]


def _printed_date(page: _Page, heading: etree._Element | None) -> datetime | None:
    """The time that the page prints for people: where the rule says, in a time element near the headline, in a line
    whose class says that it is one. Never from a teaser: what stands in another story's link or card is left out."""
    if page.rule:
        for element in page.rule.date.all(page.root):
            value = _moment_of(element, page.zone)
            if value:
                return value
    for element in page.root.iter("time"):
        if next((a for a in element.iterancestors() if a.tag in ("a", "li", "aside", "nav", "footer")), None) is None:
            value = _moment_of(element, page.zone)
            if value:
                return value
    for element in page.root.iter("span", "div", "p", "li", "abbr", "small", "em"):
        marks = junk.marks(element)
        if (
            len(marks) > 3
            and _DATED.search(marks)
            and len(words(element)) <= 90
            and next((a for a in element.iterancestors() if a.tag in ("a", "aside", "nav", "footer")), None) is None
        ):
            value = _moment_of(element, page.zone)
            if value:
                return value
    near = heading.getparent() if heading is not None else None
    for _ in range(2):
        if near is None or near.tag in ("body", "html"):
            break
        for element in near.iter("span", "div", "p", "small"):
            text = words(element)
            if 8 <= len(text) <= 60:
                value = page_date(text, zone=page.zone)
                if value:
                    return value
        near = near.getparent()
    return None


_DATED = re.compile(
    r"(?:^|[\s_-])(?:date|dates|time|datetime|datum|published|pubdate|publish|posted|timestamp|fecha|data)(?:$|"
    r"[\s_-])|publish|pubdate|post-?date|article-?date|entry-?date|createdate",
    re.I,
)


def _moment_of(element: etree._Element, zone: tzinfo) -> datetime | None:
    for text in (element.get("datetime"), element.get("content"), words(element)):
        if text:
            value = metadata.moment(text, zone)
            if value:
                return value
    return None


def _rule_links(page: _Page, dropped: set[etree._Element]) -> list[Link]:
    """The blocks of other stories that the rule names; all of them go from the body."""
    found: list[Link] = []
    if not page.rule:
        return found
    for selectors, kind in ((page.rule.related, LinkKind.RELATED), (page.rule.more, LinkKind.MORE)):
        for block in selectors.all(page.root):
            dropped.add(block)
            found.extend(links.cards(block, kind, page.base, page.zone, here=page.url))
    return found


def _related_boxes(body: list[etree._Element], page: _Page, found: list[Link]) -> set[etree._Element]:
    """The boxes within a generic body whose names say that they hold other stories."""
    boxes: set[etree._Element] = set()
    for part in body:
        size = len(words(part))
        for element in part.iter("div", "aside", "section", "ul", "table", "p", "nav", "li"):
            if element is part or any(a in boxes for a in element.iterancestors()):
                continue
            if (
                _RELATED_BOX.search(junk.marks(element))
                and next(element.iter("a"), None) is not None
                and len(words(element)) < 0.3 * size
            ):
                boxes.add(element)
                found.extend(links.cards(element, LinkKind.RELATED, page.base, page.zone, here=page.url))
    return boxes


_RELATED_BOX = re.compile(
    r"(?:^|[\s_-])(?:related|relate|relatednews|lienquan|tinlienquan|read-?more|read-?also|also-?read|"
    r"see-?also|more-?on|recommended|rel-?links?|teaser)(?:$|[\s_-])|related",
    re.I,
)


def _boxes_beside(page: _Page, body: list[etree._Element]) -> list[Link]:
    found: list[Link] = []
    for kind, block in links.labelled(page.root, body[0] if body else None):
        found.extend(links.cards(block, kind, page.base, page.zone, here=page.url))
    return found


def _blocks(
    body: list[etree._Element], page: _Page, title: str, dropped: set[etree._Element], *, strict: bool
) -> list[Block]:
    found: list[Block] = []
    for part in body:
        if any(part in other.iterdescendants() for other in body if other is not part):
            continue
        mass = characters(part)
        walk = Walk(page.base, title, trim.unwanted(dropped, strict=strict, mass=mass))
        found.extend(blocks_of.blocks(part, walk))
    return found


def _hero(
    page: _Page, heading: etree._Element | None, body: list[etree._Element], story: list[Block], title: str
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


def _next_page(page: _Page) -> list[Link]:
    for element in page.root.iter("link", "a"):
        if "next" in (element.get("rel") or "").casefold().split():
            address = links.target(element.get("href"), page.base)
            if address and same_site(address, page.url) and canonical(address) != canonical(page.url):
                return [Link(LinkKind.NEXT, words(element) or "2", address)]
    return []
