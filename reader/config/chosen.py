"""What is chosen in the reader: `chosen.toml` beside the user's settings, between those and the shipped ones.

The only file of settings that Newsstand writes. A change touches the one line of its setting: comments, and settings
that this version does not know, stay as they are.
"""

import json
import stat
from collections.abc import Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from reader.config import toml
from reader.config.expected_values import expected_value
from reader.config.lines import statements
from reader.config.loading import LARGEST, SECTIONS, defaults, resolved_commands
from reader.config.values import Config
from reader.errors import BadSetting
from reader.safe_files import replace_file, sync
from reader.words import settings as settings_words

Value = bool | int | float | str


def parts(name: str) -> tuple[str, str]:
    """Section and key of a setting's name: `reader.theme`. Pure."""
    section, _, key = name.partition(".")
    return section, key


def value_of(config: Config, name: str) -> Value:
    """The value of a setting, by its name."""
    section, key = parts(name)
    value: Value = getattr(getattr(config, section), key)
    return value


@cache
def default_of(name: str) -> Value:
    """The shipped value of a setting, as its type has it."""
    section, key = parts(name)
    value: Value = getattr(msgspec.convert(defaults()[section], SECTIONS[section], strict=True), key)
    return value


def problem(name: str, value: Value, *, on_page: bool = False) -> str:
    """What is wrong with a value, as a sentence; "" where the setting may have it. Pure. `on_page`: for the page of
    settings, which has a name of its own for each."""
    section, key = parts(name)
    try:
        msgspec.convert({**defaults()[section], key: value}, SECTIONS[section], strict=True)
    except (msgspec.ValidationError, ValueError, OverflowError):
        say = settings_words.wrong_here if on_page else settings_words.wrong_value
        return say(name, value, expected_value(SECTIONS[section], key))
    return ""


def with_choice(config: Config, name: str, value: Value | None) -> Config:
    """The settings after a choice; None takes it back, and the shipped value holds. Writes nothing.

    Raises BadSetting where the setting may not have that value, and where the user's own file sets it: that wins.
    """
    section, key = parts(name)
    if name in config.own:
        raise BadSetting(settings_words.set_by_user(config.file.name if config.file else ""))
    wrong = "" if value is None else problem(name, value)
    if wrong:
        raise BadSetting(wrong)
    held = default_of(name) if value is None else value
    changes: dict[str, Any] = {section: replace(getattr(config, section), **{key: held})}
    others = tuple(one for one in config.chosen if one != name)
    changes["chosen"] = others if value is None else (*others, name)
    if name == "keys.set":
        changes["commands"] = resolved_commands(str(held), config.own_keys)
    return replace(config, **changes)


def edited(text: str, name: str, value: Value | None) -> str:
    """The text of a settings file with this setting at `value`, or without it (None). Pure.

    The line keeps its comment, and every other line stays. Raises ValueError where the text is not TOML, or writes the
    setting in a way that is more than a line of its own (an inline table).
    """
    before, path = toml.loads(text), parts(name)
    lines = text.replace("\r\n", "\n").split("\n")
    table: tuple[str, ...] = ()
    own: slice | None = None
    end_of_section = 0
    for line, statement, read in statements(text):
        if not read:
            continue
        last = line - 1 + statement.count("\n")
        here = _path(read)
        if statement.lstrip().startswith("["):
            table = here
        elif (*table, *here) == path:
            own = slice(line - 1, last)
        if table == path[:1]:
            end_of_section = last
    setting = "" if value is None else f"{path[1]} = {_toml(value)}"
    if own is not None:
        written = "\n".join(lines[own])
        dotted = _path(toml.loads(written)) == path  # `reader.theme = ...`, in no section
        comment = _comment(written)
        lines[own] = [f"{path[0]}.{setting}{comment}" if dotted else setting + comment] if setting else []
    elif setting and end_of_section:
        lines.insert(end_of_section, setting)
    elif setting:
        while lines and not lines[-1].strip():
            lines.pop()
        lines += [*([""] if lines else []), f"[{path[0]}]", setting, ""]
    after = "\n".join(lines)
    if not _is_change(before, toml.loads(after), path, value):
        raise ValueError(name)
    return after


def _path(read: Mapping[str, object]) -> tuple[str, ...]:
    """The names that lead to what a statement sets."""
    key = next(iter(read))
    inner = read[key]
    return (key, *_path(inner)) if isinstance(inner, dict) and inner else (key,)


def _is_change(before: dict[str, Any], after: dict[str, Any], path: tuple[str, str], value: Value | None) -> bool:
    """Whether one document is the other but for this setting; a section without settings is none."""
    there = before.get(path[0], {})
    if not isinstance(there, dict):  # `[[reader]]`
        return False
    section = {**there, path[1]: value}
    if value is None:
        del section[path[1]]
    wanted = {**before, path[0]: section}
    return {name: one for name, one in wanted.items() if one != {}} == {
        name: one for name, one in after.items() if one != {}
    }


def _comment(statement: str) -> str:
    """The comment behind a value, with the blanks before it."""
    read = toml.loads(statement)
    for at, letter in enumerate(statement):
        if letter == "#":
            with suppress(ValueError):
                if toml.loads(statement[:at]) == read:
                    return statement[len(statement[:at].rstrip()) :]
    return ""


def _toml(value: Value) -> str:
    """A value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return repr(value)


def keep_choice(file: Path, name: str, value: Value | None) -> str:
    """Write one choice into `file`, or take it out (None); return "", or a sentence that says why it is not kept.

    The file is replaced in one step, so it is whole whenever the power fails. One that is not TOML is put aside under
    another name, never overwritten. Blocks: call it in a thread.
    """
    try:
        file = file.resolve()  # a link stays a link
        text = _read(file)
        after = edited(text or f"{settings_words.chosen_file()}\n", name, value)
        if after != text and (text or value is not None):
            _replace(file, after)
    except OSError as error:
        return settings_words.not_kept(file.name, error.strerror or str(error))
    except ValueError:
        return settings_words.not_editable(file.name)
    return ""


def _read(file: Path) -> str:
    """The file's text; "" where there is none, or where what was there is no settings and has been put aside."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return ""
    try:
        text = data.decode("utf-8-sig")
        if len(data) <= LARGEST:
            toml.loads(text)
            return text
    except (ValueError, RecursionError):
        pass
    number = 1
    while (aside := file.with_name(f"{file.name}.bad{number}")).exists():
        number += 1
    file.rename(aside)
    return ""


def _replace(file: Path, text: str) -> None:
    """Put this text in the place of the file's, in one step."""
    file.parent.mkdir(parents=True, exist_ok=True)
    mode = stat.S_IMODE(file.stat().st_mode) if file.exists() else None
    replace_file(file, text.encode(), private=False, mode=mode)
    with suppress(OSError):  # a folder cannot be opened everywhere; what is in the file is on the disk already
        sync(file.parent)
