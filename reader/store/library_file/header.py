"""What the first bytes of a file say: whether it is a library, and of which version. Pure.

SQLite's file format (https://www.sqlite.org/fileformat2.html), section 1.3.
"""

from reader.store.migrations import APPLICATION_ID

MAGIC = b"SQLite format 3\0"

LENGTH = 100
"""Bytes of the header."""


def version_in(header: bytes) -> int | None:
    """Return the version that a library says it has; None for a file that is no library of ours."""
    ours = len(header) >= LENGTH and int.from_bytes(header[68:72]) == APPLICATION_ID
    return int.from_bytes(header[60:64]) if ours and header.startswith(MAGIC) else None
