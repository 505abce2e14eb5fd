"""The table of commands: which function carries which command out, by the command's id."""

from collections.abc import Callable
from typing import Concatenate

from reader.ui.commands import links, marking, navigation, panels, sources, stories
from reader.ui.commands.host import CommandHost

TABLE: dict[str, Callable[Concatenate[CommandHost, ...], None]] = {
    "down": navigation.down,
    "up": navigation.up,
    "enter": navigation.enter,
    "right": navigation.right,
    "left": navigation.left,
    "top": navigation.top,
    "end": navigation.end,
    "space": navigation.space,
    "page-down": navigation.page_down,
    "page-up": navigation.page_up,
    "half-down": navigation.half_down,
    "half-up": navigation.half_up,
    "next-unread": stories.next_unread,
    "previous-unread": stories.previous_unread,
    "next-story": stories.next_story,
    "previous-story": stories.previous_story,
    "rest": stories.rest,
    "zoom": stories.zoom,
    "wider": stories.wider,
    "narrower": stories.narrower,
    "pane-wider": navigation.pane_wider,
    "pane-narrower": navigation.pane_narrower,
    "links": links.show_letters,
    "next-link": links.next_link,
    "previous-link": links.previous_link,
    "related": links.related,
    "back": links.back,
    "forward": links.forward,
    "browser": links.browser,
    "copy": links.copy,
    "read": marking.read,
    "unread": marking.unread,
    "star": marking.star,
    "save": marking.save,
    "all-read": marking.all_read,
    "undo": marking.undo,
    "redo": marking.redo,
    "refresh": sources.refresh,
    "refresh-all": sources.refresh_all,
    "add": sources.add,
    "catalogue": sources.catalogue,
    "source-settings": sources.source_settings,
    "remove": sources.remove,
    "source-down": sources.source_down,
    "source-up": sources.source_up,
    "trouble": sources.failing,
    "show-new": sources.show_new,
    "keep-offline": sources.keep_offline,
    "narrow": panels.filter_list,
    "palette": panels.palette,
    "help": panels.show_help,
    "settings": panels.settings,
    "import": panels.import_list,
    "export": panels.export_list,
    "backup": panels.backup,
    "log": panels.log,
    "escape": panels.escape,
    "quit-back": panels.quit_back,
    "quit": panels.leave,
}
"""Each takes the host, as much of it as its module asks for; those of counted commands a count too, and `related` the
number of the story."""


def run(host: CommandHost, command: str, key: str = "", count: int | None = None) -> None:
    """Carry a command out. `key` is the one that was pressed: a digit says which related story. `count` is only for
    commands that are counted."""
    if command == "related" and key.isdigit():
        count = int(key)
    if count is None:
        TABLE[command](host)
    else:
        TABLE[command](host, count)
