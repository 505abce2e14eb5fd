"""The rows under the head of a story: its files (sound, film) and its discussion, each a link."""

from rich.cells import cell_len

from reader import words
from reader.models import Article, Enclosure
from reader.text import clean_line
from reader.text.urls import host
from reader.ui.article.layout.inline import TextStyle, openable_url, styled
from reader.ui.article.layout.values import RenderContext, StoryContent, TargetKind
from reader.ui.text.cells import cut
from reader.ui.text.wrap import TextLine

_SHORTEST_NAME = 8


def attachment_lines(
    context: RenderContext, content: StoryContent, article: Article | None, width: int
) -> list[TextLine]:
    """`Audio · ropes.mp3 · 42 MB · 38 min` for each file, then `Discussion · talk.example`, each in one line.

    A picture is left out where the story shows one: feeds attach the same in another size.
    """
    drawn = article is not None and bool(article.figures)
    lines = []
    for file in content.enclosures:
        kind, facts = words.file_kind(file), words.file_facts(file)
        if openable_url(file.url) and not (drawn and _is_picture(file)):
            lines.append(_line(context, TargetKind.FILE, file.url, [kind, *facts], width))
    if content.discussion and openable_url(content.discussion):
        named = [words.story_label("discussion"), host(content.discussion)]
        lines.append(_line(context, TargetKind.DISCUSSION, content.discussion, named, width))
    return lines


def _is_picture(file: Enclosure) -> bool:
    return words.file_kind(file) == words.file_kind(Enclosure("", "image/png"))


def _line(context: RenderContext, kind: TargetKind, url: str, facts: list[str], width: int) -> TextLine:
    """What it is dim, its name as links are, the rest dim; where there is no room, the name is cut, then the rest."""
    appearance = context.appearance
    dot = f" {appearance.glyphs.dot} "
    label, name, *rest = (clean_line(fact, 200) for fact in facts)
    before, after = label + dot, "".join(dot + fact for fact in rest)
    room = max(_SHORTEST_NAME, width - cell_len(before) - cell_len(after))
    name = cut(name, room, appearance.glyphs.ellipsis)
    after = cut(after, max(0, width - cell_len(before) - cell_len(name)), appearance.glyphs.ellipsis)
    target = context.targets.add(openable_url(url) or "", kind)
    dim = TextStyle(appearance.dim, target=target)
    line = [
        styled(context, before, dim),
        styled(context, name, TextStyle(appearance.link, underline=True, target=target)),
        styled(context, after, dim),
    ]
    return [part for part in line if part[0]]
