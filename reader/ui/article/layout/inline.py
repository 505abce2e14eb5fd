"""The text of a paragraph: the Markdown parser's inline tokens as styled text.

Text was cleaned when it was fetched, but the parser decodes entities after that, so all of it is cleaned here again.
Links become targets only for http, https and mailto; others stay plain words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.style import Style

from reader.text import clean, clean_line
from reader.ui.article.layout.values import RenderContext, TargetKind
from reader.ui.text.wrap import TextRun, clean_joints
from reader.words import story_label

if TYPE_CHECKING:
    from markdown_it.token import Token

_NOTE_MARK = re.compile(r"\[\^([^\]\s]{1,32})\]")
_OPENABLE = ("https://", "http://", "mailto:")


@dataclass(frozen=True, slots=True)
class TextStyle:
    """How text is drawn: colour, bold, italic, background (None: the paper's), underline, and its target."""

    fg: str
    bold: bool = False
    italic: bool = False
    bg: str | None = None
    underline: bool = False
    target: int | None = None


def style_of(context: RenderContext, style: TextStyle) -> Style:
    """The same as a Rich style, with the target's number in its meta."""
    return context.appearance.style(
        style.fg, bold=style.bold, italic=style.italic, underline=style.underline, bg=style.bg, target=style.target
    )


def styled(context: RenderContext, text: str, style: TextStyle) -> TextRun:
    """Text of our own, or already cleaned, in a style."""
    return text, style_of(context, style), style.target


def single_line(text: str) -> str:
    """Outside text as part of one line: cleaned again, newlines to spaces."""
    return clean(text).replace("\n", " ")


def openable_url(url: str) -> str | None:
    """The address, its scheme in lower case, if a person may open it: http, https or mailto, nothing else."""
    scheme, colon, rest = clean_line(url).partition(":")
    address = f"{scheme.lower()}{colon}{rest}"
    return address if address.startswith(_OPENABLE) else None


def attribute(token: "Token", name: str) -> str:
    """A token's attribute as cleaned text; "" where it has none."""
    return clean_line(str(token.attrs.get(name) or ""))


def _picture_target(context: RenderContext, url: str) -> int | None:
    """A target for a picture's address, or None where it cannot be opened."""
    address = openable_url(url)
    return None if address is None else context.targets.add(address, TargetKind.PICTURE)


def picture_link(context: RenderContext, url: str, style: TextStyle) -> TextRun:
    """`[picture]`, as a link where the address allows."""
    target = _picture_target(context, url)
    fg = context.appearance.link if target is not None else style.fg
    return styled(
        context,
        story_label("picture"),
        replace(style, fg=fg, target=target if target is not None else style.target, italic=False),
    )


def _text_with_notes(context: RenderContext, text: str, style: TextStyle) -> list[TextRun]:
    """Text in which `[^1]` leads to a footnote of this article, where it has such a one."""
    if "[^" not in text or not context.notes:
        return [styled(context, text, style)]
    runs: list[TextRun] = []
    at = 0
    for match in _NOTE_MARK.finditer(text):
        if (label := match[1]) not in context.notes:
            continue
        runs.append(styled(context, text[at : match.start()], style))
        target = context.targets.add("", TargetKind.FOOTNOTE, note=label)
        runs.append(styled(context, f"[{label}]", TextStyle(context.appearance.link, bg=style.bg, target=target)))
        at = match.end()
    runs.append(styled(context, text[at:], style))
    return runs


def _link_style(context: RenderContext, href: str, inside: Sequence["Token"], style: TextStyle) -> TextStyle:
    """The style inside a link: with a target where it can be opened, else the style around it."""
    url = openable_url(href)
    if url is None or style.target is not None or not any(child.content for child in inside):
        return style
    target = context.targets.add(url, TargetKind.INLINE)
    known = context.known.get(url)
    read = known is not None and known.read
    return replace(style, fg=style.fg if read else context.appearance.link, underline=True, target=target)


def _closing_index(children: Sequence["Token"], start: int) -> int:
    depth = 0
    for index in range(start, len(children)):
        depth += children[index].nesting
        if depth == 0:
            return index
    return len(children)


def styled_inline(context: RenderContext, children: Sequence["Token"], style: TextStyle) -> list[TextRun]:
    """The inline tokens of one block as styled text. Hard breaks are newlines in it. Never raises."""
    return clean_joints(_runs(context, children, style))


def _runs(context: RenderContext, children: Sequence["Token"], style: TextStyle) -> list[TextRun]:
    runs: list[TextRun] = []
    styles = [style]
    for index, child in enumerate(children):
        now = styles[-1]
        kind = child.type
        if kind == "text":
            runs.extend(_text_with_notes(context, single_line(child.content), now))
        elif kind == "softbreak":
            runs.append(styled(context, " ", now))
        elif kind == "hardbreak":
            runs.append(styled(context, "\n", now))
        elif kind == "code_inline":
            runs.append(
                styled(context, single_line(child.content), replace(now, bg=context.appearance.panel, italic=False))
            )
        elif kind == "image":
            runs.append(picture_link(context, attribute(child, "src"), now))
            if alt := single_line(child.content).strip():
                runs.append(styled(context, " " + alt, replace(now, italic=True)))
        elif kind == "strong_open":
            styles.append(replace(now, bold=True))
        elif kind == "em_open":
            styles.append(replace(now, italic=not now.italic))
        elif kind == "link_open":
            inside = children[index + 1 : _closing_index(children, index)]
            styles.append(_link_style(context, attribute(child, "href"), inside, now))
        elif child.nesting < 0 and len(styles) > 1:
            styles.pop()
        elif child.content:
            runs.append(styled(context, single_line(child.content), now))
    return runs


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
