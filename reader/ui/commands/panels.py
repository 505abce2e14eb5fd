"""Commands that find, explain and leave."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.ui.main.screen import Panes


class Finding:
    """Opens what floats over the panes; leaves them."""

    def __init__(self, screen: "Panes") -> None:
        self._screen = screen

    def do_palette(self) -> None:
        from reader.ui.dialogs.palette import Palette

        self._screen.app.push_screen(Palette(self._screen), self._from_palette)

    def _from_palette(self, chosen: Callable[[], None] | None) -> None:
        if chosen is not None:
            chosen()

    def do_help(self) -> None:
        from reader.ui.pages.help import Help

        self._screen.app.push_screen(Help(self._screen.app.look, self._screen.session.config.commands))

    def do_narrow(self) -> None:
        self._screen.narrow()

    def do_log(self) -> None:
        from reader.ui.pages.log import LogPage

        self._screen.app.push_screen(LogPage(self._screen.app.look, self._screen.session.log_path))

    def do_escape(self) -> None:
        self._screen.article_pane.leave_link()
        if self._screen.stories.stop_rest():
            return
        if not self._screen.footer.dismiss() and self._screen.pane != "article":
            self._screen.headlines.lift()

    def do_quit_back(self) -> None:
        if self._screen.pane == "article":
            self._screen.focus_pane("headlines")
        else:
            self.do_quit()

    def do_quit(self) -> None:
        self._screen.app.leave()
