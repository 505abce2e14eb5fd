"""The blocks of a page -> its story: each step of the cleanup in its order."""

from dataclasses import dataclass

from reader.extract.blocks.inline import ContentBlock
from reader.extract.blocks.lead_pictures import with_lead_pictures
from reader.extract.cleanup import json_ld_check, section_page, standfirst, trim
from reader.extract.content.body import Body
from reader.extract.metadata import fields
from reader.extract.metadata.fields import PageFields
from reader.extract.metadata.page_context import PageContext
from reader.models import Link


@dataclass(frozen=True, slots=True)
class CleanedStory:
    """What of a page is its story: the blocks, the standfirst apart from them, the authors, also those who only signed
    under the text, and the other stories that stood among the blocks."""

    blocks: list[ContentBlock]
    lede: str | None
    authors: tuple[str, ...]
    links: list[Link]


def clean_story(blocks: list[ContentBlock], page: PageContext, said: PageFields, body: Body) -> CleanedStory | None:
    """Return the story that the blocks of `body` hold, or None where the page is a list of other stories.

    Where a site rule names the body, it is no list, and nothing is taken out of it that only the shape of a page or its
    `articleBody` would tell.
    """
    authors = said.authors or fields.signature(page, body.parts)
    story, links = trim.trim(
        blocks, said.title, authors, base=page.base, zone=page.zone, here=page.url, page=not body.by_rule
    )
    if not body.by_rule:
        if not body.others and section_page.is_section_page(page, story, said.heading, body.parts):
            return None
        story = with_lead_pictures(said.heading, body.parts, story, page.base, said.title)
    chosen = page.rule.lede.first(page.root)[:1] if page.rule else []
    if chosen:
        lede, story = standfirst.from_rule(chosen, story)
    else:
        lede, story = standfirst.visible_standfirst(
            page.root, page.metadata, said.heading, body.parts, story, authors=authors
        )
    if not body.by_rule:
        story = json_ld_check.without_unconfirmed(story, page.metadata)
    return CleanedStory(story, lede, authors, links)
