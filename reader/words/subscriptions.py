"""Subscribing, and lists of subscriptions (OPML, newsboat's files): what is wrong with one, what became of it."""

from reader.words.datetimes import headlines, sources, stories
from reader.words.translation import _, _n


def subscribed(name: str, count: int) -> str:
    """`Subscribed to Le Canal: 40 headlines.`"""
    return _("Subscribed to {name}: {headlines}.").format(name=name, headlines=headlines(count))


def left_out(what: str, why: str, line: int | None = None) -> str:
    """Why something in a list is not subscribed to: `line 3: query:Unread: a query of newsboat, not a feed.`"""
    sentences = {
        "link": _("a link, not a feed."),
        "include": _("a list within the list; import it separately."),
        "no-address": _("it has no address."),
        "not-web": _("not a web address."),
        "program": _("the output of a program, and Newsstand runs no programs."),
        "query": _("a query of newsboat, not a feed."),
        "double": _("it is in the list twice."),
        "broken": _("this cannot be read."),
    }
    where = _("line {n}: ").format(n=line) if line is not None else ""
    return f"{where}{what or '…'}: {sentences[why]}"


def list_imported(added: int, known: int, left: int) -> str:
    """The result of importing a list."""
    parts = [_("Subscribed to {sources}").format(sources=sources(added))]
    if known:
        parts.append(_n("{n} was subscribed to already", "{n} were subscribed to already", known).format(n=known))
    if left:
        parts.append(_n("{n} line left out", "{n} lines left out", left).format(n=left))
    return "; ".join(parts) + "."


def marks_imported(read: int, starred: int, unknown: int) -> str:
    """What was marked here, of what is read and starred in newsboat."""
    sentence = _("Marked {read} read and {starred} starred.").format(read=stories(read), starred=starred)
    if unknown:
        more = _n("{n} read story belongs to no source here.", "{n} read stories belong to no source here.", unknown)
        sentence += " " + more.format(n=unknown)
    return sentence


def standard_input() -> str:
    """What messages call a list that was read from standard input."""
    return _("standard input")


def document_title() -> str:
    """The title of an OPML document that is written."""
    return _("Newsstand: subscriptions")


def bad_header(name: str, why: str) -> str:
    """Why a header is refused; its value is not said, for it may be secret."""
    sentences = {
        "shape": _("{name}: a header is written as 'Name: value'."),
        "value": _("{name}: the value must be ASCII on one line, and not empty."),
        "own": _("{name}: Newsstand sets this header itself."),
        "user-agent": _("{name}: --user-agent sets this."),
        "connection": _("{name}: this header belongs to the connection and cannot be chosen."),
        "login": _("{name}: the address has a user and a password, which are sent in this header."),
        "many": _("{name}: these are more headers than a source can have."),
    }
    return sentences[why].format(name=name or "''")


def password_not_kept(where: object, reason: object) -> str:
    """User and password of an address can be kept nowhere."""
    return _("The password cannot be kept: there is no keyring, and {where} cannot be written: {reason}.").format(
        where=where, reason=reason
    )


def bad_opml(name: str, why: str) -> str:
    """Why an OPML document is refused, by the name of the reason."""
    sentences = {
        "empty": _("{name} is empty."),
        "entities": _("{name} defines entities of its own. No list needs them; it was refused, and nothing expanded."),
        "web page": _("{name} is a web page, not a list of subscriptions."),
        "feed": _("{name} is a feed, not a list of subscriptions. `newsstand add` takes its address."),
        "no outlines": _("{name} is not OPML: there are no outlines in it."),
        "neither": _("{name} is neither OPML nor a newsboat urls file."),
        "no feeds": _("{name}: there are no feeds in it."),
    }
    return sentences[why].format(name=name)


def list_too_large(name: str, megabytes: int) -> str:
    """A file that is too large for a list of subscriptions."""
    return _("{name} is larger than {n} MB: that is not a list of subscriptions.").format(name=name, n=megabytes)


def too_many_outlines(name: str, most: int) -> str:
    """An OPML document of more outlines than are read."""
    return _("{name} has more than {n} outlines. Nothing was subscribed.").format(name=name, n=f"{most:,}")


def too_many_feeds(name: str, most: int) -> str:
    """An OPML document of more feeds than are subscribed to at once."""
    return _("{name} lists more than {n} feeds. Nothing was subscribed.").format(name=name, n=f"{most:,}")


def bad_newsboat_cache(path: object, why: str) -> str:
    """Why newsboat's `cache.db` cannot be imported: `missing`, `in use`, `other` (another file), `unreadable`."""
    sentences = {
        "missing": _("{path}: there is no such file. newsboat keeps its cache in ~/.local/share/newsboat/cache.db."),
        "in use": _("{path} is in use: close newsboat, and import again."),
        "other": _("{path} is not a cache of newsboat."),
        "unreadable": _("{path} cannot be read: it is damaged, or you may not read it."),
    }
    return sentences[why].format(path=path)
