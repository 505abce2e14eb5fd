"""What one page says of its article, its rule and its facts weighed: title, authors, section, tags, date, address."""

import re

from lxml import etree

from reader.extract.dom.node import told, words
from reader.extract.metadata import byline, headline
from reader.extract.metadata.embedded import lines
from reader.extract.metadata.page_context import Page
from reader.text import clean_line
from reader.text.compare import same_text
from reader.text.urls import canonical, host, is_home, same_site, without_tracking


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
    crumbs = [c for c in page.facts.crumbs if not same_text(c, title) and len(c) <= 40]
    return crumbs[-1] if len(crumbs) > 1 else None


def tags(page: Page) -> tuple[str, ...]:
    texts = [told(e) for e in page.rule.tags.all(page.root)] if page.rule else []
    if not texts:
        texts = list(page.facts.metas.get("article:tag", ()))
        texts = texts or [t for value in page.facts.said("keywords") for t in lines(value)]
        texts = [part for text in texts for part in text.split(",")]
    kept = (clean_line(text).strip(" #,") for text in texts)
    return tuple(dict.fromkeys(text for text in kept if 1 < len(text) <= 60))[:30]
