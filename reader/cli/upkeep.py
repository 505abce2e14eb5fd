"""Commands of upkeep: refresh, offline, config, demo."""

import asyncio
import sys
import tempfile
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader import words
from reader.cli import Context, completion, is_terminal, needs_terminal, start_log
from reader.cli.output import Progress, complain, failure_json, json_line, table
from reader.cli.picking import source_of
from reader.errors import Misuse, NewsstandError
from reader.models import RefreshEvent, RefreshStep
from reader.words import command_line as said
from reader.words import settings as sentences

if TYPE_CHECKING:
    from reader.config import Config
    from reader.demo.press import Press
    from reader.news.stories import Desk
    from reader.store import Library


@click.command(
    "refresh", epilog="Examples:  newsstand refresh    newsstand refresh gull 7    newsstand refresh --all --no-stories"
)
@click.argument("sources", nargs=-1, metavar="[SOURCE...]", shell_complete=completion.sources)
@click.option("--all", "every", is_flag=True, help="Also refresh sources that are not due yet.")
@click.option("--no-stories", is_flag=True, help="Fetch headlines only, and no stories for reading offline.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per event and line.")
@click.pass_obj
def refresh_command(context: Context, sources: tuple[str, ...], every: bool, no_stories: bool, as_json: bool) -> None:
    """Refresh the sources that are due, and keep the newest unread stories for reading offline.

    SOURCE: its number, its address, or part of its name."""
    from reader.news.refresh import refresh

    settings = context.config()
    with context.library() as library:
        if not sources and not library.sources():
            click.echo(said.no_sources(), err=True)
            return
        library.must_be_writable()
        chosen = [source_of(library, name).id for name in sources] or None

        def events(desk: "Desk") -> AsyncGenerator[RefreshEvent, None]:
            return refresh(desk, sources=chosen, every=every or bool(chosen), stories=not no_stories)

        _run(library, settings, events, as_json)


@click.command("offline", epilog="Example:  newsstand offline")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per event and line.")
@click.pass_obj
def offline_command(context: Context, as_json: bool) -> None:
    """Keep all unread stories for reading offline, with the stories related to them."""
    from reader.news.offline import keep_unread

    settings = context.config()
    with context.library() as library:
        library.must_be_writable()
        _run(library, settings, lambda desk: keep_unread(desk, per_source=settings.offline.articles), as_json)


def _run(
    library: "Library",
    settings: "Config",
    events: "Callable[[Desk], AsyncGenerator[RefreshEvent, None]]",
    as_json: bool,
) -> None:
    from reader.news.stories import Desk

    async def follow() -> tuple[int, int, int, int]:
        progress = Progress()
        new = kept = missed = failed = 0
        desk = Desk(library, settings)
        try:
            async with aclosing(events(desk)) as stream:
                async for event in stream:
                    progress.tell(event)
                    new += event.new
                    kept += event.step is RefreshStep.STORY
                    missed += event.step is RefreshStep.STORY_FAILED
                    failed += event.step is RefreshStep.FAILED
                    if as_json:
                        json_line(_fields(event))
                    if event.failure is not None:
                        progress.clear()
                        kept = event.source is None or event.source.answered_at is not None
                        complain(
                            event.source.title if event.source else event.failure.url, event.failure, promises=kept
                        )
        finally:
            progress.clear()
            await desk.close()
        return new, kept, missed, failed

    new, kept, missed, failed = asyncio.run(follow())
    if not as_json:
        click.echo(said.refreshed(new, kept, missed), err=True)
    sys.exit(1 if failed else 0)


def _fields(event: RefreshEvent) -> dict[str, object]:
    return {
        "step": event.step.value,
        "source": None if event.source is None else event.source.id,
        "url": None if event.source is None else event.source.url,
        "page": event.page,
        "new": event.new,
        "changed": event.changed,
        "moved_to": event.moved_to,
        "failure": None if event.failure is None else failure_json(event.failure),
        "done": event.done,
        "total": event.total,
    }


@click.group(
    "config",
    invoke_without_command=True,
    epilog="Examples:  newsstand config edit    newsstand config check && newsstand    newsstand config keys",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def config_command(ctx: click.Context, as_json: bool) -> None:
    """Show where the files are. `check` checks the settings, `edit` opens them, `keys` lists every command."""
    if ctx.invoked_subcommand is not None:
        return
    from reader.config import shipped
    from reader.config.places import RULES

    context: Context = ctx.obj
    places = context.places()
    files = {
        "config": places.config,
        "defaults": shipped() / "default.toml",
        "keys": shipped() / "keys",
        "sites": places.config.parent / RULES,
        "library": places.library,
        "log": places.log,
    }
    if as_json:
        json_line({name: str(path) for name, path in files.items()})
    else:
        table([[name, str(path), "" if path.exists() else sentences.not_there_yet()] for name, path in files.items()])
    for fault in _settings(context).faults:
        click.echo(str(fault), err=True)


@config_command.command("check", epilog="Example:  newsstand config check --json | jq -r .message")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per error and line.")
@click.pass_obj
def check_command(context: Context, as_json: bool) -> None:
    """Check the settings: each error is printed with file, line and key. The exit code is 2 if there is one."""
    _check(context, as_json=as_json)


@config_command.command("edit", epilog="Example:  EDITOR=nano newsstand config edit")
@click.pass_obj
def edit_command(context: Context) -> None:
    """Open the settings in $VISUAL or $EDITOR, then check them. The file is created if there is none."""
    if not is_terminal(sys.stdin, sys.stdout):
        raise Misuse(said.editor_needs_terminal())
    file = context.places().config
    if file.is_dir():
        raise Misuse(f"{file}: {sentences.a_folder()}")
    if _made(file):
        click.echo(sentences.made_file(str(file)), err=True)
    try:
        click.edit(filename=str(file))
    except click.ClickException as error:
        raise NewsstandError(sentences.no_editor(str(file))) from error
    _check(context, as_json=False)


@config_command.command("keys", epilog="Example:  newsstand config keys | grep -i unread")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per command and line.")
@click.pass_obj
def keys_command(context: Context, as_json: bool) -> None:
    """List every command of the reader: its id for [keys], its keys, where they work, and what it does."""
    commands = context.config().commands
    if as_json:
        for command in commands:
            json_line({"id": command.id, "keys": command.keys, "where": command.where.value, "title": command.title})
    else:
        rows = [(one.id, sentences.keys_of(one.keys), sentences.place(one.where), one) for one in commands]
        table([[*facts, words.command_title(one)] for *facts, one in rows])


def _settings(context: Context) -> "Config":
    """The settings, with nothing said of what is wrong: for the commands whose result that is."""
    from reader.config import load

    return load(context.config_path)


def _check(context: Context, *, as_json: bool) -> None:
    file = context.places().config
    settings = _settings(context)
    for fault in (*settings.faults, *settings.notes):
        facts = {"file": str(fault.file), "line": fault.line, "key": fault.key, "message": fault.message}
        if not as_json:
            click.echo(str(fault))
        elif fault in settings.faults:
            json_line(facts)
    if settings.faults:
        sys.exit(2)
    if not as_json:
        click.echo(sentences.all_well(len(settings.own)) if file.exists() else sentences.no_file(str(file)))
        if settings.rules:
            from reader.words.site_rules import rules_well

            click.echo(rules_well(len(settings.rules)))


def _made(file: Path) -> bool:
    """Make a settings file in which every default is commented out, if there is none. Say whether it was made."""
    from reader.config import shipped

    lines = (shipped() / "default.toml").read_text(encoding="utf-8").splitlines()
    text = "".join(f"# {line}\n" if line[:1].isalpha() else f"{line}\n" for line in lines[1:])
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(f"{sentences.own_file()}\n{text}")
    except FileExistsError:
        return False
    except OSError as error:
        raise NewsstandError(sentences.cannot_be_made(file, error.strerror)) from error
    return True


@click.command("demo", epilog="Examples:  newsstand demo    newsstand demo --offline")
@click.option("--offline", is_flag=True, help="Fetch every story first, then open without the demo's server.")
@click.pass_obj
def demo_command(context: Context, offline: bool) -> None:
    """Try the reader with four invented papers, in a library of their own. Your own library is not touched."""
    open_demo(context, offline=offline)


def open_demo(context: Context, *, offline: bool = False) -> None:
    """Open the reader on the invented papers; `offline`: on their kept stories, with the press closed."""
    needs_terminal("demo")
    settings = context.config()
    with tempfile.TemporaryDirectory(prefix="newsstand-demo-") as folder:
        library = Path(folder) / "library.db"
        log = Path(folder) / "newsstand.log"
        start_log(log)
        from reader.demo.press import Press

        press = Press()
        press.start()
        try:
            _subscribe(library, press)
            if offline:
                _keep_all(library, settings, press)
            from reader.ui import run

            run(library, settings, offline=offline, log=log)
        finally:
            press.stop()


def _subscribe(path: Path, press: "Press") -> None:
    from reader.store import Library

    with Library.open(path, who="demo") as library:  # so that the reader's own undo stops short of it
        for paper in press.papers:
            library.add_source(
                paper.feed_url, paper.name, short=paper.short, home=paper.home, folder=paper.folder,
                language=paper.language, press=paper.press,
            )  # fmt: skip


def _keep_all(path: Path, settings: "Config", press: "Press") -> None:
    """Make the offline edition: every story of the papers, and what is related to them; then the press closes."""
    from msgspec.structs import replace

    from reader.news.refresh import refresh
    from reader.news.stories import Desk
    from reader.store import Library

    everything = replace(settings, offline=replace(settings.offline, stories=1000, articles=1000, megabytes=1000))

    async def keep(library: "Library") -> None:
        progress = Progress()
        desk = Desk(library, everything)
        try:
            async with aclosing(refresh(desk, every=True)) as events:
                async for event in events:
                    progress.tell(event)
        finally:
            progress.clear()
            await desk.close()

    with Library.open(path, who="demo") as library:
        asyncio.run(keep(library))
    press.stop()
