"""The page of failing sources: what came back, when it is asked again, and what to do about it, each with its key.

It follows what happens while it is open: an answer takes a source off it, a new failure puts one on.
"""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.timer import Timer

from reader import words
from reader.commands import Command, Where, key_name
from reader.models import Failure, FailureKind, Source
from reader.text import urls
from reader.ui.base.host import Host
from reader.ui.main.footer import RESULT_SECONDS
from reader.ui.main.keys import KeyReader
from reader.ui.pages.page import FullScreenPage, ScrollingLines
from reader.ui.text.cells import cut, wrap
from reader.ui.text.key_hints import fitting
from reader.ui.theme.theme import Appearance
from reader.words import failed_sources as failed_sources_words

ANSWERS_WITHIN = 2.0
"""Seconds after which a source that was asked is no longer shown as being asked, where no refresh is running."""

CHECK_EVERY = 0.25
"""Seconds between two checks whether anything on the page has changed."""

INDENT = 4
"""Text begins in this column, behind bar and mark, as in every list."""

NARROW = 72
"""Columns below which the page says less at its top and its foot."""

LEAST_HOST = 14
"""Cells of a host that is cut; less of it says nothing."""

_COMMANDS = (
    "down",
    "up",
    "top",
    "end",
    "enter",
    "refresh",
    "refresh-all",
    "source-settings",
    "add",
    "browser",
    "remove",
    "undo",
    "redo",
    "help",
    "trouble",
    "escape",
    "quit-back",
    "quit",
)
"""The commands that mean something here, by their own keys; what comes first wins a key that two have."""

_FITTING: dict[FailureKind, tuple[str, ...]] = {
    FailureKind.BAD_URL: ("edit", "remove"),
    FailureKind.NO_HOST: ("again", "address", "remove"),
    FailureKind.NO_CONNECTION: ("again", "home"),
    FailureKind.TIMEOUT: ("again", "time"),
    FailureKind.TLS: ("again", "edit", "home"),
    FailureKind.WAIT: ("home",),
    FailureKind.REDIRECT_LOOP: ("address", "home", "remove"),
    FailureKind.BAD_REDIRECT: ("address", "home", "remove"),
    FailureKind.TOO_LARGE: ("other", "home", "remove"),
    FailureKind.NOT_A_FEED: ("address", "home", "remove"),
    FailureKind.NO_NEWS: ("address", "home", "remove"),
    FailureKind.BROKEN_FEED: ("again", "home"),
}

_KEY_OF = {
    "again": "enter",
    "address": "add",
    "other": "add",
    "home": "browser",
    "browser": "browser",
    "time": "source-settings",
    "edit": "source-settings",
    "agent": "source-settings",
    "remove": "remove",
}


def remedies(failure: Failure) -> tuple[str, ...]:
    """What there is to do about a failure, the likeliest first, as `words.failed_sources.way` names it. Pure."""
    if failure.kind is FailureKind.HTTP:
        status = failure.status or 0
        if status in (404, 410):
            return ("address", "home", "remove")
        if status in (401, 403, 407, 428, 451):
            return ("browser", "agent", "remove")
        return ("again", "home")
    return _FITTING.get(failure.kind, ("again", "home"))


def failing_sources(sources: Iterable[Source]) -> list[Source]:
    """The sources that fail, those first which fail longest; none whose server asks us to wait. Pure."""
    failing = (source for source in sources if source.is_failing)
    return sorted(failing, key=lambda source: (source.failed_since or 0, source.title))


@dataclass(frozen=True, slots=True)
class FailureText:
    """One source as the page shows it: all of it is text that is made already."""

    name: str
    host: str
    since: str
    reason: str
    asked: str
    remedies: tuple[tuple[str, str], ...]


def failure_lines(shown: FailureText, width: int, appearance: Appearance, *, here: bool) -> list[list[Segment]]:
    """Draw one source: name and since when, the reason, when it is asked, what to do. Pure.

    With the cursor it lies on `surface`, and its bar stands in column 0.
    """
    back = appearance.surface if here else appearance.paper
    bar = Segment(appearance.glyphs.bar if here else " ", appearance.style(appearance.spot, bg=back))
    room = max(8, width - INDENT - (2 if width >= 40 else 0))

    def line(*segments: Segment, mark: str = " ") -> list[Segment]:
        parts = [bar, Segment(f" {mark} ", appearance.style(appearance.spot, bold=True, bg=back)), *segments]
        rest = max(0, width - sum(part.cell_length for part in parts))
        return [*parts, Segment(" " * rest, appearance.style(appearance.dim, bg=back))]

    since = cut(shown.since, room)
    name = cut(shown.name, max(0, room - cell_len(since) - 2))
    host = cut(shown.host, max(0, room - cell_len(name) - cell_len(since) - 4))
    if host != shown.host and cell_len(host) < LEAST_HOST:
        host = ""
    gap = max(1, room - cell_len(name) - cell_len(host) - cell_len(since) - 2)
    lines = [
        line(
            Segment(name, appearance.style(appearance.bright if here else appearance.ink, bold=True, bg=back)),
            Segment(f"  {host}" + " " * gap, appearance.style(appearance.dim, bg=back)),
            Segment(since, appearance.style(appearance.dim, bg=back)),
            mark=appearance.glyphs.warning,
        )
    ]
    if name != shown.name:  # too narrow for both: the name alone, then since when
        lines = [
            line(
                Segment(
                    cut(shown.name, room),
                    appearance.style(appearance.bright if here else appearance.ink, bold=True, bg=back),
                ),
                mark=appearance.glyphs.warning,
            ),
            *(line(Segment(text, appearance.style(appearance.dim, bg=back))) for text in wrap(shown.since, room, 3)),
        ]
    lines += [line(Segment(text, appearance.style(appearance.ink, bg=back))) for text in wrap(shown.reason, room, 12)]
    lines += [line(Segment(text, appearance.style(appearance.dim, bg=back))) for text in wrap(shown.asked, room, 4)]
    key = appearance.style(appearance.ink if here else appearance.dim, bold=True, bg=back)
    for row in _rows(shown.remedies, room):
        if len(row) == 1 and cell_len(" ".join(row[0])) > room:
            lines += [line(Segment(text, key)) for text in wrap(" ".join(row[0]), room, 4)]
            continue
        segments: list[Segment] = []
        for index, (name, label) in enumerate(row):
            segments += [
                Segment(("   " if index else "") + name, key),
                Segment(f" {label}", appearance.style(appearance.dim, bg=back)),
            ]
        lines.append(line(*segments))
    return lines


def _rows(pairs: Sequence[tuple[str, str]], width: int) -> list[list[tuple[str, str]]]:
    """Keys with labels in as many rows as they need. Pure."""
    rows: list[list[tuple[str, str]]] = []
    used = width + 1
    for key, label in pairs:
        cells = cell_len(key) + 1 + cell_len(label)
        if used + 3 + cells > width:
            rows.append([])
            used = -3
        rows[-1].append((key, label))
        used += 3 + cells
    return rows


class FailingSources(FullScreenPage):
    """The sources that fail."""

    def __init__(self, host: Host) -> None:
        super().__init__(host.appearance, host.session.config.commands, id="failing")
        self._host = host
        commands: dict[str, Command] = {command.id: command for command in host.session.config.commands}
        ours = [replace(commands[one], where=Where.EVERYWHERE) for one in _COMMANDS if one in commands]
        self._keys = KeyReader(tuple(reversed(ours)))
        self._key_names = {one.id: key_name(one.keys[0]) for one in ours if one.keys}
        self._failing: list[Source] = []
        self._cursor = 0
        self._asked: dict[int, int | None] = {}
        self._asked_until = 0.0
        self._starts: list[int] = []
        self._said = ""
        self._recovered: list[str] = []
        self._timer: Timer | None = None
        self._seen: object = None

    def body(self) -> ComposeResult:
        """The sources, one under another."""
        self._lines = ScrollingLines(self.appearance, self._draw)
        yield self._lines

    def on_mount(self) -> None:
        """Follow what happens while the page is open."""
        self._lines.focus()
        self.check_for_changes()
        self.set_interval(CHECK_EVERY, self.check_for_changes)

    def on_screen_resume(self) -> None:
        """Back from a dialog, something may be otherwise."""
        self.check_for_changes()

    def title_words(self) -> tuple[str, str]:
        """What this is, and how many there are."""
        failing, of = len(self._failing), len(self._host.sources)
        if failing and self.size.width < NARROW:
            return failed_sources_words.title(), words.count_of(failing, of)
        kept = any(source.answered_at is not None for source in self._failing)
        return failed_sources_words.title(), failed_sources_words.summary(failing, of, kept=kept)

    def key_words(self) -> list[tuple[str, str]]:
        """The keys at the foot."""
        shown = [
            ("enter", "again"),
            ("refresh-all", "all"),
            ("source-settings", "settings"),
            ("add", "address"),
            ("browser", "home"),
            ("remove", "remove"),
            ("undo", "undo"),
        ]
        pairs = [
            (self._key_names[one], failed_sources_words.keys(label)) for one, label in shown if one in self._key_names
        ]
        choose = " ".join(self._key_names[one] for one in ("down", "up") if one in self._key_names)
        if len(self._failing) > 1:
            pairs.insert(2, (choose, failed_sources_words.keys("choose")))
        leave = ("Esc", failed_sources_words.keys("back") if self.size.width < NARROW else words.label("back"))
        return fitting([*(pairs if self._failing else []), leave], self.size.width - 4)

    def _foot(self, y: int, width: int) -> list[Segment]:
        """Keys, or what was said last: the panes' own footer lies under this page."""
        note = self._host.note
        said = note.text if note is not None and note.kind != "lasting" else self._said
        if y == 0 or not said or self.answer:
            return super()._foot(y, width)
        appearance = self.appearance()
        mark = f"{appearance.glyphs.warning} " if note is not None and note.kind == "error" else ""
        return [
            Segment(f"  {mark}", appearance.style(appearance.spot, bold=True)),
            Segment(cut(said, width - 4 - cell_len(mark)), appearance.style(appearance.ink)),
        ]

    def check_for_changes(self) -> None:
        """Draw anew what has changed since the page was drawn: in the library, in a refresh, in what is said."""
        note = self._host.note
        if (
            note is not None
            and note.kind == "error"
            and any(note.text.startswith(f"{one.title}: ") for one in self._failing)
        ):
            self._host.dismiss_note()  # this page says it
        if not self._host.refreshing and self._asked and time.monotonic() > self._asked_until:
            self._asked.clear()  # nobody was asked, or what came of it is not known
        seen = (self._host.sources, self._host.refreshing, self._host.note, self._said, tuple(self._asked))
        if seen == self._seen:
            return
        self._seen = seen
        self._take(failing_sources(self._host.sources.values()))
        self._lines.redraw()
        self._reveal()
        self.retitle()

    def _take(self, failing: list[Source]) -> None:
        """Take these as the sources that fail; the cursor stays on its source, or in its place."""
        before, here = {source.id: source for source in self._failing}, self.chosen
        ids = [source.id for source in failing]
        for one in before.keys() - set(ids):
            self._asked.pop(one, None)
        gone = [one for one in before if one not in ids and one in self._host.sources]
        recovered = [before[one].title for one in gone if self._host.sources[one].failure is None]
        if recovered:
            self._recovered += recovered
            self._say_for_a_while(failed_sources_words.answered(self._recovered))
        self._failing = failing
        if here is not None and here.id in ids:
            self._cursor = ids.index(here.id)
        self._cursor = max(0, min(self._cursor, len(failing) - 1))
        still = [one for one in failing if one.id in self._asked and self._asked[one.id] != one.asked_at]
        for source in still:
            del self._asked[source.id]
        if still and not recovered:
            self._say_for_a_while(failed_sources_words.still_fails([one.title for one in still]))

    def _say_for_a_while(self, sentence: str) -> None:
        self._said = sentence
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.set_timer(RESULT_SECONDS, self._clear_said)

    def _clear_said(self) -> None:
        self._said, self._recovered = "", []
        self.check_for_changes()

    @property
    def chosen(self) -> Source | None:
        """The source under the cursor."""
        return self._failing[self._cursor] if self._cursor < len(self._failing) else None

    def _text(self, source: Source) -> FailureText:
        session = self._host.session
        now, failure = session.now(), source.failure
        assert failure is not None  # noqa: S101 # only those that fail are here
        since = session.at(source.failed_since) if source.failed_since is not None else None
        asked = session.at(source.asked_at) if source.asked_at is not None else None
        again = None if session.offline else session.at(source.due_at)
        reason = words.failure(
            failure,
            zone=session.zone,
            keys=False,
            promises=source.answered_at is not None,
            now=session.clock(),
            beside=source.title,
        )
        able = [way for way in remedies(failure) if _KEY_OF[way] in self._key_names]
        return FailureText(
            name=source.title,
            host=urls.host(source.url) or source.url,
            since=failed_sources_words.asking()
            if source.id in self._asked
            else failed_sources_words.since(since, now, source.tries),
            reason=words.capitalized(reason),
            asked=failed_sources_words.asked(asked, again, now),
            remedies=tuple((self._key_names[_KEY_OF[way]], failed_sources_words.way(way)) for way in able),
        )

    def _draw(self, width: int) -> list[list[Segment]]:
        appearance = self.appearance()
        waiting = self._waiting_lines(width)
        if not self._failing:
            session, sources = self._host.session, self._host.sources.values()
            answers = [source.answered_at for source in sources if source.answered_at is not None]
            last = session.at(max(answers)) if answers else None
            self._starts = []
            none = failed_sources_words.none_failed(last, len(sources), session.now())
            if 0 < len(answers) < len(sources):
                none = words.sources_answered(len(answers), len(sources))
            elif waiting:  # then not every source has answered
                none = failed_sources_words.nothing_to_do()
            return [[Segment(none, appearance.style(appearance.ink))], *waiting]
        lines: list[list[Segment]] = []
        self._starts = []
        for index, source in enumerate(self._failing):
            self._starts.append(len(lines))
            lines += failure_lines(self._text(source), width, appearance, here=index == self._cursor)
            lines.append([])
        return lines + waiting

    def _waiting_lines(self, width: int) -> list[list[Segment]]:
        """How many servers ask us to wait, and until when; nothing where none does."""
        waiting = [source for source in self._host.sources.values() if source.is_asked_to_wait]
        if not waiting:
            return []
        session, appearance, left = self._host.session, self.appearance(), INDENT if self._failing else 0
        dim = appearance.style(appearance.dim)
        sentences = [failed_sources_words.waiting(len(waiting))]
        for source in waiting:
            if source.failure is not None:
                name, now = source.title, session.clock()
                why = words.failure(source.failure, zone=session.zone, keys=False, now=now, beside=name)
                sentences.append(words.with_name(name, why))
        return [[Segment(" " * left + text, dim)] for one in sentences for text in wrap(one, max(8, width - left), 3)]

    def _reveal(self) -> None:
        if self._starts:
            ends = [*self._starts[1:], self._lines.virtual_size.height]
            self._lines.reveal(self._starts[self._cursor], ends[self._cursor] - 2)

    def _move(self, to: int) -> None:
        self._cursor = max(0, min(to, len(self._failing) - 1))
        self._lines.redraw()
        self._reveal()
        self.retitle()

    def on_click(self, event: events.Click) -> None:
        """A click chooses the source it hits."""
        line = event.screen_y - self._lines.region.y + round(self._lines.scroll_y)
        hit = [index for index, start in enumerate(self._starts) if start <= line]
        if hit and event.widget is self._lines:
            self._move(hit[-1])

    def press(self, key: str) -> bool:
        """Keys mean here what they mean in the panes, for the source under the cursor."""
        began = self._keys.waiting
        command = self._keys.press(key, "sources")
        if command is not None:
            self._said, self._recovered = "", []
            self._run(command.id)
        elif key == "escape":
            if not began:
                self.dismiss()
        else:
            return bool(self._keys.waiting)
        return True

    def _run(self, command: str) -> None:
        if command == "escape" and self._host.note is not None and self._host.note.kind == "error":
            self._host.dismiss_note()
        elif command in ("escape", "quit-back", "trouble"):
            self.dismiss()
        elif command == "quit":
            self._host.leave()
        elif command == "help":
            self._host.run_command("help")
        elif command in ("undo", "redo"):
            self._host.run_command(command)
        elif command == "refresh-all":
            self._ask(self._failing)
        elif self.chosen is None:
            self._said = failed_sources_words.nothing_to_do()
        else:
            self._run_here(command, self.chosen)
        self.check_for_changes()

    def _run_here(self, command: str, source: Source) -> None:
        """Carry out a command for the source under the cursor."""
        home = source.home or urls.absolute_web(source.url, "/") or source.url
        count = self._keys.count or 1
        steps = {"down": self._cursor + count, "up": self._cursor - count, "top": 0, "end": len(self._failing)}
        if command in steps:
            self._move(steps[command])
        elif command in ("enter", "refresh"):
            self._ask([source])
        elif command == "browser":
            self._host.open_url(home)
        elif command == "remove":
            self._host.remove_source(source)
        elif command == "add":
            from reader.ui.dialogs.add_source import AddSource

            self.app.push_screen(AddSource(self._host, address=home))
        elif command == "source-settings":
            from reader.ui.dialogs.source_settings import SourceSettings

            self.app.push_screen(SourceSettings(self._host, source))

    def _ask(self, sources: Sequence[Source]) -> None:
        """Ask these again, beside the keys; each row says so until its answer is here."""
        if sources:
            self._host.dismiss_note()  # what went wrong before is asked again now
            self._asked |= {source.id: source.asked_at for source in sources}
            self._asked_until = time.monotonic() + ANSWERS_WITHIN
            self._host.fetch([source.id for source in sources])
