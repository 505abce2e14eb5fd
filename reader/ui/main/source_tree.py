"""The pane of sources: views, then folders with their sources, each with its count. Drawn on the line API.

It shows what it is given and says which view was chosen; it counts nothing and reads nothing itself.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from reader import words
from reader.lists import folders
from reader.models import Source
from reader.store import Counts, View
from reader.ui.base.lines_view import LinesView
from reader.ui.headlines import VIEWS
from reader.ui.text.cells import pad
from reader.ui.theme.theme import Appearance

NO_COUNTS = Counts(unread=0, today=0, starred=0, saved=0, kept=0, sources={})


@dataclass(frozen=True, slots=True)
class TreeLine:
    """One line of the tree. `count` None: never counted (read lately). A blank line has no view."""

    kind: Literal["view", "folder", "source", "blank"]
    view: View | None = None
    name: str = ""
    count: int | None = 0
    failing: bool = False
    open: bool = True
    in_folder: bool = False


BLANK = TreeLine("blank")

_COUNT_ALL = ("starred", "saved", "kept")  # views


def in_order(paths: Iterable[str | None]) -> list[str | None]:
    """Return folders as they came, those in one after it; what stands in no folder first. Pure."""
    given = list(paths)
    first: dict[tuple[str, ...], int] = {}
    for index, path in enumerate(given):
        names = folders.split(path)
        for depth in range(len(names)):
            first.setdefault(names[: depth + 1], index)

    def rank(path: str | None) -> list[int]:
        names = folders.split(path)
        return [first[names[: depth + 1]] for depth in range(len(names))]

    return sorted(given, key=rank)


def folded_from_json(kept: str | None) -> frozenset[str] | None:
    """The folders that are closed, as they were remembered; None where nothing was, or it cannot be read."""
    try:
        folders = json.loads(kept or "null")
    except ValueError:
        return None
    return frozenset(filter(lambda name: isinstance(name, str), folders)) if isinstance(folders, list) else None


def tree_items(sources: Iterable[Source], counts: Counts, folded: frozenset[str]) -> tuple[TreeLine, ...]:
    """Return the lines of the tree: views, sources in no folder, then folder by folder, blanks between. Pure."""
    numbers = {
        "unread": counts.unread,
        "today": counts.today,
        "starred": counts.starred,
        "saved": counts.saved,
        "kept": counts.kept,
    }
    items = [TreeLine("view", view, words.view_name(view.kind), numbers.get(view.kind)) for view in VIEWS]
    in_folder: dict[str | None, list[TreeLine]] = {}
    for source in sources:
        unread = counts.sources.get(source.id, 0)
        item = TreeLine(
            "source",
            View("source", source=source.id),
            source.title,
            unread,
            source.is_failing,
            in_folder=source.folder is not None,
        )
        in_folder.setdefault(source.folder, []).append(item)
    for folder in in_order(in_folder):
        lines = in_folder[folder]
        items.append(BLANK)
        if folder is None:
            items.extend(lines)
            continue
        is_open = folder not in folded
        unread = counts.of_folder(folder, sum(line.count or 0 for line in lines))
        items.append(TreeLine("folder", View("folder", folder=folder), folders.shown(folder), unread, open=is_open))
        if is_open:
            items.extend(lines)
    return tuple(items)


class SourceTree(LinesView):
    """Views, folders and sources. The cursor is on a line that can be chosen."""

    class ViewClicked(Message):
        """A view was clicked: show its headlines."""

        def __init__(self, view: View) -> None:
            self.view = view
            super().__init__()

    class Folded(Message):
        """A folder was opened or closed; `folded` are all that are closed."""

        def __init__(self, folded: frozenset[str]) -> None:
            self.folded = folded
            super().__init__()

    def __init__(self, appearance: Callable[[], Appearance], *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        """`appearance` gives the colours in use."""
        super().__init__(appearance, id=id)
        self._sources: tuple[Source, ...] = ()
        self._counts = NO_COUNTS
        self._folded: frozenset[str] = frozenset()
        self.items = tree_items((), NO_COUNTS, self._folded)
        self.cursor = 0

    def show(self, sources: Iterable[Source], counts: Counts, folded: frozenset[str] | None = None) -> None:
        """Show these sources with these counts; the cursor stays on what it was on."""
        self._sources, self._counts = tuple(sources), counts
        if folded is not None:
            self._folded = folded
        self._build()

    def _build(self) -> None:
        view, before = self.view, self.cursor
        self.items = tree_items(self._sources, self._counts, self._folded)
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.items))
        self.point_at(view)
        if self.view != view and view.kind in ("source", "folder") and self.items[self.cursor].kind == "view":
            self._near(before)
        self.refresh()

    def _near(self, index: int) -> None:
        """Put the cursor where the line it was on has gone: on the one that has taken its place, or the last."""
        usable = [at for at, item in enumerate(self.items) if item.view is not None]
        self.cursor = next((at for at in usable if at >= index), usable[-1])
        self._reveal()

    @property
    def view(self) -> View:
        """The view under the cursor."""
        view = self.items[self.cursor].view if self.cursor < len(self.items) else None
        return view or VIEWS[0]

    @property
    def listed(self) -> list[tuple[View, int]]:
        """Every view, folder and source, also those in folders that are closed, each with how much is unread in it.

        Zero for the views whose numbers count what is read, too.
        """
        lines = tree_items(self._sources, self._counts, frozenset())
        return [
            (line.view, 0 if line.view.kind in _COUNT_ALL else line.count or 0)
            for line in lines
            if line.view is not None
        ]

    @property
    def on_folder(self) -> bool:
        """Whether the cursor is on a folder."""
        return self.items[self.cursor].kind == "folder"

    def point_at(self, view: View) -> None:
        """Put the cursor on a view; on its folder where it is folded away; else on the first line."""
        at = [index for index, item in enumerate(self.items) if item.view == view]
        if not at and view.kind == "source":
            folder = {source.id: source.folder for source in self._sources}.get(view.source or 0)
            at = [index for index, item in enumerate(self.items) if item.view == View("folder", folder=folder)]
        self.cursor = at[0] if at else 0
        self._reveal()
        self.refresh()

    def move(self, lines: int) -> None:
        """Move the cursor over so many lines that can be chosen."""
        usable = [index for index, item in enumerate(self.items) if item.view is not None]
        at = usable.index(self.cursor) if self.cursor in usable else 0
        self.cursor = usable[max(0, min(at + lines, len(usable) - 1))]
        self._reveal()
        self.refresh()

    def to_top(self) -> None:
        """Put the cursor on the first line."""
        self.move(-len(self.items))

    def to_end(self) -> None:
        """Put the cursor on the last line."""
        self.move(len(self.items))

    def fold(self, folded: bool | None = None) -> bool:
        """Close (True), open (False) or turn (None) the folder under the cursor; False where there is nothing to do."""
        item = self.items[self.cursor]
        if item.kind != "folder" or (folded is not None and item.open is not folded):
            return False
        self._folded = self._folded ^ {(item.view and item.view.folder) or ""}
        self._build()
        self.post_message(self.Folded(self._folded))
        return True

    def to_folder(self) -> bool:
        """From a source to its folder; False where it stands in none."""
        if self.items[self.cursor].kind != "source":
            return False
        for index in range(self.cursor, -1, -1):
            if self.items[index].kind == "folder":
                self.cursor = index
                self._reveal()
                self.refresh()
                return True
            if self.items[index].kind == "blank":
                break
        return False

    def _reveal(self) -> None:
        self.reveal(self.cursor, self.cursor)

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in view."""
        self.virtual_size = Size(self.scrollable_content_region.width, len(self.items))
        self._reveal()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the pane."""
        appearance, width, index = self._appearance(), self.scrollable_content_region.width, y + round(self.scroll_y)
        item = self.items[index] if index < len(self.items) else BLANK
        if item.kind == "blank":
            return Strip.blank(width, appearance.style(appearance.ink))
        here = index == self.cursor
        ground = appearance.surface if here else appearance.paper
        bar = appearance.style(appearance.spot if self.has_focus else appearance.faint, bg=ground)
        empty = not item.count and item.count is not None
        if item.kind == "folder":
            mark, colour = (appearance.glyphs.open if item.open else appearance.glyphs.closed), appearance.dim
        else:
            mark, colour = " ", appearance.dim if empty else appearance.ink
        if here:
            colour = appearance.bright
        count = str(item.count) if item.count else ""
        count_style = (
            appearance.style(appearance.bright, bold=True, bg=ground)
            if here
            else appearance.style(appearance.dim, bg=ground)
        )
        warning = f" {appearance.glyphs.warning}" if item.failing else "  "  # behind the count, in the margin
        lead = " " if item.kind == "view" else f" {mark} " + "  " * item.in_folder
        name = pad(item.name, max(1, width - len(lead) - cell_len(count) - 4))
        bold = here or item.kind == "folder"
        return Strip(
            [
                Segment(appearance.glyphs.bar if here else " ", bar),
                Segment(lead, appearance.style(appearance.dim, bg=ground)),
                Segment(name + " ", appearance.style(colour, bold=bold, bg=ground)),
                Segment(count, count_style),
                Segment(warning, appearance.style(appearance.spot, bold=True, bg=ground)),
            ]
        ).adjust_cell_length(width, appearance.style(appearance.ink, bg=ground))

    def on_click(self, event: events.Click) -> None:
        """A click chooses a view; on a folder's mark it opens or closes the folder."""
        index = event.y + round(self.scroll_y)
        if event.button != 1 or index >= len(self.items) or self.items[index].view is None:
            return
        event.stop()
        self.cursor = index
        self.refresh()
        if self.on_folder and event.x < 4:
            self.fold()
        else:
            self.post_message(self.ViewClicked(self.view))
