"""Lists, tables, sentences and shadow trees that are written with other elements than HTML has for them, as those.

Items outside a list and boxes within one, tables by their roles, custom elements that are paragraphs, buttons and
labels in a sentence, labels that belong to no field, files with words for whoever cannot see them, and the templates
that browsers draw. Changes the tree; the words stay, in their order.
"""

import re
from collections import Counter
from typing import Any, cast

from lxml import etree

from reader.extract.dom.junk_names import SKIPPED
from reader.extract.dom.node import is_inline_tag, raw_text, replace_by_text
from reader.extract.dom.pictures import in_sentence

_LISTS = ("ul", "ol", "menu", "dir")
_LINES = frozenset(("p", "li", "td", "dd", "dt", "th", "figcaption"))
_BY_ROLE = {
    "table": "table",
    "grid": "table",
    "rowgroup": "tbody",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
}
_TABLES = etree.XPath("//*[@role='table' or @role='grid']")
_CUSTOM = etree.XPath("//*[contains(name(), '-') and not(starts-with(name(), 'amp-'))]")
_SHADOW = ("shadowrootmode", "shadowroot")
_LEAST_LINE = 25
"""Characters that custom elements have, on the average, where each is a paragraph and no word."""
_MOST = 3000
_FIELDS = ("input", "select", "textarea")
_PICTURES = ("img", "picture")
_FILM = re.compile(r"shockwave|flash|\.swf\b|clsid:|video/|audio/|youtube|vimeo", re.I)
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|odt|rtf|xlsx?|ods|pptx?|odp|epub)(?:[?#]|\Z)", re.I)
_DOCUMENT_KINDS = frozenset(("application/pdf", "application/epub+zip"))


def write_structures(root: etree._Element, *, tables: bool = True, custom: bool = True) -> None:
    """Rewrite what stands for a list, a table, a paragraph or a word under `root`. Tables by role and `custom`
    elements are looked for only where there may be any."""
    found: dict[str, list[etree._Element]] = {}
    for element in root.iter("li", "menu", "dir", "template", "label", "button", "input", "object", "embed"):
        found.setdefault(str(element.tag), []).append(element)
    for template in found.get("template", ()):
        _draw_shadow(template)
    for menu in [*found.get("menu", ()), *found.get("dir", ())]:
        if menu.tag == "dir" or next(menu.iter("button", "a"), None) is None:
            menu.tag = "ul"
    for item in found.get("li", ())[:_MOST]:
        if (box := item.getparent()) is not None and box.tag not in _LISTS:
            _put_in_list(item, box)
    boxes = [box for box in found.get("input", ()) if box.get("type") == "checkbox"]
    if any(box.get("checked") is not None for box in boxes):
        for box in boxes:
            _write_check(box)
    for word in [*found.get("label", ()), *found.get("button", ())]:
        if _is_word(word) or (word.tag == "label" and _is_note(word)):
            word.tag = "span"
    for file in [*found.get("object", ()), *found.get("embed", ())]:
        _show_fallback(file)
    for table in cast("list[Any]", _TABLES(root)) if tables else ():
        _by_role(table)
    if custom:
        _part_custom(cast("list[Any]", _CUSTOM(root)))


def _draw_shadow(template: etree._Element) -> None:
    """Put the shadow tree that a template declares into its host, the host's own children into its slots."""
    host = template.getparent()
    if host is None or not any(template.get(name) for name in _SHADOW):
        return
    slots = list(template.iter("slot"))
    by_name = {slot.get("name") or "": slot for slot in reversed(slots)}
    template.tag = "div"
    if (host.text or "").strip() and "" in by_name:
        by_name[""].text, host.text = host.text, None
    for child in [child for child in host if child is not template and child.tag != "style"]:
        slot = by_name.get(child.get("slot") or "")
        if slot is not None:
            slot.append(child)


def _put_in_list(item: etree._Element, parent: etree._Element) -> None:
    """Give an item outside a list, in `parent`, a list with those beside it, and take out a box that stands between
    list and items. Items that stand beside no text are a menu, and stay."""
    above = parent.getparent()
    if above is not None and above.tag in _LISTS and not (parent.text or "").strip() and parent.tag != "li":
        if all(child.tag == "li" for child in parent):
            at = above.index(parent)
            parent[-1].tail = (parent[-1].tail or "") + (parent.tail or "")
            parent.tail = None
            for child in reversed(parent):
                above.insert(at, child)
            above.remove(parent)
        return
    if next(parent.iterchildren("p", "h2", "h3", "h4"), None) is None and not (parent.text or "").strip():
        return
    made = etree.Element("ul")
    item.addprevious(made)
    following: etree._Element | None = item
    while following is not None and following.tag == "li":
        one, following = following, following.getnext()
        made.append(one)
        if (one.tail or "").strip():
            break
    made.tail, made[-1].tail = made[-1].tail, None


def _write_check(box: etree._Element) -> None:
    """Write the state of a task in a list, where some are done."""
    if _line_of(box) in ("li", "p") and not _is_in_form(box):
        state = "\N{BALLOT BOX WITH CHECK}" if box.get("checked") is not None else "\N{BALLOT BOX}"
        parent = box.getparent()
        if parent is not None and box.getprevious() is None and not (parent.text or "").strip():
            replace_by_text(box, f"{state} ")


def _is_in_form(element: etree._Element) -> bool:
    return next(element.iterancestors("form", "fieldset", "nav", "footer"), None) is not None


def _line_of(element: etree._Element) -> str:
    """Return the tag of the block that an element stands in a line of."""
    return next((str(a.tag) for a in element.iterancestors() if not is_inline_tag(a.tag) and a.tag != "label"), "")


def _is_word(element: etree._Element) -> bool:
    """Whether a button or a label is a word of a sentence, or the text of a task in a list."""
    parent = element.getparent()
    if parent is None or not raw_text(element).strip() or _is_in_form(element):
        return False
    if in_sentence(element):
        return _line_of(element) in _LINES
    if element.tag == "button":
        # A sentence may begin with it, and then goes on in small letters.
        tail = (element.tail or "").strip()
        return (
            parent.tag == "p"
            and element.getprevious() is None
            and not (parent.text or "").strip()
            and tail[:1].islower()
        )
    first = element[0] if len(element) else None
    marked = (element.text or "").lstrip().startswith(("\N{BALLOT BOX WITH CHECK}", "\N{BALLOT BOX}"))
    return _line_of(element) == "li" and (marked or (first is not None and first.get("type") == "checkbox"))


def _is_note(label: etree._Element) -> bool:
    """Whether a label belongs to no field: it is text that somebody marked with the wrong element."""
    if label.get("for") is not None or next(label.iter(*_FIELDS), None) is not None or _is_in_form(label):
        return False
    parent = label.getparent()
    if parent is None or next(parent.iterchildren(*_FIELDS), None) is not None:
        return False
    # One with a class, or alone in a box, is a badge of a teaser as often as a word.
    return _ends_sentence(label) or (parent.tag in _LINES and not label.get("class"))


def _ends_sentence(element: etree._Element) -> bool:
    return raw_text(element).rstrip().endswith((".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f"))


def _show_fallback(file: etree._Element) -> None:
    """Show what an `object` holds for whoever cannot see its file, but for a film's, and link a document."""
    address = file.get("data") or file.get("src") or ""
    kind = file.get("type") or ""
    named = f"{address} {kind} {file.get('classid') or ''}"
    if _FILM.search(named) or next(file.iterchildren("embed", "param"), None) is not None:
        return
    is_document = _DOCUMENT.search(address) is not None or kind.partition(";")[0] in _DOCUMENT_KINDS
    if is_document and next(file.iter("a"), None) is None:
        line = etree.Element("p")
        line.tail, file.text = file.text, None
        file.insert(0, line)  # the parser nests in an `embed` what follows it
        link = etree.SubElement(line, "a", {"href": address})
        link.text = file.get("title") or file.get("aria-label") or address.partition("?")[0].rpartition("/")[2]
    if raw_text(file).strip() or next(file.iter(*_PICTURES), None) is not None:
        file.tag = "div"


def _by_role(table: etree._Element) -> None:
    """Give the parts of a table that only its roles tell their elements."""
    if table.tag == "table" or next(table.iter("table"), None) is not None:
        return
    rows = 0
    for part in list(table.iter())[:_MOST]:
        tag = _BY_ROLE.get(part.get("role") or "")
        if tag and part.tag not in SKIPPED:
            rows += tag == "tr"
            part.tag = tag
    if not rows:
        table.tag = "div"


def _part_custom(elements: list[etree._Element]) -> None:
    """Make blocks of custom elements that stand side by side and alone in their box, and say a line each."""
    boxes: dict[etree._Element, list[etree._Element]] = {}
    for element in elements:
        parent = element.getparent()
        if parent is not None and "-" in element.tag and is_inline_tag(element.tag) and parent.tag not in _LINES:
            boxes.setdefault(parent, []).append(element)
    for box, parts in boxes.items():
        if (box.text or "").strip() or any((child.tail or "").strip() for child in box):
            continue
        tag, count = Counter(part.tag for part in parts).most_common(1)[0]
        same = [part for part in parts if part.tag == tag]
        said = [raw_text(part).strip() for part in same]
        if count > 1 and (sum(map(len, said)) >= _LEAST_LINE * count or all(map(_is_sentence, said))):
            for part in same:
                part.tag = "div"


def _is_sentence(text: str) -> bool:
    return " " in text and text.endswith((".", "!", "?", "\u2026", "\u3002"))
