"""SQLite's file format read without SQLite: every record of every page that looks like one, whatever else is lost.

SQLite reaches a row through the pages above it; where one of these is damaged, all below is out of its reach and still
there. Nothing here is believed: each offset, length and page number is checked, and what does not fit is left out.
Format: https://sqlite.org/fileformat2.html (sections 1.2, 1.5, 1.6, 2.1 and 4).
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

Value = int | float | str | bytes | None

PAGE_SIZE = 4096
"""What SQLite takes where nothing else is said, and we say nothing."""
_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR = 13, 10, 2
_MOST = 1 << 20
"""A record that claims more fields, or pages to follow, than this is none."""


@dataclass(frozen=True, slots=True)
class Record:
    """A row as it stands on a page: `rowid` (None on an index's page) and its fields. `whole` is False where the pages
    it runs over to are lost: then the last fields are missing."""

    page: int
    rowid: int | None
    fields: tuple[Value, ...]
    whole: bool = True


class PageFile:
    """The pages of a library: of the file, and over them those that its write-ahead log has."""

    def __init__(self, path: Path) -> None:
        """Read the file and the log beside it. OSError."""
        self.data = path.read_bytes()
        size = int.from_bytes(self.data[16:18], "big")
        size = 65536 if size == 1 else size
        self.page_size = size if size in (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536) else PAGE_SIZE
        self.newer: Mapping[int, bytes] = {}
        wal = path.with_name(f"{path.name}-wal")
        if wal.is_file():
            self.newer = _wal_pages(wal.read_bytes(), self.page_size)
        self.count = max(len(self.data) // self.page_size, *self.newer, 0)

    def page(self, number: int) -> bytes:
        """Return a page by its number, from 1; b"" for one that is not there."""
        if number in self.newer:
            return self.newer[number]
        at = (number - 1) * self.page_size
        return self.data[at : at + self.page_size] if 0 < number <= self.count else b""

    def free(self) -> set[int]:
        """Return the pages that SQLite keeps for later, as far as their list can be followed: what stands there was
        deleted."""
        found: set[int] = set()
        trunk = int.from_bytes(self.page(1)[32:36], "big")
        while 0 < trunk <= self.count and trunk not in found:
            page = self.page(trunk)
            following, many = struct.unpack_from(">II", page) if len(page) >= 8 else (0, 0)
            if many > self.page_size // 4:
                break
            found.add(trunk)
            leaves = page[8 : 8 + 4 * many]
            found.update(struct.unpack(f">{len(leaves) // 4}I", leaves[: len(leaves) // 4 * 4]))
            trunk = following
        return found

    def records(self) -> Iterator[Iterator[Record]]:
        """Yield for each page that holds rows the records on it that can be read."""
        free = self.free()
        for number in range(1, self.count + 1):
            if number in free:
                continue
            page = self.page(number)
            start = 100 if number == 1 else 0
            kind = page[start] if len(page) > start + 8 else 0
            if kind in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
                yield self._cells(number, page, start, kind)

    def _cells(self, number: int, page: bytes, start: int, kind: int) -> Iterator[Record]:
        count = int.from_bytes(page[start + 3 : start + 5], "big")
        pointers = start + (12 if kind == _INDEX_INTERIOR else 8)
        if count * 2 > len(page) - pointers:
            count = (len(page) - pointers) // 2
        lowest = pointers + 2 * count
        for at in struct.unpack_from(f">{count}H", page, pointers):
            if lowest <= at < len(page) - 3:
                record = self._record(number, page, at, kind)
                if record is not None:
                    yield record

    def _record(self, number: int, page: bytes, at: int, kind: int) -> Record | None:
        rowid: int | None = None
        try:
            if kind == _INDEX_INTERIOR:
                at += 4
            length, at = _varint(page, at)
            if kind == _TABLE_LEAF:
                rowid, at = _varint(page, at)
                rowid -= (rowid >> 63) << 64
            if not 1 < length < len(self.data) + len(self.newer) * self.page_size:
                return None
            payload, whole = self._payload(page, at, length, kind)
            fields, complete = _fields(payload, length)
        except (IndexError, ValueError, struct.error):
            return None
        return Record(number, rowid, fields, whole and complete) if fields else None

    def _payload(self, page: bytes, at: int, length: int, kind: int) -> tuple[bytes, bool]:
        """Return a record's bytes, as many as there are, and whether these are all."""
        usable = self.page_size
        most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if length <= most:
            return page[at : at + length], at + length <= len(page)
        least = (usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (usable - 4)
        local = local if local <= most else least
        parts = [page[at : at + local]]
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        left, seen = length - local, 0
        while left > 0 and 0 < following <= self.count and seen < _MOST:
            more = self.page(following)
            if len(more) < self.page_size or more[0] in (_TABLE_LEAF, _INDEX_LEAF, _INDEX_INTERIOR):
                break  # a tree's page: the chain leads astray
            parts.append(more[4 : 4 + left])
            left -= len(parts[-1])
            following = int.from_bytes(more[:4], "big")
            seen += 1
        return b"".join(parts), left <= 0


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Read a number of one to nine bytes; return it and where the next begins. IndexError at the end of the data."""
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    return value << 8 | data[at + 8], at + 9


_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)


def _fields(payload: bytes, length: int) -> tuple[tuple[Value, ...], bool]:
    """Read a record (section 2.1 of the format); with less than `length` bytes, the fields that are there."""
    size, at = _varint(payload, 0)
    if not 1 < size <= length or size > len(payload):
        raise ValueError("no record")
    kinds: list[int] = []
    while at < size:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    widths = [(kind - 12) // 2 if kind >= 12 else _SIZES[kind] for kind in kinds]
    if at != size or size + sum(widths) != length:
        raise ValueError("no record")
    fields: list[Value] = []
    for kind, width in zip(kinds, widths, strict=True):
        if at + width > len(payload):
            return tuple(fields), False
        fields.append(_value(kind, payload[at : at + width]))
        at += width
    return tuple(fields), True


def _value(kind: int, data: bytes) -> Value:
    if kind >= 12:
        return data if kind % 2 == 0 else data.decode("utf-8", "replace")
    if kind == 7:
        (number,) = struct.unpack(">d", data)
        return float(number)
    if 1 <= kind <= 6:
        return int.from_bytes(data, "big", signed=True)
    return {8: 0, 9: 1}.get(kind)


def _wal_pages(data: bytes, page_size: int) -> dict[int, bytes]:
    """Return the pages that a write-ahead log has, up to the last transaction that was finished (section 4.3)."""
    if len(data) < 32 or int.from_bytes(data[:4], "big") & ~1 != 0x377F0682:
        return {}
    if int.from_bytes(data[8:12], "big") != page_size:
        return {}
    order = ">" if data[3] & 1 else "<"
    salts, sums = data[16:24], _checksum(data[:24], (0, 0), order)
    if struct.pack(">II", *sums) != data[24:32]:
        return {}
    found: dict[int, bytes] = {}
    pending: dict[int, bytes] = {}
    for at in range(32, len(data) - 24 - page_size + 1, 24 + page_size):
        head, page = data[at : at + 24], data[at + 24 : at + 24 + page_size]
        sums = _checksum(page, _checksum(head[:8], sums, order), order)
        if head[8:16] != salts or struct.pack(">II", *sums) != head[16:24]:
            break
        pending[int.from_bytes(head[:4], "big")] = page
        if head[4:8] != bytes(4):
            found.update(pending)
            pending.clear()
    return found


def _checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for n in range(0, len(words), 2):
        one = (one + words[n] + two) & 0xFFFFFFFF
        two = (two + words[n + 1] + one) & 0xFFFFFFFF
    return one, two
