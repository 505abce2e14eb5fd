"""The blocks of a page -> its story: each step of the cleanup in its order."""

from dataclasses import dataclass

from lxml import etree

from reader.extract.blocks.inline import ContentBlock
from reader.extract.blocks.lead_pictures import with_lead_pictures
from reader.extract.cleanup import article_body, section_page, standfirst, trim
from reader.extract.metadata.page_context import PageContext
from reader.models import Link


@dataclass(frozen=True, slots=True)
class CleanedStory:
    """What of a page is its story: the blocks, the standfirst apart from them, the other stories that stood among
    them."""

    blocks: list[ContentBlock]
    lede: str | None
    links: list[Link]


def clean_story(
    blocks: list[ContentBlock],
    page: PageContext,
    title: str,
    authors: tuple[str, ...],
    heading: etree._Element | None,
    body: list[etree._Element],
    *,
    by_rule: bool,
) -> CleanedStory | None:
    """Return the story that the blocks of `body` hold, or None where the page is a list of other stories.

    `heading` is the element that shows the headline. With `by_rule` a site rule names the body: then it is no list, and
    nothing is taken out of it that only the shape of a page or its `articleBody` would tell.
    """
    story, links = trim.trim(blocks, title, authors, base=page.base, zone=page.zone, here=page.url, page=not by_rule)
    if not by_rule:
        if section_page.is_section_page(page, story):
            return None
        story = with_lead_pictures(heading, body, story, page.base, title)
    chosen = page.rule.lede.first(page.root)[:1] if page.rule else []
    if chosen:
        lede, story = standfirst.from_rule(chosen, story)
    else:
        lede, story = standfirst.visible_standfirst(page.root, page.metadata, heading, body, story)
    if not by_rule:
        story = article_body.without_unconfirmed(story, page.metadata)
    return CleanedStory(story, lede, links)
