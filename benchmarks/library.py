"""Fill a library fast, for measuring: `python benchmarks/library.py PATH --entries 200000 --sources 200`.

Rows are written raw, inside one transaction, as `keep_feed` would have left them; a test holds that the library finds
nothing to be worked out for them. With `--measure` prints what the reads and marks of such a library cost.
"""

import argparse
import random
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from reader.models import Entry, NewSource
from reader.store import Library, View, digest
from reader.store.pages import link_number

SYLLABLES = (
    "hà nội mưa lớn giá xăng giảm đội tuyển vào vòng trong chợ hoa xuân tàu điện chạy thử học sinh trở lại trường "
    "harbour council votes night ferry returns after storm old market reopens river line delayed city budget school "
    "library gains garden rules change winter bread prize museum opens doors early"
).split()
PAPERS = ("Báo Sông", "The Harbour", "Chợ Sớm", "Evening Lamp", "Tin Đồi", "North Quay", "Phố Cổ", "The Weir")
NEWEST = 1_800_000_000
"""UTC seconds of the newest entry, unless told otherwise."""


def make_library(path: Path, entries: int, sources: int, seed: int = 1, newest: int = NEWEST) -> None:
    """Make a library of so many unread entries in so many sources at `path`, which must not exist. Seeded: the same
    arguments make the same library. Entries stand some 90 seconds apart, the newest at `newest` (UTC seconds)."""
    if path.exists():
        raise FileExistsError(path)
    chance = random.Random(seed)
    with Library.open(path) as library:
        for number in range(1, sources + 1):
            home = f"http://paper{number}.example/"
            name = f"{PAPERS[number % len(PAPERS)]} {number}"
            folder = f"Folder {number % 12}" if number % 3 else None
            library.add_sources([NewSource(f"{home}feed.xml", name, home=home, folder=folder)])
        library._db.write(_fill, chance, entries, sources, newest)  # noqa: SLF001  # a benchmark reaches under the façade


def _fill(con: sqlite3.Connection, chance: random.Random, entries: int, sources: int, newest: int) -> None:
    con.execute("PRAGMA cache_size = -524288")
    first_page = con.execute("SELECT coalesce(max(id), 0) + 1 FROM pages").fetchone()[0]
    pages, aliases, rows, listed = [], [], [], []
    time_of = newest - entries * 90
    for number in range(first_page, first_page + entries):
        source = chance.randint(1, sources)
        time_of += chance.randint(1, 179)
        moment = min(time_of, newest)
        title = " ".join(chance.choices(SYLLABLES, k=chance.randint(5, 14))).capitalize()
        summary = " ".join(chance.choices(SYLLABLES, k=chance.randint(12, 30))).capitalize() + "."
        link = f"http://paper{source}.example/story-{number}.html"
        entry = Entry(guid=f"g{number}", link=link, title=title, summary=summary)
        pages.append((number, link, moment, number))
        aliases.append((link, number))  # it is its own canonical form
        rows.append((number, source, entry.guid, number, link, link_number(link), title, moment, moment, digest(entry),
                     summary))  # fmt: skip
        listed.append((source, number, moment, number))
    con.executemany("INSERT INTO pages (id, url, time, entry, listed, unread) VALUES (?, ?, ?, ?, 1, 1)", pages)
    con.executemany("INSERT INTO aliases (key, page, why) VALUES (?, ?, 'link')", sorted(aliases))
    con.executemany(
        "INSERT INTO entries (id, source, guid, page, link, link_key, title, time, first_seen, digest, summary) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    con.executemany("INSERT INTO listed (source, page, time, entry, unread) VALUES (?, ?, ?, ?, 1)", sorted(listed))
    con.execute("UPDATE sources SET due_at = ?", (newest + 10**9,))


def timed(do: Callable[[], object], rounds: int = 15) -> float:
    """Median milliseconds of `do`."""
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        do()
        times.append((time.perf_counter() - begun) * 1000)
    return statistics.median(times)


def measure(path: Path) -> dict[str, float]:
    """Return what a library's reads and marks cost, in milliseconds. Marks all read, and takes it back."""
    figures = {}
    begun = time.perf_counter()
    with Library.open(path) as library:
        figures["open"] = (time.perf_counter() - begun) * 1000
        begun = time.perf_counter()
        pages = library.listing(View("unread")).pages
        figures["listing, unread, first"] = (time.perf_counter() - begun) * 1000
        today = NEWEST - 86400
        figures["listing, unread"] = timed(lambda: library.listing(View("unread")), 7)
        figures["listing, one source"] = timed(lambda: library.listing(View("source", source=1)))
        figures["listing, one folder"] = timed(lambda: library.listing(View("folder", folder="Folder 1")))
        figures["listing, today"] = timed(lambda: library.listing(View("today"), today=today))
        figures["counts"] = timed(lambda: library.counts(today=today))
        figures["rows(60)"] = timed(lambda: library.rows(pages[5000:5060]), 200)
        figures["known(60)"] = timed(
            lambda: library.known([f"http://paper{n}.example/story-{n}.html" for n in range(60)]), 50
        )
        marks = iter(pages[:200])
        figures["mark 1"] = timed(lambda: library.mark_read([next(marks)]), 100)
        undone = timed(library.undo, 50)
        figures["undo 1"] = undone
        begun = time.perf_counter()
        act = library.mark_read(pages)
        figures[f"mark {act.pages} read"] = (time.perf_counter() - begun) * 1000
        begun = time.perf_counter()
        library.undo()
        figures["undo it"] = (time.perf_counter() - begun) * 1000
        library.mark_read(pages[::2])
        figures["counts, half read"] = timed(lambda: library.counts(today=today))
        library.undo()
    return figures


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, nargs="?")
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--sources", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--measure", action="store_true", help="print what the library's reads and marks cost")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = asked.path or Path(folder) / "library.db"
        if not path.exists():
            begun = time.perf_counter()
            make_library(path, asked.entries, asked.sources, asked.seed)
            size = path.stat().st_size / 1e6
            taken = time.perf_counter() - begun
            print(f"{asked.entries} entries of {asked.sources} sources in {taken:.1f} s, {size:.0f} MB")
        if asked.measure or asked.path is None:
            for name, figure in measure(path).items():
                print(f"{name:28} {figure:9.2f} ms")


if __name__ == "__main__":
    main()
