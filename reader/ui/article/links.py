"""The links and other targets of a story: where on a line they are, and which comes next. Pure; draws nothing."""

from reader.ui.article.layout import LinkTarget, StoryLayout, TargetKind

LineArea = tuple[int, int, int]
"""Where a target has text on a line: cell, width, the target's number."""


def areas_by_line(layout: StoryLayout) -> dict[int, list[LineArea]]:
    """Where the targets have text, by line."""
    found: dict[int, list[LineArea]] = {}
    for target in layout.targets:
        for line, at, width in target.areas:
            found.setdefault(line, []).append((at, width, target.number))
    return found


def item_lines(layout: StoryLayout, number: int) -> range:
    """The lines of the block that a related story's target is in."""
    first = layout.targets[number].areas[0][0]
    block = layout.block_at(first)
    last = layout.blocks[block + 1] if block + 1 < len(layout.blocks) else len(layout.lines)
    while last > first + 1 and not layout.lines[last - 1].text.strip():
        last -= 1
    return range(first, last)


def destinations(layout: StoryLayout) -> list[tuple[str, TargetKind]]:
    """Where each target leads, and its kind: what two layouts of one story have in common, whatever the numbers."""
    return [(target.url, target.kind) for target in layout.targets]


def same_target(before: StoryLayout, number: int, after: StoryLayout) -> int | None:
    """The number that a target of one layout has in another layout of the same story; None where it is no target there
    (a table is one only while it is too wide). Of several with one destination, the nth is the nth again."""
    old, new = destinations(before), destinations(after)
    same = [index for index, destination in enumerate(new) if destination == old[number]]
    order = old[:number].count(old[number])
    return same[order] if order < len(same) else None


def next_target(layout: StoryLayout, current: LinkTarget | None, top: int, bottom: int, step: int) -> LinkTarget | None:
    """The target after the current one (`step` 1), or before it (-1); after the last comes the first.

    Without a current one, or where it is not in the lines `top` to `bottom`, the nearest one in these lines or beyond.
    """
    targets = [target for target in layout.targets if target.areas]
    if not targets:
        return None
    if current is not None and current in targets and top <= current.areas[0][0] < bottom:
        return targets[(targets.index(current) + step) % len(targets)]
    if step > 0:
        return next((target for target in targets if target.areas[0][0] >= top), targets[0])
    return next((target for target in reversed(targets) if target.areas[0][0] < bottom), targets[-1])


def visible_targets(layout: StoryLayout, top: int, bottom: int) -> list[LinkTarget]:
    """The targets that lead somewhere and begin in the lines `top` to `bottom`."""
    links = (target for target in layout.targets if target.kind is not TargetKind.TABLE and target.areas)
    return [target for target in links if top <= target.areas[0][0] < bottom]
