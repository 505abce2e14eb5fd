"""The body of a page -> its blocks, without what the walk leaves out. The page's tree is not changed."""

from dataclasses import dataclass

from lxml import etree

from reader.extract.blocks import walk
from reader.extract.blocks.inline import ContentBlock, WalkState
from reader.extract.blocks.offers import boxes_of_offers
from reader.extract.blocks.unwanted import left_out_of_page
from reader.extract.content.body import Body
from reader.extract.dom.node import text_length
from reader.extract.links import related
from reader.extract.links.story_among_teasers import prose, story_among_teasers
from reader.extract.links.teasers import holds_teasers
from reader.extract.metadata.page_context import PageContext


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The blocks of a body, in order, and the boxes of other stories in it that they were made without.
    `body` is without the teasers that stood around the story under `heading`."""

    blocks: list[ContentBlock]
    boxes: list[etree._Element]
    body: Body


def page_blocks(page: PageContext, body: Body, title: str, heading: etree._Element | None = None) -> PageBlocks:
    """Walk each part of the body that stands in no other part of it. Where a rule names the body, its own blocks of
    other stories are all that is left out for holding such."""
    if not body.by_rule and not body.whole_page:
        body = _among_teasers(page, heading, body)
    boxes = [] if body.by_rule else related.boxes_in_body(body.parts, page)
    dropped = {*body.dropped, *body.related, *body.more, *body.others, *boxes}
    if not body.by_rule:
        dropped |= boxes_of_offers(body.parts)
    parts = [
        part
        for part in body.parts
        if part not in dropped and not any(part in other.iterdescendants() for other in body.parts if other is not part)
    ]
    walks = [
        WalkState(page.base, title, left_out_of_page(dropped, strict=not body.by_rule, mass=text_length(part)))
        for part in parts
    ]
    return PageBlocks(walk.blocks_of_parts(parts, walks), boxes, body)


def _among_teasers(page: PageContext, heading: etree._Element | None, body: Body) -> Body:
    """Return the body as it is, or the box of the story in it or beside it, where teasers of others fill it."""
    parts = body.parts
    story = story_among_teasers(page, heading) if holds_teasers(page, parts) else None
    if story is None:
        return body
    held = [part for part in parts if not any(other in (part, *part.iterancestors()) for other in story.others)]
    around = {story.box, *story.box.iterancestors()}
    if any(part in around or story.box in part.iterancestors() for part in held):
        # Without a picture they may be the chapters of what the story introduces.
        pictured = tuple(box for box in story.others if next(box.iter("img", "amp-img"), None) is not None)
        return Body(parts=held, others=pictured)
    if prose(held, story.others) >= prose([story.box], ()):
        return body
    return Body(parts=[story.box], others=story.others)
