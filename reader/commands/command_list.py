"""Every command of the reader, once: id, keys, title, help, group and where it works. Plain data, no Textual.

The interface binds them, the footer, the help page and the palette are made from them, and the settings check
`[keys]` by them (`reader.commands.keymap`). A key is Textual's name for it, or the character it types; a sequence is
its keys with spaces between (`g g`). A command without a key is run from the palette. One that is not built yet is
not listed.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal


class Where(StrEnum):
    """Where a command works: everywhere, or only while that pane has the focus."""

    EVERYWHERE = "everywhere"
    LISTS = "lists"  # sources and headlines
    SOURCES = "sources"
    HEADLINES = "headlines"
    ARTICLE = "article"
    STORIES = "stories"  # headlines and article: whatever has a story at hand


PaneName = Literal["sources", "headlines", "article"]

CONTEXTS: dict[PaneName, frozenset[Where]] = {
    "sources": frozenset({Where.EVERYWHERE, Where.LISTS, Where.SOURCES}),
    "headlines": frozenset({Where.EVERYWHERE, Where.LISTS, Where.HEADLINES, Where.STORIES}),
    "article": frozenset({Where.EVERYWHERE, Where.ARTICLE, Where.STORIES}),
}


@dataclass(frozen=True, slots=True)
class Command:
    """One thing the reader can do.

    `id` is what settings and tests call it, `keys` its default keys, `title` what the palette shows, `label` what the
    footer and the help page show beside the key (two or three words), `footer` its rank there per pane (lower comes
    first; absent: not in the footer). `counted`: a number before its key says how often, or which line.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    label: str
    group: str
    where: Where = Where.EVERYWHERE
    footer: tuple[tuple[Where, int], ...] = ()
    help: str = ""
    counted: bool = False


def works_in(command: Command, pane: PaneName) -> bool:
    """Whether a command works while that pane has the focus."""
    return command.where in CONTEXTS[pane]


S, H, A = Where.SOURCES, Where.HEADLINES, Where.ARTICLE

COMMANDS: tuple[Command, ...] = (
    Command("down", ("j", "down"), "Down", "down", "Move", counted=True),
    Command("up", ("k", "up"), "Up", "up", "Move", counted=True),
    Command(
        "enter", ("enter",), "Open what is under the cursor", "open", "Move", footer=((H, 1), (S, 1), (A, 3)),
        help="In a story: the link or related story selected with Tab.",
    ),
    Command("right", ("l", "right"), "Go to the pane on the right", "pane right", "Move", footer=((S, 2),)),
    Command("left", ("h", "left"), "Go to the pane on the left", "pane left", "Move", footer=((H, 11), (A, 11))),
    Command("top", ("g g", "home"), "Go to the top", "top", "Move", counted=True),
    Command("end", ("G", "end"), "Go to the end", "end", "Move", counted=True),
    Command(
        "space", ("space",), "Next page; at the end, the next unread story", "page on", "Move",
        footer=((A, 1), (H, 3)),
    ),
    Command("page-down", ("ctrl+f", "pagedown"), "Page down", "page down", "Move", counted=True),
    Command("page-up", ("ctrl+b", "pageup"), "Page up", "page up", "Move", counted=True),
    Command("half-down", ("ctrl+d",), "Half a page down", "half page down", "Move", counted=True),
    Command("half-up", ("ctrl+u",), "Half a page up", "half page up", "Move", counted=True),
    Command("next-unread", ("n",), "Next unread story", "next unread", "Read", footer=((H, 2), (A, 6)), counted=True),
    Command("previous-unread", ("p",), "Previous unread story", "previous unread", "Read", counted=True),
    Command("next-story", ("J",), "Next story", "next story", "Read", counted=True),
    Command("previous-story", ("K",), "Previous story", "previous story", "Read", counted=True),
    Command(
        "rest", ("+",), "Load the remaining pages of a story", "more pages", "Read", A,
        help="For stories that are split over several pages. Esc stops.",
    ),
    Command("zoom", ("z",), "Show the story alone, or all panes", "story alone", "Read"),
    Command("wider", (">",), "Wider lines", "wider", "Read"),
    Command("narrower", ("<",), "Narrower lines", "narrower", "Read"),
    Command("pane-wider", ("}",), "Make this pane wider", "pane wider", "Read", counted=True),
    Command("pane-narrower", ("{",), "Make this pane narrower", "pane narrower", "Read", counted=True),
    Command("links", ("f",), "Show a letter on every link", "links", "Links", A, footer=((A, 2),)),
    Command("next-link", ("tab",), "Next link", "next link", "Links", A),
    Command("previous-link", ("shift+tab",), "Previous link", "previous link", "Links", A),
    Command(
        "related", ("1", "2", "3", "4", "5", "6", "7", "8", "9"), "Open a related story by its number", "related",
        "Links", A, footer=((A, 4),),
    ),
    Command(
        "back", ("H", "alt+left", "backspace"), "Back to the story you came from", "back", "Links", Where.STORIES,
        footer=((A, 5),), counted=True,
    ),
    Command("forward", ("L", "alt+right"), "Forward again", "forward", "Links", Where.STORIES, counted=True),
    Command(
        "browser", ("o",), "Open in the browser", "browser", "Links", Where.STORIES, footer=((A, 9), (H, 6)),
        help="The link selected with Tab, else the story itself.",
    ),
    Command("copy", ("y",), "Copy the link", "copy link", "Links", Where.STORIES,
            help="The link selected with Tab, else that of the story."),
    Command(
        "read", ("m",), "Mark read or unread", "mark read", "Mark", Where.STORIES, footer=((H, 4), (A, 7)),
    ),
    Command("unread", ("u",), "Mark unread", "mark unread", "Mark", Where.STORIES),
    Command("star", ("*",), "Star", "star", "Mark", Where.STORIES, footer=((H, 5), (A, 8))),
    Command(
        "save", ("s",), "Add to Read later, or remove from it", "read later", "Mark", Where.STORIES,
        footer=((A, 10), (H, 10)),
    ),
    Command(
        "all-read", ("A",), "Mark everything in this list read", "all read", "Mark", Where.LISTS,
        footer=((S, 3), (H, 9)),
    ),
    Command("undo", ("ctrl+z",), "Undo", "undo", "Mark"),
    Command("redo", ("ctrl+y",), "Redo", "redo", "Mark"),
    Command(
        "refresh", ("r",), "Refresh this source", "refresh", "Sources", footer=((H, 8), (S, 4)),
        help="In a list of several sources: all of them. In a story that could not be had: that story, once more.",
    ),
    Command("refresh-all", ("R",), "Refresh every source", "refresh all", "Sources"),
    Command("add", ("a",), "Add a source by its address", "add a source", "Sources", footer=((S, 5),)),
    Command("catalogue", ("C",), "Choose papers from the catalogue", "catalogue", "Sources", footer=((S, 6),)),
    Command(
        "source-settings", ("e",), "Edit name, folder and settings of a source", "source settings", "Sources",
        Where.LISTS, footer=((S, 7),),
    ),
    Command("remove", ("d", "delete"), "Remove a source", "remove", "Sources", Where.SOURCES, footer=((S, 8),)),
    Command("source-down", ("alt+j", "alt+down"), "Move a source down", "source down", "Sources", Where.SOURCES,
            counted=True),
    Command("source-up", ("alt+k", "alt+up"), "Move a source up", "source up", "Sources", Where.SOURCES,
            counted=True),
    Command("trouble", ("!",), "Show failed sources", "failed sources", "Sources"),
    Command("show-new", (".",), "Show new headlines", "show new", "Sources", Where.LISTS),
    Command("keep-offline", ("O",), "Keep all unread stories for reading offline", "keep offline", "Sources"),
    Command(
        "narrow", ("/",), "Filter the list by words in the headline", "filter", "Find", Where.LISTS, footer=((H, 7),),
        help="Accents and case do not matter. Esc shows all again.",
    ),
    Command(
        "palette", (":", "ctrl+p"), "Command palette", "palette", "Find",
        help="Finds commands, sources and stories by name.",
    ),
    Command("help", ("?",), "Show all keyboard shortcuts", "all keys", "Find", footer=((S, 99), (H, 99), (A, 99))),
    Command(
        "settings", (",",), "Settings", "settings", "Find", help="All of them, with their values. They change at once.",
    ),
    Command("import", (), "Import subscriptions from a file", "import", "Find", help="OPML, or newsboat's urls file."),
    Command("export", (), "Export subscriptions to a file", "export", "Find", help="As OPML."),
    Command(
        "backup", (), "Back up the library", "back up", "Find", help="Into the folder of backups beside it.",
    ),
    Command("log", (), "Show the log", "the log", "Find"),
    Command("escape", ("escape",), "Close what is open; dismiss a message", "close", "Find"),
    Command(
        "quit-back", ("q",), "Go back, then quit", "back, quit", "Find",
        help="From a story to the headlines; in a filtered list, to the whole one.",
    ),
    Command("quit", ("Q", "ctrl+q"), "Quit", "quit", "Find"),
)  # fmt: skip  # a command a row


_KEY_NAMES = {
    "space": "Space", "enter": "Enter", "escape": "Esc", "tab": "Tab", "shift+tab": "Shift+Tab", "up": "↑",
    "down": "↓", "left": "←", "right": "→", "home": "Home", "end": "End", "pageup": "PgUp", "pagedown": "PgDn",
    "backspace": "Backspace", "delete": "Del", "insert": "Ins", "backslash": "\\", "right_square_bracket": "]",
    "circumflex_accent": "^", "underscore": "_",
}  # fmt: skip  # pairs, several a row


def key_name(key: str) -> str:
    """Return how a key or a sequence is written for people: `ctrl+z` is `^Z`, `g g` is `gg`, `alt+left` is `Alt+←`."""
    if " " in key:
        return "".join(key_name(part) for part in key.split())
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    if key.startswith("ctrl+"):
        name = key_name(key.removeprefix("ctrl+"))
        return "^" + name.upper() if len(name) == 1 else "Ctrl+" + name
    for modifier, mark in (("alt+", "Alt+"), ("shift+", "Shift+")):
        if key.startswith(modifier):
            return mark + key_name(key.removeprefix(modifier))
    return key.upper() if len(key) > 1 and key[0] == "f" and key[1:].isdigit() else key
