"""A story as lines for one width: Markdown, links with their states, everything in its place. Pure, no widgets.

`lay_out` puts it together from the other modules: `head` (kicker to lede), `attachments` (files), `body` with `table`
and `code`, `related` (related stories), `inline` (styled text), `markdown` (the parser).
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rich.cells import cell_len
from rich.segment import Segment

from reader.models import Article
from reader.text.urls import host
from reader.ui.article.layout.attachments import attachment_lines
from reader.ui.article.layout.body import add_end_mark, figure_block, keys_block, stacked_lines, story_body
from reader.ui.article.layout.head import byline, caption_of, headline, kicker, lede, summary_block
from reader.ui.article.layout.markdown import note_labels, parse
from reader.ui.article.layout.related import notes_rule, related_blocks
from reader.ui.article.layout.values import (
    LayoutBlock,
    LayoutLine,
    RenderContext,
    StoryContent,
    StoryLayout,
    TargetList,
)
from reader.ui.text.key_markup import sentence_lines
from reader.ui.text.wrap import TextLine
from reader.ui.theme.theme import Appearance, brand_colour

_STORY_KINDS = frozenset(("text", "heading", "quote", "list", "table", "code", "lede", "figure", "summary"))


def measure_of(width: int, setting: int) -> int:
    """The width of the text in a pane of `width` cells (its scrollbar's cell not counted), for the reader's setting."""
    pane = width + 1
    return max(1, min(setting, pane - 8 if pane >= 60 else pane - 5))


def lay_out(
    content: StoryContent, width: int, measure: int, appearance: Appearance, offsets: Mapping[int, int] | None = None
) -> StoryLayout:
    """Lay a story out for a pane of `width` cells; `measure` is the reader's setting, 66 to 80.

    `offsets` says how far, in cells, the wide tables were moved sideways, by their order among the wide tables. Never
    raises; no line is wider than `width`, as long as that is at least 20. Outside text comes out cleaned.
    """
    room = measure_of(width, measure)
    left = max(0, (width - room) // 2)
    article = content.article
    text = article if article is not None and article.markdown.strip() else None
    nodes = parse(text.markdown) if text else ()
    url = text.url if text else content.url
    context = RenderContext(appearance, content.known, TargetList(), url, offsets or {}, note_labels(nodes))
    colour = brand_colour(appearance, content.brand_colour, host(url))
    blocks = [
        kicker(context, content, article, colour, room),
        headline(context, content, article, room),
        _head_end(context, content, article, room),
        _opening(context, content, text, room),
    ]
    notes: dict[str, LayoutBlock] = {}
    if text:
        story = _missing_figures(context, text, room)
        body = story_body(context, nodes, room)
        story.extend(body.blocks)
        if content.further:
            story.append(keys_block(context, content.further, room, "further"))
        if body.notes:
            story.append(notes_rule(context, room))
        for label, note in body.notes:
            notes.setdefault(label, note)
            story.append(note)
        if story and text.next is None:
            add_end_mark(context, story, colour, room, width - left)
        blocks.extend(story)
    if article is not None:
        blocks.extend(related_blocks(context, content, article, room))
    return _assemble(context, blocks, notes, left, room)


def lay_out_sentence(sentence: str, width: int, measure: int, appearance: Appearance) -> StoryLayout:
    """A sentence of Newsstand's in place of a story: dim, the keys in it (between stars: `*r*`) bold."""
    room = measure_of(width, measure)
    left = max(0, (width - room) // 2)
    margin = Segment(" " * left, appearance.style(appearance.ink))
    drawn = [(margin, *segments) for segments in sentence_lines(sentence, room, appearance)]
    lines = tuple(LayoutLine(segments, "".join(segment.text for segment in segments)) for segments in drawn)
    return StoryLayout(lines, left=left, measure=room, chars_before=(0,) * (len(lines) + 1))


def _head_end(context: RenderContext, content: StoryContent, article: Article | None, width: int) -> LayoutBlock:
    """The byline, and under its rule what the feed attaches. One block, so that a place in a story whose feed
    attaches something later stays the same place."""
    block = byline(context, content, article, width)
    block.lines.extend(attachment_lines(context, content, article, width))
    return block


def _opening(context: RenderContext, content: StoryContent, text: Article | None, width: int) -> LayoutBlock:
    """The note and the lede; where there is no full text, the note and the summary."""
    if text is not None:
        opening = lede(context, text.lede, width) if text.lede else LayoutBlock([], "lede")
        if content.note:
            opening.lines = stacked_lines([summary_block(context, content.note, None, width), opening])
        return opening
    summary = (content.article.lede if content.article else None) or content.summary
    return summary_block(context, content.note, summary, width, content.instead)


def _missing_figures(context: RenderContext, article: Article, width: int) -> list[LayoutBlock]:
    """Figures that the body does not show: a picture over the text, mostly."""
    return [
        figure_block(context, missing.image, *caption_of(missing), width)
        for missing in article.figures
        if missing.image not in article.markdown and not (missing.caption and missing.caption in article.markdown)
    ]


def _assemble(
    context: RenderContext, blocks: Sequence[LayoutBlock], notes: Mapping[str, LayoutBlock], left: int, room: int
) -> StoryLayout:
    """The blocks one below the other, with the margin before each line; and where each target is."""
    appearance = context.appearance
    blank = LayoutLine((), "")
    margin = Segment(" " * left, appearance.style(appearance.ink)) if left else None
    lines: list[LayoutLine] = []
    firsts: list[int] = []
    before: list[int] = []
    areas: list[list[tuple[int, int, int]]] = [[] for _ in context.targets.found]
    first_lines: dict[int, int] = {}  # of each block, by its identity
    read, space, story_end = 0, 0, 0
    for block in blocks:
        if block.lines and lines:
            for _ in range(max(space, block.before)):
                lines.append(blank)
                before.append(read)
        firsts.append(len(lines))
        first_lines[id(block)] = len(lines)
        counts = block.kind in _STORY_KINDS
        for text_line in block.lines:
            before.append(read)
            line = _line(text_line, margin, left, len(lines), areas)
            read += len(line.text) - line.text.count(" ") if counts else 0
            lines.append(line)
        if block.lines:
            space = block.after
            if counts or block.kind == "end":
                story_end = len(lines)
    before.append(read)
    targets = tuple(
        replace(
            target,
            areas=tuple(areas[target.number]),
            note_line=first_lines[id(notes[target.note])] if target.note and target.note in notes else None,
        )
        for target in context.targets.found
    )
    return StoryLayout(tuple(lines), targets, tuple(firsts), left, room, tuple(before), story_end)


def _line(
    text_line: TextLine, margin: Segment | None, left: int, number: int, areas: list[list[tuple[int, int, int]]]
) -> LayoutLine:
    """Line `number` of the story, its margin before it. The areas of its targets are added to theirs in `areas`."""
    segments = [Segment(text, style) for text, style, _ in text_line]
    at = left
    if any(target is not None for _, _, target in text_line):
        for text, _, target in text_line:
            size = cell_len(text)
            if target is not None:
                _add_area(areas[target], number, at, size)
            at += size
    text = "".join(text for text, _, _ in text_line)
    if margin is None or not segments:
        return LayoutLine(tuple(segments), text)
    return LayoutLine((margin, *segments), margin.text + text)


def _add_area(areas: list[tuple[int, int, int]], line: int, at: int, size: int) -> None:
    """Add an area to a target's; where it touches the last one, that one grows."""
    if areas and areas[-1][0] == line and areas[-1][1] + areas[-1][2] == at:
        areas[-1] = (line, areas[-1][1], areas[-1][2] + size)
    else:
        areas.append((line, at, size))
