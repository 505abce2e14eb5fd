"""Commands that change the status of stories: read, star, read later, undo."""

from reader import words
from reader.store import Row
from reader.ui.commands.host import MarkingHost
from reader.words import help_pages as help_pages_words


def _row(host: MarkingHost) -> Row | None:
    """The story that the command is about, as the screen shows it; where there is none, that is said."""
    row = host.pane.row
    if row is None:
        host.say(help_pages_words.no_story_here(), "hint")
        return None
    return host.marks.shown(row)


def _say_marked(host: MarkingHost, mark: str, on: bool) -> None:
    """In a story, where its row may be out of sight; in a list the row itself says it."""
    if host.pane.name == "article":
        host.say(words.marked_story(mark, on))


def read(host: MarkingHost) -> None:
    row = _row(host)
    if row is not None:
        host.start(host.marks.read(row, not row.read), "marks")
        _say_marked(host, "read", not row.read)


def unread(host: MarkingHost) -> None:
    row = _row(host)
    if row is not None and row.read:
        host.start(host.marks.read(row, False), "marks")
        _say_marked(host, "read", False)
    elif row is not None:
        host.say(help_pages_words.unread_already(), "hint")


def star(host: MarkingHost) -> None:
    row = _row(host)
    if row is not None:
        host.start(host.marks.star(row, not row.starred), "marks")
        _say_marked(host, "star", not row.starred)


def save(host: MarkingHost) -> None:
    row = _row(host)
    if row is not None:
        host.start(host.marks.save(row, not row.saved), "marks")


def all_read(host: MarkingHost) -> None:
    pages = host.pane.pages
    act = host.marks.all_read(pages) if pages is not None else host.marks.all_read_of(host.pane.view)
    host.start(act, "marks")


def undo(host: MarkingHost) -> None:
    host.start(host.marks.undo(), "marks")


def redo(host: MarkingHost) -> None:
    host.start(host.marks.redo(), "marks")
