"""Clean blocks to Markdown, by markdownify: the one writer of it from HTML, and never for a page as it came."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from reader.text import clean

if TYPE_CHECKING:
    from lxml import etree

__all__ = ["markdown_of"]


def markdown_of(elements: "Iterable[etree._Element]") -> str:
    """Return the Markdown of clean block elements, as `extract.blocks` makes them, through the door of outside text."""
    # Here, for it loads BeautifulSoup, which only what makes an article needs.
    from reader.extract.markdown.convert import convert

    return clean(convert(elements)).strip()
