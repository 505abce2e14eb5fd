"""Text measured in cells: cut, pad and wrap to a width. By cells, never by characters; knows no widgets."""

from rich.cells import cell_len, set_cell_size

_ending = "…"


def use_ellipsis(ellipsis: str) -> None:
    """Set what ends a text that was cut, where a caller does not say otherwise. The app calls it, with its glyphs."""
    global _ending  # one interface a process, as with the language of its words
    _ending = ellipsis


def cut(text: str, width: int, ellipsis: str | None = None) -> str:
    """Return `text` in at most `width` cells; where it was cut it ends in `…`, or in `ellipsis`.

    The cut is at a space where that costs less than half of the width.
    """
    if cell_len(text) <= width:
        return text
    if width < 1:
        return ""
    ellipsis = _ending if ellipsis is None else ellipsis
    if width < len(ellipsis):
        return ellipsis[:width]
    head = set_cell_size(text, width - len(ellipsis))
    at = head.rfind(" ")
    if not text[len(head) :].startswith(" ") and at > 0 and cell_len(head[:at]) * 2 >= width:
        head = head[:at]
    head = head.rstrip(" ,;:·-–—…")
    while head and cell_len(head + ellipsis) > width:  # a joiner can make a head wider by what follows it
        head = head[:-1]
    return head + ellipsis


def pad(text: str, width: int, ellipsis: str | None = None) -> str:
    """Return `text` in exactly `width` cells: cut with `…`, or filled with spaces on the right."""
    text = cut(text, width, ellipsis)
    padded = text + " " * (width - cell_len(text))
    return padded + " " * (width - cell_len(padded))  # a joiner at the end of a text swallows the first blank


def spread(left: str, right: str, width: int) -> str:
    """Return `left` and `right` at the two ends of `width` cells; `left` gives way."""
    left = cut(left, max(0, width - cell_len(right) - (1 if right else 0)))
    return left + " " * max(0, width - cell_len(left) - cell_len(right)) + right


def _break(text: str, width: int) -> tuple[str, str]:
    """The longest beginning of `text` that fits, broken at a space where there is one, and the rest."""
    if cell_len(text) <= width:
        return text, ""
    head = set_cell_size(text, width)
    while head and not text.startswith(head):  # half of a wide character became a space
        head = head[:-1]
    if text[len(head) : len(head) + 1] == " ":
        return head.rstrip(), text[len(head) :].lstrip()
    at = head.rfind(" ")
    if at <= 0:
        return head, text[len(head) :]
    return head[:at].rstrip(), text[at:].lstrip()


def wrap(text: str, width: int, lines: int, ellipsis: str | None = None) -> list[str]:
    """Return `text` as at most `lines` lines of at most `width` cells; the last is cut with `…` where it must be."""
    wrapped: list[str] = []
    rest = text
    while rest and len(wrapped) < lines - 1:
        line, rest = _break(rest, width)
        if not line:
            break
        wrapped.append(line)
    if rest:
        wrapped.append(cut(rest, width, ellipsis))
    return wrapped or [""]
