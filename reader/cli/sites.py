"""Commands for site rules: which there are, what one finds on a page, and how to begin one."""

import asyncio
import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, NamedTuple

import click

from reader.cli import Context
from reader.cli.output import complain, failure_json, json_line, table
from reader.errors import BadSetting, Misuse, NewsstandError, NotAPage, NotFound, WorkerError
from reader.text import clean_line
from reader.words import command_line as said
from reader.words import site_rules as sentences

if TYPE_CHECKING:
    from reader.config.rules import RuleFile
    from reader.models import Failure
    from reader.news.rule_report import Report


@click.group(
    "site",
    epilog="Examples:  newsstand site list    newsstand site test https://example.org/story    "
    "newsstand site new example.org > mine.toml    newsstand site test page.html --rule mine.toml",
)
def site_command() -> None:
    """List, test and write rules for sites whose articles are extracted wrongly.

    Your own rules are TOML files in the folder `sites` beside your settings; docs/site-rules.md describes them."""


@site_command.command(
    "list",
    short_help="List the rules and their hosts.",
    epilog="Example:  newsstand site list | grep tuoitre",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per rule and line.")
@click.pass_obj
def list_command(context: Context, as_json: bool) -> None:
    """List the rules in the order in which they are tried: name, origin and hosts."""
    from reader.news.rule_report import listed

    rules = listed(context.config())
    if as_json:
        for one in rules:
            json_line(
                {
                    "name": one.rule.name,
                    "file": one.rule.file,
                    "own": one.rule.own,
                    "replaces": one.replaces,
                    "hosts": one.values.hosts,
                    "marks": one.values.selectors.get("marks", ()),
                    "keys": list(one.values.selectors),
                }
            )
        return
    table(
        [
            [
                clean_line(one.rule.name),
                sentences.whose(own=one.rule.own, replaces=one.replaces),
                sentences.meant_for(one.values.hosts, bool(one.values.selectors.get("marks"))),
            ]
            for one in rules
        ],
        ["bold", "dim", None],
    )


@site_command.command(
    "new",
    short_help="Print a rule to start from.",
    epilog="\b\nExample:\n  newsstand site new example.org > ~/.config/newsstand/sites/example.toml",
)
@click.argument("host", metavar="HOST")
@click.pass_obj
def new_command(context: Context, host: str) -> None:
    """Print a rule to start from: the one that is used for HOST now, or a template with every key explained."""
    from reader.config.places import RULES
    from reader.news.rule_report import host_of, rule_for, template

    name = host_of(host)
    if "." not in name:
        raise Misuse(sentences.host_wanted(clean_line(host)))
    rule = rule_for(context.config(), name)
    click.echo(rule.data.decode("utf-8-sig") if rule else template(name), nl=False)
    file = context.places().config.parent / RULES / f"{rule.name if rule else name}.toml"
    click.echo(sentences.save_as(clean_line(str(file)), rule.name if rule else ""), err=True)


@site_command.command(
    "test",
    short_help="Show what each selector finds on a page.",
    epilog="\b\nExamples:\n  newsstand site test https://example.org/story\n"
    "  newsstand site test page.html --url https://example.org/story --rule mine.toml\n"
    "  curl -s URL | newsstand site test - --url URL --json",
)
@click.argument("what", metavar="URL|FILE|-")
@click.option("--rule", type=click.Path(), help="Test this rule, even if it does not match the page.")
@click.option("--url", help="The web address of the file or of standard input.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def test_command(context: Context, what: str, rule: str | None, url: str | None, as_json: bool) -> None:
    """Show what each selector of a rule finds on a page, and what is found without the rule. Nothing is saved."""
    settings = context.config()
    only = None if rule is None else _rule(Path(rule))
    got = _page(context, what, url)
    name = clean_line(what)
    if isinstance(got, _Failed):
        if as_json:
            json_line({"url": url or what, "failure": failure_json(got.failure)})
        else:
            complain(name, got.failure, promises=False)
        sys.exit(1)
    from reader.news.rule_report import attempt

    try:
        report = asyncio.run(attempt(settings.rules, only, got.page, got.url, encoding=got.encoding))
    except NotAPage as error:
        raise NewsstandError(f"{name}: {sentences.not_a_page()}") from error
    except WorkerError as error:
        raise NewsstandError(f"{name}: {sentences.took_too_long(str(error))}") from error
    if as_json:
        json_line(_fields(report))
        return
    from reader.cli.site_report import lines, styled
    from reader.config.places import RULES

    width = min(max(get_terminal_size().columns, 40), 120)
    for line in lines(report, width, folder=context.places().config.parent / RULES):
        click.echo(styled(line))


class _Failed(NamedTuple):
    """What was asked for could not be had."""

    failure: "Failure"


class _Page(NamedTuple):
    """The bytes of a page, and where it stands."""

    page: bytes
    url: str
    encoding: str | None = None


def _page(context: Context, what: str, url: str | None) -> _Page | _Failed:
    from reader.models import Failure, FailureKind
    from reader.news.local_file import LARGEST_FILE, NOWHERE, own_address
    from reader.text.urls import is_web

    if url is not None and not is_web(url):
        raise Misuse(said.not_web(f"site test: --url {clean_line(url)}"))
    if is_web(what):
        if url is not None:
            raise Misuse(said.only_with_file(clean_line(what)))
        return _fetched(context, what)
    if what == "-":
        if sys.stdin is None:
            raise Misuse(said.input_closed("site test -"))
        data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    else:
        try:
            with Path(what).open("rb") as file:
                data = file.read(LARGEST_FILE + 1)
        except (FileNotFoundError, NotADirectoryError, ValueError) as error:
            raise NotFound(said.neither_page_nor_file(clean_line(what))) from error
        except OSError as error:
            return _Failed(Failure(FailureKind.UNREADABLE, what, cause=str(error)))
    if len(data) > LARGEST_FILE:
        return _Failed(Failure(FailureKind.TOO_LARGE, what, limit=LARGEST_FILE))
    return _Page(data, url or own_address(data) or NOWHERE)


def _fetched(context: Context, url: str) -> _Page | _Failed:
    from reader.models import Failure
    from reader.news.rule_report import fetch

    answer = asyncio.run(fetch(context.config(), url))
    if isinstance(answer, Failure):
        return _Failed(answer)
    return _Page(answer.body, answer.final_url, answer.charset)


def _rule(file: Path) -> "RuleFile":
    from reader.config.rules import own_rule

    rule, faults = own_rule(file)
    if rule is None:
        raise BadSetting("\nnewsstand: ".join(map(str, faults)))
    return rule


def _fields(report: "Report") -> dict[str, object]:
    rule = report.rule
    return {
        "url": report.url,
        "rule": rule.name if rule else None,
        "file": rule.file if rule else None,
        "fits": report.fits or None,
        "how": report.how,
        "parts": [
            {
                "part": row.part,
                "line": row.line,
                "verdict": row.verdict,
                "rule": row.ruled,
                "generic": row.generic,
                "place": row.place or None,
                "selectors": [
                    {"key": key, "css": one.css, "found": one.found, "taken": one.taken, "said": one.said}
                    for key, one in row.tried
                ],
            }
            for row in report.rows
        ],
    }
