"""What nobody foresaw is a line in the footer and a page in the log; the reader goes on, until it is too much."""

import logging

import pytest

from reader.ui.base.error_boundary import AT_MOST, ErrorCount
from tests.ui.app_driver import OpenReader

Pages = dict[str, int]


async def test_a_fault_that_textual_hands_over_is_told_and_logged_and_the_keys_still_work(
    open_reader: OpenReader, two_papers: Pages, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_reader() as reader:
        reader.app.goes_on = True
        with caplog.at_level(logging.ERROR, logger="newsstand.ui"):
            reader.app._handle_exception(RuntimeError("a bug in drawing"))  # as its compositor, timers and idling do
            await reader.wait_until_idle()
        assert "the log" in reader.text
        assert "Nothing you marked is lost" in reader.text
        assert "a bug in drawing" not in reader.text
        assert "a bug in drawing" in caplog.text
        await reader.press("escape", "question_mark")
        assert "Keyboard shortcuts" in reader.text


async def test_a_fault_in_what_a_key_does_leaves_the_screen_answering(
    open_reader: OpenReader, two_papers: Pages, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_reader() as reader:
        reader.app.goes_on = True
        with monkeypatch.context() as broken:
            broken.setattr("reader.ui.main.keys.KeyReader.press", lambda *_: 1 / 0)
            await reader.press("j")
        assert "Nothing you marked is lost" in reader.text
        await reader.press("escape", "enter")
        assert reader.app.main_screen.pane_name == "article"


async def test_what_happens_again_and_again_ends_the_reader_with_a_sentence(
    open_reader: OpenReader, two_papers: Pages
) -> None:
    async with open_reader() as reader:
        reader.app.goes_on = True
        for _ in range(AT_MOST + 1):
            assert reader.app.unforeseen(RuntimeError("again"))
        assert reader.app.failed is not None
        assert "Nothing you marked is lost" in reader.app.failed


def test_faults_are_counted_over_a_stretch_of_time() -> None:
    now = 0.0
    faults = ErrorCount(lambda: now)
    assert not any(faults.too_many() for _ in range(AT_MOST))
    assert faults.too_many()
    now = 60.0
    assert not faults.too_many()
