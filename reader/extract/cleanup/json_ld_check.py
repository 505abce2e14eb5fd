"""JSON-LD `articleBody` as a check of the text that was found.

It is never the text itself: papers cut it short, join its paragraphs and leave out headings, lists and pictures.
"""

import re
from copy import deepcopy

from lxml import etree

from reader.extract.blocks.inline import ContentBlock
from reader.extract.dom.node import text_of
from reader.extract.metadata.embedded import Metadata, decode_entities
from reader.text.compare import letters_and_digits

_LEAST = 400
_CONFIRMED = 0.6
_PROBE = 30
_LEAST_BESIDE_LINKS = 20
_TAGS = re.compile(r"<[^<>]{0,2000}>")


def without_unconfirmed(story: list[ContentBlock], metadata: Metadata) -> list[ContentBlock]:
    """Return the story without the paragraphs that are not in its `articleBody`.

    Only where that holds three fifths of the story and reaches to its end: a teaser confirms nothing. Headings,
    pictures, lists, quotations and tables stay, as it often leaves them out; some leave out the words of links too.
    """
    said = next(
        (text for text in metadata.values_of("articleBody") if isinstance(text, str) and len(text) >= _LEAST), None
    )
    if said is None:
        return story
    known = letters_and_digits(_TAGS.sub(" ", decode_entities(said)))
    texts = [block for block in story if block.kind == "p" and not block.figure]
    agreed = {
        id(block)
        for block in texts
        if _known(letters_and_digits(block.text), known) or (block.linked and _known_without_links(block, known))
    }
    length = sum(len(block.text) for block in texts)
    sure = sum(len(block.text) for block in texts if id(block) in agreed)
    last = letters_and_digits(" ".join(block.text for block in texts if id(block) in agreed)[-4 * _PROBE :])
    # A text that was cut short ends within a block, and confirms nothing after it.
    whole = any(
        letters_and_digits(block.text[-4 * _PROBE :]).endswith(known[-_PROBE // 2 :]) for block in story if block.text
    )
    if (
        not whole
        or not length
        or sure < _CONFIRMED * length
        or known.find(last[:_PROBE]) < 0.7 * len(known) - 2 * len(last)
    ):
        return story
    return [block for block in story if block.kind != "p" or block.figure or id(block) in agreed]


def _known_without_links(block: ContentBlock, known: str) -> bool:
    """Say whether what a paragraph says beside its links is in the known text, where that is a clause or more."""
    own = deepcopy(block.out)
    etree.strip_elements(own, "a", with_tail=False)
    letters = letters_and_digits(text_of(own))
    return len(letters) >= _LEAST_BESIDE_LINKS and _known(letters, known)


def _known(text: str, known: str) -> bool:
    """Say whether a text is in the known one: a short one whole, a long one by two of its beginning, middle and end."""
    if len(text) <= 2 * _PROBE:
        return text in known
    middle = len(text) // 2
    probes = (text[:_PROBE], text[middle : middle + _PROBE], text[-_PROBE:])
    return sum(probe in known for probe in probes) >= 2
