"""Which keys the footer shows."""

from hypothesis import given
from hypothesis import strategies as st

from reader.commands import PaneName
from reader.ui.main.footer import hints
from reader.ui.main.layout import PANES


def test_the_footer_drops_from_the_right_but_all_keys_is_always_there() -> None:
    wide, narrow = hints("headlines", 200), hints("headlines", 60)
    assert wide[:2] == [("Enter", "open"), ("n", "next unread")]
    assert narrow[-1] == ("?", "all keys")
    assert narrow[:-1] == wide[: len(narrow) - 1]
    assert hints("article", 10) == [("?", "all keys")]


@given(st.integers(20, 200), st.sampled_from(PANES))
def test_the_footer_always_fits(width: int, pane: PaneName) -> None:
    shown = hints(pane, width)
    assert sum(len(key) + 1 + len(label) for key, label in shown) + 3 * (len(shown) - 1) + 4 <= width or len(shown) == 1
