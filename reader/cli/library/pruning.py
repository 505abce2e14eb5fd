"""`prune`: what the library keeps no longer."""

from typing import TYPE_CHECKING

import click

from reader.cli.context import Context
from reader.cli.output import json_line, say, table
from reader.errors import Misuse
from reader.text import clean_line
from reader.words import command_line as command_line_words

if TYPE_CHECKING:
    from reader.store import Bounds, Library, Pruned, PruneReport


@click.command("prune", epilog="Examples:  newsstand prune --dry-run    newsstand prune --compact")
@click.option("--dry-run", "dry", is_flag=True, help="Only say what would go.")
@click.option(
    "--compact", is_flag=True, help="Then write the file anew without its free space; nobody writes meanwhile."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def prune_command(context: Context, dry: bool, compact: bool, as_json: bool) -> None:
    """Remove what is beyond the days and megabytes of the settings, as the reader does by itself now and then.

    Never what is starred, in Read later or tagged, what is unread within its days, or open in a reader."""
    from reader.news.pruning import bounds_of, dry_run, prune

    if dry and compact:
        raise Misuse(command_line_words.only_one("--dry-run", "--compact"))
    bounds = bounds_of(context.config())
    with context.library() as library:
        if dry:
            report = dry_run(library, bounds)
        else:
            library.must_be_writable()
            report = prune(library, bounds)
            if compact:
                library.pruner.compact()
        _print(library, bounds, report, dry=dry, as_json=as_json)


def _print(library: "Library", bounds: "Bounds", report: "PruneReport", *, dry: bool, as_json: bool) -> None:
    titles = {number: source.title for number in report.sources if number and (source := library.source(number))}
    largest_first = sorted(report.sources.items(), key=lambda item: (-item[1].size, item[0]))
    if as_json:
        json_line(
            {
                "dry_run": dry,
                **_fields(report.total),
                "size": report.size,
                "after": report.after,
                "over": report.over,
                "days": bounds.days,
                "megabytes": bounds.megabytes,
                "sources": [
                    {"source": number or None, "title": titles.get(number), **_fields(pruned)}
                    for number, pruned in largest_first
                ],
            }
        )
        return
    rows = [
        [
            str(number) if number else "",
            clean_line(titles.get(number, ""), 60) or command_line_words.of_no_source(),
            *command_line_words.pruned_counts(pruned.articles, pruned.entries, pruned.size),
        ]
        for number, pruned in largest_first
    ]
    if rows:
        table(rows, gives_way=((1, 12),))
    total = report.total
    sentence = command_line_words.pruned(total.articles, total.entries, total.size, report.after, dry=dry)
    say(sentence, err=bool(rows))
    if report.over:
        say(command_line_words.over_bound(report.over), err=True)


def _fields(pruned: "Pruned") -> dict[str, int]:
    return {"articles": pruned.articles, "entries": pruned.entries, "bytes": pruned.size}
