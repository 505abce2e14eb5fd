"""The end of a story: its footnotes, then its related stories and what else the page offers, numbered."""

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len
from rich.style import Style

from reader import words
from reader.models import Article, Link, LinkKind
from reader.text import clean_line
from reader.ui.article.layout.body import ROOM_AT_LEAST
from reader.ui.article.layout.inline import Face, openable, piece
from reader.ui.article.layout.values import Block, Draft, Piece, Press, Sheet, SpotKind
from reader.ui.text.key_markup import sentence_lines
from reader.ui.text.wrap import cut, is_rtl, wrap

NARROW = 50
"""Below so many cells an item's section goes, and `kept` is its mark alone."""

HANGING = 6
"""Where an item's text begins: number in cells 1 and 2, mark in 4."""


def _section(press: Press, link: Link, width: int) -> str:
    """The section a story is in: as the link says it, else as the library knows it. "" where there is no room."""
    known = press.known.get(link.url)
    return clean_line(link.section or (known.section if known else None) or "", 40) if width >= NARROW else ""


def _age(press: Press, sheet: Sheet, link: Link) -> str:
    """How old a story is: by the link, else by the library. "" where neither knows."""
    known = press.known.get(link.url)
    try:
        if link.published is not None:
            return words.age(link.published.astimezone(sheet.now.tzinfo), sheet.now)
        if known is not None and known.time is not None:
            return words.age(datetime.fromtimestamp(known.time, sheet.now.tzinfo), sheet.now)
    except (OverflowError, ValueError, OSError):  # a date at the edge of the calendar, in another zone
        return ""
    return ""


def _facts(press: Press, sheet: Sheet, link: Link, width: int) -> list[str]:
    """Section, age, minutes, read, kept: what is known of them."""
    known = press.known.get(link.url)
    facts = [_section(press, link, width), _age(press, sheet, link)]
    if known is not None and known.minutes:
        facts.append(words.minutes(known.minutes))
    if known is not None and known.read:
        facts.append(words.story_label("read"))
    if known is not None and known.kept:
        mark = press.look.glyphs.kept
        facts.append(f"{mark} {words.story_label('kept')}" if width >= NARROW else mark)
    else:
        facts.append(words.story_label("not kept"))
    return [fact for fact in facts if fact]


def _meta(press: Press, facts: Sequence[str], bold: bool, width: int) -> list[Draft]:
    """The facts with dots between them, a dot never at the end of a line; `bold`: the first is a section, and bold."""
    look = press.look
    pieces: list[Piece] = []
    for number, fact in enumerate(facts):
        joined = f" {look.glyphs.dot}\xa0" if number else ""
        pieces.append(piece(press, joined, Face(look.dim)))
        pieces.append(piece(press, fact.replace(" ", "\xa0"), Face(look.dim, bold=bold and number == 0)))
    return wrap([part for part in pieces if part[0]], width)


def _item(press: Press, sheet: Sheet, link: Link, digit: int | None, kind: SpotKind, width: int) -> Block:
    look = press.look
    known = press.known.get(link.url)
    read = known is not None and known.read
    spot = press.links.add(openable(link.url) or "", kind, digit=digit)
    roomy = width - HANGING >= ROOM_AT_LEAST
    inner = width - HANGING if roomy else width
    title = clean_line(link.title, 300) or clean_line(link.url, 300)
    face = Face(look.soft, spot=spot) if read else Face(look.ink, bold=True, spot=spot)
    lines = wrap([piece(press, title, face)], inner) or [[]]
    if kind is SpotKind.MORE:
        lines.extend(_summary(press, link, inner))
    facts = _facts(press, sheet, link, width)
    bold = kind is SpotKind.MORE and bool(_section(press, link, width))
    lines.extend(_meta(press, facts, bold, inner))
    number = piece(
        press, f" {digit or look.glyphs.dot}", Face(look.link if digit else look.dim, bold=digit is not None, spot=spot)
    )
    mark = piece(press, " " if read else look.glyphs.unread, Face(look.spot))
    gap, blank = piece(press, "  ", Face(look.ink)), piece(press, " " * HANGING, Face(look.ink))
    if not roomy:
        return Block([[number, piece(press, " ", Face(look.ink)), mark], *lines], kind.value)
    first: Draft = [number, gap, mark, piece(press, " ", Face(look.ink)), *lines[0]]
    return Block([first, *([blank, *line] for line in lines[1:])], kind.value)


def _summary(press: Press, link: Link, width: int) -> list[Draft]:
    """At most two dim lines; the second ends in `…` where more was said."""
    known = press.known.get(link.url)
    text = clean_line(link.summary or (known.summary if known else None) or "", 600)
    dim = Face(press.look.dim)
    lines = wrap([piece(press, text, dim)], width)
    if len(lines) <= 2 or is_rtl(text):
        return lines[:2]
    rest = " ".join("".join(part for part, _, _ in line) for line in lines[1:])
    return [lines[0], [piece(press, cut(rest, width, press.look.glyphs.ellipsis), dim)]]


def _heading(press: Press, title: str, count: int, heavy: bool, width: int) -> Block:
    """A rule across the measure; under it the block's name left, how many right."""
    look = press.look
    rule = piece(
        press, (look.glyphs.heavy if heavy else look.glyphs.thin) * width, Face(look.faint if heavy else look.rule)
    )
    counted = words.stories(count)
    space = width - cell_len(title) - cell_len(counted)
    line: Draft = [piece(press, title, Face(look.bright, bold=True))]
    if space >= 2:
        line += [piece(press, " " * space, Face(look.ink)), piece(press, counted, Face(look.dim))]
    return Block([[rule], line], "related", before=2 if heavy else 1)


def tail(press: Press, sheet: Sheet, article: Article, width: int) -> list[Block]:
    """The related stories, then read more; numbers 1 to 9 go through both, what comes later has none."""
    blocks: list[Block] = []
    digit = 0
    for link_kind, title, spot_kind in (
        (LinkKind.RELATED, words.story_label("related"), SpotKind.RELATED),
        (LinkKind.MORE, words.story_label("more"), SpotKind.MORE),
    ):
        links = [link for link in article.links if link.kind is link_kind and openable(link.url)]
        if not links:
            continue
        heavy = not blocks
        blocks.append(_heading(press, title, len(links), heavy, width))
        for link in links:
            digit += 1
            blocks.append(_item(press, sheet, link, digit if digit <= 9 else None, spot_kind, width))
    return blocks


def further(press: Press, sentence: str, width: int) -> Block:
    """Under the text: not all pages of it are here. A sentence of ours, its key between stars."""
    lines: list[Draft] = [
        [(part.text, part.style or Style.null(), None) for part in line]
        for line in sentence_lines(sentence, width, press.look)
    ]
    return Block(lines, "further")


def notes_rule(press: Press, width: int) -> Block:
    """The short rule over the footnotes."""
    return Block([[piece(press, press.look.glyphs.thin * min(12, width), Face(press.look.rule))]], "notes", after=0)
