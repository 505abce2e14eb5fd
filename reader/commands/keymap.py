"""Keys: what people write for them, which command each belongs to where, and what is wrong with what they wrote. Pure.

A key is named as `reader.commands` names it: a printable character by itself, any other by Textual's name. What a
person may write instead stands in docs/keys.md. Knows no files and makes no sentences: `reader.config` does.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple
from unicodedata import normalize

from reader.commands.command_list import COMMANDS, CONTEXTS, Command, works_in

Keys = tuple[str, ...]
"""A sequence of keys; one key is a sequence of one."""

LONGEST = 3
"""A sequence has at most so many keys."""

MOST = 20
"""A command has at most so many keys of a person's."""

NEEDED = ("quit", "help", "palette", "escape")
"""Commands that cannot be left without a key: without these nobody finds the way out, or back to the others."""

NUMBERS = frozenset("123456789")
"""These keys are a count in lists and open a related story in an article, and nothing else."""

FIXED = "related"
"""The command whose keys those are: they say which story, so they stay."""

_NAMES = {
    "space": "space", "spc": "space", "spacebar": "space", "enter": "enter", "return": "enter", "ret": "enter",
    "cr": "enter", "escape": "escape", "esc": "escape", "tab": "tab", "backtab": "shift+tab", "up": "up", "↑": "up",
    "down": "down", "↓": "down", "left": "left", "←": "left", "right": "right", "→": "right", "home": "home",
    "end": "end", "pageup": "pageup", "pgup": "pageup", "page_up": "pageup", "pagedown": "pagedown",
    "pgdn": "pagedown", "pgdown": "pagedown", "page_down": "pagedown", "insert": "insert", "ins": "insert",
    "delete": "delete", "del": "delete", "backspace": "backspace", "bs": "backspace",
    **{f"f{number}": f"f{number}" for number in range(1, 25)},
}  # fmt: skip  # pairs, the spellings of a key beside each other
_MODIFIERS = {
    "ctrl": "ctrl",
    "control": "ctrl",
    "c": "ctrl",
    "alt": "alt",
    "meta": "alt",
    "option": "alt",
    "m": "alt",
    "a": "alt",
    "shift": "shift",
    "s": "shift",
}
_PLAIN = ("space", "enter", "escape", "tab", "backspace")
"""Named keys that stay what they are under Ctrl, Alt and Shift, but for Shift+Tab and Ctrl+Space."""
_CONTROL_NAMES = {
    "\\": "backslash",
    "]": "right_square_bracket",
    "^": "circumflex_accent",
    "_": "underscore",
    "@": "@",
    "space": "@",
}
SAME_IN_A_TERMINAL = {"ctrl+i": "tab", "ctrl+m": "enter", "ctrl+[": "escape", "ctrl+h": "backspace"}
"""Keys for which a terminal sends the same as for another."""


class KeyFaultReason(StrEnum):
    """What is wrong with a binding."""

    NO_COMMAND = "no command"
    NO_KEY = "no key"
    NO_LIST = "no list"
    TOO_MANY = "too many"
    TOO_LONG = "too long"
    NUMBER = "number"
    STAYS = "stays"
    ALIKE = "alike"
    TAKEN = "taken"
    HIDDEN = "hidden"
    UNREACHED = "unreached"
    NEEDED = "needed"
    KEYLESS = "keyless"


@dataclass(frozen=True, slots=True)
class KeyFault:
    """One thing wrong with the binding of `id`: `key` as it was written, `other` the command or key it collides with
    or the one that may have been meant ("" for none). KEYLESS is no fault but a note: that default went elsewhere."""

    id: str
    why: KeyFaultReason
    key: str = ""
    other: str = ""


def closest(word: str, known: Iterable[str]) -> str:
    """Return the name that may have been meant, or ""."""
    from difflib import get_close_matches  # only where something is wrong

    by_folded = {name.casefold(): name for name in known}
    found = get_close_matches(word.casefold(), list(by_folded), n=1, cutoff=0.6)
    return by_folded[found[0]] if found else ""


def parse(written: str) -> Keys | None:
    """Return the keys that were written, with spaces between them ("g g", "ctrl+f"); None where one is no key.

    Two letters or digits together are two keys ("gg"), unless that is a key's name ("up").
    """
    keys: list[str] = []
    if written == " ":
        return ("space",)
    for word in written.split():
        key = _key(word)
        if key is not None:
            keys.append(key)
        elif len(word) == 2 and word.isascii() and word.isalnum():
            keys += word
        else:
            return None
    return tuple(keys) or None


def _key(word: str) -> str | None:
    word = normalize("NFC", word)
    if len(word) == 1:
        return _NAMES.get(word, word) if word.isprintable() else None
    if word.lower() in _NAMES:
        return _NAMES[word.lower()]
    if word.startswith("^"):
        return _modified({"ctrl"}, word[1:])
    modifiers, rest = set(), word
    while len(rest) > 2 and (cut := _first_mark(rest)) and (name := _MODIFIERS.get(rest[:cut].lower())):
        modifiers.add(name)
        rest = rest[cut + 1 :]
    return _modified(modifiers, rest) if modifiers else None


def _first_mark(word: str) -> int:
    """Where a modifier ends: at the first "+" or "-" that something follows; 0 for nowhere."""
    return next((at for at, letter in enumerate(word[:-1]) if letter in "+-" and at), 0)


def _modified(modifiers: set[str], name: str) -> str | None:
    """Return Textual's name of a key with modifiers, or None for one that terminals do not tell apart from others."""
    name = _NAMES.get(name.lower(), name)
    if modifiers == {"ctrl"} and name in _CONTROL_NAMES.values():
        return f"ctrl+{name}"
    if len(name) > 1 and (name not in _NAMES.values() or (name in _PLAIN and name != "space")):
        return "shift+tab" if (modifiers, name) == ({"shift"}, "tab") else None
    letter = len(name) == 1 and name.isascii() and name.isalpha()
    if "ctrl" in modifiers:
        name = name.lower() if letter else _CONTROL_NAMES.get(name, name)
        fits = letter or len(name) > 1 or name in "@["
    elif "alt" in modifiers:
        fits = (len(name) > 1 and name != "space") or (name.isascii() and name.isalnum())
        modifiers, name = (modifiers | {"shift"}, name.lower()) if letter and name.isupper() else (modifiers, name)
    elif len(name) == 1:
        return name.upper() if name.isalpha() and len(name.upper()) == 1 else None
    else:
        fits = name != "space"
    return "+".join([*sorted(modifiers), name]) if fits and name != "shift+tab" else None


def resolve(
    chosen: Mapping[str, object], own: Mapping[str, object], commands: Sequence[Command] = COMMANDS
) -> tuple[tuple[Command, ...], tuple[KeyFault, ...]]:
    """Return the commands with their keys, and what is wrong: defaults, a set over them, a person's over it.

    Whatever is given, no two of the commands share a key in one context, every sequence can be typed, and the NEEDED
    commands have a key. What is wrong costs only itself: a command of which nothing usable was written keeps its keys.
    """
    with_set, faults = _laid(commands, chosen)
    with_own, own_faults = _laid(with_set, own)
    return with_own, (*(fault for fault in faults if fault.why is not KeyFaultReason.KEYLESS), *own_faults)


class _Bound(NamedTuple):
    """A sequence that a command has, or that a person wants it to have."""

    keys: Keys
    command: Command
    written: str = ""


def _meet(one: _Bound, other: _Bound) -> bool:
    """Whether in some context one of them would never be reached for the other."""
    if one.keys[0] != other.keys[0]:
        return False
    shorter, longer = sorted((one.keys, other.keys), key=len)
    return longer[: len(shorter)] == shorter and any(
        works_in(one.command, context) and works_in(other.command, context) for context in CONTEXTS
    )


def _laid(commands: Sequence[Command], bindings: Mapping[str, object]) -> tuple[tuple[Command, ...], list[KeyFault]]:
    """Lay bindings over commands: what is bound here wins over what the commands had."""
    if not bindings:
        return tuple(commands), []
    by_id = {command.id: command for command in commands}
    wanted, said, faults = _wanted(by_id, bindings)
    had = [_Bound(tuple(key.split()), command) for command in commands for key in command.keys]
    held: list[_Bound] = []
    for want in sorted(wanted, key=lambda bound: len(bound.keys)):
        rival = next((bound for bound in held if _meet(bound, want)), None)
        if rival is None:
            rival = next(
                (
                    bound
                    for bound in had
                    if bound.command.id not in said
                    and len(bound.keys) < len(want.keys)
                    and _meet(bound, want)
                    and not any(_meet(bound, new) for new in held)
                ),
                None,
            )
        if rival is None:
            held.append(want)
        elif (rival.keys, rival.command) != (want.keys, want.command):
            why = KeyFaultReason.TAKEN if rival.keys == want.keys else KeyFaultReason.HIDDEN
            faults.append(KeyFault(want.command.id, why, want.written, rival.command.id))
    given = {bound.command.id for bound in held}
    faulty = {fault.id for fault in faults}
    for bound in had:
        replaced = bound.command.id in given or bound.command.id in said - faulty
        if not replaced and not any(_meet(bound, other) for other in held if other.command is not bound.command):
            held.append(bound)
    held = _with_needed(had, held, faults)
    faults += _keyless(had, held, said)
    keys: dict[str, list[str]] = {id_: [] for id_ in by_id}
    for bound in held:
        keys[bound.command.id].append(" ".join(bound.keys))
    return tuple(replace(command, keys=tuple(keys[command.id])) for command in commands), faults


def _wanted(
    by_id: Mapping[str, Command], bindings: Mapping[str, object]
) -> tuple[list[_Bound], set[str], list[KeyFault]]:
    """Read bindings one by one: what can be bound, the commands that were named, and what is wrong."""
    wanted: list[_Bound] = []
    said: set[str] = set()
    faults: list[KeyFault] = []
    for id_, value in bindings.items():
        written = list(filter(None, [value])) if isinstance(value, str) else value
        if id_ not in by_id:
            faults.append(KeyFault(id_, KeyFaultReason.NO_COMMAND, other=closest(id_, by_id)))
        elif id_ == FIXED:
            faults.append(KeyFault(id_, KeyFaultReason.STAYS))
        elif not isinstance(written, list) or not all(isinstance(key, str) for key in written):
            faults.append(KeyFault(id_, KeyFaultReason.NO_LIST))
        elif len(written) > MOST:
            faults.append(KeyFault(id_, KeyFaultReason.TOO_MANY))
        else:
            said.add(id_)
            for text in written:
                keys = parse(text)
                fault = _unusable(id_, text, keys)
                if fault is not None:
                    faults.append(fault)
                elif keys is not None:
                    wanted.append(_Bound(keys, by_id[id_], text))
    return wanted, said, faults


def _unusable(id_: str, written: str, keys: Keys | None) -> KeyFault | None:
    """Say why a binding cannot be used, whatever else is bound; None where it can."""
    if keys is None:
        unknown = next((word for word in written.split() if parse(word) is None), "")
        return KeyFault(id_, KeyFaultReason.NO_KEY, written, closest(unknown, _NAMES))
    if len(keys) > LONGEST:
        return KeyFault(id_, KeyFaultReason.TOO_LONG, written)
    if NUMBERS & set(keys):
        return KeyFault(id_, KeyFaultReason.NUMBER, written)
    if "escape" in keys[1:]:
        return KeyFault(id_, KeyFaultReason.UNREACHED, written)
    same = next((key for key in keys if key in SAME_IN_A_TERMINAL), None)
    return KeyFault(id_, KeyFaultReason.ALIKE, written, SAME_IN_A_TERMINAL[same]) if same else None


def _with_needed(had: Sequence[_Bound], held: list[_Bound], faults: list[KeyFault]) -> list[_Bound]:
    """Give NEEDED commands that are left without a key the first that they had; whoever has it loses it."""
    first = {bound.command.id: bound for bound in reversed(had) if bound.command.id in NEEDED}
    while bare := set(first) - {bound.command.id for bound in held}:
        back = first[min(bare)]
        faults.append(KeyFault(back.command.id, KeyFaultReason.NEEDED, " ".join(back.keys)))
        held = [bound for bound in held if not _meet(bound, back)] + [back]
    return held


def _keyless(had: Sequence[_Bound], held: Sequence[_Bound], said: set[str]) -> list[KeyFault]:
    """Note every command that had a key, of which nothing was said, and that has none now."""
    notes: dict[str, KeyFault] = {}
    keyed = {bound.command.id for bound in held}
    for bound in had:
        id_ = bound.command.id
        if id_ not in keyed and id_ not in said and id_ not in notes:
            other = next((new.command.id for new in held if _meet(new, bound)), "")
            notes[id_] = KeyFault(id_, KeyFaultReason.KEYLESS, " ".join(bound.keys), other)
    return list(notes.values())
