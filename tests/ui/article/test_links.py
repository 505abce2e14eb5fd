"""The links of a story: gone to by Tab, letters and mouse, related stories by digit, wide tables sideways."""

from reader.models import LinkKind
from reader.ui.article.layout import PARTS_PER_BLOCK, TargetKind
from reader.ui.article.view import ArticleView
from tests.ui.article.pane_driver import LONG, RELATED, app_of, open_article, resize, rows, view_of
from tests.ui.article.sample_story import links, sheet


async def test_tab_goes_from_link_to_link_and_enter_asks_for_it() -> None:
    async with open_article(sheet(LONG, links=RELATED)) as pilot:
        view = view_of(pilot)
        first = view.current_target
        assert first is None
        view.next_link(1)
        view.next_link(1)
        view.follow_current()
        for _ in range(12):
            view.next_link(1)
        assert view.current_target is not None
        line = view.current_target.areas[0][0] - view.scroll_offset.y
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
        assert view.current_target is None


async def test_tab_begins_with_what_is_in_sight_and_goes_round() -> None:
    async with open_article(sheet(LONG), reading_position=20 * PARTS_PER_BLOCK) as pilot:
        view = view_of(pilot)
        view.next_link(1)
        assert view.current_target is not None
        assert view.current_target.url.endswith("/16")
        view.leave_link()
        view.to_end()
        view.next_link(-1)
        assert view.current_target is not None
        assert view.current_target.url.endswith("/39")
        view.next_link(1)
        assert view.current_target is not None
        assert view.current_target.url.endswith("/0")
        assert view.scroll_offset.y < 20


async def test_the_link_that_tab_has_reached_is_marked_not_by_colour_alone() -> None:
    async with open_article(sheet("Bản ghi nhớ [được rà soát](https://songhong.example/a).", links=RELATED)) as pilot:
        view = view_of(pilot)
        view.next_link(1)
        (line, at, _) = view.current_target.areas[0] if view.current_target else (0, 0, 0)
        marked = view.render_line(line).crop(at, at + 3)
        assert {segment.style.bgcolor.name for segment in marked if segment.style and segment.style.bgcolor} == {
            view.appearance.link.lower()
        }
        view.next_link(1)
        row = next(y for y, row in enumerate(rows(view)) if "Hai tỉnh" in row)
        left = view.margin[0]
        assert rows(view)[row][left:].startswith("▌1  ● Hai tỉnh")
        assert rows(view)[row + 1][left] == "▌"


async def test_f_puts_a_letter_before_each_link_in_sight_and_a_letter_opens_it() -> None:
    async with open_article(sheet(LONG)) as pilot:
        view = view_of(pilot)
        plain = rows(view)
        assert view.show_link_letters()
        lettered = rows(view)
        hinting = view.link_letters_shown
        assert hinting
        assert any("ađọc tiếp 0" in row for row in lettered)
        assert [len(row) for row in lettered] == [len(row) for row in plain]
        await pilot.press("s")
        assert app_of(pilot).asked == [("https://songhong.example/tin/1", False)]
        assert rows(view) == plain
        view.show_link_letters()
        await pilot.press("D")
        assert app_of(pilot).asked[-1] == ("https://songhong.example/tin/2", True)
        view.show_link_letters()
        await pilot.press("escape")
        assert not view.link_letters_shown
        assert app_of(pilot).letters_shown == [True, False, True, False, True, False]
        assert len(app_of(pilot).asked) == 2


async def test_under_letters_text_is_faint_and_links_keep_their_colour() -> None:
    async with open_article(sheet("Bản ghi nhớ [được rà soát](https://songhong.example/a).")) as pilot:
        view = view_of(pilot)
        row = next(y for y, row in enumerate(rows(view)) if "rà soát" in row)
        view.show_link_letters()
        colours = {
            segment.text.strip(): segment.style.color.name
            for segment in view.render_line(row)
            if segment.style and segment.style.color
        }
        appearance = view.appearance
        assert colours["Bản ghi nhớ"] == appearance.faint.lower()
        assert colours["được rà soát"] == appearance.link.lower()
        assert colours["a"] == appearance.paper.lower()


async def test_many_links_in_sight_take_two_letters() -> None:
    many = " ".join(f"[tin {n}](https://songhong.example/{n})" for n in range(12))
    async with open_article(sheet(many)) as pilot:
        view = view_of(pilot)
        view.show_link_letters()
        await pilot.press("h")
        assert view.link_letters_shown
        await pilot.press("d")
        assert app_of(pilot).asked == [("https://songhong.example/10", False)]


async def test_scrolling_takes_the_letters_away_and_without_links_there_are_none() -> None:
    async with open_article(sheet(LONG)) as pilot:
        view = view_of(pilot)
        view.show_link_letters()
        view.scroll_lines(1)
        assert not view.link_letters_shown
        view.show(sheet("Không có gì."))
        assert not view.show_link_letters()


async def test_keys_that_are_not_for_letters_go_on_to_whoever_wants_them() -> None:
    async with open_article(sheet(LONG)) as pilot:
        view = view_of(pilot)
        assert not view.take_key("a")
        await pilot.press("a", "space", "tab", "down", "pagedown", "end", "home", "left")
        assert view.scroll_offset.y == 0
        assert view.current_target is None


async def test_a_click_follows_a_link_and_elsewhere_nothing() -> None:
    async with open_article(sheet("Bản ghi nhớ [được rà soát](https://songhong.example/a) hai lần.")) as pilot:
        view = view_of(pilot)
        row = next(y for y, row in enumerate(rows(view)) if "rà soát" in row)
        at = rows(view)[row].index("rà soát")
        await pilot.click(ArticleView, offset=(at, row))
        await pilot.click(ArticleView, offset=(view.margin[0] + 1, row))
        await pilot.pause()
        assert app_of(pilot).asked == [("https://songhong.example/a", False)]


async def test_a_digit_finds_its_related_story() -> None:
    async with open_article(sheet(LONG, links=(*RELATED, *links("Ba", kind=LinkKind.MORE)))) as pilot:
        view = view_of(pilot)
        second, third = view.related_target(2), view.related_target(3)
        assert second is not None
        assert second.url == RELATED[1].url
        assert third is not None
        assert third.kind is TargetKind.MORE
        assert view.related_target(4) is None


async def test_a_footnotes_mark_goes_to_its_note_and_asks_for_nothing() -> None:
    async with open_article(
        sheet(f"Bản ghi nhớ[^1] được ký.\n\n{LONG}\n\n[^1]: Trước đó, đoàn đã dâng hương.")
    ) as pilot:
        view = view_of(pilot)
        view.next_link(1)
        view.follow_current()
        await pilot.pause()
        assert any("[1] Trước đó, đoàn" in row for row in rows(view))
        assert app_of(pilot).asked == []


async def test_a_wide_table_moves_sideways_alone_once_tab_has_reached_it() -> None:
    row = "|".join(f" cột thứ {n} của bảng " for n in range(8))
    async with open_article(sheet(f"|{row}|\n|{'---|' * 8}\n|{row}|\n")) as pilot:
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
    async with open_article(sheet(body), size=(40, 30)) as pilot:
        view = view_of(pilot)
        for _ in range(8):
            view.next_link(1)
            reached = view.current_target
            assert reached is not None
            view.show_link_letters()
            await resize(pilot, 120, 30)
            assert not view.link_letters_shown or reached.kind is not TargetKind.TABLE
            if reached.kind is TargetKind.TABLE:
                assert view.current_target is None or view.current_target.kind is TargetKind.TABLE
            else:
                assert view.current_target is not None
                assert (view.current_target.url, view.current_target.kind) == (reached.url, reached.kind)
            view.take_key("escape")
            await resize(pilot, 40, 30)
