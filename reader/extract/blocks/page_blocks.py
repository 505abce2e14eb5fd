"""The body of a page -> its blocks, without what the walk leaves out. The page's tree is not changed."""

from dataclasses import dataclass

from lxml import etree

from reader.extract.blocks import walk
from reader.extract.blocks.inline import ContentBlock, WalkState
from reader.extract.blocks.unwanted import unwanted_filter
from reader.extract.content.body import Body
from reader.extract.dom.node import text_length
from reader.extract.links import related
from reader.extract.metadata.page_context import PageContext


@dataclass(frozen=True, slots=True)
class PageBlocks:
    """The blocks of a body, in order, and the boxes of other stories in it that they were made without."""

    blocks: list[ContentBlock]
    boxes: list[etree._Element]


def page_blocks(page: PageContext, body: Body, title: str) -> PageBlocks:
    """Walk each part of the body that stands in no other part of it. Where a rule names the body, its own blocks of
    other stories are all that is left out for holding such."""
    boxes = [] if body.by_rule else related.boxes_in_body(body.parts, page)
    dropped = {*body.dropped, *body.related, *body.more, *body.others, *boxes}
    parts = [
        part
        for part in body.parts
        if not any(part in other.iterdescendants() for other in body.parts if other is not part)
    ]
    walks = [
        WalkState(page.base, title, unwanted_filter(dropped, strict=not body.by_rule, mass=text_length(part)))
        for part in parts
    ]
    return PageBlocks(walk.blocks_of_parts(parts, walks), boxes)
