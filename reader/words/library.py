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
        "link": _("it is a link, and not to a library: name the file itself"),
        "link beside": _("a file beside it that belongs to it (-wal, -shm, -journal) is a link: remove that"),
        "other program": _("it belongs to another program"),
    }
    return reasons[reason].format(n=f"{seconds:.0f}")


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


def damaged(path: object) -> str:
    """A library, or a backup, in whose structure SQLite finds a fault."""
    return _("{path} is damaged, so it is neither copied nor restored.").format(path=path)


def lacks(path: object, table: str) -> str:
    """A file that says it is a library, and in which a table, or columns of it, are missing."""
    return _("{path} is no whole library: its {table} are missing or incomplete.").format(path=path, table=table)


def no_library(path: object) -> str:
    """`backup`, where there is no library."""
    return _("There is no library yet: {path}").format(path=path)


def no_backup(path: object, *, regular: bool = True) -> str:
    """`restore`, where there is no such file, or it is no file."""
    sentence = (
        _("{path}: there is no such file. `newsstand backup --list` lists the backups.")
        if regular
        else _("{path} is not a file. Name the backup itself.")
    )
    return sentence.format(path=path)


def same_file(path: object) -> str:
    """`restore` with the library itself."""
    return _("{path} is the library itself. `newsstand backup --list` lists its backups.").format(path=path)


def open_elsewhere(path: object) -> str:
    """`restore`, while another process has the library open."""
    sentence = _("Another Newsstand has {path} open. Quit it, then restore again; nothing was changed.")
    return sentence.format(path=path)


def no_backup_there(path: object, why_not: str) -> str:
    """`backup` with a file that cannot be one, by the name of the reason."""
    sentences = {
        "exists": _("{path} exists already; --force overwrites it."),
        "folder": _("{path} is a folder. Name a file in it."),
        "in use": _("{path} cannot be overwritten: beside it lie changes that belong to it (-wal or -journal)."),
        "link": _("{path} is a symbolic link, and backups are not written through one. Name the file itself."),
        "name": _("{path}: a backup needs the name of a file."),
        "own": _("{path} belongs to the library itself. Name another file."),
        "special": _("{path} is not a regular file. Name another one."),
    }
    return sentences[why_not].format(path=path)


def cannot_be_written(path: object, reason: object) -> str:
    """A backup cannot be written."""
    return _("{path} cannot be written: {reason}.").format(path=path, reason=reason)


def no_room(path: object) -> str:
    """The disk was full before a backup was whole."""
    return _("The disk is full: there is no room for a whole copy in {path}. Nothing was changed.").format(path=path)


def no_backup_for_upgrade(reason: object) -> str:
    """A library of an older version, where the copy before its upgrade could not be made; for `cannot_be_used`."""
    sentence = _(
        "it is from an older Newsstand, and no backup could be made before its upgrade ({reason}); "
        "library.backups = 0 in the settings upgrades it without one"
    )
    return sentence.format(reason=str(reason).rstrip("."))


def backup_made(path: object, size: str) -> str:
    """A backup was made; `size` is from `datetimes.size`."""
    return _("Backup made: {path} ({size}).").format(path=path, size=size)


def backup_being_made() -> str:
    """In the reader: a backup was asked for, and is under way."""
    return _("Making a backup…")


def no_backups(folder: object) -> str:
    """`backup --list`, where there is none."""
    return _("No backups yet in {folder}. `newsstand backup` makes one.").format(folder=folder)


def list_alone() -> str:
    """`backup --list` with a file, or --force."""
    return _("backup: --list goes with no FILE and no --force.")


def backup_kind(kind: str) -> str:
    """Why a backup was made, in `backup --list`; by the name of `store.backups.Kind`."""
    return {
        "manual": _("by hand"),
        "automatic": _("by itself"),
        "before-upgrade": _("before an upgrade"),
        "before-restore": _("before a restore"),
    }[kind]


def backup_version(version: int | None) -> str:
    """The version of a backup's schema, in `backup --list`; None: it is no library of ours."""
    return _("no library") if version is None else _("version {n}").format(n=version)


def restore_question(path: object, date: str, sources: str, headlines: str) -> str:
    """Before a restore; `sources` and `headlines` are from `datetimes`."""
    sentence = _("Replace your library by {path} of {date} ({sources}, {headlines})?")
    return sentence.format(path=path, date=date, sources=sources, headlines=headlines)


def restore_unasked() -> str:
    """`restore` without a terminal, and without --yes."""
    return _("restore: there is no terminal to ask on. --yes restores without asking.")


def not_restored() -> str:
    """The question was answered with no."""
    return _("Nothing was changed.")


def restored(sources: str, headlines: str, kept: object | None) -> str:
    """A backup was restored. `kept`: the copy of what was there before, None for none."""
    sentence = _("Restored: {sources}, {headlines}.").format(sources=sources, headlines=headlines)
    if kept is None:
        return sentence
    return sentence + " " + _("What was there is kept: {path}").format(path=kept)
