"""What every command prints with: JSON lines, tables, failures, progress."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, is_dataclass
from shutil import get_terminal_size
from typing import Any

import click

from reader import words
from reader.cli.output.printing import repaint, say_failure, say_json, say_styled
from reader.cli.output.terminal import is_terminal
from reader.models import Failure, FailureKind, RefreshEvent, RefreshStep
from reader.text import inert
from reader.text.logins import without_login
from reader.text.secrets import without_secrets
from reader.text.urls import is_home
from reader.words import command_line as command_line_words


def json_line(value: Any) -> None:
    """Print one object as one line of JSON (UTF-8, times in ISO 8601 with their offset).

    What acts in a terminal is escaped; a byte of an argument or a file name that is no text is U+FFFD.
    """
    import msgspec

    plain = asdict(value) if is_dataclass(value) and not isinstance(value, type) else value
    try:
        line = msgspec.json.encode(plain).decode()
    except UnicodeEncodeError:  # JSON has no lone surrogates
        line = msgspec.json.encode(_readable(msgspec.to_builtins(plain))).decode()
    say_json(line + "\n")


def _readable(value: Any) -> Any:
    if isinstance(value, str):
        return inert(value) if any("\ud800" <= letter <= "\udfff" for letter in value) else value
    if isinstance(value, dict):
        return {_readable(key): _readable(one) for key, one in value.items()}
    return [_readable(one) for one in value] if isinstance(value, list) else value


def shows_styles() -> bool:
    """Whether stdout is a terminal that knows bold, dim and colours."""
    return is_terminal(sys.stdout) and os.environ.get("TERM", "") not in ("dumb", "unknown")


def shows_colour() -> bool:
    """Whether a table may have styles: on such a terminal, where NO_COLOR is not set."""
    return shows_styles() and not os.environ.get("NO_COLOR")


_STYLES = {"dim": {"dim": True}, "bold": {"bold": True}, "spot": {"fg": "red"}}


def terminal_width() -> int | None:
    """Return the width of the terminal that stdout is, in cells; None where it is none, so that nothing is cut."""
    return get_terminal_size().columns if is_terminal(sys.stdout) else None


def table(
    rows: Iterable[Sequence[str]],
    styles: Sequence[str | None] = (),
    *,
    gives_way: Sequence[tuple[int, int]] = (),
) -> None:
    """Print rows in aligned columns, by cells. `styles` of columns, on a terminal only.

    The last column runs on. With `gives_way` the table is cut to the width of the terminal, if stdout is one: each pair
    is the index of a column and the cells that it keeps, in the order in which they give way.
    """
    from itertools import zip_longest

    lines = [[inert(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(map(cells, column)) for column in zip(*lines, strict=True)]
    colour = shows_colour()
    if gives_way and (whole := terminal_width()) is not None:
        widths = _fitted(widths, whole, gives_way)
        lines = [[shortened(cell, wide) for cell, wide in zip(line, widths, strict=True)] for line in lines]
    for line in lines:
        texts = [cell + " " * (wide - cells(cell)) for cell, wide in zip(line, widths, strict=True)]
        if colour:
            texts = [
                click.style(cell, **_STYLES[style]) if style else cell  # type: ignore[arg-type]  # click's own names
                for cell, style in zip_longest(texts, styles[: len(texts)])
            ]
        say_styled("  ".join(texts).rstrip())


def _fitted(widths: Sequence[int], whole: int, gives_way: Sequence[tuple[int, int]]) -> list[int]:
    """The widths of columns that fit `whole` cells, two cells between them, if what gives way is enough. Pure."""
    fitted = list(widths)
    for column, least in gives_way:
        over = sum(fitted) + 2 * (len(fitted) - 1) - whole
        if over > 0:
            fitted[column] = max(min(fitted[column], least), fitted[column] - over)
    return fitted


def shortened(text: str, width: int) -> str:
    """Return as much of a text as fits so many cells, with an ellipsis where it was cut; "" where none fits."""
    if cells(text) <= width:
        return text
    if width < 1:
        return ""
    while text and cells(text) >= width:
        text = text[:-1]
    return text.rstrip() + "…"


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(letter) else 2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def failure_json(failure: Failure, *, promises: bool = True) -> dict[str, Any]:
    """Return a failure for scripts: its facts, and the sentence for people (`promises` as in `complain`)."""
    facts = {key: value for key, value in asdict(failure).items() if value is not None and key != "cause"}
    facts["url"] = without_secrets(failure.url)
    return {**facts, "message": words.capitalized(_sentence(failure, promises=promises))}


def complain(name: str, failure: Failure, *, promises: bool = True) -> None:
    """Say on stderr what failed and what to do; without `promises`, of what Newsstand neither has nor follows."""
    say_failure(words.with_name(name or "''", _sentence(failure, promises=promises, beside=name)))


def _sentence(failure: Failure, *, promises: bool, beside: str = "") -> str:
    """The sentence of a failure, `beside` a name.

    A command ends and waits for nobody: to run it again is all that can be promised.
    """
    if failure.kind is FailureKind.LIST_PAGE or (failure.kind is FailureKind.NO_ARTICLE and is_home(failure.url)):
        return command_line_words.front_page(without_login(failure.url), section=not is_home(failure.url))
    return words.failure(failure, keys=False, promises=promises, rerun=promises, beside=beside)


class Progress:
    """One line on stderr that tells how far a refresh is; nothing where stderr is no terminal, or a dumb one."""

    def __init__(self) -> None:
        self._shown = is_terminal(sys.stderr) and os.environ.get("TERM", "") not in ("dumb", "unknown")
        self._errors = 0
        self.last_page = 0

    def tell(self, event: RefreshEvent) -> None:
        """Take an event into account and repaint the line."""
        self._errors += event.step is RefreshStep.FAILED
        if not self._shown or not event.total or event.step is RefreshStep.DONE:
            return
        stories = event.step in (RefreshStep.STORY, RefreshStep.STORY_FAILED)
        bar = "━" * round(20 * event.done / event.total)
        sentence = command_line_words.progress(event.done, event.total, self._errors, stories=stories)
        repaint(f"{bar:─<20} {sentence}")

    def page(self, number: int, of: int | None) -> None:
        """Tell that a further page of a story is being fetched, and remember which."""
        self.last_page = number
        if self._shown:
            repaint(command_line_words.fetching_page(number, of))

    def clear(self) -> None:
        """Take the line away, so that something can be said."""
        if self._shown:
            repaint("")
