"""The article pane as a person sees it: what is painted, newer text and states, copied text, another theme."""

from rich.cells import cell_len
from textual.geometry import Offset
from textual.selection import Selection

from reader.ui.article.layout import PARTS_PER_BLOCK, StoryContent
from tests.ui.article.pane_driver import LONG, RELATED, open_article, resize, rows, view_of
from tests.ui.article.sample_story import known_link, sheet


async def test_every_row_is_painted_across_the_pane() -> None:
    async with open_article(sheet("Hồ.")) as pilot:
        view = view_of(pilot)
        for y in range(view.size.height):
            strip = view.render_line(y)
            assert strip.cell_length == view.room == 79
            assert all(segment.style and segment.style.bgcolor for segment in strip)


async def test_full_text_takes_the_summarys_place_without_moving_the_reader() -> None:
    story = sheet(LONG, links=RELATED)
    waiting = StoryContent(
        story.now,
        title="Phố đi bộ mở thêm hai tuyến",
        paper="Nhật báo Sông Hồng",
        section="Thời sự",
        summary="Tóm tắt. " * 90,
        note="Fetching it. Wait.",
    )
    async with open_article(waiting, size=(80, 12)) as pilot:
        view = view_of(pilot)
        view.scroll_lines(2)
        before = rows(view)[0]
        assert "Phố đi bộ" in before
        view.update(story)
        await pilot.pause()
        assert view.scroll_offset.y == 2
        assert rows(view)[0] == before
        assert any("hai con đường quanh hồ" in row for row in rows(view))


async def test_new_states_of_links_change_their_rows_and_nothing_else() -> None:
    async with open_article(sheet(LONG, links=RELATED)) as pilot:
        view = view_of(pilot)
        view.to_end()
        view.next_link(1)
        before, current = rows(view), view.current_target
        view.update(sheet(LONG, {RELATED[1].url: known_link(read=True)}, links=RELATED))
        await pilot.pause()
        changed = [row for row, old in zip(rows(view), before, strict=True) if row != old]
        assert len(changed) == 2
        assert "read" in changed[1]
        assert view.current_target == current


async def test_selected_text_is_copied_without_the_margin() -> None:
    async with open_article(sheet("Bản ghi nhớ đầu tiên được ký.\n\nĐoạn sau.")) as pilot:
        view = view_of(pilot)
        lines = [line.text for line in view.story_layout.lines]
        first = next(y for y, line in enumerate(lines) if "Bản ghi" in line)
        selection = Selection(Offset(lines[first].index("ghi"), first), Offset(len(lines[first + 2]), first + 2))
        assert view.get_selection(selection) == ("ghi nhớ đầu tiên được ký.\n\nĐoạn sau. ■", "\n")
        plain = view.render_line(first)
        pilot.app.screen.selections = {view: selection}
        await pilot.pause()
        assert view.render_line(first).text == plain.text
        assert view.render_line(first) != plain


async def test_another_theme_repaints_the_story_where_it_is() -> None:
    async with open_article(sheet(LONG), reading_position=20 * PARTS_PER_BLOCK) as pilot:
        view = view_of(pilot)
        before = rows(view)
        dark = view.render_line(0)
        pilot.app.theme = "newsstand-light"
        await pilot.pause()
        await pilot.pause()
        assert rows(view) == before
        assert view.appearance.paper == "#FAF7F1"
        assert view.render_line(0) != dark


async def test_without_a_story_a_sentence_stands_where_the_first_line_would() -> None:
    async with open_article(sheet(LONG), reading_position=20 * PARTS_PER_BLOCK) as pilot:
        view = view_of(pilot)
        view.show_empty("Choose a headline. *r* refreshes.")
        await pilot.pause()
        assert rows(view)[0].strip() == "Choose a headline. r refreshes."
        assert (view.reading_position, view.percent, view.minutes_left) == (0, 0, 0)
        assert not view.page_down()
        view.next_link(1)
        assert view.current_target is None


async def test_a_pane_that_is_too_small_for_anything_still_stands() -> None:
    async with open_article(sheet(LONG, links=RELATED), size=(20, 5)) as pilot:
        view = view_of(pilot)
        for width, height in ((5, 2), (2, 1), (60, 3), (20, 5)):
            await resize(pilot, width, height)
            view.next_link(1)
            view.page_down()
        assert all(cell_len(row) == view.room for row in rows(view))
