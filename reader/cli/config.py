"""`config`: where the files are, whether the settings are right, and what the keys do."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader import words
from reader.cli.context import Context
from reader.cli.output import json_line, say, table
from reader.cli.output.terminal import is_terminal
from reader.errors import Misuse, NewsstandError
from reader.words import command_line as command_line_words
from reader.words import settings as settings_words

if TYPE_CHECKING:
    from reader.config import Config


@click.group(
    "config",
    invoke_without_command=True,
    epilog="Examples:  newsstand config edit    newsstand config check && newsstand    newsstand config keys",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def config_command(ctx: click.Context, as_json: bool) -> None:
    """Show where the files are. `show` lists the settings with who set each, `check` checks them, `edit` opens them,
    `keys` lists every command."""
    if ctx.invoked_subcommand is not None:
        return
    from reader.config import shipped
    from reader.config.paths import RULES, chosen_beside

    context: Context = ctx.obj
    paths = context.paths()
    files = {
        "config": paths.config,
        **({"chosen": chosen} if (chosen := chosen_beside(paths.config)) else {}),
        "defaults": shipped() / "default.toml",
        "keys": shipped() / "keys",
        "sites": paths.config.parent / RULES,
        "library": paths.library,
        "log": paths.log,
    }
    if as_json:
        json_line({name: str(path) for name, path in files.items()})
    else:
        table(
            [[name, str(path), "" if path.exists() else settings_words.not_there_yet()] for name, path in files.items()]
        )
    for fault in _settings(context).faults:
        say(str(fault), err=True)


@config_command.command("show", epilog="Examples:  newsstand config show    newsstand config show --json | jq .value")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per setting and line.")
@click.pass_obj
def show_command(context: Context, as_json: bool) -> None:
    """List every setting with its value and who set it: nobody (default), you in the reader, or your settings file."""
    from reader.config.loading import SECTIONS

    settings = _settings(context)
    for fault in settings.faults:
        say(str(fault), err=True)
    rows = []
    for section, struct in SECTIONS.items():
        for key in struct.__struct_fields__:
            name, value = f"{section}.{key}", getattr(getattr(settings, section), key)
            file = {"own": settings.file, "chosen": settings.chosen_file, "default": None}[settings.origin(name)]
            if as_json:
                source = str(file) if file is not None else None
                json_line({"setting": name, "value": value, "origin": settings.origin(name), "file": source})
            else:
                rows.append([name, settings_words.shown(value), settings_words.origin(settings.origin(name))])
    table(rows)


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
        raise Misuse(command_line_words.editor_needs_terminal())
    file = context.paths().config
    if file.is_dir():
        raise Misuse(f"{file}: {settings_words.a_folder()}")
    if _made(file):
        say(settings_words.made_file(str(file)), err=True)
    try:
        click.edit(filename=str(file))
    except click.ClickException as error:
        raise NewsstandError(settings_words.no_editor(str(file))) from error
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
        rows = [(one.id, settings_words.keys_of(one.keys), settings_words.context(one.where), one) for one in commands]
        table([[*facts, words.command_title(one)] for *facts, one in rows])


def _settings(context: Context) -> "Config":
    """The settings, with nothing said of what is wrong: for the commands whose result that is."""
    from reader.config import load

    return load(context.config_path)


def _check(context: Context, *, as_json: bool) -> None:
    file = context.paths().config
    settings = _settings(context)
    for fault in (*settings.faults, *settings.notes):
        facts = {"file": str(fault.file), "line": fault.line, "key": fault.key, "message": fault.message}
        if not as_json:
            say(str(fault))
        elif fault in settings.faults:
            json_line(facts)
    if settings.faults:
        sys.exit(2)
    if not as_json:
        chosen = len(settings.chosen)
        say(
            settings_words.settings_valid(len(settings.own))
            if file.exists()
            else settings_words.no_file(str(file), chosen)
        )
        if chosen:
            say(settings_words.chosen_settings(chosen, str(settings.chosen_file)))
        if settings.rules:
            from reader.words.site_rules import rules_valid

            say(rules_valid(len(settings.rules)))


def _made(file: Path) -> bool:
    """Make a settings file in which every default is commented out, if there is none. Say whether it was made."""
    from reader.config import shipped

    lines = (shipped() / "default.toml").read_text(encoding="utf-8").splitlines()
    text = "".join(f"# {line}\n" if line[:1].isalpha() else f"{line}\n" for line in lines[1:])
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("x", encoding="utf-8") as stream:
            stream.write(f"{settings_words.own_file()}\n{text}")
    except FileExistsError:
        return False
    except OSError as error:
        raise NewsstandError(settings_words.cannot_be_made(file, error.strerror)) from error
    return True
