"""The settings as rows: what each may be, how it steps, what is typed for it, and how its line is drawn. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from typing import get_type_hints

from rich.cells import cell_len
from rich.segment import Segment

from reader.config import Config
from reader.config.chosen import Value, default_of, parts, value_of
from reader.config.expected_values import expected_value
from reader.config.loading import SECTIONS
from reader.config.values import Origin
from reader.text import fold
from reader.ui.text.cells import cut, pad
from reader.ui.theme.theme import Appearance
from reader.words import settings as settings_words
from reader.words.datetimes import number

INDENT = 4
"""Text begins in this column, behind bar and mark, as in every list."""

NAME, VALUE = 19, 16
"""Cells of a setting's name, and at least so many of its value: a longer one takes from its explanation."""

NARROW = 60
"""Cells of a line below which explanations are left to the foot of the page."""

_NEXT_START = ("reader.view", "refresh.at_start", "network.", "library.")
"""Settings, and sections with a dot, that nothing reads again while the reader is open."""


@dataclass(frozen=True, slots=True)
class SettingRow:
    """One setting: its value, and what it may be: one of `choices`, or a number from `least` to `most`, or a text.

    `file`: the name of the user's settings file where that sets it, so that it cannot be changed here; else "".
    """

    name: str
    value: Value
    origin: Origin
    choices: tuple[Value, ...] = ()
    least: float | None = None
    most: float | None = None
    file: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is a number that is stepped or typed."""
        return self.least is not None

    @property
    def live(self) -> bool:
        """Whether a change is seen at once; else it holds from the next start."""
        return not self.name.startswith(_NEXT_START)


def setting_row(config: Config, name: str) -> SettingRow:
    """The row of one setting, by its name."""
    section, key = parts(name)
    origin = config.origin(name)
    file = config.file.name if origin == "own" and config.file is not None else ""
    value = value_of(config, name)
    if get_type_hints(SECTIONS[section])[key] is str:
        return SettingRow(name, value, origin, file=file)
    expected = expected_value(SECTIONS[section], key)
    choices: tuple[Value, ...] = (True, False) if expected.switch else tuple(map(_value, expected.choices))
    return SettingRow(name, value, origin, choices, expected.least, expected.most, file)


def _value(choice: object) -> Value:
    assert isinstance(choice, Value)  # noqa: S101 # the choices of a setting are such values
    return choice


def setting_rows(config: Config) -> list[SettingRow]:
    """Every setting, in the order of the shipped file."""
    return [
        setting_row(config, f"{section}.{key}")
        for section, struct in SECTIONS.items()
        for key in struct.__struct_fields__
    ]


def fitting_rows(rows: Sequence[SettingRow], typed: str) -> list[SettingRow]:
    """The rows whose name or explanation has every word that was typed; accents and case do not matter."""
    wanted = fold(typed).split()
    return [row for row in rows if all(word in _searched(row.name) for word in wanted)]


def _searched(name: str) -> str:
    section, _ = parts(name)
    return fold(" ".join((name, settings_words.section_name(section), *settings_words.setting_name(name))))


def stepped(row: SettingRow, step: int) -> Value:
    """The next value (before: -1) of a setting: of choices the next one, round at the ends; of numbers the next that
    is a whole step, within its bounds. A text stays."""
    if row.choices:
        at = row.choices.index(row.value) if row.value in row.choices else 0
        return row.choices[(at + step) % len(row.choices)]
    if row.least is None or row.most is None or isinstance(row.value, str):
        return row.value
    size = 1 if row.most <= 100 else 5 if row.most <= 100_000 else 50
    whole = (row.value // size + 1) * size if step > 0 else -((-row.value) // size + 1) * size
    bounded = max(row.least, min(row.most, whole))
    return float(bounded) if isinstance(row.value, float) else int(bounded)


def parsed(row: SettingRow, typed: str) -> Value | None:
    """The value that was typed; None where a number is wanted and it is none. Bounds are not looked at."""
    if not row.is_number:
        return typed
    try:
        number = float(typed.strip().replace(",", "."))
        if not isfinite(number):
            return None
        return int(number) if number.is_integer() and not isinstance(row.value, float) else number
    except (ValueError, OverflowError):
        return None


def shown_value(value: Value) -> str:
    """A value as the page shows it."""
    if isinstance(value, bool):
        return settings_words.switch(value)
    return number(value) if isinstance(value, float) else str(value)


def explanation(row: SettingRow, *, own_colours: bool = False) -> str:
    """What the foot of the page says of a setting: what it does, what it may be, from when on it holds."""
    name, about = settings_words.setting_name(row.name)
    sentences = [f"{name}: {about}." if about else f"{name}."]
    if own_colours and row.name == "reader.theme":
        sentences.append(settings_words.own_colours_only())
    if not row.live:
        sentences.append(settings_words.from_next_start())
    if row.choices and not isinstance(row.choices[0], bool):
        sentences.append(settings_words.may_be([shown_value(one) for one in row.choices]))
    elif row.least is not None and row.most is not None:
        sentences.append(settings_words.between(f"{row.least:.0f}", f"{row.most:.0f}"))
    return " ".join(sentences)


def facts(row: SettingRow, chosen_file: str, *, by_keys: bool = False) -> str:
    """The last line about a setting: its name in a file, its default, who set it. `by_keys`: with < and >."""
    where = row.file if row.origin == "own" else chosen_file
    default = shown_value(default_of(row.name))
    return settings_words.setting_facts(row.name, default, "keys" if by_keys else row.origin, where)


def heading_line(section: str, appearance: Appearance) -> list[Segment]:
    """The heading over the settings of a section."""
    text = " " * 2 + settings_words.section_name(section)
    return [Segment(text, appearance.style(appearance.bright, bold=True))]


def row_line(row: SettingRow, width: int, appearance: Appearance, *, here: bool) -> list[Segment]:
    """One setting on one line: name, value, explanation. A bullet stands where it was chosen here; with the cursor the
    line lies on `surface`, between arrows where it can be stepped."""
    back = appearance.surface if here else appearance.paper
    name, about = settings_words.setting_name(row.name)
    locked = row.origin == "own"
    if locked:
        about = settings_words.set_in(row.file)
    mark = appearance.glyphs.bullet if row.origin == "chosen" else " "
    names = min(NAME, max(8, (width - INDENT) // 2))
    value = shown_value(row.value)
    if here and not locked and (row.choices or row.is_number):
        less, more = appearance.glyphs.less, appearance.glyphs.more
        value = f"{less} {value} {more}"
    elif row.choices or row.is_number:
        value = f"  {value}"
    else:
        value = f"  {value or '-'}"
    values = max(VALUE, cell_len(value) + 1) if width >= NARROW else max(0, width - INDENT - names - 1)
    ink = appearance.dim if locked else appearance.bright if here else appearance.ink
    segments = [
        Segment(appearance.glyphs.bar if here else " ", appearance.style(appearance.spot, bg=back)),
        Segment(f" {mark} ", appearance.style(appearance.gold, bg=back)),
        Segment(pad(name, names) + " ", appearance.style(appearance.bright if here else appearance.ink, bg=back)),
        Segment(pad(value, values), appearance.style(ink, bold=row.origin == "chosen", bg=back)),
    ]
    room = width - sum(segment.cell_length for segment in segments)
    rest = pad(f" {cut(about, room - 2)}" if width >= NARROW else "", max(0, room))
    segments.append(Segment(rest, appearance.style(appearance.dim, bg=back)))
    return segments
