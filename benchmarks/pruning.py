"""A simulated year of papers, kept within bounds: `python -m benchmarks.pruning --sources 100 --megabytes 60`.

A fake clock goes on by a day at a time. Each day every source lists new stories, some of them are read, few starred,
texts are kept for offline, and the library is pruned as the reader does it. Prints the size of the file by month
against its bound, and the longest time that the lock was held: measured from outside, by another process that writes
all the while, and by the transactions themselves. `--migrate` measures instead how long a large library of the schema
before pruning takes to open.
"""

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.library import SYLLABLES, make_library
from reader.models import Article, Entry, Feed, NewSource
from reader.news.pruning import DAY, MEGABYTE, prune
from reader.news.refresh import decide
from reader.store import Bounds, Library, View

START = 1_700_000_000

WRITER = """
import sqlite3, sys, time
con = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
con.execute("PRAGMA synchronous = OFF")
longest = 0.0
print("begun", flush=True)
import select
while not select.select([sys.stdin], [], [], 0.004)[0]:
    began = time.perf_counter()
    con.execute("BEGIN IMMEDIATE")
    longest = max(longest, time.perf_counter() - began)
    con.execute("INSERT INTO facts VALUES ('other', '') ON CONFLICT (key) DO UPDATE SET value = excluded.value")
    con.execute("COMMIT")
print(longest, flush=True)
"""
"""Another program that writes every few milliseconds, and says how long it waited for the lock at most."""


class Month(NamedTuple):
    """The library at the end of a month: bytes of its file, and what is in it."""

    number: int
    size: int
    entries: int
    articles: int
    unread: int


class Year(NamedTuple):
    """What a simulated year came to: the months, and the longest seconds that a prune held the lock, and that another
    process waited for it meanwhile."""

    months: list[Month]
    held: float
    waited: float
    pruned: float


def simulate(
    path: Path,
    *,
    sources: int,
    per_day: int,
    days: int,
    bounds: Bounds,
    step: int = 1,
    texts: int = 60,
    seed: int = 1,
    watch: bool = True,
    tell: Callable[[Month], None] = lambda month: None,
) -> Year:
    """Live through so many days with so many sources, each with `per_day` new stories, of which `texts` a day are kept
    in all. `step`: only each so many days anything happens, and so much more then. `tell` hears of each month."""
    chance, now = random.Random(seed), START
    held, waited, spent = 0.0, 0.0, 0.0
    months: list[Month] = []
    with Library.open(path, clock=lambda: now) as library:
        timer = _Timer(library)
        papers = library.add_sources(
            [NewSource(f"https://paper{number}.example/feed.xml", f"Paper {number}") for number in range(sources)]
        )
        feeds: dict[int, list[Entry]] = {paper.id: [] for paper in papers}
        con = library._db._writer  # noqa: SLF001  # a benchmark reaches under the façade
        for day in range(0, days, step):
            now = START + day * DAY
            con.execute("PRAGMA synchronous = OFF")  # a year is to pass in minutes
            for paper in papers:
                entries = feeds[paper.id]
                entries[:0] = [_entry(chance, paper.id, day, number) for number in range(per_day * step)]
                del entries[40:]  # a feed lists its newest
                changes = decide(Feed("", "", entries=tuple(entries)), library.old_entries(paper.id))
                new, _ = library.keep_feed(paper.id, changes, now=now)
                if new > per_day * step:
                    raise AssertionError(f"{new} stories are new, {per_day * step} came")
            _read(library, chance, texts * step)
            con.execute("PRAGMA synchronous = FULL")  # as the library has it
            began = time.perf_counter()
            month_ends = (day + step) % 30 < step
            watching = _watched(path) if watch and month_ends else None
            timer.longest = 0.0
            prune(library, bounds)
            held = max(held, timer.longest)
            if watching is not None:
                waited = max(waited, _seen_by(watching))
            spent += time.perf_counter() - began
            if month_ends or day + step >= days:
                months.append(_month(library, len(months) + 1))
                tell(months[-1])
    return Year(months, held, waited, spent)


class _Timer:
    """The longest time from BEGIN IMMEDIATE to the end of COMMIT in the library's writing thread."""

    def __init__(self, library: Library) -> None:
        self.longest = 0.0
        self._began = 0.0
        library._db._writer.set_trace_callback(self._trace)  # noqa: SLF001  # a benchmark reaches under the façade
        library._db._writer.set_progress_handler(None, 0)  # noqa: SLF001
        self._write = library._db.write  # noqa: SLF001
        library._db.write = self._timed  # type: ignore[method-assign]  # noqa: SLF001

    def _trace(self, statement: str) -> None:
        if statement.startswith("BEGIN"):
            self._began = time.perf_counter()

    def _timed(self, do: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        result = self._write(do, *args, **kwargs)
        self.longest = max(self.longest, time.perf_counter() - self._began)
        return result


def _entry(chance: random.Random, source: int, day: int, number: int) -> Entry:
    title = " ".join(chance.choices(SYLLABLES, k=10)).capitalize()
    summary = " ".join(chance.choices(SYLLABLES, k=30)).capitalize()
    address = f"https://paper{source}.example/{day}/{number}-{title.replace(' ', '-')[:40]}.html"
    return Entry(guid=address, link=address, title=title, summary=summary)


def _read(library: Library, chance: random.Random, texts: int) -> None:
    """A person's day: texts come for offline, most of what is new is read, some of it is starred."""
    pages = library.listing(View("unread")).pages[:2000]
    rows = library.rows(pages)
    for page in pages[:texts]:
        words = " ".join(chance.choices(SYLLABLES, k=900))
        row = rows[page]
        library.keep_article(
            page,
            Article(row.url, row.url, "paper.example", row.title, markdown=words, words=900, minutes=4, how="generic"),
        )
    library.mark_read([page for page in pages if chance.random() < 0.9])
    library.star(chance.sample(list(pages[:60]), min(2, len(pages))))


def _month(library: Library, number: int) -> Month:
    con = library._db._writer  # noqa: SLF001  # closing does this
    con.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    entries, articles, unread = (
        con.execute(query).fetchone()[0]
        for query in (
            "SELECT count(*) FROM entries",
            "SELECT count(*) FROM articles",
            "SELECT count(*) FROM pages WHERE unread = 1",
        )
    )
    return Month(number, library.path.stat().st_size, entries, articles, unread)


def _watched(path: Path) -> "subprocess.Popen[str]":
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def _seen_by(process: "subprocess.Popen[str]") -> float:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("\n")
    process.stdin.flush()
    longest = float(process.stdout.readline())
    process.wait()
    process.stdin.close()
    process.stdout.close()
    return longest


def migration(path: Path, entries: int) -> tuple[float, float]:
    """Return the seconds that opening takes of a library before pruning, and of the same once it is brought here."""
    make_library(path, entries, 200)
    con = sqlite3.connect(path, isolation_level=None)
    con.executescript(
        "DROP TABLE pruned_entries; DROP TABLE pruned_addresses; DROP TABLE open_stories; "
        "ALTER TABLE pages DROP COLUMN pruned_at; ALTER TABLE sources DROP COLUMN keep_days; "
        "ALTER TABLE sources DROP COLUMN keep_megabytes; PRAGMA user_version = 6; PRAGMA auto_vacuum = NONE; VACUUM"
    )
    con.close()
    taken = []
    for _ in range(2):
        began = time.perf_counter()
        Library.open(path).close()
        taken.append(time.perf_counter() - began)
    return taken[0], taken[1]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=100)
    parser.add_argument("--per-day", type=int, default=10)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--keep-days", type=int, default=365)
    parser.add_argument("--megabytes", type=int, default=100)
    parser.add_argument("--step", type=int, default=1, help="days at a time")
    parser.add_argument("--texts", type=int, default=60, help="stories kept for offline, a day")
    parser.add_argument("--migrate", type=int, metavar="ENTRIES")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        if asked.migrate:
            first, second = migration(path, asked.migrate)
            size = path.stat().st_size / MEGABYTE
            print(
                f"{asked.migrate} entries, {size:.0f} MB: opened in {first:.3f} s with its migration, {second:.3f} s "
                "without"
            )
            return
        bounds = Bounds(asked.keep_days, asked.megabytes)

        def tell(month: Month) -> None:
            share = month.size / (asked.megabytes * MEGABYTE)
            print(
                f"month {month.number:2}  {month.size / MEGABYTE:7.1f} MB  {share:6.1%} of the bound  "
                f"{month.entries:7} headlines  {month.articles:6} texts  {month.unread:6} unread",
                flush=True,
            )

        year = simulate(
            path,
            sources=asked.sources,
            per_day=asked.per_day,
            days=asked.days,
            bounds=bounds,
            step=asked.step,
            texts=asked.texts,
            tell=tell,
        )
        print(
            f"lock held at most {year.held * 1000:.1f} ms; another process waited at most {year.waited * 1000:.1f} ms"
        )
        print(f"pruning took {year.pruned:.0f} s in all")


if __name__ == "__main__":
    main()
