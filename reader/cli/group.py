"""The command line's group: which commands there are, how each is found, and the exit codes they end in.

A stage (fetch, the interface, the library) is imported inside the command that needs it, and a command's module when
it is asked for, so that `--help` and completion are quick.
"""

import contextlib
import errno
import io
import os
import signal
import sys
from typing import TYPE_CHECKING

import click

from reader import __version__
from reader.errors import Misuse, NewsstandError

if TYPE_CHECKING:
    from pathlib import Path


from reader.cli.context import Context, needs_terminal, start_log

CATALOGUES = os.path.isdir(os.path.join(os.path.dirname(__file__), "..", "_locale"))  # noqa: PTH112, PTH118, PTH120 # see _path
"""Whether there are translations of any language."""


class CommandGroup(click.Group):
    """A group whose commands are imported when they are asked for; its help imports none."""

    FAMILIES = {  # noqa: RUF012 # click's classes are configured by attributes
        "Read": {
            "list": ("stories", "Print headlines, newest first."),
            "read": ("stories", "Print stories as Markdown."),
            "mark": ("stories", "Mark stories read, unread, starred or saved."),
            "save": ("stories", "Add pages to Read later, and keep them for reading offline."),
        },
        "Sources": {
            "add": ("adding", "Subscribe to a website, a feed or a paper of the catalogue."),
            "catalogue": ("adding", "List newspapers to subscribe to."),
            "sources": ("sources", "List your sources, with unread headlines and errors."),
            "rename": ("sources", "Rename a source."),
            "move": ("sources", "Move a source into a folder, or within its folder."),
            "set": ("sources", "Change the settings of one source."),
            "remove": ("sources", "Unsubscribe from sources. Starred stories stay."),
            "import": ("import_export", "Import subscriptions from OPML or newsboat."),
            "export": ("import_export", "Export your subscriptions as OPML."),
        },
        "Update": {
            "refresh": ("refresh", "Fetch new headlines, and keep stories for reading offline."),
            "offline": ("refresh", "Keep all unread stories for reading offline."),
            "undo": ("sources", "Undo what the command line did last."),
            "redo": ("sources", "Redo what was undone."),
        },
        "Newsstand": {
            "prune": ("library.pruning", "Remove what is beyond the days and megabytes that are kept."),
            "config": ("config", "Show where the files are; check and edit settings."),
            "site": ("sites", "List and test extraction rules for single sites."),
            "backup": ("library.backups", "Back up the library, or list the backups."),
            "restore": ("library.backups", "Put a backup in the place of the library."),
            "completion": ("completion", "Print the completion script for a shell."),
            "doctor": ("library.doctor", "Check the library's file, and repair it."),
            "demo": ("demo", "Try the reader with four invented papers; needs no network."),
        },
    }
    """Heading, command, the module it stands in, and what it does."""

    COMMANDS = {name: entry for group in FAMILIES.values() for name, entry in group.items()}  # noqa: RUF012 # the same

    def list_commands(self, ctx: click.Context) -> list[str]:
        """In the order of the help."""
        return list(self.COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the family the command belongs to."""
        if cmd_name not in self.COMMANDS:
            return None
        from importlib import import_module

        module = import_module(f"reader.cli.{self.COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        command.short_help = self.COMMANDS[cmd_name][1]
        command.epilog = _examples(command.epilog)
        translate(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the command that may have been meant, where there is none of that name."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in self.COMMANDS and not ctx.resilient_parsing:
            from difflib import get_close_matches

            near = get_close_matches(name, self.COMMANDS, 3, 0.5)
            from reader.words.command_line import no_such_command

            raise Misuse(no_such_command(name, near))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; one whose output nobody reads any more ends as programs do then, not with click's 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _drop_output()
            sys.exit(128 + signal.SIGPIPE)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Print each command with its line, under headings."""
        wide = max(map(len, self.COMMANDS))
        for heading, commands in self.FAMILIES.items():
            with formatter.section(_translated(heading)):
                formatter.write_dl([(name.ljust(wide), _translated(line)) for name, (_, line) in commands.items()])


def _translated(text: str) -> str:
    """The text in the language of the environment. Without catalogues, gettext need not even be loaded."""
    if not CATALOGUES:
        return text
    from reader.words.translation import translated

    return translated(text)


def translate(command: click.Command) -> None:
    """Translate the help of a command, of its options and of the commands within it.

    It stands in English beside what it explains, where click looks for it, and not in `reader.words`.
    """
    for name in ("help", "short_help", "epilog"):
        text = getattr(command, name)
        setattr(command, name, _translated(text) if text else text)
    for option in command.params:
        if isinstance(option, click.Option) and option.help:
            option.help = _translated(option.help)
    for within in command.commands.values() if isinstance(command, click.Group) else ():
        translate(within)


def _examples(epilog: str | None) -> str | None:
    """Put each example of an epilog on a line of its own: they are parted by four blanks."""
    heading, colon, rest = (epilog or "").partition(":  ")
    if not colon or epilog is None or epilog.startswith("\b"):
        return epilog
    lines = "\n".join(f"  {example.strip()}" for example in rest.split("    ") if example.strip())
    return f"\b\n{heading}:\n{lines}"


def _path(_ctx: click.Context, _option: click.Parameter, value: str | None) -> "Path | None":
    if value is None:
        return None
    from pathlib import Path  # as slow as a third of click: a page of help needs none

    return Path(value)


@click.group(
    cls=CommandGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="With no command, the reader opens. To try it without subscribing to anything: newsstand demo",
)
@click.option("--library", type=click.Path(dir_okay=False), callback=_path, help="Use this library file.")
@click.option("--config", type=click.Path(), callback=_path, help="Use this settings file.")
@click.version_option(__version__, prog_name="newsstand")
@click.pass_context
def newsstand(ctx: click.Context, library: "Path | None", config: "Path | None") -> None:
    """Newsstand: newspapers in the terminal, whole articles, offline."""
    ctx.obj = Context(library, config)
    if config is not None and ctx.invoked_subcommand != "config":  # which makes it, or says itself that it is not there
        ctx.obj.must_have_config()
    if ctx.invoked_subcommand is None:
        open_reader(ctx.obj)


def open_reader(context: Context) -> None:
    """Open the interface on the library of `context`; it shows itself what is wrong in the settings."""
    needs_terminal("reader")
    import gc

    gc.disable()  # until the first screen stands: see reader.ui.run
    from reader.config import load

    settings = load(context.config_path)
    paths = context.paths()
    start_log(paths.log)
    from reader.ui import run

    if run(paths.library, settings, log=paths.log) == "demo":
        from reader.cli.demo import open_demo

        open_demo(context)


def main() -> None:
    """Run the command line, and end the process with its exit code."""
    if "_NEWSSTAND_COMPLETE" in os.environ:
        sys.exit(_complete())
    if sys.stdout is None:  # closed by whoever started us: nobody would see what comes
        from reader.words.command_line import output_closed

        sys.exit(_failed(output_closed(), 1))
    for stream in (sys.stdout, sys.stderr):  # where a terminal's encoding lacks a letter, `?` stands for it
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):  # a byte that is no UTF-8 costs the word that it stands in
        sys.stdin.reconfigure(errors="surrogateescape")
    sys.excepthook = lambda _kind, error, _trace: _unforeseen(error)
    translate(newsstand)
    try:
        code = newsstand.main(prog_name="newsstand", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        code = _show(error)
    except (click.Abort, KeyboardInterrupt):
        code = 128 + signal.SIGINT
    except Misuse as error:
        code = _failed(str(error), 2)
    except NewsstandError as error:
        code = _failed(str(error), 1)
    except BrokenPipeError:  # whoever read our output has gone (`| head`): that is no failure of ours to tell of
        code = 128 + signal.SIGPIPE
    except OSError as error:
        if error.filename is not None or error.errno not in (errno.ENOSPC, errno.EIO, errno.EBADF):
            raise
        from reader.words.command_line import output_failed

        code = _failed(output_failed(error.strerror), 1)
    if code == 128 + signal.SIGPIPE or code == 1:
        _drop_output()
    sys.exit(code if isinstance(code, int) else 0)


def _complete() -> int:
    """Answer a shell that completes a line; whatever is wrong, there is then nothing to offer, and nothing is said."""
    with contextlib.suppress(Exception), contextlib.redirect_stderr(None):
        newsstand.main(prog_name="newsstand", standalone_mode=False)
        sys.stdout.flush()
    return 0


def _failed(sentence: str, code: int) -> int:
    if sys.stderr is not None:
        from reader.cli.output import say_failure

        say_failure(f"newsstand: {sentence}")
    return code


def _show(error: click.ClickException) -> int:
    """Print what click has to say of a command line, which it quotes as it was typed."""
    from reader.cli.output import say_failure

    said = io.StringIO()
    error.show(file=said)
    if sys.stderr is not None:
        say_failure(said.getvalue().rstrip("\n"))
    return error.exit_code


def _unforeseen(error: BaseException) -> None:
    """Print the traceback of an error of ours: it may quote what a feed, a file or an address says."""
    import traceback

    from reader.cli.output import say_failure

    if sys.stderr is not None:
        say_failure("".join(traceback.format_exception(error)).rstrip("\n"))


def _drop_output() -> None:
    """Let what cannot be printed go: Python would try once more at its end, and complain."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
