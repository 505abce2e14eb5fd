"""A library in a file, with verbs for what papers and a person do to it, for the tests of the store."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Self, TypedDict, Unpack

from reader.models import Article, Enclosure, Entry, Feed, Figure, Link, Source
from reader.news.refresh import decide
from reader.store import Library, Row, View, ViewKind
from tests import add_source


class EntryFacts(TypedDict, total=False):
    """What an entry may say besides its name and title."""

    link: str | None
    summary: str | None
    content: str | None
    authors: tuple[str, ...]
    section: str | None
    published: datetime | None
    enclosures: tuple[Enclosure, ...]
    discussion: str | None
    linked: tuple[str, ...]


class ArticleFacts(TypedDict, total=False):
    """What an article may say besides its address, title and text."""

    canonical_url: str
    kicker: str | None
    section: str | None
    lede: str | None
    authors: tuple[str, ...]
    tags: tuple[str, ...]
    published: datetime | None
    updated: datetime | None
    lang: str | None
    figures: tuple[Figure, ...]
    links: tuple[Link, ...]


def story(
    name: str, title: str | None = None, *, paper: str = "harbour", guid: str | None = None, **facts: Unpack[EntryFacts]
) -> Entry:
    """An entry of a paper: its link is made from its name."""
    link = f"https://{paper}.example/{name}.html"
    facts.setdefault("link", link)
    return Entry(guid=guid or link, title=title or f"Story {name}", **facts)


def text(address: str, title: str, markdown: str = "It rained all night.", **facts: Unpack[ArticleFacts]) -> Article:
    """An article as extraction would bring it."""
    facts.setdefault("canonical_url", address)
    facts.setdefault("published", datetime.fromisoformat("2023-11-14T09:05:00+07:00"))
    return Article(
        url=address, site="harbour.example", title=title, markdown=markdown, words=5, minutes=1, how="generic", **facts
    )


class SampleLibrary:
    """A library, and verbs for what papers and a reader do."""

    def __init__(self, path: Path, clock: Callable[[], float], who: str = "reader") -> None:
        self.clock = clock
        self.library = Library.open(path, clock=clock, who=who)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.library.close()

    def subscribe(self, paper: str = "harbour", feed: str = "rss", *, folder: str | None = None) -> Source:
        return add_source(
            self.library,
            f"https://{paper}.example/{feed}",
            paper.title(),
            home=f"https://{paper}.example/",
            folder=folder,
        )

    def lists(self, source: Source, *entries: Entry) -> tuple[int, int]:
        """The paper's feed has these entries now: decided as `refresh` does, and kept."""
        changes = decide(Feed("", "", entries=entries), self.library.old_entries(source.id))
        return self.library.keep_feed(source.id, changes, now=self.clock())

    def view(self, kind: ViewKind, *, source: int | None = None, folder: str | None = None) -> list[Row]:
        pages = self.library.listing(View(kind, source, folder)).pages
        rows = self.library.rows(pages)
        return [rows[page] for page in pages]

    def titles(self, kind: ViewKind = "unread", *, source: int | None = None, folder: str | None = None) -> list[str]:
        return [row.title for row in self.view(kind, source=source, folder=folder)]

    def page(self, name: str, paper: str = "harbour") -> int:
        found = self.library.page_of(f"https://{paper}.example/{name}.html")
        assert found is not None
        return found
