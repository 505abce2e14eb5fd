"""What the pages of trouble, of keys and of the log say. Not loaded before one of them is opened."""

from collections.abc import Sequence
from datetime import datetime

from reader.words.catalogue import _, _n
from reader.words.moments import clock, day_heading, short_date


def title() -> str:
    """The title of the page of trouble."""
    return _("Sources with trouble")


def summary(failing: int, of: int) -> str:
    """Beside the title: `2 of 120. What was kept is still here to read.`."""
    if not failing:
        return ""
    return _("{n} of {all}. What was kept is still here to read.").format(n=failing, all=of)


def no_trouble(answered: datetime | None, sources: int, now: datetime) -> str:
    """The page where nothing fails. `answered`: when the last source answered."""
    if not sources:
        return _("There are no sources yet.")
    if answered is None:
        return _("No source has been asked yet.")
    return _n(
        "The only source answered at {time}.", "Every source answered at {time}.", sources
    ).format(time=clock(answered, now))  # fmt: skip


def since(moment: datetime | None, now: datetime, tries: int) -> str:
    """Since when a source fails and how often it was asked: `since Tuesday, 14 tries`, `today, 1 try`."""
    days = (now.date() - moment.date()).days if moment is not None else 0
    if moment is None:
        when = ""
    elif days <= 0:
        when = _("today")
    elif days == 1:
        when = _("since yesterday")
    elif days < 7:
        when = _("since {day}").format(day=day_heading(moment.date(), now.date())[0])
    else:
        year = f" {moment.year}" if moment.year != now.year else ""
        when = _("since {day}").format(day=short_date(moment.date()) + year)
    often = _n("{n} try", "{n} tries", tries).format(n=tries) if tries else ""
    return ", ".join(part for part in (when, often) if part)


def asking() -> str:
    """In the place of `since`, while a source is being asked."""
    return _("asking now")


def asked(asked: datetime | None, again: datetime | None, now: datetime) -> str:
    """When a source was asked and when it will be: `Asked at 13:58, again at 14:28.`. `again` None: not by itself."""
    when = _("Asked at {time}").format(time=clock(asked, now)) if asked is not None else _("Not asked yet")
    if again is None:
        return when + _("; again only when you ask.")
    if again <= now:
        return when + _("; it is asked with the next refresh.")
    return when + _(", again at {time}.").format(time=clock(again, now))


def way(what: str) -> str:
    """What one can do about a failure, by what it is: stands behind its key."""
    ways = {
        "again": _("ask again"),
        "address": _("look for its new address"),
        "home": _("open the home page"),
        "browser": _("read it in the browser"),
        "time": _("give it more time"),
        "edit": _("edit its address"),
        "agent": _("give another User-Agent"),
        "other": _("look for another feed"),
        "remove": _("remove it"),
    }
    return ways[what]


def keys(what: str) -> str:
    """A key at the foot of these pages, by what it does."""
    labels = {
        "choose": _("choose"),
        "again": _("ask again"),
        "all": _("ask all again"),
        "settings": _("settings"),
        "address": _("new address"),
        "home": _("home page"),
        "remove": _("remove"),
        "undo": _("undo"),
        "back": _("back"),
        "search": _("search"),
        "clear": _("all keys again"),
        "scroll": _("scroll"),
        "end": _("newest"),
        "top": _("oldest"),
    }
    return labels[what]


def answered(names: Sequence[str]) -> str:
    """Sources that had trouble and have answered while one looked."""
    if len(names) == 1:
        return _("{name} has answered.").format(name=names[0])
    return _n("{n} source has answered.", "{n} sources have answered.", len(names)).format(n=len(names))


def nothing_to_do() -> str:
    """A key for a source, where no source has trouble."""
    return _("No source has trouble.")


def by_name() -> str:
    """In the place of a key, on the page of keys: the command has none and is run by its name."""
    return _("by name")


def keys_beside(ids: bool) -> str:
    """Beside the title of the page of keys: how to bind others. `ids`: the names of the commands stand there too."""
    if ids:
        return _("[keys] in the settings binds others, by the names at the right")
    return _("/ shows a command whole, with the name by which [keys] binds it")


def found(count: int, of: int) -> str:
    """How many of all: `3 of 52`."""
    return _("{n} of {all}").format(n=count, all=of)


def nothing_fits(typed: str) -> str:
    """The page of keys, where no command fits."""
    return _('No key and no command fits "{typed}".').format(typed=typed)


def log_title() -> str:
    """The title of the page of the log."""
    return _("The log")


def log_advice() -> str:
    """Over the log: what it is for."""
    return _(
        "What went wrong stands here with its causes, newest last. Send what belongs to it with a report; it holds "
        "addresses of papers, no stories and no passwords. newsstand config names this file in a shell."
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
    return _("What came before is in the file.")
