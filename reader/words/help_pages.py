"""The pages of help: keyboard shortcuts and the log; why a key can do nothing. Not loaded before the first paint."""

from reader.commands import Command, Where
from reader.words.interface import command_label, key
from reader.words.translation import _


def keys(what: str) -> str:
    """A key at the foot of these pages, by what it does."""
    labels = {
        "back": _("back"),
        "search": _("search"),
        "clear": _("show all"),
        "scroll": _("scroll"),
        "end": _("newest"),
        "top": _("oldest"),
    }
    return labels[what]


def by_name() -> str:
    """In the place of a key: the command has none, and is run by its name from the command palette."""
    return _("by name")


def keys_beside(ids: bool) -> str:
    """Beside the title: how to change keys. `ids`: the names of the commands are shown too."""
    if ids:
        return _("[keys] in your settings changes them, by these names")
    return _("[keys] in your settings changes them; / shows the names")


def nothing_fits(typed: str) -> str:
    """Where no command matches what was typed."""
    return _('No key or command matches "{typed}".').format(typed=typed)


def log_title() -> str:
    """The title of the log."""
    return _("The log")


def log_advice() -> str:
    """Over the log: what it is for."""
    return _(
        "Errors with their causes, newest last. Add them to a bug report: they hold addresses, but no stories and no "
        "passwords. newsstand config shows where this file is."
    )


def no_log(where: bool) -> str:
    """There is nothing to show: the file is not there or empty, or (`where` False) none is written."""
    if where:
        return _("Nothing has been written yet.")
    return _("No log is written this time.")


def log_unreadable() -> str:
    """The log's file cannot be read."""
    return _("This file cannot be read.")


def log_left_out() -> str:
    """Over the first line, where the beginning was left out."""
    return _("Earlier lines are in the file.")


def unknown_key(name: str) -> str:
    """No command has this key. `name`: as people write it."""
    return _("{name} does nothing. {key} shows all keys.").format(name=name, key=key("help"))


def works_elsewhere(name: str, command: Command) -> str:
    """The key's command works in another pane, and how to get there."""
    sentences = {
        Where.LISTS: _("{name} ({label}) works in a list. {left} leaves the story."),
        Where.SOURCES: _("{name} ({label}) works in Sources. {left} leads there."),
        Where.HEADLINES: _("{name} ({label}) works in the headlines. {right} leads there."),
        Where.STORIES: _("{name} ({label}) is for stories. {right} goes to the headlines."),
        Where.ARTICLE: _("{name} ({label}) works in a story. {enter} opens one."),
    }
    return sentences[command.where].format(
        name=name, label=command_label(command), left=key("left"), right=key("right"), enter=key("enter")
    )


def works_here(name: str, command: Command) -> str:
    """The command was chosen in another pane; this is the one it works in."""
    return _("{name} ({label}) works here.").format(name=name, label=command_label(command))


def does_nothing_here(name: str, command: Command | None) -> str:
    """On a page or in a dialog, whose last key at the foot leads back: this key has no meaning on it. `command`: the
    one it has in the panes."""
    if command is None:
        return _("{name} does nothing here.").format(name=name)
    return _("{name} ({label}) does nothing here; it does in the panes.").format(
        name=name, label=command_label(command)
    )


def nowhere_to_paste() -> str:
    """Something was pasted where no field has the focus."""
    return _("Nothing was pasted: there is no field here.")


def nothing_takes_a_paste() -> str:
    """Something was pasted over the panes; an address is what one pastes there."""
    return _("Nothing was pasted. {key} adds a source by its address; paste it there.").format(key=key("add"))


def no_search_in_story(name: str) -> str:
    """The key that filters a list, in a story."""
    sentence = _("A story cannot be searched yet. {name} filters the headlines; {left} goes there.")
    return sentence.format(name=name, left=key("left"))


def not_searched(typed: str) -> str:
    """The words that were typed behind that key, which are no commands. `typed`: with the key."""
    return _("Esc ends this: a story cannot be searched yet ({typed}).").format(typed=_end_of(typed))


def not_searched_here(typed: str) -> str:
    """The same on a page that has nothing to search."""
    return _("Esc ends this: nothing can be searched here ({typed}).").format(typed=_end_of(typed))


def _end_of(typed: str, most: int = 12) -> str:
    """The end of what is being typed. Pure."""
    return typed if len(typed) <= most else "…" + typed[1 - most :]


def no_story_here() -> str:
    """A command for a story, where there is none."""
    return _("No story here.")


def no_story_open() -> str:
    """A command for the story that is open, while none is."""
    return _("No story is open. {enter} on a headline opens one.").format(enter=key("enter"))


def unread_already() -> str:
    """*Mark unread*, where it is."""
    return _("It is unread already.")


def no_more_stories(step: int) -> str:
    """The next story (1) or the one before (-1), where there is none."""
    return _("This is the last headline of the list.") if step > 0 else _("This is the first headline of the list.")


def source_at_edge(step: int) -> str:
    """A source is to be moved down (1) or up (-1), and is the last or the first where it is."""
    return _("It is the last one of its folder.") if step > 0 else _("It is the first one of its folder.")


def tried_in_vain() -> str:
    """A story was asked for once more, and still cannot be had."""
    return _("Asked once more: it still cannot be had.")


def no_browser() -> str:
    """An address was to be opened, and this machine has no browser that could be started."""
    return _("No browser was found. {copy} copies the link; $BROWSER can name one.").format(copy=key("copy"))


def no_player_found() -> str:
    """Sound or film was to be played: the settings name no player, and the system has nothing that opens it."""
    return _("No player was found. Settings ({settings}) can name one: Player. {copy} copies the link.").format(
        settings=key("settings"), copy=key("copy")
    )


def no_link_chosen() -> str:
    """Enter in a story, where no link is chosen."""
    return _("No link is chosen. {tab} goes to the next one, {letters} shows a letter on each.").format(
        tab=key("next-link"), letters=key("links")
    )


def no_pane(step: int) -> str:
    """To the pane on the left (-1) or on the right (1), where there is none."""
    return _("There is no pane further right.") if step > 0 else _("There is no pane further left.")


def widest(cells: int) -> str:
    """Wider or narrower lines, at the limit."""
    return _("Lines of {n} cells are as far as it goes.").format(n=cells)


def measure(cells: int) -> str:
    """Wider or narrower lines, while no story shows them."""
    return _("Stories have lines of {n} cells.").format(n=cells)


def one_pane_fits(most: int) -> str:
    """A story alone or beside the headlines, where there is room for one pane; `most`: as the settings have it."""
    if most == 1:
        return _("One pane is shown at a time: the setting reader.panes is 1.")
    return _("One pane fits here at a time. A window of 120 columns shows two.")


def pane_stays() -> str:
    """A wider or narrower pane, where it cannot be."""
    return _("This pane cannot have another width here.")


def nothing_new() -> str:
    """*Show new headlines*, where there are none."""
    return _("No new headlines.")
