"""The command line: one file for each family of commands. It knows no Textual, and never imports fetch or extract.

Results go to stdout, everything else to stderr. Exit codes: 0, 1 for a failure, 2 for misuse. `main` runs it.
"""

from reader.cli.group import main

__all__ = ["main"]
