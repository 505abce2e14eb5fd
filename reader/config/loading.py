"""From files to `Config`: each key of a file is checked by itself, and a wrong one costs itself only."""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from reader.commands import COMMANDS, Command
from reader.config import toml
from reader.config.paths import RULES, chosen_beside, shipped, user_config
from reader.config.values import (
    Config,
    Fault,
    KeepSettings,
    KeySettings,
    LibrarySettings,
    NetworkSettings,
    OfflineSettings,
    ReaderSettings,
    RefreshSettings,
)
from reader.errors import BadSetting
from reader.words import settings as settings_words

if TYPE_CHECKING:
    from reader.config.values import RuleFile

LARGEST = 1_000_000
"""A larger file is no settings file, in bytes; it is not read."""

SECTIONS: dict[str, type[msgspec.Struct]] = {
    "reader": ReaderSettings,
    "refresh": RefreshSettings,
    "offline": OfflineSettings,
    "keep": KeepSettings,
    "network": NetworkSettings,
    "library": LibrarySettings,
    "keys": KeySettings,
}


def load(path: Path | None = None) -> Config:
    """Return the settings: the shipped ones, over them what was chosen in the reader, over both those of the file at
    `path` (None: the user's).

    What is wrong in a file is in `faults`, and does not count. Raises BadSetting only where the file of this name
    is not there; that the user's own is not there is no fault. The person's own site rules are those of the folder
    `sites` beside the settings file.
    """
    settings = defaults()
    file = path or user_config()
    chosen_file = _chosen_beside(file)
    chosen = _SettingsParser(chosen_file or Path("chosen.toml"))
    if chosen_file is not None:
        for section, values in chosen.parsed(chosen.read(must_exist=False)).items():
            chosen.section(settings, section, values)
    check = _SettingsParser(file or Path("config.toml"))
    text = check.read(must_exist=path is not None) if file is not None else ""
    own_keys: dict[str, object] = {}
    for section, values in check.parsed(text).items():
        if section == "keys" and isinstance(values, dict):
            own_keys = {
                key: value for key, value in values.items() if key != "set" and not check.is_garbled(key, value)
            }
            values = {key: value for key, value in values.items() if key == "set"}
        check.section(settings, section, values)
    commands = check.keys(_key_set(settings["keys"]["set"]), own_keys)
    sections: dict[str, Any] = {
        name: msgspec.convert(settings[name], struct, strict=True) for name, struct in SECTIONS.items()
    }
    rules, rule_faults = _own_rules(file.parent / RULES) if file is not None else ((), ())
    return Config(
        **sections,
        commands=commands,
        faults=(*check.sorted(check.faults), *chosen.sorted(chosen.faults), *rule_faults),
        notes=check.sorted(check.notes),
        own=tuple(check.own),
        own_keys=own_keys,
        chosen=tuple(chosen.own),
        file=file,
        chosen_file=chosen_file,
        rules=rules,
    )


def defaults() -> dict[str, dict[str, Any]]:
    """Return the shipped settings, by section."""
    return tomllib.loads((shipped() / "default.toml").read_text(encoding="utf-8"))


def _chosen_beside(file: Path | None) -> Path | None:
    """Where the reader keeps what is chosen in it; None where there is no such place."""
    try:
        return chosen_beside(file) if file is not None else None
    except (OSError, ValueError):  # a name with a NUL, a folder that may not be looked into
        return None


def resolved_commands(key_set: str, own: Mapping[str, object]) -> tuple[Command, ...]:
    """Return the commands with the keys of a shipped set, and the person's own over them."""
    chosen = _key_set(key_set)
    if not chosen and not own:
        return COMMANDS
    from reader.commands.keymap import resolve

    return resolve(chosen, own)[0]


def _own_rules(folder: Path) -> "tuple[tuple[RuleFile, ...], tuple[Fault, ...]]":
    """The person's site rules. Most have none, and start without what reads them."""
    if not os.path.lexists(folder):
        return (), ()
    from reader.config.rules import own_rules

    return own_rules(folder)


def report(config: Config, say: Callable[[str], None], most: int = 5) -> None:
    """Say what is wrong with the settings, a line each, at most so many; then where all of it is shown."""
    for fault in config.faults[:most]:
        say(str(fault))
    if len(config.faults) > most:
        from reader.words.settings import more_faults

        say(more_faults(len(config.faults) - most))


def _key_set(name: str) -> Mapping[str, object]:
    if name == "default":
        return {}
    return tomllib.loads((shipped() / "keys" / f"{name}.toml").read_text(encoding="utf-8"))


@dataclass(slots=True)
class _SettingsParser:
    """Reads one file and gathers what is wrong in it. Sentences and line numbers are made only where something is."""

    file: Path
    text: str = ""
    has_bad_bytes: bool = False
    faults: list[Fault] = field(default_factory=list)
    notes: list[Fault] = field(default_factory=list)
    own: list[str] = field(default_factory=list)
    _lines: dict[tuple[str, ...], int] | None = None

    def fault(self, path: tuple[str, ...], message: str, *, line: int | None = None, note: bool = False) -> None:
        """Note one thing that is wrong: at a key, or at a line of the file."""
        from reader.config.lines import lines_of

        if path and self._lines is None:
            self._lines = lines_of(self.text)
        at = self._lines.get(path) if path and self._lines else line
        (self.notes if note else self.faults).append(Fault(self.file, at, ".".join(path), message))

    def sorted(self, faults: list[Fault]) -> tuple[Fault, ...]:
        """In the order of the file."""
        return tuple(sorted(faults, key=lambda fault: fault.line or 0))

    def read(self, *, must_exist: bool) -> str:
        """Return the file's text; "" where there is none, or where it cannot be read, which is a fault."""
        try:
            with self.file.open("rb") as stream:
                data = stream.read(LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError) as error:
            if must_exist:
                from reader.words.failures import no_such_file

                raise BadSetting(no_such_file(self.file)) from error
            return ""
        except IsADirectoryError:
            self.fault((), settings_words.a_folder())
            return ""
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            self.fault((), settings_words.unreadable(getattr(error, "strerror", None) or str(error)))
            return ""
        if len(data) > LARGEST:
            self.fault((), settings_words.too_large(LARGEST // 1_000_000))
            return ""
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self.fault(
                (),
                settings_words.not_utf8(data[:2] in (b"\xff\xfe", b"\xfe\xff")),
                line=data.count(b"\n", 0, error.start) + 1,
            )
            if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                return ""
            self.has_bad_bytes = True
            return data.decode("utf-8-sig", "replace")

    def parsed(self, text: str) -> dict[str, Any]:
        """Return what stands in the text; nothing where it is not TOML, which is a fault."""
        self.text = text
        try:
            return toml.loads(text)
        except RecursionError:
            self.fault((), settings_words.too_deep())
        except ValueError as error:  # TOMLDecodeError is one; so is a number of 5,000 digits
            from reader.config.syntax import where_and_why

            line, column, why = where_and_why(str(error), text)
            self.fault((), settings_words.no_toml(why, column), line=line)
        return {}

    def unknown_section(self, section: str, value: object, settings: Mapping[str, Mapping[str, object]]) -> None:
        """Say of a name at the top that it is no section: a setting without its section, or a slip."""
        from reader.commands.keymap import closest

        home = [name for name, values in settings.items() if section in values and name != "keys"]
        if home and not isinstance(value, dict):
            self.fault((section,), settings_words.without_section(section, home[0]))
        elif not isinstance(value, dict):
            near = closest(section, [key for values in settings.values() for key in values])
            meant = next((f"{name}.{near}" for name, values in settings.items() if near in values), "")
            self.fault((section,), settings_words.setting_nowhere(section, meant, list(SECTIONS)))
        else:
            self.fault((section,), settings_words.unknown_section(section, closest(section, SECTIONS), list(SECTIONS)))

    def is_garbled(self, *said: object) -> bool:
        """Whether there is a byte in it that is no UTF-8, which has been told of: it costs this value, and no other."""
        return self.has_bad_bytes and "\ufffd" in repr(said)

    def section(self, settings: dict[str, dict[str, Any]], section: str, values: object) -> None:
        """Put the values of a section in the places of those that hold so far."""
        if self.is_garbled(section):
            return
        if section not in SECTIONS:
            self.unknown_section(section, values, settings)
        elif not isinstance(values, dict):
            self.fault((section,), settings_words.no_section(section))
        else:
            for key, value in values.items():
                self.setting(settings, section, key, value)

    def setting(self, settings: dict[str, dict[str, Any]], section: str, key: str, value: object) -> None:
        """Put one value in the place of its default, if it is one that the setting may have."""
        from reader.commands.keymap import closest

        if self.is_garbled(key, value):
            return
        name = f"{section}.{key}"
        if key not in settings[section]:
            others = {one: other for other, values in settings.items() for one in values}
            near = key if key in others else closest(key, settings[section]) or closest(key, others)
            home = section if near in settings[section] else others.get(near)
            meant = f"{home}.{near}" if home else ""
            self.fault((section, key), settings_words.unknown_setting(name, meant, section, list(settings[section])))
            return
        tried = {**settings[section], key: value}
        try:
            msgspec.convert(tried, SECTIONS[section], strict=True)
        except (msgspec.ValidationError, ValueError, OverflowError):
            from reader.config.expected_values import expected_value

            self.fault((section, key), settings_words.wrong_value(name, value, expected_value(SECTIONS[section], key)))
        else:
            settings[section] = tried
            self.own.append(name)

    def keys(self, chosen: Mapping[str, object], own: Mapping[str, object]) -> tuple[Command, ...]:
        """Return the commands with their keys, and note what is wrong with those in the file."""
        if not chosen and not own:
            return COMMANDS
        from reader.commands.keymap import resolve

        commands, faults = resolve(chosen, own)
        for fault in faults:
            self.fault(
                ("keys", fault.id),
                settings_words.key_fault(fault.why, fault.id, fault.key, fault.other),
                note=fault.why == "keyless",
            )
        wrong = {fault.id for fault in faults}
        self.own += [f"keys.{id_}" for id_ in own if id_ not in wrong]
        return commands
