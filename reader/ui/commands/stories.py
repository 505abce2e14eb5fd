"""Commands that go from story to story, and shape the page they are read on."""

from dataclasses import replace

from reader import words
from reader.ui.commands.host import CommandHost


def next_unread(host: CommandHost, count: int = 1) -> None:
    host.start(_go_unread(host, 1, count), "unread", exclusive=True)


def previous_unread(host: CommandHost, count: int = 1) -> None:
    host.start(_go_unread(host, -1, count), "unread", exclusive=True)


async def _go_unread(host: CommandHost, step: int, count: int) -> None:
    here = host.list_pane.row
    fresh = here is not None and not here.read and step > 0 and host.stories.trail.here is None
    index = host.list_pane.cursor if fresh else host.list_pane.cursor + step
    found = None
    for _ in range(count):
        next_one = await host.headlines.unread_from(index, step)
        if next_one is None:
            break
        found, index = next_one, next_one + step
    if found is None:  # round by the other end, as a search does
        other_end = 0 if step > 0 else len(host.list_pane.listing) - 1
        found = await host.headlines.unread_from(other_end, step)
    if found is None:
        host.say(words.nothing_unread())
        return
    _open_index(host, found)


def next_story(host: CommandHost, count: int = 1) -> None:
    _step(host, count)


def previous_story(host: CommandHost, count: int = 1) -> None:
    _step(host, -count)


def _step(host: CommandHost, step: int) -> None:
    last = len(host.list_pane.listing) - 1
    index = max(0, min(host.list_pane.cursor + step, last))
    if index != host.list_pane.cursor:
        _open_index(host, index)


def _open_index(host: CommandHost, index: int) -> None:
    host.list_pane.go(index)
    row = host.list_pane.row
    if row is not None:
        host.open_row(row)


def rest(host: CommandHost) -> None:
    host.stories.load_rest()


def wider(host: CommandHost) -> None:
    host.article_pane.widen(2)


def narrower(host: CommandHost) -> None:
    host.article_pane.widen(-2)


def zoom(host: CommandHost) -> None:
    alone = not host.pane_settings.alone
    host.set_panes(replace(host.pane_settings, alone=alone))
    if alone and host.stories.trail.here is not None:
        host.focus_pane("article")
    if host.pane.is_list:
        host.say(words.zoomed(alone))
