"""Captions that stand as paragraphs beside their pictures: each is said once, as the picture's caption."""

from copy import deepcopy
from dataclasses import replace

from reader.extract.blocks import figures
from reader.extract.blocks.inline import ContentBlock
from reader.models import Figure
from reader.text import clean_line
from reader.text.compare import same_text

_LONGEST = 900
_LEAST = 8
"""Characters of a caption that is told by the alternative text alone."""
_LONGEST_LABEL = 40
_PARTED_BY = ("-", "–", "—", "|", "(", "©", "/", "[")


def join_captions(found: list[ContentBlock]) -> list[ContentBlock]:
    """Return the blocks without the paragraphs directly under or above a picture that say its caption, or its
    alternative text: where the picture has no caption, such a paragraph becomes it.

    Many pages print the words of the `alt` below the picture, in an element that does not say what it is. The `alt` may
    have the name of the paper or a credit behind them. A paragraph with a link in it stays. So does a short line, or
    one in bold, that only the `alt` says again: the picture says nothing then.
    """
    left_out: set[int] = set()
    made: dict[int, ContentBlock] = {}
    for number, block in enumerate(found):
        if block.figure is None:
            continue
        for beside in (number + 1, number - 1, number + 2):
            if not 0 <= beside < len(found) or beside in left_out or not _may_be_caption(found[beside]):
                continue
            if beside == number + 2 and not _is_label_before_caption(found[number + 1], found[beside]):
                continue
            caption = _caption_of(block.figure, str(block.out[0].get("alt") or ""), found[beside].text)
            if caption is None:
                continue
            if caption is not block.figure and not _is_told(found[beside]):
                # The name of what the picture shows may be a line of the story: it is said there alone.
                made[number] = _without_alternative(block)
                break
            left_out.add(beside)
            made[number] = block if caption is block.figure else figures.figure_block(caption, block.source)
            break
    return [made.get(number, block) for number, block in enumerate(found) if number not in left_out]


def _may_be_caption(block: ContentBlock) -> bool:
    return block.kind == "p" and block.figure is None and not block.linked and 0 < len(block.text) <= _LONGEST


def _is_label_before_caption(label: ContentBlock, caption: ContentBlock) -> bool:
    return label.kind == "p" and len(label.text) <= _LONGEST_LABEL and len(caption.text) > 2 * _LONGEST_LABEL


def _caption_of(figure: Figure, alt: str, text: str) -> Figure | None:
    """Return the picture with the caption that `text` is, or None where it is none of its."""
    if figure.caption:
        return figure if same_text(figure.caption, text) else None
    if len(text) < _LEAST or not alt:
        return None
    if same_text(alt, text):
        return replace(figure, caption=text)
    if alt.startswith(text) and 2 * len(text) > len(alt) and alt[len(text) :].lstrip().startswith(_PARTED_BY):
        return replace(figure, caption=text)
    caption, credit = figures.split_credit(text)
    return (
        replace(figure, caption=caption, credit=figure.credit or credit) if credit and same_text(alt, caption) else None
    )


def _is_told(block: ContentBlock) -> bool:
    """Say whether a paragraph tells something: it is longer than a name, and no line in bold."""
    bold = "".join("".join(map(str, e.itertext())) for e in block.out.iter("strong", "b"))
    return len(block.text) >= _LONGEST_LABEL and len(clean_line(bold)) < len(block.text)


def _without_alternative(block: ContentBlock) -> ContentBlock:
    out = deepcopy(block.out)
    out[0].set("alt", "")
    return replace(block, out=out)
