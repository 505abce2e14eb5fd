"""Why a key can do nothing here, in the footer."""

from reader.commands import Command, Where
from reader.words.interface import command_label, key
from reader.words.translation import _


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
    sentence = sentences.get(command.where, _("{name} ({label}) does nothing here."))
    return sentence.format(
        name=name, label=command_label(command), left=key("left"), right=key("right"), enter=key("enter")
    )


def no_search_in_story(name: str) -> str:
    """The key that filters a list, in a story."""
    sentence = _("A story cannot be searched yet. {name} filters the headlines; {left} goes there.")
    return sentence.format(name=name, left=key("left"))


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


def pane_stays() -> str:
    """A wider or narrower pane, where it cannot be."""
    return _("This pane cannot have another width here.")


def nothing_new() -> str:
    """*Show new headlines*, where there are none."""
    return _("No new headlines.")
