"""A picture being drawn, and its bytes: an indexed PNG, one byte a pixel and a palette made as colours are asked for.

Columns are filled with strided slices, so that pure Python draws a picture in a few milliseconds.
"""

import math
import struct
import zlib
from collections.abc import Callable

Colour = tuple[int, int, int]
Line = Callable[[float], float]  # height (0 top, 1 bottom) over place (0 left, 1 right)


class Canvas:
    """A picture being drawn. Places and sizes are fractions of width and height, y downwards."""

    def __init__(self, width: int) -> None:
        self.width, self.height = width, width * 5 // 8
        self.cells = bytearray(self.width * self.height)
        self.palette: dict[Colour, int] = {}

    def ink(self, colour: Colour) -> int:
        """The palette's number for a colour; past 256 the nearest one there is."""
        if colour in self.palette:
            return self.palette[colour]
        if len(self.palette) < 256:
            self.palette[colour] = len(self.palette)
            return self.palette[colour]
        return min(
            self.palette.items(), key=lambda known: sum((a - b) ** 2 for a, b in zip(known[0], colour, strict=True))
        )[1]

    def row(self, y: int, left: int, right: int, ink: int) -> None:
        left, right = max(0, left), min(self.width, right)
        if 0 <= y < self.height and left < right:
            self.cells[y * self.width + left : y * self.width + right] = bytes([ink]) * (right - left)

    def box(self, x: float, y: float, w: float, h: float, colour: Colour) -> None:
        ink, top = self.ink(colour), round(y * self.height)
        for line in range(top, max(top + 1, round((y + h) * self.height))):
            self.row(line, round(x * self.width), max(round(x * self.width) + 1, round((x + w) * self.width)), ink)

    def sky(self, top: Colour, bottom: Colour, horizon: float = 1.0, start: float = 0.0, steps: int = 40) -> None:
        """A gradient downwards, in so many steps."""
        first, last = round(start * self.height), round(horizon * self.height)
        for y in range(first, last):
            part = int((y - first) / max(1, last - first) * steps) / max(1, steps - 1)
            self.row(y, 0, self.width, self.ink(mix(top, bottom, min(1.0, part))))

    def under(self, line: Line, colour: Colour, bottom: float = 1.0) -> None:
        """Everything below a line, down to `bottom`."""
        ink, end = self.ink(colour), round(bottom * self.height)
        for x in range(self.width):
            top = max(0, round(line(x / self.width) * self.height))
            if top < end:
                self.cells[top * self.width + x : end * self.width : self.width] = bytes([ink]) * (end - top)

    def disc(self, x: float, y: float, r: float, colour: Colour) -> None:
        """A circle; r is a fraction of the width."""
        ink, radius, middle = self.ink(colour), r * self.width, y * self.height
        for line in range(round(middle - radius), round(middle + radius) + 1):
            half = math.sqrt(max(0.0, radius**2 - (line - middle) ** 2))
            self.row(line, round(x * self.width - half), round(x * self.width + half), ink)

    def shape(self, points: list[tuple[float, float]], colour: Colour) -> None:
        """A filled polygon, by its corners (even-odd rule)."""
        ink = self.ink(colour)
        corners = [(x * self.width, y * self.height) for x, y in points]
        for line in range(round(min(y for _, y in corners)), round(max(y for _, y in corners)) + 1):
            cuts = sorted(_cuts(corners, line + 0.5))
            for left, right in zip(cuts[::2], cuts[1::2], strict=False):
                self.row(line, round(left), round(right), ink)

    def stroke(self, x0: float, y0: float, x1: float, y1: float, colour: Colour, thick: float = 0.004) -> None:
        """A straight line, as thick as a fraction of the width."""
        ax, ay, bx, by = x0 * self.width, y0 * self.height, x1 * self.width, y1 * self.height
        length = math.hypot(bx - ax, by - ay) or 1.0
        half = thick * self.width / 2
        nx, ny = -(by - ay) / length * half, (bx - ax) / length * half
        corners = [(ax + nx, ay + ny), (bx + nx, by + ny), (bx - nx, by - ny), (ax - nx, ay - ny)]
        self.shape([(x / self.width, y / self.height) for x, y in corners], colour)

    def png(self) -> bytes:
        """The picture as a PNG of colour type 3 (RFC 2083)."""
        colours = b"".join(bytes(colour) for colour in self.palette)
        rows = b"".join(
            b"\0" + self.cells[start : start + self.width] for start in range(0, len(self.cells), self.width)
        )
        head = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        parts = [(b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b"")]
        return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(*part) for part in parts)


def mix(one: Colour, other: Colour, part: float) -> Colour:
    """A colour between two."""
    r, g, b = (round(a + (c - a) * part) for a, c in zip(one, other, strict=True))
    return r, g, b


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _cuts(corners: list[tuple[float, float]], y: float) -> list[float]:
    found = []
    for (ax, ay), (bx, by) in zip(corners, [*corners[1:], corners[0]], strict=True):
        if (ay <= y) != (by <= y):
            found.append(ax + (y - ay) / (by - ay) * (bx - ax))
    return found
