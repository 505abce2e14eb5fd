"""Whether a page is a section page or a front page: a list of stories and no story itself."""

from reader.extract.blocks.inline import ContentBlock
from reader.extract.dom.node import HEADINGS, text_of
from reader.extract.links import targets
from reader.extract.metadata.page_context import PageContext

_PARAGRAPH = 60
_LONGEST_TEASER = 2000
_MOST_TEASED = 3
_FRONT_PAGE = 15


def is_section_page(page: PageContext, story: list[ContentBlock]) -> bool:
    """Say whether a page is a list of stories, judged by the blocks that were taken for its text."""
    said_article = page.metadata.is_article
    return _is_rows(story, said_article=said_article) or (not said_article and _is_section(page, story))


def _is_rows(story: list[ContentBlock], *, said_article: bool) -> bool:
    """Say whether these blocks are a section page: linked headlines with a line under each, and no story of its own.

    A page that calls itself an article (`said_article`) is believed, unless it is nothing but headlines.
    """
    headlines = sum(1 for b in story if b.kind in HEADINGS and b.linked >= 0.8 * len(b.text) > 12)
    prose = sum(1 for b in story if b.linked < 0.5 * len(b.text) and len(b.text) > _PARAGRAPH)
    if said_article:
        return headlines >= 10 and prose * 4 < headlines
    return headlines >= 5 and prose <= 1.2 * headlines


def _is_section(page: PageContext, story: list[ContentBlock]) -> bool:
    """Say whether a page that calls itself no article has more to read in its linked headlines than in its story."""
    said = sum(len(block.text) for block in story)
    if said > _LONGEST_TEASER or sum(len(block.text) > _PARAGRAPH for block in story) > _MOST_TEASED:
        return False
    headlines = [
        text
        for heading in page.index.iter("h2", "h3", "h4")
        if next(heading.iter("a"), None) is not None or next(heading.iterancestors("a"), None) is not None
        if targets.is_headline(text := text_of(heading))
    ]
    return len(headlines) >= _FRONT_PAGE and sum(map(len, headlines)) > said / 2
