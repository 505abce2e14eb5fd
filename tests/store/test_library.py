"""Whatever is done in whatever order, the library says what a plain model says."""

import shutil
import tempfile
from collections.abc import Set
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from reader.store import View
from tests import present
from tests.store.sample_library import SampleLibrary, story

NAMES = "abcdef"
Marks = dict[str, frozenset[str]]
"""For each kind of mark, the stories that have it."""
names = st.sets(st.sampled_from(NAMES), min_size=1)


class Reading(RuleBasedStateMachine):
    """One paper, six stories; marks as sets of names, and every state before it for undo."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.now = 1_700_000_000
        self.sample = SampleLibrary(self.folder / "library.db", lambda: self.now)
        self.paper = self.sample.subscribe()
        self.sample.library.keep_moved(self.paper.id, self.paper.url + "?2")
        self.listed: dict[str, str] = {}
        self.marks: Marks = {"read": frozenset(), "star": frozenset(), "save": frozenset()}
        self.past: list[Marks] = []
        self.future: list[Marks] = []

    def teardown(self) -> None:
        if hasattr(self, "sample"):
            self.sample.library.close()
            shutil.rmtree(self.folder)

    def pages(self, some: Set[str]) -> list[int]:
        return [self.sample.page(name) for name in some & set(self.listed)]

    @rule(some=names, version=st.integers(0, 3))
    def paper_lists(self, some: set[str], version: int) -> None:
        self.now += 60
        entries = [story(name, f"{name} {version}") for name in sorted(some)]
        new, changed = self.sample.lists(self.paper, *entries)
        assert new == len(some - set(self.listed))
        assert changed == sum(self.listed.get(entry.title[0], entry.title) != entry.title for entry in entries)
        self.listed |= {entry.title[0]: entry.title for entry in entries}

    @rule(what=st.sampled_from(["read", "star", "save"]), some=names, on=st.booleans())
    def reader_marks(self, what: str, some: set[str], on: bool) -> None:
        do = {"read": self.sample.library.mark_read, "star": self.sample.library.star, "save": self.sample.library.save}
        some = some & set(self.listed)
        already = self.marks[what]
        after = already | some if on else already - some
        # What was read before its words changed is read anew: an act, though the set stays the same.
        changed = {
            name
            for name in some & already
            if what == "read" and present(self.sample.library.row(self.sample.page(name))).changed
        }
        act = do[what](self.pages(some), on)
        assert act.pages == len(after ^ already) + (len(changed) if on else 0)
        if act.pages:
            self.past.append(dict(self.marks))
            self.future.clear()
            self.marks[what] = after

    @rule()
    def reader_undoes(self) -> None:
        if self.past:
            assert present(self.sample.library.undo()).pages
            self.future.append(dict(self.marks))
            self.marks = self.past.pop()

    @rule()
    def reader_redoes(self) -> None:
        act = self.sample.library.redo()
        assert (act is not None) == bool(self.future)
        if act:
            self.past.append(dict(self.marks))
            self.marks = self.future.pop()

    @rule()
    def reader_opens_again(self) -> None:
        self.sample.library.close()
        self.sample = SampleLibrary(self.folder / "library.db", lambda: self.now)

    @invariant()
    def lists_and_counts_agree(self) -> None:
        library = self.sample.library
        rows = {row.title[0]: row for row in self.sample.view("source", source=self.paper.id)}
        assert {name: row.title for name, row in rows.items()} == self.listed
        assert {name for name, row in rows.items() if row.read} == self.marks["read"]
        assert {name for name, row in rows.items() if row.starred} == self.marks["star"]
        assert {name for name, row in rows.items() if row.saved} == self.marks["save"]
        unread = set(self.listed) - self.marks["read"]
        counts = library.counts(today=0)
        assert counts.unread == len(unread) == counts.sources.get(self.paper.id, 0)
        assert counts.starred == len(self.marks["star"])
        assert {row.title[0] for row in self.sample.view("unread")} == unread
        assert len(library.listing(View("lately"))) == len(self.marks["read"])


TestReading = Reading.TestCase
TestReading.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
