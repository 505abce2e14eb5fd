"""The title over a story has the story's margin from the first frame on."""

import pytest

from reader.ui.main.masthead import Masthead, MastheadContent
from tests.ui.app_driver import FilledLibrary, OpenReader


@pytest.mark.parametrize("columns", [80, 100, 120])
async def test_no_frame_shows_a_story_title_without_its_margin(
    open_reader: OpenReader, filled: FilledLibrary, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    filled.keep(filled.headlines(filled.paper("The Gull"), "A lock is mended")[0])
    seen: set[tuple[int, int | None]] = set()
    show = Masthead.show

    def watch(masthead: Masthead, content: MastheadContent) -> None:
        title = content.titles.get("article")
        if title is not None and title.left:
            seen.add((title.indent, title.width))
        show(masthead, content)

    monkeypatch.setattr(Masthead, "show", watch)
    async with open_reader(columns=columns, rows=24) as reader:
        await reader.press("enter")
        article = reader.app.main_screen.article_pane
        while article.margin == (0, 0):
            await reader.pilot.pause()
        assert seen == {article.margin}
