"""Lines that are drawn by a function: titles, rules and key lines of pages and dialogs."""

from collections.abc import Callable

from rich.segment import Segment
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from reader.ui.text.clicks import press_clicked
from reader.ui.theme.theme import Appearance


class FixedLines(Widget, can_focus=False):
    """Lines that are drawn, neither typed into nor scrolled: `draw` gets the line and the width, edges included."""

    ALLOW_SELECT = False
    on_panel = False
    """Whether they lie on a dialog, which has a ground of its own."""

    def __init__(
        self, draw: Callable[[int, int], list[Segment]], appearance: Callable[[], Appearance], height: int | None = 1
    ) -> None:
        """`height` None: as high as there is room."""
        super().__init__()
        self._draw = draw
        self._appearance = appearance
        self.styles.height = "1fr" if height is None else height

    def on_click(self, event: events.Click) -> None:
        """A click on a key presses it."""
        press_clicked(self, event)

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        appearance, width = self._appearance(), self.size.width
        ground = (
            appearance.style(appearance.ink, bg=appearance.panel) if self.on_panel else appearance.style(appearance.ink)
        )
        return Strip(self._draw(y, width)).adjust_cell_length(width, ground)


class PanelLines(FixedLines, can_focus=False):
    """Such lines on a dialog."""

    on_panel = True
