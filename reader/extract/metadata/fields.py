"""An article's fields but for its text: by the site rule, else by metadata, else as the page shows them."""

import re
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from reader.extract.dom.node import text_of, text_or_attribute
from reader.extract.metadata import byline, dates, headline
from reader.extract.metadata.embedded import texts_in
from reader.extract.metadata.page_context import PageContext
from reader.text import clean_line
from reader.text.compare import same_text
from reader.text.urls import canonical, host, is_home, same_site, without_tracking

_LONGEST_SIGNATURE = 60
_LONGEST_NAME = 5
_LAST_LINES = 4
_TO_THE_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)", re.I)


@dataclass(frozen=True, slots=True)
class PageFields:
    """What a page says of its article. `heading` is the element that shows the `title`, where one does. `date_shown` is
    only looked for where nothing says when the article was `published`."""

    title: str
    heading: etree._Element | None
    canonical_url: str
    site: str
    kicker: str | None
    section: str | None
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    published: datetime | None
    date_shown: datetime | None
    updated: datetime | None
    lang: str | None


def page_fields(page: PageContext) -> PageFields:
    """Return all that the page says of its article but for the text. Does not know where the text stands."""
    metadata = page.metadata
    shown, heading = title(page)
    published = dates.rule_date(page) or dates.published(metadata, page.zone)
    return PageFields(
        title=shown,
        heading=heading,
        canonical_url=canonical_address(page.url, metadata.canonical),
        site=metadata.meta("og:site_name") or host(page.url),
        kicker=kicker(page),
        section=section(page, shown),
        tags=tags(page),
        authors=authors(page, heading),
        published=published,
        date_shown=None if published else dates.visible_date(page, heading),
        updated=dates.updated(metadata, page.zone),
        lang=metadata.lang,
    )


def canonical_address(url: str, claimed: str | None) -> str:
    """Return the page's canonical address. What rel=canonical claims is believed on the same site only, and never where
    it names a home page."""
    if claimed and same_site(claimed, url) and not (is_home(claimed) and not is_home(url)):
        return canonical(without_tracking(claimed))
    return canonical(url)


def first_text(elements: list[etree._Element]) -> str | None:
    """Return the text or attribute of the first element that has one, or None."""
    return next((text_or_attribute(element) for element in elements if text_or_attribute(element)), None)


def title(page: PageContext) -> tuple[str, etree._Element | None]:
    """Return the headline, and the heading on the page that shows it, where one does."""
    chosen = page.rule.title.first(page.root) if page.rule else []
    generic = headline.find_headline(page.index, page.metadata, host(page.url))
    for element in chosen:
        if text_or_attribute(element):
            # A meta element in the head is no heading: the text is not looked for under it.
            return text_or_attribute(element), element if text_of(element) else generic[1]
    return generic


def authors(page: PageContext, heading: etree._Element | None = None) -> tuple[str, ...]:
    """Return the authors: by the rule, else by JSON-LD, meta elements, or a byline that the page shows, the one nearest
    to the heading."""
    site = host(page.url)
    if page.rule and page.rule.authors:
        texts = [text_or_attribute(element) for element in page.rule.authors.all(page.root)]
        people = byline.person_names(texts, page.metadata, site)
        if people:
            return people
    return (
        byline.person_names(byline.json_ld_authors(page.metadata), page.metadata, site)
        or byline.person_names(byline.meta_authors(page.metadata), page.metadata, site)
        or byline.visible_authors(page.index, page.metadata, site, heading)
    )


def signature(page: PageContext, body: list[etree._Element]) -> tuple[str, ...]:
    """Return the name under the text: the last short one that the rule selects, where it says what a signature looks
    like, else a line at the end that is set to the right and begins with a name in bold (`**Ann Reed** (compiled)`)."""
    site = host(page.url)
    if page.rule and page.rule.signature:
        signatures = [
            e
            for e in page.rule.signature.all(page.root)
            if len(text_of(e)) <= _LONGEST_SIGNATURE and any(b is e or b in e.iterancestors() for b in body)
        ]
    else:
        signatures = [name for part in body[-1:] if (name := _signed_name(part)) is not None]
    text = re.sub(r"\([^)]*\)", "", text_of(signatures[-1])) if signatures else ""
    return byline.person_names([text], page.metadata, site) if text else ()


def _signed_name(body: etree._Element) -> etree._Element | None:
    """Return the bold name at the end of a text in a line that is set to the right, or None."""
    for line in reversed(list(body.iter("p"))[-_LAST_LINES:]):
        if line.get("align") != "right" and not _TO_THE_RIGHT.search(line.get("style") or ""):
            continue
        name = next(line.iter("strong", "b"), None)
        if name is None or not 2 <= len(text_of(name).split()) <= _LONGEST_NAME:
            continue
        rest = text_of(line).replace(text_of(name), "", 1).strip()
        if not rest or (rest.startswith("(") and rest.endswith(")") and len(rest) <= _LONGEST_SIGNATURE):
            return name
    return None


def section(page: PageContext, title: str) -> str | None:
    """Return the section: by the rule, else by metadata, else the last breadcrumb that is not the title."""
    if page.rule:
        chosen = first_text(page.rule.section.first(page.root))
        if chosen:
            return chosen
    said = page.metadata.meta(
        "article:section", "og:section", "section", "parsely-section", "category"
    ) or page.metadata.first_text("articleSection")
    if said and len(said) <= 60 and "://" not in said:
        return said
    crumbs = [c for c in page.metadata.crumbs if not same_text(c, title) and len(c) <= 40]
    return crumbs[-1] if len(crumbs) > 1 else None


def kicker(page: PageContext) -> str | None:
    """Return the line over the headline, where the rule says where it stands."""
    return first_text(page.rule.kicker.first(page.root)) if page.rule else None


def tags(page: PageContext) -> tuple[str, ...]:
    """Return the tags, each once, at most thirty: by the rule, else by metadata."""
    texts = [text_or_attribute(e) for e in page.rule.tags.all(page.root)] if page.rule else []
    if not texts:
        texts = list(page.metadata.metas.get("article:tag", ()))
        texts = texts or [t for value in page.metadata.values_of("keywords") for t in texts_in(value)]
        texts = [part for text in texts for part in text.split(",")]
    kept = (clean_line(text).strip(" #,") for text in texts)
    return tuple(dict.fromkeys(text for text in kept if 1 < len(text) <= 60))[:30]
