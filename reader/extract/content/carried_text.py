"""The text that a page's JSON-LD carries (schema.org `articleBody`) as elements: for pages that show it by script only.

Never the text of a page that shows its own: papers cut it short, and leave out headings, lists and pictures.
"""

import re
from collections.abc import Callable, Iterable
from html import unescape

from lxml import etree

from reader.extract.dom import parse
from reader.extract.dom.node import raw_text, text_length
from reader.text.compare import letters_and_digits

LEAST = 200
"""Characters of a text that counts where the page shows a text of its own, too."""
_SHARE = 0.25
_PROBES = 24
_PROBE = 30
_MARKUP = re.compile(r"<(?:p|br|div|h[1-6]|ul|ol|li|blockquote|figure)\b[^<>]{0,2000}>", re.I)
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_LINES = re.compile(r"\s*[\n\u2029]\s*")


def carried_text(
    text: str,
    shown: list[etree._Element],
    teasers: Callable[[etree._Element], Iterable[etree._Element]],
    *,
    least: int = LEAST,
) -> etree._Element | None:
    """Return a new element that holds `text`, an `articleBody` with or without markup.

    None where it has fewer than `least` characters, where a quarter of it stands in what the page has `shown`, or where
    that may be a text of its own: a quarter as long, without the `teasers` of other stories in it, and either longer or
    in part the same.
    """
    if not text.strip() or len(text) < least:
        return None
    length = sum(text_length(part) for part in shown)
    if length >= _SHARE * len(text):
        share = _share_shown(text, shown)
        if share >= _SHARE:
            return None
        # Less text than the article has, and none of it the article's: what the paper says of itself, a question.
        foreign = not share and length < len(text)
        if not foreign and length - sum(text_length(box) for box in _outermost(shown, teasers)) >= _SHARE * len(text):
            return None
    if not _MARKUP.search(text):
        text = unescape(text)
    if not _MARKUP.search(text):
        made = etree.Element("div")
        for line in _LINES.split(parse.printable(text.encode("utf-8", "ignore")).decode()[: parse.MOST_TEXT].strip()):
            etree.SubElement(made, "p").text = line
        return made
    return parse.parse_fragment(text)


def _share_shown(text: str, shown: list[etree._Element]) -> float:
    """Return about how much of a text stands in elements, by pieces of it that are evenly spread."""
    known = letters_and_digits(" ".join(raw_text(part) for part in shown)[: parse.MOST_TEXT])
    said = letters_and_digits(_TAGS.sub(" ", unescape(text[: parse.MOST_TEXT])))
    step = max(1, (len(said) - _PROBE) // _PROBES)
    probes = [said[at : at + _PROBE] for at in range(0, max(1, len(said) - _PROBE), step)]
    return sum(probe in known for probe in probes) / len(probes)


def _outermost(
    shown: list[etree._Element], teasers: Callable[[etree._Element], Iterable[etree._Element]]
) -> list[etree._Element]:
    found = {box for part in shown for box in teasers(part)}
    return [box for box in found if found.isdisjoint(box.iterancestors())]
