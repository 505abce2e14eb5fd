"""Which elements the walk leaves out: hidden ones, forms, and what class, id or role tell to be no text."""

from lxml import etree

from reader.extract.blocks import figures
from reader.extract.blocks.inline import LeftOut
from reader.extract.dom import junk_names
from reader.extract.dom.node import HEADINGS, text_length, text_lengths, text_of

_LONGEST_META = 120
_LONGEST_CAPTION = 600
_NEVER = frozenset(
    (
        "p",
        "b",
        "strong",
        "em",
        "i",
        "br",
        "body",
        "html",
        "h1",
        "code",
        "pre",
        "blockquote",
        "main",
        "article",
        "td",
        "tr",
        "tbody",
    )
)
_DATA = frozenset(("ul", "ol", "dl", "li", "dt", "dd", "table", "th", "figure", "details"))
"""What a story is written in, however short it is."""
_FIELDS = ("input", "select", "textarea", "form")
_SHORT = 80
_BESIDE_BUTTON = 200
_MOST_LINKED = 0.2
_LEAD = 200
"""Characters under a headline that are more than a line of facts."""
_Kind = tuple[object, str]
"""Tag and class of an element."""
_SENTENCE_ENDS = tuple('.!?…。！？”»"“」』’।؟۔')


def left_out_of_feed() -> LeftOut:
    """Return what is left out of a feed's text: what never is text, and what is hidden from eyes. No name counts."""

    def is_hidden(element: etree._Element) -> bool:
        return _is_advert(element) or junk_names.is_hidden(element, aria=False)

    return LeftOut(junk_names.NEVER_TEXT, is_hidden, is_hidden)


def left_out_of_page(dropped: set[etree._Element], *, strict: bool, mass: float) -> LeftOut:
    """Return what is left out of a page's text. `dropped` goes always, and so does what is hidden; with `strict` (no
    rule) also boxes that names and roles tell to be no text, unless they hold a third of `mass`, the characters of the
    whole. A name that is an everyday word counts only for a box that looks like a part of a page."""
    most_hidden = 0.7 * mass
    whole: set[etree._Element] = set()

    def holds_the_text(element: etree._Element) -> bool:
        if whole and next((a for a in element.iterancestors() if a in whole), None) is not None:
            return element in whole
        if text_length(element, most_hidden) < most_hidden:
            return False
        # Such boxes stand in each other, as deep as a page nests: their text is counted once for all of them.
        whole.update(e for e, length in text_lengths(element).items() if length >= most_hidden)
        return True

    holding: dict[etree._Element, set[_Kind]] = {}

    def are_the_text(element: etree._Element) -> bool:
        """Say whether an element and those of its class beside it hold a third of the text, and are no comments."""
        around, name = element.getparent(), element.get("class")
        if around is None or not name:
            return False
        if around not in holding:
            holding[around] = _kinds_that_hold(around, 0.33 * mass)
        return (element.tag, name) in holding[around]

    def is_left_out(element: etree._Element) -> bool:
        if element in dropped or _is_advert(element):
            return True
        return junk_names.is_hidden(element) and not (strict and holds_the_text(element))

    def is_word_left_out(element: etree._Element) -> bool:
        return is_left_out(element) or (strict and junk_names.is_unseen(element))

    def is_box_left_out(element: etree._Element) -> bool:
        if is_left_out(element):
            return True
        tag = element.tag
        if strict and tag == "p" and junk_names.is_named_meta(element):
            return text_length(element, _LONGEST_META) <= _LONGEST_META
        if not strict or tag in _NEVER or not (_is_part_by_tag(element) or _is_part_by_name(element)):
            return False
        if tag in ("figure", "img", "picture", "figcaption") or text_length(element, 0.33 * mass) > 0.33 * mass:
            return False
        if not _is_part_by_tag(element) and (are_the_text(element) or _is_head_with_text(element)):
            return False
        return tag in ("form", "fieldset") or not _holds_picture(element)

    return LeftOut(junk_names.SKIPPED, is_box_left_out, is_word_left_out)


def _is_head_with_text(element: etree._Element) -> bool:
    """Say whether a box is called a banner, a teaser or the like, and holds the headline with a text under it, in few
    links: the lead of the story, and not the head of a site."""
    if not junk_names.is_named_head(element) or sum(1 for _ in element.iter("h1")) != 1:
        return False
    length = text_length(element) - sum(map(text_length, element.iter("h1")))
    return length > _LEAD and _MOST_LINKED * length > sum(map(text_length, element.iter("a")))


def _kinds_that_hold(around: etree._Element, least: float) -> set[_Kind]:
    """Return the tags and classes that several children of an element have which together hold so many characters, few
    of them linked, and are no comments."""
    boxes: dict[_Kind, list[etree._Element]] = {}
    for element in around:
        name = element.get("class")
        if name:
            boxes.setdefault((element.tag, name), []).append(element)
    kinds: set[_Kind] = set()
    for kind, beside in boxes.items():
        if len(beside) > 1 and not junk_names.is_named_comments(beside[0]):
            held = sum(map(text_length, beside))
            if held > least and _MOST_LINKED * held > sum(text_length(a) for e in beside for a in e.iter("a")):
                kinds.add(kind)
    return kinds


def _is_caption_under_picture(element: etree._Element) -> bool:
    """Say whether an element is called a caption and stands directly under a picture."""
    above = element.getprevious()
    return (
        figures.is_caption(element)
        and above is not None
        and isinstance(above.tag, str)
        and figures.is_figure(above)
        and text_length(element, _LONGEST_CAPTION) < _LONGEST_CAPTION
    )


def _is_advert(element: etree._Element) -> bool:
    return element.tag == "ins" and junk_names.is_advert(element)


def _is_part_by_tag(element: etree._Element) -> bool:
    tag = element.tag
    if tag == "fieldset":
        return next(element.iterancestors("form"), None) is not None or next(element.iter(*_FIELDS), None) is not None
    if tag == "aside":
        return not _is_caption_under_picture(element)
    return tag == "form" or (tag == "header" and _is_head_without_heading(element))


def _is_head_without_heading(header: etree._Element) -> bool:
    """Say whether a `header` is a short line of facts. One with a heading of its own heads a section of the text that
    follows it; a heading that is a link heads the card of another story."""
    if next(header.iter("h1"), None) is not None or text_length(header, 200) >= 200:
        return False
    if next(header.iter(*HEADINGS), None) is None or next(header.iter("a"), None) is not None:
        return True
    section = header.getnext()
    if section is None:
        return True
    length = text_length(section)
    return length < _SHORT or sum(map(text_length, section.iter("a"))) > _MOST_LINKED * length


def _is_part_by_name(element: etree._Element) -> bool:
    return junk_names.is_named_junk(element) and (
        element.tag in HEADINGS
        or junk_names.is_surely_junk(element)
        or (element.tag != "p" and junk_names.is_named_comments(element) and element.tag not in ("table", "dl"))
        or _looks_like_a_part(element)
    )


def _looks_like_a_part(element: etree._Element) -> bool:
    """Say whether a box is links by two fifths, a form, or a short line that is no sentence."""
    length = text_length(element)
    if 5 * sum(text_length(link) for link in element.iter("a")) >= 2 * length:
        return True
    if next(element.iter(*_FIELDS), None) is not None:
        return True
    if length < _BESIDE_BUTTON and next(element.iter("button"), None) is not None:
        return True
    return length < _SHORT and element.tag not in _DATA and not text_of(element).endswith(_SENTENCE_ENDS)


def _holds_picture(element: etree._Element) -> bool:
    """A box may be called a widget or a slider and hold a picture of the article; a teaser's picture is in a link."""
    if next(element.iter("figcaption"), None) is None and not figures.is_figure(element):
        return False
    links = list(element.iter("a"))
    text = text_of(element)
    told = sum(len(text_of(a)) for a in links) < 0.3 * len(text) if text else not links
    return told and figures.picture_address(element, "https://a.example/") is not None
