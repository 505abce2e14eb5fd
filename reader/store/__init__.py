"""The library: one SQLite file, and what is asked of it. Never asks the network. This is its whole surface."""

from reader.store.headline_lists import EntryFilter
from reader.store.library import Library
from reader.store.values import (
    Act,
    Counts,
    FeedChanges,
    KnownLink,
    Listing,
    OldEntry,
    Row,
    View,
    ViewKind,
    digest,
)

__all__ = [
    "Act",
    "Counts",
    "EntryFilter",
    "FeedChanges",
    "KnownLink",
    "Library",
    "Listing",
    "OldEntry",
    "Row",
    "View",
    "ViewKind",
    "digest",
]
