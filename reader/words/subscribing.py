"""What subscribing, lists and the command line's acts on sources say."""

from collections.abc import Sequence

from reader.words.catalogue import _, _n
from reader.words.moments import stories

UNDO = "newsstand undo"


def takes_back() -> str:
    """Stands after what the command line did."""
    return _("`{command}` takes it back.").format(command=UNDO)


def left_out(what: str, why: str, line: int | None = None) -> str:
    """Why something in a list is not subscribed to: `line 3: query:Unread: a query of newsboat's, no feed.`"""
    sentences = {
        "link": _("a link, no feed."),
        "include": _("a list within the list; import it by itself."),
        "no-address": _("it has no address."),
        "not-web": _("no web address."),
        "program": _("the output of a program, and none is run here."),
        "query": _("a query of newsboat's, no feed."),
        "double": _("it is in the list twice."),
        "broken": _("this cannot be read."),
    }
    where = _("line {n}: ").format(n=line) if line is not None else ""
    return f"{where}{what or '…'}: {sentences[why]}"


def sources(count: int) -> str:
    """`3 sources`."""
    return _n("{n} source", "{n} sources", count).format(n=count)


def imported(added: int, known: int, left: int) -> str:
    """What became of a list."""
    told = [_("Subscribed to {sources}").format(sources=sources(added))]
    if known:
        told.append(_n("{n} was there already", "{n} were there already", known).format(n=known))
    if left:
        told.append(_n("{n} line left out", "{n} lines left out", left).format(n=left))
    return "; ".join(told) + "."


def marks_brought(read: int, starred: int, unknown: int) -> str:
    """What newsboat's marks became."""
    sentence = _("Marked {read} read and {starred} starred.").format(read=stories(read), starred=starred)
    if unknown:
        more = _n("{n} read story is of no source here.", "{n} read stories are of no source here.", unknown)
        sentence += " " + more.format(n=unknown)
    return sentence


def removed_there(name: str, starred: int) -> str:
    """A source was removed on the command line."""
    if not starred:
        return _("{name} removed.").format(name=name) + " " + takes_back()
    sentence = _n("{name} removed; its starred story stays.", "{name} removed; its {n} starred stories stay.", starred)
    return sentence.format(name=name, n=starred) + " " + takes_back()


def renamed_there(old: str, new: str) -> str:
    """A source was renamed on the command line."""
    return _("{old} is {new} now.").format(old=old, new=new) + " " + takes_back()


def moved_there(name: str, folder: str) -> str:
    """A source was moved on the command line; `folder` as it is shown, "" for none."""
    sentence = _("{name} is in {folder} now.") if folder else _("{name} is in no folder now.")
    return sentence.format(name=name, folder=folder) + " " + takes_back()


def stands_before(name: str, other: str) -> str:
    """A source was put before another one on the command line."""
    return _("{name} stands before {other} now.").format(name=name, other=other) + " " + takes_back()


def stepped_there(name: str, *, up: bool) -> str:
    """A source was moved by one place on the command line."""
    return (_("{name} moved up.") if up else _("{name} moved down.")).format(name=name) + " " + takes_back()


def set_there(name: str, what: Sequence[str]) -> str:
    """Settings of a source were changed on the command line."""
    return _("{name}: {settings}.").format(name=name, settings=", ".join(what)) + " " + takes_back()


def as_it_was(name: str) -> str:
    """Nothing was changed."""
    return _("{name} is so already.").format(name=name)


def undone_there(act: str, count: int, *, again: bool) -> str:
    """What undo (or, `again`, redo) did to stories: `Undone: starred, 3 stories.`"""
    acts = {
        "read": _("marked read"),
        "unread": _("marked unread"),
        "star": _("starred"),
        "unstar": _("star taken away"),
        "save": _("put on Read later"),
        "unsave": _("taken off Read later"),
        "tag": _("tags changed"),
        "marks": _("marks brought from newsboat"),
    }
    sentence = _("Done again: {act}, {stories}.") if again else _("Undone: {act}, {stories}.")
    return sentence.format(act=acts.get(act, act), stories=stories(count))


def turned_round_there(sentence: str, *, again: bool) -> str:
    """What undo (or, `again`, redo) did to sources, with the command that turns it round."""
    return sentence + " " + (takes_back() if again else _("`newsstand redo` does it again."))
