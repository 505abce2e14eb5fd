"""The HTML that a feed carries in an entry -> an Article, by the same walk and the same converter as a page."""

from dataclasses import replace
from datetime import UTC, datetime

from reader.extract.blocks.inline import ContentBlock, WalkState
from reader.extract.blocks.unwanted import left_out_of_feed
from reader.extract.blocks.walk import blocks_of
from reader.extract.cleanup import trim
from reader.extract.cleanup.standfirst import entry_standfirst
from reader.extract.dom import parse
from reader.extract.links.not_stories import is_story_link
from reader.extract.links.targets import inline_links, unique_links
from reader.extract.markdown import markdown_of
from reader.extract.metadata.page_context import base_address
from reader.extract.reading_time import reading_time
from reader.models import Article, Link
from reader.text import clean_line
from reader.text.compare import letters_and_digits
from reader.text.urls import canonical, host

_BREAKS_OFF = 60
"""Letters at the end of a summary that its text may not have: part of a word, and *Read more*."""


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

    `lede` is the entry's summary: where the fragment does not say it, it stands above as the lede. The other arguments
    are taken as they are. `url` is the entry's link, or the feed's: links are relative to it where
    the fragment has no `base` element. Rows of other stories in the fragment become `related`. Never raises.
    """
    root = parse.parse_fragment(fragment)
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
    walk = WalkState(base, empty.title, left_out_of_feed())
    found = blocks_of(root, walk)

    def trimmed(headline: str) -> tuple[list[ContentBlock], list[Link]]:
        return trim.trim(found, headline, authors, base=base, zone=UTC, here=url, page=False, feed=True)

    story, related = trimmed(empty.title)
    if not any(block.text for block in story):
        # A post without a title has the beginning of its text for one: then that is no headline printed again.
        story, related = trimmed("")
    if not any(block.text or block.figure for block in story):
        return empty
    count, minutes = reading_time([block.text for block in story])
    return replace(
        empty,
        lede=None if _says(story, lede or "") else entry_standfirst(lede),
        markdown=markdown_of(block.out for block in story),
        figures=tuple(block.figure for block in story if block.figure),
        links=unique_links([*filter(is_story_link, related), *inline_links(block.out for block in story)]),
        words=count,
        minutes=minutes,
        how="feed",
    )


def _says(story: list[ContentBlock], summary: str) -> bool:
    told = letters_and_digits(summary)
    begins = told[: max(len(told) * 4 // 5, len(told) - _BREAKS_OFF)]
    return begins in letters_and_digits(" ".join(block.text for block in story))
