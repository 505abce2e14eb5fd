"""What the reader says of itself: views, states, empty lists, results, labels."""

from datetime import datetime

from reader.errors import NewsstandError
from reader.words.catalogue import _, _n
from reader.words.failures import host_of
from reader.words.moments import clock, minutes_left


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


def no_links() -> str:
    """`f`, where no link is in sight."""
    return _("No links in sight.")


def no_related(digit: int) -> str:
    """A digit, where no story has that number."""
    return _("No story has the number {n} here.").format(n=digit)


def sent_to_browser(url: str) -> str:
    """What `o` did."""
    return _("Sent to the browser: {address}").format(address=host_of(url))


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
