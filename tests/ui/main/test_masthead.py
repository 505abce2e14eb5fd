"""What the masthead says."""

from datetime import datetime

from reader.ui.main.masthead import RefreshProgress, StyledText, state_words

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
