"""The app: its themes, its one session, its main screen, which it gives its commands and its first page."""

import gc
import logging
import os
import sys
import time
from collections.abc import Callable, Sequence
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import Any

from textual.binding import Binding
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.theme import Theme

from reader import shutdown, words
from reader.config import Config
from reader.store import Library
from reader.ui.base.error_boundary import ErrorCount
from reader.ui.base.key_order import KeyOrder
from reader.ui.base.session import Session
from reader.ui.main.screen import MainScreen, RunCommand
from reader.ui.spare_memory import SpareMemory
from reader.ui.text.cells import use_ellipsis
from reader.ui.text.line_filter import InertLines
from reader.ui.theme.terminal import depth_of, glyphs_of
from reader.ui.theme.textual_caches import bound_caches
from reader.ui.theme.theme import Appearance, appearance_of, is_dark, terminal_theme, themes, variable_defaults
from reader.words import datetimes

_log = logging.getLogger("newsstand.ui")

BACKUP_AFTER = 3.0
"""Seconds after the start until a backup is made, where one is due: the first screen stands, the first refresh runs."""


class NewsstandApp(KeyOrder, inherit_bindings=False):
    """A newspaper kiosk in the terminal."""

    TITLE = "Newsstand"
    CSS_PATH = "theme/reader.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS = [  # noqa: RUF012 (Textual's own way)
        Binding("ctrl+q", "leave", show=False, priority=True),
        Binding("ctrl+c", "copy_or_leave", show=False, priority=True),
    ]

    def __init__(
        self,
        library_path: Path,
        config: Config,
        *,
        clock: Callable[[], float] = time.time,
        zone: tzinfo | None = None,
        offline: bool = False,
        note: str | None = None,
    ) -> None:
        """Open the library, or make it. LibraryError and LibraryTooNew pass to whoever asked."""
        self._depth, self._glyphs = (
            depth_of(os.environ, config.reader.theme),
            glyphs_of(os.environ, config.reader.icons),
        )
        if not os.environ.get("NO_COLOR"):
            os.environ.pop("NO_COLOR", None)  # to Textual it counts when it is empty, too
        bound_caches()
        super().__init__(ansi_color=True if self._depth == "ansi" else None)
        library = Library(library_path, clock=clock, backups=lambda: config.library.backups)
        self.session = Session(library, config, clock, zone, offline)
        self.animation_level = "none"
        self.note = note
        self.goes_on: bool | None = None
        self.failed: str | None = None
        self._errors = ErrorCount()
        self._inert = InertLines()
        self._spare_memory = SpareMemory()
        self._appearance: Appearance | None = None
        self._variables_in_use: dict[str, str] | None = None
        datetimes.use(config.reader.dates, config.reader.clock)
        use_ellipsis(self._glyphs.ellipsis)
        self._use_theme(config.reader.theme)
        self.session.watchers.append(self._settings_changed)

    def _use_theme(self, wanted: str) -> None:
        """Take a theme of the settings, in as many colours as the terminal has."""
        for theme in themes(self._depth):
            self.register_theme(theme)
        self.register_theme(terminal_theme(dark=is_dark(os.environ, wanted=wanted != "light")))
        if self._depth == "ansi":
            wanted = "terminal"
        name = f"newsstand-{wanted}" if f"newsstand-{wanted}" in self.available_themes else wanted
        self.theme = name if name in self.available_themes else "newsstand-dark"

    def _settings_changed(self, before: Config, after: Config) -> None:
        """Show a setting that was changed: the main screen, which comes next, draws by what is taken here."""
        old, new = before.reader, after.reader
        if new.icons != old.icons:
            self._glyphs = glyphs_of(os.environ, new.icons)
            self._appearance = None
            use_ellipsis(self._glyphs.ellipsis)
        datetimes.use(new.dates, new.clock)
        words.use_keys(after.commands)
        if new.theme != old.theme:
            self._depth = depth_of(os.environ, new.theme)
            self.ansi_color = True if self._depth == "ansi" else None
            self._use_theme(new.theme)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Our colours for Textual's own themes, which have none of them."""
        theme = self.current_theme
        return {} if theme.name.startswith("newsstand-") else variable_defaults(theme)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, and the last look at what is drawn."""
        return [*super().get_line_filters(), self._inert]

    def appearance(self) -> Appearance:
        """The colours in use."""
        if self._appearance is None or self._variables_in_use is not self.theme_variables:
            if not self.theme_variables:
                self.get_css_variables()
            self._variables_in_use = self.theme_variables
            self._appearance = appearance_of(self.theme_variables, ansi=self.current_theme.ansi, glyphs=self._glyphs)
        return self._appearance

    def get_default_screen(self) -> MainScreen:
        """The three panes."""
        self.main_screen = MainScreen(
            self.session, self.appearance, _load_commands, _welcome, self.take_keys, self.note
        )
        return self.main_screen

    def get_driver_class(self) -> type[Driver]:
        """Return the driver that a terminal which closes does not keep from ending, where there are such terminals."""
        if sys.platform == "win32" or "TEXTUAL_DRIVER" in os.environ:
            return super().get_driver_class()
        from reader.ui.base.terminal_driver import TerminalDriver

        return TerminalDriver

    def on_mount(self) -> None:
        """Draw anew whenever the theme is another; collect garbage again once the first screen stands."""
        self.set_timer(1.0, _collect_garbage)
        self.set_interval(1.0, lambda: self._spare_memory.look(self.last_key))
        self.set_timer(BACKUP_AFTER, self.session.backups.make_due)
        self.set_interval(3600, self.session.backups.make_due)  # for a reader that is never closed
        self.theme_changed_signal.subscribe(self, self._themed)

    def _themed(self, theme: Theme) -> None:
        self.main_screen.restyle()

    def leave(self) -> None:
        """Quit, from wherever one is; also before there is anything to be seen."""
        main = getattr(self, "main_screen", None)
        if main is None:
            self.exit()
        else:
            main.leave()

    def exit(self, *given: Any, **more: Any) -> None:
        """Leave: what is written from now on tells nobody when it fails. Where nothing else is wanted, the process
        ends, and soon."""
        self.session.library.leave()
        if self.session.wanted is None:
            shutdown.begin()
        super().exit(*given, **more)

    def action_leave(self) -> None:
        """Quit."""
        self.leave()

    def action_copy_or_leave(self) -> None:
        """Copy what is selected; quit, where nothing is."""
        selected = self.screen.get_selected_text()
        if selected:
            self.copy_to_clipboard(selected)
        else:
            self.leave()

    def unforeseen(self, error: Exception) -> bool:
        """Log an unforeseen error, and say so in the footer. False where it is to end the app: in tests without a
        terminal, unless `goes_on` says otherwise, and where it happens again and again (then `failed` says why)."""
        _log.error("unforeseen", exc_info=error)
        if not (not self.is_headless if self.goes_on is None else self.goes_on):
            return False
        if self._errors.too_many() or not self.main_screen.is_mounted:
            self.failed = words.gave_up(self.session.log_path)
            self.exit()
        else:
            self.main_screen.say(words.error_message(error), "error")
        return True

    def _handle_exception(self, error: Exception) -> None:
        if not self.unforeseen(error):
            super()._handle_exception(error)

    async def on_unmount(self) -> None:
        """Close the story loader and the library: nothing is left behind."""
        await self.session.close()


def _load_commands(screen: MainScreen) -> RunCommand:
    from reader.ui.commands import run

    return partial(run, screen)


def _welcome(screen: MainScreen) -> Screen[None]:
    from reader.ui.pages.welcome import Welcome

    return Welcome(screen)


def _collect_garbage() -> None:
    """Go on collecting, but never look again at what the start made: it stays."""
    gc.freeze()
    gc.enable()
