"""Commands that open what lies over the panes (palette, help, log), filter the list, and leave."""

from collections.abc import Callable

from reader.errors import NewsstandError
from reader.ui.commands.host import PanelsHost
from reader.words import library as library_words
from reader.words.datetimes import size


def palette(host: PanelsHost) -> None:
    from reader.ui.commands.palette_items import (
        command_items,
        elsewhere_items,
        setting_items,
        shell_items,
        story_items,
        theme_items,
        view_items,
    )
    from reader.ui.dialogs.palette import Palette

    items = command_items(host) + view_items(host) + setting_items(host) + theme_items(host) + elsewhere_items(host)
    items += shell_items(host)
    host.push(Palette(host.appearance, items, lambda wanted: story_items(host, wanted)), _run_chosen)


def _run_chosen(chosen: Callable[[], None] | None) -> None:
    if chosen is not None:
        chosen()


def show_help(host: PanelsHost) -> None:
    from reader.ui.pages.help import Help

    host.push(Help(host))


def filter_list(host: PanelsHost) -> None:
    host.filter_list()


def settings(host: PanelsHost) -> None:
    from reader.ui.pages.settings import SettingsPage

    host.push(SettingsPage(host))


def import_list(host: PanelsHost) -> None:
    from reader.ui.dialogs.import_list import ImportList

    host.push(ImportList(host))


def export_list(host: PanelsHost) -> None:
    from reader.ui.dialogs.export_list import ExportList

    host.push(ExportList(host))


def backup(host: PanelsHost) -> None:
    host.say(library_words.backup_being_made(), "lasting")
    host.start(_back_up(host), "backup")


async def _back_up(host: PanelsHost) -> None:
    try:
        made = await host.session.backups.make()
    except NewsstandError as error:
        host.end_lasting_note()
        host.say(str(error), "error")
    else:
        host.end_lasting_note()
        host.say(library_words.backup_made(made.file, size(made.size)))


def log(host: PanelsHost) -> None:
    from reader.ui.pages.log import LogPage

    host.push(LogPage(host.appearance, host.session.log_path, host.session.config.commands))


def escape(host: PanelsHost) -> None:
    if host.stories.cancel():
        return
    note = host.note
    host.dismiss_note()
    if note is None or note.kind == "result":  # which says what was done: it is not what Esc is pressed for
        host.pane.cancel()


def quit_back(host: PanelsHost) -> None:
    host.pane.quit()


def leave(host: PanelsHost) -> None:
    host.leave()
