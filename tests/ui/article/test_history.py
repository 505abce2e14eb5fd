"""The trail: walking on, back and forward, and what of it is shown above a story."""

from reader.ui.article.history import History, HistoryEntry

BUS = HistoryEntry("https://a.example/1", "Xe buýt điện chạy thử quanh hồ")
WALK = HistoryEntry("https://a.example/2", "Phố đi bộ mở thêm hai tuyến")
TOWNS = HistoryEntry("https://a.example/3", "Hà Nội – Thanh Hóa hợp tác")


def test_one_walks_on_and_back_and_forward() -> None:
    history = History().start(BUS).push(WALK).push(TOWNS)
    back = history.moved(-1)
    assert back is not None
    assert back.current == WALK
    forward = back.moved(1)
    assert forward is not None
    assert forward.current == TOWNS
    assert history.moved(1) is None
    assert History().start(BUS).moved(-1) is None


def test_another_way_from_the_middle_forgets_what_lay_ahead() -> None:
    back = History().start(BUS).push(WALK).moved(-1)
    assert back is not None
    assert back.push(TOWNS).entries == (BUS, TOWNS)


def test_the_place_is_kept_for_each_story() -> None:
    history = History().start(BUS).with_current(reading_position=7).push(WALK).with_current(reading_position=2)
    back = history.moved(-1)
    assert back is not None
    assert back.current is not None
    assert back.current.reading_position == 7


def test_parents_are_cut_to_17_cells_at_a_word_and_at_most_two_are_shown() -> None:
    history = History().start(HistoryEntry("https://a.example/0", "The oldest")).push(BUS).push(WALK).push(TOWNS)
    assert history.titles(80) == (("Xe buýt điện…", "Phố đi bộ mở…"), "Hà Nội – Thanh Hóa hợp tác")


def test_where_it_is_tight_the_oldest_parents_go_first() -> None:
    history = History().start(BUS).push(WALK).push(TOWNS)
    parents, title = history.titles(30)
    assert parents == ("Phố đi bộ mở…",)
    assert title == "Hà Nội –…" or title.startswith("Hà Nội")
