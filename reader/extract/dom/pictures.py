"""Pictures that stand for a character or a word, and pictures that are only in `noscript`, as what they are."""

import re
from itertools import islice

from lxml import etree

from reader.extract.dom.junk_names import is_hidden
from reader.extract.dom.node import is_inline_tag, raw_text, replace_by_text, text_length

_EMOJI = re.compile(
    r"(?:^|[\s_-])(?:emoji|emojis|twemoji|emojione|emoticon|smiley|wp-smiley|joypixels)(?:$|[\s_-])", re.I
)
_EMOJI_SOURCE = re.compile(r"/(?:emoji|emojis|twemoji|emojione|smil(?:ey|ie)s?|emoticons?)/", re.I)
_LONGEST_EMOJI = 40
_SMALL = 40
"""Pixels: a picture of that height stands in a line like a word."""
_SIZE = re.compile(r"\s*(\d{1,4})(?:\.\d+)?\s*(?:px)?\s*\Z")
_STYLED = re.compile(
    r"(?:^|;)\s*(?:max-)?(?:width|height)\s*:\s*(?:(?P<px>\d{1,4})(?:\.\d+)?px|(?:[01](?:\.\d+)?)r?em)"
)
_NO_WORD = re.compile(
    r"\S+\.\w{2,4}\Z|\W*(?:.*\b(?:icon|logo|external|link|opens?|new (?:tab|window)|arrow|image)\b.*)?\Z", re.I
)
PICTURES = ("img", "amp-img", "picture")
_PLACEHOLDER = re.compile(r"\Adata:|placeholder|spacer|blank\.|1x1|pixel\.|[/-]transparent|loading\.(?:gif|svg)", re.I)
_ADDRESS = re.compile(r"[^\s,]\.(?:jpe?g|png|webp|avif|gif)\b|https?://", re.I)
_MANY = 4
_LONGEST_HIDDEN = 5000


def write_small_pictures(root: etree._Element) -> None:
    """Replace pictures of an emoji, and small ones that stand in a sentence, by their alternative text."""
    for image in list(root.iter("img")):
        alt = (image.get("alt") or "").strip()
        if not 0 < len(alt) <= _LONGEST_EMOJI:
            continue
        named = _EMOJI.search(image.get("class") or "") or _EMOJI_SOURCE.search(image.get("src") or "")
        drawn = len(alt) <= 8 and not alt.isascii() and not any(character.isalnum() for character in alt)
        if named or drawn or (in_sentence(image) and is_small(image) and not _NO_WORD.match(alt)):
            replace_by_text(image, alt)


def is_small(image: etree._Element) -> bool:
    """Say whether a picture is as small as a word or a sign in a line."""
    for side in ("height", "width"):
        size = _SIZE.match(image.get(side) or "")
        if size:
            return 1 < int(size.group(1)) <= _SMALL
    styled = _STYLED.search(image.get("style") or "")
    return styled is not None and (styled["px"] is None or 1 < int(styled["px"]) <= _SMALL)


def in_sentence(element: etree._Element) -> bool:
    """Say whether text stands on both sides of an element in the same line."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None or not (element.tail or "").strip():
        return False
    if before is None:
        return bool((parent.text or "").strip())
    return bool((before.tail or "").strip()) or (
        is_inline_tag(before.tag) and before.tag != "br" and bool(raw_text(before).strip())
    )


def show_noscript_pictures(root: etree._Element) -> None:
    """Make a `noscript` that holds a picture a span, where the page shows no picture beside it."""
    done: set[etree._Element] = set()
    for hidden in list(root.iter("noscript")):
        parent = hidden.getparent()
        if parent is None:
            continue
        if len(hidden) == 0 and "<img" in (hidden.text or ""):
            _parse_hidden(hidden)
        images = list(hidden.iter("img"))
        if not images or any(_is_pixel(image) for image in images):
            continue
        captions = sum(text_length(caption) for caption in hidden.iter("figcaption"))
        if text_length(hidden) > captions:
            continue
        shown = [one for one in _beside(hidden, parent) if one not in done and not _is_in_noscript(one)]
        if not all(_shows_nothing(image) for image in shown):
            continue
        for image in shown:
            if image.tag == "img" and image.getparent() is not None:
                if not images[0].get("alt"):
                    images[0].set("alt", image.get("alt") or "")
                replace_by_text(image, "")
        hidden.tag = "div" if captions else "span"
        done.update(hidden.iter(*PICTURES))


def _parse_hidden(hidden: etree._Element) -> None:
    """Make elements of the pictures in a `noscript` whose markup is escaped."""
    found = etree.fromstring(f"<div>{(hidden.text or '')[:_LONGEST_HIDDEN]}</div>", etree.HTMLParser(no_network=True))
    images = list(found.iter("img")) if found is not None else []
    if images and not text_length(found):
        hidden.text = None
        for image in images:
            image.tail = None
            hidden.append(image)


def _beside(hidden: etree._Element, parent: etree._Element) -> list[etree._Element]:
    """Return the pictures that the page shows in the place of a `noscript`: in the box that holds it and no text; in a
    box with other text only those that stand at its side."""
    box = parent
    while box.tag in ("span", "a", "picture") and (above := box.getparent()) is not None:
        box = above
    own = set(hidden.iter())
    if text_length(parent) > sum(text_length(part) for part in parent.iter("noscript", "figcaption", "style")):
        near = [e for e in (hidden.getprevious(), hidden.getnext()) if e is not None and not _is_captioned(e)]
        return [image for one in near for image in one.iter(*PICTURES) if image not in own]
    around = (parent,) if box.tag in ("body", "article", "main", "section") or _has_text(box) else (parent, box)
    found = [image for one in around for image in islice(one.iter(*PICTURES), _MANY + len(own)) if image not in own]
    if len(found) < _MANY:
        return found
    near = [e for e in (hidden.getprevious(), hidden.getnext()) if e is not None]
    return [image for one in near for image in one.iter(*PICTURES)]


def _is_in_noscript(image: etree._Element) -> bool:
    return next(image.iterancestors("noscript"), None) is not None


def _has_text(box: etree._Element) -> bool:
    return text_length(box) > sum(text_length(part) for part in box.iter("noscript", "figcaption", "style"))


def _is_captioned(element: etree._Element) -> bool:
    """Whether it is a figure of its own: with a caption, or text."""
    return element.tag == "figure" or text_length(element) > 0


def _shows_nothing(image: etree._Element) -> bool:
    """Whether a picture has no address in any attribute: a script would give it one."""
    if image.tag == "picture":
        return all(_shows_nothing(part) for part in image.iter("img", "source"))
    return not any(
        _ADDRESS.search(str(value)) and not _PLACEHOLDER.search(str(value))
        for name, value in image.items()
        if name not in ("alt", "title", "class")
    )


def _is_pixel(image: etree._Element) -> bool:
    """Whether a picture only counts visitors."""
    return is_hidden(image) or any(
        (image.get(side) or "").strip().rstrip("px") in ("0", "1") for side in ("width", "height")
    )


def is_popup(child: etree._Element) -> bool:
    """Say whether an element is what a page shows over a sentence when somebody points at a name: a picture, links."""
    picture = next(child.iter("img", "amp-img", "picture"), None)
    if picture is None or sum(1 for _ in child.iter("a")) < 2:
        return False
    before = child
    while before is not picture:
        if (before.text or "").strip():
            return False
        if len(before) == 0:
            return False
        before = before[0]
    return True
