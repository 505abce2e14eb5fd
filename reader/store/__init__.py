"""The library: SQLite, and nothing else. What stands here is its whole surface."""

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
    with_attachments,
)

__all__ = [
    "Act",
    "Counts",
    "FeedChanges",
    "KnownLink",
    "Library",
    "Listing",
    "OldEntry",
    "Row",
    "View",
    "ViewKind",
    "digest",
    "with_attachments",
]
