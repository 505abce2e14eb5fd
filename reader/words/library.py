"""The library: why it cannot be opened, read or written, and what is not in it."""

from reader.words.translation import _


def cannot_be_used(path: object, reason: object) -> str:
    """The library cannot be opened or used; `reason` is one of `why`, or the words of the operating system."""
    return _("The library {path} cannot be used: {reason}.").format(path=path, reason=reason)


def why(reason: str, seconds: float = 0.0) -> str:
    """Why a library cannot be used, by the name of the reason. `seconds`: how long another program was waited for."""
    reasons = {
        "busy": _("another Newsstand has been writing to it for {n} seconds: try again"),
        "damaged": _("the file is damaged"),
        "not a library": _("the file is not a Newsstand library"),
        "read-only": _("the file or its folder cannot be written"),
        "cannot open": _("the file or its folder cannot be opened or written"),
        "not allowed": _("the file or its folder may not be opened"),
        "disk": _("the disk failed"),
        "folder": _("it is a folder"),
        "other program": _("it belongs to another program"),
    }
    return reasons[reason].format(n=f"{seconds:.0f}")


def unexpected(name: str) -> str:
    """SQLite refuses for a reason that no sound library gives; `name` is its code (`SQLITE_ERROR`)."""
    return _("something in it is not as it should be ({name})").format(name=name)


def doctor() -> str:
    """Stands after what says that the library is damaged."""
    return " " + _("`newsstand doctor` says what is wrong and repairs it.")


def damaged(path: object) -> str:
    """A damaged library was opened, or was to be written."""
    return (
        _("The library {path} is damaged. It is only read, and nothing is marked, kept or added.").format(path=path)
        + doctor()
    )


def in_use(path: object) -> str:
    """A library was to be repaired while another program has it open."""
    return _("Another Newsstand has {path} open. Close it first: nothing was changed.").format(path=path)


def too_old(version: int) -> str:
    """A library of an older version on a disk that cannot be written; for `cannot_be_used`."""
    sentence = _("it is from an older Newsstand (version {n}) and cannot be written, so it cannot be upgraded")
    return sentence.format(n=version)


def too_new(version: int, known: int) -> str:
    """A library of a newer version; for `cannot_be_used`."""
    return _("it was made by a newer Newsstand (version {n}, this one knows {known})").format(n=version, known=known)


def unread_wal(name: str) -> str:
    """The write-ahead log beside a library cannot be read; for `cannot_be_used`."""
    return _(
        "the latest changes are in {name}-wal, which can only be read where its folder can be written; copy both into "
        "one"
    ).format(name=name)


def disk_full(path: object) -> str:
    """There is no room to write to the library."""
    return _("The disk is full: {path} cannot grow. What was marked before is safe.").format(path=path)


def read_only(path: object) -> str:
    """A library that can only be read was to be written."""
    return _("The library cannot be written, so nothing is marked, kept or added: {path}").format(path=path)


def closed(path: object) -> str:
    """The library was used after it was closed."""
    return _("The library {path} is closed.").format(path=path)


def no_page(page: int) -> str:
    """A page that is not in the library."""
    return _("The library has no page {n}.").format(n=page)


def no_source(source: int) -> str:
    """A source that is not in the library."""
    return _("The library has no source {n}.").format(n=source)


def not_in_folder(source: int) -> str:
    """A source was to be put before another one that is not in that folder."""
    return _("There is no source {n} in that folder.").format(n=source)


def cannot_be_changed(name: str) -> str:
    """A property that no source has, or that nobody may change."""
    return _("A source has no {name} that can be changed.").format(name=repr(name))


def address_taken(url: str, title: str, *, removed: bool) -> str:
    """A source was to get the address of another one."""
    sentence = _("{url} was the address of the removed {title}.") if removed else _("{url} is the address of {title}.")
    return sentence.format(url=url, title=title)
