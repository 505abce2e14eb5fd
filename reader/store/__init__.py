"""The library: one SQLite file, and what is asked of it. Never asks the network. This is its whole surface."""

from reader.store.headline_lists import EntryFilter
from reader.store.library import Library
from reader.store.pruning.pruner import LastPrune, Pruner
from reader.store.pruning.slices import shares
from reader.store.pruning.values import Bounds, Candidate, Part, Pruned, PruneReport
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
    "Bounds",
    "Candidate",
    "Counts",
    "EntryFilter",
    "FailedStory",
    "FeedChanges",
    "KnownLink",
    "LastPrune",
    "Library",
    "Listing",
    "NewAddress",
    "OldEntry",
    "Part",
    "PruneReport",
    "Pruned",
    "Pruner",
    "Row",
    "View",
    "ViewKind",
    "digest",
    "shares",
    "with_attachments",
]
