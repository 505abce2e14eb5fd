"""What pages write in several ways, rewritten to one before anything is judged. Changes the tree; of its words only
those of permalinks and of buttons that name nothing go.

Formulas become text (`formulas`), small pictures in a line their alternative text and a picture that is only in
`noscript` a picture (`pictures`); lists, tables and words that other elements stand for become such (`structures`);
permalink marks leave the headings, and a button that is one becomes one (`tidy_headings`); two line breaks within
inline elements part them in two (`line_breaks`).
"""

import re

from lxml import etree

from reader.extract.dom.formulas import write_formulas
from reader.extract.dom.line_breaks import split_at_breaks
from reader.extract.dom.pictures import show_noscript_pictures, write_small_pictures
from reader.extract.dom.structures import write_structures
from reader.extract.dom.tidy_headings import tidy_headings

_ROLES = re.compile(rb"role=[\"']?(?P<role>table|grid|button|tab)\b")
_NAMES_A_PANEL = re.compile(rb"\b(?:aria-controls|data-(?:bs-)?target)=")
_CUSTOM = re.compile(rb"</[a-z]+-")


def normalize(root: etree._Element, markup: bytes) -> None:
    """Rewrite the tree, or the fragment, under `root`. `markup` is what it was parsed from, in UTF-8: what it does not
    hold is not searched for, because a search through the tree takes longer."""
    roles = {found["role"] for found in _ROLES.finditer(markup)}
    write_formulas(root)
    write_small_pictures(root)
    show_noscript_pictures(root)
    write_structures(root, tables=bool(roles & {b"table", b"grid"}), custom=_CUSTOM.search(markup) is not None)
    tidy_headings(root, openers=bool(roles & {b"button", b"tab"}) or _NAMES_A_PANEL.search(markup) is not None)
    split_at_breaks(root)
