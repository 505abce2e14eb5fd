"""What the bytes of a file say without SQLite: whether it is a library, of which version, or what was one.

SQLite's file format (https://www.sqlite.org/fileformat2.html), section 1.3.
"""

from pathlib import Path

from reader.store.migrations import APPLICATION_ID

MAGIC = b"SQLite format 3\0"

LENGTH = 100
"""Bytes of the header."""


def version_in(header: bytes) -> int | None:
    """Return the version that a library says it has; None for a file that is no library of ours. Pure."""
    ours = len(header) >= LENGTH and int.from_bytes(header[68:72]) == APPLICATION_ID
    return int.from_bytes(header[60:64]) if ours and header.startswith(MAGIC) else None


def is_intact(header: bytes) -> bool:
    """Say whether the bytes that are the same in every library are as they should be: the versions of the file's format
    for writing and reading, the fractions of a page, and UTF-8. SQLite opens a file of a later format for reading alone
    and calls it sound. True for what is no library of ours. Pure."""
    if version_in(header) is None:
        return True
    formats = header[18] in (1, 2) and header[19] in (1, 2)
    return formats and header[21:24] == bytes((64, 32, 32)) and header[56:60] == bytes((0, 0, 0, 1))


_SCHEMA = tuple(f"CREATE TABLE {name}".encode() for name in ("statuses", "sources", "journal"))


def holds_our_schema(*files: Path) -> bool:
    """Say whether our tables are named in a file, or in one of those beside it, whatever its head says. Reads all of
    them. OSError."""
    missing = set(_SCHEMA)
    for file in files:
        last = b""
        with file.open("rb") as stream:
            while missing and (part := stream.read(1 << 20)):
                missing = {words for words in missing if words not in last + part}
                last = part[-len(max(_SCHEMA, key=len)) :]
    return not missing
