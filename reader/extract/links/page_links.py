"""All links of a page's article: to other stories, in its running text, to its next page. Changes nothing."""

from collections.abc import Iterable

from lxml import etree

from reader.extract.content.body import Body
from reader.extract.links import next_page, not_stories, related, targets
from reader.extract.metadata.fields import PageFields
from reader.extract.metadata.page_context import PageContext
from reader.models import Link, LinkKind


def page_links(
    page: PageContext,
    said: PageFields,
    body: Body,
    *,
    boxes: list[etree._Element],
    rows: list[Link],
    running: Iterable[etree._Element],
) -> tuple[Link, ...]:
    """Return the links of the article in `body`, each once, at most 60 of a kind.

    `boxes` are those that the blocks were made without because they hold other stories, `rows` the stories that were
    taken out of the blocks, and `running` the elements of the blocks that are left.
    """
    links = related.stories_by_rule(body, page)
    links += related.stories_in_boxes(boxes, page)
    if not any(link.kind is LinkKind.MORE for link in links):
        links += related.stories_beside(page, body.parts)
    links += related.stories_listed(body.others, page, links)
    links += rows
    inline = targets.inline_links(running)
    if not body.by_rule:
        links += related.stories_left_out(page, said.heading, body.parts, inline, links)
    links += inline
    links += next_page.next_links(page, said.canonical_url)
    stories = not_stories.without_sections(filter(not_stories.is_story_link, links), page.url)
    return targets.unique_links(stories)
