"""A picture as a block of the story: a paragraph that holds one image, its caption and its credit."""

from lxml import etree

from reader.extract.blocks import figures
from reader.extract.blocks.inline import Block
from reader.models import Figure


def picture(figure: Figure, source: etree._Element) -> Block:
    """Return the block of a picture: a paragraph that holds one image and nothing else."""
    out = etree.Element("p")
    image = etree.Element("img")
    image.set("src", figure.image)
    image.set("alt", figure.caption or "")
    if figure.credit:
        image.set("title", figure.credit)
    out.append(image)
    return Block("figure", out, source, "", 0, figure)


def give_caption(found: list[Block], caption: etree._Element, title: str) -> bool:
    """Give a caption that stands outside its picture to the one before it. False: that has one, or there is none."""
    last = found[-1] if found else None
    if last is None or last.figure is None or last.figure.caption is not None:
        return False
    text, credit = figures.said([caption], title)
    found[-1] = picture(Figure(last.figure.image, text, credit or last.figure.credit), last.source)
    return True
