"""The text that a page's JSON-LD carries (schema.org `articleBody`) as elements: for pages that show it by script only.

Never the text of a page that shows its own: papers cut it short, and leave out headings, lists and pictures.
"""

import re
from html import unescape

from lxml import etree

from reader.extract.dom import parse
from reader.extract.dom.node import text_length

_LEAST = 200
_SHARE = 0.25
_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|figure)\b[^<>]{0,2000}>", re.I)
_LINES = re.compile(r"\s*[\n\u2029]\s*")


def carried_text(text: str, shown: list[etree._Element]) -> etree._Element | None:
    """Return a new element that holds `text`, an `articleBody` with or without markup. None where it is too short for
    a story, or where what the page shows has a quarter of its characters or more."""
    if len(text) < _LEAST or sum(text_length(part) for part in shown) >= _SHARE * len(text):
        return None
    if not _MARKUP.search(text):
        text = unescape(text)
    if not _MARKUP.search(text):
        made = etree.Element("div")
        for line in _LINES.split(parse.printable(text.encode("utf-8", "ignore")).decode()[: parse.MOST_TEXT].strip()):
            etree.SubElement(made, "p").text = line
        return made
    return parse.parse_fragment(text)
