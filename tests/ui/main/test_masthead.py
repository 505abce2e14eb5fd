"""What the masthead says."""

from datetime import datetime

from reader.ui.main.masthead import RefreshProgress, StyledText, cells_of, one_pane_state, state_words

NOW = datetime(2019, 11, 16, 14, 10)  # noqa: DTZ001 (a reader's own clock on the wall)


def say(words: StyledText) -> str:
    return "".join(text for text, _ in words)


def state(*, offline: datetime | None = None, progress: RefreshProgress | None = None, errors: int = 0) -> str:
    return say(state_words(offline=offline, progress=progress, errors=errors, unread=37, kept=212, now=NOW))


def test_the_masthead_says_one_thing_the_first_that_applies() -> None:
    offline = NOW.replace(minute=2)
    assert state() == "37 unread · 212 kept offline"
    assert state(errors=5) == "5 errors !"
    assert state(errors=5, progress=RefreshProgress(37, 120, 2)) == "━" * 6 + "─" * 14 + "   37/120 · 2 errors !"
    assert state(errors=5, progress=RefreshProgress(0, 0), offline=offline) == "Offline since 14:02 · 212 stories kept"


UNREAD: StyledText = (("37 unread", "dim"),)
NEWS: StyledText = (("↑ 2 new", "spot"), ("  press ", "dim"), (".", "key"))


def beside(own: StyledText, room: int, *, errors: int = 0, progress: RefreshProgress | None = None) -> str:
    """What stands at the right of a list that is the only pane, in so many cells."""
    state = state_words(offline=None, progress=progress, errors=errors, unread=37, kept=212, now=NOW)
    ways = one_pane_state(own, state)
    return say(next((way for way in ways if cells_of(way) <= room), ways[-1]))


def test_an_error_hides_no_number_in_a_list_alone() -> None:
    assert beside(UNREAD, 60, errors=1) == "37 unread · 1 error !"
    assert beside(UNREAD, 12, errors=1) == "1 error !"
    assert beside(NEWS, 60, errors=1) == "↑ 2 new  press . · 1 error !"
    assert beside(NEWS, 20, errors=1) == "↑ 2 new  press ."


def test_a_refresh_is_seen_beside_what_is_new() -> None:
    running = RefreshProgress(3, 12, 1)
    assert beside(NEWS, 60, progress=running) == "↑ 2 new  press . · ━━━━━───────────────   3/12 · 1 error !"
    assert beside(NEWS, 30, progress=running) == "↑ 2 new  press . · 3/12"
    assert beside(UNREAD, 30, progress=running) == "37 unread · 3/12 · 1 error !"


def test_where_nothing_is_wrong_one_number_is_enough() -> None:
    assert beside(UNREAD, 60) == "37 unread · 212 kept offline"
    assert beside((("5 unread", "dim"),), 60) == "5 unread"
    assert beside(UNREAD, 20) == "37 unread"
