"""The two processes of test_store_kills.py: `python kill_children.py refresh|mark PATH SEED`.

Each writes a line of JSON to its standard output for what the store acknowledged, at once, and goes on until it is
ended. `refresh` is all that has to change when the real refresh is to be killed.
"""

import json
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

from reader.models import Article, Entry
from reader.store import FeedChanges, Library, View, digest

PAPERS = 5


def acknowledge(**facts: object) -> None:
    """Say what is on the disk. One write to the pipe: no buffer of ours dies with us."""
    os.write(1, (json.dumps(facts) + "\n").encode())


def refresh(path: Path, seed: int) -> None:
    """Visit synthetic papers over and over: new and changed entries, and articles of some."""
    chance = random.Random(seed)  # noqa: S311  # seeded, and no secret
    with Library.open(path, who="refresh") as library:
        papers = [library.add_source(f"https://p{n}.example/rss", f"Paper {n}").id for n in range(PAPERS)]
        visit = 0
        while True:
            visit += 1
            paper = chance.choice(papers)
            old = library.old_entries(paper)
            names = [f"{seed}-{visit}-{n}" for n in range(chance.randint(1, 8))]
            new = tuple(Entry(name, f"https://p{paper}.example/{name}", f"Story {name}") for name in names)
            changed = tuple(
                (old[guid].id, entry)
                for guid in chance.sample(sorted(old), min(3, len(old)))
                if digest(entry := Entry(guid, f"https://p{paper}.example/{guid}", f"Changed {visit}"))
                != old[guid].digest
            )
            kept = library.keep_feed(paper, FeedChanges(new=new, changed=changed), now=visit)
            page = library.page_of(new[0].link or "")
            assert page is not None
            address = new[0].link or ""
            article = Article(address, address, "p.example", "Title", markdown="Words. " * 500, words=500, minutes=2)
            library.keep_article(page, article)
            acknowledge(paper=paper, guids=names, kept=kept, page=page)


def mark(path: Path, seed: int) -> None:
    """Mark, star, save, tag and undo whatever is there."""
    chance = random.Random(seed)  # noqa: S311  # seeded, and no secret
    with Library.open(path, who="reader") as library:
        own = [library.ensure_page(f"https://marked.example/{n}") for n in range(20)]
        while True:
            pages = chance.sample(own + list(library.listing(View("unread")).pages[:50]), chance.choice((1, 1, 1, 12)))
            does: list[Callable[[], object]] = [
                lambda: library.mark_read(pages, chance.random() < 0.7),  # noqa: B023  # called at once
                lambda: library.star(pages, chance.random() < 0.7),  # noqa: B023
                lambda: library.save(pages, chance.random() < 0.7),  # noqa: B023
                lambda: library.tag(pages[0], [f"t{chance.randint(1, 9)}"]),  # noqa: B023
                library.undo,
                library.redo,
            ]
            do = chance.choice(does)
            act = do()
            if act is not None and act.id:
                how = {library.undo: "undo", library.redo: "redo"}.get(do, "")
                acknowledge(act=act.id, kind=act.act, pages=act.pages, how=how)


if __name__ == "__main__":
    {"refresh": refresh, "mark": mark}[sys.argv[1]](Path(sys.argv[2]), int(sys.argv[3]))
