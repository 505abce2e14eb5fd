"""Which stories: the options that `list` and `mark` share."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from reader.cli import completion
from reader.cli.picking import moment, source_of

if TYPE_CHECKING:
    from reader.store import Library

_OPTIONS = (
    click.option("--unread", is_flag=True, help="Only unread stories."),
    click.option("--starred", is_flag=True, help="Only starred stories."),
    click.option("--saved", is_flag=True, help="Only stories on Read later."),
    click.option("--kept", is_flag=True, help="Only stories that can be read offline."),
    click.option(
        "--source", shell_complete=completion.sources, help="Only stories of this source: its number, address or name."
    ),
    click.option(
        "--folder",
        shell_complete=completion.folder_paths,
        help="Only stories of this folder and the folders in it: World or World/Asia.",
    ),
    click.option("--since", help="Only stories since then: 30m, 12h, 2d, 1w ago, or a date such as 2026-11-24."),
    click.option("--until", help="Only stories until then, in the same form."),
)


def filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen(library: "Library", asked: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options as `Library.entries` takes them. NotFound for a source or a folder that is not there."""
    sources = None
    if asked["source"] is not None:
        sources = [source_of(library, asked["source"]).id]
    if asked["folder"] is not None:
        from reader.errors import NotFound
        from reader.lists import folders

        path = folders.split(asked["folder"].strip()) or ("",)  # no name is no folder, not every one
        within = [source.id for source in library.sources() if folders.split(source.folder)[: len(path)] == path]
        if not within:
            from reader.words.command_line import no_such_folder

            raise NotFound(no_such_folder(asked["folder"]))
        sources = within if sources is None else [source for source in sources if source in within]
    return {
        "unread": asked["unread"],
        "starred": asked["starred"],
        "saved": asked["saved"],
        "kept": asked["kept"],
        "sources": sources,
        "since": moment(asked["since"], "--since"),
        "until": moment(asked["until"], "--until"),
    }


def any_asked(asked: Mapping[str, Any]) -> bool:
    """Whether any of the options was given."""
    return any(asked.values())
