"""What the palette offers: commands, then views, folders and sources, settings and themes, then the newest stories that
fit."""

import asyncio
from functools import partial

from reader import words
from reader.commands import key_name, works_in
from reader.config.chosen import Value
from reader.errors import BadSetting
from reader.store import Row
from reader.text import fold
from reader.ui.commands.host import PaletteHost
from reader.ui.dialogs.palette import PaletteItem
from reader.ui.headlines import view_name
from reader.ui.pages.settings_rows import setting_row, setting_rows, shown_value
from reader.words import dialogs as dialogs_words
from reader.words import settings as settings_words

STORIES_AT_MOST = 8

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
            also=f"{command.label} {command.id} {dialogs_words.other_command_names(command.id)}",
        )
        for command in host.session.config.commands
        if works_in(command, host.pane.name) and command.id not in _NOT_OFFERED
    ]


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
