"""Days, times, ages and counts, as people write them."""

from datetime import date, datetime, timedelta

from reader.words.catalogue import _, _n

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
           "December")  # fmt: skip


def _weekday(day: date) -> str:
    return _(_WEEKDAYS[day.weekday()])


def _month(day: date) -> str:
    return _(_MONTHS[day.month - 1])


def long_date(day: date) -> str:
    """`Saturday 16 November 2019`."""
    return _("{weekday} {day} {month} {year}").format(
        weekday=_weekday(day), day=day.day, month=_month(day), year=day.year
    )


def long_moment(moment: datetime) -> str:
    """`Saturday 16 November 2019, 13:53`, in the moment's own zone."""
    return f"{long_date(moment.date())}, {moment:%H:%M}"


def short_moment(moment: datetime) -> str:
    """`16 Nov 2019, 13:53`, in the moment's own zone."""
    return f"{short_date(moment.date())} {moment.year}, {moment:%H:%M}"


def short_date(day: date) -> str:
    """`16 Nov`."""
    return f"{day.day} {_(_MONTHS[day.month - 1][:3])}"


def day_heading(day: date, today: date) -> tuple[str, str]:
    """A day in a list, as its bold and its regular part: `("Today", "Saturday 16 November")`.

    The year stands there when it is not this one.
    """
    dated = _("{weekday} {day} {month}").format(weekday=_weekday(day), day=day.day, month=_month(day))
    year = f" {day.year}" if day.year != today.year else ""
    if day == today:
        return _("Today"), dated + year
    if day == today - timedelta(days=1):
        return _("Yesterday"), dated + year
    return _weekday(day), f"{day.day} {_month(day)}{year}"


def age(moment: datetime, now: datetime) -> str:
    """How old a story is, coarsely: `5 min`, `2 h`, `3 days`, `2 weeks`, then its date, with the year if another."""
    seconds = (now - moment).total_seconds()
    if seconds < 3600:
        return _("{n} min").format(n=max(1, int(seconds // 60)))
    if seconds < 86400:
        return _("{n} h").format(n=int(seconds // 3600))
    days = int(seconds // 86400)
    if days < 14:
        return _n("{n} day", "{n} days", days).format(n=days)
    if days < 28:
        return _n("{n} week", "{n} weeks", days // 7).format(n=days // 7)
    return short_date(moment.date()) + (f" {moment.year}" if moment.year != now.year else "")


def minutes(count: int) -> str:
    """Reading time: `7 min`."""
    return _("{n} min").format(n=count)


def minutes_left(count: int) -> str:
    """`3 min left`."""
    return _("{n} min left").format(n=count)


def stories(count: int) -> str:
    """`1 story`, `4 stories`."""
    return _n("{n} story", "{n} stories", count).format(n=count)


def headlines(count: int) -> str:
    """`1 headline`, `40 headlines`."""
    return _n("{n} headline", "{n} headlines", count).format(n=count)


def unread(count: int) -> str:
    """`12 unread`."""
    return _("{n} unread").format(n=count)


def clock(moment: datetime, now: datetime | None = None) -> str:
    """`14:20`; on another day than `now`, `16 Nov, 14:20`."""
    if now is not None and moment.date() != now.date():
        return f"{short_date(moment.date())}, {moment:%H:%M}"
    return f"{moment:%H:%M}"
