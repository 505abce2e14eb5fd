"""The pages of help: keyboard shortcuts and the log. Not loaded before one of them is opened."""

from reader.words.translation import _


def keys(what: str) -> str:
    """A key at the foot of these pages, by what it does."""
    labels = {
        "back": _("back"),
        "search": _("search"),
        "clear": _("show all"),
        "scroll": _("scroll"),
        "end": _("newest"),
        "top": _("oldest"),
    }
    return labels[what]


def by_name() -> str:
    """In the place of a key: the command has none, and is run by its name from the command palette."""
    return _("by name")


def keys_beside(ids: bool) -> str:
    """Beside the title: how to change keys. `ids`: the names of the commands are shown too."""
    if ids:
        return _("[keys] in your settings changes them, by these names")
    return _("[keys] in your settings changes them; / shows the names")


def nothing_fits(typed: str) -> str:
    """Where no command matches what was typed."""
    return _('No key or command matches "{typed}".').format(typed=typed)


def log_title() -> str:
    """The title of the log."""
    return _("The log")


def log_advice() -> str:
    """Over the log: what it is for."""
    return _(
        "Errors with their causes, newest last. Add them to a bug report: they hold addresses, but no stories and no "
        "passwords. newsstand config shows where this file is."
    )


def no_log(where: bool) -> str:
    """There is nothing to show: the file is not there or empty, or (`where` False) none is written."""
    if where:
        return _("Nothing has been written yet.")
    return _("No log is written this time.")


def log_unreadable() -> str:
    """The log's file cannot be read."""
    return _("This file cannot be read.")


def log_left_out() -> str:
    """Over the first line, where the beginning was left out."""
    return _("Earlier lines are in the file.")
