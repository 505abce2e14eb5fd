"""A library as years of reading leave one: papers in folders, entries, kept stories, statuses, tags, acts and undos."""

import json
import random
import sqlite3
from pathlib import Path

from reader.models import Article, Enclosure, Entry, Failure, FailureKind, Figure, Link, LinkKind, NewSource
from reader.store import FeedChanges, Library

NOON = 1_780_000_000
WORDS = (
    "ferry harbour lantern gull tide pier rope storm bread market bridge mill orchard river snow kettle window "
    "letter clock tram valley bell island boat night morning paper winter sông Ørsted naïve 港口 дождь"
).split()


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(WORDS, k=words))


def make_library(path: Path, *, entries: int = 2000, sources: int = 12, seed: int = 1) -> None:
    """Make a library at `path` by what a reader would do, with a clock of its own. The same seed makes the same
    rows. It is closed when this returns: one file."""
    chance = random.Random(seed)
    now = NOON
    with Library.open(path, clock=lambda: now) as library:
        wanted = [
            NewSource(
                f"https://paper{n}.example/rss",
                f"The {_text(chance, 1)} {n}",
                folder=("World", "World/Asia", None)[n % 3],
                home=f"https://paper{n}.example/",
                headers=(("X-Tone", "calm"),) if n == 1 else (),
                categories=("sea",) if n == 2 else (),
            )
            for n in range(sources)
        ]
        added = library.add_sources(wanted)
        each = entries // sources
        pages: list[int] = []
        for source in added:
            listed = tuple(_entry(chance, source.url, n) for n in range(each))
            library.keep_feed(source.id, FeedChanges(new=listed, due_at=NOON + 2**20), now=now)
            now += 60
        pages = [row.page for row in library.entries()]
        for n, page in enumerate(chance.sample(pages, len(pages) // 20)):
            row = library.row(page)
            assert row is not None
            library.keep_article(page, _article(chance, row.url, row.title, n))
        for act in (library.mark_read, library.star, library.save):
            for _ in range(6):
                now += 30
                act(chance.sample(pages, len(pages) // 12))
        library.star(chance.sample(pages, 20), False)
        library.undo()
        library.undo()
        library.redo()
        library.rename_source(added[0].id, "Another name")
        library.remove_source(added[-1].id)
        for page in chance.sample(pages, 40):
            library.set_reading_position(page, chance.randrange(1, 90_000))
        library.remember("measure", "72")
        library.keep_robots("https://paper1.example", "User-agent: *\nDisallow: /private\n", NOON + 2**20)
        failure = Failure(FailureKind.HTTP, "https://paper2.example/gone", status=404)
        library.keep_failure(added[2].id, failure, due_at=NOON + 2**20, now=now)
    con = sqlite3.connect(path, isolation_level=None)
    con.execute("BEGIN")
    for (page,) in con.execute("SELECT page FROM statuses ORDER BY page").fetchall():
        if chance.random() < 0.2:
            con.execute(
                "UPDATE statuses SET tags = ? WHERE page = ?",
                (json.dumps(chance.sample(WORDS, 2), ensure_ascii=False), page),
            )
    con.execute("COMMIT")
    con.close()


def _entry(chance: random.Random, feed: str, n: int) -> Entry:
    from datetime import UTC, datetime

    link = feed.replace("/rss", f"/{n}-{'-'.join(chance.choices('abcdef', k=6))}.html")
    return Entry(
        guid=link,
        link=link,
        title=f"{_text(chance, 6)} {n}",
        summary=_text(chance, 25),
        section=_text(chance, 1),
        published=datetime.fromtimestamp(NOON - n * 1800, UTC),
        authors=(_text(chance, 2),),
        content=f"<p>{_text(chance, 150)}</p>" if n % 2 else None,
        enclosures=(Enclosure(f"{link}.mp3", "audio/mpeg", 1000, 60),) if n % 7 == 0 else (),
    )


def _article(chance: random.Random, url: str, title: str, n: int) -> Article:
    body = "\n\n".join(_text(chance, 80) for _ in range(12))
    return Article(
        url=url,
        canonical_url=url,
        site="paper.example",
        title=title,
        lede=_text(chance, 20),
        markdown=body,
        authors=(_text(chance, 2),),
        figures=(Figure(f"{url}.jpg", "A pier"),),
        links=(Link(LinkKind.RELATED, _text(chance, 5), f"https://paper{n % 9}.example/related{n}.html"),),
        words=960,
        minutes=4,
        how="generic",
    )
