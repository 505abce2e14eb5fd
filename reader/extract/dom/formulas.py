"""Formulas of a page as text: the TeX that it was written in, where the page has it, else the characters of its MathML.

Pages draw a formula with MathML, KaTeX, MathJax or a picture, and often with two of them, one hidden. Each becomes one
`code` (TeX) or `span` (characters) in the place where it is drawn; a display formula becomes a `div` that holds it.
"""

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote_plus

from lxml import etree

from reader.extract.dom.name_patterns import name_matcher
from reader.extract.dom.node import raw_text, replace_by_text
from reader.extract.dom.superscript import subscript, superscript

_WRAPPERS = re.compile(
    r"(?:^|\s)(?:katex|katex-display|katex-mathml|mwe-math-element|mwe-math-mathml-\w+|mathjax\w*|mjx-\w+|math-?(?:inline|"
    r"display|block)?|tex2jax\w*|ltx_math\w*|inline-formula|disp-formula)(?:\s|\Z)",
    re.I,
)
"""Classes of the elements that hold a formula and nothing else."""
_DISPLAY = re.compile(
    r"(?:^|\s)(?:katex-display|mathjax\w*_display|mwe-math-\S+-display|math-?(?:display|block)|disp-formula)(?:\s|\Z)",
    re.I,
)
_DRAWN = re.compile(r"\A\s*(?:MathJax|mjx-|MJX)")
"""Classes of what MathJax draws beside the script that holds the TeX."""
_PICTURE = re.compile(
    r"(?:^|\s)(?:mwe-math-fallback-image-\w+|latex|tex|mathtex|math|equation_image|ee_img)(?:\s|\Z)", re.I
)
_PICTURE_SOURCE = re.compile(r"/latex\.php\?|latex\.codecogs\.com/|/media/math/render/|[?&]cht=tx\b|mathtex\.cgi", re.I)
_STYLED = re.compile(r"\A\s*\{\\(?:display|text|script)style\s*(?P<tex>.*)\}\s*\Z", re.S)
_TEX_MARKS = re.compile(r"\A\s*(?:\\\(|\\\[|\${1,2})(?P<tex>.*?)(?:\\\)|\\\]|\${1,2})\s*\Z", re.S)
_LONGEST = 4000
_LONGEST_ADDRESS = 2000
_NAMES_ASKED = 4
_ELEMENTS = ("math", "mml:math", "m:math", "d-math", "tex-math", "script", "img", "mjx-container")
_DRAWN_ALONE = "katex-html"
_holds_formula = name_matcher(
    re.compile(
        r"(?:^|\s)(?:math|math-tex|math-inline|math-display|arithmatex|ztext-math|ql-formula|latex|tex|katex-html)(?:\s|\Z)"
    )
)
_GIVEN = ("data-tex", "data-latex", "data-expr", "data-formula", "data-math", "data-value")
"""Attributes with the TeX of a formula that a script draws."""
_QUERY = re.compile(r"(?:[?&](?:latex|tex|chl|math)=|codecogs\.com/[\w.]+\?|mathtex\.cgi\?)(?P<tex>[^&]+)", re.I)
_ACCENTS = {
    "¯": "\u0304",
    "‾": "\u0304",
    "^": "\u0302",
    "ˆ": "\u0302",
    "→": "\u20d7",
    "~": "\u0303",
    "˜": "\u0303",
    "˙": "\u0307",
}
_WORDS = ("mi", "mo", "mtext")
_TEX_TAGS = frozenset(("d-math", "tex-math"))


def write_formulas(root: etree._Element) -> None:
    """Replace each formula under `root` by its text."""
    for element in list(root.iter(*_ELEMENTS)):
        if element.tag == "script" and "math" not in (element.get("type") or "").casefold():
            continue
        text = _formula(element)
        if text is None or not _is_in(element, root):
            continue
        tex, written = text
        if written:
            _put(element, written, tex=tex)
    named = [e for e in root.iter("span") if (name := e.get("class")) and _holds_formula(name)]
    for holder in named:
        if _DRAWN_ALONE in (holder.get("class") or ""):
            # KaTeX without MathML: what is drawn is hidden from readers by ear, and is all that there is.
            tex, written = False, raw_text(holder)
        else:
            tex, written = True, _written_tex(holder)
        if written.strip() and _is_in(holder, root):
            _put(holder, written, tex=tex)


def _formula(element: etree._Element) -> tuple[bool, str] | None:
    """Whether a formula is TeX, and its text; None for an element that is no formula."""
    tag = str(element.tag)
    if tag == "img":
        source = (element.get("src") or "")[:_LONGEST_ADDRESS]
        alt = (element.get("alt") or "").strip()
        if _PICTURE_SOURCE.search(source):
            alt = alt or (element.get("title") or "").strip() or _of_address(source)
        elif not _PICTURE.search(element.get("class") or ""):
            return None
        return (True, _tex(alt)) if alt else None
    if tag == "script":
        kind = (element.get("type") or "").casefold()
        return (True, _tex(element.text or "")) if kind.startswith("math/tex") else None
    if tag in _TEX_TAGS:
        return True, _tex(raw_text(element))
    if tag == "mjx-container":
        return None if next(element.iter("math"), None) is not None else (True, _tex(element.get("aria-label") or ""))
    for note in element.iter("annotation", "mml:annotation", "m:annotation"):
        if "tex" in (note.get("encoding") or "").casefold() and (note.text or "").strip():
            return True, _tex(note.text or "")
    if (element.get("alttext") or "").strip():
        return True, _tex(element.get("alttext") or "")
    return False, " ".join("".join(_characters(element)).split())[:_LONGEST]


def _written_tex(element: etree._Element) -> str:
    """Return the TeX of an element that is called a formula: in an attribute, or as its text between the marks for it.
    Nothing where it is neither."""
    given = next(filter(None, map(element.get, _GIVEN)), "")
    text = raw_text(element).strip()
    if given and (not text or next(element.iter("svg"), None) is not None):
        return _tex(given)
    marked = len(text) < _LONGEST and text.startswith(("\\(", "\\[", "$")) and _TEX_MARKS.match(text) is not None
    return _tex(text) if marked and len(element) == 0 else ""


def _of_address(address: str) -> str:
    """Return the TeX in the address of a formula's picture."""
    found = _QUERY.search(address)
    return unquote_plus(found["tex"]) if found else ""


def _tex(written: str) -> str:
    """Return TeX on one line, without what only says how large it is drawn, and without its dollars."""
    for pattern in (_TEX_MARKS, _STYLED):
        found = pattern.match(written)
        if found:
            written = found["tex"]
    return " ".join(written.split())[:_LONGEST]


def _characters(element: etree._Element) -> Iterator[str]:
    """Yield the characters of MathML, with the marks that a line of text needs: a/b, x², √(x)."""
    tag = str(element.tag).rpartition(":")[2]
    if tag in ("annotation", "annotation-xml", "mphantom"):
        return
    if tag == "mspace":
        yield " "
        return
    children = [child for child in element if isinstance(child.tag, str)]
    parts = ["".join(_characters(child)).strip() for child in children]
    if tag == "mfrac" and len(parts) == 2:
        yield f"{_grouped(parts[0])}/{_grouped(parts[1])}"
    elif tag == "mover" and len(parts) == 2 and parts[1] in _ACCENTS and len(parts[0]) == 1:
        yield parts[0] + _ACCENTS[parts[1]]
    elif tag == "mfenced":
        marks = (element.get("separators") or ",")[:1]
        yield (element.get("open") or "(") + f"{marks} ".join(parts) + (element.get("close") or ")")
    elif tag in ("msup", "mover") and len(parts) == 2:
        yield parts[0] + (superscript(parts[1]) or f"^{_grouped(parts[1])}")
    elif tag in ("msub", "munder") and len(parts) == 2:
        yield parts[0] + (subscript(parts[1]) or f"_{_grouped(parts[1])}")
    elif tag in ("msubsup", "munderover") and len(parts) == 3:
        yield (
            parts[0]
            + (subscript(parts[1]) or f"_{_grouped(parts[1])}")
            + (superscript(parts[2]) or f"^{_grouped(parts[2])}")
        )
    elif tag == "mmultiscripts" and parts:
        names = [str(child.tag).rpartition(":")[2] for child in children]
        before = names.index("mprescripts") if "mprescripts" in names else len(parts)
        yield _scripts(parts[before + 1 :]) + parts[0] + _scripts(parts[1:before])
    elif tag == "msqrt":
        yield f"√{_grouped(''.join(parts) or (element.text or '').strip())}"
    elif tag == "mroot" and len(parts) == 2:
        yield f"{superscript(parts[1]) or parts[1]}√{_grouped(parts[0])}"
    elif tag in ("mtable", "mtr"):
        yield ("; " if tag == "mtable" else ", ").join(parts)
    elif children:
        yield (element.text or "").strip()
        last, word_before = "", False
        for child, part in zip(children, parts, strict=True):
            # Names and words are apart: sin x, and x if it is one.
            word = len(part) > 1 and part.isalpha() and str(child.tag).rpartition(":")[2] in _WORDS
            if (
                part
                and last
                and part[0].isalnum()
                and last[-1].isalnum()
                and (word or (word_before and part.isalpha()))
            ):
                yield " "
            yield (part or " ") + (child.tail or "").strip()
            last, word_before = part, word
    else:
        yield element.text or ""


def _scripts(parts: list[str]) -> str:
    """Return the indices that stand around a base, which MathML gives in pairs: what is lowered, what is raised."""
    lowered = "".join(parts[::2])
    raised = "".join(parts[1::2])
    return (lowered and (subscript(lowered) or f"_{_grouped(lowered)}")) + (
        raised and (superscript(raised) or f"^{_grouped(raised)}")
    )


def _grouped(part: str) -> str:
    return part if len(part) < 2 or part.isalnum() else f"({part})"


def _is_in(element: etree._Element, root: etree._Element) -> bool:
    """Whether it is still in the tree: one formula can hold two of these elements."""
    return root in (element, *element.iterancestors())


def _outermost(element: etree._Element) -> etree._Element:
    """Return the element that holds this formula and nothing else."""
    found = element
    for ancestor in element.iterancestors():
        if ancestor.tag not in ("span", "div", "mjx-container", "mjx-assistive-mml") or not (
            str(ancestor.tag).startswith("mjx-") or _WRAPPERS.search(ancestor.get("class") or "")
        ):
            break
        found = ancestor
    return found


def _is_display(element: etree._Element, outermost: etree._Element) -> bool:
    if element.get("display") == "block" or element.get("mode") == "display" or element.get("block") is not None:
        return True
    if "mode=display" in (element.get("type") or "").replace(" ", ""):
        return True
    within = islice(outermost.iterdescendants("span", "div"), _NAMES_ASKED) if outermost is not element else ()
    named = (element, outermost, *within)
    return outermost.get("display") == "true" or any(_DISPLAY.search(one.get("class") or "") for one in named)


def _put(formula: etree._Element, written: str, *, tex: bool) -> None:
    """Put the text of a formula in the place of all that draws it."""
    element = _outermost(formula)
    parent = element.getparent()
    if parent is None:
        return
    display = _is_display(formula, element)
    for drawn in list(islice(element.itersiblings(preceding=True), 3)):
        if (drawn.tail or "").strip() or not _DRAWN.match(drawn.get("class") or ""):
            break
        replace_by_text(drawn, "")
    made = etree.Element("code" if tex else "span")
    made.text = written
    if display:
        box = etree.Element("div")
        box.append(made)
        made = box
    made.tail = element.tail
    parent.replace(element, made)
