"""Press and paste in pages and dialogs over the panes: a key passes several widgets before it acts."""

from textual import events

from tests.ui.app_driver import AppDriver


async def wait_until_idle(reader: AppDriver) -> None:
    """Wait until what was pressed has gone all its way, and nothing runs any more."""
    for _ in range(5):
        await reader.pilot.pause()
    await reader.wait_until_idle()


async def press(reader: AppDriver, *keys: str) -> None:
    """Press keys one after another, and let each come to its end."""
    for key in keys:
        await reader.pilot.press(key)
        await wait_until_idle(reader)


async def paste(reader: AppDriver, text: str) -> None:
    """Paste into the field that has the focus."""
    assert reader.app.screen.focused is not None
    reader.app.screen.focused.post_message(events.Paste(text))
    await wait_until_idle(reader)
