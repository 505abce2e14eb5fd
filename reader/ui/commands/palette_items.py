"""What the palette offers: commands, then views, folders and sources, settings and themes, then the newest stories that
fit, then the commands of other panes."""

import asyncio
from functools import partial

from reader import words
from reader.commands import Command, PaneName, Where, key_name, works_in
from reader.config.chosen import Value
from reader.errors import BadSetting
from reader.store import Row
from reader.text import fold
from reader.ui.commands.host import PaletteHost
from reader.ui.dialogs.palette import PaletteItem
from reader.ui.headlines import view_name
from reader.ui.pages.settings_rows import setting_row, setting_rows, shown_value
from reader.words import dialogs as dialogs_words
from reader.words import help_pages as help_pages_words
from reader.words import settings as settings_words

STORIES_AT_MOST = 8

_ON_THE_COMMAND_LINE = {
    "keep-offline": ("offline",),
    "settings": ("config",),
    "source-settings": ("set", "rename", "move"),
}
"""Commands of the reader that the command line has under another name."""

_NOT_OFFERED = frozenset(("down", "up", "left", "right", "enter", "escape", "palette", "related"))


def command_items(host: PaletteHost) -> list[PaletteItem]:
    """The commands that work where the focus is, each with its first key; those without one are run from here alone."""
    group = words.palette_groups()["commands"]
    return [
        PaletteItem(
            group,
            command.title,
            key_name(command.keys[0]) if command.keys else "",
            partial(host.run_command, command.id),
            also=_other_names(command),
            called=_names(command),
        )
        for command in host.session.config.commands
        if works_in(command, host.pane.name) and command.id not in _NOT_OFFERED
    ]


def elsewhere_items(host: PaletteHost) -> list[PaletteItem]:
    """The commands that work in another pane only, each with that pane; each goes there."""
    group = dialogs_words.palette_group("elsewhere")
    return [
        PaletteItem(
            group,
            command.title,
            dialogs_words.in_pane(pane_of(command)),
            partial(_use_elsewhere, host, command),
            also=_other_names(command),
            elsewhere=True,
            called=_names(command),
        )
        for command in host.session.config.commands
        if not works_in(command, host.pane.name) and command.id not in _NOT_OFFERED
    ]


def shell_items(host: PaletteHost) -> list[PaletteItem]:
    """What only the command line has, each with its command, which is said."""
    group = dialogs_words.palette_group("shell")
    return [
        PaletteItem(
            group,
            title,
            command,
            partial(host.say, dialogs_words.run_in_shell(command)),
            also=f"{command} {others}",
            elsewhere=True,
            called=(command, command.rpartition(" ")[2]),
        )
        for command, title, others in dialogs_words.shell_commands()
    ]


def _other_names(command: Command) -> str:
    return f"{command.label} {command.id} {dialogs_words.other_command_names(command.id)}"


def _names(command: Command) -> tuple[str, ...]:
    """What a command is called in the settings, in the footer and on the command line. Pure."""
    return (command.id, command.label, words.command_label(command), *_ON_THE_COMMAND_LINE.get(command.id, ()))


def pane_of(command: Command) -> PaneName:
    """The pane to go to for a command that works in some panes only. Pure.

    The settings of a source are reached in Sources, where it can be seen which source they are of.
    """
    if command.where is Where.SOURCES or command.id == "source-settings":
        return "sources"
    return "article" if command.where is Where.ARTICLE else "headlines"


def _use_elsewhere(host: PaletteHost, command: Command) -> None:
    """Go to the pane of a command and carry it out there. What marks stories only says its key: which of them it would
    be about was not seen when the command was chosen. Without a story there is no article pane to go to."""
    pane = pane_of(command)
    if pane == "article" and host.stories.history.current is None:
        host.say(help_pages_words.no_story_open(), "hint")
        return
    host.focus_pane(pane)
    if command.group == "Mark" and command.keys:
        host.say(help_pages_words.works_here(key_name(command.keys[0]), command), "hint")
    else:
        host.run_command(command.id)


def view_items(host: PaletteHost) -> list[PaletteItem]:
    """Views, folders and sources, each with how much is unread in it."""
    group = words.palette_groups()["papers"]
    return [
        PaletteItem(
            group,
            view_name(view, host.sources),
            words.unread(unread) if unread else "",
            partial(host.open_view, view),
        )
        for view, unread in host.listed_views
    ]


def setting_items(host: PaletteHost) -> list[PaletteItem]:
    """Every setting with its value; each opens the page of settings there."""
    group = dialogs_words.palette_group("settings")
    items = []
    for row in setting_rows(host.session.config):
        name, about = settings_words.setting_name(row.name)
        value = host.session.measure() if row.name == "reader.measure" else row.value
        run = partial(_open_setting, host, row.name)
        items.append(PaletteItem(group, name, shown_value(value), run, also=f"{row.name} {about}"))
    return items


def _open_setting(host: PaletteHost, name: str) -> None:
    from reader.ui.pages.settings import SettingsPage

    host.push(SettingsPage(host, name))


def theme_items(host: PaletteHost) -> list[PaletteItem]:
    """Every theme, to be taken at once; where the user's settings file sets it, that is said instead."""
    group, row = dialogs_words.palette_group("themes"), setting_row(host.session.config, "reader.theme")
    return [
        PaletteItem(
            group,
            dialogs_words.theme_item(str(theme)),
            dialogs_words.theme_in_use() if theme == row.value else "",
            partial(_take_theme, host, theme),
            also=row.name,
        )
        for theme in row.choices
    ]


def _take_theme(host: PaletteHost, theme: Value) -> None:
    try:
        written = host.session.choose("reader.theme", theme)
    except BadSetting as error:
        host.say(str(error), "error")
    else:
        host.start(_kept(host, written), "settings")


async def _kept(host: PaletteHost, written: "asyncio.Future[str]") -> None:
    why_not = await written
    if why_not:
        host.say(why_not, "error")


def story_items(host: PaletteHost, wanted: str) -> list[PaletteItem]:
    """The newest headlines of the list that is shown which have the folded words `wanted`."""
    group = words.palette_groups()["stories"]
    rows = host.headlines.find(lambda title: wanted in fold(title), STORIES_AT_MOST)
    session, now = host.session, host.session.now()
    return [
        PaletteItem(group, row.title, words.clock(session.at(row.time), now), partial(_open_story, host, row))
        for row in rows
    ]


def _open_story(host: PaletteHost, row: Row) -> None:
    host.headlines.go_to_page(row.page)
    host.open_row(row)
