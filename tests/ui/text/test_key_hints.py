from reader.ui.text.key_hints import fitting, hint_cells

KEYS = [("j", "down"), ("k", "up"), ("Enter", "open"), ("?", "all keys")]


def test_keys_that_do_not_fit_go_from_the_end_but_for_the_last() -> None:
    assert fitting(KEYS, 80) == KEYS
    assert fitting(KEYS, 27) == [("j", "down"), ("k", "up"), ("?", "all keys")]
    assert fitting(KEYS, 0) == [("?", "all keys")]
    assert fitting([], 80) == []


def test_what_fits_is_never_wider_than_the_room() -> None:
    for width in range(hint_cells(KEYS[-1]), 60):
        shown = fitting(KEYS, width)
        assert sum(map(hint_cells, shown)) + 3 * (len(shown) - 1) <= width
