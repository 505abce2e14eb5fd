"""Commands that follow links: related stories, the way back and forward, the browser, the clipboard."""

from reader import words
from reader.ui.commands.host import LinksHost
from reader.words import help_pages as help_pages_words


def show_letters(host: LinksHost) -> None:
    if not host.article_pane.show_link_letters():
        host.say(words.no_links(), "hint")


def next_link(host: LinksHost) -> None:
    _next_link(host, 1)


def previous_link(host: LinksHost) -> None:
    _next_link(host, -1)


def _next_link(host: LinksHost, step: int) -> None:
    if not host.article_pane.next_link(step):
        host.say(words.no_links(), "hint")


def related(host: LinksHost, number: int = 1) -> None:
    """Open the related story of that number."""
    target = host.article_pane.related_target(number)
    if target is not None:
        host.stories.follow(target)
    else:
        host.say(words.no_related(number), "hint")


def back(host: LinksHost, count: int = 1) -> None:
    _walk(host, -1, count)


def forward(host: LinksHost, count: int = 1) -> None:
    _walk(host, 1, count)


def _walk(host: LinksHost, step: int, count: int) -> None:
    stories = host.stories
    if stories.history.current is None:
        host.say(help_pages_words.no_story_open(), "hint")
        return
    host.focus_pane("article")
    for _ in range(count):
        stories.go(step)
        if stories.history.position in (0, len(stories.history.entries) - 1):
            break


def browser(host: LinksHost) -> None:
    """Open the address in the browser; where that is a file's (sound, film), in the player."""
    if host.pane.file:
        row = host.pane.row
        host.play(host.pane.file, row.title if row is not None else "")
    else:
        host.open_url(host.pane.link)


def copy(host: LinksHost) -> None:
    host.copy_link(host.pane.link)
