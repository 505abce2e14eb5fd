"""The HTML that a feed carries in an entry -> an Article, by the same walk and the same converter as a page."""

from dataclasses import replace
from datetime import UTC, datetime

from lxml import etree

from reader.extract.blocks import walk as blocks_of
from reader.extract.blocks.inline import Block, Walk
from reader.extract.cleanup import trim
from reader.extract.cleanup.standfirst import of_entry
from reader.extract.dom import parse
from reader.extract.dom.node import characters
from reader.extract.links import links
from reader.extract.page import inline_links, markdown_of
from reader.extract.reading_time import reading_time
from reader.models import Article, Link, LinkKind
from reader.text import clean_line
from reader.text.urls import canonical, host


def extract_content(
    fragment: str,
    url: str,
    *,
    title: str = "",
    lede: str | None = None,
    authors: tuple[str, ...] = (),
    published: datetime | None = None,
    section: str | None = None,
    lang: str | None = None,
    site: str | None = None,
) -> Article:
    """Return the article that a feed entry's own HTML is; how = "feed", or "nothing" where it holds no text.

    The entry's facts are taken as they are. `url` is the entry's link, or the feed's: links are seen from it. Rows of
    other stories in the fragment become `related`. Never raises.
    """
    root = parse.tree(parse.printable(fragment.encode("utf-8", "ignore"))) if fragment.strip() else None
    empty = Article(
        url=url,
        canonical_url=canonical(url),
        site=site or host(url),
        title=clean_line(title),
        authors=authors,
        published=published,
        section=section,
        lang=lang,
    )
    if root is None:
        return empty
    dropped: set[etree._Element] = set()
    mass = characters(root)
    walk = Walk(url, empty.title, trim.unwanted(dropped, strict=True, mass=mass))

    def told(row: Block) -> list[Link]:
        return list(links.cards(row.out, LinkKind.RELATED, url, UTC, here=url))

    story, related = trim.trim(blocks_of.blocks(root, walk), empty.title, authors, told, url, page=False)
    if not any(block.text or block.figure for block in story):
        return empty
    count, minutes = reading_time([block.text for block in story])
    return replace(
        empty,
        lede=of_entry(lede),
        markdown=markdown_of(story),
        figures=tuple(block.figure for block in story if block.figure),
        links=links.unique([*related, *inline_links(story)]),
        words=count,
        minutes=minutes,
        how="feed",
    )
