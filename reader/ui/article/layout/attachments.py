"""The rows under the head of a story: its files (sound, film) and its discussion, each a link."""

import re

from rich.cells import cell_len

from reader import words
from reader.models import Article, Enclosure
from reader.text import clean_line
from reader.text.urls import host
from reader.ui.article.layout.inline import TextStyle, openable_url, styled
from reader.ui.article.layout.values import RenderContext, StoryContent, TargetKind
from reader.ui.text.cells import cut
from reader.ui.text.wrap import TextLine
from reader.url_parts import url_parts

_SHORTEST_NAME = 8
_SIZE = re.compile(r"[-_]\d{2,4}x\d{2,4}(?=\.)|\.\w{3,4}\Z")


def attachment_lines(
    context: RenderContext, content: StoryContent, article: Article | None, width: int
) -> list[TextLine]:
    """`Audio · ropes.mp3 · 42 MB · 38 min` for each file, then `Link · lamp.example/12` for each page that it is about,
    then `Discussion · talk.example`, each in one line.

    A picture that the story shows has no line. So has the first picture, where the story shows any: feeds attach the
    same in another size, under another name.
    """
    shown = {_picture_name(figure.image) for figure in article.figures} if article is not None else set()
    first = next((file for file in content.enclosures if _is_picture(file)), None) if shown else None
    lines = []
    for file in content.enclosures:
        kind, facts = words.file_kind(file), words.file_facts(file)
        is_shown = file is first or (_is_picture(file) and _picture_name(file.url) in shown)
        if openable_url(file.url) and not is_shown:
            lines.append(_line(context, TargetKind.FILE, file.url, [kind, *facts], width))
    for url in filter(openable_url, content.linked):
        lines.append(
            _line(context, TargetKind.LINKED, url, [words.story_label("linked"), words.linked_page(url)], width)
        )
    if content.discussion and openable_url(content.discussion):
        named = [words.story_label("discussion"), host(content.discussion)]
        lines.append(_line(context, TargetKind.DISCUSSION, content.discussion, named, width))
    return lines


def _picture_name(url: str) -> str:
    """What the sizes of one picture have in common: its file's name, without a size in it."""
    return _SIZE.sub("", url_parts(url).path.rpartition("/")[2].lower())


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
