"""What the command line says: results, questions, misuse. Its help stands beside the options, in `reader.cli`."""

from collections.abc import Sequence

from reader.models import Failure, FailureKind
from reader.words.datetimes import headlines, number, size, sources, stories
from reader.words.failures import failure, with_name
from reader.words.interface import source_removed
from reader.words.translation import _, _n


def undoes() -> str:
    """Stands after what the command line did."""
    return _("`newsstand undo` undoes it.")


def no_such_command(name: str, near: Sequence[str]) -> str:
    """A command that there is none of. `near`: those that may have been meant."""
    if near:
        return _("{name}: there is no such command; did you mean {near}?").format(
            name=name, near=f" {_('or')} ".join(near)
        )
    return _("{name}: there is no such command; newsstand --help lists them.").format(name=name)


def needs_terminal(what: str) -> str:
    """What cannot be shown without a terminal: the `reader`, the `demo`."""
    if what == "demo":
        return _("The demo needs a terminal. `newsstand list` prints headlines, `newsstand read` a story.")
    return _("The reader needs a terminal. `newsstand list` prints headlines, `newsstand read` a story.")


def needs_cursor(what: str, terminal: str) -> str:
    """The same, on a terminal that cannot move its cursor; `terminal` is the value of TERM."""
    sentence = (
        _("The demo needs a terminal that can move its cursor, and TERM is {term}. ")
        if what == "demo"
        else _("The reader needs a terminal that can move its cursor, and TERM is {term}. ")
    )
    return (sentence + _("`newsstand list` prints headlines, `newsstand read` a story.")).format(term=repr(terminal))


def editor_needs_terminal() -> str:
    """`config edit` without a terminal."""
    return _("An editor needs a terminal. `newsstand config` shows where the file is.")


def output_closed() -> str:
    """Whoever started the program has closed its standard output."""
    return _("standard output is closed: there is nowhere to print to.")


def output_failed(reason: object) -> str:
    """Standard output cannot be written: a full disk."""
    return _("standard output cannot be written: {reason}.").format(reason=reason)


def input_closed(command: str) -> str:
    """`-` was given, and whoever started the program has closed its standard input. `command`: `import -`."""
    return _("{command}: standard input is closed.").format(command=command)


def is_folder(file: object, *, new: bool = False) -> str:
    """A folder was given in place of a file. `new`: one to be written."""
    sentence = _("{file} is a folder. Name a file in it.") if new else _("{file} is a folder. Name the file in it.")
    return sentence.format(file=file)


def cannot_write(file: object, reason: object) -> str:
    """A file that cannot be written."""
    return _("{file} cannot be written: {reason}.").format(file=file, reason=reason)


def exists(file: object) -> str:
    """`export`, where there is such a file already."""
    return _("{file} exists already; --force overwrites it.").format(file=file)


def exported(count: int, file: object) -> str:
    """`3 sources written to papers.opml.`"""
    return _("{sources} written to {file}.").format(sources=sources(count), file=file)


def no_headlines(*, filtered: bool) -> str:
    """`list` has nothing to print: no headline passes the options (`filtered`), or there is none."""
    if filtered:
        return _("No headline passes these options.")
    return _("No headlines. newsstand add URL subscribes to a source, newsstand refresh fetches its headlines.")


def no_sources() -> str:
    """Nothing is subscribed to."""
    return _("No sources yet. newsstand add URL subscribes to one.")


def no_links(what: str) -> str:
    """`read --links`, of a story without any."""
    return _("{what}: no links.").format(what=what)


def not_web(option: str) -> str:
    """`--url ferry: ...`: an option that is not a web address."""
    return with_name(option, failure(Failure(FailureKind.BAD_URL)))


def one_url() -> str:
    """`read --url` with several files."""
    return _("--url is the address of one file, and here are several.")


def url_needed() -> str:
    """`read -` without --url."""
    return _("read -: say with --url where the page came from, so that its links can be followed.")


def url_not_needed(what: str) -> str:
    """`read` with --url and something that has an address of its own."""
    return _("read {what}: --url goes with a file or -; this has an address of its own.").format(what=what)


def only_with_file(what: str) -> str:
    """`site test URL --url URL`."""
    return _("site test {what}: --url goes with a file or -.").format(what=what)


def no_pages_of_file(what: str) -> str:
    """`read --all-pages` with a file."""
    sentence = _("read {what}: --all-pages goes with a headline's number or an address, not with a file.")
    return sentence.format(what=what)


def neither_story_nor_file(what: str) -> str:
    """`read` with something that is nothing it can read."""
    return _("{what}: this is not a headline's number, a web address or a file.").format(what=what)


def neither_page_nor_file(what: str) -> str:
    """`site test` with something that is nothing it can test."""
    return _("{what}: this is neither a web address nor a file.").format(what=what)


def neither_story_nor_page(what: str) -> str:
    """`save` with something that cannot be saved."""
    return _("{what}: this is neither a number of `newsstand list` nor a web address.").format(what=what)


def no_such_story(numbers: str) -> str:
    """Numbers that no story has."""
    return _("{numbers}: there is no story with this number. `newsstand list` shows them.").format(numbers=numbers)


def no_moment(text: str) -> str:
    """An option that is neither a span of time nor a date."""
    return _("{text} is neither a time span (30m, 12h, 2d, 1w) nor a date (2026-11-24).").format(text=repr(text))


def last_page(what: str, url: str) -> str:
    """`read --all-pages` has as many pages as are loaded, and the story has more."""
    sentence = _("{what}: no more pages than these are loaded. The next one: {url}")
    return sentence.format(what=what, url=url)


def stopped_at(what: str, page: int, command: str) -> str:
    """`read --all-pages` was stopped; `command` goes on."""
    sentence = _("{what}: stopped, page {n} and those after it are missing. {command} goes on from there.")
    return sentence.format(what=what, n=page, command=command)


def more_pages(what: str, command: str) -> str:
    """A story has more pages than were printed; `command` prints them."""
    return _("{what}: this story has more pages. {command} reads them too.").format(what=what, command=command)


def no_stories_chosen() -> str:
    """`mark` without numbers and without --all."""
    return _("mark: say which stories by their numbers, or --all of those that the options select.")


def numbers_or_all() -> str:
    """`mark` with numbers and --all."""
    return _("mark: either numbers, or --all with options that select.")


def marked(act: str, count: int) -> str:
    """What `mark` did: `3 stories starred.`"""
    if not count:
        return _("Nothing to change.")
    sentences = {
        "read": _("{stories} marked read."),
        "unread": _("{stories} marked unread."),
        "star": _("{stories} starred."),
        "unstar": _("{stories} no longer starred."),
        "save": _("{stories} added to Read later."),
        "unsave": _("{stories} removed from Read later."),
    }
    return sentences[act].format(stories=stories(count)) + " " + undoes()


def saved_row(number: int, title: str, *, removed: bool, kept: bool) -> str:
    """A page that was put on Read later, or taken off it; `kept`: it can be read offline."""
    if removed:
        return _("{number}  {title}  (off Read later)").format(number=number, title=title)
    return f"{number}  {title}" + ("  ↓" if kept else "")


def saved_not_kept() -> str:
    """Before why a page that was put on Read later could not be fetched."""
    return _("Saved, but not kept for offline")


def progress(done: int, total: int, errors: int, *, stories: bool) -> str:
    """`37/120 sources · 2 failed`, behind a bar."""
    sentence = _("{n}/{all} stories") if stories else _("{n}/{all} sources")
    failed = _(" · {n} failed").format(n=errors) if errors else ""
    return sentence.format(n=done, all=total) + failed


def fetching_page(number: int, of: int | None) -> str:
    """A further page of a story is being fetched."""
    if of is not None:
        return _("Fetching page {n} of {of}…").format(n=number, of=of)
    return _("Fetching page {n}…").format(n=number)


def refreshed(new: int, kept: int, missed: int, lost: int = 0, related: int = 0, *, verbose: bool = True) -> str:
    """`12 headlines new. Kept 14 stories for offline; 2 could not be fetched.` `lost`: came, and could not be kept.

    `related`: stories that only others link to, and that could not be fetched; `verbose`: each was named before.
    """
    sentence = _("{headlines} new. Kept {stories} for offline").format(headlines=headlines(new), stories=stories(kept))
    sentence += _("; {n} could not be fetched").format(n=missed) if missed else ""
    sentence += (_("; {n} could not be kept").format(n=lost) if lost else "") + "."
    if not related:
        return sentence
    others = _n("{n} related story could not be had", "{n} related stories could not be had", related)
    return f"{sentence} {others.format(n=related)}" + ("." if verbose else _(" (--verbose names each)."))


def nothing_reached() -> str:
    """A command that fetches has reached nobody at all."""
    return _("Nothing could be reached: is there a network? What was due is asked for again the next time.")


def no_such_source(text: str) -> str:
    """No source has this number, address or name."""
    return _("{text}: there is no such source. `newsstand sources` lists them.").format(text=text)


def empty_name() -> str:
    """A source was asked for by an empty name."""
    return _("A source has a name: give a name, a number or an address. `newsstand sources` lists them.")


def several_sources(text: str, some: str) -> str:
    """More than one source has this in its name; `some` are numbers and names."""
    return _("{text}: that could be {some}. Give its number.").format(text=text, some=some)


def no_such_folder(folder: str) -> str:
    """No source is in a folder of this name."""
    return _("--folder {folder}: no source is in such a folder. `newsstand sources` shows them.").format(folder=folder)


def subscribed_already(name: str, url: str, count: int) -> str:
    """The same, where it was a source before. `url`: where that differs from what was typed, else ""."""
    at = f" ({url})" if url else ""
    return _("Already subscribed to {name}{at}: {headlines}.").format(name=name, at=at, headlines=headlines(count))


def asked_otherwise() -> str:
    """A source that was there has got the login, the headers or the User-Agent that were given now."""
    return _("It is asked with what you gave now (login, headers, User-Agent); that is kept.")


def front_page(url: str, *, section: bool = False) -> str:
    """A front page, or one of a section, was to be read as a story."""
    sentence = (
        _("this page lists stories and is none itself: `newsstand add {url}` subscribes to it.")
        if section
        else _("this is a front page, not a story: `newsstand add {url}` subscribes to it.")
    )
    return sentence.format(url=url)


def feed_found(url: str) -> str:
    """Where the feed of a page was found."""
    return _("Its feed was found at {url}").format(url=url)


def one_title(count: int) -> str:
    """`add --title` with several feeds."""
    return _("--title is the name of one source, and here are {n}.").format(n=count)


def more_feeds() -> str:
    """Before the feeds of a page that were not subscribed to."""
    return _("That page has more feeds; --feed NUMBER or --all subscribes to them:")


def no_such_feed(number: int, address: str, count: int) -> str:
    """`add --feed` with a number that no feed has."""
    return _("--feed {n}: {address} has {count}. `--show` lists them.").format(n=number, address=address, count=count)


def there_already() -> str:
    """Behind a feed that one is subscribed to."""
    return _("(subscribed already)")


def headers_left_out(url: str) -> str:
    """`add --header` or a password, where the feed that was found is on another host than the address."""
    return _("{url} is on another host than the address: it gets neither the headers nor the password.").format(url=url)


def add_anyway() -> str:
    """`add` with an address that may well answer later."""
    return _("`newsstand add --anyway` subscribes to it as it is.")


def no_such_paper(text: str) -> str:
    """`add` with a word that is neither an address nor in the catalogue."""
    sentence = _(
        "{text}: this is neither a web address nor a paper of the catalogue. `newsstand catalogue` lists them."
    )
    return sentence.format(text=text)


def which_feeds() -> str:
    """The question which feeds of a page to subscribe to."""
    return _("Which? Numbers, or all")


def which_feeds_again(count: int) -> str:
    """The answer was none."""
    return _("Give one or more of 1 to {n}, or all.").format(n=count)


def papers_like(text: str, some: str) -> str:
    """`add` with a word that several papers of the catalogue match; `some` are ids and names."""
    sentence = _("{text}: this is not an address. The catalogue has {some}: choose one by its id.")
    return sentence.format(text=text, some=some)


def no_such_section(text: str, paper: str, sections: Sequence[str]) -> str:
    """`add` with a section that a paper of the catalogue does not have."""
    sentence = _("{text}: {paper} has no such section in the catalogue. There are: {sections}.")
    return sentence.format(text=text, paper=paper, sections=", ".join(sections) or _("none"))


def no_paper() -> str:
    """`catalogue`, where no paper passes the options."""
    return _("No paper in the catalogue matches. newsstand add takes the address of any newspaper.")


def unverified() -> str:
    """Behind a paper whose feed was not seen to answer lately."""
    return _("(not checked lately)")


def removed(name: str, starred: int) -> str:
    """A source was removed."""
    return source_removed(name, starred) + " " + undoes()


def no_name(what: str) -> str:
    """A name with nothing in it that can be shown. `what`: the command or option that it was given to."""
    return _("{what}: the name is empty, or has nothing in it that can be shown.").format(what=what)


def no_folder_name(what: str) -> str:
    """A folder without a name. `what`: as for `no_name`."""
    sentence = _("{what}: the folder's name is empty, or has nothing in it that can be shown.").format(what=what)
    return sentence + (" " + _("--out moves a source out of its folder.") if what == "move" else "")


def bad_folder(what: str) -> str:
    """A folder that was called `.` or `..`. `what`: as for `no_name`."""
    sentence = _("{what}: no folder is called . or .., and World/Asia is the folder Asia within World.")
    return sentence.format(what=what)


def renamed(old: str, new: str) -> str:
    """A source was renamed."""
    return _("{old} is called {new} now.").format(old=old, new=new) + " " + undoes()


def where_to() -> str:
    """`move` without a place, or with several."""
    return _("move: say where to: one of FOLDER, --out, --before SOURCE, --up and --down.")


def before_itself(name: str) -> str:
    """`move --before` with the source itself."""
    return _("move: {name} cannot be placed before itself.").format(name=name)


def moved(name: str, folder: str) -> str:
    """A source was moved; `folder` as it is shown, "" for none."""
    sentence = _("{name} is in {folder} now.") if folder else _("{name} is in no folder now.")
    return sentence.format(name=name, folder=folder) + " " + undoes()


def placed_before(name: str, other: str) -> str:
    """A source was put before another one."""
    return _("{name} is before {other} now.").format(name=name, other=other) + " " + undoes()


def stepped(name: str, *, up: bool) -> str:
    """A source was moved by one place."""
    return (_("{name} moved up.") if up else _("{name} moved down.")).format(name=name) + " " + undoes()


def nothing_to_set() -> str:
    """`set` without an option."""
    return _("set: say what to change, such as --every 30. `newsstand set --help` lists it.")


def bad_user_agent() -> str:
    """`--user-agent` with letters that HTTP cannot send."""
    return _("--user-agent: only letters, digits and signs of ASCII can be sent, 500 of them at most.")


def bad_number(option: str, text: str, least: int, most: int) -> str:
    """`set` with a number that is none, or out of range."""
    meant = {
        "--every": _("minutes, a whole number from {least} to {most} (a week)"),
        "--stories": _("a whole number from {least} to {most}"),
        "--seconds": _("seconds, a number from {least} to {most}"),
        "--keep-days": _("days, a whole number from {least} to {most} (0: for ever)"),
        "--keep-megabytes": _("megabytes, a whole number from {least} to {most} (0: no bound)"),
    }[option].format(least=least, most=most)
    said = text if text else "''"
    return _("{option} {text}: it must be {meant}, or default.").format(option=option, text=said, meant=meant)


def setting(name: str, value: object) -> str:
    """One setting of a source: `interval 1800`, `feed text on`, `browser: the default`."""
    names = {
        "interval": _("interval"),
        "stories": _("stories"),
        "feed_text": _("feed text"),
        "browser": _("browser"),
        "user_agent": _("user agent"),
        "seconds": _("seconds"),
        "keep_days": _("days kept"),
        "keep_megabytes": _("megabytes kept"),
        "headers": _("headers"),
    }
    if value is None:
        return f"{names[name]} " + _("as the settings say")
    if isinstance(value, bool):
        return f"{names[name]} " + (_("on") if value else _("off"))
    return f"{names[name]} " + (number(value) if isinstance(value, float) else str(value))


def settings_changed(name: str, settings: Sequence[str]) -> str:
    """Settings of a source were changed; `settings` are from `setting`."""
    return _("{name}: {settings}.").format(name=name, settings=", ".join(settings)) + " " + undoes()


def only_one(one: str, other: str) -> str:
    """Two options of which a command takes one at a time."""
    return _("{one} and {other} exclude each other: give one of them.").format(one=one, other=other)


def of_no_source() -> str:
    """`prune`: in the place of a source's name, for stories that none lists."""
    return _("stories of no source")


def pruned_counts(articles: int, entries: int, length: int) -> list[str]:
    """`prune`: what goes of one source, in three columns: `12 kept stories`, `340 headlines`, `3.2 MB`."""
    return [
        _n("{n} kept story", "{n} kept stories", articles).format(n=articles),
        headlines(entries),
        size(length),
    ]


def pruned(articles: int, entries: int, length: int, left: int, *, dry: bool) -> str:
    """`prune`: what went in all, or (`dry`) would go, and how large the library is then."""
    if not (articles or entries):
        return _("Nothing to remove: the library has {left}.").format(left=size(left))
    sentence = (
        _("Would remove {articles} and {entries}, about {length}; {left} would be left.")
        if dry
        else _("Removed {articles} and {entries}, about {length}; {left} are left.")
    )
    kept, listed, about = pruned_counts(articles, entries, length)
    return sentence.format(articles=kept, entries=listed, length=about, left=size(left))


def over_bound(over: int) -> str:
    """`prune`: the library is larger than its bound, and nothing more may go."""
    return _(
        "The library is {over} larger than keep.megabytes: all that is left is starred, saved, tagged, open, or unread "
        "within its days."
    ).format(over=size(over))


def nothing_changed(name: str) -> str:
    """A source is as it was told to be already."""
    return _("{name}: nothing to change.").format(name=name)


def with_reverse(sentence: str, *, again: bool) -> str:
    """What undo (or, `again`, redo) did to sources, with the command that reverses it."""
    return sentence + " " + (undoes() if again else _("`newsstand redo` redoes it."))


def no_list() -> str:
    """`import` without a file."""
    return _("import: say which file, or - for standard input.")


def known(name: str) -> str:
    """A source of a list was subscribed to before."""
    return _("{name}: subscribed to already.").format(name=name)


def not_well_formed() -> str:
    """A list was broken and could be read in parts."""
    return _("The list is not well-formed XML; what could be read was read.")


def more_lines(count: int) -> str:
    """Not all that is to be said of a list is printed."""
    return _("… and {n} more; --json lists them all.").format(n=count)


def fetch_next() -> str:
    """After an import."""
    return _("`newsstand refresh` fetches their headlines.") + " " + undoes()


def shell_setup(shell: str) -> str:
    """How to have completion in every shell of this kind: `bash`, `zsh`, `fish`."""
    return {
        "bash": _('eval "$(newsstand completion bash)"   in ~/.bashrc'),
        "zsh": _('eval "$(newsstand completion zsh)"   in ~/.zshrc, after compinit'),
        "fish": _("newsstand completion fish > ~/.config/fish/completions/newsstand.fish"),
    }[shell]
