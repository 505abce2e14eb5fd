"""Writing the subscriptions as OPML into a file that a person names. A file that is there is never overwritten."""

import asyncio
from pathlib import Path

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.widgets import Input

from reader.safe_files import write_new
from reader.ui.base.fixed_lines import PanelLines
from reader.ui.base.host import Host
from reader.ui.base.text_field import TextField
from reader.ui.dialogs.dialog import Dialog, on_ground, padding, title_line
from reader.ui.text.key_markup import sentence_lines
from reader.words import dialogs as dialogs_words

FILE = "newsstand.opml"


def free_name(folders: tuple[str, ...] = ("~/Downloads", "~")) -> str:
    """A name that no file has yet, in the first of these folders that is there; in the current folder, if none is."""
    folder = next((one for one in folders if _is_folder(one)), ".")
    names = [FILE, *(FILE.replace(".", f"-{number}.") for number in range(2, 100))]
    free = (name for name in names if not _expanded(f"{folder}/{name}").exists())
    return f"{folder}/{next(free, FILE)}"


def _is_folder(written: str) -> bool:
    try:
        return _expanded(written).is_dir()
    except OSError:
        return False


def _expanded(written: str) -> Path:
    try:
        return Path(written).expanduser()
    except RuntimeError:  # no home folder
        return Path(written)


class ExportList(Dialog[bool]):
    """The dialog. It is dismissed with True when the file is written."""

    rows = 11

    def __init__(self, host: Host) -> None:
        super().__init__(host, id="export")
        self._alarm = ""
        self._writing = False

    def body(self) -> ComposeResult:
        """Title, the file's name, what is in it."""
        appearance = self.appearance
        self._field = TextField(free_name(), id="path")
        yield PanelLines(
            lambda y, width: title_line(*dialogs_words.export_title(), width, appearance()) if y == 1 else [],
            appearance,
            3,
        )
        with Horizontal(classes="field alone"):
            yield self._field
        yield PanelLines(self._hint, appearance, 4)

    def on_mount(self) -> None:
        """The name can be changed at once."""
        super().on_mount()
        self._field.focus()
        self._field.select_value()

    def key_words(self) -> list[tuple[str, str]]:
        """Write, or leave."""
        return dialogs_words.export_keys()

    def show_error(self, sentence: str) -> None:
        """Say what went wrong; the name stays."""
        self._alarm, self._writing = sentence, False
        self.redraw()

    def _hint(self, y: int, width: int) -> list[Segment]:
        appearance, left = self.appearance(), padding(width)
        ground = appearance.panel
        mark = f"{appearance.glyphs.warning} " if self._alarm else ""
        lines = sentence_lines(self._alarm or dialogs_words.export_hint(), width - 2 * left - len(mark), appearance)
        if not 1 <= y <= len(lines):
            return []
        edge = Segment(" " * left, appearance.style(appearance.ink, bg=ground))
        lead = Segment(mark if y == 1 else " " * len(mark), appearance.style(appearance.spot, bold=True, bg=ground))
        return [edge, lead, *on_ground(lines[y - 1], ground)]

    def on_input_changed(self, event: Input.Changed) -> None:
        """Another name."""
        event.stop()
        self._alarm = ""
        self.redraw()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file."""
        event.stop()
        if event.value.strip() and not self._writing:
            self._writing = True
            self.host.start(self.wait_written(self._export(event.value.strip())), "export")

    def on_key(self, event: events.Key) -> None:
        """Leave."""
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.dismiss(False)

    async def _export(self, typed: str) -> None:
        from reader.news.subscriptions import hold_secrets, write_opml

        library = self.host.session.library
        document = await library.reading(write_opml, library)
        private = hold_secrets(await library.reading(library.sources))
        why_not = await asyncio.to_thread(_write, _expanded(typed), document, private=private)
        if why_not and self.is_attached:
            self.show_error(why_not)
        elif why_not:
            self.host.say(why_not, "error")
        else:
            self.host.say(dialogs_words.list_exported(len(self.host.sources), typed))
            if self.is_attached:
                self.dismiss(True)


def _write(file: Path, document: bytes, *, private: bool) -> str:
    """Write a new file; "" or a sentence that says why it is not written. What was written of it is taken away."""
    try:
        write_new(file, document, private=private)
    except FileExistsError:
        return dialogs_words.file_exists(str(file))
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return dialogs_words.cannot_write_file(str(file), getattr(error, "strerror", None) or str(error))
    return ""
