"""The trail: walking on, back and forward, and what of it is shown above a story."""

from reader.ui.article.history import Stop, Trail

BUS = Stop("https://a.example/1", "Xe buýt điện chạy thử quanh hồ")
WALK = Stop("https://a.example/2", "Phố đi bộ mở thêm hai tuyến")
TOWNS = Stop("https://a.example/3", "Hà Nội – Thanh Hóa hợp tác")


def test_one_walks_on_and_back_and_forward() -> None:
    trail = Trail().begin(BUS).follow(WALK).follow(TOWNS)
    back = trail.moved(-1)
    assert back is not None
    assert back.here == WALK
    forward = back.moved(1)
    assert forward is not None
    assert forward.here == TOWNS
    assert trail.moved(1) is None
    assert Trail().begin(BUS).moved(-1) is None


def test_another_way_from_the_middle_forgets_what_lay_ahead() -> None:
    back = Trail().begin(BUS).follow(WALK).moved(-1)
    assert back is not None
    assert back.follow(TOWNS).stops == (BUS, TOWNS)


def test_the_place_is_kept_for_each_story() -> None:
    trail = Trail().begin(BUS).changed(place=7).follow(WALK).changed(place=2)
    back = trail.moved(-1)
    assert back is not None
    assert back.here is not None
    assert back.here.place == 7


def test_parents_are_cut_to_17_cells_at_a_word_and_at_most_two_are_shown() -> None:
    trail = Trail().begin(Stop("https://a.example/0", "The oldest")).follow(BUS).follow(WALK).follow(TOWNS)
    assert trail.titles(80) == (("Xe buýt điện…", "Phố đi bộ mở…"), "Hà Nội – Thanh Hóa hợp tác")


def test_where_it_is_tight_the_oldest_parents_go_first() -> None:
    trail = Trail().begin(BUS).follow(WALK).follow(TOWNS)
    parents, title = trail.titles(30)
    assert parents == ("Phố đi bộ mở…",)
    assert title == "Hà Nội –…" or title.startswith("Hà Nội")
