"""The byline that only its words tell: the line under a headline that says `By Ann Reed`, or a name and a date.

`byline` asks it last, where neither metadata nor the page's markup names an author.
"""

import re
from collections.abc import Callable, Iterator
from datetime import UTC

from lxml import etree

from reader.extract.dom.node import spaced_text, text_length
from reader.text import clean_line
from reader.text.dates import page_date

_LONGEST_LINE = 100
_LONGEST_DATE = 45
_MOST_ELEMENTS = 60
_MOST_LINES = 8
_RUNNING = 220
"""Letters of a line that is the story's own text: there is no byline below it."""
_LINES = frozenset(
    ("p", "div", "span", "small", "em", "i", "li", "address", "cite", "strong", "b", "td", "byline", "h6")
)
_WORD = r"(?!(?:The|This|That|Die|Der|Das|Les|Los|Las)\b)[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:['’.-][^\W\d_]+)*\.?"
_PARTICLE = r"(?:de la|de|del|della|di|da|dos?|du|van der|van den|van|von|zu|ter|ten|bin|al|el|la|le)"
_NAME = rf"{_WORD}(?: (?:{_PARTICLE} )?{_WORD}){{1,3}}"
_NAMES = rf"{_NAME}(?:(?:, {_NAME}){{0,3}} (?:and|und|et|y|e|og|och|en|và|&) {_NAME})?"
_LED = re.compile(
    rf"(?:(?:[Ww]ritten |[Pp]osted |[Ss]tory |[Tt]ext )?[Bb]y|BY|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|Door|Av|Af|Theo|THEO|"
    rf"Tác giả|Autor(?:in)?|Author)\s*:?\s+(?P<names>{_NAMES})(?P<rest>.*)\Z"
)
_FIRST = re.compile(rf"(?P<names>{_NAME})\s*[,|·•–—-]\s*(?P<date>.{{6,{_LONGEST_DATE}}})\Z")
_LAST = re.compile(
    rf"(?P<date>.{{6,{_LONGEST_DATE}}}?)\s*[,|·•–—-]\s*(?:(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or) )?(?P<names>{_NAME})\Z"
)
_ENDS = re.compile(r"\s*(?:[,;|·•(/–—-].*)?\Z")
_STARTS_DATE = re.compile(r"\W*(?:on |am |le |el |em )?(?:[^\W\d_]{3,12}\W{1,2}){0,2}\d")


def names_under(heading: etree._Element | None, is_elsewhere: Callable[[etree._Element], bool]) -> list[str]:
    """Return the names that the first such line under the heading gives, at most one line, or nothing.

    A line that leads with `By` names persons by two to four capitalized words. Without it, only a date on the same
    line tells a name from a section.
    """
    if heading is None:
        return []
    for element in _lines_under(heading):
        text = clean_line(spaced_text(element))
        names = _names_in(text)
        if names and not is_elsewhere(element):
            return [names]
    return []


def _names_in(text: str) -> str | None:
    if not 5 <= len(text) <= _LONGEST_LINE:
        return None
    led = _LED.match(text)
    if led is not None:
        names, rest = led["names"], led["rest"]
        before, _, last = names.rpartition(" ")
        if rest and _ends_in_month(names):
            names, rest = before, f"{last}{rest}"
        return names if _ENDS.match(rest) or (_STARTS_DATE.match(rest) and _is_date(rest)) else None
    dated = _FIRST.match(text) or _LAST.match(text)
    if dated is None or not _is_date(dated["date"]) or _ends_in_month(dated["names"]):
        return None
    return dated["names"]


def _ends_in_month(names: str) -> bool:
    return _is_date(f"5 {names.split()[-1]} 2020")


def _is_date(text: str) -> bool:
    return any(c.isdecimal() for c in text) and page_date(text, zone=UTC) is not None


def _lines_under(heading: etree._Element) -> Iterator[etree._Element]:
    """Yield the short elements after a heading in its box and in the two boxes around that, up to the first running
    text."""
    seen = lines = 0
    box = heading
    for _ in range(3):
        for following in box.itersiblings():
            for element in following.iter():
                seen += 1
                if seen > _MOST_ELEMENTS or lines > _MOST_LINES:
                    return
                if element.tag not in _LINES:
                    continue
                length = text_length(element, _RUNNING)
                if element.tag == "p" and length >= _RUNNING:
                    return
                if 5 <= length <= _LONGEST_LINE:
                    lines += 1
                    yield element
        parent = box.getparent()
        if parent is None or parent.tag in ("body", "html"):
            return
        box = parent
