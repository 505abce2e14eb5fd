"""Commands that open what lies over the panes (palette, help, log), filter the list, and leave."""

from collections.abc import Callable

from reader.ui.commands.host import CommandHost


def palette(host: CommandHost) -> None:
    from reader.ui.commands.palette_items import command_items, story_items, view_items
    from reader.ui.dialogs.palette import Palette

    items = command_items(host) + view_items(host)
    host.push(Palette(host.look, items, lambda wanted: story_items(host, wanted)), _run_chosen)


def _run_chosen(chosen: Callable[[], None] | None) -> None:
    if chosen is not None:
        chosen()


def show_help(host: CommandHost) -> None:
    from reader.ui.pages.help import Help

    host.push(Help(host))


def filter_list(host: CommandHost) -> None:
    host.filter_list()


def log(host: CommandHost) -> None:
    from reader.ui.pages.log import LogPage

    host.push(LogPage(host.look, host.session.log_path))


def escape(host: CommandHost) -> None:
    host.article_pane.leave_link()
    if host.stories.stop_rest():
        return
    if not host.dismiss_note() and host.pane.is_list:
        host.headlines.lift()


def quit_back(host: CommandHost) -> None:
    if host.pane.is_list:
        host.leave()
    else:
        host.focus_pane("headlines")


def leave(host: CommandHost) -> None:
    host.leave()
