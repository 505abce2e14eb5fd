"""The log's page: it opens on its last lines, and no frame before that shows it at another width."""

from pathlib import Path

import pytest

from reader.ui.pages import log as log_module
from reader.ui.pages.page import ScrollingLines
from tests.ui.app_driver import OpenReader
from tests.ui.dialog_driver import press


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The width of the column and the first line in view of each time that lines of the page were painted."""
    seen: list[tuple[int, int]] = []
    paint = ScrollingLines.render_line

    def watched(view: ScrollingLines, y: int) -> object:
        if y == 0 and view._lines:
            seen.append((len("".join(part.text for part in view._lines[0])), round(view.scroll_y)))
        return paint(view, y)

    monkeypatch.setattr(ScrollingLines, "render_line", watched)
    return seen


@pytest.mark.parametrize("columns", [80, 120])
async def test_the_log_opens_on_its_last_lines_at_its_own_width_from_the_first_frame_on(
    open_reader: OpenReader, drawn: list[tuple[int, int]], tmp_path: Path, columns: int
) -> None:
    file = tmp_path / "newsstand.log"
    file.write_text(
        "".join(f"2019-11-16 14:0{n % 10}:00,000 INFO newsstand: {n} crates of herring\n" for n in range(99))
    )
    async with open_reader(columns=columns, rows=24) as reader:
        reader.app.push_screen(log_module.LogPage(reader.app.main_screen.appearance, file))
        await reader.wait_until_idle()
        assert "98 crates of herring" in reader.text
        assert drawn
        assert {width > 20 for width, _ in drawn} == {True}, "one letter below another"
        assert min(top for _, top in drawn) > 50, "the beginning is not shown first"
        await press(reader, "k", "k")
        await reader.pilot.resize_terminal(columns - 1, 24)
        await reader.wait_until_idle()
        assert "98 crates of herring" not in reader.text, "another size leaves the place one is at"
