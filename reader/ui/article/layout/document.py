"""A story as lines for one width: Markdown, links with their states, everything in its place. Pure, no widgets.

`lay_out` is all of it. The pieces: `render_head` (kicker to lede), `render_blocks` with `render_table` and
`render_code` (the body), `render_tail` (related stories), `render_inline` (styled text, cleaned again),
`render_wrap` (lines), `render_markdown` (the parser).
"""

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.segment import Segment

from reader.models import Article
from reader.text.urls import host
from reader.ui.article.layout import body as blocks_of
from reader.ui.article.layout import head as head_of
from reader.ui.article.layout import related as tail_of
from reader.ui.article.layout.markdown import labels, parse
from reader.ui.article.layout.values import Block, Draft, Layout, Line, Links, Press, Sheet, Spot, SpotKind
from reader.ui.text.key_markup import sentence_lines
from reader.ui.theme.theme import Look, press_colour

__all__ = ["Layout", "Line", "Sheet", "Spot", "SpotKind", "lay_out", "lay_out_sentence", "measure_of"]

_STORY_KINDS = frozenset(("text", "heading", "quote", "list", "table", "code", "lede", "figure", "standin"))


def measure_of(width: int, setting: int) -> int:
    """The width of the text in a pane of `width` cells (its scrollbar's cell not counted), for the reader's setting."""
    pane = width + 1
    return max(1, min(setting, pane - 8 if pane >= 60 else pane - 5))


def lay_out(sheet: Sheet, width: int, measure: int, look: Look, offsets: Mapping[int, int] | None = None) -> Layout:
    """Lay a story out for a pane of `width` cells; `measure` is the reader's setting, 66 to 80.

    `offsets` says how far, in cells, the wide tables were moved sideways, by their place among the wide tables. Never
    raises; no line is wider than `width`, as long as that is at least 20. Outside text comes out cleaned.
    """
    room = measure_of(width, measure)
    left = max(0, (width - room) // 2)
    article = sheet.article if sheet.article is not None and sheet.article.markdown.strip() else None
    nodes = parse(article.markdown) if article else ()
    press = Press(look, sheet.known, Links(), article.url if article else sheet.url, offsets or {}, labels(nodes))
    colour = press_colour(look, sheet.press, host(press.url))
    shown = sheet.article
    blocks = [
        head_of.kicker(press, sheet, shown, colour, room),
        head_of.headline(press, sheet, shown, room),
        head_of.byline(press, sheet, shown, room),
        _opening(press, sheet, article, room),
    ]
    notes: dict[str, Block] = {}
    if article:
        story = [*_missing_figures(press, article, room)]
        body = blocks_of.body(press, nodes, room)
        story.extend(body.blocks)
        if sheet.further:
            story.append(tail_of.further(press, sheet.further, room))
        for number, (label, note) in enumerate(body.notes):
            if number == 0:
                story.append(tail_of.notes_rule(press, room))
            notes.setdefault(label, note)
            story.append(note)
        if story and article.next is None:
            blocks_of.end_mark(press, story, colour, room, width - left)
        blocks.extend(story)
    if shown is not None:
        blocks.extend(tail_of.tail(press, sheet, shown, room))
    return _assemble(press, blocks, notes, left, room)


def lay_out_sentence(sentence: str, width: int, measure: int, look: Look) -> Layout:
    """A sentence of ours where a story would begin, dim, the keys in it (between stars: `*r*`) bold."""
    room = measure_of(width, measure)
    left = max(0, (width - room) // 2)
    margin = Segment(" " * left, look.style(look.ink))
    drawn = [(margin, *segments) for segments in sentence_lines(sentence, room, look)]
    lines = tuple(Line(segments, "".join(segment.text for segment in segments)) for segments in drawn)
    return Layout(lines, left=left, measure=room, chars_before=(0,) * (len(lines) + 1))


def _opening(press: Press, sheet: Sheet, article: Article | None, width: int) -> Block:
    """The lede; where there is no full text, the note and the summary."""
    if article is not None:
        return head_of.lede(press, article.lede, width) if article.lede else Block([], "lede")
    summary = (sheet.article.lede if sheet.article else None) or sheet.summary
    return head_of.standin(press, sheet.note, summary, width)


def _missing_figures(press: Press, article: Article, width: int) -> list[Block]:
    """Figures that the body does not show: a picture over the text, mostly."""
    return [
        blocks_of.figure(press, figure.image, *head_of.caption_of(figure), width)
        for figure in article.figures
        if figure.image not in article.markdown and not (figure.caption and figure.caption in article.markdown)
    ]


def _assemble(press: Press, blocks: Sequence[Block], notes: Mapping[str, Block], left: int, room: int) -> Layout:
    """Blocks under each other, the margin before each line, and where every spot came to stand."""
    look = press.look
    blank = Line((), "")
    margin = Segment(" " * left, look.style(look.ink)) if left else None
    lines: list[Line] = []
    firsts: list[int] = []
    before: list[int] = []
    pieces: list[list[tuple[int, int, int]]] = [[] for _ in press.links.found]
    note_lines: dict[int, int] = {}
    read, space, story_end = 0, 0, 0
    for block in blocks:
        if block.lines and lines:
            for _ in range(max(space, block.before)):
                lines.append(blank)
                before.append(read)
        firsts.append(len(lines))
        note_lines[id(block)] = len(lines)
        counts = block.kind in _STORY_KINDS
        for draft in block.lines:
            before.append(read)
            line = _line(draft, margin, left, len(lines), pieces)
            read += len(line.text) - line.text.count(" ") if counts else 0
            lines.append(line)
        if block.lines:
            space = block.after
            if counts or block.kind == "end":
                story_end = len(lines)
    before.append(read)
    spots = tuple(
        Spot(
            number,
            url,
            kind,
            digit,
            tuple(pieces[number]),
            note_lines[id(notes[note])] if note is not None and note in notes else None,
        )
        for number, (url, kind, digit, note) in enumerate(press.links.found)
    )
    return Layout(tuple(lines), spots, tuple(firsts), left, room, tuple(before), story_end)


def _line(
    draft: Draft, margin: Segment | None, left: int, number: int, pieces: list[list[tuple[int, int, int]]]
) -> Line:
    segments = [Segment(text, style) for text, style, _ in draft]
    at = left
    if any(spot is not None for _, _, spot in draft):
        for text, _, spot in draft:
            size = cell_len(text)
            if spot is not None:
                _note_piece(pieces[spot], number, at, size)
            at += size
    text = "".join(text for text, _, _ in draft)
    if margin is None or not segments:
        return Line(tuple(segments), text)
    return Line((margin, *segments), margin.text + text)


def _note_piece(pieces: list[tuple[int, int, int]], line: int, at: int, size: int) -> None:
    """Add a stretch to a spot's pieces; what touches the last of them makes it longer."""
    if pieces and pieces[-1][0] == line and pieces[-1][1] + pieces[-1][2] == at:
        pieces[-1] = (line, pieces[-1][1], pieces[-1][2] + size)
    else:
        pieces.append((line, at, size))
