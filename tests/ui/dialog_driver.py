"""Hands for pages and sheets over the panes: what a key does there goes up through several boxes before it acts."""

from textual import events

from tests.ui.app_driver import Reader


async def calm(reader: Reader) -> None:
    """Wait until what was pressed has gone all its way, and nothing runs any more."""
    for _ in range(5):
        await reader.pilot.pause()
    await reader.settle()


async def press(reader: Reader, *keys: str) -> None:
    """Press keys one after another, and let each come to its end."""
    for key in keys:
        await reader.pilot.press(key)
        await calm(reader)


async def paste(reader: Reader, text: str) -> None:
    """Paste into the field that has the focus."""
    assert reader.app.screen.focused is not None
    reader.app.screen.focused.post_message(events.Paste(text))
    await calm(reader)
