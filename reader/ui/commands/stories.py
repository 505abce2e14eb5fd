"""Commands that go from story to story, and shape the page they are read on."""

from reader import words
from reader.ui.commands.host import StoriesHost
from reader.words import help_pages as help_pages_words


def next_unread(host: StoriesHost, count: int = 1) -> None:
    host.start(_go_unread(host, 1, count), "unread", exclusive=True)


def previous_unread(host: StoriesHost, count: int = 1) -> None:
    host.start(_go_unread(host, -1, count), "unread", exclusive=True)


async def _list_chosen(host: StoriesHost) -> bool:
    """In Sources, list what the cursor is on: the next story is one of that. False where it is listed already."""
    view = host.pane.view
    if view == host.headlines.view:
        return False
    await host.headlines.open(view, host.sources)
    return True


async def _go_unread(host: StoriesHost, step: int, count: int) -> None:
    await _list_chosen(host)
    opened = host.stories.history.entries
    found = await host.headlines.next_unread(step, count, opened=opened[0].page if opened else None)
    if found is None:
        host.say(words.nothing_unread(), "hint")
        return
    row = host.headlines.go(found)
    if row is not None:
        host.open_row(row)


def next_story(host: StoriesHost, count: int = 1) -> None:
    host.start(_step(host, count), "unread", exclusive=True)


def previous_story(host: StoriesHost, count: int = 1) -> None:
    host.start(_step(host, -count), "unread", exclusive=True)


async def _step(host: StoriesHost, step: int) -> None:
    row = host.headlines.go(max(0, step - 1)) if await _list_chosen(host) else host.headlines.step(step)
    if row is not None:
        host.open_row(row)
    else:
        host.say(help_pages_words.no_more_stories(step), "hint")


def rest(host: StoriesHost) -> None:
    host.stories.load_rest()


def wider(host: StoriesHost) -> None:
    _change_measure(host, 2)


def narrower(host: StoriesHost) -> None:
    _change_measure(host, -2)


def _change_measure(host: StoriesHost, step: int) -> None:
    if not host.article_pane.change_measure(step):
        host.say(help_pages_words.widest(host.article_pane.measure), "hint")
    elif not host.article_pane.display or host.stories.history.current is None:
        host.say(help_pages_words.measure(host.article_pane.measure))


def zoom(host: StoriesHost) -> None:
    before = host.article_pane.styles.width
    alone = host.toggle_alone()
    if alone is None:
        host.say(help_pages_words.one_pane_fits(host.session.config.reader.panes), "hint")
        return
    if alone and host.stories.history.current is not None:
        host.focus_pane("article")
    if host.article_pane.styles.width == before:  # Sources and headlines are shown
        host.say(words.zoomed(alone))
    else:
        host.pane.tell_alone(alone)
