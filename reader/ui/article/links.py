"""The spots of a story: where they have text, and which comes next. Pure; draws nothing."""

from reader.ui.article.layout.values import Layout, Spot, SpotKind

Stretch = tuple[int, int, int]
"""Where a spot has text on a line: cell, width, the spot's number."""


def stretches(layout: Layout) -> dict[int, list[Stretch]]:
    """The spots' text by line."""
    found: dict[int, list[Stretch]] = {}
    for spot in layout.spots:
        for line, at, width in spot.pieces:
            found.setdefault(line, []).append((at, width, spot.number))
    return found


def item_lines(layout: Layout, number: int) -> range:
    """The lines of the block that a related story's spot stands in."""
    first = layout.spots[number].pieces[0][0]
    block = layout.block_at(first)
    last = layout.blocks[block + 1] if block + 1 < len(layout.blocks) else len(layout.lines)
    while last > first + 1 and not layout.lines[last - 1].text.strip():
        last -= 1
    return range(first, last)


def leads(layout: Layout) -> list[tuple[str, SpotKind]]:
    """Where each spot leads, and what it is: what two layouts of one story have in common, whatever their numbers."""
    return [(spot.url, spot.kind) for spot in layout.spots]


def counterpart(before: Layout, number: int, after: Layout) -> int | None:
    """The number that a spot of one layout has in another of the same story, or None where it is no spot there: a
    table is one only while it is too wide. Of several that lead to one place, the first is the first again."""
    old, new = leads(before), leads(after)
    same = [at for at, lead in enumerate(new) if lead == old[number]]
    order = old[:number].count(old[number])
    return same[order] if order < len(same) else None


def next_spot(layout: Layout, current: Spot | None, top: int, bottom: int, step: int) -> Spot | None:
    """The spot after the current one (`step` 1), or before it (-1); after the last comes the first.

    From none, or from one that is not in the lines `top` to `bottom`, the nearest one in sight or beyond.
    """
    spots = [spot for spot in layout.spots if spot.pieces]
    if not spots:
        return None
    if current is not None and current in spots and top <= current.pieces[0][0] < bottom:
        return spots[(spots.index(current) + step) % len(spots)]
    if step > 0:
        return next((spot for spot in spots if spot.pieces[0][0] >= top), spots[0])
    return next((spot for spot in reversed(spots) if spot.pieces[0][0] < bottom), spots[-1])


def in_sight(layout: Layout, top: int, bottom: int) -> list[Spot]:
    """The spots that lead somewhere and begin in the lines `top` to `bottom`."""
    links = (spot for spot in layout.spots if spot.kind is not SpotKind.TABLE and spot.pieces)
    return [spot for spot in links if top <= spot.pieces[0][0] < bottom]
