"""What the palette offers: commands, then views, folders and sources, then the newest stories that fit."""

from functools import partial

from reader import words
from reader.commands import key_name, works_in
from reader.store import Row
from reader.text import fold
from reader.ui.commands.host import PaletteHost
from reader.ui.dialogs.palette import PaletteItem
from reader.ui.headlines import view_name

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
            also=f"{command.label} {command.id}",
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
