"""What the commands print: JSON lines, tables, failures and progress (`lines`), and the table of headlines. Never asks
the library for anything.
"""

from reader.cli.output.lines import (
    Progress,
    cells,
    complain,
    failure_json,
    json_line,
    shows_colour,
    shows_styles,
    table,
    terminal_width,
)

__all__ = [
    "Progress",
    "cells",
    "complain",
    "failure_json",
    "json_line",
    "shows_colour",
    "shows_styles",
    "table",
    "terminal_width",
]
