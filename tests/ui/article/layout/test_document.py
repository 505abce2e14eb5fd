"""A story as it is read: each element in the form of docs/look.md, at any width."""

from dataclasses import replace
from datetime import timedelta
from typing import Unpack

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.models import Enclosure, Figure, LinkKind
from reader.store import KnownLink
from reader.ui.article.layout import (
    PARTS_PER_BLOCK,
    LayoutLine,
    StoryContent,
    StoryLayout,
    TargetKind,
    lay_out,
    measure_of,
)
from tests.ui.article.sample_story import (
    APPEARANCE,
    NOW,
    ArticleFacts,
    article,
    known_link,
    links,
    sheet,
    style_at,
    text,
)


def laid(
    markdown: str, width: int = 79, *, known: dict[str, KnownLink] | None = None, **fields: Unpack[ArticleFacts]
) -> StoryLayout:
    return lay_out(sheet(markdown, known, **fields), width, 72, APPEARANCE)


def body(layout: StoryLayout) -> str:
    """What stands between the lede and the end of the story."""
    return "\n".join(line.text[layout.left :].rstrip() for line in layout.lines[layout.blocks[4] : layout.story_end])


@pytest.mark.parametrize(
    ("pane", "measure", "left"), [(112, 72, 19), (74, 66, 3), (80, 72, 3), (40, 35, 2), (300, 72, 113)]
)
def test_the_measure_is_centred_and_never_wider_than_the_reader_wants(pane: int, measure: int, left: int) -> None:
    layout = laid("Hồ.", pane - 1)
    assert (layout.measure, layout.left) == (measure, left)
    assert measure_of(pane - 1, 72) == measure


def test_the_head_says_section_headline_paper_time_author_and_minutes() -> None:
    layout = laid("Hồ.", title="Hà Nội – Thanh Hóa: Xác định 12 nội dung thúc đẩy hợp tác, phát triển", minutes=7)
    assert text(layout).split("\n") == [
        "THỜI SỰ " + "━" * 64,
        "",
        "Hà Nội – Thanh Hóa:",
        "Xác định 12 nội dung thúc đẩy hợp tác, phát triển",
        "",
        "Nhật báo Sông Hồng · Saturday 16 November 2019, 13:53 · Lan Chi · 7 min",
        "─" * 72,
        "",
        "  Từ tối thứ Sáu, hai con đường quanh hồ dành cho người đi bộ.",
        "",
        "Hồ. ■",
    ]
    assert style_at(layout, "THỜI SỰ") == (APPEARANCE.brand_colours["teal"], {"bold"})
    assert style_at(layout, "Hà Nội – Thanh Hóa:") == (APPEARANCE.bright, {"bold"})
    assert style_at(layout, "Nhật báo Sông Hồng") == (APPEARANCE.dim, {"bold"})
    assert style_at(layout, "Từ tối thứ Sáu") == (APPEARANCE.bright, {"italic"})
    assert style_at(layout, "■") == (APPEARANCE.brand_colours["teal"], set())


def test_a_byline_that_does_not_fit_takes_the_short_date_and_breaks_between_facts() -> None:
    assert text(laid("Hồ.", 65)).split("\n")[4] == "Nhật báo Sông Hồng · 16 Nov 2019, 13:53 · Lan Chi · 4 min"
    assert text(laid("Hồ.", 39)).split("\n")[4:7] == [
        "Nhật báo Sông Hồng",
        "16 Nov 2019, 13:53 · Lan Chi",
        "4 min",
    ]


def test_without_kicker_and_section_the_rule_stands_alone_and_the_paper_once_below() -> None:
    shown = text(laid("Hồ.", section=None))
    assert shown.startswith("━━━")
    assert shown.casefold().count("nhật báo sông hồng") == 1
    assert text(laid("Hồ.", kicker="Sáng nay")).startswith("SÁNG NAY ━")


def test_a_story_that_is_not_kept_says_so_over_its_summary() -> None:
    note = "Not kept. It will come with the network; here is its summary."
    layout = lay_out(
        StoryContent(NOW, title="Làng gốm", paper="Le Canal", summary="Khách xếp hàng từ chiều.", note=note),
        79,
        72,
        APPEARANCE,
    )
    assert "Làng gốm" in text(layout)
    assert text(layout).endswith(f"{note}\n\nKhách xếp hàng từ chiều.")
    assert style_at(layout, "Not kept.") == (APPEARANCE.ink, {"bold"})
    assert style_at(layout, "It will come") == (APPEARANCE.dim, set())


@pytest.mark.parametrize("width", [24, 40, 79])
def test_what_a_feed_attaches_stands_under_the_head_each_in_one_line_and_is_a_link(width: int) -> None:
    sound = Enclosure("https://songhong.example/a/the-long-name-of-an-episode.mp3", "audio/mpeg", 42_300_000, 2280)
    picture = Enclosure("https://songhong.example/a.jpg", "image/jpeg")
    plain = sheet("One paragraph.")
    attached = replace(
        plain, enclosures=(sound, picture), discussion="https://talk.example/8", linked=("https://quay.example/8",)
    )
    before, layout = lay_out(plain, width, 72, APPEARANCE), lay_out(attached, width, 72, APPEARANCE)
    kinds = [TargetKind.FILE, TargetKind.FILE, TargetKind.LINKED, TargetKind.DISCUSSION]
    assert [target.kind for target in layout.targets] == kinds
    assert all(len(target.areas) == 1 for target in layout.targets)
    assert all(cell_len(line.text) <= width for line in layout.lines)
    assert len(layout.blocks) == len(before.blocks)  # a place in the story is counted in blocks
    drawn = replace(attached, article=article("One paragraph.", figures=(Figure("https://songhong.example/b.jpg"),)))
    assert [t.url for t in lay_out(drawn, width, 72, APPEARANCE).targets if t.kind is TargetKind.FILE] == [sound.url]
    if width == 79:
        rows = "Audio · the-long-name-of-an-episode.mp3 · 42 MB · 38 min\nPicture · a.jpg\nLink · quay.example/8\n"
        assert f"{rows}Discussion · talk.example" in text(layout)


def test_of_the_pictures_that_a_feed_attaches_those_have_a_line_that_the_story_does_not_show() -> None:
    names = ("lead.jpg", "quay-300x200.jpg", "map.png")
    pictures = tuple(Enclosure(f"https://cdn.example/{name}", "image/jpeg") for name in names)
    shown = (Figure("https://lamp.example/7f3a.jpg"), Figure("https://lamp.example/up/quay-1024x683.webp?w=2"))
    content = replace(sheet("One paragraph."), enclosures=pictures, article=article("One paragraph.", figures=shown))
    lines = [target.url for target in lay_out(content, 79, 72, APPEARANCE).targets if target.kind is TargetKind.FILE]
    assert lines == ["https://cdn.example/map.png"]
    bare = replace(content, article=article("One paragraph."))
    lines = [target.url for target in lay_out(bare, 79, 72, APPEARANCE).targets if target.kind is TargetKind.FILE]
    assert lines == [picture.url for picture in pictures]


def test_the_same_blocks_stand_at_any_width() -> None:
    markdown = "Một.\n\n## Hai\n\n> Ba\n\n- bốn\n- năm\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nsáu\n```"
    narrow, wide = laid(markdown, 30), laid(markdown, 200)
    assert len(narrow.blocks) == len(wide.blocks) == 11
    assert list(wide.blocks) == sorted(wide.blocks)


def test_links_are_underlined_and_those_already_read_have_lost_their_colour() -> None:
    markdown = "Bản ghi nhớ [được rà soát](https://songhong.example/a) và [ký lại](https://songhong.example/b)."
    layout = laid(markdown, known={"https://songhong.example/b": known_link(read=True)})
    assert style_at(layout, "được rà soát") == (APPEARANCE.link, {"underline"})
    assert style_at(layout, "ký lại") == (APPEARANCE.ink, {"underline"})
    assert [(target.kind, target.url) for target in layout.targets] == [
        (TargetKind.INLINE, "https://songhong.example/a"),
        (TargetKind.INLINE, "https://songhong.example/b"),
    ]


def test_a_link_over_two_lines_is_one_target_in_two_areas_just_where_its_words_are() -> None:
    layout = laid("Một số dự án [quy mô lớn nhất cả vùng](https://songhong.example/a) đã đi vào vận hành.", 39)
    (target,) = layout.targets
    said = []
    for line, at, width in target.areas:
        whole = layout.lines[line].text
        assert cell_len(whole) == len(whole)
        said.append(whole[at : at + width])
    assert said == ["quy mô lớn nhất cả", "vùng"]


def test_headings_have_air_above_them_and_less_weight_the_deeper_they_are() -> None:
    layout = laid("Đầu.\n\n## Kết quả\n\n### Vốn\n\n#### Nguồn\n\nCuối.")
    assert body(layout) == "Đầu.\n\n\nKết quả\n\n\nVốn\n\n\nNguồn\n\nCuối. ■"
    assert style_at(layout, "Kết quả") == (APPEARANCE.bright, {"bold"})
    assert style_at(layout, "Vốn") == (APPEARANCE.ink, {"bold"})
    assert style_at(layout, "Nguồn") == (APPEARANCE.ink, {"italic"})


@pytest.mark.parametrize("break_", ["\n> ", "\\\n> ", "\n>\n> "])
def test_a_quote_stands_behind_a_bar_its_speaker_on_a_line_of_their_own(break_: str) -> None:
    layout = laid(f"> Điều đáng kể là số việc đã làm xong.{break_}— Một đại biểu")
    assert body(layout) == "  │  Điều đáng kể là số việc đã làm xong.\n  │  —\xa0Một đại biểu\n\n■"
    assert style_at(layout, "Điều đáng kể") == (APPEARANCE.bright, {"italic"})
    assert style_at(layout, "Một đại biểu") == (APPEARANCE.dim, set())


def test_lists_hang_and_nest_two_cells_further() -> None:
    layout = laid(
        "- Cải thiện môi trường đầu tư\n  - dự án một\n  - dự án hai\n- Kiểm soát nguồn thải, quản lý nước", 39
    )
    assert body(layout) == (
        "  • Cải thiện môi trường đầu tư\n"
        "    – dự án một\n"
        "    – dự án hai\n"
        "  • Kiểm soát nguồn thải, quản lý\n"
        "    nước ■"
    )
    assert body(laid("9. chín\n10. mười")) == "   9. chín\n  10. mười ■"


def test_a_table_has_thin_rules_numbers_on_the_right_and_a_bold_total() -> None:
    markdown = (
        "| Lĩnh vực | Dự án | Vốn, tỷ đồng |\n|---|---|---|\n| Hạ tầng và đô thị | 21 | 24.300 |\n"
        "| Du lịch | 14 | 9.800 |\n| Tổng cộng | 35 | 34.100 |\n\nCuối."
    )
    layout = laid(markdown)
    assert body(layout) == (
        "Lĩnh vực             Dự án    Vốn, tỷ đồng\n"
        "──────────────────────────────────────────\n"
        "Hạ tầng và đô thị       21          24.300\n"
        "Du lịch                 14           9.800\n"
        "──────────────────────────────────────────\n"
        "Tổng cộng               35          34.100\n\nCuối. ■"
    )
    assert style_at(layout, "Lĩnh vực") == (APPEARANCE.dim, {"bold"})
    assert style_at(layout, "Tổng cộng") == (APPEARANCE.ink, {"bold"})
    assert style_at(layout, "Du lịch") == (APPEARANCE.ink, set())


def test_a_table_that_is_too_wide_is_cut_and_moves_sideways() -> None:
    row = "|".join(f" cột thứ {n} của bảng " for n in range(6))
    markdown = f"|{row}|\n|{'---|' * 6}\n|{row}|\n"
    there = laid(markdown, 59)
    assert [target.kind for target in there.targets] == [TargetKind.TABLE]
    assert all(line.endswith(" ›") for line in body(there).split("\n")[:4])
    moved = lay_out(sheet(markdown), 59, 72, APPEARANCE, {0: 16})
    assert all(line.startswith("‹ ") for line in body(moved).split("\n")[:4])
    far = lay_out(sheet(markdown), 59, 72, APPEARANCE, {0: 9999})
    assert "5 của bảng" in body(far)
    assert "›" not in body(far)


def test_a_table_that_is_a_little_too_wide_wraps_its_words_and_not_its_numbers() -> None:
    layout = laid(
        "| Loại vé | Giá | Dùng được |\n|---|---|---|\n| Vé lượt | 6.000 | 90 phút, đổi xe một lần |\n"
        "| Học sinh, người trên 60 tuổi | 0 | mọi tuyến |\n\nCuối.",
        49,
    )
    assert layout.targets == ()
    assert body(layout).split("\n")[:6] == [
        "Loại vé              Giá    Dùng được",
        "───────────────────────────────────────────",
        "Vé lượt            6.000    90 phút, đổi xe",
        "                            một lần",
        "Học sinh, người        0    mọi tuyến",
        "trên 60 tuổi",
    ]


def test_code_that_is_too_long_goes_on_further_in() -> None:
    layout = laid("```\ndef f():\n    return sum(height * cos(speed) for height, speed in waves)\n```", 49)
    assert body(layout).split("\n")[1:3] == [
        "     return sum(height * cos(speed) for",
        "         height, speed in waves)",
    ]


def test_three_dots_stand_between_parts_and_none_before_the_end() -> None:
    assert body(laid("Một.\n\n---\n\nHai.\n\n---\n")) == "Một.\n\n" + " " * 32 + "·  ·  ·\n\nHai. ■"


def test_code_keeps_its_indent_on_a_ground_of_its_own_with_no_colours() -> None:
    layout = laid("```python\ndef f():\n    return 1  # một\n```")
    assert body(layout).startswith(" def f():\n     return 1  # một")
    assert style_at(layout, "def") == (APPEARANCE.ink, {"bold"})
    assert style_at(layout, "# một") == (APPEARANCE.dim, {"italic"})
    first = layout.lines[layout.blocks[4]]
    grounds = {segment.style.bgcolor for segment in first.segments[1:] if segment.style}
    assert len(grounds) == 1
    assert cell_len(first.text) == layout.left + layout.measure


def test_a_figure_is_a_bar_a_link_its_caption_and_who_took_it() -> None:
    layout = laid('![Cầu sắt lúc chiều xuống.](https://songhong.example/p.jpg "Hoài An")\n\nCuối.')
    assert body(layout).startswith("│ [picture] Cầu sắt lúc chiều xuống. Photo:\xa0Hoài\xa0An")
    bare = body(laid('![Lúc chiều xuống](https://songhong.example/p.jpg "Hoài An")'))
    assert bare.startswith("│ [picture] Lúc chiều xuống Photo:\xa0Hoài\xa0An")
    assert style_at(layout, "[picture]") == (APPEARANCE.link, set())
    assert style_at(layout, "Cầu sắt") == (APPEARANCE.dim, {"italic"})
    assert style_at(layout, "Photo:") == (APPEARANCE.dim, set())
    assert layout.targets[0].url == "https://songhong.example/p.jpg"


@pytest.mark.parametrize("pane", range(24, 80, 3))
def test_no_line_under_a_picture_ends_in_a_dot_between_two_things(pane: int) -> None:
    layout = laid(
        '![Cầu sắt · lúc chiều xuống · nhìn từ bến](https://songhong.example/p.jpg "Hoài An · Lan Chi")', pane
    )
    assert body(layout).count("·") == 3
    assert not any(line.endswith("·") for line in body(layout).split("\n"))


def test_a_credit_that_says_what_it_is_is_not_labelled_twice() -> None:
    assert "Photo" not in body(laid('![Cầu.](https://songhong.example/p.jpg "Ảnh: Hoài An")'))


def test_a_picture_that_the_body_does_not_show_stands_over_the_text_once() -> None:
    lead = Figure("https://songhong.example/lead.jpg", "Quanh hồ sáng nay.", "Hoài An")
    shown = Figure("https://songhong.example/p.jpg", "Cầu sắt.")
    layout = laid("Đầu.\n\n![Cầu sắt.](https://songhong.example/p.jpg)\n\nCuối.", figures=(lead, shown))
    assert body(layout).count("[picture]") == 2
    assert body(layout).startswith("│ [picture] Quanh hồ sáng nay.")


def test_a_footnotes_mark_leads_to_its_note_and_the_end_mark_stands_after_the_last_one() -> None:
    layout = laid("Bản ghi nhớ[^1] được ký.\n\nCuối.\n\n[^1]: Trước đó, đoàn đã dâng *hương*.\n")
    assert "Bản ghi nhớ[1] được ký." in body(layout)
    assert text(layout).endswith("Cuối.\n\n────────────\n[1] Trước đó, đoàn đã dâng hương. ■")
    assert text(layout).count("■") == 1
    (target,) = layout.targets
    assert target.kind is TargetKind.FOOTNOTE
    assert target.note_line is not None
    assert "[1] Trước đó" in layout.lines[target.note_line].text


def test_the_end_mark_stands_under_no_heading_of_notes() -> None:
    notes = "\n\n".join(f"[^{n}]: Nguồn {n}." for n in (1, 2))
    layout = laid(f"Đầu[^1] và cuối[^2].\n\n## Ghi chú\n\n{notes}\n")
    assert text(layout).endswith("Ghi chú\n\n────────────\n[1] Nguồn 1.\n[2] Nguồn 2. ■")
    assert text(layout).count("■") == 1


def test_related_stories_are_numbered_and_say_how_they_stand() -> None:
    related = links("Hai tỉnh lập tuyến du lịch chung", "Chuỗi rau sạch mở thêm điểm nhận", section="Du lịch")
    related = (replace(related[0], published=NOW - timedelta(days=3)), related[1])
    known = {related[1].url: known_link(read=True, minutes=4)}
    layout = laid("Cuối.", links=related, known=known)
    assert text(layout).split("■", 1)[1] == (
        "\n\n\n" + "━" * 72 + "\nRelated" + " " * 56 + "2 stories\n\n"
        " 1  ● Hai tỉnh lập tuyến du lịch chung\n"
        "      Du lịch ·\xa03\xa0days ·\xa0not\xa0kept\n\n"
        " 2    Chuỗi rau sạch mở thêm điểm nhận\n"
        "      Du lịch ·\xa04\xa0min ·\xa0read ·\xa0↓\xa0kept"
    ).replace("Du lịch", "Du\xa0lịch")
    assert style_at(layout, "Hai tỉnh") == (APPEARANCE.ink, {"bold"})
    assert style_at(layout, "Chuỗi rau") == (APPEARANCE.soft, set())
    assert style_at(layout, "●") == (APPEARANCE.spot, set())
    assert [(target.kind, target.digit) for target in layout.targets] == [
        (TargetKind.RELATED, 1),
        (TargetKind.RELATED, 2),
    ]


def test_section_and_age_that_a_page_does_not_tell_of_its_related_stories_come_from_the_library() -> None:
    two_hours_ago = int((NOW - timedelta(hours=2)).timestamp())
    told = links("Một", section="Du lịch", published=NOW - timedelta(days=3))
    bare = links("Hai", "Ba", kind=LinkKind.MORE)
    library = known_link(section="Thời sự", time=two_hours_ago, minutes=4)
    layout = laid("Cuối.", links=(*told, *bare), known={told[0].url: library, bare[0].url: library})
    rows = [line.replace("\xa0", " ").strip() for line in text(layout).split("\n")]
    assert rows[rows.index("1  ● Một") + 1] == "Du lịch · 3 days · 4 min · ↓ kept"
    assert rows[rows.index("2  ● Hai") + 1] == "Thời sự · 2 h · 4 min · ↓ kept"
    assert rows[rows.index("3  ● Ba") + 1] == "not kept"
    assert style_at(layout, "Thời\xa0sự") == (APPEARANCE.dim, {"bold"})
    assert style_at(layout, "Du\xa0lịch") == (APPEARANCE.dim, set())
    narrow = text(laid("Cuối.", 39, links=bare, known={bare[0].url: library}))
    assert "      2\xa0h ·\xa04\xa0min ·\xa0↓\n" in narrow


@pytest.mark.parametrize("time", [-(10**15), -62135596800, 253402300799, 10**15])
def test_a_related_story_dated_past_the_calendar_has_no_age_or_a_date(time: int) -> None:
    related = links("Một")
    drawn = text(laid("Cuối.", links=related, known={related[0].url: known_link(time=time)}))
    assert drawn.endswith("↓\xa0kept")


@given(
    heights=st.lists(
        st.integers(0, 40) | st.sampled_from([PARTS_PER_BLOCK, 7 * PARTS_PER_BLOCK]), min_size=1, max_size=8
    ),
    share=st.floats(0, 1),
    elsewhere=st.integers(0, 10**7),
)
def test_a_place_names_its_line_whatever_the_blocks(heights: list[int], share: float, elsewhere: int) -> None:
    firsts = tuple(sum(heights[:n]) for n in range(len(heights)))
    layout = StoryLayout(lines=(LayoutLine((), ""),) * sum(heights), blocks=firsts)
    line = round(share * max(0, sum(heights) - 1))
    found = layout.line_of(layout.position_at(line))
    first, last = layout.bounds(layout.block_at(line))
    assert (
        found == line
        if last - first <= PARTS_PER_BLOCK
        else line - (last - first) // PARTS_PER_BLOCK - 1 <= found <= line + 7
    )
    assert 0 <= layout.line_of(elsewhere) <= sum(heights)


def test_numbers_go_on_through_read_more_to_nine_and_then_there_is_a_dot() -> None:
    more = links(*(f"Tin thứ {n}" for n in range(9)), kind=LinkKind.MORE, summary="Ba thế hệ trong làng. " * 20)
    layout = laid("Cuối.", links=(*links("Một", "Hai"), *more))
    assert [target.digit for target in layout.targets] == [1, 2, 3, 4, 5, 6, 7, 8, 9, None, None]
    tail = text(layout).split("Read more", 1)[1].split("\n")
    assert tail[2] == " 3  ● Tin thứ 0"
    assert tail[4].endswith("…")
    assert tail[5] == "      not\xa0kept"
    assert any(line.startswith(" ·  ● Tin thứ 8") for line in tail)


def test_in_forty_columns_sections_go_and_kept_is_its_mark_alone() -> None:
    related = links("Hai tỉnh lập tuyến du lịch chung", section="Du lịch")
    assert text(laid("Cuối.", 39, links=related, known={related[0].url: known_link()})).endswith(
        "\n      5\xa0min ·\xa0↓"
    )


def test_arabic_stands_at_the_right_edge_and_vietnamese_at_the_left() -> None:
    layout = laid("افتتحت المدينة شارعين جديدين للمشاة حول البحيرة.\n\nHồ.")
    arabic = layout.lines[layout.blocks[4]].text
    assert cell_len(arabic) == layout.left + layout.measure
    assert layout.lines[layout.blocks[5]].text == " " * layout.left + "Hồ. ■"


def test_chinese_fills_its_lines_to_the_last_pair_of_cells() -> None:
    layout = laid("港口今天重新開放市民排隊參觀新建的圖書館" * 6, 79)
    widths = [cell_len(line.text) - layout.left for line in layout.lines[layout.blocks[4] : layout.story_end - 1]]
    assert set(widths) == {72}


def test_what_has_been_read_counts_from_nothing_to_all_of_the_story() -> None:
    layout = laid("\n\n".join(f"Đoạn thứ {n} của bài." for n in range(80)), links=links("Một", "Hai"))
    assert layout.share_read(0, 20) == 0
    shares = [layout.share_read(top, 20) for top in range(layout.story_end)]
    assert shares == sorted(shares)
    assert layout.share_read(layout.story_end - 20, 20) == 1.0


def test_an_article_without_text_shows_its_lede_as_the_summary() -> None:
    bare = replace(article("", lede="Chỉ có sapo."), links=links("Một"))
    layout = lay_out(
        StoryContent(NOW, bare, paper="Le Canal", note="No story was found on this page."), 79, 72, APPEARANCE
    )
    assert "No story was found on this page.\n\nChỉ có sapo." in text(layout)
    assert layout.targets[0].digit == 1


def test_a_post_without_a_title_is_printed_once() -> None:
    said = text(laid("Sáng nay [nước ròng](https://ho.example/).", title="Sáng nay nước ròng.", lede=None))
    assert said.count("Sáng nay") == 1
    assert text(laid("Sáng nay nước ròng.", title="Nước ròng", lede=None)).count("ước ròng") == 2
