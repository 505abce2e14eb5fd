"""A click on a key that is named on the screen presses it. What names one carries it in its style, as `press`."""

from rich.style import Style
from textual import events
from textual.keys import _character_to_key
from textual.widget import Widget

from reader.commands.keymap import parse

_CHARACTERS = {"space": " ", "enter": "\r", "tab": "\t"}


def pressing(style: Style, key: str) -> Style:
    """The same style, for words that press a key (as people write it) when they are clicked; of several, the first."""
    return style + Style(meta={"press": key.split()[0]}) if key.strip() else style


def press_clicked(widget: Widget, event: events.Click) -> bool:
    """Press the key that was clicked, as if it had been typed; False where there was none."""
    written = event.style.meta.get("press")
    keys = parse(written) if isinstance(written, str) and event.button == 1 else None
    for key in keys or ():
        if len(key) == 1:
            widget.app.post_message(events.Key(_character_to_key(key), key))
        else:
            widget.app.post_message(events.Key(key, _CHARACTERS.get(key)))
    return keys is not None
