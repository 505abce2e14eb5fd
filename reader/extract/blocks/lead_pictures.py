"""Pictures of the article outside its body: between the headline and the text, or beside them."""

from lxml import etree

from reader.extract.blocks import figures
from reader.extract.blocks.inline import ContentBlock
from reader.extract.dom import junk_names
from reader.extract.dom.node import shared_ancestor

_MOST = 20
_TAGS = ("figure", "div", "section", "p", "aside", "header", "picture", "img", "figcaption")
_NEVER_IN = frozenset(("aside", "nav", "a", "button"))


def with_lead_pictures(
    heading: etree._Element | None, body: list[etree._Element], story: list[ContentBlock], base: str, title: str
) -> list[ContentBlock]:
    """Return the story with the pictures that stand before its body and have a caption, or are a `figure`.

    A caption given there to a picture that the body shows without one goes to that picture.
    """
    if heading is None or not body:
        return story
    above = set(heading.iterancestors())
    common = shared_ancestor(heading, body[0])
    if common is None or common.tag == "html":
        return story
    # The picture may stand beside the box that holds headline and text, in the article that holds both.
    around = next(common.iterancestors("article"), common)
    shown = {block.figure.image: n for n, block in enumerate(story) if block.figure}
    found: list[ContentBlock] = []
    before = set(common.iterancestors())
    taken: set[etree._Element] = set()
    parts = set(body)
    for element in around.iter(*_TAGS, *{part.tag for part in body}):
        if element is body[-1]:
            break
        if element in parts:
            taken.update(element.iter())
        if element in above or element in before or element in taken:
            continue
        if element.tag == "figcaption":
            figures.give_caption_to_last(found, element, title)
            continue
        if not figures.is_figure(element) or _is_elsewhere(element, above):
            continue
        taken.update(element.iter())
        for figure in figures.parse_figures(element, base, title):
            number = shown.get(figure.image)
            if number is None and (figure.caption or element.tag == "figure"):
                shown[figure.image] = -1
                found.append(figures.figure_block(figure, element, title))
            elif number is not None and number >= 0 and figure.caption and not _caption(story[number]):
                story = [*story[:number], figures.figure_block(figure, element, title), *story[number + 1 :]]
    return [*found[:_MOST], *story]


def _caption(block: ContentBlock) -> str | None:
    return block.figure.caption if block.figure else None


def _is_elsewhere(element: etree._Element, above: set[etree._Element]) -> bool:
    for ancestor in element.iterancestors():
        if ancestor in above:
            return False
        if ancestor.tag in _NEVER_IN or (junk_names.is_named_junk(ancestor) and not figures.is_figure(ancestor)):
            return True
    return False
