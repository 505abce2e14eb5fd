"""The catalogue: papers people know, by language, country and topic; several are ticked, Enter subscribes and reads."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from reader import words
from reader.errors import NewsstandError
from reader.lists import catalogue
from reader.lists.catalogue import Paper
from reader.models import Failure
from reader.store import View
from reader.text import urls
from reader.ui.base.dead_keys import AnsweringScreen
from reader.ui.base.error_boundary import ErrorBoundary
from reader.ui.base.fixed_lines import FixedLines
from reader.ui.base.host import Host
from reader.ui.base.key_names import key_of
from reader.ui.base.text_field import TextField
from reader.ui.dialogs.feed_list import preview_lines, why_not
from reader.ui.pages.catalogue_columns import CatalogueFilter, ChoicesColumn, PapersColumn, chosen_of, fitting_papers
from reader.ui.pages.page import why_dead
from reader.ui.text.cells import cut
from reader.ui.text.key_hints import fitting, hint_segments
from reader.ui.text.key_markup import sentence_lines
from reader.words import catalogue as catalogue_words
from reader.words import dialogs as dialogs_words

if TYPE_CHECKING:
    from reader.news.subscriptions import FoundFeed

SIDE_BY_SIDE = 80
"""Columns from which on both columns are shown."""

WORDY = 100
"""Columns from which on the other ways are described at length."""

PREVIEW_DELAY = 0.3
"""Seconds that the cursor rests on a paper before its server is asked for headlines."""

PREVIEW_ROWS = 8
_STEPS = {
    "j": 1,
    "down": 1,
    "k": -1,
    "up": -1,
    "pagedown": 12,
    "pageup": -12,
    "ctrl+f": 12,
    "ctrl+b": -12,
    "ctrl+d": 6,
    "ctrl+u": -6,
    "g": -9999,
    "home": -9999,
    "G": 9999,
    "end": 9999,
}


def language_of(environment: "os._Environ[str] | dict[str, str]") -> str:
    """The language of the environment where the catalogue has papers in it; "" where not. Pure."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(name):
            code = value.partition(".")[0].partition("_")[0]
            return code if any(paper.language == code for paper in catalogue.papers()) else ""
    return ""


class Catalogue(AnsweringScreen, ErrorBoundary, Screen[None], inherit_bindings=False):
    """The page of the catalogue; `Welcome` is one with another head and more ways at its foot."""

    CSS_PATH = "../theme/pages.tcss"
    AUTO_FOCUS = ""
    welcome = False

    def __init__(self, host: Host) -> None:
        super().__init__(id="welcome" if self.welcome else "catalogue")
        self.host = host
        self.appearance = host.appearance
        self._filter = CatalogueFilter(language=language_of(os.environ))
        self._previews: dict[str, FoundFeed | Failure] = {}
        self._previewing = False
        self._note = ""
        self._writing = False

    def head_rows(self) -> int:
        """Lines over the papers."""
        return 0

    def head(self, y: int, width: int) -> list[Segment]:
        """Draw one of them."""
        return []

    def other_entrances(self, narrow: bool) -> list[tuple[str, str]]:
        """Other ways than the catalogue, in a line above the keys."""
        return []

    def compose(self) -> ComposeResult:
        """Head, bar with the field, the two columns with the preview, keys."""
        self._head = FixedLines(self.head, self.appearance, self.head_rows())
        self._bar = FixedLines(self._bar_line, self.appearance, 1)
        self._field = TextField(id="find")
        self._choices = ChoicesColumn(self.appearance, self._moved, self._chose)
        self._papers = PapersColumn(self.appearance, self._moved)
        self._preview = FixedLines(self._preview_line, self.appearance, PREVIEW_ROWS)
        self._foot = FixedLines(self._foot_line, self.appearance, 2)
        yield self._head
        with Horizontal(id="bar"):
            yield self._bar
            yield self._field
        yield FixedLines(self._rule if not self.welcome else lambda y, width: [], self.appearance, 1)
        with Horizontal(id="columns"):
            yield self._choices
            with Vertical():
                yield self._papers
                yield self._preview
        yield self._foot

    def on_mount(self) -> None:
        """Show the papers in the reader's language, the cursor on the first."""
        self._preview.display = False
        self._papers.subscribed = {urls.canonical(source.url): source for source in self.host.sources.values()}
        self._chose(self._filter)
        self.set_focus(self._papers)
        self._fit()

    def on_resize(self) -> None:
        """Another size."""
        self._fit()

    def _fit(self) -> None:
        self._head.styles.height = self.head_rows()
        both = self.app.size.width >= SIDE_BY_SIDE
        self._choices.display = both or self._choices.has_focus
        self.query_one("#columns Vertical").display = both or not self._choices.has_focus
        self._field.styles.width = 24 if both else 14
        self._choices.styles.width = max(24, min(32, self.app.size.width // 4)) if both else "1fr"
        self._foot.styles.height = self._foot_rows()
        self._preview.styles.height = min(PREVIEW_ROWS, max(4, self.app.size.height // 3))
        self._draw()

    def _draw(self) -> None:
        for part in self.query(FixedLines):
            part.refresh()

    def _chose(self, chosen: CatalogueFilter) -> None:
        self._filter = chosen
        if self._field.value.strip() != chosen.typed.strip():
            self._field.value = chosen.typed
        papers = catalogue.papers()
        self._choices.show(papers, chosen)
        self._papers.show(fitting_papers(papers, chosen))
        self._moved()

    def _moved(self) -> None:
        paper = self._papers.here
        self._note = ""
        if self._previewing and paper is not None and paper.feed not in self._previews:
            self.run_worker(self._load_preview(paper), group="preview", exclusive=True, exit_on_error=False)
        self._draw()

    async def _load_preview(self, paper: Paper) -> None:
        await asyncio.sleep(PREVIEW_DELAY)
        loader = await self.host.session.loader()
        from reader.news.subscriptions import FoundFeed, fetch_offer

        self._previews[paper.feed] = await fetch_offer(loader, FoundFeed(paper.feed, paper.name, None, None))
        self._draw()

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """A preview has failed: an unforeseen error."""
        if event.state is WorkerState.ERROR:
            self._say(words.error_message(event.worker.error))

    def _say(self, sentence: str) -> None:
        self._note = sentence
        self._draw()

    def on_input_changed(self, event: "TextField.Changed") -> None:
        """Find while it is typed: among all papers, accents folded."""
        event.stop()
        if event.value.strip() != self._filter.typed.strip():
            self._chose(replace(self._filter, typed=event.value))

    def on_input_submitted(self, event: "TextField.Submitted") -> None:
        """To the papers that were found."""
        event.stop()
        self._go(self._papers)

    def on_descendant_focus(self) -> None:
        """Other keys; on a narrow screen, another column."""
        self._fit()

    def _go(self, widget: "PapersColumn | ChoicesColumn | TextField") -> None:
        widget.display = True
        self.query_one("#columns Vertical").display = True
        self.set_focus(widget)

    def on_key(self, event: events.Key) -> None:
        """What a key does, by where the focus is."""
        key = key_of(event.key, event.character)
        event.stop()
        event.prevent_default()
        if not (self._typed(event.key) if self._field.has_focus else self._press(key)):
            self.say_why(why_dead(key, self.host.session.config.commands))

    def draw_answer(self) -> None:
        """Draw the foot anew."""
        self._foot.refresh()

    def _typed(self, key: str) -> bool:
        if key == "escape":
            self._chose(replace(self._filter, typed=""))
            self._go(self._papers)
        elif key in ("down", "tab"):
            self._go(self._papers)
        else:
            return False
        return True

    def _press(self, key: str) -> bool:
        on_choices = self._choices.has_focus
        column = self._choices if on_choices else self._papers
        if key in _STEPS:
            column.move(_STEPS[key])
        elif key in ("tab", "shift+tab"):
            self._go(self._papers if on_choices else self._choices)
        elif key == "/":
            self._go(self._field)
        elif on_choices and key in ("space", "enter"):
            self._choices.choose()
            if key == "enter":
                self._go(self._papers)
        elif on_choices and key in ("l", "right"):
            self._go(self._papers)
        else:
            return (not on_choices and self._press_paper(key)) or self._press_page(key)
        return True

    def _press_paper(self, key: str) -> bool:
        if key == "space":
            self._papers.tick()
            self._papers.move(1)
        elif key == "enter":
            self._subscribe()
        elif key in ("l", "right"):
            self._papers.open_sections(True)
        elif key in ("h", "left"):
            if not self._papers.open_sections(False):
                self._go(self._choices)
        elif key == "v":
            self._previewing = not self._previewing
            self._preview.display = self._previewing
            self._moved()
            self.call_after_refresh(self._papers.snap_cursor)
        else:
            return False
        return True

    def _press_page(self, key: str) -> bool:
        if key == "escape" and self._filter.typed:
            self._chose(replace(self._filter, typed=""))
        elif key in ("escape", "q", "backspace"):
            self.leave(key)
        elif any(key in command.keys for command in self.host.session.config.commands if command.id == "help"):
            self.open_help()
        elif key == "a":
            self.add()
        elif key == "i":
            self.open_import()
        else:
            return False
        return True

    def leave(self, key: str) -> None:
        """Back to reading."""
        self.dismiss()

    def open_help(self) -> None:
        """All keys; leaving them leads back here."""
        from reader.ui.pages.help import Help

        self.app.push_screen(Help(self.host, over_panes=False))

    def add(self) -> None:
        """Paste an address."""
        from reader.ui.dialogs.add_source import AddSource

        self.app.push_screen(AddSource(self.host), self._done)

    def open_import(self) -> None:
        """Import a list of another reader."""
        from reader.ui.dialogs.import_list import ImportList

        self.app.push_screen(ImportList(self.host), self._done)

    def _done(self, done: bool | None) -> None:
        if done:
            self.dismiss()

    def _subscribe(self) -> None:
        chosen = list(self._papers.ticked.values())
        here = self._papers.here
        if not chosen and here is not None:
            known = self._papers.known(here)
            if known is not None:
                self.host.open_view(View("source", source=known.id))
                self.host.say(dialogs_words.known(known.title))
                self.dismiss()
                return
            chosen = [here]
        if chosen and not self._writing:
            self._writing = True
            self.host.start(self._subscribed(chosen), "subscribe")

    async def _subscribed(self, chosen: Sequence[Paper]) -> None:
        """Write it, beside the keys; then read, while the headlines come."""
        from reader.news.subscriptions import FoundFeed, of_catalogue, subscribe_all

        all_papers = catalogue.papers()
        seen = {feed: found for feed, found in self._previews.items() if isinstance(found, FoundFeed)}
        requests = [of_catalogue(chosen_of(paper, all_papers), fetched=seen.get(paper.feed)) for paper in chosen]
        session = self.host.session
        try:
            done = await session.library.writing(subscribe_all, session.library, requests, session.clock())
        except NewsstandError as error:
            self._say(str(error))
            return
        finally:
            self._writing = False
        sources = [one.source for one in done]
        self.host.sources = self.host.sources | {source.id: source for source in sources}
        self.host.changed()
        only = sources[0] if len(sources) == 1 else None
        self.host.open_view(View("source", source=only.id) if only else View("unread"))
        said = dialogs_words.subscribed_to(only.title) if only else dialogs_words.subscribed_many(len(sources))
        self.host.say(said)
        self.host.fetch([source.id for source in sources], said)
        if self.is_attached:
            self.dismiss()

    def _rule(self, y: int, width: int) -> list[Segment]:
        appearance = self.appearance()
        return [Segment(appearance.glyphs.thin * width, appearance.style(appearance.rule))]

    def _bar_line(self, y: int, width: int) -> list[Segment]:
        appearance = self.appearance()
        title, ticked = catalogue_words.catalogue_title(self.welcome), len(self._papers.ticked)
        beside = catalogue_words.chosen(ticked) if ticked else catalogue_words.papers(len(catalogue.papers()))
        find = catalogue_words.find() + " "
        room = width - 2 - cell_len(title) - 3 - len(find)
        beside = cut(beside, max(0, room))
        gap = max(0, room - cell_len(beside))
        return [
            Segment(f"  {title}", appearance.style(appearance.bright, bold=True)),
            Segment(f"   {beside}", appearance.style(appearance.dim)),
            Segment(" " * gap + find, appearance.style(appearance.dim)),
        ]

    def _preview_line(self, y: int, width: int) -> list[Segment]:
        appearance, paper = self.appearance(), self._papers.here
        if y == 0:
            return self._rule(y, width)
        if paper is None:
            return []
        edge, room = Segment("   ", appearance.style(appearance.ink)), width - 5
        preview = self._previews.get(paper.feed)
        if isinstance(preview, Failure):
            why = why_not(preview, self.host.session.now())
            lines = sentence_lines(f"{why} {dialogs_words.can_subscribe_anyway()}", room, appearance)
        elif preview is None or preview.feed is None:
            lines = sentence_lines(dialogs_words.asking(urls.host(paper.feed)), room, appearance)
        elif not preview.feed.entries:
            lines = sentence_lines(dialogs_words.no_headlines(), room, appearance)
        else:
            rows, now = self._preview.size.height - 1, self.host.session.now()
            lines = preview_lines(preview.feed, room, rows, appearance, now, appearance.paper)
        return [edge, *lines[y - 1]] if y <= len(lines) else []

    def _foot_rows(self) -> int:
        if not self.other_entrances(narrow=False):
            return 2
        return 4 if self.app.size.height >= 30 else 3

    def _foot_line(self, y: int, width: int) -> list[Segment]:
        appearance = self.appearance()
        edge = Segment("  ", appearance.style(appearance.ink))
        last = self._foot_rows() - 1
        if y == 0:
            return self._rule(y, width)
        ways = self.other_entrances(narrow=width < WORDY)
        if y == 1 and ways:
            return hint_segments(fitting(ways, width - 4), appearance)
        if y != last:
            return []
        if self.answer:
            return [edge, Segment(cut(self.answer, width - 4), appearance.style(appearance.ink))]
        if self._note:
            alarm = Segment(f"{appearance.glyphs.warning} ", appearance.style(appearance.spot, bold=True))
            return [edge, alarm, Segment(cut(self._note, width - 6), appearance.style(appearance.ink))]
        where = "find" if self._field.has_focus else "choices" if self._choices.has_focus else "papers"
        keys = catalogue_words.catalogue_keys(
            where,
            len(self._papers.ticked),
            welcome=self.welcome,
            preview=self._previewing,
            narrow=width < SIDE_BY_SIDE,
        )
        return hint_segments(fitting(keys, width - 4), appearance)
