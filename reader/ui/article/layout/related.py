"""The end of a story: the rule over its footnotes, its related stories, numbered."""

from collections.abc import Sequence
from datetime import datetime

from rich.cells import cell_len

from reader import words
from reader.models import Article, FailureKind, Link, LinkKind
from reader.text import clean_line
from reader.ui.article.layout.body import NARROWEST_TEXT
from reader.ui.article.layout.inline import TextStyle, openable_url, styled
from reader.ui.article.layout.values import LayoutBlock, RenderContext, StoryContent, TargetKind
from reader.ui.text.cells import cut
from reader.ui.text.wrap import TextLine, TextRun, is_rtl, wrap_styled

NARROW = 50
"""In fewer cells than this an item has no section, and `kept` is its mark alone."""

INDENT = 6
"""The cell where an item's text begins; its number is in cells 1 and 2, its mark in 4."""

_UNTRIED = frozenset((FailureKind.ROBOTS, FailureKind.OFFLINE))  # opening it may well succeed


def _section(context: RenderContext, link: Link, width: int) -> str:
    """The section a story is in: as the link says it, else as the library knows it. "" where there is no room."""
    known = context.known.get(link.url)
    return clean_line(link.section or (known.section if known else None) or "", 40) if width >= NARROW else ""


def _age(context: RenderContext, content: StoryContent, link: Link) -> str:
    """How old a story is: by the link, else by the library. "" where neither knows."""
    known = context.known.get(link.url)
    try:
        if link.published is not None:
            return words.age(link.published.astimezone(content.now.tzinfo), content.now)
        if known is not None and known.time is not None:
            return words.age(datetime.fromtimestamp(known.time, content.now.tzinfo), content.now)
    except (OverflowError, ValueError, OSError):  # a date at the edge of the calendar, in another zone
        return ""
    return ""


def _facts(context: RenderContext, content: StoryContent, link: Link, width: int) -> list[str]:
    """Section, age, minutes, read, kept or why it cannot be had: as far as they are known."""
    known, failed = context.known.get(link.url), content.failed.get(link.url)
    facts = [_section(context, link, width), _age(context, content, link)]
    if known is not None and known.minutes:
        facts.append(words.minutes(known.minutes))
    if known is not None and known.read:
        facts.append(words.story_label("read"))
    if known is not None and known.kept:
        mark = context.appearance.glyphs.kept
        facts.append(f"{mark} {words.story_label('kept')}" if width >= NARROW else mark)
    else:
        facts.append(words.not_to_be_had(failed) if failed is not None else words.story_label("not kept"))
    return [fact for fact in facts if fact]


def _meta(context: RenderContext, facts: Sequence[str], bold: bool, width: int) -> list[TextLine]:
    """The facts with dots between them, a dot never at the end of a line; `bold`: the first is a section, and bold."""
    appearance = context.appearance
    runs: list[TextRun] = []
    for number, fact in enumerate(facts):
        joined = f" {appearance.glyphs.dot}\xa0" if number else ""
        runs.append(styled(context, joined, TextStyle(appearance.dim)))
        unbroken = fact.replace(" ", "\xa0") if cell_len(fact) <= width else fact
        runs.append(styled(context, unbroken, TextStyle(appearance.dim, bold=bold and number == 0)))
    return wrap_styled([part for part in runs if part[0]], width)


def _item(
    context: RenderContext, content: StoryContent, link: Link, digit: int | None, kind: TargetKind, width: int
) -> LayoutBlock:
    appearance = context.appearance
    known = context.known.get(link.url)
    read = known is not None and known.read
    target = context.targets.add(openable_url(link.url) or "", kind, digit=digit)
    roomy = width - INDENT >= NARROWEST_TEXT
    inner = width - INDENT if roomy else width
    title = clean_line(link.title, 300) or clean_line(link.url, 300)
    style = TextStyle(appearance.soft, target=target) if read else TextStyle(appearance.ink, bold=True, target=target)
    lines = wrap_styled([styled(context, title, style)], inner) or [[]]
    if kind is TargetKind.MORE:
        lines.extend(_summary(context, link, inner))
    facts = _facts(context, content, link, width)
    bold = kind is TargetKind.MORE and bool(_section(context, link, width))
    lines.extend(_meta(context, facts, bold, inner))
    number = styled(
        context,
        f" {digit or appearance.glyphs.dot}",
        TextStyle(appearance.link if digit else appearance.dim, bold=digit is not None, target=target),
    )
    failed = content.failed.get(link.url)
    lost = failed is not None and failed.kind not in _UNTRIED
    glyph = appearance.glyphs.warning if lost else " " if read else appearance.glyphs.unread
    mark = styled(context, glyph, TextStyle(appearance.spot, bold=lost))
    gap, blank = (
        styled(context, "  ", TextStyle(appearance.ink)),
        styled(context, " " * INDENT, TextStyle(appearance.ink)),
    )
    if not roomy:
        return LayoutBlock([[number, styled(context, " ", TextStyle(appearance.ink)), mark], *lines], kind.value)
    first: TextLine = [number, gap, mark, styled(context, " ", TextStyle(appearance.ink)), *lines[0]]
    return LayoutBlock([first, *([blank, *line] for line in lines[1:])], kind.value)


def _summary(context: RenderContext, link: Link, width: int) -> list[TextLine]:
    """At most two dim lines of a story's summary; the second ends in `…` where there is more."""
    known = context.known.get(link.url)
    text = clean_line(link.summary or (known.summary if known else None) or "", 600)
    dim = TextStyle(context.appearance.dim)
    lines = wrap_styled([styled(context, text, dim)], width)
    if len(lines) <= 2 or is_rtl(text):
        return lines[:2]
    rest = " ".join("".join(part for part, _, _ in line) for line in lines[1:])
    return [lines[0], [styled(context, cut(rest, width, context.appearance.glyphs.ellipsis), dim)]]


def _heading(context: RenderContext, title: str, count: int, heavy: bool, width: int) -> LayoutBlock:
    """A rule across the measure; under it the block's name on the left, the number of its stories on the right."""
    appearance = context.appearance
    rule = styled(
        context,
        (appearance.glyphs.heavy if heavy else appearance.glyphs.thin) * width,
        TextStyle(appearance.faint if heavy else appearance.rule),
    )
    counted = words.stories(count)
    space = width - cell_len(title) - cell_len(counted)
    line: TextLine = [styled(context, title, TextStyle(appearance.bright, bold=True))]
    if space >= 2:
        line += [
            styled(context, " " * space, TextStyle(appearance.ink)),
            styled(context, counted, TextStyle(appearance.dim)),
        ]
    return LayoutBlock([[rule], line], "related", before=2 if heavy else 1)


def related_blocks(context: RenderContext, content: StoryContent, article: Article, width: int) -> list[LayoutBlock]:
    """The related stories, then those under *Read more*; the first nine of both have the numbers 1 to 9."""
    blocks: list[LayoutBlock] = []
    digit = 0
    for link_kind, title, target_kind in (
        (LinkKind.RELATED, words.story_label("related"), TargetKind.RELATED),
        (LinkKind.MORE, words.story_label("more"), TargetKind.MORE),
    ):
        links = [link for link in article.links if link.kind is link_kind and openable_url(link.url)]
        if not links:
            continue
        heavy = not blocks
        blocks.append(_heading(context, title, len(links), heavy, width))
        for link in links:
            digit += 1
            blocks.append(_item(context, content, link, digit if digit <= 9 else None, target_kind, width))
    return blocks


def notes_rule(context: RenderContext, width: int) -> LayoutBlock:
    """The short rule over the footnotes."""
    return LayoutBlock(
        [[styled(context, context.appearance.glyphs.thin * min(12, width), TextStyle(context.appearance.rule))]],
        "notes",
        after=0,
    )
