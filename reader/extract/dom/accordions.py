"""Texts that a button, a tab or a label opens: they are shown, and what opens them is their heading.

A button opens the element beside it, or the one that it names by its id (`aria-controls`, `data-target`,
`data-bs-target`, an `href` of `#id`), wherever that stands. Menus, language pickers, forms and windows over the page
are opened in the same way, and are left as they are.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from lxml import etree

from reader.extract.dom.junk_names import SKIPPED, is_named_junk
from reader.extract.dom.node import HEADINGS, is_inline_tag, raw_text, replace_by_text, text_length, text_lengths
from reader.extract.dom.pictures import PICTURES, is_small
from reader.text import fold

_OPENS = re.compile(r"accordion|collaps|faq|toggle|expand|disclos", re.I)
_OPENERS = etree.XPath(
    "//*[@role='button' or @role='tab' or @aria-controls or @data-target or @data-bs-target]"
    "[not(self::button or self::label or self::input)]"
)
_LONGEST_TITLE = 150
_LEAST_OPENED = 20
"""Letters of a text that a button opens which does not say by its name what it is; a character of Chinese is three."""
_CONTROL = re.compile(
    r"\W*(?:(?:show|view|see|open|expand|read|learn|toggle|hide|close|collapse|click)"
    r"(?: (?:more|all|less|details?|answer|text|section|this|here|to expand|the full (?:text|story)))*|more|"
    r"mehr(?: (?:anzeigen|lesen))?|(?:an|aus|ein)zeigen|weiterlesen|aufklappen|"
    r"(?:afficher|voir|lire)(?: (?:plus|la suite|tout))?|"
    r"(?:ver|leer|mostrar|mostra|leia|leggi)(?: (?:mas|mais|di piu|todo|tudo))?|xem them|doc them|mo rong|"
    r"展开(?:全文|更多)?|(?:查看)?更多|もっと見る|続きを読む|더 ?보기)\W*\Z"
)
"""What a button says, after `text.fold`, that names nothing."""
_DRAWERS = re.compile(r"accordion|faq|disclos", re.I)
_TABS = re.compile(r"(?:^|[\s_-])tabs?(?:$|[\s_-])", re.I)
_FIELDS = ("form", "input", "select", "textarea", "nav")
_HIDDEN_NAMES = re.compile(r"(?<!\S)(?:hidden|hide|invisible|d-none|collapse|is-hidden)(?!\S)", re.I)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)\s*;?", re.I)
_SIMPLE_OPENERS = frozenset(("div", "span", "p", "summary", "dt"))
"""What is a button by its role alone: a list's item or a link with that role does something else."""
_NO_PANELS = frozenset(("html", "body", "main", "article"))
_TOGGLES = ("data-toggle", "data-bs-toggle")
_OPENS_A_WINDOW = frozenset(("modal", "dropdown", "popover", "tooltip", "offcanvas", "lightbox"))
_ROLES_OF_TEXT = frozenset(("tabpanel", "region", "group", "article", "presentation", "none"))
_AROUND = ("nav", "footer", "form", "dialog", "menu")
_LANGUAGES = re.compile(r"(?:^|[\s_-])(?:lang|langs|language|languages|locale|country|region)[\s_-]?"
    r"(?:$|(?:switch|select|pick|choos|menu|list|drop|toggle))", re.I)  # fmt: skip


def title_accordions(root: etree._Element, *, openers: bool, in_page: Iterable[etree._Element] = ()) -> None:
    """Make a button, a label or a tab that opens a text the heading of that text, and show the text. `openers` that are
    no buttons are looked for only where there may be any; `in_page`: the links within the page, tabs among them."""
    others = cast("list[Any]", _OPENERS(root)) if openers else []
    there = {*others}
    panels = _Panels(root)
    for opener in [*root.iter("button", "label"), *others, *(link for link in in_page if link not in there)]:
        if not 0 < len(raw_text(opener).strip()) <= _LONGEST_TITLE or not _may_open(opener):
            continue
        beside = opener.getnext()
        if (
            (opener.tag in ("button", "label") or (opener.get("role") == "button" and opener.tag in _SIMPLE_OPENERS))
            and beside is not None
            and not is_inline_tag(beside.tag)
            and beside.tag not in SKIPPED
            and next(opener.iterancestors(*HEADINGS), None) is None
            and not _is_menu(opener, beside)
            and _opens_text(opener, beside)
        ):
            _show(beside)
            panels.shown.add(beside)
            _title(opener)
        elif opener in there or opener.tag != "a" or _is_tab(opener):
            panels.take(opener)
    panels.open()


def show_opened(heading: etree._Element, button: etree._Element) -> None:
    """Show the text that is hidden until somebody presses the button in the heading above it."""
    panel = heading.getnext()
    if panel is None or panel.tag in HEADINGS or panel.tag in SKIPPED:
        return
    told = button.get("aria-controls") or button.get("aria-expanded") or _OPENS.search(_class_of(button))
    if told or _OPENS.search(_class_of(button.getparent())):
        _show(panel)


@dataclass(frozen=True)
class _Texts:
    """What the elements of a page hold, counted once for all panels: these stand in each other as deep as a page nests.
    Openers that are taken out later are still counted."""

    lengths: dict[etree._Element, int]
    """Characters, as `text_length` counts them."""
    linked: dict[etree._Element, int]
    """Those of them that stand in links."""
    with_sentence: set[etree._Element]
    """The elements that hold a paragraph, an item or a cell that is a sentence."""


def _texts_of(root: etree._Element) -> _Texts:
    lengths = text_lengths(root)
    linked = dict.fromkeys(lengths, 0)
    for link in root.iter("a"):
        linked[link] = lengths[link]
    for element in reversed(lengths):
        parent = element.getparent()
        if linked[element] and parent is not None and element is not root:
            linked[parent] += linked[element]
    with_sentence: set[etree._Element] = set()
    for part in root.iter("p", "li", "dd", "td"):
        if part not in with_sentence and _is_sentence(raw_text(part).strip()):
            with_sentence.add(part)
            for box in part.iterancestors():
                if box in with_sentence:
                    break
                with_sentence.add(box)
    return _Texts(lengths, linked, with_sentence)


class _Panels:
    """The elements that openers name, each opened once. Their ids are looked up at the first that names one."""

    def __init__(self, root: etree._Element) -> None:
        self.shown: set[etree._Element] = set()
        self._root = root
        self._by_id: Mapping[str, etree._Element] | None = None
        self._taken: list[tuple[etree._Element, etree._Element]] = []
        self._hold_text: dict[etree._Element, bool] = {}
        self._counted: _Texts | None = None

    def take(self, opener: etree._Element) -> None:
        """Look up what an opener names."""
        names = _names(opener)
        if not names:
            return
        if self._by_id is None:
            self._by_id = {one.get("id"): one for one in reversed(cast("list[Any]", self._root.xpath("//*[@id]")))}
        panel = next((self._by_id[name] for name in names if name in self._by_id), None)
        if panel is not None and panel not in self.shown:
            self._taken.append((opener, panel))
            if panel not in self._hold_text:
                self._hold_text[panel] = _is_panel(panel, opener) and _opens_text(opener, panel, self._texts())

    def open(self) -> None:
        """Show the texts that openers name, each under what its opener says.

        Of tabs in a row more than half must hold text: *Popular, Tags, Comments* are parts of the page's frame.
        """
        rows = Counter(_row(opener) for opener, _ in self._taken)
        texts = Counter(_row(opener) for opener, panel in self._taken if self._hold_text[panel])
        for opener, panel in self._taken:
            if not self._hold_text[panel]:
                continue
            before = panel not in self.shown and _stands_before(opener, panel, self._texts().lengths)
            if before or 2 * texts[_row(opener)] > rows[_row(opener)]:
                self._open(opener, panel, before=before)

    def _texts(self) -> _Texts:
        if self._counted is None:
            self._counted = _texts_of(self._root)
        return self._counted

    def _open(self, opener: etree._Element, panel: etree._Element, *, before: bool) -> None:
        again = panel in self.shown
        self.shown.add(panel)
        _show(panel)
        if opener.tag in HEADINGS or next(opener.iterancestors(*HEADINGS), None) is not None:
            return
        if before and not _is_said_in(opener, panel):
            _title(opener)
            return
        if not again and not _is_said_in(opener, panel):
            _head(panel, " ".join(raw_text(opener).split()))
        item = opener.getparent()
        replace_by_text(opener, "")
        if item is not None and item.tag == "li" and len(item) == 0 and not (item.text or "").strip():
            replace_by_text(item, "")


def _row(opener: etree._Element) -> etree._Element | None:
    """The list that a tab stands in, or the box."""
    parent = opener.getparent()
    return next((box for box, _ in zip(opener.iterancestors(), range(4), strict=False) if _is_row(box)), parent)


def _is_row(box: etree._Element) -> bool:
    return box.tag in ("ul", "ol") or box.get("role") == "tablist"


def _title(opener: etree._Element) -> None:
    """Make what opens a text its heading, in its place."""
    if _CONTROL.match(fold(raw_text(opener))):
        # It says no more than that there is text below it, which is seen now.
        replace_by_text(opener, "")
        return
    opener.tag = "h3" if next(opener.iter(*HEADINGS), None) is None else "div"
    if next(opener.iterancestors("dt", "summary", "figcaption"), None) is not None:
        opener.tag = "span"
    if opener.get("role"):
        del opener.attrib["role"]


def _head(panel: etree._Element, title: str) -> None:
    """Put a heading at the begin of a panel whose tab stands elsewhere."""
    if _CONTROL.match(fold(title)):
        return
    heading = etree.Element("h3")
    heading.text = title
    heading.tail, panel.text = panel.text, None
    panel.insert(0, heading)


def _may_open(opener: etree._Element) -> bool:
    around = next(opener.iterancestors(*SKIPPED, "form"), None)
    return (around is None or (around.tag == "nav" and _is_called_tab(opener))) and all(
        map(is_small, opener.iter(*PICTURES))
    )


def _is_called_tab(opener: etree._Element) -> bool:
    return opener.get("role") == "tab" or not {opener.get(key) for key in _TOGGLES}.isdisjoint(("tab", "pill"))


def _is_tab(link: etree._Element) -> bool:
    """Whether a link within the page shows a part of it that is hidden, and does not lead there."""
    return (
        any(link.get(key) is not None for key in (*_TOGGLES, "role"))
        or _TABS.search(_class_of(link)) is not None
        or any(
            _TABS.search(_class_of(box))
            for box, _ in zip(link.iterancestors("ul", "li", "div"), range(2), strict=False)
        )
    )


def _names(opener: etree._Element) -> list[str]:
    """The ids of what an opener says that it opens."""
    names = (opener.get("aria-controls") or "").split()
    for key in ("data-bs-target", "data-target", "href"):
        value = opener.get(key) or ""
        if value.startswith("#") and len(value) > 1:
            names.append(value[1:])
    return names


def _is_panel(panel: etree._Element, opener: etree._Element) -> bool:
    """Whether what an opener names may be a text of the page: no menu, no window over it, nothing in its frame."""
    if panel.tag in _NO_PANELS or panel.tag in SKIPPED or is_inline_tag(panel.tag):
        return False
    if _is_menu(opener, panel):
        return False
    if next(panel.iter("h1", "main", "article", *_FIELDS), None) is not None:
        return False
    if next(panel.iterancestors(*_AROUND), None) is not None or panel in set(opener.iterancestors(panel.tag)):
        return False
    drawn = _class_of(panel)
    if drawn:
        # That it is hidden until somebody opens it says nothing about it.
        panel.set("class", _HIDDEN_NAMES.sub("", drawn))
    junk = is_named_junk(panel) or (not _is_called_tab(opener) and is_named_junk(opener))
    if drawn:
        panel.set("class", drawn)
    return not junk


def _is_menu(opener: etree._Element, panel: etree._Element) -> bool:
    """Whether an opener says that it opens a menu, a window over the page, or a choice of languages."""
    if (opener.get("aria-haspopup") or "false") != "false" or panel.get("aria-modal") is not None:
        return True
    if not _OPENS_A_WINDOW.isdisjoint(opener.get(key) or "" for key in _TOGGLES):
        return True
    if panel.get("role") is not None and panel.get("role") not in _ROLES_OF_TEXT:
        return True
    return any(_LANGUAGES.search(f"{_class_of(one)} {one.get('id') or ''}") is not None for one in (opener, panel))


def _is_said_in(opener: etree._Element, panel: etree._Element) -> bool:
    """Whether a panel begins with the heading that its tab is."""
    first = next(panel.iter(*HEADINGS), None)
    return first is not None and fold(raw_text(first)).split() == fold(raw_text(opener)).split()


def _stands_before(opener: etree._Element, panel: etree._Element, lengths: Mapping[etree._Element, int]) -> bool:
    """Whether nothing is said between an opener and its panel: the boxes that they stand in follow each other."""
    said = lengths.get(opener, 0)
    box = opener
    while (above := box.getparent()) is not None and lengths.get(above, 0) <= said:
        box = above
        if box.tag == "li":
            return False
    following = box.getnext()
    if following is None or (box.tail or "").strip():
        return False
    return following is panel or (
        following in set(panel.iterancestors(following.tag)) and lengths.get(following) == lengths.get(panel)
    )


def _opens_text(button: etree._Element, panel: etree._Element, texts: _Texts | None = None) -> bool:
    """Whether a button opens the panel below it, and this holds text: no form, no menu. With the page's `texts` it is
    the panel that the button names."""
    named = texts is not None
    called = _class_of(button)
    box = _class_of(button.getparent()) if button.tag != "button" else ""
    sure = _DRAWERS.search(called) or _DRAWERS.search(box) or (not named and _is_of_a_box(button))
    if (
        not named
        and not sure
        and not (
            button.get("aria-controls") or button.get("aria-expanded") or _OPENS.search(called) or _OPENS.search(box)
        )
    ):
        return False
    text = raw_text(panel)
    words = text_length(panel) if texts is None else texts.lengths.get(panel, 0)
    linked = sum(text_length(link) for link in panel.iter("a")) if texts is None else texts.linked.get(panel, 0)
    if not words or 2 * linked > words:
        return False
    if next(panel.iter(*_FIELDS), None) is not None:
        return False
    said = raw_text(button).strip()
    asks = len(said.split()) > 2 or said.endswith(("?", "\uff1f", "\u061f"))
    if sure or (asks and words > _LEAST_OPENED) or _is_sentence(text.strip()):
        return True
    return texts is not None and panel in texts.with_sentence


def _is_of_a_box(label: etree._Element) -> bool:
    """Whether a label switches a box that stands beside it: so a page opens a text without a script."""
    name, parent = label.get("for"), label.getparent()
    return (
        bool(name)
        and parent is not None
        and any(
            box.get("id") == name and box.get("type") in ("checkbox", "radio") for box in parent.iterchildren("input")
        )
    )


def _is_sentence(text: str) -> bool:
    dense = sum(character > "\u2e80" for character in text[:_LEAST_OPENED])
    return len(text) + 2 * dense > _LEAST_OPENED and text.endswith(
        (".", "!", "?", "\u2026", "\u3002", "\uff01", "\uff1f")
    )


def _class_of(element: etree._Element | None) -> str:
    return "" if element is None else element.get("class") or ""


def _show(panel: etree._Element) -> None:
    for name in ("hidden", "aria-hidden"):
        if panel.get(name) is not None:
            del panel.attrib[name]
    if panel.get("style"):
        panel.set("style", _HIDDEN_STYLE.sub("", panel.get("style") or ""))
    if panel.get("class"):
        panel.set("class", _HIDDEN_NAMES.sub("", panel.get("class") or ""))
