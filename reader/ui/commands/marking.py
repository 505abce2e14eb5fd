"""Commands that change the status of stories: read, star, read later, undo."""

from reader.store import Row
from reader.ui.commands.host import CommandHost


def _row(host: CommandHost) -> Row | None:
    """The story that the command is about, as the screen shows it."""
    row = host.pane.row
    return host.marks.shown(row) if row is not None else None


def read(host: CommandHost) -> None:
    row = _row(host)
    if row is not None:
        host.start(host.marks.read(row, not row.read), "marks")


def unread(host: CommandHost) -> None:
    row = _row(host)
    if row is not None and row.read:
        host.start(host.marks.read(row, False), "marks")


def star(host: CommandHost) -> None:
    row = _row(host)
    if row is not None:
        host.start(host.marks.star(row, not row.starred), "marks")


def save(host: CommandHost) -> None:
    row = _row(host)
    if row is not None:
        host.start(host.marks.save(row, not row.saved), "marks")


def all_read(host: CommandHost) -> None:
    pages = host.pane.pages
    act = host.marks.all_read(pages) if pages is not None else host.marks.all_read_of(host.pane.view)
    host.start(act, "marks")


def undo(host: CommandHost) -> None:
    host.start(host.marks.undo(), "marks")


def redo(host: CommandHost) -> None:
    host.start(host.marks.redo(), "marks")
