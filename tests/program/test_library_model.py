"""Whatever a person does with papers and stories, in whatever order, the library says what a plain model says.

The model stands in `library_model`. `LIBRARY_MODEL_RUNS=2000 pytest tests/program/test_library_model.py` does so many
runs, each time with other steps.
"""

import os
import shutil
import sqlite3
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reader.lists import opml
from reader.models import Entry, Failure, FailureKind, Feed, NewSource
from reader.news.refresh import decide
from reader.news.subscriptions import import_subscriptions, parse_list, write_opml
from reader.store import Library, View
from tests import add_source
from tests.program.library_model import STORIES, Model

PAPERS = tuple("abcd")
FOLDERS = (None, "World", "World/Asia", "Kinh tế\\/Xã hội")
TITLES = ("Tuổi Trẻ", 'The "Gull"', "Le Canal & fils", "<b>")
FIELDS = (
    "title",
    "folder",
    "url",
    "interval",
    "stories",
    "feed_text",
    "browser",
    "user_agent",
    "seconds",
    "categories",
)
EPOCH = 1_700_000_000
TODAY = EPOCH - 150
"""When the day began: three of the stories are of today."""

papers = st.sampled_from(PAPERS)
some = st.sets(st.sampled_from(STORIES), min_size=1)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "title": st.sampled_from(TITLES),
        "folder": st.sampled_from(FOLDERS),
        "interval": st.sampled_from([None, 600, 3600]),
        "stories": st.sampled_from([None, 0, 50]),
        "feed_text": st.booleans(),
        "browser": st.booleans(),
        "user_agent": st.sampled_from([None, "Other/1"]),
        "seconds": st.sampled_from([None, 2.5]),
        "categories": st.sampled_from([(), ("News", "World/Asia")]),
    },
).filter(bool)


def link(name: str) -> str:
    return f"https://stories.example/{name}"


def entry(name: str, version: int) -> Entry:
    published = datetime.fromtimestamp(EPOCH - 60 * STORIES.index(name), UTC)
    return Entry(guid=name, link=link(name), title=f"Story {name}", summary=f"As of {version}.", published=published)


class Newsreading(RuleBasedStateMachine):
    """A person with four papers, six stories that more than one of them may have, and an undo key."""

    @initialize()
    def open(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.now = EPOCH + 1000
        self.library = Library.open(self.folder / "library.db", clock=lambda: self.now)
        self.model = Model()
        self.ids: dict[str, int] = {}
        self.addresses = 0
        self.seen: set[str] = set()

    def teardown(self) -> None:
        if hasattr(self, "library"):
            self.library.close()
            con = sqlite3.connect(self.folder / "library.db")
            assert con.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert con.execute("PRAGMA foreign_key_check").fetchall() == []
            con.close()
            shutil.rmtree(self.folder)

    def _subscribe(self, wanted: list[tuple[str, NewSource]]) -> dict[tuple[str, str], Any]:
        """What the model should do: those that are new begin as removed, for the act to bring them."""
        changes: dict[tuple[str, str], Any] = {}
        for paper, new in wanted:
            if paper not in self.model.sources:
                facts = {name: getattr(new, name) for name in FIELDS}
                self.model.sources[paper] = facts | {
                    "position": self.model.last(new.folder),
                    "removed": True,
                    "tries": 0,
                }
                self.model.listed[paper] = {}
            changes[(paper, "removed")] = False
        return changes

    def _known(self) -> None:
        """Learn the ids of sources that have come."""
        for paper, facts in self.model.sources.items():
            source = self.library.source_by_url(facts["url"])
            assert source is not None
            assert self.ids.setdefault(paper, source.id) == source.id
            self.seen.add(source.url)

    def _there(self, paper: str) -> bool:
        return paper in self.model.sources and not self.model.sources[paper]["removed"]

    def _url(self, paper: str) -> str:
        """Where a paper's feed is: the address it was given last, for what is in the library already."""
        return self.model.sources[paper]["url"] if paper in self.model.sources else f"https://{paper}.example/rss"

    @rule(paper=papers, title=st.sampled_from(TITLES), folder=st.sampled_from(FOLDERS), again=st.booleans())
    def subscribe(self, paper: str, title: str, folder: str | None, again: bool) -> None:
        """`again`: a new one at an address that another paper has left."""
        left = sorted(self.seen - {facts["url"] for facts in self.model.sources.values()})
        new = NewSource(self._url(paper), title, folder=folder)
        if again and left and paper not in self.model.sources:
            new = new._replace(url=left[0])
        changes = self._subscribe([(paper, new)])
        self.model.act(changes)
        add_source(self.library, new.url, title, folder=folder)
        self._known()

    @rule(chosen=st.lists(papers, min_size=1, unique=True), folder=st.sampled_from(FOLDERS))
    def bring_a_list_in(self, chosen: list[str], folder: str | None) -> None:
        wanted = [(paper, NewSource(self._url(paper), f"Paper {paper}", folder=folder, stories=7)) for paper in chosen]
        known = [paper for paper in chosen if self._there(paper)]
        changes = self._subscribe([(paper, new) for paper, new in wanted if paper not in known])
        self.model.act(changes)
        done = import_subscriptions(self.library, opml.Subscriptions("list", tuple(new for _, new in wanted)))
        self._known()
        assert [source.id for source in done.known] == [self.ids[paper] for paper in known]
        assert [source.id for source in done.added] == [self.ids[paper] for paper in chosen if paper not in known]

    @rule(paper=papers)
    def remove(self, paper: str) -> None:
        if self._there(paper):
            assert self.library.remove_source(self.ids[paper]).pages == self.model.act({(paper, "removed"): True})

    @rule(paper=papers, title=st.sampled_from(TITLES))
    def rename(self, paper: str, title: str) -> None:
        if self._there(paper):
            assert self.library.rename_source(self.ids[paper], title).pages == self.model.act({(paper, "title"): title})

    @rule(paper=papers, folder=st.sampled_from(FOLDERS))
    def move(self, paper: str, folder: str | None) -> None:
        if not self._there(paper):
            return
        wanted: dict[tuple[str, str], Any] = {}
        if self.model.sources[paper]["folder"] != folder:
            wanted = {(paper, "folder"): folder, (paper, "position"): self.model.last(folder)}
        assert self.library.move_source(self.ids[paper], folder).pages == self.model.act(wanted)

    def _order(self, paper: str, folder: str | None, order: list[str]) -> bool:
        """Let the model number the papers of a folder anew; say whether that changed anything."""
        wanted: dict[tuple[str, str], Any] = {(one, "position"): n for n, one in enumerate(order, start=1)}
        return self.model.act({**wanted, (paper, "folder"): folder}) > 0

    @rule(paper=papers, steps=st.integers(-3, 3))
    def step(self, paper: str, steps: int) -> None:
        if not self._there(paper):
            return
        folder = self.model.sources[paper]["folder"]
        order = [one for one in self.model.here() if self.model.sources[one]["folder"] == folder]
        to = max(0, min(len(order) - 1, order.index(paper) + steps))
        order.remove(paper)
        order.insert(to, paper)
        assert self.library.step_source(self.ids[paper], steps).pages == int(self._order(paper, folder, order))

    @rule(paper=papers, before=papers)
    def move_source_before(self, paper: str, before: str) -> None:
        if not self._there(paper) or not self._there(before) or paper == before:
            return
        folder = self.model.sources[before]["folder"]
        order = [one for one in self.model.here() if self.model.sources[one]["folder"] == folder and one != paper]
        order.insert(order.index(before), paper)
        done = self.library.move_source_before(self.ids[paper], folder, self.ids[before])
        assert done.pages == int(self._order(paper, folder, order))

    @rule(paper=papers, changes=CHANGES, moves=st.booleans())
    def edit(self, paper: str, changes: dict[str, Any], moves: bool) -> None:
        if not self._there(paper):
            return
        if moves:
            self.addresses += 1
            changes = changes | {"url": f"https://moved{self.addresses}.example/rss"}
        wanted = {(paper, name): new for name, new in changes.items()}
        if "folder" in changes and changes["folder"] != self.model.sources[paper]["folder"]:
            wanted[(paper, "position")] = self.model.last(changes["folder"])
        assert self.library.edit_source(self.ids[paper], **changes).pages == self.model.act(wanted)

    @rule(paper=papers, stories=some, version=st.integers(0, 2))
    def refresh(self, paper: str, stories: set[str], version: int) -> None:
        if not self._there(paper):
            return
        self.now += 60
        entries = tuple(entry(story, version) for story in sorted(stories))
        feed = Feed("https://a.example/rss", "Its own name", entries=entries)
        before = self.model.listed[paper]
        for story in stories & before.keys():
            if before[story] != version:
                self.model.changed[story] = self.now
        self.model.listed[paper] = before | dict.fromkeys(stories, version)
        for story in stories:
            self.model.marks.setdefault(story, {"read": None, "starred": None, "saved": None})
        self.model.sources[paper]["tries"] = 0
        changes = decide(feed, self.library.old_entries(self.ids[paper]))
        self.library.keep_feed(self.ids[paper], changes, now=self.now)

    @rule(paper=papers)
    def fail(self, paper: str) -> None:
        if self._there(paper):
            self.now += 60
            self.model.sources[paper]["tries"] += 1
            self.library.keep_failure(
                self.ids[paper], Failure(FailureKind.HTTP, status=404), due_at=self.now, now=self.now
            )

    @rule(paper=papers)
    def find_nothing_new(self, paper: str) -> None:
        if self._there(paper):
            self.now += 60
            self.model.sources[paper]["tries"] = 0
            self.library.keep_same(
                self.ids[paper], etag=None, last_modified=None, body_hash=None, due_at=self.now, now=self.now
            )

    @rule()
    def open_again(self) -> None:
        self.library.close()
        self.library = Library.open(self.folder / "library.db", clock=lambda: self.now)

    @rule(stories=some, what=st.sampled_from(["read", "starred", "saved"]), on=st.booleans())
    def mark(self, stories: set[str], what: str, on: bool) -> None:
        self.now += 1
        known = stories & self.model.marks.keys()
        wanted: dict[tuple[str, str], Any] = {}
        for story in known:
            old = self.model.marks[story][what]
            again = what == "read" and old is not None and self.model.changed.get(story, 0) > old
            wanted[(story, what)] = None if not on else self.now if old is None or again else old
        do = {"read": self.library.mark_read, "starred": self.library.star, "saved": self.library.save}[what]
        pages = [page for story in known if (page := self.library.page_of(link(story))) is not None]
        assert do(pages, on).pages == self.model.act(wanted)

    @rule(times=st.integers(1, 4))
    def undo(self, times: int) -> None:
        self.now += 1
        for _ in range(times):
            assert (self.library.undo() is not None) is self.model.undo()

    @rule(times=st.integers(1, 4))
    def redo(self, times: int) -> None:
        self.now += 1
        for _ in range(times):
            assert (self.library.redo() is not None) is self.model.redo()

    @precondition(lambda self: hasattr(self, "library") and self.model.here())
    @rule()
    def write_a_list_and_read_it(self) -> None:
        feeds = parse_list(write_opml(self.library), "export.opml").feeds
        told = [{name: getattr(feed, name) for name in FIELDS} for feed in feeds]
        assert told == [{name: self.model.sources[paper][name] for name in FIELDS} for paper in self.model.here()]

    @invariant()
    def the_library_says_what_the_model_says(self) -> None:
        if not hasattr(self, "library"):
            return
        model, here = self.model, self.model.here()
        sources = self.library.sources()
        assert [source.id for source in sources] == [self.ids[paper] for paper in here]
        for source, paper in zip(sources, here, strict=True):
            assert {name: getattr(source, name) for name in (*FIELDS, "tries")} == {
                name: model.sources[paper][name] for name in (*FIELDS, "tries")
            }
            assert (source.failure is None) is (source.failed_since is None) is (model.sources[paper]["tries"] == 0)
        shown = model.shown(*here)
        unread = [story for story in shown if model.marks[story]["read"] is None]
        assert self._listed(View("unread")) == unread
        for paper in here:
            assert self._listed(View("source", source=self.ids[paper])) == model.shown(paper)
        for folder in FOLDERS[1:]:
            within = [paper for paper in here if model.sources[paper]["folder"] == folder]
            assert self._listed(View("folder", folder=folder)) == model.shown(*within)
        starred = {story for story, marks in model.marks.items() if marks["starred"] is not None}
        saved = {story for story, marks in model.marks.items() if marks["saved"] is not None}
        assert set(self._listed(View("starred"))) == starred
        assert set(self._listed(View("saved"))) == saved
        lately = self.library.listing(View("lately"))
        told = dict(zip(self.library.titles(lately.pages), lately.times, strict=True))
        assert told == {f"Story {story}": read for story, marks in model.marks.items() if (read := marks["read"])}
        assert list(lately.times) == sorted(lately.times, reverse=True)
        today = [story for story in shown if STORIES.index(story) <= 2]
        assert self._listed(View("today"), TODAY) == today
        assert self.library.counts(today=TODAY).today == len(set(today) & set(unread))
        counts = self.library.counts(today=0)
        assert (counts.unread, counts.starred, counts.saved) == (len(unread), len(starred), len(saved))
        per_source = {self.ids[paper]: len(set(model.shown(paper)) & set(unread)) for paper in here}
        assert counts.sources == {source: count for source, count in per_source.items() if count}
        for story, marks in model.marks.items():
            page = self.library.page_of(link(story))
            assert page is not None
            status = self.library.status(page)
            assert {"read": status.read_at, "starred": status.starred_at, "saved": status.saved_at} == marks

    def _listed(self, view: View, today: int = 0) -> list[str]:
        pages = self.library.listing(view, today=today).pages
        return [title.removeprefix("Story ") for title in self.library.titles(pages)]


RUNS = int(os.environ.get("LIBRARY_MODEL_RUNS", "0"))

TestNewsreading = Newsreading.TestCase
TestNewsreading.settings = settings(
    max_examples=RUNS or 20,
    stateful_step_count=50,
    derandomize=not RUNS,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)
