"""The dialogs about sources: adding one, importing a list, the settings of one. Not loaded before one is opened."""

from datetime import datetime

from reader.commands import PaneName
from reader.words.datetimes import age, clock, headlines, sources
from reader.words.interface import key, undoes
from reader.words.translation import _, _n


def add_title() -> tuple[str, str]:
    """The title of the dialog that adds a source, and what can be typed there."""
    return _("Add a source"), _("an address of a paper, a section, a feed or a story")


def address_example() -> str:
    """What stands in the empty field."""
    return _("song-hong.example, or a name: tuoi tre")


def asking(hosts: str) -> str:
    """Shown until a server has answered."""
    return _("Checking {host}…").format(host=hosts)


def asking_stopped() -> str:
    """Esc was pressed before a server had answered."""
    return _("Stopped. *Enter* tries again.")


def how_to_add() -> str:
    """What is shown before anything was looked for."""
    return _("Paste or type an address; *Enter* looks for its feeds. Several addresses: with spaces between them.")


def found(offers: int, addresses: int) -> str:
    """`3 found behind this address`."""
    if addresses > 1:
        return _("{n} found behind {m} addresses").format(n=offers, m=addresses)
    return _("{n} found behind this address").format(n=offers)


def none_answered(count: int) -> str:
    """What was typed gave no feed: `this address could not be reached`."""
    return _n("Nothing could be had from this address", "Nothing could be had from these addresses", count)


def found_in_catalogue(count: int) -> str:
    """`2 papers in the catalogue`."""
    return _n("{n} paper in the catalogue", "{n} papers in the catalogue", count).format(n=count)


def checked_in(seconds: float) -> str:
    """`checked in 1.2 s`."""
    return _("checked in {n} s").format(n=f"{seconds:.1f}")


def answered(count: int, total: int) -> str:
    """`3 of 10 have answered`: while others are still asked."""
    return _n("{n} of {m} has answered…", "{n} of {m} have answered…", count).format(n=count, m=total)


def stopped() -> str:
    """Esc was pressed before all had answered; what has come can be subscribed to."""
    return _("stopped")


def no_such_paper(typed: str) -> str:
    """What was typed is neither an address nor the name of a paper in the catalogue."""
    return _("“{typed}” is not an address, and no paper in the catalogue has that name.").format(typed=typed)


def kind(what: str) -> str:
    """What was found at an address: `feed`, `section page`, `catalogue`."""
    kinds = {
        "feed": _("feed"),
        "page": _("section page"),
        "sitemap": _("sitemap"),
        "catalogue": _("catalogue"),
    }
    return kinds[what]


def holds(count: int, newest: datetime | None, now: datetime) -> str:
    """`40 headlines, newest 12 min ago`."""
    sentence = headlines(count)
    if newest is None or not count:
        return sentence
    how_old = age(newest, now)
    days = (now - newest).total_seconds() / 86400
    return f"{sentence}, " + (_("newest {age} ago") if days < 28 else _("newest {age}")).format(age=how_old)


def subscribed_already() -> str:
    """Beside a feed that one is subscribed to."""
    return _("subscribed")


def not_fetched_yet() -> str:
    """Beside a feed that a page links to and that was not fetched."""
    return _("linked by the page")


def latest() -> str:
    """Over the newest headlines of the feed under the cursor."""
    return _("Its latest headlines")


def no_headlines() -> str:
    """In the place of headlines."""
    return _("It has no headlines now. You can subscribe: new ones will be fetched.")


def can_subscribe_anyway() -> str:
    """After why a feed did not answer."""
    return _("You can subscribe to it anyway: Newsstand will try again.")


def field(what: str) -> str:
    """The name of a field."""
    fields = {
        "name": _("Name"),
        "folder": _("Folder"),
        "address": _("Address"),
        "interval": _("Refresh every"),
        "stories": _("Keep offline"),
        "text": _("Text"),
        "browser": _("Open in"),
        "user": _("User"),
        "password": _("Password"),
        "user_agent": _("User-Agent"),
        "headers": _("Headers"),
        "seconds": _("Wait at most"),
        "keep_days": _("Keep for"),
        "keep_megabytes": _("Keep at most"),
        "file": _("File"),
    }
    return fields[what]


def no_folder() -> str:
    """In the empty folder field."""
    return _("none")


def each_its_name() -> str:
    """In the name field, where one subscribes to several feeds."""
    return _("each keeps its own")


def subscribed_to(name: str) -> str:
    """A source was added, and its headlines are still to come."""
    return _("Subscribed to {name}.").format(name=name)


def subscribed_many(count: int) -> str:
    """`Subscribed to 4 sources. ^Z undoes.`."""
    return _("Subscribed to {sources}.").format(sources=sources(count)) + " " + undoes()


def known(name: str) -> str:
    """One is subscribed already to what was chosen."""
    return _("Already subscribed to {name}: this is it.").format(name=name)


def add_keys(where: str, *, ticked: int = 0, known: bool = False) -> list[tuple[str, str]]:
    """The keys of the dialog that adds a source, by where the cursor is."""
    leave = ("Esc", _("leave"))
    if where == "asking":
        return [("Esc", _("stop"))]
    if where == "address":
        return [("Enter", _("look for feeds")), leave]
    if ticked > 1:
        enter = ("Enter", _("subscribe to {n}").format(n=ticked))
    else:
        enter = ("Enter", _("go there") if known else _("subscribe"))
    if where == "found":
        return [enter, ("↓ ↑", _("choose")), ("Space", _("select several")), ("Tab", _("folder, name")), leave]
    if where == "folder":
        return [enter, ("↓ ↑", _("folders")), ("Tab", _("name")), leave]
    return [enter, ("Tab", _("address")), leave]


def import_title() -> tuple[str, str]:
    """The title of the dialog that imports, and what it takes."""
    return _("Import"), _("an OPML file, or newsboat's urls file")


def import_hint() -> str:
    """What is shown before a file was read."""
    return _("Type the path of the file; *Enter* reads it. Nothing is imported before you confirm.")


def would_import(feeds: int, folders: int, left_out: int, known: int) -> str:
    """`42 feeds in 6 folders, 3 left out`."""
    sentence = _n("{n} feed", "{n} feeds", feeds).format(n=feeds)
    if folders:
        sentence += _n(" in {n} folder", " in {n} folders", folders).format(n=folders)
    return sentence + _besides(known, left_out)


def _besides(known: int, left_out: int) -> str:
    """What of a list is not imported, behind what is."""
    sentence = _(", {n} subscribed already").format(n=known) if known else ""
    return sentence + _(", {n} left out").format(n=left_out) if left_out else sentence


def marks_beside(path: str) -> str:
    """Beside the list there is a `cache.db` of newsboat."""
    return _("Also import what is read and starred in newsboat: {path}").format(path=path)


def imported(added: int, known: int, left_out: int, marks: tuple[int, int] | None = None) -> str:
    """The result of an import. `marks`: how many stories were marked read and starred, as a second step to undo."""
    sentence = _n("{n} source added", "{n} sources added", added).format(n=added) + _besides(known, left_out)
    if marks is None or not any(marks):
        return f"{sentence}. {undoes()}" if added else f"{sentence}."
    came = _("{read} marked read and {starred} starred").format(read=marks[0], starred=marks[1])
    again = _("{key} undoes the marks, and once more the sources.").format(key=key("undo"))
    return f"{sentence}; {came}. {again}"


def no_such_file(path: str) -> str:
    """There is no such file."""
    return _("There is no file {path}.").format(path=path)


def import_keys(where: str, *, marks: bool = False) -> list[tuple[str, str]]:
    """The keys of the dialog that imports."""
    leave = ("Esc", _("leave"))
    if where == "path":
        return [("Enter", _("read it")), ("↓ ↑", _("files")), leave]
    if where == "known":
        return [*([("Space", _("with or without marks"))] if marks else []), ("Tab", _("file")), leave]
    return [
        ("Enter", _("import")),
        *([("Space", _("with or without marks"))] if marks else []),
        ("Tab", _("file")),
        leave,
    ]


def nothing_to_import() -> str:
    """Enter, where nothing in the list is new."""
    return _("Nothing to import: no source in this list is new.")


def settings_title(name: str) -> tuple[str, str]:
    """The title of the dialog with the settings of one source."""
    return name, _("settings of this source")


def unit(what: str, default: str = "") -> str:
    """What is shown after a field. `default`: what holds for a number where the field is empty."""
    units = {
        "interval": _("minutes; empty: the default, {default}"),
        "stories": _("stories; empty: the default, {default}"),
        "seconds": _("seconds; empty: the default, {default}"),
        "keep_days": _("days, 0: for ever; empty: the default, {default}"),
        "keep_megabytes": _("megabytes, 0: no bound; empty: the default, {default}"),
        "user_agent": _("empty: Newsstand's own"),
        "folder": _("World/Asia: a folder in a folder"),
        "user": _("none; for a paper that asks for a login"),
        "password": _("none; sent to the host of this address alone"),
        "kept": _("kept; type another, or clear the user for none"),
        "headers": _("Name: value | Name: value"),
    }
    return units.get(what, "").format(default=default)


def choice(what: str, on: bool) -> str:
    """The two sides of a choice."""
    if what == "text":
        return _("the text of the feed") if on else _("the whole page")
    return _("the browser") if on else _("Newsstand")


def wrong(what: str) -> str:
    """Why a value cannot be saved."""
    sentences = {
        "name": _("A source needs a name."),
        "folder": _("No folder is called . or .., and World/Asia is the folder Asia within World."),
        "address": _("An address begins with https:// or http://."),
        "interval": _("Minutes are a number from 1 to 10080 (a week)."),
        "stories": _("Stories are a number from 0 to 10000."),
        "seconds": _("Seconds are a number from 1 to 600."),
        "keep_days": _("Days are a number from 0 to 36500 (0: for ever)."),
        "keep_megabytes": _("Megabytes are a number from 0 to 1000000 (0: no bound)."),
        "user": _("Authorization is among the headers already; a login would be sent in its place."),
        "user_agent": _("A User-Agent is one line in ASCII."),
    }
    return sentences[what]


def bad_header(name: str, why: str) -> str:
    """Why a header in the settings of a source cannot be sent; its value is not said, for it may be secret."""
    sentences = {
        "shape": _("{name}: a header is Name: value, with | between two."),
        "name": _("{name}: a name has only ASCII letters, digits and -."),
        "nameless": _("A header has no name before its colon."),
        "empty": _("{name}: it has no value."),
        "ascii": _("{name}: its value is not ASCII."),
        "long": _("{name}: its value is too long."),
        "unknown": _("{name}: *** is no value that is kept for this address."),
        "own": _("{name}: Newsstand sets this header itself."),
        "user-agent": _("{name}: it has a field of its own here."),
        "connection": _("{name}: this header belongs to the connection."),
        "many": _("{name}: these are more headers than a source can have."),
    }
    return sentences[why].format(name=name)


def changed(name: str) -> str:
    """`Le Canal changed. ^Z undoes.`."""
    return _("{name} changed.").format(name=name) + " " + undoes()


def nothing_changed(name: str) -> str:
    """Nothing was changed."""
    return _("{name}: nothing changed.").format(name=name)


def settings_keys(choice: bool) -> list[tuple[str, str]]:
    """The keys of the dialog with the settings of a source."""
    space = [("Space", _("switch"))] if choice else []
    return [("Enter", _("save")), ("Tab", _("next field")), *space, ("Esc", _("leave unchanged"))]


def facts(answered: datetime | None, due: datetime | None, now: datetime) -> list[str]:
    """When a source answered last, and when it is refreshed next."""
    parts = [_("last answer {moment}").format(moment=clock(answered, now)) if answered else _("never answered yet")]
    if due is not None and due > now:
        parts.append(_("next refresh {moment}").format(moment=clock(due, now)))
    else:
        parts.append(_("refresh due now"))
    return parts


def theme_item(name: str) -> str:
    """A theme in the palette."""
    return _("Theme: {name}").format(name=name)


def theme_in_use() -> str:
    """Beside the theme that is shown now, in the palette."""
    return _("in use")


def palette_group(what: str) -> str:
    """The headings of the palette for settings, for themes, and for commands that work in another pane, or a shell."""
    return {
        "settings": _("Settings"),
        "themes": _("Themes"),
        "elsewhere": _("Commands of other panes"),
        "shell": _("On the command line"),
    }[what]


def in_pane(pane: PaneName) -> str:
    """Beside a command of another pane, in the palette: where it works."""
    return {"sources": _("in Sources"), "headlines": _("in the headlines"), "article": _("in a story")}[pane]


def other_command_names(command: str) -> str:
    """Words that the palette finds a command by, besides its own: those of the command line, and of other programs."""
    return {
        "add": _("subscribe feed"),
        "all-read": _("mark all read, catch up"),
        "backup": _("backup save copy"),
        "catalogue": _("catalog papers discover"),
        "export": _("OPML subscriptions"),
        "import": _("OPML newsboat subscriptions"),
        "keep-offline": _("offline download"),
        "narrow": _("search find"),
        "quit-back": _("exit close"),
        "quit": _("exit"),
        "log": _("debug messages"),
        "read": _("mark"),
        "refresh-all": _("reload update fetch"),
        "remove": _("unsubscribe delete"),
        "settings": _("config preferences options"),
        "source-settings": _("set rename move folder"),
        "star": _("mark favourite bookmark"),
        "save": _("mark bookmark later"),
        "trouble": _("errors broken feeds"),
        "undo": _("revert"),
        "unread": _("keep unread"),
    }.get(command, "")


def shell_commands() -> list[tuple[str, str, str]]:
    """What only the command line has: the command, what it does, and other words that the palette finds it by."""
    return [
        ("newsstand prune", _("Remove old stories"), _("clean purge expire shrink")),
        ("newsstand doctor", _("Check and repair the library"), _("damaged fix")),
        ("newsstand restore", _("Take back a backup"), _("recover")),
        ("newsstand site", _("Rules for sites"), _("extraction")),
        ("newsstand list", _("List headlines, newest first"), _("sort order json")),
    ]


def run_in_shell(command: str) -> str:
    """A command of the palette that the reader does not have."""
    return _("In a shell: {command} --help").format(command=command)


def export_title() -> tuple[str, str]:
    """The title of the dialog that exports the subscriptions, and what stands beside it."""
    return _("Export subscriptions"), _("as OPML, which every feed reader reads")


def export_hint() -> str:
    """Under the field for the file's name."""
    return _("Folders, order and the settings of each source are in it. A file that is there is not overwritten.")


def export_keys() -> list[tuple[str, str]]:
    """The keys of that dialog."""
    return [("Enter", _("write the file")), ("Esc", _("cancel"))]


def list_exported(count: int, file: str) -> str:
    """The file is written."""
    return _("Exported {n} sources to {file}").format(n=count, file=file)


def file_exists(file: str) -> str:
    """There is a file of that name."""
    return _("{file} is there already. Type another name.").format(file=file)


def cannot_write_file(file: str, reason: str) -> str:
    """The file cannot be written."""
    return _("{file} cannot be written: {reason}.").format(file=file, reason=reason)
