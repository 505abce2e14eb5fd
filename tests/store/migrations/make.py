"""Fill a library by the Newsstand that is on the path, of whatever version, and print it as SQL.

A fixture is made by the commit at which its version was current, and never again:
`git worktree add ../old COMMIT; cd tests/store/migrations; PYTHONPATH=../../../../old python make.py > N.sql`.
What it calls has changed since the first version: where a name is not there, the older one is called.
"""

import sqlite3
import sys
import tempfile
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from reader import models
from reader.store import FeedChanges, Library

NOW = 1_700_000_000
TERN, MILL, QUAY = "https://tern.example", "http://mill.example", "https://quay.example"


def entry(host: str, name: str, title: str, day: int, **more: Any) -> models.Entry:
    """One headline; its file where the version has one."""
    known = {field.name for field in fields(models.Entry)}
    sound = models.Enclosure(f"{host}/{name}.ogg", "audio/ogg", 4096)
    files: dict[str, Any] = {"enclosures": (sound,)} if "enclosures" in known else {"enclosure": sound}
    link = f"{host}/{name}"
    return models.Entry(
        guid=link,
        link=link,
        title=title,
        published=datetime(2023, 11, day, 9, 5, tzinfo=UTC),
        **(files if name == "song" else {}),
        **more,
    )


def article(host: str, name: str, title: str) -> models.Article:
    """One whole story, with a picture and a link."""
    link = f"{host}/{name}"
    return models.Article(
        url=link,
        canonical_url=link,
        site="tern.example",
        title=title,
        authors=("Ada Quill",),
        published=datetime(2023, 11, 12, 9, 5, tzinfo=UTC),
        lede="They were seen at dawn.",
        markdown="The terns came over the bar with the tide.\n\nNobody had expected them; she wrote: 'at last'.",
        figures=(models.Figure(f"{host}/tern.png", "A tern", "Ada Quill"),),
        links=(models.Link(models.LinkKind.RELATED, "The bar", f"{host}/bar"),),
        words=17,
        minutes=1,
        how="generic",
    )


def add(library: Any, url: str, title: str, **more: Any) -> int:
    """Subscribe; return the source's number."""
    if hasattr(library, "add_sources"):
        return int(library.add_sources([models.NewSource(url, title, **more)])[0].id)
    return int(library.add_source(url, title, **more).id)


def fill(path: Path) -> None:
    """Three sources, one of them removed; statuses of every kind, a tag, a place, an act that was undone."""
    clock = [NOW]

    def now() -> float:
        clock[0] += 60
        return clock[0]

    library: Any = Library.open(path, clock=now, who="reader")
    tern = add(library, f"{TERN}/rss", "The Tern", home=f"{TERN}/", folder="Coast")
    mill = add(library, f"{MILL}/feed", "Mill Notes", home=f"{MILL}/")
    quay = add(library, f"{QUAY}/atom", "The Quay", home=f"{QUAY}/")
    summary = "A summary of one line; with a semicolon."
    birds = (
        entry(TERN, "back", "The terns are back", 12, summary=summary, authors=("Ada Quill",)),
        entry(TERN, "bar", "The bar has moved", 13, content="<p>By a yard, it&#8217;s said.</p>"),
        entry(TERN, "song", "A song of the bar", 14),
        entry(TERN, "fog", "Fog until noon", 15),
    )
    library.keep_feed(tern, FeedChanges(new=birds, due_at=NOW + 9000, etag='"t1"'), now=now())
    wheels = (entry(MILL, "wheel", "A new wheel", 12), entry(MILL, "race", "The race is dry", 13))
    library.keep_feed(mill, FeedChanges(new=wheels, due_at=NOW + 9000), now=now())
    library.keep_feed(quay, FeedChanges(new=(entry(QUAY, "crane", "The crane leaves", 12),)), now=now())
    library.keep_failure(mill, models.Failure(models.FailureKind.HTTP, f"{MILL}/feed", 503), due_at=NOW, now=now())
    page = {name: library.page_of(f"{host}/{name}") for host, name in (
        (TERN, "back"), (TERN, "bar"), (TERN, "song"), (TERN, "fog"), (MILL, "wheel"), (MILL, "race"), (QUAY, "crane"),
    )}  # fmt: skip  # seven pairs
    library.keep_article(page["back"], article(TERN, "back", "The terns are back"))
    library.mark_read([page["back"], page["bar"]])
    library.star([page["back"], page["crane"]])
    library.save([page["song"]])
    library.rename_source(mill, "Notes of the Mill")
    library.remove_source(quay)
    library.star([page["wheel"]])
    library.undo()
    place = getattr(library, "set_reading_position", None) or library.set_place
    place(page["back"], 1)
    library.remember("measure", "70")
    library.mark_read([page["race"]])
    library.close()
    con = sqlite3.connect(path, isolation_level=None)
    # Only the first version had a way to tag; the column is kept for what will.
    con.execute("INSERT INTO acts (act, at, who, process, pages) VALUES ('tag', ?, 'cli', '', 1)", (NOW,))
    tags = '["birds"]'
    con.execute("UPDATE statuses SET tags = ? WHERE page = ?", (tags, page["back"]))
    con.execute(
        "INSERT INTO journal (act, page, property, old, new) VALUES (last_insert_rowid(), ?, 'tags', '[]', ?)",
        (page["back"], tags),
    )
    con.execute("UPDATE acts SET process = '999999999:kept'")  # the number of a process that has ended
    con.close()


def dump(path: Path) -> str:
    """Return a library as SQL, with what SQLite's own dump leaves out."""
    con = sqlite3.connect(path)
    names = ("application_id", "user_version")
    head = [f"PRAGMA {name} = {con.execute(f'PRAGMA {name}').fetchone()[0]};" for name in names]
    text = "\n".join([*head, *con.iterdump()])
    con.close()
    return text + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder) / "library.db")
        sys.stdout.write(dump(Path(folder) / "library.db"))
