"""What pages write in several ways, rewritten to one before anything is judged. Changes the tree; drops no word.

Formulas become text (`formulas`), pictures of an emoji their alternative text, a picture that is only in `noscript` a
picture; two line breaks within inline elements part them in two; permalink marks leave the headings; a button that is a
heading, or titles the text that it opens, becomes one.
"""

import re
from itertools import islice

from lxml import etree

from reader.extract.dom.formulas import write_formulas
from reader.extract.dom.junk_names import SKIPPED, is_hidden
from reader.extract.dom.node import HEADINGS, is_inline_tag, raw_text, replace_by_text, text_length

_EMOJI = re.compile(
    r"(?:^|[\s_-])(?:emoji|emojis|twemoji|emojione|emoticon|smiley|wp-smiley|joypixels)(?:$|[\s_-])", re.I
)
_EMOJI_SOURCE = re.compile(r"/(?:emoji|emojis|twemoji|emojione|smil(?:ey|ie)s?|emoticons?)/", re.I)
_LONGEST_EMOJI = 40
_MARKS = re.compile(r"[\s#¶§🔗⚓∞↩†·•*+\-–—»›>\[\]\ufe0f\u200b-\u200d\xad]*\Z")
"""What a permalink shows: nothing, or a mark that is no word."""
_ANCHOR = re.compile(
    r"(?:^|[\s_-])(?:anchor|anchors|anchorjs|headerlink|heading-?link|header-?anchor|heading-?anchor|permalink|"
    r"hash-?link|section-?link|direct-?link|self-?link|copy-?link)(?:$|[\s_-])",
    re.I,
)
_LONGEST_ANCHOR = 60
_OPENS = re.compile(r"accordion|collaps|faq|toggle|expand|disclos", re.I)
_LONGEST_TITLE = 150
_LEAST_OPENED = 20
_PICTURES = ("img", "amp-img", "picture")
_MANY = 4
_LONGEST_HEADING = 1000
"""Characters of a heading: one that is never closed holds all of the page, and is none."""
_MOST_MOVES = 3000


def normalize(root: etree._Element) -> None:
    """Rewrite the tree, or the fragment, under `root`."""
    write_formulas(root)
    _write_emoji(root)
    _show_noscript_pictures(root)
    _tidy_headings(root)
    _title_accordions(root)
    _split_at_breaks(root)


def _write_emoji(root: etree._Element) -> None:
    for image in list(root.iter("img")):
        alt = (image.get("alt") or "").strip()
        if not 0 < len(alt) <= _LONGEST_EMOJI:
            continue
        named = _EMOJI.search(image.get("class") or "") or _EMOJI_SOURCE.search(image.get("src") or "")
        drawn = len(alt) <= 8 and not alt.isascii() and not any(character.isalnum() for character in alt)
        if named or drawn:
            replace_by_text(image, alt)


def _show_noscript_pictures(root: etree._Element) -> None:
    """Make a `noscript` that holds a picture a span, where the page shows no picture beside it."""
    for hidden in list(root.iter("noscript")):
        images = list(hidden.iter("img"))
        parent = hidden.getparent()
        if not images or parent is None or text_length(hidden) or any(_is_pixel(image) for image in images):
            continue
        box = parent
        while box.tag in ("span", "a", "picture") and (above := box.getparent()) is not None:
            box = above
        shown = (parent,) if box.tag in ("body", "article", "main", "section") else (parent, box)
        if any(image not in images for one in shown for image in _beside(one, hidden)):
            continue
        hidden.tag = "span"


def _beside(box: etree._Element, hidden: etree._Element) -> list[etree._Element]:
    """The pictures in a box; of a large one only those beside the `noscript`."""
    found = list(islice(box.iter(*_PICTURES), _MANY))
    if len(found) < _MANY:
        return found
    near = [e for e in (hidden.getprevious(), hidden.getnext()) if e is not None]
    return [image for one in near for image in one.iter(*_PICTURES)]


def _is_pixel(image: etree._Element) -> bool:
    """Whether a picture only counts visitors."""
    return is_hidden(image) or any(
        (image.get(side) or "").strip().rstrip("px") in ("0", "1") for side in ("width", "height")
    )


def _tidy_headings(root: etree._Element) -> None:
    for heading in list(root.iter(*HEADINGS)):
        if len(heading) == 0 or text_length(heading, _LONGEST_HEADING) > _LONGEST_HEADING:
            continue
        for button in list(heading.iter("button")):
            others = raw_text(heading).replace(raw_text(button), "", 1)
            if raw_text(button).strip() and not others.strip():
                button.tag = "span"
        for link in list(heading.iter("a")):
            if _is_permalink(link) and raw_text(heading).strip() != raw_text(link).strip():
                replace_by_text(link, "")


def _title_accordions(root: etree._Element) -> None:
    """Make a button that opens the text below it the heading of that text."""
    for button in list(root.iter("button")):
        following = button.getnext()
        text = raw_text(button).strip()
        if (
            following is not None
            and not is_inline_tag(following.tag)
            and following.tag not in SKIPPED
            and (_OPENS.search(button.get("class") or "") or button.get("aria-controls") or button.get("aria-expanded"))
            and len(text) <= _LONGEST_TITLE
            and (len(text.split()) > 2 or text.endswith("?"))
            and text_length(following, _LEAST_OPENED) > _LEAST_OPENED
            and next(button.iterancestors(*SKIPPED, "form", *HEADINGS), None) is None
        ):
            button.tag = "h3"


def _is_permalink(link: etree._Element) -> bool:
    fragment = (link.get("href") or "").rpartition("#")[1]
    text = raw_text(link).strip()
    if next(link.iter(*_PICTURES), None) is not None:
        return False
    if fragment and _MARKS.match(text):
        return True
    named = _ANCHOR.search(f"{link.get('class') or ''}")
    return bool(named) and len(text) <= _LONGEST_ANCHOR and (bool(fragment) or not text)


def _split_at_breaks(root: etree._Element) -> None:
    """Where two line breaks follow each other within inline elements, end these before the breaks and begin them anew
    after: so the paragraphs that the breaks part are parted, whatever they are wrapped in."""
    split: list[etree._Element] = []
    for br in root.iter("br"):
        parent = br.getparent()
        following = br.getnext()
        if (
            parent is not None
            and is_inline_tag(parent.tag)
            and following is not None
            and following.tag == "br"
            and not (br.tail or "").strip()
        ):
            split.append(br)
    # From the last to the first: each moves only what stands between it and the one after it.
    moves = _MOST_MOVES
    for br in reversed(split):
        while moves and (parent := br.getparent()) is not None and is_inline_tag(parent.tag) and parent is not root:
            _lift(br, parent)
            moves -= 1


def _lift(br: etree._Element, parent: etree._Element) -> None:
    """Move a line break, and those that follow it at once, out of its parent: what follows them goes into a second
    element of the same kind."""
    second = etree.Element(parent.tag, {str(name): str(value) for name, value in parent.items() if name != "id"})
    second.extend(list(br.itersiblings()))
    second.text, br.tail = br.tail, None
    second.tail, parent.tail = parent.tail, None
    parent.addnext(br)
    last = br
    while not (second.text or "").strip() and len(second) and second[0].tag == "br":
        following = second[0]
        second.text, following.tail = following.tail, None
        last.addnext(following)
        last = following
    if len(second) or (second.text or "").strip():
        last.addnext(second)
    else:
        last.tail = second.tail
