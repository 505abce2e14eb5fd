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

from reader.fetch.content_encoding import STEP, BadEncoding, Decoding, WindowTooLarge

PACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: gzip.compress(data, mtime=0),
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=5),
    "zstd": zstandard.ZstdCompressor().compress,
}
MB = 1 << 20


def unpack(coding: str | None, *chunks: bytes) -> bytes:
    decoding = Decoding(coding)
    body = b"".join(chain.from_iterable(decoding.feed(chunk) for chunk in chunks))
    decoding.finish()
    return body


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


@pytest.mark.parametrize("coding", ["compress", "gzip, made-up", ", ".join(["gzip"] * 5)])
def test_what_nobody_can_decode_is_refused_before_the_first_byte(coding: str) -> None:
    with pytest.raises(BadEncoding):
        Decoding(coding)


@pytest.mark.parametrize("coding", sorted(PACK))
def test_a_bomb_comes_out_in_steps_that_stay_small(coding: str) -> None:
    packed = PACK[coding](bytes(64 * MB))
    sizes = [len(piece) for piece in Decoding(coding).feed(packed)]
    assert sum(sizes) == 64 * MB
    assert max(sizes) <= (5 * MB if coding == "zstd" else 2 * STEP)


def test_a_bomb_in_a_bomb_is_not_unpacked_before_it_is_asked_for() -> None:
    inner = PACK["zstd"](bytes(64 * MB))
    pieces = Decoding("zstd, br, gzip").feed(PACK["gzip"](PACK["br"](inner)))
    assert len(next(iter(pieces))) <= 5 * MB


def test_a_zstd_window_beyond_what_the_web_allows_is_refused() -> None:
    wide = zstandard.ZstdCompressor(compression_params=zstandard.ZstdCompressionParameters(window_log=27)).compressobj()
    packed = wide.compress(b"wide") + wide.flush()
    with pytest.raises(WindowTooLarge):
        unpack("zstd", packed)
