"""What the other parts of the interface ask of the main screen, and what commands ask of a pane.

Protocols and values. The main screen (`reader.ui.main.screen`) is the one `Host`; stories, dialogs, pages and commands
know it by this only, so none of them imports it.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol, TypeVar

from textual.screen import Screen

from reader.commands import PaneName
from reader.models import Source
from reader.store import Row, View
from reader.ui.base.session import Session
from reader.ui.theme.theme import Appearance

T = TypeVar("T")

NoteKind = Literal["result", "hint", "lasting", "error"]


@dataclass(frozen=True, slots=True)
class Note:
    """A message. A result stands in the keys' place for some seconds, a hint (why a key does nothing here) no longer
    than until the next key. The others stand beside the keys: an error for a while, or until the next key; `lasting`
    until another takes its place."""

    kind: NoteKind
    text: str


class Messages(Protocol):
    """The message in the footer."""

    @property
    def note(self) -> Note | None:
        """The message in the footer."""

    def say(self, text: str, kind: NoteKind = "result") -> None:
        """Show a message in the footer."""

    def dismiss_note(self) -> bool:
        """Take the message away; False where there is none."""

    def end_lasting_note(self) -> None:
        """Take back a message that was shown for as long as something lasts."""


class Tasks(Protocol):
    """What runs beside the keys."""

    def start(self, work: Coroutine[Any, Any, None], group: str, *, exclusive: bool = False) -> None:
        """Run something beside the keys; with `exclusive`, what of the same group still runs is cancelled."""


class Navigator(Protocol):
    """Going to another pane, view, story, address."""

    def focus_pane(self, name: PaneName) -> None:
        """Give a pane the focus."""

    def open_view(self, view: View) -> None:
        """Show a view's headlines, and go there."""

    def open_row(self, row: Row) -> None:
        """Open a headline's story in the article pane, and go there."""

    def open_url(self, url: str) -> None:
        """Open an address outside, where it is http, https or mailto."""

    def play(self, url: str, title: str = "") -> None:
        """Play a file in the person's player, or else hand it to the system."""


class Host(Messages, Tasks, Navigator, Protocol):
    """The main screen as everything else sees it."""

    session: Session
    sources: dict[int, Source]
    """The sources by id, as the screen shows them. Whoever adds one puts it here at once, so that it has its name."""

    @property
    def appearance(self) -> Callable[[], Appearance]:
        """Gives the colours and glyphs in use."""

    @property
    def refreshing(self) -> bool:
        """Whether a refresh is running, or about to."""

    def run_command(self, command: str, key: str = "", count: int | None = None) -> None:
        """Carry a command out, by its id. `key` is the one that was pressed, `count` the number before it."""

    def push(self, screen: Screen[T], done: Callable[[T | None], None] | None = None) -> None:
        """Show a dialog or a page over the panes; `done` gets what it is dismissed with."""

    def shown_read(self, page: int) -> None:
        """The full text of a page is on the screen, or all that is to be had of it: it is read."""

    def remove_source(self, source: Source) -> None:
        """Unsubscribe from a source, and say what stays."""

    def fetch(self, sources: Sequence[int], said: str = "") -> None:
        """Refresh just these sources, beside the keys and after whatever refresh is running; say what came.

        `said`: the sentence with which they were subscribed to. It is said again where they have to wait, with that.
        """

    def changed(self, *, rows: bool = True, news: bool = True) -> None:
        """The library has changed: count again, soon. `rows`: rows and sources may differ; `news`: so may the list."""

    def retitle(self) -> None:
        """Draw masthead, titles and footer again where they differ."""

    def leave(self) -> None:
        """Quit: the reading position is kept, what is being written is finished."""


class Pane(Protocol):
    """What commands ask of the pane in focus, whichever it is. Numbers may be negative: up, or back."""

    @property
    def name(self) -> PaneName:
        """Which pane it is."""

    @property
    def view(self) -> View:
        """The view that a command here is about."""

    @property
    def pages(self) -> Sequence[int] | None:
        """The stories it lists; None where it lists none."""

    @property
    def source(self) -> Source | None:
        """The source that a command here is about."""

    @property
    def row(self) -> Row | None:
        """The story that a command here is about, as the library has it."""

    @property
    def link(self) -> str:
        """The address that a command here is about; "" for none."""

    @property
    def file(self) -> str:
        """The address of the file to play, where a command here is about that and about no page; "" for none."""

    def move(self, lines: int) -> None:
        """Move the cursor, or the text, by lines."""

    def page(self, share: float) -> None:
        """Move by a share of the pane's height."""

    def top(self) -> None:
        """Go to the first line."""

    def end(self) -> None:
        """Go to the last line."""

    def go_to(self, number: int) -> None:
        """Go to the line of that number, in a list; the first is 1."""

    def act(self) -> None:
        """Open what the cursor is on."""

    def left(self) -> None:
        """Go towards the sources."""

    def right(self) -> None:
        """Go towards the article."""

    def page_on(self) -> None:
        """Read on: a page further; at the end, the next unread story."""

    def try_again(self) -> bool:
        """Ask once more for the story that it shows, where that could not be had; False where there is none."""

    def cancel(self) -> None:
        """Take back what narrows it: the filter of a list."""

    def quit(self) -> None:
        """Leave the article for the headlines, a filtered list for the whole one, any other list for the shell."""

    def tell_alone(self, alone: bool) -> None:
        """Say that one pane is shown alone (or all again), where that cannot be seen."""
