"""Which elements the walk leaves out: hidden ones, forms, and what class, id or role tell to be no text."""

from collections.abc import Callable

from lxml import etree

from reader.extract.blocks import figures
from reader.extract.dom import junk_names
from reader.extract.dom.node import text_length, text_lengths, text_of

_LONGEST_META = 120
_NEVER = frozenset(
    ("p", "b", "strong", "em", "i", "br", "body", "html", "h1", "code", "pre", "main", "article", "td", "tr", "tbody")
)


def unwanted_filter(dropped: set[etree._Element], *, strict: bool, mass: float) -> Callable[[etree._Element], bool]:
    """Return what says which elements a walk leaves out. `dropped` goes always; with `strict` (no rule) also what
    names, roles and hiding tell to be no text, unless it holds a third of `mass`, the characters of the whole."""
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

    def judge(element: etree._Element) -> bool:
        if element in dropped:
            return True
        tag = element.tag
        if tag == "ins" and junk_names.is_advert(element):
            return True
        if junk_names.is_hidden(element):
            return not (strict and holds_the_text(element))
        if strict and tag == "p" and junk_names.is_named_meta(element):
            return text_length(element, _LONGEST_META) <= _LONGEST_META
        if not strict or tag in _NEVER:
            return False
        if (
            tag in ("aside", "form", "fieldset")
            or (tag == "header" and next(element.iter("h1"), None) is None and text_length(element, 200) < 200)
            or junk_names.is_named_junk(element)
        ):
            if tag in ("figure", "img", "picture", "figcaption") or text_length(element, 0.33 * mass) > 0.33 * mass:
                return False
            return tag in ("form", "fieldset") or not _holds_picture(element)
        return False

    return judge


def _holds_picture(element: etree._Element) -> bool:
    """A box may be called a widget or a slider and hold a picture of the article; a teaser's picture is in a link."""
    if next(element.iter("figcaption"), None) is None and not figures.is_figure(element):
        return False
    linked = sum(len(text_of(a)) for a in element.iter("a"))
    return linked < 0.3 * len(text_of(element)) and figures.picture_address(element, "https://a.example/") is not None
