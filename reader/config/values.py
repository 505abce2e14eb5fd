"""Every setting as frozen values, with what each may be; and what was wrong with one, as a value.

A `description` names what a number counts, or says that choices are too many for a sentence; `reader.words.settings`
knows these names.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct

from reader.commands import COMMANDS, Command
from reader.config.paths import RULES

Theme = Literal[
    "dark",
    "light",
    "terminal",
    "sepia",
    "high-contrast",
    "textual-dark",
    "textual-light",
    "nord",
    "gruvbox",
    "catppuccin-mocha",
    "catppuccin-latte",
    "catppuccin-frappe",
    "catppuccin-macchiato",
    "dracula",
    "tokyo-night",
    "monokai",
    "flexoki",
    "solarized-light",
    "solarized-dark",
    "rose-pine",
    "rose-pine-moon",
    "rose-pine-dawn",
    "atom-one-dark",
    "atom-one-light",
    "ansi-dark",
    "ansi-light",
]


Origin = Literal["default", "chosen", "own"]
"""Who has set a setting: nobody, who chose it in the reader, or the user's settings file."""


class ReaderSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How the reader looks. `measure` in cells; `panes`: at most so many side by side; `view`: which one opens.
    `player`: a command line; "" is the system's own."""

    theme: Annotated[Theme, Meta(description="themes")]
    measure: Annotated[int, Meta(ge=66, le=80, description="cells")]
    density: Literal["auto", "comfortable", "snug", "compact"]
    icons: Literal["auto", "unicode", "ascii"]
    panes: Annotated[int, Meta(ge=1, le=3, description="panes")]
    dates: Literal["day-month", "month-day", "iso"]
    clock: Literal[24, 12]
    view: Literal["last", "unread", "today", "starred", "saved", "kept", "lately"]
    player: Annotated[str, Meta(max_length=1000, description="program")]


class RefreshSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """When sources are asked. `every` in minutes."""

    every: Annotated[int, Meta(ge=1, le=10080, description="minutes")]
    at_start: bool


class OfflineSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """What is made readable without a network. `stories` per source; `articles` and `megabytes` per refresh."""

    stories: Annotated[int, Meta(ge=0, le=10000, description="stories")]
    related: bool
    articles: Annotated[int, Meta(ge=0, le=1_000_000, description="stories")]
    megabytes: Annotated[int, Meta(ge=0, le=1_000_000, description="megabytes")]


class KeepSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How much of what is neither starred, saved nor tagged is kept: `days` since anything last happened to a story,
    `megabytes` of the library. 0: no bound."""

    days: Annotated[int, Meta(ge=0, le=36500, description="days")]
    megabytes: Annotated[int, Meta(ge=0, le=1_000_000, description="megabytes")]


class NetworkSettings(Struct, frozen=True, forbid_unknown_fields=True):
    """How hard the network is asked. `seconds` for one answer; `received` and `decoded` in megabytes;
    `private_addresses`: what no person asked for may reach private networks from public addresses."""

    at_once: Annotated[int, Meta(ge=1, le=500, description="requests")]
    per_host: Annotated[int, Meta(ge=1, le=50, description="requests")]
    seconds: Annotated[float, Meta(ge=1, le=600, description="seconds")]
    received: Annotated[int, Meta(ge=1, le=1000, description="megabytes")]
    decoded: Annotated[int, Meta(ge=1, le=1000, description="megabytes")]
    private_addresses: bool


class LibrarySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Backups that are made by themselves: how many are kept (0: none is made), and after how many days there is a new
    one (0: only before an upgrade)."""

    backups: Annotated[int, Meta(ge=0, le=100, description="backups")]
    backup_days: Annotated[int, Meta(ge=0, le=365, description="days")]


class KeySettings(Struct, frozen=True, forbid_unknown_fields=True):
    """Which shipped set of keys is laid under the person's own."""

    set: Literal["default", "newsboat", "arrows"]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong in a settings file. `message` is a sentence that names the key and what would be right;
    `line` counts from 1, None where it is not known; `key` is dotted, "" for the file as a whole."""

    file: Path
    line: int | None
    key: str
    message: str

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line is not None else ""
        # A site rule stands in a folder beside the settings, and may be called as they are.
        path = f"{RULES}/{self.file.name}" if self.file.parent.name == RULES else self.file.name
        name = "".join(letter if letter.isprintable() else "�" for letter in path)
        return f"{name}{line}: {self.message}"


class RuleFile(NamedTuple):
    """A rule as it stands on the disk. `own`: a person's, not a shipped one. `name` is the file's, without `.toml`."""

    name: str
    file: str
    data: bytes
    own: bool = False


class Config(Struct, frozen=True):
    """Every setting, and what was wrong with those of the file.

    `commands` are all commands with the keys that hold here; one may have none. `own` names the settings that the
    user's file sets and that are used, `own_keys` are the bindings in it as they were written, `chosen` names the
    settings that were chosen in the reader. `file` is the user's file and `chosen_file` where the reader writes what is
    chosen in it; None where there is no place for one. `notes` tell of default keys that went elsewhere; they are no
    faults. `rules` are the person's own site rules, those that are sound; what is wrong with others is among `faults`.
    """

    reader: ReaderSettings
    refresh: RefreshSettings
    offline: OfflineSettings
    keep: KeepSettings
    network: NetworkSettings
    library: LibrarySettings
    keys: KeySettings
    commands: tuple[Command, ...] = COMMANDS
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()
    own: tuple[str, ...] = ()
    own_keys: dict[str, object] = {}
    chosen: tuple[str, ...] = ()
    file: Path | None = None
    chosen_file: Path | None = None
    rules: tuple[RuleFile, ...] = ()

    def origin(self, name: str) -> Origin:
        """Where the value of a setting comes from, by its name (`reader.theme`)."""
        return "own" if name in self.own else "chosen" if name in self.chosen else "default"
