"""The head of the screen: masthead, the rule that says where the focus is, and the panes' titles. One widget.

All of it is drawn from a `MastheadContent`, a value; nothing here counts, asks or remembers.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from reader import words
from reader.commands import PaneName
from reader.ui.main.pane_widths import ALL_THREE, Window
from reader.ui.text.cells import cut
from reader.ui.theme.theme import Appearance

NAME = "NEWSSTAND"
BAR_CELLS = 20
_DOT, _TRAIL = " · ", " › "
_OURS = frozenset(("spot", "faint"))
"""Roles whose words are never from outside."""

Role = Literal["title", "bold", "ink", "dim", "spot", "faint", "key"]
StyledText = tuple[tuple[str, Role], ...]
"""Pieces of text, each with what it is for the eye."""


@dataclass(frozen=True, slots=True)
class PaneTitle:
    """The title of a pane: what stands left and right, and where (the article's stands over its text)."""

    left: StyledText = ()
    right: StyledText = ()
    indent: int = 2
    width: int | None = None


@dataclass(frozen=True, slots=True)
class RefreshProgress:
    """A refresh that is running: `done` of `total`, and how many sources failed in it."""

    done: int
    total: int
    errors: int = 0


@dataclass(frozen=True, slots=True)
class MastheadContent:
    """What the head of the screen shows."""

    window: Window
    focus: PaneName
    today: str = ""
    state: StyledText = ()
    titles: dict[PaneName, PaneTitle] = field(default_factory=dict)


def state_words(
    *, offline: datetime | None, progress: RefreshProgress | None, errors: int, unread: int, kept: int, now: datetime
) -> StyledText:
    """Return the one state the masthead shows: offline, else a running refresh, else errors, else the counts. Pure."""
    if offline is not None:
        return (words.offline_since(offline, now), "bold"), (_DOT, "dim"), (words.stories_kept(kept), "dim")
    if progress is not None:
        full = BAR_CELLS * progress.done // max(1, progress.total)
        failed: StyledText = ()
        if progress.errors:
            failed = (_DOT, "dim"), (words.errors(progress.errors) + " !", "spot")
        bar: StyledText = (("━" * full, "spot"), ("─" * (BAR_CELLS - full), "faint"))
        return *bar, (f"   {progress.done}/{progress.total}", "ink"), *failed
    if errors:
        return ((words.errors(errors) + " !", "spot"),)
    return (words.unread(unread), "ink"), (_DOT, "dim"), (words.kept_offline(kept), "dim")


def cells_of(text: StyledText) -> int:
    """The cells that these words take."""
    return sum(cell_len(part) for part, _ in text)


def _shortened(text: StyledText, width: int, ellipsis: str) -> StyledText:
    shortened: list[tuple[str, Role]] = []
    for part, role in text:
        if cell_len(part) > width:
            if width > 0:
                shortened.append((cut(part, width, ellipsis), role))
            break
        shortened.append((part, role))
        width -= cell_len(part)
    return tuple(shortened)


class Masthead(Widget, can_focus=False):
    """Draws a `MastheadContent`: four lines, or (one pane) two, and a blank more over an article."""

    ALLOW_SELECT = False

    class CommandClicked(Message):
        """Words that stand for a command were clicked: `3 errors`, `press .`."""

        def __init__(self, command: str) -> None:
            self.command = command
            super().__init__()

    def __init__(self, appearance: Callable[[], Appearance], *, id: str | None = None) -> None:  # noqa: A002 (Textual's own name)
        """`appearance` gives the colours in use."""
        super().__init__(id=id)
        self._appearance = appearance
        self._head: MastheadContent | None = None

    @property
    def head(self) -> MastheadContent | None:
        """What is shown."""
        return self._head

    def show(self, head: MastheadContent) -> None:
        """Show another head; nothing is painted where it is the same."""
        if head == self._head:
            return
        self._head = head
        self.styles.height = 4 if not head.window.single else 3 if head.focus == "article" else 2
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        """A click on what stands for a command asks for it."""
        command = event.style.meta.get("command")
        if event.button == 1 and isinstance(command, str):
            self.post_message(self.CommandClicked(command))

    def render_line(self, y: int) -> Strip:
        """Draw one line."""
        appearance, width = self._appearance(), self.size.width
        if self._head is None or y > 3:
            return Strip.blank(width, appearance.style(appearance.ink))
        lines = (self._single if self._head.window.single else self._over_panes)(self._head, y, width, appearance)
        return Strip(lines).adjust_cell_length(width, appearance.style(appearance.ink))

    def _single(self, head: MastheadContent, y: int, width: int, appearance: Appearance) -> list[Segment]:
        if y == 1:
            return [Segment(appearance.glyphs.thin * width, appearance.style(appearance.rule))]
        if y:
            return []
        title = head.titles.get(head.focus, PaneTitle())
        end = title.indent + title.width if title.width else width - 2
        right = title.right
        if head.focus != "article":
            ways = one_pane_state(title.right, head.state)
            room = end - title.indent - cells_of(title.left) - 2
            right = next((way for way in ways if cells_of(way) <= room), ways[-1])
        return self._line(PaneTitle(title.left, right, title.indent, end - title.indent), width, appearance)

    def _over_panes(self, head: MastheadContent, y: int, width: int, appearance: Appearance) -> list[Segment]:
        if y == 0:
            return self._mast(head, width, appearance)
        if y == 1:
            start, span = head.window.span(head.focus)
            thin, heavy = appearance.style(appearance.rule), appearance.style(appearance.ink)
            end = width - start - span
            marks = appearance.glyphs
            return [
                Segment(marks.thin * start, thin),
                Segment(marks.heavy * span, heavy),
                Segment(marks.thin * end, thin),
            ]
        segments: list[Segment] = []
        for pane, span in zip(head.window.panes, head.window.widths, strict=True):
            last = pane == head.window.panes[-1]
            inner = span if last and pane == "article" else span - 1
            line = self._line(head.titles.get(pane, PaneTitle()), inner, appearance) if y == 2 else []
            segments += Strip(line).adjust_cell_length(inner, appearance.style(appearance.ink))
            if inner < span:
                segments.append(Segment(" " if last else appearance.glyphs.column, appearance.style(appearance.rule)))
        return segments

    def _mast(self, head: MastheadContent, width: int, appearance: Appearance) -> list[Segment]:
        name = " ".join(NAME) if width >= ALL_THREE else NAME
        state = _shortened(head.state, max(0, width - len(name) - 6), appearance.glyphs.ellipsis)
        room = width - 4
        date_at = (width - cell_len(head.today)) // 2
        state_at = width - 2 - cells_of(state)
        date = head.today if len(name) + 4 <= date_at and date_at + cell_len(head.today) + 2 <= state_at else ""
        middle = " " * (date_at - 2 - len(name)) + date if date else ""
        gap = room - len(name) - cell_len(middle) - cells_of(state)
        left: StyledText = ((name, "title"), (middle + " " * max(0, gap), "dim"))
        return [
            Segment("  ", appearance.style(appearance.ink)),
            *self._segments(left, appearance),
            *self._segments(state, appearance),
        ]

    def _line(self, title: PaneTitle, width: int, appearance: Appearance) -> list[Segment]:
        room = title.width if title.width is not None else width - 2 - title.indent
        more = appearance.glyphs.ellipsis
        right = _shortened(title.right, room, more)
        left = _shortened(title.left, max(0, room - cells_of(right) - (2 if right else 0)), more)
        gap = max(0, room - cells_of(left) - cells_of(right))
        blank = appearance.style(appearance.ink)
        return [
            Segment(" " * title.indent, blank),
            *self._segments(left, appearance),
            Segment(" " * gap, blank),
            *self._segments(right, appearance),
        ]

    def _segments(self, text: StyledText, appearance: Appearance) -> list[Segment]:
        styles = {
            "title": appearance.style(appearance.bright, bold=True),
            "bold": appearance.style(appearance.bright, bold=True),
            "ink": appearance.style(appearance.ink),
            "dim": appearance.style(appearance.dim),
            "spot": appearance.style(appearance.spot),
            "faint": appearance.style(appearance.faint),
            "key": appearance.style(appearance.ink, bold=True),
        }
        own = {_DOT: f" {appearance.glyphs.dot} ", _TRAIL: f" {appearance.glyphs.breadcrumb} "}
        return [
            Segment(
                appearance.glyphs.own(part) if role in _OURS else own.get(part, part),
                styles[role] + (Style(meta={"command": command}) if command else Style.null()),
            )
            for group in _groups(text)
            for command in (_command_of(group),)
            for part, role in group
            if part
        ]


def _groups(text: StyledText) -> list[StyledText]:
    """What stands between dots, and each dot by itself."""
    groups: list[StyledText] = []
    begin = 0
    for at, piece in enumerate(text):
        if piece == (_DOT, "dim"):
            groups += [text[begin:at], (piece,)]
            begin = at + 1
    return [*groups, text[begin:]]


def _command_of(text: StyledText) -> str:
    """The command that words at the right stand for: what failed, what is new; "" for none."""
    if any(role == "spot" and part.endswith("!") for part, role in text):
        return "trouble"
    return "show-new" if any(role == "spot" and part.startswith("↑") for part, role in text) else ""


def one_pane_state(own: StyledText, state: StyledText) -> list[StyledText]:
    """What can stand at the right of a list that is the only pane, best first, each shorter than the one before: the
    list's `own` number, or what is new in it, beside the `state` of all. Pure.

    Where the state is but the numbers of everything, one of both is enough. What is new outlasts an error, which the
    list of sources marks too; any other number gives way to the state.
    """
    news = _is_news(own)
    if _is_counts(state):
        right = own if news or _is_of_one_list(own, state) else state
        return [right, _first(right)]
    states = [state, _first(state)]
    if [role for _, role in state[:2]] == ["spot", "faint"]:  # a refresh, without its bar
        done = ((state[2][0].strip(), state[2][1]), *state[3:])
        states += [done, _first(done)]
    both = [(*own, (_DOT, "dim"), *one) for one in states] if own else []
    return [*both, own] if news else [*both, *states]


def _first(text: StyledText) -> StyledText:
    """What matters most of it, rather than half a title."""
    return text[: text.index((_DOT, "dim"))] if (_DOT, "dim") in text else text


def _is_counts(state: StyledText) -> bool:
    return state[1:2] == ((_DOT, "dim"),) and state[0][1] == "ink"


def _is_of_one_list(right: StyledText, state: StyledText) -> bool:
    """Whether a list has a number of its own, beside those of all lists."""
    return bool(right) and right[0][0] != state[0][0]


def _is_news(right: StyledText) -> bool:
    return any(role == "spot" for _, role in right)
