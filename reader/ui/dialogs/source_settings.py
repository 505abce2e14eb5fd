"""The settings of one source: its name, folder and address, and what it does otherwise than the settings say."""

import asyncio
import re
from collections.abc import Callable, Mapping
from functools import partial
from typing import cast

from rich.segment import Segment
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.strip import Strip
from textual.widget import Widget

from reader import words
from reader.lists import folders
from reader.models import Login, Source, SourceChanges
from reader.text import clean_line
from reader.text.logins import may_have, split_login
from reader.text.request_headers import HEADERS_AT_MOST, VALUE_AT_MOST, is_secret, parse_header
from reader.text.urls import absolute_web
from reader.ui.base.fixed_lines import PanelLines
from reader.ui.base.host import Host
from reader.ui.base.text_field import TextField
from reader.ui.dialogs.dialog import Dialog, FieldLabel, padding, title_line
from reader.ui.text.cells import cut
from reader.ui.theme.theme import Appearance
from reader.words import dialogs as dialogs_words
from reader.words.datetimes import number

FIELDS = (
    "name",
    "folder",
    "address",
    "interval",
    "stories",
    "text",
    "browser",
    "user_agent",
    "seconds",
    "keep_days",
    "keep_megabytes",
    "user",
    "password",
    "headers",
)
NUMBERS = ("interval", "stories", "seconds", "keep_days", "keep_megabytes")
CHOICES = ("text", "browser")
COLUMNS = {"name": "title", "address": "url", "text": "feed_text"}
"""What a field is called in the library, where it is not called so itself."""

LOGIN = ("user", "password")
NUMBER_CELLS = 9
KEPT = "***"
"""Stands for the value of a header that looks secret. Where it is left so, the value stays as it is."""

_BETWEEN = re.compile(r"\s*\|\s*(?=[\w!#$%&'*+.^`~-]+:)|\s+\|\s+(?=:)")
"""A | before a name and a colon (or a colon alone, whose name is missing) parts two headers; any other belongs to
a value."""
_WEEK = 10080
_LONGEST = HEADERS_AT_MOST * VALUE_AT_MOST
_LONGEST_SHOWN = 24  # cells of a header's name before the reason why it cannot be sent


class BadHeader(ValueError):
    """A header cannot be sent: its name as it was typed, and why, as `words.dialogs.bad_header` has it."""

    def __init__(self, name: str, why: str) -> None:
        super().__init__(name)
        self.name, self.why = name, why


def texts(source: Source) -> dict[str, str]:
    """What stands in each field that is typed into. Pure."""
    return {
        "name": source.title,
        "folder": source.folder or "",
        "address": source.url,
        "interval": "" if source.interval is None else f"{source.interval / 60:g}",
        "stories": "" if source.stories is None else str(source.stories),
        "user_agent": source.user_agent or "",
        "headers": " | ".join(f"{name}: {KEPT if is_secret(name) else value}" for name, value in source.headers),
        "seconds": "" if source.seconds is None else f"{source.seconds:g}",
        "keep_days": "" if source.keep_days is None else str(source.keep_days),
        "keep_megabytes": "" if source.keep_megabytes is None else str(source.keep_megabytes),
    }


def value_of(field: str, text: str) -> object:
    """What a field's text means to the library; ValueError where it cannot be kept. Pure."""
    text = clean_line(text)
    if field == "name":
        return _required(text)
    if field == "folder":
        return folders.tidy(text)
    if field in LOGIN:
        return text
    if field == "address":
        return _required(absolute_web("", split_login(text)[0]) or "")
    if not text:
        return None
    if field == "interval":
        return round(_between(float(text), 1, _WEEK) * 60)
    if field == "stories":
        return int(_between(int(text), 0, 10_000))
    if field == "keep_days":
        return int(_between(int(text), 0, 36500))
    if field == "keep_megabytes":
        return int(_between(int(text), 0, 1_000_000))
    if field == "seconds":
        return _between(float(text), 1, 600)
    return _required(text if text.isascii() else "")


def headers_of(text: str, old: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """What headers a text such as `Accept-Language: vi | X-Token: ***` says. Of one that is secret and among the `old`
    ones, `***` is the value it has. BadHeader for one that cannot be sent. Pure."""
    kept = {name.lower(): value for name, value in old if is_secret(name)}
    headers: dict[str, tuple[str, str]] = {}
    for line in filter(None, (part.strip(" |") for part in _BETWEEN.split(clean_line(text, _LONGEST)))):
        name, colon, value = line.partition(":")
        name, value = name.strip(), value.strip()
        if value == KEPT and is_secret(name):
            if name.lower() not in kept:
                raise BadHeader(name, "unknown")
            value = kept[name.lower()]
        found = parse_header(f"{name}{colon}{value}")
        if isinstance(found, str):
            raise BadHeader(name, _why(found, name, colon, value))
        headers[name.lower()] = (name, value)
        if len(headers) > HEADERS_AT_MOST:
            raise BadHeader(name, "many")
    return tuple(headers.values())


def _why(refused: str, name: str, colon: str, value: str) -> str:
    """Tell apart what `parse_header` gives one reason for. Pure."""
    if refused == "shape" and colon:
        return "name" if name else "nameless"
    if refused == "value":
        return "empty" if not value else "long" if value.isascii() and len(value) > VALUE_AT_MOST else "ascii"
    return refused


def login_after(old: Login | None, user: str, password: str) -> Login | None:
    """The login once a user and a password were typed, the password empty where the old one is to stay; None for
    none. Pure."""
    user = user.strip()
    if password:
        return Login(user, password)
    return Login(user, old.password if old is not None else "") if user else None


def _required(text: str) -> str:
    if not text:
        raise ValueError(text)
    return text


def _between(number: float, least: float, most: float) -> float:
    if not least <= number <= most:
        raise ValueError(number)
    return number


def wrong_field(error: ValueError, field: str) -> str:
    """Why what stands in a field cannot be kept; of headers, which of them. Pure."""
    if isinstance(error, BadHeader):
        return dialogs_words.bad_header(cut(error.name, _LONGEST_SHOWN), error.why)
    return dialogs_words.wrong(field)


def changes(
    source: Source, typed: Mapping[str, str], chosen: Mapping[str, bool]
) -> tuple[dict[str, object], tuple[str, str] | None]:
    """What differs from the source, by the library's names, and the first field that cannot be kept, with why (None for
    none)."""
    differing: dict[str, object] = {}
    for field, before in texts(source).items():
        if typed.get(field, before) == before:
            continue
        if field == "address" and (login := split_login(typed[field])[1]) is not None:
            differing["login"] = login
        try:
            if field == "headers":
                here = may_have(str(differing.get("url", source.url)), source.url)
                value: object = headers_of(typed[field], source.headers if here else ())
            else:
                value = value_of(field, typed[field])
        except ValueError as error:
            return {}, (field, wrong_field(error, field))
        name = COLUMNS.get(field, field)
        if value != getattr(source, name):
            differing[name] = value
    for field, on in chosen.items():
        name = COLUMNS.get(field, field)
        if on != getattr(source, name):
            differing[name] = on
    return differing, None


class Toggle(Widget, can_focus=True):
    """One of two: Space or an arrow takes the other."""

    ALLOW_SELECT = False

    def __init__(self, field: str, on: bool, appearance: Callable[[], Appearance]) -> None:
        super().__init__(id=field)
        self.on = on
        self._field = field
        self._appearance = appearance
        self.styles.height = 1

    def flip(self) -> None:
        """Take the other."""
        self.on = not self.on
        self.refresh()

    def on_click(self) -> None:
        """A click takes the other."""
        self.focus()
        self.flip()

    def render_line(self, y: int) -> Strip:
        """Draw both."""
        appearance = self._appearance()
        ground = appearance.surface if self.has_focus else appearance.panel
        segments = [Segment(" ", appearance.style(appearance.ink, bg=ground))]
        both = sum(len(dialogs_words.choice(self._field, side)) + 7 for side in (False, True)) < self.size.width
        for side in (False, True) if both else (self.on,):
            mark = appearance.glyphs.chosen if side == self.on else appearance.glyphs.unchosen
            style = appearance.style(appearance.bright if side == self.on else appearance.dim, bg=ground)
            segments.append(Segment(f"{mark} {dialogs_words.choice(self._field, side)}   ", style))
        return Strip(segments).adjust_cell_length(self.size.width, appearance.style(appearance.ink, bg=ground))


class SourceSettings(Dialog[None]):
    """The dialog. Only what differs is written, as one act; Esc leaves all as it was.

    The password that is kept is never shown: its field is empty, and what is typed into it is masked.
    """

    rows = 24

    def __init__(self, host: Host, source: Source) -> None:
        super().__init__(host, id="settings")
        self._source = source
        self._alarm = ""
        self._writing = False
        self._login: Login | None = None

    def body(self) -> ComposeResult:
        """Title, fields, what is wrong with one, facts."""
        appearance, before = self.appearance, texts(self._source)
        self._fields: dict[str, TextField] = {}
        self._sides: dict[str, Toggle] = {}
        yield PanelLines(self._title_line, appearance, 3)
        with Vertical(id="rows"):
            for field in FIELDS:
                with Horizontal(classes="field"):
                    yield FieldLabel(dialogs_words.field(field), appearance)
                    if field in CHOICES:
                        on = self._source.feed_text if field == "text" else self._source.browser
                        self._sides[field] = Toggle(field, on, appearance)
                        yield self._sides[field]
                        continue
                    hint = "" if field in NUMBERS else field
                    if field in LOGIN and self._source.credentials is not None:
                        hint = "kept"
                    typed = TextField(
                        before.get(field, ""),
                        id=field,
                        placeholder="" if field in NUMBERS else dialogs_words.unit(hint),
                    )
                    typed.password = field == "password"
                    self._fields[field] = typed
                    yield typed
                    if field in NUMBERS:
                        typed.styles.width = NUMBER_CELLS
                        yield PanelLines(self._unit(field), appearance)
        yield PanelLines(self._state_line, appearance, None)

    def on_mount(self) -> None:
        """Begin with the name; the user of a login that is kept comes from the keyring, which may be slow."""
        super().on_mount()
        self._fields["name"].focus()
        if self._source.credentials is not None:
            self.begin(self._read_login, "login")

    async def _read_login(self) -> None:
        from reader.news.asking import credentials

        path, name = self.host.session.library.path, self._source.credentials or ""
        self._login = await asyncio.to_thread(credentials.find, path, name)
        if self._login is not None and not self._fields["user"].value:
            self._fields["user"].value = self._login.user

    def show_error(self, sentence: str) -> None:
        """Say what is wrong; what was typed stays."""
        self._alarm, self._writing = sentence, False
        self.redraw()

    def key_words(self) -> list[tuple[str, str]]:
        """The keys, by which field has the focus."""
        return dialogs_words.settings_keys(isinstance(self.focused, Toggle))

    def on_input_changed(self, event: TextField.Changed) -> None:
        """Each field is checked while it is typed into."""
        field = event.input.id or ""
        try:
            if field == "headers":
                headers_of(event.value, self._source.headers)
            else:
                value_of(field, event.value)
            self._alarm = ""
        except ValueError as error:
            self._alarm = wrong_field(error, field)
        self.redraw()

    def on_input_submitted(self, event: TextField.Submitted) -> None:
        """Keep it."""
        event.stop()
        self._keep()

    def on_key(self, event: events.Key) -> None:
        """Move between the fields, keep, leave."""
        order: list[Widget] = [self._sides.get(field) or self._fields[field] for field in FIELDS]
        at = next((index for index, widget in enumerate(order) if widget.has_focus), 0)
        on_choice = isinstance(order[at], Toggle)
        if event.key == "escape":
            self.dismiss()
        elif event.key in ("tab", "down") or (on_choice and event.key == "j"):
            order[(at + 1) % len(order)].focus()
        elif event.key in ("shift+tab", "up") or (on_choice and event.key == "k"):
            order[at - 1].focus()
        elif on_choice and event.key in ("space", "left", "right"):
            self._sides[FIELDS[at]].flip()
        elif on_choice and event.key == "enter":
            self._keep()
        else:
            return
        event.stop()
        event.prevent_default()

    def _keep(self) -> None:
        typed = {field: widget.value for field, widget in self._fields.items()}
        chosen = {field: widget.on for field, widget in self._sides.items()}
        differing, wrong = changes(self._source, typed, chosen)
        if wrong is None:
            differing |= self._login_changes(typed, str(differing.get("url", self._source.url)))
            headers = differing.get("headers", self._source.headers)
            has_login = isinstance(differing.get("login"), Login) or (
                self._source.credentials is not None and "credentials" not in differing
            )
            if has_login and any(name.lower() == "authorization" for name, _ in headers):  # type: ignore[attr-defined]
                wrong = "user", dialogs_words.wrong("user")
        if wrong is not None:
            field, sentence = wrong
            self._fields[field].focus()
            self.show_error(sentence)
        elif not differing:
            self.host.say(dialogs_words.nothing_changed(self._source.title))
            self.dismiss()
        elif not self._writing:
            self._writing = True
            self.host.start(self.wait_written(self._kept(differing)), "marks")

    def _login_changes(self, typed: Mapping[str, str], address: str) -> dict[str, object]:
        """What user and password say that is not so yet. A login that is only shown does not go to another host."""
        old, user, password = self._login, typed["user"], typed["password"]
        if not password and user.strip() == (old.user if old is not None else ""):
            return {}
        if not password and not may_have(address, self._source.url):
            old = None
        after = login_after(old, user, password)
        return {"login": after} if after is not None else {"credentials": None}

    async def _kept(self, differing: dict[str, object]) -> None:
        """Write what differs. A new address is asked at once."""
        host = self.host
        library = host.session.library
        from reader.news.subscriptions import edit_source

        login = cast("Login | None", differing.get("login"))
        changes = cast("SourceChanges", {name: value for name, value in differing.items() if name != "login"})
        await library.writing(partial(edit_source, library, self._source.id, login, **changes))
        host.changed()
        if self.is_attached:
            self.dismiss()
        host.say(dialogs_words.changed(str(differing.get("title", self._source.title))))
        if {"login", "credentials"} & differing.keys():
            (await host.session.loader()).own_headers.drop(str(differing.get("url", self._source.url)))
        if {"url", "login", "credentials", "headers", "user_agent"} & differing.keys():
            host.fetch([self._source.id])

    def _title_line(self, y: int, width: int) -> list[Segment]:
        return title_line(*dialogs_words.settings_title(self._source.title), width, self.appearance()) if y == 1 else []

    def _unit(self, field: str) -> Callable[[int, int], list[Segment]]:
        config = self.host.session.config
        defaults = {
            "interval": config.refresh.every,
            "stories": config.offline.stories,
            "seconds": config.network.seconds,
            "keep_days": config.keep.days,
            "keep_megabytes": config.keep.megabytes,
        }
        said = dialogs_words.unit(field, number(defaults[field]) if field in defaults else "")

        def draw(y: int, width: int) -> list[Segment]:
            appearance = self.appearance()
            return [
                Segment(
                    "  " + cut(said, max(0, width - 2)),
                    appearance.style(appearance.dim, bg=appearance.panel),
                )
            ]

        return draw

    def _state_line(self, y: int, width: int) -> list[Segment]:
        appearance, left = self.appearance(), padding(width)
        edge = Segment(" " * left, appearance.style(appearance.ink, bg=appearance.panel))
        room = width - 2 * left
        if y == 1:
            dot = f" {appearance.glyphs.dot} "
            return [
                edge,
                Segment(cut(dot.join(self._facts()), room), appearance.style(appearance.dim, bg=appearance.panel)),
            ]
        if y == 0 and self._alarm:
            alarm = Segment(
                f"{appearance.glyphs.warning} ", appearance.style(appearance.spot, bold=True, bg=appearance.panel)
            )
            return [
                edge,
                alarm,
                Segment(cut(self._alarm, room - 2), appearance.style(appearance.ink, bg=appearance.panel)),
            ]
        return []

    def _facts(self) -> list[str]:
        source, session = self._source, self.host.session
        answered = session.at(source.answered_at) if source.answered_at else None
        facts = dialogs_words.facts(answered, session.at(source.due_at) if source.due_at else None, session.now())
        if source.failure is not None:
            failure = words.failure(
                source.failure,
                zone=session.zone,
                keys=False,
                promises=source.answered_at is not None or source.is_asked_to_wait,
                now=session.clock(),
            )
            facts.insert(0, words.capitalized(failure).rstrip("."))
        return facts
