"""The two processes of test_kills.py: `-m tests.program.kill_children refresh PATH FEED...`, `... mark PATH SEED`.

Each writes a line of JSON to its standard output for what the store acknowledged, at once, and goes on until it is
ended.
"""

import asyncio
import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

from reader import config
from reader.models import RefreshStep
from reader.news.refresh import refresh as refresh_all
from reader.news.stories import StoryLoader
from reader.store import Act, Library, View
from tests import add_source


def acknowledge(**facts: object) -> None:
    """Say what is on the disk. One write to the pipe: no buffer of ours dies with us."""
    os.write(1, (json.dumps(facts) + "\n").encode())


def refresh(path: Path, feeds: list[str]) -> None:
    """Refresh five papers over and over, by the real way: network, worker processes, extraction, library."""
    with Library.open(path, who="refresh") as library:
        for feed in feeds:
            add_source(library, feed, feed)
        asyncio.run(_refresh(library))


async def _refresh(library: Library) -> None:
    loader = StoryLoader(library, config.load())
    while True:
        async for event in refresh_all(loader, every=True):
            if event.step is RefreshStep.KEPT and event.source is not None:
                entries = len(library.old_entries(event.source.id))
                acknowledge(paper=event.source.id, entries=entries)
            elif event.step is RefreshStep.STORY:
                acknowledge(page=event.page)


def mark(path: Path, seed: int) -> None:
    """Mark, star, save and undo whatever is there."""
    chance = random.Random(seed)  # seeded, and no secret
    with Library.open(path, who="reader") as library:
        own = [library.ensure_page(f"https://marked.example/{n}") for n in range(20)]
        while True:
            pages = chance.sample(own + list(library.listing(View("unread")).pages[:50]), chance.choice((1, 1, 1, 12)))
            does: list[Callable[[], Act | None]] = [
                lambda: library.mark_read(pages, chance.random() < 0.7),  # noqa: B023 (called before the loop goes on)  # called at once
                lambda: library.star(pages, chance.random() < 0.7),  # noqa: B023 (called before the loop goes on)
                lambda: library.save(pages, chance.random() < 0.7),  # noqa: B023 (called before the loop goes on)
                library.undo,
                library.redo,
            ]
            do = chance.choice(does)
            act = do()
            if act is not None and act.id:
                how = {library.undo: "undo", library.redo: "redo"}.get(do, "")
                acknowledge(act=act.id, kind=act.act, pages=act.pages, how=how)


if __name__ == "__main__":
    if sys.argv[1] == "refresh":
        refresh(Path(sys.argv[2]), sys.argv[3:])
    else:
        mark(Path(sys.argv[2]), int(sys.argv[3]))
