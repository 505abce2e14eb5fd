"""The processes that tests kill, and let run into full disks: `-m tests.program.kill_children WHAT PATH ...`.

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
from reader.errors import DiskFull
from reader.lists import opml
from reader.models import Article, Entry, RefreshStep
from reader.news.pruning import prune
from reader.news.refresh import refresh as refresh_all
from reader.news.stories import StoryLoader
from reader.news.subscriptions.import_export import import_subscriptions
from reader.store import Act, Bounds, FeedChanges, Library, View
from tests import add_source

Facts = dict[str, object]
Doing = Callable[[], Facts | None]
"""Does one thing, and returns what the store acknowledged; None where there was nothing to do."""


def acknowledge(facts: Facts) -> None:
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
                acknowledge({"paper": event.source.id, "entries": entries})
            elif event.step is RefreshStep.STORY:
                acknowledge({"page": event.page})


def _told(library: Library, do: Callable[[], Act | None]) -> Facts | None:
    act = do()
    if act is None or not act.id:
        return None
    how = {library.undo: "undo", library.redo: "redo"}.get(do, "")
    return {"act": act.id, "kind": act.act, "pages": act.pages, "how": how}


def marks(library: Library, chance: random.Random) -> Doing:
    """Mark, star, save and undo whatever is there."""
    own = [library.ensure_page(f"https://marked.example/{n}") for n in range(20)]

    def do() -> Facts | None:
        pages = chance.sample(own + list(library.listing(View("unread")).pages[:50]), chance.choice((1, 1, 1, 12)))
        does: list[Callable[[], Act | None]] = [
            lambda: library.mark_read(pages, chance.random() < 0.7),
            lambda: library.star(pages, chance.random() < 0.7),
            lambda: library.save(pages, chance.random() < 0.7),
            library.undo,
            library.redo,
        ]
        return _told(library, chance.choice(does))

    return do


def changes(library: Library, chance: random.Random) -> Doing:
    """Rename, move, edit, remove and import sources, undo and redo."""
    own = [add_source(library, f"https://changed.example/{n}", f"Paper {n}").id for n in range(12)]

    def imported() -> Facts:
        addresses = [f"https://changed.example/listed/{chance.randrange(10**9)}" for _ in range(chance.choice((1, 30)))]
        outlines = "".join(f'<outline text="Listed" xmlUrl="{address}"/>' for address in addresses)
        listed = opml.parse(f"<opml><body>{outlines}</body></opml>".encode(), "listed.opml")
        import_subscriptions(library, listed)
        return {"subscribed": addresses}

    def do() -> Facts | None:
        source, number = chance.choice(own), chance.randrange(1000)
        does: list[Callable[[], Act | None]] = [
            lambda: library.rename_source(source, f"Renamed {number}"),
            lambda: library.move_source(source, chance.choice((None, "Coast", "World/Asia"))),
            lambda: library.edit_source(source, interval=60 + number),
            lambda: library.remove_source(source),
            library.undo,
            library.undo,
            library.redo,
        ]
        removed = library.source(source)
        if chance.random() < 0.15:
            return imported()
        if removed is None or removed.removed_at is not None:
            return _told(library, library.undo)
        return _told(library, chance.choice(does))

    return do


def prunes(library: Library, chance: random.Random) -> Doing:
    """List new stories, keep their texts, star some, and prune all that a bound of a megabyte leaves no room for."""
    source = add_source(library, "https://pruned.example/rss", "Pruned").id

    def do() -> Facts:
        first = chance.randrange(10**9)
        new = tuple(
            Entry(guid=f"{first}-{n}", link=f"https://pruned.example/{first}/{n}", title=f"Story {first} {n}")
            for n in range(30)
        )
        library.keep_feed(source, FeedChanges(new=new), now=1_700_000_000)
        starred = []
        for number, entry in enumerate(new):
            page = library.page_of(str(entry.link))
            assert page is not None
            text = f"The {number}th morning the ferry came in. " * 300
            link = str(entry.link)
            library.keep_article(page, Article(link, link, "pruned.example", entry.title, markdown=text, how="generic"))
            if number % 15 == 0:
                starred.append(page)
        library.star(starred)
        report = prune(library, Bounds(0, 1))
        return {"kept": starred, "pruned": report.total.articles + report.total.entries}

    return do


DOINGS: dict[str, Callable[[Library, random.Random], Doing]] = {"mark": marks, "change": changes, "prune": prunes}
WHO = {"mark": "reader", "change": "cli", "prune": "prune"}


def go_on(what: str, path: Path, seed: int) -> None:
    """Do one thing after the other until killed."""
    with Library.open(path, who=WHO[what]) as library:
        do = DOINGS[what](library, random.Random(seed))  # seeded, and no secret
        while True:
            facts = do()
            if facts is not None:
                acknowledge(facts)


def on_a_full_disk(what: str, path: Path, seed: int) -> None:
    """Fill the disk but for some bytes, do thirty things, make room, and do one more, which must succeed. Says how many
    found no room, and what is in the file then."""
    chance = random.Random(seed)  # seeded, and no secret
    fill = path.with_name("fill")
    full = 0
    with Library.open(path, who=WHO[what]) as library:
        do = DOINGS[what](library, chance)
        with fill.open("wb", buffering=0) as file:
            try:
                while file.write(bytes(4096)):
                    pass
            except OSError:
                pass
            file.truncate(max(0, file.tell() - chance.choice((0, 20_000, 80_000, 300_000, 900_000))))
        for _ in range(30):
            try:
                facts = do()
            except DiskFull:
                full += 1
            else:
                if facts is not None:
                    acknowledge(facts)
        fill.unlink()
        page = library.ensure_page("https://marked.example/after")
        act = library.star([page])
        acknowledge({"act": act.id, "kind": "star", "pages": 1, "how": ""})
    acknowledge(
        {
            "full": full,
            "library": path.read_bytes().hex(),
            "beside": sorted(file.name for file in path.parent.iterdir()),
        }
    )


if __name__ == "__main__":
    if sys.argv[1] == "refresh":
        refresh(Path(sys.argv[2]), sys.argv[3:])
    elif sys.argv[1] == "full":
        on_a_full_disk(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        go_on(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
