"""Whether a person sits there: a terminal, or a pipe and a file."""

from typing import TextIO


def is_terminal(*streams: TextIO | None) -> bool:
    """Whether each of these is a terminal; one that whoever started us has closed (None) is none."""
    return all(stream is not None and not stream.closed and stream.isatty() for stream in streams)
