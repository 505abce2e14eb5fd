"""The one door to the terminal: whatever a command prints passes here, so that nothing in it acts there.

File names, arguments, what an exception says and what a library holds come from outside. What is styled passes as
well; of escape sequences it keeps those that set a style (SGR, ECMA-48 8.3.117), which are put in by us alone.
"""

import re

import click

from reader.text import inert
from reader.text.hosts import with_unmistakable_hosts
from reader.text.sanitize import escaped_json
from reader.text.secrets import without_secrets

_STYLE = re.compile(r"(\x1b\[[0-9;]*m)")
_WIPE = "\r\x1b[K"
"""To the beginning of the line, and erase it (ECMA-48 8.3.41)."""


def say(text: str = "", *, err: bool = False, nl: bool = True) -> None:
    """Print a text on stdout, or on stderr."""
    click.echo(_shown(text), err=err, nl=nl)


def say_failure(sentence: str) -> None:
    """Print on stderr what went wrong, without the secrets of the addresses in it."""
    click.echo(without_secrets(_shown(sentence)), err=True)


def say_styled(text: str, *, colour: bool | None = None) -> None:
    """Print a text in which only we have set styles: its pieces have passed `inert`. `colour` as click has it."""
    click.echo(_with_styles(text), color=colour)


def show_in_pager(text: str) -> None:
    """Show such a styled text in the pager."""
    click.echo_via_pager(_with_styles(text), color=True)


def say_json(document: str) -> None:
    """Print JSON, one line or several, each with its newline."""
    click.echo(escaped_json(document), nl=False)


def say_script(script: str) -> None:
    """Print a shell script of ours, as it is."""
    click.echo(script)


def repaint(text: str) -> None:
    """Put a text in the place of the line on stderr, which stays unended."""
    click.echo(_WIPE + inert(text).replace("\n", " "), err=True, nl=False)


def ask(question: str, default: str) -> str:
    """Ask on stderr and return the answer. Raises click.Abort where there is none."""
    answer: str = click.prompt(_shown(question), default=default, err=True)
    return answer


def confirmed(question: str) -> bool:
    """Ask on stderr whether to do something. Raises click.Abort where there is no answer."""
    return click.confirm(_shown(question), err=True)


def _shown(text: str) -> str:
    return with_unmistakable_hosts(inert(text))


def _with_styles(text: str) -> str:
    return "".join(piece if number % 2 else _shown(piece) for number, piece in enumerate(_STYLE.split(text)))
