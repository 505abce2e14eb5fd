"""What is wrong with settings: each sentence names the key, the value that is there and what would be right. And the
page of settings: names, explanations, keys, what happened.

`reader.config` calls these by name, with facts only; what a person wrote is quoted so that it cannot act in a terminal.
"""

import json
from collections.abc import Sequence
from typing import Any

from reader.commands import key_name
from reader.words.datetimes import number
from reader.words.translation import _, _n

_LONGEST = 40


def shown(value: object) -> str:
    """A value as TOML writes it, cut, without anything that could act in a terminal."""
    try:
        if isinstance(value, bool):
            text = "true" if value else "false"
        elif isinstance(value, str):
            text = json.dumps(value, ensure_ascii=False)
        elif isinstance(value, dict):
            return _("a section")
        elif isinstance(value, list):
            text = "[" + ", ".join(shown(one) for one in value[:_LONGEST]) + "]"
        else:
            text = str(value)
    except (ValueError, RecursionError):  # Python refuses to write out a number of more than 4,300 digits
        return _("a number with thousands of digits")
    text = "".join(letter if letter.isprintable() else "�" for letter in text)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def name_shown(text: str) -> str:
    """A name that a person wrote, bare where it is one, else as TOML quotes it."""
    bare = text.replace(".", "").replace("-", "").replace("_", "")
    return text if bare.isalnum() and len(text) <= _LONGEST else shown(text)


def config_is_folder(path: object) -> str:
    """`--config` with a folder."""
    return _("--config {path}: this is a folder; name the file in it, such as config.toml.").format(path=path)


def a_folder() -> str:
    return _("this is a folder; settings are a file.")


def unreadable(reason: str) -> str:
    return _("this file cannot be read ({reason}); nothing in it is used.").format(reason=reason)


def too_large(megabytes: int) -> str:
    return _("this file is larger than {n} MB, so it holds no settings; it was not read.").format(n=megabytes)


def not_utf8(utf16: bool) -> str:
    if utf16:
        return _("this file is UTF-16, not UTF-8: save it as UTF-8. Until then nothing in it is used.")
    return _("this is not UTF-8 text: save the file as UTF-8. Until then no value with such a letter is used.")


def too_deep() -> str:
    return _("brackets are nested too deeply here, or a key has too many names, so nothing in this file is used.")


def why_no_toml(why: str) -> str:
    """Why a file is not TOML, by the name of the reason."""
    reasons = {
        "no_equals": _('there is no "=" after the name'),
        "more_on_line": _("something follows the value; put each setting on its own line"),
        "twice": _("this is in the file twice"),
        "no_bracket": _('a "]" is missing'),
        "no_brace": _('a "}" is missing'),
        "no_quote": _("a quote is not closed"),
        "no_value": _("this is not a value: text is in quotes; others are numbers, true, false and [lists]"),
        "no_name": _("a line is [section], or name = value"),
        "ends": _("the file ends in the middle of a setting"),
        "backslash": _("write \\\\ for a backslash in quotes"),
        "other": _("this is not TOML"),
    }
    return reasons[why]


def no_toml(why: str, column: int | None) -> str:
    at = _("at column {n}, ").format(n=column) if column else ""
    return _("{at}{reason}. Until that is fixed nothing in this file is used.").format(at=at, reason=why_no_toml(why))


def no_section(section: str) -> str:
    return _("{name} is a section: write [{name}] on a line of its own, its settings under it.").format(name=section)


def without_section(key: str, section: str) -> str:
    return _("{key}: this setting belongs under [{section}], or is written {section}.{key}.").format(
        key=key, section=section
    )


def setting_nowhere(key: str, meant: str, known: Sequence[str]) -> str:
    """Of a setting under no section, that there is in none."""
    if meant:
        return unknown_setting(key, meant, "", ())
    sections = listed([f"[{section}]" for section in known])
    return _("{name}: no such setting; settings belong under {sections}.").format(
        name=name_shown(key), sections=sections
    )


def unknown_section(section: str, meant: str, known: Sequence[str]) -> str:
    header = f"[{name_shown(section)}]"
    if meant:
        return _("{section}: no such section; did you mean [{meant}]?").format(section=header, meant=meant)
    return _("{section}: no such section; there are {known}.").format(section=header, known=listed(known))


def unknown_setting(name: str, meant: str, section: str, known: Sequence[str]) -> str:
    if meant:
        return _("{name}: no such setting; did you mean {meant}?").format(name=name_shown(name), meant=meant)
    return _("{name}: no such setting; [{section}] has {known}.").format(
        name=name_shown(name), section=section, known=listed(known)
    )


def wrong_value(name: str, value: object, wanted: Any) -> str:
    """`wanted` is a `reader.config.expected_values.ExpectedValue`."""
    right = _right_value(value, wanted)
    end = "" if right.endswith("?") else "."
    return _("{name} is {value}; it must be {right}").format(name=name, value=shown(value), right=right) + end


def wrong_here(name: str, value: object, wanted: Any) -> str:
    """The same on the page of settings: first its name there and what it may be, which have room on a narrow screen."""
    sentence = _("{setting} must be {right}, not {value} ({name}).")
    right = _right_value(value, wanted)
    return sentence.format(setting=setting_name(name)[0], right=right, value=shown(value), name=name)


def _right_value(value: object, wanted: Any) -> str:
    if wanted.switch:
        right = _("true or false")
    elif wanted.choices:
        right = _themes() if wanted.many else listed([str(choice) for choice in wanted.choices], _("or"))
        meant = _meant(value, wanted.choices)
        if meant:
            right += _("; did you mean {meant}?").format(meant=shown(meant))
    elif wanted.least is None:
        right = _unit(wanted.unit)
    else:
        right = _("{unit} ({least} to {most})").format(
            unit=_unit(wanted.unit), least=number(wanted.least), most=number(wanted.most)
        )
    return right


def _themes() -> str:
    return _("dark, light, terminal, sepia, high-contrast or a theme of Textual")


def _unit(name: str) -> str:
    """What a setting counts, or is, by the name in `reader.config.values`."""
    return {
        "backups": _("a number of backups"),
        "cells": _("a width in cells"),
        "days": _("a number of days"),
        "megabytes": _("megabytes"),
        "minutes": _("minutes"),
        "panes": _("a number of panes"),
        "program": _("the name of a program, with its options"),
        "requests": _("a number of requests"),
        "seconds": _("seconds"),
        "stories": _("a number of stories"),
    }[name]


def _meant(value: object, choices: Sequence[object]) -> object:
    """The choice that a value may stand for: in another case, as text, or with a slip."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    written = str(value).casefold().strip()
    for choice in choices:
        if str(choice) == written:
            return choice
    from difflib import get_close_matches

    near = get_close_matches(written, [str(choice) for choice in choices], n=1, cutoff=0.6)
    return near[0] if near else None


def listed(names: Sequence[str], last: str = "") -> str:
    last = last or _("and")
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" {last} {names[-1]}"


def key_fault(why: str, command: str, key: str, other: str) -> str:
    """What is wrong with a binding, by the name of the reason (`reader.commands.keymap.KeyFaultReason`)."""
    reasons = {
        "no command": _("no such command; did you mean keys.{other}?")
        if other
        else _("no such command; newsstand config keys lists them."),
        "no key": _("{key} is not a key; did you mean {other}?")
        if other
        else _("{key} is not a key; a key is a character, or a name like space, pgdn, f5, ctrl+f, alt+left."),
        "no list": _('keys are written "j", or ["j", "down"] for several.'),
        "too many": _("a command has at most twenty keys."),
        "too long": _("{key} has more than three keys."),
        "number": _("{key}: 1 to 9 are for counts and related stories; no other command can have them."),
        "stays": _("its keys are the numbers of related stories, so they stay 1 to 9."),
        "alike": _("a terminal sends {key} as {other}; write {other}."),
        "taken": _("{key} is already bound to {other} there; a key does one thing in one place."),
        "hidden": _("{key} cannot be used: it begins with a key that is {other} already."),
        "unreached": _("{key} cannot be used: Esc cancels the keys before it."),
        "needed": _("it cannot be left without a key; {shown_key} keeps working."),
        "keyless": _("its key {shown_key} is {other} now, so it has none and is run by name only."),
    }
    reason = reasons[why].format(key=shown(key), other=other, shown_key=key_name(key))
    name = f"keys.{name_shown(command)}"
    return f"{name}: {reason}"


def more_faults(count: int) -> str:
    return _n(
        "And {n} more; newsstand config check shows all.", "And {n} more; newsstand config check shows all.", count
    ).format(n=count)


def no_editor(file: str) -> str:
    """`config edit`, where no editor could be started."""
    return _("No editor could be started. Set EDITOR to one; the file is {file}").format(file=file)


def faults_in_footer(first: str, count: int) -> str:
    """The one line the reader shows when it opens with wrong settings; `first` is the first of `count` faults."""
    if count == 1:
        return first
    return _("{n} settings are wrong: newsstand config check shows them. {first}").format(n=count, first=first)


def settings_valid(count: int) -> str:
    return _n("{n} setting, no errors.", "{n} settings, no errors.", count).format(n=count)


def chosen_settings(count: int, path: str) -> str:
    """`config check`: how many settings were chosen in the reader, and where they are."""
    return _n(
        "{n} setting chosen in the reader, in {path}.", "{n} settings chosen in the reader, in {path}.", count
    ).format(n=count, path=path)


def no_file(path: str, chosen: int = 0) -> str:
    """`config check`, where the user's file is not there; `chosen` settings are set in the reader's own."""
    if chosen:
        return _("{path} is not there yet.").format(path=path)
    return _("{path} is not there yet: every setting has its default.").format(path=path)


def made_file(path: str) -> str:
    return _("Made {path}, with every setting at its default and commented out.").format(path=path)


def chosen_file() -> str:
    """The first line of the file into which the reader writes what is chosen in it."""
    return _("# Chosen in the reader (its settings page writes here). What your config.toml sets wins over it.")


def set_by_user(file: str) -> str:
    """Why a setting cannot be chosen in the reader; `file` is the user's settings file."""
    return _("{file} sets it, and that wins: change it there.").format(file=file)


def not_kept(file: str, reason: str) -> str:
    """What was chosen holds, but could not be written."""
    return _("This holds until you quit: {file} cannot be written ({reason}).").format(file=file, reason=reason)


def nowhere_to_keep() -> str:
    """What was chosen holds, but there is no place for a settings file: no home folder, or the demo."""
    return _("This holds until you quit: there is no settings file here.")


def not_editable(file: str) -> str:
    """What was chosen holds, but the file has a form that the reader does not write."""
    return _("This holds until you quit: {file} sets it in a form that only an editor can change.").format(file=file)


def origin(name: str) -> str:
    """Where a value comes from (`reader.config.values.Origin`), in `config show`."""
    return {"default": _("default"), "chosen": _("chosen in the reader"), "own": _("your settings file")}[name]


def own_file() -> str:
    """The first line of the file that `config edit` makes."""
    return _("# Your settings of Newsstand. Take the # from a line, and change it; newsstand config check checks it.")


def keys_of(keys: Sequence[str]) -> str:
    """A command's keys as people write them; "by name only" for none."""
    return " ".join(key_name(key) for key in keys) or _("by name only")


def context(where: str) -> str:
    """Where a command works, in words."""
    return {
        "everywhere": _("everywhere"),
        "lists": _("sources, headlines"),
        "sources": _("sources"),
        "headlines": _("headlines"),
        "article": _("story"),
        "stories": _("headlines, story"),
    }[where]


def cannot_be_made(path: object, reason: object) -> str:
    """`config edit`, where the settings file could not be made."""
    return _("{path}: it cannot be made ({reason}).").format(path=path, reason=reason)


def no_home() -> str:
    """There is no home folder, and no library was named."""
    return _(
        "There is no home folder (HOME is not set), so no place for the library. Set HOME, or name a file: "
        "newsstand --library FILE."
    )


def not_there_yet() -> str:
    """Beside a file that need not exist."""
    return _("(not there yet)")


def page_title() -> str:
    """The title of the page."""
    return _("Settings")


def page_counts(chosen: int, own: int, file: str) -> str:
    """Beside the title: how many are not as they come. `file` is the user's settings file."""
    if own and chosen:
        return _("{chosen} chosen here, {own} set in {file}").format(chosen=chosen, own=own, file=file)
    if own:
        return _("{own} set in {file}").format(own=own, file=file)
    return _("{chosen} chosen here").format(chosen=chosen) if chosen else _("all at their defaults")


def section_name(name: str) -> str:
    """The heading of a section, by its name in the file."""
    return {
        "reader": _("How it looks"),
        "refresh": _("Refreshing"),
        "offline": _("Reading offline"),
        "keep": _("Keeping the library small"),
        "network": _("Network"),
        "library": _("Library"),
        "keys": _("Keys"),
    }.get(name, name)


def setting_name(name: str) -> tuple[str, str]:
    """What a setting is called, and what it does; by its name in the file."""
    known = {
        "reader.theme": (_("Theme"), _("colours of the whole reader")),
        "reader.measure": (_("Line length"), _("longest line of a story, in cells")),
        "reader.density": (_("Headline rows"), _("how much room a headline has in its list")),
        "reader.icons": (_("Marks"), _("ascii where a terminal or its font lacks the others")),
        "reader.panes": (_("Panes"), _("most panes side by side; a narrow terminal shows fewer")),
        "reader.dates": (_("Dates"), _("16 Nov, Nov 16 or 2019-11-16")),
        "reader.clock": (_("Clock"), _("13:53 or 1:53 pm")),
        "reader.view": (_("First list"), _("the list that opens; last: where you left")),
        "reader.player": (_("Player"), _("program for sound and film; empty: the system's own")),
        "refresh.every": (_("Refresh every"), _("minutes between two visits to a source; it may ask for more")),
        "refresh.at_start": (_("Refresh at start"), _("ask the sources that are due when the reader opens")),
        "offline.stories": (_("Stories kept"), _("newest unread ones of each source, kept after a refresh")),
        "offline.related": (_("Related stories"), _("keep these too, one step deep")),
        "offline.articles": (_("Stories at most"), _("kept in one refresh")),
        "offline.megabytes": (_("Megabytes at most"), _("of pages, in one refresh")),
        "keep.days": (_("Days kept"), _("of stories not starred, saved or tagged; 0: for ever")),
        "keep.megabytes": (_("Library at most"), _("megabytes: old read stories go first; 0: no bound")),
        "network.at_once": (_("Requests at once"), _("to all servers together")),
        "network.per_host": (_("Requests per server"), _("at once, to one server")),
        "network.seconds": (_("Longest wait"), _("for one answer, in seconds")),
        "network.received": (_("Largest answer"), _("in megabytes, as it is received")),
        "network.decoded": (_("Largest unpacked"), _("in megabytes, after unpacking")),
        "library.backups": (_("Backups kept"), _("of those made by themselves; 0: none are made")),
        "library.backup_days": (_("Backup every"), _("days, at the first start; 0: only before an upgrade")),
        "network.private_addresses": (_("Private networks"), _("the web may lead to addresses at home")),
        "keys.set": (_("Key set"), _("keys to start from; [keys] in your settings file changes single ones")),
    }
    section, _dot, key = name.partition(".")
    return known.get(name, (f"{section}: {key.replace('_', ' ')}", ""))


def switch(on: bool) -> str:
    """A setting that is on or off."""
    return _("on") if on else _("off")


def set_in(file: str) -> str:
    """In the place of the explanation: the user's file sets it, so it cannot be changed here."""
    return _("set in {file}; change it there").format(file=file)


def locked(name: str, file: str) -> str:
    """Why a setting cannot be changed here, at the foot. `file` is the path of the user's file."""
    return _("{name} is set in {file}, and that wins: change it there, or take the line out.").format(
        name=name, file=file
    )


def may_be(choices: Sequence[str]) -> str:
    """Which values there are."""
    return _("One of: {choices}.").format(choices=", ".join(choices))


def between(least: str, most: str) -> str:
    """Which numbers there are."""
    return _("{least} to {most}.").format(least=least, most=most)


def from_next_start() -> str:
    """This setting does nothing to the reader that is open."""
    return _("Holds from the next start.")


def own_colours_only() -> str:
    """The theme, in a terminal of few colours or with NO_COLOR."""
    return _("This terminal shows its own colours only.")


def setting_facts(name: str, default: str, origin: str, where: str) -> str:
    """The last line about a setting: its name in a settings file, its default, and who set it, where."""
    if origin == "default":
        return _("{name} · default: {default}, unchanged").format(name=name, default=default)
    told = {
        "chosen": _("chosen here, kept in {file}").format(file=where),
        "keys": _("set with < and >"),
        "own": _("set in {file}").format(file=where),
    }[origin]
    return _("{name} · default: {default} · {told}").format(name=name, default=default, told=told)


def page_keys(what: str) -> str:
    """A key at the foot of the page, by what it does."""
    labels = {
        "change": _("change"),
        "type": _("type"),
        "default": _("default"),
        "undo": _("undo"),
        "filter": _("filter"),
        "all": _("show all"),
        "set": _("set"),
        "cancel": _("cancel"),
        "choose": _("choose"),
        "back": _("back"),
    }
    return labels[what]


def is_default_already(name: str) -> str:
    """There is nothing to take back."""
    return _("{name} has its default already.").format(name=name)


def nothing_to_undo() -> str:
    """No setting was changed since the page was opened."""
    return _("No setting was changed here since this page was opened.")


def no_number(typed: str) -> str:
    """What was typed is no number."""
    return _('"{typed}" is not a number.').format(typed=typed)


def page_filter() -> str:
    """Before the field that filters the settings."""
    return _("Filter")


def no_setting_fits(typed: str) -> str:
    """No setting has what was typed."""
    return _('No setting matches "{typed}".').format(typed=typed)
