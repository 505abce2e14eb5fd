"""The sentences people read: failures, messages, empty states, dates. For cli and ui alike, through gettext.

Causes are for the log and never stand here. A sentence is one line of at most 100 cells where its facts allow, says
what happened and what to do, and names the key. English is the source; catalogues of other languages will lie in
`reader/_locale`.
"""

import gettext as _gettext
import time
from datetime import date, datetime, timedelta, tzinfo
from pathlib import Path
from urllib.parse import urlsplit

from reader.errors import NewsstandError
from reader.models import Failure, FailureKind

_catalogue = _gettext.translation("newsstand", Path(__file__).with_name("_locale"), fallback=True)
_ = _catalogue.gettext
_n = _catalogue.ngettext

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


def _size(count: int) -> str:
    return f"{count / 1_000_000:.3g} MB" if count >= 1_000_000 else f"{count / 1000:.3g} kB"


def _host(url: str) -> str:
    """Host and port of an address, never its password; the address itself where it has none."""
    try:
        return urlsplit(url).netloc.rpartition("@")[2] or url
    except ValueError:
        return url


def _http(failure: Failure) -> str:
    status = failure.status or 0
    if status in (404, 410):
        return _("the server answered {status}: this address has moved or gone.").format(status=status)
    if status in (401, 403, 407, 428, 451):
        return _("the server answered {status}: it does not let programs read this.").format(status=status)
    if status == 429:
        return _("the server answered 429: it was asked too often. Newsstand will wait.")
    if status >= 500:
        return _("the server answered {status}: it is in trouble. Newsstand will ask again.").format(status=status)
    return _("the server answered {status}.").format(status=status)


def failure(trouble: Failure, *, zone: tzinfo | None = None, keys: bool = True) -> str:
    """Return what happened and what to do, as one sentence that can follow a name and a colon.

    `zone` is the reader's, for clock times (None: the machine's). `keys`: the reader's keys may be named; a shell has
    none. Never holds `trouble.cause`.
    """
    browser = _("; o opens it in the browser.") if keys else "."
    kind = trouble.kind
    host = _host(trouble.url)
    if kind is FailureKind.HTTP:
        return _http(trouble)
    if kind is FailureKind.WAIT and trouble.until is not None:
        return _("it asks us to wait until {time}; Newsstand will.").format(
            time=clock(
                trouble.until.astimezone(zone), datetime.fromtimestamp(time.time(), zone or None).astimezone(zone)
            )
        )
    if kind is FailureKind.TIMEOUT:
        return _("no answer within {n} seconds. What was kept is still here.").format(n=f"{trouble.seconds or 0:g}")
    if kind is FailureKind.TOO_LARGE:
        return _("the answer is larger than {size}; it was not read.").format(size=_size(trouble.limit or 0))
    if kind is FailureKind.BROKEN_FEED:
        count = headlines(trouble.entries or 0)
        if trouble.line:
            return _("the feed has an error on line {line}. {headlines} could be read and were kept.").format(
                line=trouble.line, headlines=count
            )
        return _("the feed has an error. {headlines} could be read and were kept.").format(headlines=count)
    sentences = {
        FailureKind.BAD_URL: _("this is no web address. One begins with https:// or http://."),
        FailureKind.NO_HOST: _("there is no {host}, or no network. What was kept is still here."),
        FailureKind.NO_CONNECTION: _("{host} cannot be reached. What was kept is still here."),
        FailureKind.TLS: _("{host} has no valid certificate, so nothing was read from it."),
        FailureKind.WAIT: _("it asks us to wait; Newsstand will."),
        FailureKind.REDIRECT_LOOP: _("the address leads round in a circle; nothing was read."),
        FailureKind.BAD_ENCODING: _("the answer is packed in a way that cannot be unpacked."),
        FailureKind.PROTOCOL: _("{host} gave an answer that cannot be understood."),
        FailureKind.NOT_A_FEED: _("there is no feed at this address any more."),
        FailureKind.NOT_A_PAGE: _("this is no page to read here") + browser,
        FailureKind.NO_ARTICLE: _("no story found on this page") + browser,
        FailureKind.NO_ADDRESS: _("the feed gives no address for this story."),
        FailureKind.NO_NEWS: _("no news behind this address. Try the paper's front page or one of its sections."),
        FailureKind.OFFLINE: _("not kept. It will come with the network."),
        FailureKind.CRASHED: _("this page could not be worked through") + browser,
        FailureKind.UNREADABLE: _("this file cannot be read."),
        FailureKind.NOT_KEPT: _("it could not be kept just now; it will be when it is opened again."),
        FailureKind.DISK_FULL: _("the disk is full. Nothing you marked is lost; new stories cannot be kept."),
    }
    return sentences[kind].format(host=host)


def with_name(name: str, sentence: str) -> str:
    """`The Harbour Post: no answer within 20 seconds. ...`."""
    return f"{name}: {sentence}"


def capitalized(sentence: str) -> str:
    """A sentence that stands alone begins with a capital."""
    return sentence[:1].upper() + sentence[1:]


def label(what: str) -> str:
    """A word or two that stand on the screen, by what they are for."""
    labels = {
        "updated": _("updated"),  # a story whose words changed since it was read
        "not kept": _("not kept"),  # it cannot be read offline
        "summary only": _("summary only"),
        "sources": _("Sources"),
        "press": _("press"),  # stands before a key
        "dismiss": _("dismiss"),
        "scroll": _("scroll"),
        "palette": _("everything by name"),
        "back": _("back to reading"),
    }
    return labels[what]


def view_name(kind: str) -> str:
    """The name of a view that is no paper and no folder: `All unread`."""
    names = {
        "unread": _("All unread"),
        "today": _("Today"),
        "starred": _("Starred"),
        "kept": _("Kept offline"),
        "lately": _("Read lately"),
    }
    return names[kind]


def kept_offline(count: int) -> str:
    """`212 kept offline`."""
    return _("{n} kept offline").format(n=count)


def offline_since(moment: datetime, now: datetime) -> str:
    """`Offline since 14:02`."""
    return _("Offline since {time}").format(time=clock(moment, now))


def stories_kept(count: int) -> str:
    """`212 stories kept`."""
    return _n("{n} story kept", "{n} stories kept", count).format(n=count)


def errors(count: int) -> str:
    """`2 errors`; the mark `!` stands behind it."""
    return _n("{n} error", "{n} errors", count).format(n=count)


def new(count: int) -> str:
    """`12 new`."""
    return _("{n} new").format(n=count)


def all_read(next_refresh: datetime | None, now: datetime) -> str:
    """An empty list of what is unread. `*key*` marks the keys, in all of these."""
    if next_refresh is None:
        return _("All read. *r* refreshes now.")
    return _("All read. Next refresh at {time}; *r* refreshes now.").format(time=clock(next_refresh, now))


def empty_view(kind: str) -> str:
    """An empty list of another kind."""
    sentences = {
        "starred": _("Nothing starred. *** on a headline puts it here."),
        "kept": _("Nothing kept yet. *O* keeps everything unread."),
        "lately": _("Nothing read yet. *Enter* opens a story."),
    }
    return sentences.get(kind, _("No headlines yet. *r* fetches them."))


def no_sources() -> str:
    """The list, where nothing is subscribed to."""
    return _("No sources yet. newsstand add URL subscribes to one.")


def no_story(answered: datetime | None, trouble: int, now: datetime) -> str:
    """The article pane, where no story is open. `answered`: when the last source answered; `trouble`: how many fail."""
    sentence = _("Choose a headline.")
    if trouble:
        return (
            sentence + " " + _n("{n} source is in trouble.", "{n} sources are in trouble.", trouble).format(n=trouble)
        )
    if answered is None:
        return sentence
    return sentence + " " + _("Every source answered at {time}.").format(time=clock(answered, now))


def fetching(host: str) -> str:
    """A story is being fetched: in the footer and, under its summary, in its place."""
    return _("Fetching {host}…").format(host=host)


def not_kept_offline(has_summary: bool) -> str:
    """In place of a story that is not kept, without a network."""
    if has_summary:
        return _("Not kept. It will come with the network; here is its summary.")
    return _("Not kept. It will come with the network.")


def marked(act: str, count: int) -> str:
    """What an act did, with the key that undoes it: `37 marked read. ^Z undoes.`."""
    did = {
        "read": _n("{n} marked read.", "{n} marked read.", count),
        "unread": _n("{n} marked unread.", "{n} marked unread.", count),
        "star": _n("{n} starred.", "{n} starred.", count),
        "unstar": _n("{n} no longer starred.", "{n} no longer starred.", count),
    }
    sentence = did.get(act, _n("{n} changed.", "{n} changed.", count))
    return sentence.format(n=count) + " " + _("^Z undoes.")


def undone(count: int) -> str:
    """What undo did."""
    return _n("Undone, for {n} story. ^Y does it again.", "Undone, for {n} stories. ^Y does it again.", count).format(
        n=count
    )


def redone(count: int) -> str:
    """What redo did."""
    return _n("Done again, for {n} story. ^Z undoes.", "Done again, for {n} stories. ^Z undoes.", count).format(n=count)


def nothing_to_undo() -> str:
    """Undo, where there is nothing."""
    return _("Nothing to undo.")


def nothing_to_redo() -> str:
    """Redo, where there is nothing."""
    return _("Nothing to do again.")


def nothing_unread() -> str:
    """`n` or Space, where nothing is left to read in this list."""
    return _("Nothing is unread in this list.")


def no_related(digit: int) -> str:
    """A digit, where no story has that number."""
    return _("No story has the number {n} here.").format(n=digit)


def sent_to_browser(url: str) -> str:
    """What `o` did."""
    return _("Sent to the browser: {address}").format(address=_host(url))


def not_for_browser() -> str:
    """What `o` did not do."""
    return _("Nothing here opens in a browser.")


def trail_ends(step: int) -> str:
    """Back (-1) or forward (1), at the end of the trail."""
    return _("The trail begins here.") if step < 0 else _("The trail ends here.")


def kept_for_offline(kept: int, failed: int) -> str:
    """`Kept 14 stories for offline; 2 could not be fetched.`."""
    if not kept and not failed:
        return _("Everything unread is kept already.")
    sentence = _n("Kept {n} story for offline", "Kept {n} stories for offline", kept).format(n=kept)
    if not failed:
        return sentence + "."
    return sentence + "; " + _("{n} could not be fetched.").format(n=failed)


def refreshed(new_headlines: int) -> str:
    """The end of a refresh that was asked for."""
    if not new_headlines:
        return _("Nothing new.")
    return _n("{n} new headline.", "{n} new headlines.", new_headlines).format(n=new_headlines)


def busy() -> str:
    """A refresh is asked for while one runs."""
    return _("A refresh is running.")


def trouble(error: BaseException | None) -> str:
    """Something went wrong: what we raise says it itself; of all else the log has more."""
    if isinstance(error, NewsstandError):
        return str(error)
    return _("Something went wrong; the log has it. Nothing you marked is lost.")


def page_and_left(percent: int, left: int) -> str:
    """Where one is in a story: `62% · 3 min left`; at its top the minutes alone, at its end the share alone."""
    if percent <= 0:
        return minutes_left(left) if left else ""
    if not left:
        return f"{percent}%"
    return f"{percent}% · {minutes_left(left)}"


def keys_title() -> tuple[str, str]:
    """The title of the page of keys, and the words beside it."""
    return _("Keys"), _("all that can be pressed")


def letters_keys() -> tuple[tuple[str, str], ...]:
    """What can be pressed while there are letters on the links."""
    return ((_("letter"), _("open here")), (_("Shift+letter"), _("browser")), ("Esc", _("leave")))


def palette_groups() -> dict[str, str]:
    """The headings of the palette, by kind."""
    return {"commands": _("Commands"), "papers": _("Papers"), "stories": _("Stories")}


def palette_keys() -> tuple[tuple[str, str], ...]:
    """The keys of the palette, with what they do."""
    return (("Enter", _("run")), ("Tab", _("next group")), ("Esc", _("leave")))


def nothing_found(wanted: str) -> str:
    """The palette, where nothing fits."""
    return _('Nothing for "{wanted}". Accents can be left out.').format(wanted=wanted)
