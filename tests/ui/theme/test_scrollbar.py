"""The hairline scrollbar: a heavy stretch on a thin rule, at an end only at that end."""

from hypothesis import given
from hypothesis import strategies as st
from rich.color import Color

from reader.ui.theme.scrollbar import ThinScrollbar, ThinScrollbarWithTrack, thumb


@given(st.integers(1, 200), st.integers(1, 5000), st.integers(1, 200), st.data())
def test_the_thumb_is_always_in_its_track_and_touches_an_end_only_there(
    size: int, total: int, seen: int, data: st.DataObject
) -> None:
    position = data.draw(st.integers(0, max(0, total - seen)))
    start, end = thumb(size, total, seen, position)
    if total <= seen:
        assert (start, end) == (0, 0)
        return
    assert 0 <= start < end <= size
    if size - (end - start) >= 2:
        assert (start == 0) == (position == 0)
        assert (end == size) == (position == total - seen)


def rows(kind: type[ThinScrollbar], position: int, virtual: int = 40) -> list[str]:
    bar = kind.render_bar(
        10, virtual, 10, position, back_color=Color.parse("#191816"), bar_color=Color.parse("#7E786D")
    )
    return [segment.text for segment in bar.segments]


def test_the_articles_track_is_blank_and_the_lists_is_a_rule() -> None:
    assert rows(ThinScrollbar, 0) == ["┃"] * 2 + [" "] * 8
    assert rows(ThinScrollbarWithTrack, 30) == ["│"] * 8 + ["┃"] * 2
    assert rows(ThinScrollbarWithTrack, 0, virtual=10) == ["│"] * 10


def test_a_click_above_or_below_the_thumb_scrolls_and_on_it_grabs() -> None:
    bar = ThinScrollbarWithTrack.render_bar(
        6, 60, 20, 20, back_color=Color.parse("#191816"), bar_color=Color.parse("#7E786D")
    )
    actions = [segment.style.meta["@mouse.down"] for segment in bar.segments if segment.style]
    assert actions == ["scroll_up"] * 2 + ["grab"] * 2 + ["scroll_down"] * 2


def test_the_rule_is_fainter_than_the_thumb() -> None:
    bar = ThinScrollbarWithTrack.render_bar(
        3, 30, 10, 0, back_color=Color.parse("#191816"), bar_color=Color.parse("#7E786D")
    )
    track = bar.segments[-1].style
    assert track is not None
    assert track.color is not None
    red = track.color.get_truecolor().red
    assert 0x30 <= red <= 0x45
