"""Footnotes: which short link refers to which note, and the note's text without the link back."""

import re

from lxml import etree

from reader.extract.blocks.inline import WalkState, append_text, copy_inline
from reader.extract.dom.node import is_inline_tag, raw_text, text_of

_NOTE_ID = re.compile(r"(?:^|[-_:])(?:fn|footnote|endnote|note|cite_note|sdfootnote|ftn|_ftn|edn)[-_:]?", re.I)


_MARK_ID = re.compile(r"(?:fn|note|ftn|edn|cite)[-_:]?\d*[-_:]?(?:ref|anc|back)", re.I)
"""The id of a mark, to which a note's own link leads back: `fnref1`, `fnref:1`, `_ftnref1`, `cite_ref-1`."""

_BACK = re.compile(r"\A[\s↩︎↑⤴^\ufe0e]+\Z")


def find_notes(root: etree._Element, walk: WalkState) -> None:
    """Pair each footnote mark (a short link to a note's id) with its note, in the order of the marks.

    The notes may stand outside `root`: many pages print them after the text. A link that leads back is no mark.
    """
    ids: dict[str, etree._Element] | None = None
    for anchor in root.iter("a"):
        fragment = (anchor.get("href") or "").partition("#")
        if fragment[0] or not fragment[2] or len(text_of(anchor)) > 6 or not text_of(anchor):
            continue
        if _MARK_ID.search(fragment[2]) or any(a in walk.notes for a in anchor.iterancestors()):
            continue
        parent = anchor.getparent()
        marked = (
            "footnote" in (anchor.get("class") or "")
            or "noteref" in (anchor.get("role") or anchor.get("epub:type") or "")
            or (parent is not None and parent.tag == "sup")
            or next(anchor.iter("sup"), None) is not None
        )
        if not marked:
            continue
        if ids is None:
            ids = {e.get("id", ""): e for e in root.getroottree().iter() if isinstance(e.tag, str) and e.get("id")}
        note = ids.get(fragment[2])
        if note is None or not (_NOTE_ID.search(fragment[2]) or note.tag == "li"):
            continue
        if note.tag in ("a", "sup", "span", "strong", "b"):
            note = next((a for a in note.iterancestors() if a.tag in ("p", "li", "div", "dd")), note)
        if note is root or note is anchor or note in anchor.iterancestors() or note in root.iterancestors():
            continue
        label = walk.notes.setdefault(note, str(len(walk.notes) + 1))
        walk.refs[parent if parent is not None and parent.tag == "sup" and _is_alone(anchor) else anchor] = label


def _is_alone(element: etree._Element) -> bool:
    return element.getprevious() is None and element.getnext() is None


def note_text(source: etree._Element, into: etree._Element, walk: WalkState) -> None:
    """Copy the text of a note without the link that leads back."""
    if source.text:
        append_text(into, source.text)
    for child in source:
        if isinstance(child.tag, str) and child.tag not in walk.left_out.tags:
            back = (
                child.tag in ("a", "sup")
                and (_BACK.match(raw_text(child) or "↩") or text_of(child).strip("[]().").isdigit())
                and "#" in (child.get("href") or next((a.get("href") or "" for a in child.iter("a")), ""))
            )
            if not back:
                if is_inline_tag(child.tag):
                    copy_inline(child, into, walk)
                else:
                    note_text(child, into, walk)
        if child.tail:
            append_text(into, child.tail)
