"""What lists that scroll stand on: lines drawn one by one (Textual's line API), beside a thin scrollbar."""

from collections.abc import Callable

from textual.scroll_view import ScrollView

from reader.ui.theme.scrollbar import use_thin_scrollbar
from reader.ui.theme.theme import Appearance


class LinesView(ScrollView, can_focus=True, inherit_bindings=False):
    """A pane or column of lines, without key bindings and without selection of text. A subclass draws its lines."""

    ALLOW_SELECT = False
    track = False
    """Whether the scrollbar is a rule along the whole pane, until `show_track` says otherwise."""

    def __init__(self, appearance: Callable[[], Appearance], *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        """`appearance` gives the colours in use."""
        super().__init__(id=id)
        self._appearance = appearance

    def on_mount(self) -> None:
        """Have a thin scrollbar from the first line on."""
        self.show_track(self.track)

    def show_track(self, shown: bool) -> None:
        """Draw the scrollbar as a rule along the whole pane, or its thumb alone.

        The rule is for where another pane is on the right.
        """
        use_thin_scrollbar(self, self._appearance().glyphs, track=shown)

    def reveal(self, first: int, last: int) -> None:
        """Scroll as little as shows the lines from `first` to `last`. Nothing, while the pane has no height yet."""
        top, height = round(self.scroll_y), self.size.height
        if not height:
            return
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif last >= top + height:
            self.scroll_to(y=last - height + 1, animate=False)
