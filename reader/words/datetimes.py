"""Days, times, ages, counts and the facts of files, as people write them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from urllib.parse import unquote

from reader import file_families
from reader.models import Enclosure
from reader.url_parts import url_parts
from reader.words.translation import _, _n


@dataclass(frozen=True, slots=True)
class _Style:
    dates: str = "day-month"
    clock: int = 24


_style = _Style()
_LONGEST_NAME = 60  # characters of a file's name


def _weekday(day: date) -> str:
    return (
        _("Monday"),
        _("Tuesday"),
        _("Wednesday"),
        _("Thursday"),
        _("Friday"),
        _("Saturday"),
        _("Sunday"),
    )[day.weekday()]


def _month(day: date) -> str:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        _("May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )[day.month - 1]


def _short_month(day: date) -> str:
    return (
        _("Jan"),
        _("Feb"),
        _("Mar"),
        _("Apr"),
        _("May"),
        _("Jun"),
        _("Jul"),
        _("Aug"),
        _("Sep"),
        _("Oct"),
        _("Nov"),
        _("Dec"),
    )[day.month - 1]


def use(dates: str, clock: int) -> None:
    """Write days and times this way from now on: `day-month`, `month-day` or `iso`, and a clock of 24 or 12 hours.

    Called once, at the start. Without it: `day-month`, 24.
    """
    global _style  # sentences are made everywhere, and there is one reader
    _style = _Style(dates, clock)


def long_date(day: date) -> str:
    """`Saturday 16 November 2019`, `Saturday, November 16, 2019`, `Saturday 2019-11-16`."""
    return _dated(day, year=True)


def long_moment(moment: datetime, printed: datetime | None = None) -> str:
    """`Saturday 16 November 2019, 13:53`, in the moment's own zone.

    `printed`: the same as its paper has it. Where that is another time of day, the zone is said: `13:53 UTC+1`.
    """
    return f"{long_date(moment.date())}, {_time(moment)}{_zone(moment, printed)}"


def short_moment(moment: datetime, printed: datetime | None = None) -> str:
    """`16 Nov 2019, 13:53`, in the moment's own zone; `printed` as in `long_moment`."""
    return f"{_short_date_and_year(moment.date())}, {_time(moment)}{_zone(moment, printed)}"


def _zone(moment: datetime, printed: datetime | None) -> str:
    """` UTC+7`, ` UTC-3:30`, ` UTC`, where the paper prints another time of day; else "".

    A paper that gives its times in UTC gives them to machines: what it prints is not known, and commonly local.
    """
    offset = moment.utcoffset()
    if printed is None or offset is None or not printed.utcoffset() or printed.utcoffset() == offset:
        return ""
    minutes = offset // timedelta(minutes=1)
    hours, rest = divmod(abs(minutes), 60)
    number = f"{hours}" + (f":{rest:02}" if rest else "")
    return " UTC" + (f"{'+' if minutes > 0 else '-'}{number}" if minutes else "")


def short_date(day: date) -> str:
    """`16 Nov`, `Nov 16`, `11-16`."""
    month = _short_month(day)
    return {"iso": f"{day:%m-%d}", "month-day": f"{month} {day.day}"}.get(_style.dates, f"{day.day} {month}")


def day_heading(day: date, today: date) -> tuple[str, str]:
    """A day in a list, as its bold and its regular part: `("Today", "Saturday 16 November")`.

    The year stands there when it is not this one, and in ISO dates.
    """
    year = day.year != today.year
    if day == today:
        return _("Today"), _dated(day, year=year)
    if day == today - timedelta(days=1):
        return _("Yesterday"), _dated(day, year=year)
    return _weekday(day), _dated(day, year=year, weekday=False)


def _dated(day: date, *, year: bool, weekday: bool = True) -> str:
    """A day with the full name of its month, or as in ISO 8601."""
    facts = {"weekday": _weekday(day), "day": day.day, "month": _month(day), "year": day.year}
    if _style.dates == "iso":
        return (f"{facts['weekday']} " if weekday else "") + day.isoformat()
    if _style.dates == "month-day":
        text = _("{month} {day}, {year}") if year else _("{month} {day}")
        return (_("{weekday}, ") + text if weekday else text).format(**facts)
    text = _("{day} {month} {year}") if year else _("{day} {month}")
    return (_("{weekday} ") + text if weekday else text).format(**facts)


def _short_date_and_year(day: date) -> str:
    if _style.dates == "iso":
        return day.isoformat()
    return f"{short_date(day)}, {day.year}" if _style.dates == "month-day" else f"{short_date(day)} {day.year}"


def _time(moment: datetime) -> str:
    """`13:53`, or `1:53 pm`."""
    if _style.clock == 24:
        return f"{moment:%H:%M}"
    return f"{moment.hour % 12 or 12}:{moment:%M} {_('am') if moment.hour < 12 else _('pm')}"


def age(moment: datetime, now: datetime) -> str:
    """The rounded age of a story: `5 min`, `2 h`, `3 days`, `2 weeks`, then its date, with the year if another."""
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
    return short_date(moment.date()) if moment.year == now.year else _short_date_and_year(moment.date())


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


def sources(count: int) -> str:
    """`1 source`, `3 sources`."""
    return _n("{n} source", "{n} sources", count).format(n=count)


def unread(count: int) -> str:
    """`12 unread`."""
    return _("{n} unread").format(n=count)


def clock(moment: datetime, now: datetime | None = None) -> str:
    """`14:20`, `2:20 pm`; on another day than `now`, `16 Nov, 14:20`."""
    if now is not None and moment.date() != now.date():
        return f"{short_date(moment.date())}, {_time(moment)}"
    return _time(moment)


def file_kind(file: Enclosure) -> str:
    """`Audio`, `Video`, `Picture`, `Document` or `File`, as its type or its name says."""
    kinds = {"audio": _("Audio"), "video": _("Video"), "image": _("Picture"), "text": _("Document")}
    said = (file.type or "").lower()
    for family, kind in kinds.items():
        if said.startswith(f"{family}/") or said.rpartition("/")[2] in file_families.ENDINGS[family]:
            return kind
    return kinds.get(file_families.family_of_name(_name(file.url)) or "", _("File"))


def file_name(file: Enclosure) -> str:
    """The title that the feed gives a file, or else its name; its host where its address has no name."""
    name = file.title or _name(file.url) or url_parts(file.url).netloc
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _name(url: str) -> str:
    name = unquote(url_parts(url).path).rstrip("/").rpartition("/")[2]
    return "".join(letter for letter in name if letter.isprintable())  # what was encoded was not cleaned


def linked_page(url: str) -> str:
    """A page elsewhere, by its address as people write it: `lamp.example/12`."""
    parts = url_parts(url)
    name = f"{parts.netloc.removeprefix('www.')}{unquote(parts.path).rstrip('/')}"
    name = "".join(letter for letter in name if letter.isprintable())
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def file_facts(file: Enclosure) -> list[str]:
    """Name, format (where the name does not end in it), size and playing time of a file, as far as the feed says."""
    name = file_name(file)
    kind = (file.type or "").partition(";")[0].rpartition("/")[2].lower().removeprefix("x-")
    kind = {"mpeg": "mp3" if "audio" in (file.type or "") else "mpeg", "jpeg": "jpg"}.get(kind, kind)
    facts = [name, kind if not name.lower().endswith(f".{kind}") and kind != "octet-stream" else ""]
    facts += [size(file.length) if file.length else "", duration(file.duration) if file.duration else ""]
    return [fact for fact in facts if fact]


def file_label(file: Enclosure) -> str:
    """All of it in one line: `Audio · ropes.mp3 · 42 MB · 38 min`."""
    return " · ".join([file_kind(file), *file_facts(file)])


def number(value: float) -> str:
    """A number as people write it, in full and without an exponent: `1000000`, `0.5`, `1439.98`."""
    return f"{value:.3f}".rstrip("0").rstrip(".")


def size(length: int) -> str:
    """A number of bytes, as files are measured: `640 kB`, `42 MB`, `1.2 GB`."""
    for unit, name in ((10**9, _("{n} GB")), (10**6, _("{n} MB")), (10**3, _("{n} kB"))):
        if length >= unit:
            amount = length / unit
            return name.format(n=f"{amount:.1f}" if amount < 9.95 and unit > 10**3 else f"{amount:.0f}")
    return _("{n} bytes").format(n=length)


def duration(seconds: int) -> str:
    """How long something plays: `45 s`, `38 min`, `1 h 2 min`."""
    if seconds < 60:
        return _("{n} s").format(n=seconds)
    whole = round(seconds / 60)
    if whole < 60:
        return minutes(whole)
    if whole % 60 == 0:
        return _("{n} h").format(n=whole // 60)
    return _("{h} h {n} min").format(h=whole // 60, n=whole % 60)
