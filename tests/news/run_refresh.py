"""Refresh to the end, for the tests that need a library with news in it."""

from collections.abc import Sequence
from contextlib import aclosing

from reader.models import RefreshEvent
from reader.news.refresh import refresh
from reader.news.stories import StoryLoader


async def run(
    loader: StoryLoader,
    *,
    sources: Sequence[int] | None = None,
    every: bool = False,
    stories: bool = True,
    force: bool = False,
) -> list[RefreshEvent]:
    """Refresh to the end and return every event."""
    async with aclosing(refresh(loader, sources=sources, every=every, stories=stories, force=force)) as events:
        return [event async for event in events]
