"""`demo`: the reader on four invented papers, in a library of their own."""

import tempfile
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader import own_folders, shutdown
from reader.cli.context import Context, needs_terminal, start_log
from reader.cli.output import Progress

if TYPE_CHECKING:
    from reader.config import Config
    from reader.demo.server import DemoServer
    from reader.store import Library


@click.command("demo", epilog="Examples:  newsstand demo    newsstand demo --offline")
@click.option("--offline", is_flag=True, help="Fetch every story first, then open without the demo's server.")
@click.pass_obj
def demo_command(context: Context, offline: bool) -> None:
    """Try the reader with four invented papers, in a library of their own. Your own library is not touched."""
    open_demo(context, offline=offline)


def open_demo(context: Context, *, offline: bool = False) -> None:
    """Open the reader on the invented papers; `offline`: on their kept stories, with its server stopped."""
    needs_terminal("demo")
    from msgspec.structs import replace

    settings = context.config()
    settings = replace(settings, chosen_file=None, library=replace(settings.library, backups=0))  # nothing of it stays
    folder = own_folders.make(Path(tempfile.gettempdir()))
    shutdown.at_end(lambda: own_folders.remove(folder))  # should we not come to its end
    try:
        library = folder / "library.db"
        log = folder / "newsstand.log"
        start_log(log)
        from reader.demo.server import DemoServer

        demo = DemoServer()
        demo.start()
        try:
            _subscribe(library, demo)
            if offline:
                _keep_all(library, settings, demo)
            from reader.ui import run

            run(library, settings, offline=offline, log=log)
        finally:
            demo.stop()
    finally:
        own_folders.remove(folder)


def _subscribe(path: Path, demo: "DemoServer") -> None:
    from reader.store import Library

    with Library.open(path, who="demo") as library:  # so that the reader's own undo stops short of it
        for paper in demo.papers:
            library.add_sources([paper.new_source])


def _keep_all(path: Path, settings: "Config", demo: "DemoServer") -> None:
    """Make the offline edition: every story of the papers, and what is related to them; then its server stops."""
    from msgspec.structs import replace

    from reader.news.refresh import refresh
    from reader.news.stories import StoryLoader
    from reader.store import Library

    everything = replace(settings, offline=replace(settings.offline, stories=1000, articles=1000, megabytes=1000))

    async def keep(library: "Library") -> None:
        progress = Progress()
        loader = StoryLoader(library, everything)
        try:
            async with aclosing(refresh(loader, every=True)) as events:
                async for event in events:
                    progress.tell(event)
        finally:
            progress.clear()
            await loader.close()

    with Library.open(path, who="demo") as library:
        shutdown.run(keep(library))
    demo.stop()
