"""When an article came out and was changed: by its embedded metadata, by a rule's format, or as the page shows it."""

import re
from datetime import UTC, datetime, tzinfo

from lxml import etree

from reader.extract.dom import junk_names
from reader.extract.dom.node import text_of
from reader.extract.metadata.embedded import Metadata, texts_in
from reader.extract.metadata.page_context import PageContext
from reader.extract.rules import date_format
from reader.text import clean_line, fold
from reader.text.dates import page_date

_DATE_NAMES = """
    article:published_time article:published og:article:published_time pubdate publishdate
    publish-date publish_date date dc.date.issued dc.date dcterms.created dcterms.date
    dc.date.created parsely-pub-date sailthru.date datepublished article_date_original
    originalpublicationdate cxenseparse:recs:publishtime article.published published-date
    og:pubdate og:published_time citation_publication_date bt:pubdate cxenseparse:publishtime
    vr:published_time date_published publication_date ptime rnews:datepublished last-published
""".split()
_DATED = re.compile(
    r"(?:^|[\s_-])(?:date|dates|time|datetime|datum|published|pubdate|publish|posted|timestamp|fecha|data)(?:$|"
    r"[\s_-])|publish|pubdate|post-?date|article-?date|entry-?date|createdate",
    re.I,
)


_CLOCK = re.compile(
    r"(?:today is|it is now|heute ist|nous sommes le|hoy es|oggi e|hoje e|vandaag is het|i dag er det|"
    r"idag ar det|hom nay la)\b"
)
"""What a page's own clock begins with; matched with what `fold` returns."""
_NEAR = 5
"""Boxes around the headline in which a date that is marked so is believed to be the story's."""
_PAGE = 2
"""The outermost boxes, which all of a page shares: `html` and `body`."""


def parse_datetime(text: str, zone: tzinfo) -> datetime | None:
    """Return the time in a text, in ISO 8601 or as `text.dates` reads it; a date alone is midnight in `zone`."""
    text = text.strip()
    # "2026-03-07T08:52:11.000 +07:00": VietNamNet writes a space before the offset.
    repaired = re.sub(r"(\d)\s+([+-]\d\d:?\d\d)\Z", r"\1\2", text)
    try:
        value = datetime.fromisoformat(repaired)
    except ValueError:
        value = page_date(text, zone=zone) or datetime.min.replace(tzinfo=UTC)
    if value.year < 1900:
        return None
    return value if value.tzinfo else value.replace(tzinfo=zone)


def published(metadata: Metadata, zone: tzinfo) -> datetime | None:
    """Return when the article came out, by its metadata alone."""
    said = [text for value in metadata.values_of("datePublished", "dateCreated") for text in texts_in(value)]
    for name in _DATE_NAMES:
        said.extend(metadata.metas.get(name, ()))
    return _first_datetime(said, zone)


def updated(metadata: Metadata, zone: tzinfo) -> datetime | None:
    """Return when the article was last changed, by its metadata alone."""
    said = [text for value in metadata.values_of("dateModified") for text in texts_in(value)]
    for name in (
        "article:modified_time",
        "og:updated_time",
        "lastmod",
        "last-modified",
        "dcterms.modified",
        "datemodified",
    ):
        said.extend(metadata.metas.get(name, ()))
    return _first_datetime(said, zone)


def _first_datetime(said: list[str], zone: tzinfo) -> datetime | None:
    for text in said:
        value = parse_datetime(text, zone)
        if value:
            return value
    return None


def rule_date(page: PageContext) -> datetime | None:
    """Return the time that the rule's `date` shows in the rule's `date_format`. It is believed before the metadata, as
    no other visible time is: a rule with a format means that time."""
    formats = page.rule.date_format if page.rule else ()
    if not page.rule or not formats:
        return None
    texts = (text for e in page.rule.date.all(page.root) for text in (e.get("datetime"), e.get("content"), text_of(e)))
    return next(filter(None, (date_format.parse_date(formats, text, page.zone) for text in texts if text)), None)


def visible_date(page: PageContext, heading: etree._Element | None) -> datetime | None:
    """Return the time that the page shows: where the rule says, in a time element, in a line whose class says date,
    near the headline. Times in links, lists and cards are left out: they belong to other stories."""
    if page.rule:
        for element in page.rule.date.all(page.root):
            value = datetime_of(element, page.zone)
            if value:
                return value
    for element in page.index.iter("time"):
        if next((a for a in element.iterancestors() if a.tag in ("a", "li", "aside", "nav", "footer")), None) is None:
            value = datetime_of(element, page.zone)
            if value:
                return value
    boxes = {} if heading is None else {box: number for number, box in enumerate(heading.iterancestors())}
    dated: list[tuple[int, datetime]] = []
    for element in page.index.iter("span", "div", "p", "li", "abbr", "small", "em"):
        marks = junk_names.names_of(element)
        if (
            len(marks) > 3
            and _DATED.search(marks)
            and len(text_of(element)) <= 90
            and next((a for a in element.iterancestors() if a.tag in ("a", "aside", "nav", "footer")), None) is None
        ):
            value = None if _CLOCK.match(fold(text_of(element))) else datetime_of(element, page.zone)
            if value:
                apart = next((boxes[box] for box in element.iterancestors() if box in boxes), len(boxes))
                if heading is None or apart < min(_NEAR, len(boxes) - _PAGE):
                    return value
                dated.append((apart, value))
    if dated:
        # The page's own clock stands far from the headline, and may be the only date that is marked as one.
        return _printed_beside(heading, page.zone) or dated[0][1]
    around = heading.getparent() if heading is not None else None
    looked_at: set[etree._Element] = set()
    for _ in range(2):
        if around is None or around.tag in ("body", "html"):
            break
        for element in around.iter("span", "div", "p", "small"):
            if element in looked_at:
                continue
            looked_at.add(element)
            text = text_of(element)
            if 8 <= len(text) <= 60 and not _CLOCK.match(fold(text)):
                value = page_date(text, zone=page.zone)
                if value:
                    return value
        around = around.getparent()
    return None


def _printed_beside(heading: etree._Element | None, zone: tzinfo) -> datetime | None:
    """Return the time that stands between a heading and what is next to it, in no element of its own."""
    if heading is None:
        return None
    before, around = heading.getprevious(), heading.getparent()
    said = (heading.tail, before.tail if before is not None else around.text if around is not None else None)
    lines = (clean_line(text) for text in said if text)
    return next(
        (value for line in lines if 8 <= len(line) <= 60 and (value := page_date(line, zone=zone)) is not None), None
    )


def datetime_of(element: etree._Element, zone: tzinfo) -> datetime | None:
    """Return the time that an element gives, by attribute or in its text, in any known format."""
    for text in (element.get("datetime"), element.get("content"), text_of(element)):
        if text:
            value = parse_datetime(text, zone)
            if value:
                return value
    return None
