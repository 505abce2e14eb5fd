"""The HTML that a feed carries in an entry -> an Article, by the same walk and the same converter as a page."""

from dataclasses import replace
from datetime import UTC, datetime

from reader.extract.blocks.inline import WalkState
from reader.extract.blocks.unwanted import unwanted_filter
from reader.extract.blocks.walk import blocks_of
from reader.extract.cleanup import trim
from reader.extract.cleanup.standfirst import entry_standfirst
from reader.extract.dom import parse
from reader.extract.dom.node import text_length
from reader.extract.links.targets import inline_links, unique_links
from reader.extract.markdown import markdown_of
from reader.extract.metadata.page_context import base_address
from reader.extract.reading_time import reading_time
from reader.models import Article
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

    The other arguments are taken as they are. `url` is the entry's link, or the feed's: links are relative to it where
    the fragment has no `base` element. Rows of other stories in the fragment become `related`. Never raises.
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
    base = base_address(root, url)
    walk = WalkState(base, empty.title, unwanted_filter(set(), strict=True, mass=text_length(root)))
    story, related = trim.trim(blocks_of(root, walk), empty.title, authors, base=base, zone=UTC, here=url, page=False)
    if not any(block.text or block.figure for block in story):
        return empty
    count, minutes = reading_time([block.text for block in story])
    return replace(
        empty,
        lede=entry_standfirst(lede),
        markdown=markdown_of(block.out for block in story),
        figures=tuple(block.figure for block in story if block.figure),
        links=unique_links([*related, *inline_links(block.out for block in story)]),
        words=count,
        minutes=minutes,
        how="feed",
    )
