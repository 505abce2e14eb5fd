"""The library: why it cannot be opened, read or written, and what is not in it."""

import shlex
from collections.abc import Mapping, Sequence

from reader.words.translation import _, _n

_NAMED = 3
"""So many backups a sentence names."""


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
        "special": _("it is not a regular file"),
        "log alone": _("it is empty, and what is left of it stands beside it, in the file that ends in -wal"),
        "log of none": _(
            "it is not there, and a file that ends in -wal, with the last changes of a library, is: put the library "
            "beside it, or move it elsewhere to begin anew"
        ),
        "link": _("it is a link, and not to a library: name the file itself"),
        "link beside": _("a file beside it that belongs to it (-wal, -shm, -journal) is a link: remove that"),
        "other program": _("it belongs to another program"),
    }
    return reasons[reason].format(n=f"{seconds:.0f}")


def unexpected(name: str) -> str:
    """SQLite refuses for a reason that no sound library gives; `name` is its code (`SQLITE_ERROR`)."""
    return _("something in it is not as it should be ({name})").format(name=name)


def doctor(named: object | None) -> str:
    """Stands after what says that the library is damaged. `named`: its path, where it is not the one that is opened
    without --library; None for that."""
    return " " + _("`{command}` says what is wrong and repairs it.").format(command=_doctor_command(named))


def _doctor_command(named: object | None) -> str:
    return "newsstand doctor" if named is None else f"newsstand --library {shlex.quote(str(named))} doctor --repair"


def damaged(path: object, named: object | None) -> str:
    """A damaged library was opened, or was to be written. `named` as for `doctor`."""
    sentence = _("The library {path} is damaged. It is only read, and nothing is marked, kept or added.")
    return sentence.format(path=path) + doctor(named)


def no_library(path: object) -> str:
    """`doctor`, where there is no file."""
    return _("There is no library at {path}.").format(path=path)


def empty_file(path: object) -> str:
    """`doctor`, where the file holds nothing."""
    return _("{path} is an empty file: there is nothing to check, and opening it makes a new library.").format(
        path=path
    )


def nothing_to_repair(path: object) -> str:
    """A repair found no row to save."""
    return _("No row of {path} can be read any more. It was not changed.").format(path=path)


def not_repaired(path: object) -> str:
    """The new file was not sound."""
    return _("{path} could not be repaired: the new file is not sound either. It was not changed.").format(path=path)


def well(path: object) -> str:
    """`doctor` found nothing."""
    return _("The library {path} is well.").format(path=path)


def finding(kind: str, count: int, table: str = "") -> str:
    """One thing that is wrong with a library, by the name of its kind."""
    sentences = {
        "integrity": _n(
            "SQLite finds the file damaged in {n} place.", "SQLite finds the file damaged in {n} places.", count
        ),
        "emptied": _("The file is empty: what is left of the library stands beside it, in the file that ends in -wal."),
        "header": _("The first bytes of the file, which say what it is, are damaged."),
        "version": _("The file says that it is of version {n}, and its tables are of another one."),
        "old": _("The library is from an older Newsstand. It is upgraded when it is opened."),
        "orphans": _n(
            "{n} row of {table} names what is not there.", "{n} rows of {table} name what is not there.", count
        ),
        "lists": _n("{n} story is not listed as it should be.", "{n} stories are not listed as they should be.", count),
        "flags": _n("{n} story counts wrongly as unread.", "{n} stories count wrongly as unread.", count),
        "entries": _n("{n} story has not its own headline.", "{n} stories have not their own headlines.", count),
        "kept": _n("{n} story is wrongly said to be kept.", "{n} stories are wrongly said to be kept.", count),
        "merged": _n("{n} story leads to another in a circle.", "{n} stories lead to others in circles.", count),
        "journal": _n(
            "{n} mark is not what the journal says it is.", "{n} marks are not what the journal says they are.", count
        ),
        "acts": _n("{n} act of the journal counts wrongly.", "{n} acts of the journal count wrongly.", count),
        "empty": _n("{n} story has nothing to show.", "{n} stories have nothing to show.", count),
        "links": _n(
            "{n} headline is not found by its address.", "{n} headlines are not found by their addresses.", count
        ),
        "values": _n("{n} value of {table} cannot be right.", "{n} values of {table} cannot be right.", count),
    }
    return sentences[kind].format(n=count, table=table)


def sqlite_says(detail: str) -> str:
    """SQLite's own sentence, already cleaned."""
    return _("SQLite says: {sentence}").format(sentence=detail)


def repair_next(named: object | None) -> str:
    """Stands after what `doctor` found. `named` as for `doctor`."""
    command = "newsstand doctor --repair" if named is None else _doctor_command(named)
    sentence = _("`{command}` makes a sound library of what can be read, and keeps this file beside it.")
    return sentence.format(command=command)


def nothing_written() -> str:
    """Repair was not wanted."""
    return _("Nothing was changed.")


def ask_repair(path: object) -> str:
    """Before a repair."""
    return _("Make a new library of what can be read of {path}, and keep the damaged file beside it?").format(path=path)


def yes_without_repair() -> str:
    """`doctor --yes` alone."""
    return _("--yes goes with --repair.")


def needs_yes() -> str:
    """A repair without a terminal to ask on."""
    return _("There is no terminal to ask on: --repair --yes repairs without asking.")


def repaired(path: object, kept: object) -> str:
    """A repair is done."""
    return _("{path} is a sound library now. The damaged file is kept as {kept}.").format(path=path, kept=kept)


def saved_rows(rows: Mapping[str, int]) -> str:
    """What a repair saved, by table."""
    return _(
        "Saved: {sources} sources, {statuses} marked stories, {entries} headlines, {articles} kept stories."
    ).format(**{name: rows.get(name, 0) for name in ("sources", "statuses", "entries", "articles")})


def made_rows(statuses: int, sources: int) -> str:
    """What a repair made of the journal alone. "" for nothing."""
    parts = []
    if statuses > 0:
        parts.append(
            _n(
                "{n} mark was lost and taken from the journal.",
                "{n} marks were lost and taken from the journal.",
                statuses,
            ).format(n=statuses)
        )
    if sources > 0:
        parts.append(
            _n(
                "{n} source is lost: its headlines stay, as of one that was removed.",
                "{n} sources are lost: their headlines stay, as of ones that were removed.",
                sources,
            ).format(n=sources)
        )
    return " ".join(parts)


def lost_rows(headlines: int, stories: int) -> str:
    """What a repair knows to have been there and could not save: headlines, and texts of kept stories."""
    parts = []
    if headlines:
        parts.append(_n("{n} headline", "{n} headlines", headlines).format(n=headlines))
    if stories:
        parts.append(_n("{n} text of a kept story", "{n} texts of kept stories", stories).format(n=stories))
    if not parts:
        return _("Nothing tells of headlines or texts that could not be saved.")
    what = _(" and ").join(parts)
    return _("Could not be saved: {what}, as far as something tells of them; there may have been more.").format(
        what=what
    )


def lost_story() -> str:
    """Stands for the headline of a story of which a repair found nothing but what was done to it."""
    return _("A story that was lost")


def lost_source(number: int) -> str:
    """Stands for the name of a source whose own was lost."""
    return _("Lost source {n}").format(n=number)


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


def too_large(most: str | None) -> str:
    """A file would become larger than one may be; for `cannot_be_used` and `cannot_be_written`. `most`: the limit of
    this process, from `datetimes.size`; None where the disk has one."""
    if most is None:
        return _("a file on this disk cannot become so large")
    return _("a file may not become larger than {size} here (`ulimit -f` in the shell)").format(size=most)


def not_written(changes: int, reason: object) -> str:
    """What was changed last before the reader was left could not be written: so much, 0 where nobody knows."""
    if changes == 0:
        return _("Some of what you changed last may not be saved: {reason}.").format(reason=reason)
    if changes == 1:
        return _("The last change was not saved. {reason}").format(reason=reason)
    return _("The last {n} changes were not saved. {reason}").format(n=changes, reason=reason)


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


def damaged_backup(path: object) -> str:
    """A library, or a backup, in whose structure SQLite finds a fault."""
    return _("{path} is damaged, so it is neither copied nor restored.").format(path=path)


def lacks(path: object, table: str) -> str:
    """A file that says it is a library, and in which a table, or columns of it, are missing."""
    return _("{path} is no whole library: its {table} are missing or incomplete.").format(path=path, table=table)


def nothing_to_back_up(path: object) -> str:
    """`backup`, where there is no library."""
    return _("There is no library yet: {path}").format(path=path)


def no_backup(path: object, *, regular: bool = True, newest: Sequence[str] | None = None) -> str:
    """`restore`, where there is no such file, or it is no file. `newest`: names of the backups, the newest first; None
    where they were not looked for."""
    if not regular:
        return _("{path} is not a file. Name the backup itself.").format(path=path)
    sentence = _("{path}: there is no such file").format(path=path)
    if newest is None:
        return sentence + _(". `newsstand backup --list` lists the backups.")
    if not newest:
        return sentence + _(", and there are no backups yet.")
    named = sentence + _n("; the one backup is {names}.", "; the newest backups are {names}.", len(newest))
    more = " " + _("`newsstand backup --list` lists all {n}.").format(n=len(newest)) if len(newest) > _NAMED else ""
    return named.format(names=", ".join(newest[:_NAMED])) + more


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
