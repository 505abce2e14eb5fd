"""What the welcome, the catalogue and the sheets about sources say: adding, importing, the settings of one source."""

from datetime import datetime

from reader.words.catalogue import _, _n
from reader.words.interface import key, undoes
from reader.words.moments import age, clock, headlines


def add_title() -> tuple[str, str]:
    """The title of the sheet that adds a source, and what can be typed there."""
    return _("Add a source"), _("an address of a paper, a section, a feed or a story")


def address_example() -> str:
    """What stands in the empty field."""
    return _("song-hong.example, or a name: tuoi tre")


def asking(hosts: str) -> str:
    """What is being done while a server has not answered."""
    return _("Asking {host}…").format(host=hosts)


def asking_stopped() -> str:
    """Esc was pressed while a server was asked."""
    return _("Stopped. *Enter* asks again.")


def how_to_add() -> str:
    """What stands where the findings will be."""
    return _("Paste or type an address; *Enter* looks what is behind it. Several at once: with blanks between.")


def found(offers: int, addresses: int) -> str:
    """`3 found behind this address`."""
    if addresses > 1:
        return _("{n} found behind {m} addresses").format(n=offers, m=addresses)
    return _("{n} found behind this address").format(n=offers)


def found_in_catalogue(count: int) -> str:
    """`2 papers in the catalogue`."""
    return _n("{n} paper in the catalogue", "{n} papers in the catalogue", count).format(n=count)


def checked_in(seconds: float) -> str:
    """`checked in 1.2 s`."""
    return _("checked in {n} s").format(n=f"{seconds:.1f}")


def no_such_paper(typed: str) -> str:
    """Neither an address nor a paper of the catalogue."""
    return _("“{typed}” is no address, and no paper of the catalogue has that name.").format(typed=typed)


def kind(what: str) -> str:
    """What stands behind an address: `feed`, `section page`, `catalogue`."""
    kinds = {
        "feed": _("feed"),
        "page": _("section page"),
        "sitemap": _("sitemap"),
        "catalogue": _("catalogue"),
    }
    return kinds[what]


def holds(count: int, newest: datetime | None, now: datetime) -> str:
    """`40 headlines, newest 12 min ago`."""
    told = headlines(count)
    if newest is None or not count:
        return told
    how_old = age(newest, now)
    days = (now - newest).total_seconds() / 86400
    return f"{told}, " + (_("newest {age} ago") if days < 28 else _("newest {age}")).format(age=how_old)


def subscribed_already() -> str:
    """Beside a feed that is in the library."""
    return _("subscribed")


def not_looked_yet() -> str:
    """Beside a feed that a page only names."""
    return _("named by the page")


def latest() -> str:
    """Over the newest headlines of the feed under the cursor."""
    return _("Its latest headlines")


def no_headlines() -> str:
    """In the place of headlines."""
    return _("It has no headlines now. Subscribing is safe: those to come will be there.")


def can_subscribe_anyway() -> str:
    """After why a feed did not answer."""
    return _("One can subscribe to it all the same: Newsstand will ask it again.")


def field(what: str) -> str:
    """The name of a field."""
    fields = {
        "name": _("Name"),
        "folder": _("Folder"),
        "address": _("Address"),
        "interval": _("Ask every"),
        "stories": _("Keep offline"),
        "text": _("Text"),
        "browser": _("Open in"),
        "user_agent": _("User-Agent"),
        "seconds": _("Wait at most"),
        "file": _("File"),
    }
    return fields[what]


def no_folder() -> str:
    """In the empty folder field."""
    return _("none")


def each_its_name() -> str:
    """In the place of a name, where several are subscribed to."""
    return _("each its own")


def subscribing() -> str:
    """While it is written."""
    return _("Subscribing…")


def subscribed(name: str, count: int) -> str:
    """`Subscribed to Tuổi trẻ Thủ đô: 40 headlines.`."""
    return _("Subscribed to {name}: {headlines}.").format(name=name, headlines=headlines(count))


def subscribed_to(name: str) -> str:
    """The same, while its headlines are still to come."""
    return _("Subscribed to {name}.").format(name=name)


def subscribed_many(count: int) -> str:
    """`Subscribed to 4 papers. ^Z undoes.`."""
    told = _n("Subscribed to {n} paper.", "Subscribed to {n} papers.", count).format(n=count)
    return f"{told} {undoes()}"


def known(name: str) -> str:
    """One was subscribed already."""
    return _("{name} is subscribed already: here it is.").format(name=name)


def add_keys(where: str, *, ticked: int = 0, known: bool = False) -> list[tuple[str, str]]:
    """The keys of the sheet that adds a source, by where the cursor is."""
    leave = ("Esc", _("leave"))
    if where == "asking":
        return [("Esc", _("stop asking"))]
    if where == "address":
        return [("Enter", _("look what is there")), leave]
    if ticked > 1:
        enter = ("Enter", _("subscribe to {n}").format(n=ticked))
    else:
        enter = ("Enter", _("go there") if known else _("subscribe"))
    if where == "found":
        return [enter, ("↓ ↑", _("choose")), ("Space", _("several")), ("Tab", _("folder, name")), leave]
    if where == "folder":
        return [enter, ("↓ ↑", _("folders there are")), ("Tab", _("name")), leave]
    return [enter, ("Tab", _("address")), leave]


def papers(count: int) -> str:
    """`1 paper`, `4 papers`."""
    return _n("{n} paper", "{n} papers", count).format(n=count)


def sections(count: int) -> str:
    """`16 sections`; of a paper without any, `1 feed`."""
    return _n("{n} section", "{n} sections", count).format(n=count) if count else _("1 feed")


def catalogue_title(welcome: bool) -> str:
    """Over the papers."""
    return _("Papers") if welcome else _("Catalogue")


def chosen(count: int) -> str:
    """`4 chosen`."""
    return _("{n} chosen").format(n=count)


def find() -> str:
    """Before the field that finds a paper."""
    return _("Find")


def greeting(hour: int) -> str:
    """`Good afternoon. Which papers do you read?`."""
    if 5 <= hour < 12:
        return _("Good morning. Which papers do you read?")
    if 12 <= hour < 18:
        return _("Good afternoon. Which papers do you read?")
    return _("Good evening. Which papers do you read?")


def choices(what: str) -> str:
    """Over the columns of the catalogue: `Language`, `Country`, `Topic`; `All` lifts one."""
    named = {"language": _("Language"), "country": _("Country"), "topic": _("Topic"), "all": _("All")}
    return named[what]


def unverified() -> str:
    """Beside a paper whose feed nobody has seen answer lately."""
    return _("not checked lately")


def feeds() -> str:
    """How a paper gives its news: by feeds."""
    return _("feeds")


def main_feed() -> str:
    """A paper's own feed, among its sections."""
    return _("All of it")


def no_paper_fits() -> str:
    """The catalogue has nothing like what was typed."""
    return _("No paper fits. Accents can be left out; *Esc* shows all.")


def other_ways(narrow: bool) -> list[tuple[str, str]]:
    """The other ways of the welcome."""
    if narrow:
        return [("", _("Or")), ("a", _("address")), ("i", _("import")), ("d", _("demo"))]
    return [
        ("", _("Or")),
        ("a", _("paste an address")),
        ("i", _("import OPML or newsboat")),
        ("d", _("try the demo: a small newspaper, no network needed")),
    ]


def catalogue_keys(
    where: str, chosen: int, *, welcome: bool, preview: bool = False, narrow: bool = False
) -> list[tuple[str, str]]:
    """The keys of the catalogue, by the column in focus; Enter says what it will do."""
    if narrow:
        does = _("subscribe to {n}").format(n=chosen) if chosen else _("subscribe")
    elif chosen:
        does = _n("subscribe to {n} paper and read", "subscribe to {n} papers and read", chosen).format(n=chosen)
    else:
        does = _("subscribe to this one and read")
    leave = ("q", _("leave")) if welcome else ("Esc", _("leave"))
    if where == "find":
        return [("Enter", _("to the papers")), ("Esc", _("all papers"))]
    if where == "choices":
        return [("Space", _("choose")), ("Tab", _("papers")), ("/", _("find")), leave]
    look = _("no preview") if preview else _("preview")
    return [
        ("Space", _("choose")),
        ("Enter", does),
        ("l", _("sections")),
        ("v", look),
        ("/", _("find")),
        ("Tab", _("next column")),
        leave,
    ]


def import_title() -> tuple[str, str]:
    """The title of the sheet that imports, and what it takes."""
    return _("Import"), _("OPML, or newsboat's urls file")


def import_hint() -> str:
    """What stands where the contents of the file will be."""
    return _("Type where the file is; *Enter* looks into it. Nothing is written before you say so.")


def would_import(feeds: int, folders: int, left_out: int, known: int) -> str:
    """`42 feeds in 6 folders, 3 left out`."""
    told = _n("{n} feed", "{n} feeds", feeds).format(n=feeds)
    if folders:
        told += _n(" in {n} folder", " in {n} folders", folders).format(n=folders)
    if known:
        told += _(", {n} subscribed already").format(n=known)
    if left_out:
        told += _(", {n} left out").format(n=left_out)
    return told


def marks_beside(path: str) -> str:
    """A cache.db lies beside the list."""
    return _("Bring what newsboat has as read and starred: {path}").format(path=path)


def imported(added: int, known: int, left_out: int, marks: tuple[int, int] | None = None) -> str:
    """What came of an import. `marks`: how many stories were marked read and starred, by an act of its own."""
    told = _n("{n} source added", "{n} sources added", added).format(n=added)
    if known:
        told += _(", {n} there already").format(n=known)
    if left_out:
        told += _(", {n} left out").format(n=left_out)
    if marks is None or not any(marks):
        return f"{told}. {undoes()}" if added else f"{told}."
    came = _("{read} read and {starred} starred came along").format(read=marks[0], starred=marks[1])
    again = _("{key} undoes the marks, once more the sources.").format(key=key("undo"))
    return f"{told}; {came}. {again}"


def no_such_file(path: str) -> str:
    """Nothing is there."""
    return _("There is no file {path}.").format(path=path)


def unreadable_file(path: str, why: str) -> str:
    """The system does not let it be read."""
    return _("{path} cannot be read: {why}.").format(path=path, why=why)


def import_keys(where: str, *, marks: bool = False) -> list[tuple[str, str]]:
    """The keys of the sheet that imports."""
    leave = ("Esc", _("leave"))
    if where == "path":
        return [("Enter", _("look into it")), ("↓ ↑", _("files there are")), leave]
    return [("Enter", _("import")), *([("Space", _("marks too, or not"))] if marks else []), ("Tab", _("file")), leave]


def settings_title(name: str) -> tuple[str, str]:
    """The title of the sheet of one source's settings."""
    return name, _("settings of this source")


def unit(what: str) -> str:
    """What stands after a field."""
    units = {
        "interval": _("minutes; empty: as the settings say"),
        "stories": _("stories; empty: as the settings say"),
        "seconds": _("seconds; empty: as the settings say"),
        "user_agent": _("empty: Newsstand's own"),
        "folder": _("World/Asia: a folder in a folder"),
    }
    return units.get(what, "")


def choice(what: str, on: bool) -> str:
    """The two sides of a choice."""
    if what == "text":
        return _("as the feed has it") if on else _("from its page")
    return _("the browser") if on else _("Newsstand")


def wrong(what: str) -> str:
    """Why what stands in a field cannot be kept."""
    sentences = {
        "name": _("A source has a name."),
        "address": _("An address begins with https:// or http://."),
        "interval": _("Minutes are a number from 1 to 10080 (a week)."),
        "stories": _("Stories are a number from 0 to 10000."),
        "seconds": _("Seconds are a number from 1 to 600."),
        "user_agent": _("A User-Agent is one line in ASCII."),
    }
    return sentences[what]


def changed(name: str) -> str:
    """`Le Canal changed. ^Z undoes.`."""
    return _("{name} changed.").format(name=name) + " " + undoes()


def nothing_changed(name: str) -> str:
    """All is as it was."""
    return _("{name} stays as it was.").format(name=name)


def settings_keys(choice: bool) -> list[tuple[str, str]]:
    """The keys of the sheet of a source's settings."""
    space = [("Space", _("the other"))] if choice else []
    return [("Enter", _("keep")), ("Tab", _("next field")), *space, ("Esc", _("leave as it was"))]


def facts(answered: datetime | None, due: datetime | None, now: datetime) -> list[str]:
    """When a source answered last, and when it will be asked again."""
    told = [_("last answer {moment}").format(moment=clock(answered, now)) if answered else _("never answered yet")]
    if due is not None and due > now:
        told.append(_("next visit {moment}").format(moment=clock(due, now)))
    else:
        told.append(_("due now"))
    return told
