"""Who is quoted: the name that a page shows under a quotation, apart from its text."""

import re

from lxml import etree

from reader.extract.blocks.inline import WalkState, copy_as_inline
from reader.extract.dom.node import raw_text, text_length

_SPEAKER = re.compile(
    r"(?:^|[\s_-])(?:author|cite|citation|source|attribution|credit|speaker|byline)(?:$|[\s_-])", re.I
)
_LONGEST = 160
_DASHES = " \t\r\n\xa0-–—―~"


def find_speaker(quote: etree._Element) -> etree._Element | None:
    """Return what names the speaker of a `blockquote`, or None: its footer, what stands last in it and is a `cite` or
    is called author or source, or the caption of the figure that holds this quotation and nothing else."""
    last = _last(quote)
    figure = next(quote.iterancestors("figure"), None)
    captions: list[etree._Element] = []
    if figure is not None and sum(1 for _ in figure.iter("blockquote", "img", "picture")) == 1:
        captions = list(figure.iter("figcaption"))
    footers = [e for e in quote.iter("footer") if next(e.iterancestors("blockquote"), None) is quote]
    for found in (*footers[-1:], *([last] if last is not None else []), *captions[-1:]):
        if 0 < text_length(found) <= _LONGEST and raw_text(found).strip(_DASHES):
            return found
    return None


def _last(quote: etree._Element) -> etree._Element | None:
    children = [e for e in quote if isinstance(e.tag, str)]
    if not children or (children[-1].tail or "").strip():
        return None
    last = children[-1]
    if len(children) == 1 and not (quote.text or "").strip():
        # One wrapper round all of it, or a quotation of one paragraph.
        return _last(last) if last.tag in ("div", "section") else None
    if text_length(last) > _LONGEST:
        return None
    named = last.tag == "cite" or _SPEAKER.search(last.get("class") or "")
    cited = any(raw_text(e).strip(_DASHES) == raw_text(last).strip(_DASHES) for e in last.iter("cite"))
    return last if named or cited else None


def speaker_paragraph(found: etree._Element, walk: WalkState) -> etree._Element:
    """Return the speaker's paragraph, `— Name`, with the links in it; the page's own dash is not doubled."""
    out = etree.Element("p")
    copy_as_inline(found, out, walk)
    etree.strip_tags(out, "em")
    out.text = "— " + (out.text or "").lstrip(_DASHES)
    return out
