"""Moving through lines: by so many, by a share of the pane, to either end. Knows nothing of what the lines say."""

from textual.scroll_view import ScrollView

OVERLAP = 2
"""Lines that stay in sight when a page is turned."""


class Scrolling(ScrollView):
    """A pane of lines that moves at once, and no further than they go."""

    def _go(self, line: float) -> None:
        self.scroll_to(y=line, animate=False, force=True)

    def scroll_lines(self, step: int) -> None:
        """Move by lines."""
        self._go(self.scroll_offset.y + step)

    def scroll_pages(self, share: float) -> None:
        """Move by so much of a page; a whole page leaves two lines of the old one in sight."""
        step = round(abs(share) * self.size.height)
        step = max(1, min(step, self.size.height - OVERLAP))
        self._go(self.scroll_offset.y + (step if share > 0 else -step))

    def to_top(self) -> None:
        """Go to the first line."""
        self._go(0)

    def to_end(self) -> None:
        """Go to the last line."""
        self._go(self.max_scroll_y)
