"""What one page says of its article, its rule and its facts weighed: title, authors, section, tags, date, address."""

import re
from dataclasses import dataclass
from datetime import datetime, tzinfo

from lxml import etree

from reader.extract.dom import junk_names
from reader.extract.dom.node import Elements, Listed, told, words
from reader.extract.metadata import byline, headline, machine
from reader.extract.metadata.machine import Facts
from reader.extract.rules import date_format, sites
from reader.text import clean_line
from reader.text.dates import page_date
from reader.text.urls import absolute, canonical, host, is_home, same_site, without_tracking


@dataclass(slots=True)
class Page:
    """What is known of a page on the way."""

    root: etree._Element
    listed: Listed
    url: str
    base: str
    facts: Facts
    rule: sites.SiteRule | None
    zone: tzinfo


def base_of(root: Elements, url: str) -> str:
    for element in root.iter("base"):
        found = absolute(url, element.get("href") or "")
        if found and found.startswith("http"):
            return found
    return url


def canonical_of(url: str, claimed: str | None) -> str:
    """A canonical link is believed on the same site only, and never when it names a home page."""
    if claimed and same_site(claimed, url) and not (is_home(claimed) and not is_home(url)):
        return canonical(without_tracking(claimed))
    return canonical(url)


def line_of(elements: list[etree._Element]) -> str | None:
    return next((told(element) for element in elements if told(element)), None)


def title(page: Page) -> tuple[str, etree._Element | None]:
    chosen = page.rule.title.first(page.root) if page.rule else []
    generic = headline.title(page.listed, page.facts, host(page.url))
    for element in chosen:
        if told(element):
            # What stands in the head (a meta element) is no heading: the text is not looked for under it.
            return told(element), element if words(element) else generic[1]
    return generic


def authors(page: Page) -> tuple[str, ...]:
    site = host(page.url)
    if page.rule and page.rule.authors:
        texts = [told(element) for element in page.rule.authors.all(page.root)]
        people = byline.names(texts, page.facts, site)
        if people:
            return people
    return (
        byline.names(byline.given(page.facts), page.facts, site)
        or byline.names(byline.metas(page.facts), page.facts, site)
        or byline.printed(page.listed, page.facts, site)
    )


def signature(page: Page, body: list[etree._Element]) -> tuple[str, ...]:
    """The name under the text, where the rule says what it looks like: the last one that is short."""
    if not page.rule:
        return ()
    signed = [
        e
        for e in page.rule.signature.all(page.root)
        if len(words(e)) <= 60 and any(b is e or b in e.iterancestors() for b in body)
    ]
    return byline.names([re.sub(r"\([^)]*\)", "", words(signed[-1]))], page.facts, host(page.url)) if signed else ()


def section(page: Page, title: str) -> str | None:
    if page.rule:
        chosen = line_of(page.rule.section.first(page.root))
        if chosen:
            return chosen
    said = page.facts.meta(
        "article:section", "og:section", "section", "parsely-section", "category"
    ) or page.facts.line("articleSection")
    if said and len(said) <= 60 and "://" not in said:
        return said
    crumbs = [c for c in page.facts.crumbs if not machine.same(c, title) and len(c) <= 40]
    return crumbs[-1] if len(crumbs) > 1 else None


def tags(page: Page) -> tuple[str, ...]:
    texts = [told(e) for e in page.rule.tags.all(page.root)] if page.rule else []
    if not texts:
        texts = list(page.facts.metas.get("article:tag", ()))
        texts = texts or [t for value in page.facts.said("keywords") for t in machine.lines(value)]
        texts = [part for text in texts for part in text.split(",")]
    kept = (clean_line(text).strip(" #,") for text in texts)
    return tuple(dict.fromkeys(text for text in kept if 1 < len(text) <= 60))[:30]


def ruled_date(page: Page) -> datetime | None:
    """The time that a rule's `date` prints in the rule's `date_format`. Who gives a format means that time: it is
    believed before what the page says for machines, which any other printed time is not."""
    formats = page.rule.date_format if page.rule else ()
    if not page.rule or not formats:
        return None
    texts = (text for e in page.rule.date.all(page.root) for text in (e.get("datetime"), e.get("content"), words(e)))
    return next(filter(None, (date_format.read(formats, text, page.zone) for text in texts if text)), None)


def printed_date(page: Page, heading: etree._Element | None) -> datetime | None:
    """The time that the page prints for people: where the rule says, in a time element near the headline, in a line
    whose class says that it is one. Never from a teaser: what stands in another story's link or card is left out."""
    if page.rule:
        for element in page.rule.date.all(page.root):
            value = moment_of(element, page.zone)
            if value:
                return value
    for element in page.listed.iter("time"):
        if next((a for a in element.iterancestors() if a.tag in ("a", "li", "aside", "nav", "footer")), None) is None:
            value = moment_of(element, page.zone)
            if value:
                return value
    for element in page.listed.iter("span", "div", "p", "li", "abbr", "small", "em"):
        marks = junk_names.marks(element)
        if (
            len(marks) > 3
            and _DATED.search(marks)
            and len(words(element)) <= 90
            and next((a for a in element.iterancestors() if a.tag in ("a", "aside", "nav", "footer")), None) is None
        ):
            value = moment_of(element, page.zone)
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


def moment_of(element: etree._Element, zone: tzinfo) -> datetime | None:
    """Return the time that an element gives, by attribute or in print, however it is written."""
    for text in (element.get("datetime"), element.get("content"), words(element)):
        if text:
            value = machine.moment(text, zone)
            if value:
                return value
    return None
