"""What is counted of an answer besides its bytes."""

import pytest

from reader.fetch.network.meter import Bounds, Frames, Head, Meter, Pace, TooMany

BOUNDS = Bounds(parts=50, interim=3, header_lines=20, header_bytes=600)
FINAL = b"HTTP/1.1 200 OK\r\nServer: gull\r\n\r\n"
INTERIM = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n"


def fed(data: bytes, step: int, bounds: Bounds = BOUNDS) -> Head:
    head = Head()
    for start in range(0, len(data), step):
        head.feed(data[start : start + step], bounds)
    return head


@pytest.mark.parametrize("step", [1, 2, 3, 7, 1000])
def test_a_head_ends_with_the_blank_line_of_its_last_answer(step: int) -> None:
    assert fed(FINAL, step).over
    assert fed(INTERIM * 3 + FINAL + b"\n" * 500, step).over  # blank lines of the body are none of the head
    assert fed(FINAL.replace(b"\r", b""), step).over
    assert not fed(INTERIM, step).over
    assert not fed(FINAL[:-2], step).over
    assert fed(b"HTTP/1.1 101 Switching\r\n\r\n", step).over


@pytest.mark.parametrize("step", [1, 5, 1000])
@pytest.mark.parametrize(
    ("data", "what"),
    [
        (INTERIM * 4, "interim"),
        (b"HTTP/1.0 100 \n\n" * 4, "interim"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 21, "lines"),
        (b"HTTP/1.1 200 OK\r\nA: " + b"b" * 600, "bytes"),
        (INTERIM.replace(b"a.css", b"a" * 290) * 3, "bytes"),
    ],
)
def test_too_much_of_a_head_is_refused(data: bytes, what: str, step: int) -> None:
    with pytest.raises(TooMany, match=what):
        fed(data, step)


def frame(size: int) -> bytes:
    return size.to_bytes(3) + b"\x00" + bytes(5) + bytes(size)


@pytest.mark.parametrize("step", [1, 4, 9, 13, 10_000])
def test_frames_are_counted_wherever_the_network_cuts_them(step: int) -> None:
    data = frame(0) + frame(5) + frame(300) + frame(0) + frame(1)
    frames, found = Frames(), 0
    for start in range(0, len(data), step):
        piece = data[start : start + step]
        while piece:
            count, end = frames.feed(piece, 100)
            found += count
            assert end == len(piece)
            piece = piece[end:]
    assert found == 5


def test_of_many_frames_the_first_are_handed_on() -> None:
    frames, data, found = Frames(), frame(2) * 7, []
    while data:
        count, end = frames.feed(data, 3)
        found.append((count, end))
        data = data[end:]
    assert found == [(3, 33), (3, 33), (1, 11)]


async def test_parts_are_bounded_and_more_bytes_allow_more() -> None:
    meter = Meter(BOUNDS, Pace())
    for _ in range(50):
        await meter.count(1)
    with pytest.raises(TooMany):
        await meter.count(1)
    meter = Meter(BOUNDS, Pace())
    for _ in range(1000):
        await meter.count(1, 32)


async def test_whoever_sends_much_in_small_parts_is_costly_until_it_has_ended() -> None:
    pace = Pace()
    meter = Meter(Bounds(), pace)
    await meter.count(499)
    assert pace.costly == 0
    await meter.count(1)
    assert pace.costly == 1
    await meter.count(120)
    assert pace.costly == 1
    meter.end()
    assert pace.costly == 0
    meter.end()
    assert pace.costly == 0
