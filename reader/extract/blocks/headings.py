"""Which blocks are headings of the story and which only look like them, judged by the blocks around them."""

import re

from lxml import etree

from reader.extract.blocks.inline import HEADING_KINDS, ContentBlock
from reader.text import fold

_LONGEST = 80
_SHORT = 40
_ENDS = re.compile(r"[.:;,…?!。：？！]\W*\Z")
_TEASERS = 4
_LONGEST_SUMMARY = 400
_TWO_PARAGRAPHS = 200
_MOST_LINKED = 0.15
"""The share of a text that may be links: that of cards of other stories is more."""
_WORD = re.compile(r"\w+")


def resolve_headings(found: list[ContentBlock], title: str) -> list[ContentBlock]:
    """Return the blocks without the page's own headline and without rows of other stories' headlines; lines that are
    bold and nothing else become headings where they serve as such. Never judges by what a line says."""
    found = _without_teasers(_without_headline(found, title))
    if not any(block.kind in HEADING_KINDS for block in found):
        first = next((at for at, block in enumerate(found) if block.kind == "p" and len(block.text) > _LONGEST), 0)
        bold = [at for at in range(first + 1, len(found) - 1) if _serves(found, at)]
        if len(bold) > 1:
            for at in bold:
                _promote(found[at])
    return found


def _without_headline(found: list[ContentBlock], title: str) -> list[ContentBlock]:
    """Leave out headings before the text that are the page's h1 or say what the title says: the headline again."""
    said = set(_WORD.findall(fold(title)))
    kept: list[ContentBlock] = []
    for at, block in enumerate(found):
        heading = block.kind in HEADING_KINDS
        if not heading and block.kind != "figure" and not (block.kind == "p" and len(block.text) <= _LONGEST):
            return [*kept, *found[at:]]
        if not heading or not _is_headline(block, said):
            kept.append(block)
    return kept


def _is_headline(block: ContentBlock, said: set[str]) -> bool:
    own = set(_WORD.findall(fold(block.text)))
    return block.source.tag == "h1" or 4 * len(own & said) >= 3 * max(len(own), len(said), 3)


def _without_teasers(found: list[ContentBlock]) -> list[ContentBlock]:
    """Leave out runs of linked headings with no more than a few words under each: lists of other stories."""
    kept: list[ContentBlock] = []
    at = 0
    while at < len(found):
        end = at
        while end + 1 < len(found) and _is_linked(found[end]) and _is_kicker(found[end + 1]):
            end += 2
        if end - at >= 2 * _TEASERS:
            at = end
        else:
            kept.append(found[at])
            at += 1
    return kept


def _is_linked(block: ContentBlock) -> bool:
    return block.kind in HEADING_KINDS and block.linked > 0


def _is_kicker(block: ContentBlock) -> bool:
    return block.kind == "p" and len(block.text) <= _SHORT and not _ENDS.search(block.text)


def _serves(found: list[ContentBlock], at: int) -> bool:
    """Say whether a line is short, bold from end to end, no sentence, and stands between text and a paragraph. A
    question stays bold: interviews print theirs so."""
    block, after = found[at], found[at + 1]
    if after.figure and at + 2 < len(found):
        # The section begins with its picture.
        after = found[at + 2]
    out = block.out
    return (
        block.kind == "p"
        and len(out) == 1
        and out[0].tag == "strong"
        and not (out.text or "").strip()
        and not (out[0].tail or "").strip()
        and 3 <= len(block.text) <= _LONGEST
        and not block.linked
        and not _ENDS.search(block.text)
        and next(out.iter("br"), None) is None
        and found[at - 1].kind not in ("hr", "h2")
        and after.kind == "p"
        and len(after.text) > len(block.text)
        and len(after.text) > 2 * _SHORT
    )


def _promote(block: ContentBlock) -> None:
    block.kind = block.out.tag = "h2"
    etree.strip_tags(block.out, "strong")


def heads_of_text(found: list[ContentBlock]) -> set[int]:
    """Return the numbers of the headings that text stands under, more than a teaser's summary, before the next one."""
    heads: set[int] = set()
    heading, length, blocks = -1, 0, 0
    for number, block in enumerate(found):
        if block.kind in HEADING_KINDS:
            heading, length, blocks = number, 0, 0
        elif heading >= 0 and block.kind != "figure" and block.linked < _MOST_LINKED * len(block.text):
            length += len(block.text)
            blocks += 1
            if length > _LONGEST_SUMMARY or (blocks > 1 and length >= _TWO_PARAGRAPHS):
                heads.add(heading)
    return heads
