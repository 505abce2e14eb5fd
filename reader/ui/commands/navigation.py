"""Commands that move: the cursor, the pane in focus, the page; and how wide a pane is."""

from reader.ui.commands.host import NavigationHost
from reader.words import help_pages as help_pages_words


def down(host: NavigationHost, count: int = 1) -> None:
    host.pane.move(count)


def up(host: NavigationHost, count: int = 1) -> None:
    host.pane.move(-count)


def enter(host: NavigationHost) -> None:
    host.pane.act()


def right(host: NavigationHost) -> None:
    host.pane.right()


def left(host: NavigationHost) -> None:
    host.pane.left()


def top(host: NavigationHost, count: int = 1) -> None:
    if count > 1:
        host.pane.go_to(count)
    else:
        host.pane.top()


def end(host: NavigationHost, count: int | None = None) -> None:
    if count is not None:
        host.pane.go_to(count)
    else:
        host.pane.end()


def space(host: NavigationHost) -> None:
    host.pane.page_on()


def page_down(host: NavigationHost, count: int = 1) -> None:
    host.pane.page(1.0 * count)


def page_up(host: NavigationHost, count: int = 1) -> None:
    host.pane.page(-1.0 * count)


def half_down(host: NavigationHost, count: int = 1) -> None:
    host.pane.page(0.5 * count)


def half_up(host: NavigationHost, count: int = 1) -> None:
    host.pane.page(-0.5 * count)


def pane_wider(host: NavigationHost, count: int = 2) -> None:
    _widen(host, count)


def pane_narrower(host: NavigationHost, count: int = 2) -> None:
    _widen(host, -count)


def _widen(host: NavigationHost, cells: int) -> None:
    if not host.widen_pane(cells):
        host.say(help_pages_words.pane_stays(), "hint")
