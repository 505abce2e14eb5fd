"""What failed and what to do: a sentence for each kind of failure. Causes are for the log and never stand here."""

import time
from datetime import UTC, datetime, tzinfo

from reader.models import Failure, FailureKind
from reader.url_parts import url_parts
from reader.words.datetimes import clock, headlines, number, size
from reader.words.translation import _

_SHORT_WAIT = 120  # seconds: a shorter wait is told in seconds, a longer one by the clock
_REFUSED = (401, 402, 403, 407, 428, 451)


def host_of(url: str) -> str:
    """Host and port of an address, never its password; the address itself where it has none."""
    where = url_parts(url).netloc or url
    return where.rpartition("@")[2] if "//" in url else where


def _is_named(host: str, beside: str) -> bool:
    """Whether a name is this host (`gull.example`, `gull.example/sport`), or an address on it."""
    name = host_of(beside).lower().removeprefix("www.").partition("/")[0].partition(" (")[0]
    return bool(name) and name == host.lower().removeprefix("www.")


def _is_front_page(url: str) -> bool:
    parts = url_parts(url)
    return parts.path in ("", "/") and not parts.query and bool(url)


def _http(failure: Failure, *, promises: bool, rerun: bool) -> str:
    """What a status says, and who asks again: Newsstand, whoever runs the command again, or nobody."""
    status = failure.status or 0
    if status in (404, 410):
        return _("the server answered {status}: this address has moved or gone.").format(status=status)
    if status in _REFUSED:
        return _("the server answered {status}: it does not let programs read this.").format(status=status)
    if status == 429:
        later = _(". Run it again later.") if rerun else _(". Newsstand will wait.") if promises else "."
        return _("the server answered 429: it was asked too often") + later
    if status >= 500:
        later = _(". Run it again later.") if rerun else _(". Newsstand will try again.") if promises else "."
        return _("the server answered {status}: it has a problem").format(status=status) + later
    return _("the server answered {status}.").format(status=status)


def _wait(until: datetime, zone: tzinfo | None, now: float, *, promises: bool, rerun: bool) -> str:
    """A server has asked for a pause: how long it still is, or that it is over."""
    left = until.timestamp() - now
    if left <= 0:
        return _("it asked us to wait; it is due now.") if promises else _("it asked us to wait; that is over now.")
    if left < _SHORT_WAIT:
        how_long = _("it asks us to wait {n} s").format(n=max(1, round(left)))
    else:
        at = clock(until.astimezone(zone), datetime.fromtimestamp(now, UTC).astimezone(zone))
        how_long = _("it asks us to wait until {time}").format(time=at)
    if rerun:
        return how_long + _("; run it again then.")
    return how_long + (_("; Newsstand will.") if promises else _("; try again then."))


def failure(
    failed: Failure,
    *,
    zone: tzinfo | None = None,
    keys: bool = True,
    promises: bool = True,
    now: float | None = None,
    rerun: bool = False,
    beside: str = "",
) -> str:
    """Return what happened and what to do, as one sentence that can follow a name and a colon.

    `zone` is the reader's, for clock times (None: the machine's). `keys`: the reader's keys may be named; a shell has
    none. `promises`: also say what Newsstand will do and what it has kept, which is nothing for what is not a source.
    `now`: UTC seconds, for how long a wait still is (None: by the machine's clock). `rerun`: it is said by a command,
    which ends now: nobody waits, and whoever ran it runs it again. `beside`: the name or the address that the sentence
    stands beside; a host that this names already is not named again. Never holds `failed.cause`.
    """
    kept = _(". What was kept is still here.") if promises else "."
    waits = _("; run it again later.") if rerun else _("; Newsstand will.") if promises else "."
    browser = _("; o opens it in the browser.") if keys else "."
    kind = failed.kind
    host = host_of(failed.url)
    if kind is FailureKind.HTTP:
        return _http(failed, promises=promises, rerun=rerun)
    if kind is FailureKind.WAIT and failed.until is not None:
        return _wait(
            failed.until, zone, time.time() if now is None else now, promises=promises and not rerun, rerun=rerun
        )
    if kind is FailureKind.TIMEOUT:
        return _("no answer within {n} seconds").format(n=number(failed.seconds or 0)) + kept
    if kind is FailureKind.CRASHED and failed.seconds is not None:
        return (
            _("reading it takes more than {n} s of work, so it was given up").format(n=number(round(failed.seconds)))
            + kept
        )
    if kind is FailureKind.TOO_LARGE:
        return _("the answer is larger than {size}; it was not read.").format(size=size(failed.limit or 0))
    if kind is FailureKind.BROKEN_FEED:
        count = headlines(failed.entries or 0)
        if failed.line:
            return _("the feed has an error on line {line}. {headlines} could be read and were kept.").format(
                line=failed.line, headlines=count
            )
        return _("the feed has an error. {headlines} could be read and were kept.").format(headlines=count)
    sentences = {
        FailureKind.BAD_REDIRECT: _("{host} redirects to something that is no web address."),
        FailureKind.BAD_URL: _("this is not a web address. One begins with https:// or http://."),
        FailureKind.NO_HOST: _("the server {host} was not found, or there is no network") + kept,
        FailureKind.NO_CONNECTION: _("{host} cannot be reached") + kept,
        FailureKind.TLS: _("{host} has no valid certificate, so nothing was read from it."),
        FailureKind.WAIT: _("it asks us to wait") + waits,
        FailureKind.REDIRECT_LOOP: _("the address redirects in a circle; nothing was read."),
        FailureKind.TOO_MANY_PARTS: _("{host} sends its answer in far too many parts; it was not read."),
        FailureKind.PRIVATE_ADDRESS: _("{host} is in a private network: see the setting network.private_addresses."),
        FailureKind.BAD_ENCODING: _("the answer is compressed in a way that cannot be read."),
        FailureKind.PROTOCOL: _("{host} gave an answer that cannot be understood."),
        FailureKind.NOT_A_FEED: _("there is no feed at this address any more."),
        FailureKind.NOT_A_PAGE: _("this page cannot be read here") + browser,
        FailureKind.LIST_PAGE: _("this page lists stories and is none itself") + browser,
        FailureKind.NO_ARTICLE: (
            _("no story was found on this page (it is a front page)")
            if _is_front_page(failed.url)
            else _("no story was found on this page (it may need a login or JavaScript)")
        )
        + browser,
        FailureKind.NO_ADDRESS: _("the feed gives no address for this story."),
        FailureKind.ROBOTS: _("{host} lets no program fetch this page ahead; opening it fetches it."),
        FailureKind.NO_NEWS: _("no feed behind this address. A paper's front page names its feeds; some have none."),
        FailureKind.OFFLINE: (
            _("there seems to be no network") + waits if rerun else _("not kept. It will come with the network.")
        ),
        FailureKind.CRASHED: _("this page could not be processed") + browser,
        FailureKind.UNREADABLE: _("this file cannot be read."),
        FailureKind.NOT_KEPT: _("it could not be kept just now; open it again to try once more."),
        FailureKind.DISK_FULL: _("the disk is full. Nothing you marked is lost; new stories cannot be kept."),
    }
    sentence = sentences[kind]
    if _is_named(host, beside):
        if kind is FailureKind.NO_HOST:
            sentence = _("the server was not found, or there is no network") + kept
        sentence = sentence.removeprefix("{host} ")
    return sentence.format(host=host)


def not_to_be_had(failed: Failure) -> str:
    """Why another story cannot be read, in the few words that stand in its row under the one that links to it.

    ROBOTS and OFFLINE are said as what they are: nobody has asked for it, and it may well come.
    """
    if failed.kind is FailureKind.ROBOTS:
        return _("not fetched ahead")
    if failed.kind is FailureKind.OFFLINE:
        return _("not kept, offline")
    return _("cannot be had: {why}").format(why=reason_not_to_be_had(failed))


def reason_not_to_be_had(failed: Failure) -> str:
    """Why a story could not be fetched, in two or three words."""
    kind, status = failed.kind, failed.status or 0
    if kind is FailureKind.WAIT or status == 429:
        return _("the server asks to wait")
    if status in (404, 410):
        return _("gone ({status})").format(status=status)
    if status in _REFUSED:
        return _("refused ({status})").format(status=status)
    if status >= 500:
        return _("server error ({status})").format(status=status)
    if status:
        return _("answer {status}").format(status=status)
    reasons = {
        FailureKind.NO_HOST: _("no such server"),
        FailureKind.NO_CONNECTION: _("no answer"),
        FailureKind.TIMEOUT: _("no answer"),
        FailureKind.TLS: _("no valid certificate"),
        FailureKind.TOO_LARGE: _("too large"),
        FailureKind.PRIVATE_ADDRESS: _("in a private network"),
        FailureKind.NOT_A_PAGE: _("not a web page"),
        FailureKind.NO_ARTICLE: _("no story found there"),
        FailureKind.LIST_PAGE: _("a list of stories"),
        FailureKind.NO_ADDRESS: _("no address"),
        FailureKind.ROBOTS: _("forbidden by robots.txt"),
        FailureKind.OFFLINE: _("no network"),
    }
    return reasons.get(kind, _("unreadable"))


def no_such_file(path: object) -> str:
    """A file that was named is not there."""
    return _("{path}: there is no such file.").format(path=path)


def cannot_read(path: object, reason: object) -> str:
    """A file that cannot be read; `reason` in the words of the operating system."""
    return _("{path} cannot be read: {reason}.").format(path=path, reason=reason)


def with_name(name: str, sentence: str) -> str:
    """`The Harbour Post: no answer within 20 seconds. ...`. A sentence that begins with the name is enough."""
    return sentence if name and sentence.startswith(f"{name} ") else f"{name}: {sentence}"


def capitalized(sentence: str) -> str:
    """A sentence that stands alone begins with a capital."""
    return sentence[:1].upper() + sentence[1:]


def not_a_page(why: str) -> str:
    """Why a document is not a web page: `binary`, `feed` or `no html`."""
    sentences = {
        "binary": _("This is not a web page: it is a file of another kind."),
        "feed": _("This is not a web page: it is a feed or another XML document."),
        "no html": _("This is not a web page: it has no HTML in it."),
    }
    return sentences[why]


def not_a_feed(url: str, why: str = "") -> str:
    """Why a document is not a feed: `unreadable`, `json` (damaged), `no json feed`, or "" for any other document."""
    sentences = {
        "": _("{url} is not a feed"),
        "unreadable": _("{url} cannot be read as a feed"),
        "json": _("{url} is JSON that cannot be read"),
        "no json feed": _("{url} is JSON, but not a JSON Feed"),
    }
    return sentences[why].format(url=url)


def worker(why: str, detail: object = "") -> str:
    """Why a worker process has no result: `time` (`detail` in seconds), `died`, `start`, `memory` or
    `stopped`."""
    sentences = {
        "time": _("no result within {detail} seconds"),
        "died": _("the worker process ended: {detail}"),
        "start": _("no worker process could be started: {detail}"),
        "memory": _("the worker process ran out of memory"),
        "stopped": _("the worker processes were stopped"),
    }
    return sentences[why].format(detail=detail)
