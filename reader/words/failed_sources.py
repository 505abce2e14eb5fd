"""The page of failed sources: since when, why, and what one can do. Not loaded before it is opened."""

from collections.abc import Sequence
from datetime import datetime

from reader.words.datetimes import clock, day_heading, short_date
from reader.words.translation import _, _n


def title() -> str:
    """The title of the page."""
    return _("Failed sources")


def summary(failing: int, of: int, *, kept: bool = True) -> str:
    """Beside the title: `2 of 120. What was kept is still here to read.`. `kept`: one of them has ever answered."""
    if not failing:
        return ""
    if not kept:
        return _("{n} of {all}").format(n=failing, all=of)
    return _("{n} of {all}. What was kept is still here to read.").format(n=failing, all=of)


def none_failed(answered: datetime | None, sources: int, now: datetime) -> str:
    """The page where no source fails. `answered`: when the last source answered."""
    if not sources:
        return _("There are no sources yet.")
    if answered is None:
        return _("No source has been fetched yet.")
    sentence = _n("The only source answered at {time}.", "Every source answered at {time}.", sources)
    return sentence.format(time=clock(answered, now))


def waiting(count: int) -> str:
    """Under the sources that fail: how many servers have asked us to wait, which is no failure."""
    return _n("{n} source asks us to wait.", "{n} sources ask us to wait.", count).format(n=count)


def since(moment: datetime | None, now: datetime, tries: int) -> str:
    """Since when a source fails and how often it was tried: `since Tuesday, 14 tries`, `today, 1 try`."""
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
    """In the place of `since`, while a source is being tried."""
    return _("trying now")


def asked(asked: datetime | None, again: datetime | None, now: datetime) -> str:
    """When a source was tried and when it will be: `Tried at 13:58, next at 14:28.`. `again` None: not by itself."""
    when = _("Tried at {time}").format(time=clock(asked, now)) if asked is not None else _("Not tried yet")
    if again is None:
        return when + _("; not again before you say so.")
    if again <= now:
        return when + _("; next with the coming refresh.")
    return when + _(", next at {time}.").format(time=clock(again, now))


def way(what: str) -> str:
    """What one can do about a failure, by what it is: stands behind its key."""
    ways = {
        "again": _("try again"),
        "address": _("look for its new address"),
        "home": _("open the home page"),
        "browser": _("read it in the browser"),
        "time": _("give it more time"),
        "edit": _("edit its address"),
        "agent": _("change the User-Agent"),
        "other": _("look for another feed"),
        "remove": _("remove it"),
    }
    return ways[what]


def keys(what: str) -> str:
    """A key at the foot of the page, by what it does."""
    labels = {
        "choose": _("choose"),
        "again": _("try again"),
        "all": _("try all again"),
        "settings": _("settings"),
        "address": _("new address"),
        "home": _("home page"),
        "remove": _("remove"),
        "undo": _("undo"),
        "back": _("back"),
    }
    return labels[what]


def answered(names: Sequence[str]) -> str:
    """Sources that had failed and have answered while the page was open."""
    if len(names) == 1:
        return _("{name} works again.").format(name=names[0])
    return _n("{n} source works again.", "{n} sources work again.", len(names)).format(n=len(names))


def still_fails(names: Sequence[str]) -> str:
    """Sources that were just asked again, and fail again."""
    if len(names) == 1:
        return _("{name} was asked again and still fails.").format(name=names[0])
    return _n(
        "{n} source was asked again and still fails.", "{n} sources were asked again and still fail.", len(names)
    ).format(n=len(names))


def nothing_to_do() -> str:
    """A key for a source, where no source fails."""
    return _("No source has failed.")
