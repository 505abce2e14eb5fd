"""The head of a story: kicker with its rule, headline, byline, lede; or its summary and why there is no full text."""

from rich.cells import cell_len

from reader import words
from reader.models import Article, Figure
from reader.text import clean_line, clean_lines
from reader.text.compare import is_beginning
from reader.ui.article.layout.body import NARROWEST_TEXT, keys_block, stacked_lines, text_block
from reader.ui.article.layout.inline import TextStyle, styled
from reader.ui.article.layout.values import LayoutBlock, RenderContext, StoryContent
from reader.ui.text.cells import cut
from reader.ui.text.wrap import TextLine, align_right, headline_lines, is_rtl

AUTHORS_AT_MOST = 6


def kicker(
    context: RenderContext, content: StoryContent, article: Article | None, colour: str, width: int
) -> LayoutBlock:
    """`KICKER ━━━━`, in the paper's colour, to the edge of the measure. Never the paper's name: that stands below."""
    whole = clean_line((article.kicker or article.section if article else None) or content.section or "").upper()
    text = cut(whole, max(2, width - 6), context.appearance.glyphs.ellipsis)
    rule = context.appearance.glyphs.heavy * (width - cell_len(text) - (1 if text else 0))
    line: TextLine = [styled(context, f"{text} {rule}" if text else rule, TextStyle(colour, bold=True))]
    return LayoutBlock([line], "kicker")


def headline(context: RenderContext, content: StoryContent, article: Article | None, width: int) -> LayoutBlock:
    """The headline, bold and bright, its lines broken at its punctuation or balanced (`headline_lines`).

    None for a post whose headline is but the beginning of its text: that stands below, once.
    """
    title = clean_line((article.title if article else "") or content.title or content.url, 1000)
    lede = article.lede if article else None
    if not lede and is_beginning(title, (article.markdown if article else "") or content.summary or ""):
        return LayoutBlock([], "headline")
    style = TextStyle(context.appearance.bright, bold=True)
    lines: list[TextLine] = [[styled(context, line, style)] for line in headline_lines(title, width)]
    if is_rtl(title):
        lines = align_right(lines, width, context.appearance.style(context.appearance.bright))
    return LayoutBlock(lines, "headline")


def _facts(content: StoryContent, article: Article | None, moment: str) -> list[str]:
    authors = [clean_line(name, 80) for name in (article.authors if article else ())][:AUTHORS_AT_MOST]
    minutes = (article.minutes if article else 0) or content.minutes or 0
    length = words.minutes(minutes) if minutes else ""
    if content.duration:
        length = words.duration(content.duration)
    facts = [moment, ", ".join(name for name in authors if name), length]
    return [fact for fact in facts if fact]


def byline(context: RenderContext, content: StoryContent, article: Article | None, width: int) -> LayoutBlock:
    """**Paper** · date, time · authors · minutes, dim; lines break between these. A thin rule under it.

    Without the paper, where its name stands above the text.
    """
    appearance = context.appearance
    paper = "" if content.paper_above else clean_line(content.paper or (article.site if article else ""), 80)
    printed = article.published if article else None
    published = content.published or (printed.astimezone(content.now.tzinfo) if printed else None)
    moments = [form(published, printed) for form in (words.long_moment, words.short_moment)] if published else [""]
    rows: list[list[str]] = []
    for moment in moments:
        facts = [fact for fact in (paper, *_facts(content, article, moment)) if fact]
        rows = _rows(facts, width)
        if len(rows) <= 1:
            break
    lines: list[TextLine] = []
    for number, row in enumerate(rows):
        text = (
            cut(row[0], width, appearance.glyphs.ellipsis) if len(row) == 1 else f" {appearance.glyphs.dot} ".join(row)
        )
        bold = len(cut(paper, width, appearance.glyphs.ellipsis)) if number == 0 and paper else 0
        line = [
            styled(context, text[:bold], TextStyle(appearance.dim, bold=True)),
            styled(context, text[bold:], TextStyle(appearance.dim)),
        ]
        lines.append([part for part in line if part[0]])
    lines.append([styled(context, appearance.glyphs.thin * width, TextStyle(appearance.rule))])
    return LayoutBlock(lines, "byline")


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


def lede(context: RenderContext, text: str, width: int) -> LayoutBlock:
    """The standfirst, italic and bright, indented by two cells on both sides."""
    style = TextStyle(context.appearance.bright, italic=True)
    roomy = width - 4 >= NARROWEST_TEXT
    runs = [styled(context, clean_line(text), style)]
    block = text_block(context, runs, width - 4 if roomy else width, style, "lede")
    if roomy:
        margin = styled(context, "  ", TextStyle(context.appearance.ink))
        block.lines = [[margin, *line] for line in block.lines]
    return block


def summary_block(
    context: RenderContext, note: str | None, summary: str | None, width: int, instead: str = ""
) -> LayoutBlock:
    """What stands in for the full text: the note that says why, its first sentence bold, and the summary; between them
    `instead`, what one can do about it, the keys in it between stars."""
    appearance = context.appearance
    blocks: list[LayoutBlock] = []
    if note:
        first, dot, rest = clean_line(note).partition(". ")
        ink, dim = TextStyle(appearance.ink, bold=True), TextStyle(appearance.dim)
        note_text = [styled(context, first + dot.rstrip(), ink), styled(context, f" {rest}" if rest else "", dim)]
        blocks.append(text_block(context, [part for part in note_text if part[0]], width, dim))
    if instead:
        blocks.append(keys_block(context, instead, width))
    for paragraph in clean_lines(summary or "").split("\n"):
        if paragraph.strip():
            ink = TextStyle(appearance.ink)
            blocks.append(text_block(context, [styled(context, paragraph, ink)], width, ink))
    return LayoutBlock(stacked_lines(blocks), "summary")


def caption_of(figure: Figure) -> tuple[str, str]:
    """A figure's caption and credit, cleaned; "" for what it has not."""
    return clean_line(figure.caption or ""), clean_line(figure.credit or "")
