"""The exception tree. What is expected to fail (a feed that is down) is a `models.Failure`, a value, not one of these.

NewsstandError
├── Misuse            the person or script asked for something impossible: exit code 2
│   ├── BadSetting    a setting of the wrong type or name, with file, key and line
│   └── NotFound      no such entry, source or file
├── NotAFeed          bytes that are no feed
├── NotAPage          bytes that are no HTML
├── LibraryError      the library cannot be opened, read or written
│   ├── LibraryTooNew made by a newer Newsstand: refused, untouched
│   ├── LibraryDamaged what lies on the disk is not what was written
│   └── DiskFull      nothing marked is lost, nothing new can be kept
└── WorkerError       a worker process died over a task
    └── WorkerTimeout or took too long
"""


class NewsstandError(Exception):
    """Whatever Newsstand raises on purpose. `str()` is a sentence for people."""


class Misuse(NewsstandError):
    """The request itself is wrong; doing it again will not help."""


class BadSetting(Misuse):
    """A setting that cannot be used. Names the file and the key."""


class NotFound(Misuse):
    """There is no such entry, source or file."""


class NotAFeed(NewsstandError):
    """These bytes are no feed of any kind we know."""


class NotAPage(NewsstandError):
    """These bytes are no HTML page."""


class LibraryError(NewsstandError):
    """The library file cannot be opened, read or written."""


class LibraryTooNew(LibraryError):
    """The library was made by a newer Newsstand. It was not touched."""


class LibraryDamaged(LibraryError):
    """SQLite finds a fault in the structure of the file."""


class DiskFull(LibraryError):
    """The disk is full. What was marked before is safe."""


class WorkerError(NewsstandError):
    """A worker process died over a task. Only that task is lost."""


class WorkerTimeout(WorkerError):
    """A task took longer than it may: `seconds` of work, None where that is not known. `begun`: it was tried at all."""

    seconds: float | None = None
    begun: bool = True
