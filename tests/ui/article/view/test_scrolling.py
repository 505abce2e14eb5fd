"""Moving through a story: a person reads on, and is where they were, at whatever width and whenever they come back."""

from itertools import pairwise

import pytest
from rich.cells import cell_len

from reader.ui.article.layout import PARTS_PER_BLOCK
from reader.ui.article.view import ArticleView
from tests.ui.article.pane_driver import LONG, RELATED, app_of, open_article, resize, rows, view_of
from tests.ui.article.sample_story import links, sheet

ONE_PARAGRAPH = " ".join(f"Đây là câu {n} của một đoạn rất dài." for n in range(150))


def first_words(view: ArticleView) -> str:
    return next(row.strip() for row in rows(view) if row.strip())[:14]


async def test_space_turns_pages_to_the_end_and_then_says_so() -> None:
    async with open_article(sheet(LONG, links=RELATED)) as pilot:
        view = view_of(pilot)
        assert (view.percent, view.minutes_left) == (0, 4)
        seen = [rows(view)]
        left = [view.minutes_left]
        while view.page_down():
            seen.append(rows(view))
            left.append(view.minutes_left)
            assert len(seen) < 50
        assert any("Chuỗi rau sạch" in row for row in seen[-1])
        assert all(page[-2:] == following[:2] for page, following in pairwise(seen[:-1]))
        assert left == sorted(left, reverse=True)
        assert (view.percent, view.minutes_left) == (100, 0)


async def test_lines_pages_top_and_end_move_and_stop_at_the_edges() -> None:
    async with open_article(sheet(LONG)) as pilot:
        view = view_of(pilot)
        moves = app_of(pilot).moves
        view.scroll_lines(3)
        assert view.scroll_offset.y == 3
        view.scroll_pages(0.5)
        assert view.scroll_offset.y == 15
        view.scroll_pages(-1.0)
        view.scroll_lines(-9)
        assert view.scroll_offset.y == 0
        view.to_end()
        assert view.scroll_offset.y == view.max_scroll_y > 100
        view.to_top()
        assert view.scroll_offset.y == 0
        await pilot.pause()
        assert app_of(pilot).moves > moves


@pytest.mark.parametrize("width", [40, 75, 160])
async def test_another_width_keeps_the_paragraph_at_the_top(width: int) -> None:
    async with open_article(sheet(LONG), reading_position=20 * PARTS_PER_BLOCK) as pilot:
        view = view_of(pilot)
        assert first_words(view).startswith("Đoạn thứ 16")
        await resize(pilot, width, 30)
        assert view.reading_position == 20 * PARTS_PER_BLOCK
        assert first_words(view).startswith("Đoạn thứ 16")
        assert all(cell_len(row) == view.room for row in rows(view))


async def test_a_wider_measure_keeps_the_paragraph_at_the_top() -> None:
    async with open_article(sheet(LONG), size=(120, 24), reading_position=20 * PARTS_PER_BLOCK) as pilot:
        view = view_of(pilot)
        for step, measure in ((2, 74), (20, 80), (-40, 66)):
            view.change_measure(step)
            assert view.margin[1] == view.measure == measure
            assert first_words(view).startswith("Đoạn thứ 16")


async def test_a_story_opens_at_the_place_it_was_left() -> None:
    async with open_article(sheet(LONG), reading_position=12 * PARTS_PER_BLOCK) as pilot:
        view = view_of(pilot)
        assert view.reading_position == 12 * PARTS_PER_BLOCK
        view.scroll_lines(4)
        reading_position, before = view.reading_position, rows(view)
        view.show(sheet("Hồ."))
        await pilot.pause()
        assert (view.reading_position, view.scroll_offset.y) == (0, 0)
        view.show(sheet(LONG), reading_position=reading_position)
        assert view.reading_position == reading_position
        assert rows(view) == before


async def test_one_comes_back_into_the_middle_of_a_long_paragraph_to_the_very_line() -> None:
    async with open_article(sheet(f"{ONE_PARAGRAPH}\n\n{ONE_PARAGRAPH}")) as pilot:
        view = view_of(pilot)
        for line in (9, 10, 23, 41, 60):
            view.to_top()
            view.scroll_lines(line)
            reading_position, percent, before = view.reading_position, view.percent, rows(view)
            view.show(sheet("Hồ."))
            await pilot.pause()
            assert view.percent == 0
            view.show(sheet(f"{ONE_PARAGRAPH}\n\n{ONE_PARAGRAPH}"), reading_position=reading_position)
            assert (view.scroll_offset.y, view.reading_position, view.percent) == (line, reading_position, percent)
            assert rows(view) == before


async def test_a_long_paragraph_left_in_its_middle_goes_on_near_there_at_another_width_and_back_to_the_line() -> None:
    async with open_article(sheet(ONE_PARAGRAPH)) as pilot:
        view = view_of(pilot)
        view.scroll_lines(40)
        before = rows(view)
        told = int(rows(view)[0].split("câu ")[1].split()[0])
        await resize(pilot, 50, 24)
        assert view.scroll_offset.y > 50
        near = next(int(row.split("câu ")[1].split()[0]) for row in rows(view) if row.count("câu ") == 1)
        assert abs(near - told) <= 5
        await resize(pilot, 80, 24)
        assert (view.scroll_offset.y, rows(view)) == (40, before)


async def test_a_place_beyond_the_story_as_it_is_now_is_its_end() -> None:
    async with open_article(sheet(LONG), reading_position=999 * PARTS_PER_BLOCK + 999) as pilot:
        view = view_of(pilot)
        assert view.scroll_offset.y == view.max_scroll_y
        assert any("■" in row for row in rows(view))


async def test_all_of_the_text_is_read_when_its_end_is_in_sight_and_space_goes_on_to_the_last_related_story() -> None:
    many = links(*(f"Tin liên quan thứ {n}" for n in range(30)))
    async with open_article(sheet(LONG, links=many)) as pilot:
        view = view_of(pilot)
        while not any("■" in row for row in rows(view)):
            assert view.percent < 100
            assert view.minutes_left > 0
            view.scroll_lines(1)
        assert (view.percent, view.minutes_left) == (100, 0)
        turned = 0
        while not any("thứ 29" in row for row in rows(view)):
            assert view.page_down()
            assert view.percent == 100
            turned += 1
        assert turned >= 3
        while view.page_down():
            pass
        assert rows(view)[-1].strip() == view.story_layout.lines[-1].text.strip()


async def test_a_text_that_lacks_its_last_line_is_not_said_to_be_all_read() -> None:
    story = "\n\n".join(f"Đoạn thứ {n} kể chuyện hai con đường quanh hồ." for n in range(500))
    async with open_article(sheet(f"{story}\n\nHết.", links=RELATED)) as pilot:
        view = view_of(pilot)
        view.scroll_lines(view.story_layout.story_end - view.size.height - 1)
        assert not any("Hết. ■" in row for row in rows(view))
        assert (view.percent, view.minutes_left) == (99, 1)
        view.scroll_lines(1)
        assert any("Hết. ■" in row for row in rows(view))
        assert (view.percent, view.minutes_left) == (100, 0)


async def test_the_wheel_scrolls() -> None:
    async with open_article(sheet(LONG)) as pilot:
        view = view_of(pilot)
        await pilot._post_mouse_events([_wheel()], ArticleView, (20, 10))
        await pilot.pause()
        assert view.scroll_offset.y > 0


def _wheel() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown
