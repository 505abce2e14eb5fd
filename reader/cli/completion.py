"""What a shell is offered behind a command: sources, folders, stories, papers; and the command that teaches it that.

What is offered is looked up quickly, and only in a library that is there. Raises nothing that a shell would show:
`reader.cli.group` is silent while a line is completed.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click
from click.shell_completion import CompletionItem

from reader.cli.output import say_script
from reader.words.command_line import shell_setup

if TYPE_CHECKING:
    from reader.models import Source
    from reader.store import Library

_STORIES = 40
"""Newest unread stories that are offered."""

_SHELLS = ("bash", "zsh", "fish")


@click.command(
    "completion", epilog="\b\nTo have it in every shell:\n" + "\n".join(f"  {shell_setup(shell)}" for shell in _SHELLS)
)
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion_command(ctx: click.Context, shell: str) -> None:
    """Print the completion script for a shell: commands, options, sources and papers of the catalogue."""
    from click.shell_completion import get_completion_class

    found = get_completion_class(shell)
    assert found is not None  # noqa: S101  # click has all three
    say_script(f"# {shell_setup(shell)}")
    say_script(found(ctx.find_root().command, {}, "newsstand", "_NEWSSTAND_COMPLETE").source())


def sources(ctx: click.Context, _asked: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
    """Offer the names of sources; their numbers to one who types a digit."""
    found = _sources(ctx)
    if incomplete.isdigit():
        return [_item(str(source.id), source.title) for source in found if str(source.id).startswith(incomplete)]
    return _fitting(((source.title, source.url) for source in found), incomplete)


def folder_paths(ctx: click.Context, _asked: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
    """Offer every folder, and those that folders are in."""
    from reader.lists import folders

    paths = [folders.split(source.folder) for source in _sources(ctx)]
    known = dict.fromkeys(folders.join(path[:depth]) or "" for path in paths for depth in range(1, len(path) + 1))
    return _fitting(((path, "") for path in sorted(known)), incomplete)


def stories(ctx: click.Context, _asked: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
    """Offer the numbers of the newest unread headlines, with paper and headline; files to one who types no number."""
    if incomplete and not incomplete.isdigit():
        return [CompletionItem(incomplete, type="file")]
    from reader.store import EntryFilter

    with _library(ctx) as library:
        rows = [] if library is None else library.entries(EntryFilter(unread=True), limit=_STORIES)
        return _fitting(((str(row.page), f"{row.paper}: {row.title}") for row in rows), incomplete)


def papers(ctx: click.Context, _asked: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
    """Offer the papers of the catalogue by their ids; behind a slash, the sections of one."""
    from reader.lists.catalogue import papers, section_id

    paper, slash, _ = incomplete.partition("/")
    if not slash:
        return _fitting(((one.id, one.name) for one in papers()), incomplete)
    return _fitting(
        (
            (f"{one.id}/{section_id(section)}", section.name)
            for one in papers()
            if one.id == paper
            for section in one.sections
        ),
        incomplete,
    )


def languages(ctx: click.Context, _asked: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
    """Offer the languages of the catalogue by their codes."""
    from reader.lists.catalogue import language_name, papers

    return _fitting(((code, language_name(code)) for code in sorted({one.language for one in papers()})), incomplete)


def countries(ctx: click.Context, _asked: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
    """Offer the countries of the catalogue by their codes."""
    from reader.lists.catalogue import papers
    from reader.words.catalogue import country_name

    return _fitting(((code, country_name(code)) for code in sorted({one.country for one in papers()})), incomplete)


def topics(ctx: click.Context, _asked: click.Parameter, incomplete: str) -> list[CompletionItem[Any]]:
    """Offer the topics of the catalogue."""
    from reader.lists.catalogue import TOPICS
    from reader.words.catalogue import topic_name

    return _fitting(((topic, topic_name(topic)) for topic in TOPICS), incomplete)


def _fitting(offered: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem[Any]]:
    """Those that begin with what is typed; accents and case can be left out."""
    from reader.text import fold

    return [_item(value, help_text) for value, help_text in offered if fold(value).startswith(fold(incomplete))]


def _item(value: str, help_text: str) -> CompletionItem[Any]:
    """One offer. bash puts it into the line as it is, so that its blanks and signs need a backslash there;

    and click's script for it reads our answer with `read`, which takes one of two backslashes away.
    """
    if os.environ.get("_NEWSSTAND_COMPLETE", "").startswith("bash"):
        words = os.environ.get("COMP_WORDS", "").split("\n")
        at = os.environ.get("COMP_CWORD", "")
        typed = words[int(at)] if at.isdigit() and int(at) < len(words) else ""
        if not typed.startswith(("'", '"')):
            value = re.sub(r"([^\w@%+=:,./-])", r"\\\\\1", value)
    return CompletionItem(value, help=help_text.replace("\n", " ") or None)


def _sources(ctx: click.Context) -> "Sequence[Source]":
    with _library(ctx) as library:
        return [] if library is None else library.sources()


@contextmanager
def _library(ctx: click.Context) -> "Iterator[Library | None]":
    """The library that the line names, or this user's; None where there is none: nothing is made for a shell."""
    from reader.config import file_paths

    file = file_paths(None, ctx.find_root().params.get("library")).library
    if not file.is_file():
        yield None
        return
    from reader.store import Library

    with Library.open(file, who="cli") as library:
        yield library
