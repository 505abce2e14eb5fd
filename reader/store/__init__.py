"""The library: one SQLite file, and what is asked of it. Never asks the network. This is its whole surface."""

from reader.store.headline_lists import EntryFilter
from reader.store.library import Library
from reader.store.values import (
    Act,
    Counts,
    FailedStory,
    FeedChanges,
    KnownLink,
    Listing,
    NewAddress,
    OldEntry,
    Row,
    View,
    ViewKind,
    digest,
    with_attachments,
)

__all__ = [
    "Act",
    "Counts",
    "EntryFilter",
    "FailedStory",
    "FeedChanges",
    "KnownLink",
    "Library",
    "Listing",
    "NewAddress",
    "OldEntry",
    "Row",
    "View",
    "ViewKind",
    "digest",
    "with_attachments",
]
