"""The article pane as a person uses it: reads on, resizes, goes to links by Tab, letters and mouse, copies text."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import pairwise

import pytest
from rich.cells import cell_len
from story import Known, links, sheet
from textual.app import App, ComposeResult
from textual.geometry import Offset
from textual.pilot import Pilot
from textual.selection import Selection

from reader.models import LinkKind
from reader.ui.article_view import ArticleView
from reader.ui.look import themes, variable_defaults
from reader.ui.render import Sheet, SpotKind
from reader.ui.render_values import PARTS

LONG = "\n\n".join(
    f"Đoạn thứ {n} kể chuyện hai con đường quanh hồ, nơi mỗi tối thứ Sáu người ta đi bộ, [đọc tiếp {n}]"
    f"(https://songhong.example/tin/{n}) và nghe nhạc đến khuya."
    for n in range(40)
)
ONE_PARAGRAPH = " ".join(f"Đây là câu {n} của một đoạn rất dài." for n in range(150))
RELATED = links("Hai tỉnh lập tuyến du lịch chung", "Chuỗi rau sạch mở thêm điểm nhận", section="Du lịch")


class Pane(App[None]):
    """An app with nothing but the pane, that writes down what the pane asks for."""

    animation_level = "none"

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, bool]] = []
        self.hints: list[bool] = []
        self.moves = 0
        for theme in themes("truecolor"):
            self.register_theme(theme)
        self.theme = "newsstand-dark"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        yield ArticleView()

    @property
    def view(self) -> ArticleView:
        return self.query_one(ArticleView)

    def on_article_view_follow(self, message: ArticleView.Follow) -> None:
        self.asked.append((message.spot.url, message.browser))

    def on_article_view_hints(self, message: ArticleView.Hints) -> None:
        self.hints.append(message.active)

    def on_article_view_moved(self, message: ArticleView.Moved) -> None:
        self.moves += 1


@asynccontextmanager
async def reading(story: Sheet, size: tuple[int, int] = (80, 24), place: int = 0) -> AsyncIterator[Pilot[None]]:
    app = Pane()
    async with app.run_test(size=size) as pilot:
        app.view.focus()
        app.view.show(story, place=place)
        await pilot.pause()
        yield pilot


def view_of(pilot: Pilot[None]) -> ArticleView:
    assert isinstance(pilot.app, Pane)
    return pilot.app.view


def app_of(pilot: Pilot[None]) -> Pane:
    assert isinstance(pilot.app, Pane)
    return pilot.app


def rows(view: ArticleView) -> list[str]:
    return [view.render_line(y).text for y in range(view.size.height)]


def first_words(view: ArticleView) -> str:
    return next(row.strip() for row in rows(view) if row.strip())[:14]


async def resize(pilot: Pilot[None], columns: int, lines: int) -> None:
    """Give the terminal another size, and wait until the story stands in it: Textual waits for more sizes to come."""
    await pilot.resize_terminal(columns, lines)
    view = view_of(pilot)
    while view.size != (columns, lines) or (columns > 4 and view.virtual_size.width != view.room):
        await pilot.pause()
    await pilot.pause()


async def test_every_row_is_painted_across_the_pane() -> None:
    async with reading(sheet("Hồ.")) as pilot:
        view = view_of(pilot)
        for y in range(view.size.height):
            strip = view.render_line(y)
            assert strip.cell_length == view.room == 79
            assert all(segment.style and segment.style.bgcolor for segment in strip)


async def test_space_turns_pages_to_the_end_and_then_says_so() -> None:
    async with reading(sheet(LONG, links=RELATED)) as pilot:
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
    async with reading(sheet(LONG)) as pilot:
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
    async with reading(sheet(LONG), place=20 * PARTS) as pilot:
        view = view_of(pilot)
        assert first_words(view).startswith("Đoạn thứ 16")
        await resize(pilot, width, 30)
        assert view.place == 20 * PARTS
        assert first_words(view).startswith("Đoạn thứ 16")
        assert all(cell_len(row) == view.room for row in rows(view))


async def test_a_wider_measure_keeps_the_paragraph_at_the_top() -> None:
    async with reading(sheet(LONG), size=(120, 24), place=20 * PARTS) as pilot:
        view = view_of(pilot)
        for step, measure in ((2, 74), (20, 80), (-40, 66)):
            view.widen(step)
            assert view.margin[1] == view.measure == measure
            assert first_words(view).startswith("Đoạn thứ 16")


async def test_full_text_takes_the_summarys_place_without_moving_the_reader() -> None:
    story = sheet(LONG, links=RELATED)
    told = {"title": "Phố đi bộ mở thêm hai tuyến", "paper": "Nhật báo Sông Hồng", "section": "Thời sự"}
    waiting = Sheet(story.now, **told, summary="Tóm tắt. " * 90, note="Fetching it. Wait.")
    async with reading(waiting, size=(80, 12)) as pilot:
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
    async with reading(sheet(LONG, links=RELATED)) as pilot:
        view = view_of(pilot)
        view.to_end()
        view.next_link(1)
        before, current = rows(view), view.current
        view.update(sheet(LONG, {RELATED[1].url: Known(read=True)}, links=RELATED))
        await pilot.pause()
        changed = [row for row, old in zip(rows(view), before, strict=True) if row != old]
        assert len(changed) == 2
        assert "read" in changed[1]
        assert view.current == current


async def test_a_story_opens_at_the_place_it_was_left() -> None:
    async with reading(sheet(LONG), place=12 * PARTS) as pilot:
        view = view_of(pilot)
        assert view.place == 12 * PARTS
        view.scroll_lines(4)
        place, before = view.place, rows(view)
        view.show(sheet("Hồ."))
        await pilot.pause()
        assert (view.place, view.scroll_offset.y) == (0, 0)
        view.show(sheet(LONG), place=place)
        assert view.place == place
        assert rows(view) == before


async def test_one_comes_back_into_the_middle_of_a_long_paragraph_to_the_very_line() -> None:
    async with reading(sheet(f"{ONE_PARAGRAPH}\n\n{ONE_PARAGRAPH}")) as pilot:
        view = view_of(pilot)
        for line in (9, 10, 23, 41, 60):
            view.to_top()
            view.scroll_lines(line)
            place, percent, before = view.place, view.percent, rows(view)
            view.show(sheet("Hồ."))
            await pilot.pause()
            assert view.percent == 0
            view.show(sheet(f"{ONE_PARAGRAPH}\n\n{ONE_PARAGRAPH}"), place=place)
            assert (view.scroll_offset.y, view.place, view.percent) == (line, place, percent)
            assert rows(view) == before


async def test_a_long_paragraph_left_in_its_middle_goes_on_near_there_at_another_width_and_back_to_the_line() -> None:
    async with reading(sheet(ONE_PARAGRAPH)) as pilot:
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
    async with reading(sheet(LONG), place=999 * PARTS + 999) as pilot:
        view = view_of(pilot)
        assert view.scroll_offset.y == view.max_scroll_y
        assert any("■" in row for row in rows(view))


async def test_all_of_the_text_is_read_when_its_end_is_in_sight_and_space_goes_on_to_the_last_related_story() -> None:
    many = links(*(f"Tin liên quan thứ {n}" for n in range(30)))
    async with reading(sheet(LONG, links=many)) as pilot:
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
        assert rows(view)[-1].strip() == view.layout_of_story.lines[-1].text.strip()


async def test_a_text_that_lacks_its_last_line_is_not_said_to_be_all_read() -> None:
    story = "\n\n".join(f"Đoạn thứ {n} kể chuyện hai con đường quanh hồ." for n in range(500))
    async with reading(sheet(f"{story}\n\nHết.", links=RELATED)) as pilot:
        view = view_of(pilot)
        view.scroll_lines(view.layout_of_story.story_end - view.size.height - 1)
        assert not any("Hết. ■" in row for row in rows(view))
        assert (view.percent, view.minutes_left) == (99, 1)
        view.scroll_lines(1)
        assert any("Hết. ■" in row for row in rows(view))
        assert (view.percent, view.minutes_left) == (100, 0)


async def test_tab_goes_from_link_to_link_and_enter_asks_for_it() -> None:
    async with reading(sheet(LONG, links=RELATED)) as pilot:
        view = view_of(pilot)
        assert view.current is None
        view.next_link(1)
        view.next_link(1)
        view.follow_current()
        for _ in range(12):
            view.next_link(1)
        assert view.current is not None
        line = view.current.pieces[0][0] - view.scroll_offset.y
        assert 0 <= line < view.size.height
        assert "đọc tiếp 13" in rows(view)[line]
        view.next_link(-1)
        view.follow_current()
        await pilot.pause()
        assert app_of(pilot).asked == [
            ("https://songhong.example/tin/1", False),
            ("https://songhong.example/tin/12", False),
        ]
        view.leave_link()
        assert view.current is None


async def test_tab_begins_with_what_is_in_sight_and_goes_round() -> None:
    async with reading(sheet(LONG), place=20 * PARTS) as pilot:
        view = view_of(pilot)
        view.next_link(1)
        assert view.current is not None
        assert view.current.url.endswith("/16")
        view.leave_link()
        view.to_end()
        view.next_link(-1)
        assert view.current is not None
        assert view.current.url.endswith("/39")
        view.next_link(1)
        assert view.current is not None
        assert view.current.url.endswith("/0")
        assert view.scroll_offset.y < 20


async def test_the_link_that_tab_has_reached_is_marked_not_by_colour_alone() -> None:
    async with reading(sheet("Bản ghi nhớ [được rà soát](https://songhong.example/a).", links=RELATED)) as pilot:
        view = view_of(pilot)
        view.next_link(1)
        (line, at, _) = view.current.pieces[0] if view.current else (0, 0, 0)
        marked = view.render_line(line).crop(at, at + 3)
        assert {segment.style.bgcolor.name for segment in marked if segment.style and segment.style.bgcolor} == {
            view.look.link.lower()
        }
        view.next_link(1)
        row = next(y for y, row in enumerate(rows(view)) if "Hai tỉnh" in row)
        left = view.margin[0]
        assert rows(view)[row][left:].startswith("▌1  ● Hai tỉnh")
        assert rows(view)[row + 1][left] == "▌"


async def test_f_puts_a_letter_before_each_link_in_sight_and_a_letter_opens_it() -> None:
    async with reading(sheet(LONG)) as pilot:
        view = view_of(pilot)
        plain = rows(view)
        assert view.start_hints()
        lettered = rows(view)
        assert view.hinting
        assert any("ađọc tiếp 0" in row for row in lettered)
        assert [len(row) for row in lettered] == [len(row) for row in plain]
        await pilot.press("s")
        assert app_of(pilot).asked == [("https://songhong.example/tin/1", False)]
        assert rows(view) == plain
        view.start_hints()
        await pilot.press("D")
        assert app_of(pilot).asked[-1] == ("https://songhong.example/tin/2", True)
        view.start_hints()
        await pilot.press("escape")
        assert not view.hinting
        assert app_of(pilot).hints == [True, False, True, False, True, False]
        assert len(app_of(pilot).asked) == 2


async def test_under_letters_text_is_faint_and_links_keep_their_colour() -> None:
    async with reading(sheet("Bản ghi nhớ [được rà soát](https://songhong.example/a).")) as pilot:
        view = view_of(pilot)
        row = next(y for y, row in enumerate(rows(view)) if "rà soát" in row)
        view.start_hints()
        colours = {
            segment.text.strip(): segment.style.color.name
            for segment in view.render_line(row)
            if segment.style and segment.style.color
        }
        look = view.look
        assert colours["Bản ghi nhớ"] == look.faint.lower()
        assert colours["được rà soát"] == look.link.lower()
        assert colours["a"] == look.paper.lower()


async def test_many_links_in_sight_take_two_letters() -> None:
    many = " ".join(f"[tin {n}](https://songhong.example/{n})" for n in range(12))
    async with reading(sheet(many)) as pilot:
        view = view_of(pilot)
        view.start_hints()
        await pilot.press("h")
        assert view.hinting
        await pilot.press("d")
        assert app_of(pilot).asked == [("https://songhong.example/10", False)]


async def test_scrolling_takes_the_letters_away_and_without_links_there_are_none() -> None:
    async with reading(sheet(LONG)) as pilot:
        view = view_of(pilot)
        view.start_hints()
        view.scroll_lines(1)
        assert not view.hinting
        view.show(sheet("Không có gì."))
        assert not view.start_hints()


async def test_keys_that_are_not_for_letters_go_on_to_whoever_wants_them() -> None:
    async with reading(sheet(LONG)) as pilot:
        view = view_of(pilot)
        assert not view.take_key("a")
        await pilot.press("a", "space", "tab", "down", "pagedown", "end", "home", "left")
        assert view.scroll_offset.y == 0
        assert view.current is None


async def test_a_click_follows_a_link_and_elsewhere_nothing() -> None:
    async with reading(sheet("Bản ghi nhớ [được rà soát](https://songhong.example/a) hai lần.")) as pilot:
        view = view_of(pilot)
        row = next(y for y, row in enumerate(rows(view)) if "rà soát" in row)
        at = rows(view)[row].index("rà soát")
        await pilot.click(ArticleView, offset=(at, row))
        await pilot.click(ArticleView, offset=(view.margin[0] + 1, row))
        await pilot.pause()
        assert app_of(pilot).asked == [("https://songhong.example/a", False)]


async def test_the_wheel_scrolls() -> None:
    async with reading(sheet(LONG)) as pilot:
        view = view_of(pilot)
        await pilot._post_mouse_events([_wheel()], ArticleView, (20, 10))
        await pilot.pause()
        assert view.scroll_offset.y > 0


def _wheel() -> type:
    from textual.events import MouseScrollDown

    return MouseScrollDown


async def test_a_digit_finds_its_related_story() -> None:
    async with reading(sheet(LONG, links=(*RELATED, *links("Ba", kind=LinkKind.MORE)))) as pilot:
        view = view_of(pilot)
        second, third = view.spot(2), view.spot(3)
        assert second is not None
        assert second.url == RELATED[1].url
        assert third is not None
        assert third.kind is SpotKind.MORE
        assert view.spot(4) is None


async def test_a_footnotes_mark_goes_to_its_note_and_asks_for_nothing() -> None:
    async with reading(sheet(f"Bản ghi nhớ[^1] được ký.\n\n{LONG}\n\n[^1]: Trước đó, đoàn đã dâng hương.")) as pilot:
        view = view_of(pilot)
        view.next_link(1)
        view.follow_current()
        await pilot.pause()
        assert any("[1] Trước đó, đoàn" in row for row in rows(view))
        assert app_of(pilot).asked == []


async def test_a_wide_table_moves_sideways_alone_once_tab_has_reached_it() -> None:
    row = "|".join(f" cột thứ {n} của bảng " for n in range(8))
    async with reading(sheet(f"|{row}|\n|{'---|' * 8}\n|{row}|\n")) as pilot:
        view = view_of(pilot)
        assert not view.sideways(1)
        view.next_link(1)
        before = rows(view)
        assert view.sideways(1)
        assert any("‹" in row for row in rows(view))
        for _ in range(30):
            view.sideways(1)
        assert any("cột thứ 7 của bảng" in row for row in rows(view))
        view.sideways(-1)
        assert any("›" in row for row in rows(view))
        for _ in range(30):
            assert view.sideways(-1)
        assert rows(view) == before


WIDE = "| Bến | Giờ đầu | Giờ cuối | Số chuyến |\n| --- | --- | --- | --- |\n" + "\n".join(
    f"| {n} bến đò ngang sông Hồng | 05:{n}0 | 22:{n}0 | {n * 12} |" for n in range(1, 5)
)


async def test_a_link_that_tab_has_reached_stays_reached_at_another_width() -> None:
    body = f"Theo [bản tin](https://a.example/1), rồi:\n\n{WIDE}\n\nvà [bảng giờ](https://a.example/2).\n\n{WIDE}"
    async with reading(sheet(body), size=(40, 30)) as pilot:
        view = view_of(pilot)
        for _ in range(8):
            view.next_link(1)
            reached = view.current
            assert reached is not None
            view.start_hints()
            await resize(pilot, 120, 30)
            assert not view.hinting or reached.kind is not SpotKind.TABLE
            if reached.kind is SpotKind.TABLE:
                assert view.current is None or view.current.kind is SpotKind.TABLE
            else:
                assert view.current is not None
                assert (view.current.url, view.current.kind) == (reached.url, reached.kind)
            view.take_key("escape")
            await resize(pilot, 40, 30)


async def test_selected_text_is_copied_without_the_margin() -> None:
    async with reading(sheet("Bản ghi nhớ đầu tiên được ký.\n\nĐoạn sau.")) as pilot:
        view = view_of(pilot)
        lines = [line.text for line in view.layout_of_story.lines]
        first = next(y for y, line in enumerate(lines) if "Bản ghi" in line)
        selection = Selection(Offset(lines[first].index("ghi"), first), Offset(len(lines[first + 2]), first + 2))
        assert view.get_selection(selection) == ("ghi nhớ đầu tiên được ký.\n\nĐoạn sau. ■", "\n")
        plain = view.render_line(first)
        pilot.app.screen.selections = {view: selection}
        await pilot.pause()
        assert view.render_line(first).text == plain.text
        assert view.render_line(first) != plain


async def test_another_theme_repaints_the_story_where_it_is() -> None:
    async with reading(sheet(LONG), place=20 * PARTS) as pilot:
        view = view_of(pilot)
        before = rows(view)
        dark = view.render_line(0)
        pilot.app.theme = "newsstand-light"
        await pilot.pause()
        await pilot.pause()
        assert rows(view) == before
        assert view.look.paper == "#FAF7F1"
        assert view.render_line(0) != dark


async def test_without_a_story_a_sentence_stands_where_the_first_line_would() -> None:
    async with reading(sheet(LONG), place=20 * PARTS) as pilot:
        view = view_of(pilot)
        view.show_empty("Choose a headline. *r* refreshes.")
        await pilot.pause()
        assert rows(view)[0].strip() == "Choose a headline. r refreshes."
        assert (view.place, view.percent, view.minutes_left) == (0, 0, 0)
        assert not view.page_down()
        view.next_link(1)
        assert view.current is None


async def test_a_pane_that_is_too_small_for_anything_still_stands() -> None:
    async with reading(sheet(LONG, links=RELATED), size=(20, 5)) as pilot:
        view = view_of(pilot)
        for width, height in ((5, 2), (2, 1), (60, 3), (20, 5)):
            await resize(pilot, width, height)
            view.next_link(1)
            view.page_down()
        assert all(cell_len(row) == view.room for row in rows(view))
