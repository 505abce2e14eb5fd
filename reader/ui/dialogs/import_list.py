"""Bringing a list from another reader: OPML, or newsboat's urls file; what is in it is told before anything is written.

Where newsboat's cache.db lies beside the list, its read and starred marks come along if one wants them.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.strip import Strip
from textual.widget import Widget

from reader.errors import NewsstandError
from reader.store import View
from reader.text import urls
from reader.ui.base.fixed_lines import PanelLines
from reader.ui.base.host import Host
from reader.ui.base.text_field import TextField
from reader.ui.dialogs.dialog import Dialog, on_ground, padding, title_line
from reader.ui.text.cells import cut, pad
from reader.ui.text.key_markup import sentence_lines
from reader.words import dialogs as dialogs_words
from reader.words import subscriptions as subscriptions_words
from reader.words.failures import cannot_read

if TYPE_CHECKING:
    from reader.lists.opml import Subscriptions
    from reader.news.subscriptions import ImportedMarks

NEWSBOAT_LISTS = ("~/.newsboat/urls", "~/.config/newsboat/urls")
CACHES = ("cache.db", "../../.local/share/newsboat/cache.db")
"""Where newsboat keeps its marks, from the folder of its urls file: beside it, or where XDG has data."""


@dataclass(frozen=True, slots=True)
class ListPreview:
    """A list that was read: what is in it, how many of it are there already, and where its marks are."""

    path: Path
    subscriptions: "Subscriptions"
    sentence: str
    cache: Path | None = None
    nothing_new: bool = False


def lists_there(paths: tuple[str, ...] = NEWSBOAT_LISTS) -> list[str]:
    """Those of `paths` that are there, as they are written. A machine without a home folder has none."""
    found = []
    for path in paths:
        try:
            if Path(path).expanduser().is_file():
                found.append(path)
        except (OSError, RuntimeError):
            continue
    return found


def preview_file(path: Path, known: set[str]) -> ListPreview:
    """Read a list. A NewsstandError says in words why it cannot be; nothing is written. `known`: canonical addresses.

    Call it in a thread: the list may be large.
    """
    from reader.errors import Misuse
    from reader.lists.opml import LARGEST
    from reader.news.subscriptions import parse_list

    if not path.is_file():
        raise Misuse(dialogs_words.no_such_file(str(path)))
    try:
        with path.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        raise Misuse(cannot_read(path, error.strerror or "")) from error
    read = parse_list(data, path.name)
    feeds = read.feeds
    folders = {feed.folder for feed in feeds if feed.folder}
    there = sum(urls.canonical(feed.url) in known for feed in feeds)
    sentence = dialogs_words.would_import(len(feeds), len(folders), len(read.left_out), there)
    cache = next((path.parent / name for name in CACHES if (path.parent / name).is_file()), None)
    return ListPreview(path, read, sentence, cache, nothing_new=there == len(feeds))


class Contents(Widget, can_focus=True):
    """What is in the list: its size, what is left out and why; and whether marks come along."""

    ALLOW_SELECT = False

    def __init__(self, page: "ImportList") -> None:
        super().__init__()
        self._page = page

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        appearance, width = self._page.appearance(), self.size.width
        lines = self._page.content_lines(width, self.size.height)
        line = lines[y] if y < len(lines) else []
        return Strip(line).adjust_cell_length(width, appearance.style(appearance.ink, bg=appearance.panel))


class ImportList(Dialog[bool]):
    """The dialog. It is dismissed with True when a list was brought in."""

    rows = 20

    def __init__(self, host: Host) -> None:
        super().__init__(host, id="import")
        self._there = lists_there()
        self._preview: ListPreview | None = None
        self._alarm = ""
        self._with_marks = True
        self._writing = False
        self._previewed = ""

    def body(self) -> ComposeResult:
        """Title, the path, what is in the file."""
        appearance = self.appearance
        self._field = TextField(self._there[0] if self._there else "", placeholder="~/feeds.opml", id="path")
        self._contents = Contents(self)
        yield PanelLines(
            lambda y, width: title_line(*dialogs_words.import_title(), width, appearance()) if y == 1 else [],
            appearance,
            3,
        )
        with Horizontal(classes="field alone"):
            yield self._field
        yield self._contents

    def on_mount(self) -> None:
        """newsboat's own list is read at once, where it is there."""
        super().on_mount()
        self._field.focus()
        if self._there:
            self._load_preview()

    def show_error(self, sentence: str) -> None:
        """Say what went wrong; the path stays."""
        self._preview, self._alarm, self._writing = None, sentence, False
        self._field.focus()
        self.redraw()

    def redraw(self) -> None:
        """Draw all of it anew."""
        super().redraw()
        self._contents.refresh()

    def key_words(self) -> list[tuple[str, str]]:
        """The keys, by where the focus is."""
        previewed = self._preview is not None and self._field.value == self._previewed
        marks = self._preview is not None and self._preview.cache is not None
        where = "path" if not previewed else "contents" if self._is_wanted else "known"
        return dialogs_words.import_keys(where, marks=marks and self._contents.has_focus)

    @property
    def _is_wanted(self) -> bool:
        """Whether the list that is shown has anything to bring: sources, or marks."""
        one = self._preview
        return one is not None and (not one.nothing_new or (one.cache is not None and self._with_marks))

    def content_lines(self, width: int, height: int) -> list[list[Segment]]:
        """What stands under the path."""
        appearance, left = self.appearance(), padding(width)
        ground = appearance.panel
        edge, room = Segment(" " * left, appearance.style(appearance.ink, bg=ground)), width - 2 * left
        if self._alarm:
            mark = appearance.style(appearance.spot, bold=True, bg=ground)
            return [
                [edge, Segment("  " if index else f"{appearance.glyphs.warning} ", mark), *on_ground(line, ground)]
                for index, line in enumerate(sentence_lines(self._alarm, room - 2, appearance))
            ]
        if self._preview is None:
            return [
                [edge, *on_ground(line, ground)]
                for line in sentence_lines(dialogs_words.import_hint(), room, appearance)
            ]
        lines: list[list[Segment]] = [
            [edge, Segment(cut(self._preview.sentence, room), appearance.style(appearance.ink, bold=True, bg=ground))]
        ]
        if self._preview.cache is not None:
            box = appearance.glyphs.ticked if self._with_marks else appearance.glyphs.unticked
            text = dialogs_words.marks_beside(str(self._preview.cache))
            here = self._contents.has_focus
            back = appearance.surface if here else ground
            bar = Segment(appearance.glyphs.bar if here else " ", appearance.style(appearance.spot, bold=True, bg=back))
            style = appearance.style(appearance.bright if here else appearance.ink, bg=back)
            lines += [[], [bar, Segment(" " * (left - 1) + pad(f"{box} {text}", room) + " " * left, style)]]
        left_out = self._preview.subscriptions.left_out
        dim = appearance.style(appearance.dim, bg=ground)
        if left_out:
            lines.append([])
        free = max(0, height - len(lines))
        lines += [
            [edge, Segment(cut(subscriptions_words.left_out(one.what, one.why, one.line), room), dim)]
            for one in left_out[:free]
        ]
        return lines

    def on_input_changed(self, event: TextField.Changed) -> None:
        """Another path: another list."""
        if event.value != self._previewed:
            self._preview, self._alarm = None, ""
        self.redraw()

    def on_input_submitted(self, event: TextField.Submitted) -> None:
        """Read the file, or bring in what was seen."""
        event.stop()
        if self._preview is not None and self._field.value == self._previewed:
            self._bring()
        else:
            self._load_preview()

    def on_key(self, event: events.Key) -> None:
        """Move, tick, leave."""
        if event.key == "escape":
            self.dismiss(False)
        elif event.key in ("tab", "shift+tab"):
            if self._preview is not None:
                (self._contents if self._field.has_focus else self._field).focus()
        elif event.key in ("up", "down") and self._field.has_focus and self._there:
            self._offer(1 if event.key == "down" else -1)
        elif event.key == "space" and self._contents.has_focus:
            self._with_marks = not self._with_marks
            self.redraw()
        elif event.key == "enter" and self._contents.has_focus:
            self._bring()
        elif event.key == "up" and self._contents.has_focus:
            self._field.focus()
        else:
            return
        event.stop()
        event.prevent_default()

    def _offer(self, step: int) -> None:
        at = self._there.index(self._field.value) if self._field.value in self._there else -1
        self._field.value = self._there[(at + step) % len(self._there)]
        self._field.cursor_position = len(self._field.value)

    def _load_preview(self) -> None:
        if self._field.value.strip():
            self._previewed, self._preview, self._alarm = self._field.value, None, ""
            self.begin(partial(self._read, self._field.value.strip()), "import")

    async def _read(self, typed: str) -> None:
        known = {urls.canonical(source.url) for source in self.host.sources.values()}
        try:
            preview = await asyncio.to_thread(preview_file, _path(typed), known)
        except NewsstandError as error:
            self.show_error(str(error))
            return
        self._preview, self._alarm = preview, ""
        self._contents.focus()
        self.redraw()

    def _bring(self) -> None:
        if self._preview is not None and not self._is_wanted:
            self.say_why(dialogs_words.nothing_to_import())
        elif self._preview is not None and not self._writing:
            self._writing = True
            self.host.start(self.wait_written(self._import(self._preview, self._with_marks)), "subscribe")

    async def _import(self, preview: ListPreview, with_marks: bool) -> None:
        """Write it, then read."""
        from reader.news.subscriptions import import_marks, import_subscriptions

        host, library = self.host, self.host.session.library
        marks: ImportedMarks | None = None
        done = await library.writing(import_subscriptions, library, preview.subscriptions)
        if preview.cache is not None and with_marks:
            marks = await library.writing(import_marks, library, preview.cache)
        host.sources = host.sources | {source.id: source for source in done.added}
        host.changed()
        host.open_view(View("unread"))
        brought = (marks.read, marks.starred) if marks else None
        sentence = dialogs_words.imported(len(done.added), len(done.known), len(done.left_out), brought)
        host.say(sentence)
        if done.added:
            host.fetch([source.id for source in done.added], sentence)
        if self.is_attached:
            self.dismiss(True)


def _path(typed: str) -> Path:
    try:
        return Path(typed).expanduser()
    except RuntimeError:  # no home folder
        return Path(typed)
