"""Content codings: what a server packs comes out whole, in small steps, or not at all."""

import gzip
import zlib
from collections.abc import Callable
from contextlib import suppress
from itertools import chain

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from reader.fetch.content_encoding import BadEncoding, Decoding

PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=5),
    "zstd": zstandard.ZstdCompressor().compress,
}
MB = 1 << 20


def unpack(coding: str | None, *chunks: bytes) -> bytes:
    decoding = Decoding(coding)
    pieces = chain(chain.from_iterable(decoding.feed(chunk) for chunk in chunks), decoding.finish())
    return b"".join(pieces)


def cut(data: bytes, sizes: list[int]) -> list[bytes]:
    chunks = []
    for size in sizes:
        chunks.append(data[:size])
        data = data[size:]
    return [*chunks, data]


@given(
    body=st.binary(max_size=4000),
    codings=st.lists(st.sampled_from(sorted(PACK)), max_size=3),
    sizes=st.lists(st.integers(0, 50), max_size=20),
)
def test_a_body_comes_out_as_it_went_in_however_it_is_packed_and_cut(
    body: bytes, codings: list[str], sizes: list[int]
) -> None:
    packed = body
    for coding in codings:
        packed = PACK[coding](packed)
    assert unpack(", ".join(codings), *cut(packed, sizes)) == body


@pytest.mark.parametrize("coding", [None, "", "identity", " , "])
def test_no_coding_is_no_coding(coding: str | None) -> None:
    assert unpack(coding, b"as ", b"it is") == b"as it is"


def test_a_header_is_read_in_any_case_and_by_its_old_name() -> None:
    assert unpack(" X-GZip", PACK["gzip"](b"old")) == b"old"
    assert unpack("BR,  identity", PACK["br"](b"new")) == b"new"


def test_deflate_without_its_wrapper_is_read_too() -> None:
    bare = zlib.compressobj(wbits=-15)
    packed = bare.compress(b"bare" * 100) + bare.flush()
    assert unpack("deflate", packed[:1], packed[1:]) == b"bare" * 100


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_members_one_after_another_are_one_body(coding: str) -> None:
    packed = PACK[coding](b"morning ") + PACK[coding](b"") + PACK[coding](b"evening")
    assert unpack(coding, packed) == b"morning evening"
    assert unpack(coding, *(packed[x : x + 1] for x in range(len(packed)))) == b"morning evening"


def test_a_skippable_zstd_frame_is_skipped() -> None:
    skippable = b"\x50\x2a\x4d\x18" + (3).to_bytes(4, "little") + b"abc"
    assert unpack("zstd", PACK["zstd"](b"a") + skippable + PACK["zstd"](b"b")) == b"ab"


@pytest.mark.parametrize("coding", sorted(PACK))
def test_padding_behind_the_end_is_left_aside(coding: str) -> None:
    assert unpack(coding, PACK[coding](b"whole"), bytes(100)) == b"whole"


@pytest.mark.parametrize("coding", sorted(PACK))
def test_a_body_cut_short_is_no_body(coding: str) -> None:
    packed = PACK[coding](bytes(range(256)) * 40)
    with pytest.raises(BadEncoding):
        unpack(coding, packed[: len(packed) // 2])


@pytest.mark.parametrize("coding", sorted(PACK))
def test_an_empty_body_is_whole_under_any_coding(coding: str) -> None:
    assert unpack(coding, b"") == b""


@given(garbage=st.binary(min_size=1, max_size=300), coding=st.sampled_from(sorted(PACK)))
def test_garbage_is_refused_or_decoded_and_nothing_else(garbage: bytes, coding: str) -> None:
    with suppress(BadEncoding):
        assert isinstance(unpack(coding, garbage), bytes)


def test_too_many_codings_are_refused_before_the_first_byte() -> None:
    with pytest.raises(BadEncoding):
        Decoding(", ".join(["gzip"] * 5))


@pytest.mark.parametrize("coding", ["compress", "gzip, dcb", "x-compress, br"])
def test_a_coding_that_nobody_here_can_undo_is_refused(coding: str) -> None:
    packed = bytes(range(256)) * 4
    for name in reversed(coding.split(", ")[1:]):
        packed = PACK[name](packed) if name in PACK else packed
    with pytest.raises(BadEncoding):
        unpack(coding, packed)


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_gzip_and_deflate_are_told_apart_by_their_bytes(coding: str, size: int) -> None:
    other = PACK["deflate" if coding == "gzip" else "gzip"](b"the other one " * 90)
    assert unpack(coding, *(other[x : x + size] for x in range(0, len(other), size))) == b"the other one " * 90


@pytest.mark.parametrize("lost", [1, 4, 8])
def test_a_gzip_trailer_may_be_wrong_or_missing(lost: int) -> None:
    packed = PACK["gzip"](b"all of it" * 90)
    assert unpack("gzip", packed[:-lost]) == b"all of it" * 90
    assert unpack("gzip", packed[:-8] + b"\xff" * 8) == b"all of it" * 90


def test_a_gzip_header_may_hold_a_name_a_comment_and_more() -> None:
    bare = zlib.compressobj(wbits=-15)
    body = bare.compress(b"named " * 90) + bare.flush()
    packed = (
        b"\x1f\x8b\x08\x1e" + bytes(6) + b"\x03\0abc" + b"feed.xml\0" + b"by hand\0" + b"\x12\x34" + body + bytes(8)
    )
    assert unpack("gzip", *(packed[x : x + 1] for x in range(len(packed)))) == b"named " * 90


@pytest.mark.parametrize("coding", [None, "UTF-8", "gzip", "br"])
def test_a_gzip_file_is_unpacked_whether_its_server_says_so_or_not(coding: str | None) -> None:
    file = PACK["gzip"](b"<rss/>" * 200)
    packed = PACK[coding](file) if coding in PACK else file
    assert unpack(coding, packed[:1], packed[1:]) == b"<rss/>" * 200


NO_CODINGS = [
    "UTF-8",
    "none",
    "binary",
    "8bit",
    "7bit",
    "iso-8859-1",
    "windows-1258",
    "text/html",
    "*",
    "true",
    "None;q=1",
]


@pytest.mark.parametrize("coding", NO_CODINGS)
def test_a_word_that_is_no_coding_is_none(coding: str) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
    assert unpack(coding, picture) == picture
    assert unpack(f"gzip, {coding}", PACK["gzip"](picture)) == picture


ITEM = "<item><title>Đèn biển {n} sáng lại</title></item>"
PLAIN = {
    "a short feed": b"<rss/>",
    "a feed": "".join(["<?xml version='1.0'?><rss>", *(ITEM.format(n=n) for n in range(90))]).encode(),
    "a page": b"\r\n\t <!DOCTYPE html>" + b"<p>The tide came in early.</p>" * 60,
    "JSON": b'{"version": "https://jsonfeed.org/version/1.1", "items": []}',
    "words": b"Not found.",
    "UTF-16": "<rss><channel>Th\u1ee7y tri\u1ec1u</channel></rss>".encode("utf-16"),
    "UTF-16 without a mark": ("<rss>" + "tide " * 200).encode("utf-16-le"),
}


@pytest.mark.parametrize("coding", [*sorted(PACK), "x-gzip", "compress", "gzip, br", "gzip, gzip"])
@pytest.mark.parametrize("body", PLAIN.values(), ids=PLAIN)
@pytest.mark.parametrize("size", [1, 7, 600, 100_000])
def test_text_that_was_never_packed_is_read_as_it_is(coding: str, body: bytes, size: int) -> None:
    assert unpack(coding, *(body[at : at + size] for at in range(0, len(body), size))) == body


def test_a_body_packed_fewer_times_than_it_says_is_read() -> None:
    body = PLAIN["a feed"]
    assert unpack("br, gzip", PACK["gzip"](body)) == body


@given(body=st.text(max_size=900), coding=st.sampled_from(sorted(PACK)), level=st.booleans())
def test_packed_text_is_never_taken_for_plain_text(body: str, coding: str, level: bool) -> None:
    data = body.encode()
    packed = PACK[coding](data)
    if level and coding == "br":
        packed = brotli.compress(data, quality=0, lgwin=16)
    elif level and coding == "deflate":
        packed = zlib.compress(data, 0)
    assert unpack(coding, packed) == data
