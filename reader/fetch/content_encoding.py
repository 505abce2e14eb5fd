"""Content codings (RFC 9110 section 8.4) undone in bounded steps: gzip, deflate, br, zstd, and several in a row.

A decoder never holds more than a few MB of output, whatever it is fed: 1.6 KB of brotli can unpack to 2 GB, so
whoever reads counts the pieces as they come and stops. Nothing here counts or limits the whole.
"""

import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import brotli
import zstandard

ACCEPTED = "gzip, deflate, br, zstd"
"""The Accept-Encoding under which everything that comes back can be decoded here."""

STEP = 64 * 1024
"""Bytes fed and asked for at a time."""

_IN_A_ROW_AT_MOST = 4
# A zstd block of 4 bytes can stand for 128 KiB (RFC 8878 section 3.1.1.2), and the library has no limit on what one
# call returns: 128 bytes at a time are 4 MiB at most.
_ZSTD_STEP = 128
_ZSTD_WINDOW = 8 * 1024 * 1024  # what RFC 9659 allows a sender of content


class BadEncoding(Exception):
    """A body that its own Content-Encoding cannot decode, or a coding that nobody here knows."""


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
    """The codings of one Content-Encoding header, in the order that undoes them. Raises BadEncoding for unknown ones.

    A header of None or `identity` decodes to what it is fed.
    """

    def __init__(self, content_encoding: str | None) -> None:
        names = [name.strip().lower() for name in (content_encoding or "").split(",")]
        names = [name for name in names if name and name != "identity"]
        if len(names) > _IN_A_ROW_AT_MOST:
            raise BadEncoding(f"{len(names)} codings in a row")
        unknown = [name for name in names if name not in _CODINGS]
        if unknown:
            raise BadEncoding(f"unknown coding {unknown[0]!r}")
        self._decoders = [_CODINGS[name]() for name in reversed(names)]
        self._fed = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` decodes to, in pieces of bounded size; raise BadEncoding where it is broken."""
        self._fed = self._fed or bool(data)
        return self._through(data, 0)

    def finish(self) -> None:
        """Say that the body has ended. Raises BadEncoding where it ends in the middle of a coding.

        An empty body is whole under any coding: servers send it with error pages and 204.
        """
        if self._fed and not all(decoder.whole() for decoder in self._decoders):
            raise BadEncoding("the coded body ends too early")

    def _through(self, data: bytes, index: int) -> Iterator[bytes]:
        if index == len(self._decoders):
            if data:
                yield data
            return
        for start in range(0, len(data), STEP):
            try:
                for piece in self._decoders[index].feed(data[start : start + STEP]):
                    yield from self._through(piece, index + 1)
            except (zlib.error, brotli.error) as error:
                raise BadEncoding(str(error)) from error
            except zstandard.ZstdError as error:
                # The library has no code for it, only the words "Frame requires too much memory for decoding".
                kind = WindowTooLarge if "too much memory" in str(error) else BadEncoding
                raise kind(str(error)) from error


class _Gzip:
    """RFC 1952, members one after another. What follows the last and is no member (padding) is left aside."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self._over = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._over:
            if self._member.eof:
                if data[0] != 0x1F:
                    self._over = True
                    return
                self._member = zlib.decompressobj(wbits=31)
            yield from _inflate(self._member, data)
            data = self._member.unused_data

    def whole(self) -> bool:
        return self._member.eof


class _Deflate:
    """What HTTP calls deflate: zlib's format (RFC 1950), or, from servers that took the name at its word, RFC 1951."""

    def __init__(self) -> None:
        self._begin = b""
        self._stream = zlib.decompressobj()
        self._begun = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        if not self._begun:
            data = self._begin + data
            if len(data) < 2:
                self._begin = data
                return
            self._begun = True
            # A zlib header is a multiple of 31 whose low four bits say deflate (RFC 1950 section 2.2).
            if data[0] & 0x0F != 8 or int.from_bytes(data[:2]) % 31:
                self._stream = zlib.decompressobj(wbits=-15)
        if not self._stream.eof:
            yield from _inflate(self._stream, data)

    def whole(self) -> bool:
        return self._stream.eof


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
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
