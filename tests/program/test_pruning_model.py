"""Whatever marks, refreshes, removals and prunes come in whatever order: nothing protected is gone, nothing that was
pruned comes back as new or unread, and what follows from other rows is what it would be if it were worked out anew.

`PRUNING_MODEL_RUNS=2000 pytest tests/program/test_pruning_model.py` does so many runs, each time with other steps.
"""

import os
import shutil
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reader.models import Entry
from reader.news.pruning import DAY, prune
from reader.store import Bounds, Library
from reader.store.pages import update_derived
from tests.store.conftest import Clock
from tests.store.sample_library import SampleLibrary, text

STORIES = tuple("abcdefgh")
PAPERS = ("weir", "lock")
DAYS = 30


def link(name: str) -> str:
    return f"https://paper.example/{name}.html"


def entry(paper: str, name: str, other: bool) -> Entry:
    """A story as a paper lists it; `other`: half of them under another title then, half under another guid."""
    corrected, reguided = other and name in STORIES[::2], other and name in STORIES[1::2]
    return Entry(
        guid=f"other-{paper}-{name}" if reguided else f"{paper}-{name}",
        link=link(name),
        title=f"Story {name}, corrected" if corrected else f"Story {name}",
        summary=f"Of {name}.",
        content=f"<p>{name} {'Rope. ' * 300}</p>",
        published=datetime(2020, 1, 1 + STORIES.index(name), tzinfo=UTC),
    )


@dataclass
class Known:
    """What the model knows of a story: when it was listed first by each paper and its marks."""

    papers: set[str] = field(default_factory=set)
    seen: float = 0
    read_at: int | None = None
    starred: bool = False
    saved: bool = False
    page: int = 0


class Pruning(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.clock = Clock()
        self.sample = SampleLibrary(self.folder / "library.db", self.clock)
        self.sources = {paper: self.sample.subscribe(paper) for paper in PAPERS}
        self.known: dict[str, Known] = {}
        self.opened: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "sample"):
            self.sample.library.close()
            shutil.rmtree(self.folder)

    @property
    def library(self) -> Library:
        return self.sample.library

    def sql(self, query: str) -> list[Any]:
        return self.library._db.read(lambda con: con.execute(query).fetchall())  # to see what no list shows

    @rule(paper=st.sampled_from(PAPERS), names=st.sets(st.sampled_from(STORIES), min_size=1), other=st.booleans())
    def refresh(self, paper: str, names: set[str], other: bool) -> None:
        unread = {row.page for row in self.sample.view("unread")}
        new, _ = self.sample.lists(self.sources[paper], *(entry(paper, name, other) for name in sorted(names)))
        fresh = [name for name in names if paper not in self.known.get(name, Known()).papers]
        assert new == len(fresh), "what was there once, is never new again"
        for name in fresh:
            story = self.known.setdefault(name, Known())
            story.papers.add(paper)
            story.seen = max(story.seen, self.clock.now)
        rows = {row.url: row.page for row in self.sample.view("source", source=self.sources[paper].id)}
        for name in fresh:
            self.known[name].page = self.known[name].page or rows[link(name)]
            assert self.known[name].page == rows[link(name)], "a page keeps its id"
        came = {row.page for row in self.sample.view("unread")} - unread
        assert came <= {self.known[name].page for name in fresh}

    @rule(names=st.sets(st.sampled_from(STORIES)), read=st.booleans())
    def mark(self, names: set[str], read: bool) -> None:
        here = self.here()
        pages = [self.known[name].page for name in names if name in self.known]
        self.library.mark_read(pages, read)
        for name in names & here:
            story = self.known[name]
            if read and (story.read_at is None or self.is_updated(story.page)):
                story.read_at = int(self.clock.now)
            elif not read:
                story.read_at = None

    def is_updated(self, page: int) -> bool:
        row = self.library.row(page)
        return row is not None and row.changed

    @rule(name=st.sampled_from(STORIES), on=st.booleans())
    def star(self, name: str, on: bool) -> None:
        if name in self.here():
            self.library.star([self.known[name].page], on)
            self.known[name].starred = on

    @rule(name=st.sampled_from(STORIES), on=st.booleans())
    def save(self, name: str, on: bool) -> None:
        if name in self.here():
            self.library.save([self.known[name].page], on)
            self.known[name].saved = on

    @rule(name=st.sampled_from(STORIES))
    def keep(self, name: str) -> None:
        if name in self.here():
            self.library.keep_article(self.known[name].page, text(link(name), f"Story {name}", "Rope. " * 5000))
            self.known[name].seen = max(self.known[name].seen, self.clock.now)

    @rule(names=st.sets(st.sampled_from(STORIES), max_size=2))
    def open_stories(self, names: set[str]) -> None:
        self.opened = names & self.here()
        self.library.keep_open([self.known[name].page for name in self.opened])

    @rule(days=st.sampled_from([1, 10, 31, 400]))
    def wait(self, days: int) -> None:
        self.clock.tick(days * DAY)

    @rule(megabytes=st.sampled_from([0, 1]), forever=st.booleans())
    def prune(self, megabytes: int, forever: bool) -> None:
        before, bounds = self.here(), Bounds(0 if forever else DAYS, megabytes)
        marks = self.marks()
        prune(self.library, bounds)
        after = self.here()
        for name in before - after:
            story = self.known[name]
            assert not story.starred
            assert not story.saved
            assert name not in self.opened
            assert story.read_at is not None or (not forever and story.seen < self.clock.now - DAYS * DAY)
        assert self.marks() == marks

    def here(self) -> set[str]:
        """The stories that the library still has."""
        rows = self.library.rows([story.page for story in self.known.values()])
        return {name for name, story in self.known.items() if story.page in rows}

    def marks(self) -> list[Any]:
        return self.sql("SELECT page, read_at, starred_at IS NULL, saved_at IS NULL FROM statuses ORDER BY page")

    @invariant()
    def statuses_are_what_a_person_has_made_them(self) -> None:
        if not hasattr(self, "sample"):
            return
        for story in self.known.values():
            status = self.library.status(story.page)
            assert status.read_at == story.read_at
            assert (status.starred_at is not None, status.saved_at is not None) == (story.starred, story.saved)

    @invariant()
    def what_follows_from_other_rows_is_right(self) -> None:
        if not hasattr(self, "sample"):
            return
        derived = (
            "SELECT id, entry, listed, unread, article, kept_at FROM pages ORDER BY id",
            "SELECT * FROM listed ORDER BY source, page",
        )
        before = [self.sql(query) for query in derived]
        self.library._db.write(lambda con: update_derived(con, [story.page for story in self.known.values()]))
        assert [self.sql(query) for query in derived] == before
        assert self.sql("PRAGMA foreign_key_check") == []
        assert self.sql(
            "SELECT count(*) FROM pages WHERE article IS NOT NULL AND article NOT IN (SELECT id FROM articles)"
        ) == [(0,)]
        assert self.sql("SELECT count(*) FROM pages WHERE kept_at IS NOT NULL AND article IS NULL") == [(0,)]
        unread = {row.page for row in self.sample.view("unread")}
        assert unread == {
            story.page for name, story in self.known.items() if name in self.here() and story.read_at is None
        }
        assert self.library.counts(today=0).unread == len(unread)


Pruning.TestCase.settings = settings(
    max_examples=int(os.environ.get("PRUNING_MODEL_RUNS", "10")),
    stateful_step_count=25,
    deadline=None,
    phases=(Phase.generate,),  # what fails is short enough to be read, and making it shorter takes minutes
    derandomize="PRUNING_MODEL_RUNS" not in os.environ,
    suppress_health_check=list(HealthCheck),
)
TestPruning = Pruning.TestCase
