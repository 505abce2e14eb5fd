"""The main screen: views, states, empty lists, what a command did, labels of a story, names of commands."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePath

from reader.commands import COMMANDS, Command, key_name
from reader.errors import NewsstandError
from reader.models import Failure, FailureKind
from reader.words.datetimes import clock, headlines, minutes_left, sources, stories
from reader.words.failures import capitalized, failure, host_of
from reader.words.translation import _, _n, translated

_keys: dict[str, str] = {}


def use_keys(commands: Iterable[Command]) -> None:
    """Set which key the sentences name for each command: the first it is bound to. Called once, at the start."""
    _keys.clear()
    _keys.update((one.id, key_name(one.keys[0]) if one.keys else f'"{one.title}"') for one in commands)


def key(command: str) -> str:
    """The key of a command, by its id, as people write it; one without a key goes by its name in the palette."""
    return _keys[command]


use_keys(COMMANDS)


def label(what: str) -> str:
    """A word or two that stand on the screen, by what they are for."""
    labels = {
        "updated": _("updated"),  # a story whose words changed since it was read
        "not kept": _("not kept"),  # it cannot be read offline
        "summary only": _("summary only"),
        "sources": _("Sources"),
        "press": _("press"),  # stands before a key
        "scroll": _("scroll"),
        "palette": _("command palette"),
        "back": _("back to reading"),
    }
    return labels[what]


def view_name(kind: str) -> str:
    """The name of a view that is no paper and no folder: `All unread`."""
    names = {
        "unread": _("All unread"),
        "today": _("Today"),
        "starred": _("Starred"),
        "saved": _("Read later"),
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
        return _("All read. *{key}* refreshes now.").format(key=key("refresh"))
    sentence = _("All read. Next refresh at {time}; *{key}* refreshes now.")
    return sentence.format(time=clock(next_refresh, now), key=key("refresh"))


def empty_view(kind: str) -> str:
    """An empty list of another kind."""
    if kind == "starred":
        return _("Nothing starred. *{key}* on a headline puts it here.").format(key=key("star"))
    if kind == "saved":
        return _("Nothing to read later. *{key}* on a headline puts it here.").format(key=key("save"))
    if kind == "kept":
        return _("Nothing kept yet. *{key}* keeps everything unread.").format(key=key("keep-offline"))
    if kind == "lately":
        return _("Nothing read yet. *{key}* opens a story.").format(key=key("enter"))
    return _("No headlines yet. *{key}* fetches them.").format(key=key("refresh"))


def no_sources() -> str:
    """The list, where nothing is subscribed to."""
    sentence = _("No sources yet. *{add}* adds one by its address, *{catalogue}* shows the catalogue.")
    return sentence.format(add=key("add"), catalogue=key("catalogue"))


def no_story(answered: datetime | None, failed: int, now: datetime, *, silent: int = 0, sources: int = 0) -> str:
    """The article pane, where no story is open. `answered`: when the last source answered; `failed`: how many fail.

    `silent`: how many of the `sources` have not answered yet.
    """
    sentence = _("Choose a headline.")
    if failed:
        return sentence + " " + _n("{n} source failed.", "{n} sources failed.", failed).format(n=failed)
    if answered is None:
        return sentence
    if silent:
        return sentence + " " + sources_answered(sources - silent, sources)
    return sentence + " " + _("Every source answered at {time}.").format(time=clock(answered, now))


def sources_answered(answered: int, of: int) -> str:
    """Of some sources nobody knows yet whether they answer: they wait, or they are being asked."""
    return _n("{n} of {m} sources has answered.", "{n} of {m} sources have answered.", answered).format(
        n=answered, m=of
    )


def fetching(host: str) -> str:
    """A story is being fetched: in the footer and, under its summary, in its place."""
    return _("Fetching {host}…").format(host=host)


def comes_after_wait(until: datetime, now: datetime) -> str:
    """For a story whose server has asked us to wait: when it is fetched by itself. `now` in the reader's zone."""
    left = (until - now).total_seconds()
    if left < 120:
        return _("The server asks us to wait; the story is fetched by itself in {n} s.").format(n=max(1, round(left)))
    sentence = _("The server asks us to wait; the story is fetched by itself at {time}.")
    return sentence.format(time=clock(until.astimezone(now.tzinfo), now))


def headlines_after_wait(waiting: int, asked: int, until: datetime, now: datetime) -> str:
    """Behind `Subscribed to …`, where servers have asked us to wait: that the headlines come by themselves, and when.

    `waiting` of `asked` sources have to wait; `until` the last of them may be asked. `now` in the reader's zone.
    """
    if asked > 1:
        return _n(
            "{n} asks us to wait; its headlines come by themselves.",
            "{n} ask us to wait; their headlines come by themselves.",
            waiting,
        ).format(n=waiting)
    left = (until - now).total_seconds()
    if left < 120:
        sentence = _("Its headlines come by themselves in {n} s: the server asks us to wait.")
        return sentence.format(n=max(1, round(left)))
    sentence = _("Its headlines come by themselves at {time}: the server asks us to wait.")
    return sentence.format(time=clock(until.astimezone(now.tzinfo), now))


def headlines_wait() -> str:
    """The empty list of a source whose server has asked us to wait before it has ever answered."""
    return _("No headlines yet: the server asks us to wait. They come by themselves.")


def not_kept_offline(has_summary: bool) -> str:
    """In place of a story that is not kept, without a network."""
    if has_summary:
        return _("Not kept. It will come with the network; here is its summary.")
    return capitalized(failure(Failure(FailureKind.OFFLINE)))


def undoes() -> str:
    """`^Z undoes.`: what stands behind an act."""
    return _("{key} undoes.").format(key=key("undo"))


def marked(act: str, count: int) -> str:
    """What an act did, with the key that undoes it: `37 marked read. ^Z undoes.`."""
    did = {
        "read": _n("{n} marked read.", "{n} marked read.", count),
        "unread": _n("{n} marked unread.", "{n} marked unread.", count),
        "star": _n("{n} starred.", "{n} starred.", count),
        "unstar": _n("{n} no longer starred.", "{n} no longer starred.", count),
    }
    sentence = did.get(act, _n("{n} changed.", "{n} changed.", count))
    return sentence.format(n=count) + " " + undoes()


def saved(on: bool) -> str:
    """A story was put on Read later, or taken off."""
    return (_("Added to Read later.") if on else _("Removed from Read later.")) + " " + undoes()


def marked_story(mark: str, on: bool) -> str:
    """What was done to the story that is read, whose row with the marks may not be in sight."""
    done = {
        ("read", True): _("Marked read."),
        ("read", False): _("Marked unread."),
        ("star", True): _("Starred."),
        ("star", False): _("No longer starred."),
    }
    return done[mark, on] + " " + undoes()


def marks_undone(act: str, count: int, *, again: bool, pruned: int = 0) -> str:
    """What undo (or, `again`, redo) did to stories, without what reverses it: `Undone: read, 1 story.`.

    `pruned`: of so many more nothing is left in the library, so that they stay as they are.
    """
    acts = {
        "read": _("read"),
        "unread": _("unread"),
        "star": _("starred"),
        "unstar": _("no longer starred"),
        "save": _("added to Read later"),
        "unsave": _("removed from Read later"),
        "marks": _("marks imported from newsboat"),
    }
    sentence = _("Redone: {act}, {stories}.") if again else _("Undone: {act}, {stories}.")
    if pruned:
        more = _n(
            "Another one is no longer in the library and stays as it is.",
            "{n} more are no longer in the library and stay as they are.",
            pruned,
        )
        sentence += " " + more.format(n=pruned)
    return sentence.format(act=acts.get(act, act), stories=stories(count))


def undone(act: str, count: int, pruned: int = 0) -> str:
    """What undo did to stories, with the key that reverses it."""
    return with_reverse(marks_undone(act, count, again=False, pruned=pruned), again=False)


def redone(act: str, count: int, pruned: int = 0) -> str:
    """What redo did to stories, with the key that reverses it."""
    return with_reverse(marks_undone(act, count, again=True, pruned=pruned), again=True)


def source_removed(name: str, starred: int) -> str:
    """A source was removed: `Le Canal removed; its 9 starred stories stay.`."""
    if not starred:
        return _("{name} removed.").format(name=name)
    sentence = _n("{name} removed; its starred story stays.", "{name} removed; its {n} starred stories stay.", starred)
    return sentence.format(name=name, n=starred)


def removed(name: str, starred: int) -> str:
    """The same, with the key that undoes it."""
    return source_removed(name, starred) + " " + undoes()


def source_act(act: str, name: str, count: int, *, again: bool) -> str:
    """What undo (or, `again`, redo) did to sources, without what turns it round; `name` is the first of them."""
    who = name if count == 1 else sources(count)
    sentences = {
        ("add", False): _("Unsubscribed from {name}."),
        ("add", True): _("Subscribed to {name} again."),
        ("remove", False): _("{name} is back, with everything that was marked."),
        ("remove", True): _("{name} removed again."),
        ("rename", False): _("{name} has its old name again."),
        ("rename", True): _("{name} has its new name again."),
        ("move", False): _("{name} is back in its old place."),
        ("move", True): _("{name} is in its new place again."),
        ("reorder", False): _("The sources are in their old order."),
        ("reorder", True): _("The sources are in their new order again."),
    }
    other = _("{name} has its new settings again.") if again else _("{name} has its old settings again.")
    return sentences.get((act, again), other).format(name=who)


def with_reverse(sentence: str, *, again: bool) -> str:
    """What undo (or, `again`, redo) did, with the key that reverses it."""
    return sentence + " " + (undoes() if again else _("{key} redoes.").format(key=key("redo")))


def no_source_here() -> str:
    """A command for a source, where the cursor is on none."""
    return _("No source here. Move the cursor to a source, or to one of its headlines.")


def fetched(name: str, asked: int, new_headlines: int) -> str:
    """What came from sources that were just asked: `Le Canal: 40 headlines.`, `4 sources: 160 headlines.`."""
    who = name if asked == 1 else sources(asked)
    return who + ": " + headlines(new_headlines) + "."


def link_copied() -> str:
    """`y`: the link was handed to the terminal, which puts it on the clipboard."""
    return _("Link copied.")


def not_for_copying() -> str:
    """`y`, where there is no link that leads out."""
    return _("No link here to copy.")


def zoomed(alone: bool) -> str:
    """`z`, where it cannot be seen at once what it did."""
    return _("Stories open alone.") if alone else _("Stories open beside the headlines.")


def read_only() -> str:
    """The library is on a disk that cannot be written."""
    return _("Read-only library: marks and new headlines are not saved.")


def damaged(*, named: bool) -> str:
    """The library's file is damaged. `named`: it was opened with --library, and `doctor` needs that, too; its path may
    be longer than the line."""
    sentence = _("The library is damaged and only read: nothing is saved. Quit and run: {command}")
    return sentence.format(command="newsstand --library … doctor" if named else "newsstand doctor")


def fell_back(name: str) -> str:
    """The source or folder whose headlines were shown is no more."""
    return _("{name} is no longer there. This is everything unread.").format(name=name)


def count_of(count: int | str, of: int) -> str:
    """How many of all: `12 of 37`. The count may be shown as an ellipsis."""
    return _("{n} of {all}").format(n=count, all=of)


def filter_keys() -> tuple[tuple[str, str], ...]:
    """The keys of the field that filters a list."""
    return (("Enter", _("done")), ("Esc", _("show all")))


def nothing_to_undo(*, again: bool) -> str:
    """Undo (or, `again`, redo), where there is nothing."""
    return _("Nothing to redo.") if again else _("Nothing to undo.")


def nothing_unread() -> str:
    """`n` or Space, where nothing is left to read in this list."""
    return _("Nothing is unread in this list.")


def no_links() -> str:
    """`f`, where no link is in sight."""
    return _("No links on this screen.")


def has_more_pages() -> str:
    """At the end of a story of which not all pages are here."""
    return _("This story has more pages. *{key}* loads them.").format(key=key("rest"))


def fetching_page(number: int, of: int | None, host: str) -> str:
    """A further page of a story is being fetched: in the footer. `of`: how many there are, where its paper says so."""
    if of is not None:
        return _("Fetching page {n} of {of} from {host}…").format(n=number, of=of, host=host)
    return _("Fetching page {n} from {host}…").format(n=number, host=host)


def pages_came(count: int) -> str:
    """All pages of a story are here."""
    return _("The whole story is here: {n} pages.").format(n=count)


def pages_end() -> str:
    """As many pages of a story are here as are ever loaded."""
    return _("No more pages than these are loaded; {key} opens the story in the browser.").format(key=key("browser"))


def page_missing(number: int, why: str) -> str:
    """A further page of a story could not be had; `why` is the failure's own sentence."""
    return _("Page {n} is missing: {why}").format(n=number, why=why)


def pages_stopped() -> str:
    """Esc, while further pages of a story were fetched."""
    return _("Stopped. The story stays as it was.")


def no_further_pages() -> str:
    """`+`, where a story has no page more."""
    return _("This story has no more pages.")


def no_related(digit: int) -> str:
    """A digit, where no story has that number."""
    return _("No story has the number {n} here.").format(n=digit)


def sent_to_browser(url: str) -> str:
    """What `o` did."""
    return _("Sent to the browser: {address}").format(address=host_of(url))


def not_for_browser() -> str:
    """What `o` did not do."""
    return _("Nothing here opens in a browser.")


def sent_to_player(url: str, player: str, title: str = "") -> str:
    """A file was given to the program of the settings. `title`: what it belongs to, "" where nobody knows."""
    return _("Playing in {player}: {title}").format(player=_program(player), title=title or host_of(url))


def _program(player: str) -> str:
    """The program of a command line, as one calls it."""
    return PurePath((player.split() or [player])[0]).name or player


def feed_text_instead(why: str) -> str:
    """Over the feed's own text, where the page cannot be had; `why` is a sentence."""
    return _("{why} This is what the feed says.").format(why=why)


def instead_of_story(*, web: bool, back: bool) -> str:
    """Under the reason why a story cannot be had: what one can do now, the keys between stars.

    `web`: it has an address that a browser opens. `back`: another story led to it.
    """
    if not web:
        sentence = _("*{back}* goes back.") if back else ""
    elif back:
        sentence = _("*{browser}* opens it in the browser, *{back}* goes back, *{again}* tries again.")
    else:
        sentence = _("*{browser}* opens it in the browser, *{again}* tries again.")
    return sentence.format(browser=key("browser"), back=key("back"), again=key("refresh"))


def no_player(player: str, why: str) -> str:
    """The program of the settings does not start; `why` is in the words of the operating system."""
    return _("{program} does not start: {why}. Look at reader.player ({player}) in your settings.").format(
        program=_program(player), why=why, player=player
    )


def no_story_in_history(step: int) -> str:
    """Back (-1) or forward (1), at the end of the history."""
    return _("There is no story to go back to.") if step < 0 else _("There is no story to go forward to.")


def kept_for_offline(
    kept: int,
    failed: Mapping[str, int],
    *,
    full: int = 0,
    which: str = "",
    related: Mapping[str, int] | None = None,
) -> str:
    """`Kept 14 stories for offline; 3 failed: 2 gone (404), 1 no answer. First: Fog over the harbour`.

    `failed`: how many for which reason (`reason_not_to_be_had`); `which`: the headline of the first of them, "" where
    nobody knows it. `full`: came, and the disk was full. `related`: as `failed`, of stories that no paper lists.
    """
    behind = ""
    if related:
        count = sum(related.values())
        behind = " " + _n(
            "{n} related story could not be had: {why}.", "{n} related stories could not be had: {why}.", count
        ).format(n=count, why=_counted(related))
    if not kept and not failed and not full:
        return _("Everything unread is kept offline already.") + behind
    sentence = _n("Kept {n} story for offline", "Kept {n} stories for offline", kept).format(n=kept)
    if full:
        sentence += "; " + _("the disk is full: {n} could not be kept").format(n=full)
    if not failed:
        return sentence + "." + behind
    count = sum(failed.values())
    if count == 1:
        said = _("1 failed, {why}.").format(why=next(iter(failed)))
    else:
        said = _("{n} failed: {why}.").format(n=count, why=_counted(failed))
    sentence += "; " + said + behind
    if not which:
        return sentence
    return sentence + " " + (_("It is: {title}") if count == 1 else _("The first: {title}")).format(title=which)


def _counted(reasons: Mapping[str, int]) -> str:
    """`9 gone (404), 2 no answer`: the most frequent first."""
    ranked = sorted(reasons.items(), key=lambda one: -one[1])
    return ", ".join(f"{count} {reason}" for reason, count in ranked)


def refreshing(count: int) -> str:
    """A refresh that was asked for has begun, where nothing else on the screen shows it."""
    return _("Refreshing {sources}…").format(sources=sources(count))


def refreshed(new_headlines: int) -> str:
    """The end of a refresh that was asked for."""
    if not new_headlines:
        return _("Nothing new.")
    return _n("{n} new headline.", "{n} new headlines.", new_headlines).format(n=new_headlines)


def no_network() -> str:
    """A refresh that was asked for, where nothing answers."""
    return _("No network: nothing answers. What was kept can be read.")


def queued() -> str:
    """A refresh is asked for while one runs."""
    return _("A refresh is running; yours follows it.")


def error_message(error: BaseException | None) -> str:
    """Something went wrong: what we raise says it itself; of all else the log has more."""
    if isinstance(error, NewsstandError):
        return str(error)
    return _("Something went wrong; see the log ({key} log). Nothing you marked is lost.").format(key=key("palette"))


def gave_up(log: object) -> str:
    """The reader cannot go on. `log`: where the log is, or None."""
    where = _("The log is {log}.").format(log=log) + " " if log else ""
    return (
        _("The reader has stopped after too many unexpected errors.") + " " + where + _("Nothing you marked is lost.")
    )


def page_and_left(percent: int, left: int) -> str:
    """Where one is in a story: `62% · 3 min left`; at its top the minutes alone, at its end the share alone."""
    if percent <= 0:
        return minutes_left(left) if left else ""
    if not left:
        return f"{percent}%"
    return f"{percent}% · {minutes_left(left)}"


def keys_title() -> tuple[str, str]:
    """The title of the page of keys, and the words beside it."""
    return _("Keyboard shortcuts"), _("every command, with its keys")


def letters_keys() -> tuple[tuple[str, str], ...]:
    """What can be pressed while there are letters on the links."""
    return ((_("letter"), _("open here")), (_("Shift+letter"), _("browser")), ("Esc", _("leave")))


def palette_groups() -> dict[str, str]:
    """The headings of the palette, by kind."""
    return {"commands": _("Commands"), "papers": _("Sources"), "stories": _("Stories")}


def palette_keys() -> tuple[tuple[str, str], ...]:
    """The keys of the palette, with what they do."""
    return (("Enter", _("run")), ("Tab", _("next group")), ("Esc", _("leave")))


def nothing_found(wanted: str) -> str:
    """The palette, where nothing fits."""
    return _('Nothing for "{wanted}". Accents can be left out.').format(wanted=wanted)


def nothing_in_view(wanted: str, name: str) -> str:
    """A filter that finds nothing among the headlines of one source or folder."""
    return _('Nothing for "{wanted}" in {name}. *{left}* leads to Sources: All unread has every paper.').format(
        wanted=wanted, name=name, left=key("left")
    )


def story_label(what: str) -> str:
    """A word or two in a laid-out story, or in a story as Markdown, by what they are for."""
    labels = {
        "picture": _("[picture]"),  # in place of a picture that is not drawn
        "related": _("Related"),
        "more": _("Read more"),
        "discussion": _("Discussion"),
        "linked": _("Link"),  # to the page that a post is about
        "read": _("read"),  # of another story, that it was read
        "kept": _("kept"),  # of another story, that it can be read offline
        "not kept": _("not kept"),
    }
    return labels[what]


def photo_by(name: str) -> str:
    """Under a picture: `Photo: Minh Khôi`."""
    return _("Photo: {name}").format(name=name)


def command_title(command: Command) -> str:
    """What a command does, in a few words that stand alone: in the palette and on the page of keyboard shortcuts."""
    return translated(command.title)


def command_label(command: Command) -> str:
    """What a command does, in the one to three words beside its key."""
    return translated(command.label)


def command_help(command: Command) -> str:
    """A sentence more about a command; "" for most."""
    return translated(command.help) if command.help else ""


def command_group(command: Command) -> str:
    """The heading under which a command stands."""
    return translated(command.group)
