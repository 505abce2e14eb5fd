"""What the commands print: JSON lines, tables, failures and progress (`lines`), the table of headlines, and the door
that all of it passes (`printing`). Never asks the library for anything.
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
from reader.cli.output.printing import ask, confirmed, say, say_failure, say_json, say_script, say_styled, show_in_pager

__all__ = [
    "Progress",
    "ask",
    "cells",
    "complain",
    "confirmed",
    "failure_json",
    "json_line",
    "say",
    "say_failure",
    "say_json",
    "say_script",
    "say_styled",
    "show_in_pager",
    "shows_colour",
    "shows_styles",
    "table",
    "terminal_width",
]
