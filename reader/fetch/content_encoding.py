"""Content codings (RFC 9110 section 8.4) undone in bounded steps: gzip, deflate, br, zstd, and several in a row.

Servers declare what they do not do. A word that is no coding (`UTF-8`, `none`, `binary`) is none, as browsers take it,
and text that comes under the name of a coding, unpacked, is read as it is.

A decoder never holds more than a few MB of output, whatever it is fed: 1.6 KB of brotli can unpack to 2 GB, so
whoever reads counts the pieces as they come and stops. Nothing here counts or limits the whole.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Protocol

import brotli
import zstandard

ACCEPTED = "gzip, deflate, br, zstd"
"""The Accept-Encoding under which everything that comes back can be decoded here."""

STEP = 64 * 1024
"""Bytes fed and asked for at a time."""

_IN_A_ROW_AT_MOST = 4
_LOOKED_AT = 512  # first bytes of a body that show whether it is packed at all
_TRIED_AT_MOST = 16  # pieces unpacked of a short body, to see whether it can be
_NO_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")  # one byte in nine of what is packed
_GZIP = b"\x1f\x8b\x08"
_LONGEST_HEADER = 64 * 1024  # bytes of a gzip header: a name and a comment may be in it
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # UTF-16, which has zeros in it
# A zstd block of 4 bytes can stand for 128 KiB (RFC 8878 section 3.1.1.2), and the library has no limit on what one
# call returns: 128 bytes at a time are 4 MiB at most.
_ZSTD_STEP = 128
_ZSTD_WINDOW = 8 * 1024 * 1024  # what RFC 9659 allows a sender of content


class BadEncoding(Exception):
    """A body that its own Content-Encoding cannot decode, or a registered coding that nobody here can undo."""


class WindowTooLarge(BadEncoding):
    """A zstd body that asks for more memory than RFC 9659 allows it."""


class Decoder(Protocol):
    """One coding being undone."""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` decodes to, in pieces of bounded size. Run it to its end before feeding more."""
        ...

    def whole(self) -> bool:
        """Say whether the coded body could end here."""
        ...


class Decoding:
    """The codings of one Content-Encoding header, in the order that undoes them. Raises BadEncoding for too many.

    A header of None, `identity` or words that are no codings decodes to what it is fed; but what is gzip by its first
    bytes (a file `feed.xml.gz`, a server that packs twice) is undone, for no feed and no page begins so.
    """

    def __init__(self, content_encoding: str | None) -> None:
        names = [name.partition(";")[0].strip().lower() for name in (content_encoding or "").split(",")]
        names = [name for name in names if name in _CODINGS or name in _CANNOT_BE_UNDONE]
        if len(names) > _IN_A_ROW_AT_MOST:
            raise BadEncoding(f"{len(names)} codings in a row")
        self._decoders: list[_OrPlainText | _OrGzip] = [*(_OrPlainText(name) for name in reversed(names)), _OrGzip()]
        self._fed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` decodes to, in pieces of bounded size; raise BadEncoding where it is broken."""
        self._fed = self._fed or bool(data)
        return self._through(data, 0)

    def finish(self) -> Iterator[bytes]:
        """The body has ended: yield what was held back. Raises BadEncoding where it ends in the middle of a coding.

        An empty body is whole under any coding: servers send it with error pages and 204.
        """
        for index, decoder in enumerate(self._decoders):
            for piece in _guarded(decoder.rest()):
                yield from self._through(piece, index + 1)
        if self._fed and not all(decoder.whole() for decoder in self._decoders):
            raise BadEncoding("the coded body ends too early")

    def _through(self, data: bytes, index: int) -> Iterator[bytes]:
        if index == len(self._decoders):
            if data:
                yield data
            return
        for start in range(0, len(data), STEP):
            for piece in _guarded(self._decoders[index].feed(data[start : start + STEP])):
                yield from self._through(piece, index + 1)


def _guarded(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the pieces of one decoder, whose library's own errors become BadEncoding."""
    try:
        yield from pieces
    except (zlib.error, brotli.error) as error:
        raise BadEncoding(str(error)) from error
    except zstandard.ZstdError as error:
        # The library has no code for it, only the words "Frame requires too much memory for decoding".
        kind = WindowTooLarge if "too much memory" in str(error) else BadEncoding
        raise kind(str(error)) from error


class _OrPlainText:
    """One coding being undone, or nothing being done where the body is plain text under its name.

    The first bytes are held back until they can be judged. Text is what has no control characters; a short body of that
    kind may be packed all the same, and is text only where it cannot be unpacked.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._held: list[bytes] = []
        self._decoder: Decoder | None = None
        self._plain = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._decoder is not None:
            yield from self._decoder.feed(data)
        elif self._plain:
            yield data
        else:
            self._held.append(data)
            if sum(map(len, self._held)) >= _LOOKED_AT:
                yield from self.rest()

    def rest(self) -> Iterator[bytes]:
        """Judge what was held back, and yield what becomes of it."""
        held, self._held = self._held, []
        if not held:
            return
        begin = b"".join(held)
        text = begin.startswith(_WIDE_TEXT) or not _NO_TEXT.search(begin)
        self._plain = text and (len(begin) >= _LOOKED_AT or not self._undoes(begin))
        if self._plain:
            yield begin
            return
        self._decoder = self._made()
        for data in held:
            yield from self._decoder.feed(data)

    def whole(self) -> bool:
        return self._decoder is None or self._decoder.whole()

    def _made(self) -> Decoder:
        if self._name in _CANNOT_BE_UNDONE:
            raise BadEncoding(f"unknown coding {self._name!r}")
        return _CODINGS[self._name]()

    def _undoes(self, data: bytes) -> bool:
        """Whether a whole short body can be unpacked. One that unpacks to very much can, and is not unpacked for it."""
        try:
            decoder = self._made()
            pieces = list(islice(_guarded(decoder.feed(data)), _TRIED_AT_MOST))
        except BadEncoding:
            return False
        return len(pieces) == _TRIED_AT_MOST or decoder.whole()


class _OrGzip:
    """What came out of all codings: gzip once more, or what it is."""

    def __init__(self) -> None:
        self._begin = b""
        self._decoder: _Inflate | None = None
        self._judged = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not self._judged:
            data = self._begin + data
            if len(data) < len(_GZIP) and _GZIP.startswith(data):
                self._begin = data
                return
            self._begin, self._judged = b"", True
            self._decoder = _Inflate() if data.startswith(_GZIP) else None
        if self._decoder is None:
            yield data
        else:
            yield from self._decoder.feed(data)

    def rest(self) -> Iterator[bytes]:
        """Yield what was held back of a body too short to be judged."""
        if self._begin:
            begin, self._begin = self._begin, b""
            yield begin

    def whole(self) -> bool:
        return self._decoder is None or self._decoder.whole()


class _Inflate:
    """gzip (RFC 1952), zlib (RFC 1950) and bare deflate (RFC 1951), told apart by how they begin: servers take one name
    for another. Members of gzip may follow each other; what follows the last and is no member (padding) is left aside.

    As browsers do, it asks nothing of a gzip trailer: neither that its sums are right, nor that it is there.
    """

    def __init__(self) -> None:
        self._begin = b""
        self._stream: zlib._Decompress | None = None
        self._trailer = 0  # bytes of it that are still to come
        self._gzip = False
        self._over = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._over:
            if self._trailer:
                passed = min(self._trailer, len(data))
                self._trailer -= passed
                data = data[passed:]
            elif self._stream is None:
                data = self._begin + data
                start = self._opened(data)
                if start is None:
                    self._begin = data
                    return
                self._begin, data = b"", data[start:]
            else:
                yield from _inflate(self._stream, data)
                data = self._stream.unused_data
                if self._stream.eof:
                    self._over = not self._gzip
                    self._trailer = 8
                    self._stream = None

    def _opened(self, data: bytes) -> int | None:
        """Begin a stream; return where it begins in `data`, None where its header is not all there yet."""
        again, self._gzip = self._gzip, self._gzip or data.startswith(_GZIP[: len(data)])
        if self._gzip:
            if not data.startswith(_GZIP[: len(data)]):
                self._over = True
                return len(data)
            start = _after_header(data)
            if start is None and len(data) > _LONGEST_HEADER:
                if again:
                    self._over = True
                    return len(data)
                raise BadEncoding("a gzip header without end")
            if start is not None:
                self._stream = zlib.decompressobj(wbits=-15)
            return start
        if len(data) < 2:
            return None
        # A zlib header is a multiple of 31 whose low four bits say deflate (RFC 1950 section 2.2).
        zlib_header = data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0
        self._stream = zlib.decompressobj() if zlib_header else zlib.decompressobj(wbits=-15)
        return 0

    def whole(self) -> bool:
        return self._stream is None and (self._over or self._gzip) and not self._unfinished_header()

    def _unfinished_header(self) -> bool:
        return self._begin.startswith(_GZIP)


def _after_header(data: bytes) -> int | None:
    """Return where the header of a gzip member ends (RFC 1952 section 2.3), None where it is not all there."""
    if len(data) < 10:
        return None
    flags, at = data[3], 10
    if flags & 4:
        if len(data) < at + 2:
            return None
        at += 2 + int.from_bytes(data[at : at + 2], "little")
    for flag in (8, 16):  # a name, a comment: each ends with a zero
        if flags & flag:
            end = data.find(b"\0", at)
            if end < 0:
                return None
            at = end + 1
    at += 2 if flags & 2 else 0
    return at if at <= len(data) else None


def _inflate(stream: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    while True:
        piece = stream.decompress(data, STEP)
        data = stream.unconsumed_tail
        if piece:
            yield piece
        if stream.eof or (not data and len(piece) < STEP):
            return


class _Brotli:
    """RFC 7932. The window, up to 16 MB, is the library's."""

    def __init__(self) -> None:
        self._stream = brotli.Decompressor()

    def feed(self, data: bytes) -> Iterator[bytes]:
        if self._stream.is_finished():
            return
        piece = self._stream.process(data, output_buffer_limit=STEP)
        while piece or not self._stream.can_accept_more_data():
            if piece:
                yield piece
            if self._stream.is_finished():
                return
            piece = self._stream.process(b"", output_buffer_limit=STEP)

    def whole(self) -> bool:
        return bool(self._stream.is_finished())


class _Zstd:
    """RFC 8878, frames one after another. What follows the last and is no frame is left aside."""

    def __init__(self) -> None:
        self._library = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
        self._frame = self._library.decompressobj()
        self._over = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        for start in range(0, len(data), _ZSTD_STEP):
            rest = data[start : start + _ZSTD_STEP]
            while rest and not self._over:
                if self._frame.eof:
                    if rest[0] != 0x28 and not 0x50 <= rest[0] <= 0x5F:  # a frame's magic number, or a skippable one's
                        self._over = True
                        return
                    self._frame = self._library.decompressobj()
                piece = self._frame.decompress(rest)
                if piece:
                    yield piece
                rest = self._frame.unused_data

    def whole(self) -> bool:
        return self._frame.eof


_CODINGS: dict[str, Callable[[], Decoder]] = {
    "gzip": _Inflate,
    "x-gzip": _Inflate,
    "deflate": _Inflate,
    "br": _Brotli,
    "zstd": _Zstd,
}

_CANNOT_BE_UNDONE = frozenset(("aes128gcm", "compress", "dcb", "dcz", "exi", "pack200-gzip", "x-compress"))
"""The other codings of the HTTP Content Coding Registry (https://www.iana.org/assignments/http-parameters)."""
