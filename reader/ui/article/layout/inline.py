"""The text of a paragraph: from what the Markdown parser gives to styled pieces. The second door of `text.clean`.

Entities are decoded by the parser, behind the first door, so everything it gives back is cleaned here again. Links
become spots only for http, https and mailto; others stay as plain words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.style import Style

from reader.text import clean, clean_line
from reader.ui.article.layout.values import Piece, Press, SpotKind
from reader.ui.text.wrap import settled
from reader.words import story_label

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,32})\]")
_OPENABLE = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class Face:
    """How the text around looks: its colour, weight and slant, its ground (None: paper), the spot it belongs to."""

    fg: str
    bold: bool = False
    italic: bool = False
    bg: str | None = None
    underline: bool = False
    spot: int | None = None


def style_of(press: Press, face: Face) -> Style:
    """The face as a Rich style, the spot's number in its meta."""
    return press.look.style(
        face.fg, bold=face.bold, italic=face.italic, underline=face.underline, bg=face.bg, link=face.spot
    )


def piece(press: Press, text: str, face: Face) -> Piece:
    """Text of our own, or already cleaned, in a face."""
    return text, style_of(press, face), face.spot


def line_of(text: str) -> str:
    """Outside text as part of one line: cleaned again, newlines to spaces."""
    return clean(text).replace("\n", " ")


def openable(url: str) -> str | None:
    """The address, its scheme in lower case, if a person may open it: http, https or mailto, nothing else."""
    scheme, colon, rest = clean_line(url).partition(":")
    address = f"{scheme.lower()}{colon}{rest}"
    return address if address.startswith(_OPENABLE) else None


def attribute(token: "Token", name: str) -> str:
    """A token's attribute as cleaned text; "" where it has none."""
    return clean_line(str(token.attrs.get(name) or ""))


def picture_spot(press: Press, url: str) -> int | None:
    """A spot for a picture's address, or None where it cannot be opened."""
    address = openable(url)
    return None if address is None else press.links.add(address, SpotKind.PICTURE)


def picture_word(press: Press, url: str, face: Face) -> Piece:
    """`[picture]`, as a link where the address allows."""
    spot = picture_spot(press, url)
    fg = press.look.link if spot is not None else face.fg
    return piece(
        press, story_label("picture"), replace(face, fg=fg, spot=spot if spot is not None else face.spot, italic=False)
    )


def _note_pieces(press: Press, text: str, face: Face) -> list[Piece]:
    """Text in which `[^1]` leads to a footnote of this article, where it has such a one."""
    if "[^" not in text or not press.notes:
        return [piece(press, text, face)]
    pieces: list[Piece] = []
    at = 0
    for match in _NOTE_MARK.finditer(text):
        if (label := match[1]) not in press.notes:
            continue
        pieces.append(piece(press, text[at : match.start()], face))
        spot = press.links.add("", SpotKind.FOOTNOTE, note=label)
        pieces.append(piece(press, f"[{label}]", Face(press.look.link, bg=face.bg, spot=spot)))
        at = match.end()
    pieces.append(piece(press, text[at:], face))
    return pieces


def _link_face(press: Press, href: str, inside: Sequence["Token"], face: Face) -> Face:
    """The face inside a link: a spot where it can be opened, or the face around it where it cannot."""
    url = openable(href)
    if url is None or face.spot is not None or not any(child.content for child in inside):
        return face
    spot = press.links.add(url, SpotKind.INLINE)
    known = press.known.get(url)
    read = known is not None and known.read
    return replace(face, fg=face.fg if read else press.look.link, underline=True, spot=spot)


def _until_close(children: Sequence["Token"], start: int) -> int:
    depth = 0
    for index in range(start, len(children)):
        depth += children[index].nesting
        if depth == 0:
            return index
    return len(children)


def pieces_of(press: Press, children: Sequence["Token"], face: Face) -> list[Piece]:
    """The inline tokens of one block as pieces. Hard breaks are newlines in them. Never raises."""
    return settled(_pieces(press, children, face))


def _pieces(press: Press, children: Sequence["Token"], face: Face) -> list[Piece]:
    pieces: list[Piece] = []
    faces = [face]
    for index, child in enumerate(children):
        now = faces[-1]
        kind = child.type
        if kind == "text":
            pieces.extend(_note_pieces(press, line_of(child.content), now))
        elif kind == "softbreak":
            pieces.append(piece(press, " ", now))
        elif kind == "hardbreak":
            pieces.append(piece(press, "\n", now))
        elif kind == "code_inline":
            pieces.append(piece(press, line_of(child.content), replace(now, bg=press.look.panel, italic=False)))
        elif kind == "image":
            pieces.append(picture_word(press, attribute(child, "src"), now))
            if alt := line_of(child.content).strip():
                pieces.append(piece(press, " " + alt, replace(now, italic=True)))
        elif kind == "strong_open":
            faces.append(replace(now, bold=True))
        elif kind == "em_open":
            faces.append(replace(now, italic=not now.italic))
        elif kind == "link_open":
            inside = children[index + 1 : _until_close(children, index)]
            faces.append(_link_face(press, attribute(child, "href"), inside, now))
        elif child.nesting < 0 and len(faces) > 1:
            faces.pop()
        elif child.content:
            pieces.append(piece(press, line_of(child.content), now))
    return pieces


def picture_of(children: Sequence["Token"]) -> "Token | None":
    """The image, where a paragraph is nothing but one image (in a link or not)."""
    image: Token | None = None
    for child in children:
        if child.type == "image" and image is None:
            image = child
        elif child.type not in ("link_open", "link_close", "softbreak") and not (
            child.type == "text" and not child.content.strip()
        ):
            return None
    return image
