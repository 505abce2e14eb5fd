"""The command `doctor`: what is wrong with the library's file, and repair into a new one."""

import sys
from dataclasses import asdict
from datetime import datetime

import click

from reader.cli.context import Context, start_log
from reader.cli.output import confirmed, json_line, say
from reader.cli.output.terminal import is_terminal
from reader.errors import Misuse
from reader.words import library as library_words


@click.command("doctor", epilog="Examples:  newsstand doctor    newsstand doctor --repair")
@click.option("--repair", "wanted", is_flag=True, help="Make a sound library of what can be read, after asking.")
@click.option("--yes", "sure", is_flag=True, help="Repair without asking.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.pass_obj
def doctor_command(context: Context, wanted: bool, sure: bool, as_json: bool) -> None:
    """Check the library's file, and say in words what is wrong. The exit code is 1 then. Nothing is written into it.

    --repair makes a new library of all that can be read, checks it, and puts it in the place of the damaged one, which
    is kept beside it under a name with the date.
    """
    from reader.config.paths import unless_default
    from reader.store.doctor.check import check
    from reader.store.doctor.repair import repair

    if sure and not wanted:
        raise Misuse(library_words.yes_without_repair())
    paths = context.paths()
    start_log(paths.log)
    path = paths.library
    found = check(path)
    for finding in found:
        sentence = library_words.finding(finding.kind, finding.count, finding.what)
        if as_json:
            json_line({**asdict(finding), "message": sentence})
            continue
        say(sentence)
        for detail in finding.details:
            say(f"  {library_words.sqlite_says(detail)}")
    if not found or {finding.kind for finding in found} == {"old"}:
        if not found and not as_json:
            say(library_words.well(path))
        return
    if not wanted:
        say(library_words.repair_next(unless_default(path)), err=True)
        sys.exit(1)
    if not sure:
        if not is_terminal(sys.stdin, sys.stderr):
            raise Misuse(library_words.needs_yes())
        if not confirmed(library_words.ask_repair(path)):
            say(library_words.nothing_written(), err=True)
            sys.exit(1)
    done = repair(path, datetime.now().astimezone())
    if as_json:
        json_line(
            {
                "repaired": str(path),
                "kept": str(done.kept),
                "rows": dict(done.rebuilt.rows),
                "lost": dict(done.rebuilt.lost),
                "left": len(done.left),
            }
        )
        return
    say(library_words.repaired(path, done.kept))
    say(library_words.saved_rows(done.rebuilt.rows))
    if made := library_words.made_rows(done.rebuilt.made["statuses"], done.rebuilt.made["sources"]):
        say(made)
    say(library_words.lost_rows(done.rebuilt.lost["entries"], done.rebuilt.lost["articles"]))
    for finding in done.left:
        say(library_words.finding(finding.kind, finding.count, finding.what))
