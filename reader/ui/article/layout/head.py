"""The head of a story: kicker with its rule, headline, byline, lede; or the summary and why there is no more."""

from datetime import datetime

from rich.cells import cell_len

from reader import words
from reader.models import Article, Figure
from reader.text import clean_line, clean_lines
from reader.ui.article.layout.body import ROOM_AT_LEAST, stack, text_block
from reader.ui.article.layout.inline import Face, piece
from reader.ui.article.layout.values import Block, Draft, Press, Sheet
from reader.ui.text.wrap import align_right, cut, headline_lines, is_rtl

AUTHORS_AT_MOST = 6


def kicker(press: Press, sheet: Sheet, article: Article | None, colour: str, width: int) -> Block:
    """`KICKER ━━━━`, in the paper's colour, to the edge of the measure."""
    named = (article.kicker or article.section if article else None) or sheet.section or sheet.paper
    whole = clean_line(named or (article.site if article else "")).upper()
    text = cut(whole, max(2, width - 6), press.look.glyphs.ellipsis)
    rule = press.look.glyphs.heavy * (width - cell_len(text) - (1 if text else 0))
    line: Draft = [piece(press, f"{text} {rule}" if text else rule, Face(colour, bold=True))]
    return Block([line], "kicker")


def headline(press: Press, sheet: Sheet, article: Article | None, width: int) -> Block:
    """The headline, bold and bright, in lines that a person would break so."""
    title = clean_line((article.title if article else "") or sheet.title or sheet.url, 1000)
    face = Face(press.look.bright, bold=True)
    lines: list[Draft] = [[piece(press, line, face)] for line in headline_lines(title, width)]
    if is_rtl(title):
        lines = align_right(lines, width, press.look.style(press.look.bright))
    return Block(lines, "headline")


def _facts(sheet: Sheet, article: Article | None, moment: str) -> list[str]:
    authors = [clean_line(name, 80) for name in (article.authors if article else ())][:AUTHORS_AT_MOST]
    minutes = (article.minutes if article else 0) or sheet.minutes or 0
    facts = [moment, ", ".join(name for name in authors if name), words.minutes(minutes) if minutes else ""]
    return [fact for fact in facts if fact]


def byline(press: Press, sheet: Sheet, article: Article | None, width: int) -> Block:
    """**Paper** · date, time · authors · minutes, dim; lines break between facts. A thin rule under it."""
    look = press.look
    paper = clean_line(sheet.paper or (article.site if article else ""), 80)
    published: datetime | None = sheet.published or (article.published if article else None)
    moments = [words.long_moment(published), words.short_moment(published)] if published else [""]
    rows: list[list[str]] = []
    for moment in moments:
        facts = [fact for fact in (paper, *_facts(sheet, article, moment)) if fact]
        rows = _rows(facts, width)
        if len(rows) <= 1:
            break
    lines: list[Draft] = []
    for number, row in enumerate(rows):
        text = cut(row[0], width, look.glyphs.ellipsis) if len(row) == 1 else f" {look.glyphs.dot} ".join(row)
        bold = len(cut(paper, width, look.glyphs.ellipsis)) if number == 0 and paper else 0
        line = [piece(press, text[:bold], Face(look.dim, bold=True)), piece(press, text[bold:], Face(look.dim))]
        lines.append([part for part in line if part[0]])
    lines.append([piece(press, look.glyphs.thin * width, Face(look.rule))])
    return Block(lines, "byline")


def _rows(facts: list[str], width: int) -> list[list[str]]:
    rows: list[list[str]] = []
    used = 0
    for fact in facts:
        size = cell_len(fact)
        if rows and used + 3 + size <= width:
            rows[-1].append(fact)
            used += 3 + size
        else:
            rows.append([fact])
            used = size
    return rows


def lede(press: Press, text: str, width: int) -> Block:
    """The standfirst, slanted and bright, two cells in on both sides."""
    face = Face(press.look.bright, italic=True)
    roomy = width - 4 >= ROOM_AT_LEAST
    pieces = [piece(press, clean_line(text), face)]
    block = text_block(press, pieces, width - 4 if roomy else width, face, "lede")
    if roomy:
        margin = piece(press, "  ", Face(press.look.ink))
        block.lines = [[margin, *line] for line in block.lines]
    return block


def standin(press: Press, note: str | None, summary: str | None, width: int) -> Block:
    """What is shown while there is no full text: why, its first sentence bold, and the summary."""
    look = press.look
    blocks: list[Block] = []
    if note:
        first, dot, rest = clean_line(note).partition(". ")
        ink, dim = Face(look.ink, bold=True), Face(look.dim)
        told = [piece(press, first + dot.rstrip(), ink), piece(press, f" {rest}" if rest else "", dim)]
        blocks.append(text_block(press, [part for part in told if part[0]], width, dim))
    for paragraph in clean_lines(summary or "").split("\n"):
        if paragraph.strip():
            ink = Face(look.ink)
            blocks.append(text_block(press, [piece(press, paragraph, ink)], width, ink))
    return Block(stack(blocks), "standin")


def caption_of(figure: Figure) -> tuple[str, str]:
    """A figure's caption and credit, cleaned; "" for what it has not."""
    return clean_line(figure.caption or ""), clean_line(figure.credit or "")
