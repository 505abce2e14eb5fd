"""Commands for site rules: which there are, what one finds on a page, and how to begin one."""

import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import get_terminal_size
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

import click

from reader import shutdown
from reader.cli.context import Context
from reader.cli.output import cells, complain, failure_json, json_line, say, say_styled, shows_colour, table
from reader.errors import BadSetting, Misuse, NewsstandError, NotAPage, NotFound, WorkerError
from reader.news.rule_report import FACTS, LISTS, Report, ReportRow
from reader.text import clean_line, fold, inert
from reader.text.secrets import without_secrets
from reader.text.urls import host
from reader.words import command_line as command_line_words
from reader.words import site_rules as site_rules_words
from reader.words.datetimes import stories

if TYPE_CHECKING:
    from reader.config.values import RuleFile
    from reader.models import Failure


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
                site_rules_words.whose(own=one.rule.own, replaces=one.replaces),
                site_rules_words.meant_for(one.values.hosts, bool(one.values.selectors.get("marks"))),
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
    from reader.config.paths import RULES
    from reader.news.rule_report import host_of, rule_for, template

    name = host_of(host)
    if "." not in name:
        raise Misuse(site_rules_words.host_wanted(clean_line(host)))
    rule = rule_for(context.config(), name)
    say(rule.data.decode("utf-8-sig") if rule else template(name), nl=False)
    file = context.paths().config.parent / RULES / f"{rule.name if rule else name}.toml"
    say(site_rules_words.save_as(clean_line(str(file)), rule.name if rule else ""), err=True)


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
            json_line({"url": without_secrets(url or what), "failure": failure_json(got.failure)})
        else:
            complain(name, got.failure, promises=False)
        sys.exit(1)
    from reader.news.rule_report import attempt

    try:
        report = shutdown.run(attempt(settings.rules, only, got.page, got.url, encoding=got.encoding))
    except NotAPage as error:
        raise NewsstandError(f"{name}: {site_rules_words.not_a_page()}") from error
    except WorkerError as error:
        raise NewsstandError(f"{name}: {site_rules_words.took_too_long(str(error))}") from error
    if as_json:
        json_line(_fields(report))
        return
    from reader.config.paths import RULES

    width = min(max(get_terminal_size().columns, 40), 120)
    for line in lines(report, width, folder=context.paths().config.parent / RULES):
        say_styled(styled(line))


class _Failed(NamedTuple):
    """What was asked for could not be had."""

    failure: "Failure"


class _PageToTest(NamedTuple):
    """The bytes of a page, and where it stands."""

    page: bytes
    url: str
    encoding: str | None = None


def _page(context: Context, what: str, url: str | None) -> _PageToTest | _Failed:
    from reader.models import Failure, FailureKind
    from reader.news.local_file import LARGEST_FILE, NOWHERE, own_address
    from reader.text.urls import is_web

    if url is not None and not is_web(url):
        raise Misuse(command_line_words.not_web(f"site test: --url {clean_line(url)}"))
    if is_web(what):
        if url is not None:
            raise Misuse(command_line_words.only_with_file(clean_line(what)))
        return _fetched(context, what)
    if what == "-":
        if sys.stdin is None:
            raise Misuse(command_line_words.input_closed("site test -"))
        data = sys.stdin.buffer.read(LARGEST_FILE + 1)
    else:
        try:
            with Path(what).open("rb") as file:
                data = file.read(LARGEST_FILE + 1)
        except (FileNotFoundError, NotADirectoryError, ValueError) as error:
            raise NotFound(command_line_words.neither_page_nor_file(clean_line(what))) from error
        except OSError as error:
            return _Failed(Failure(FailureKind.UNREADABLE, what, cause=str(error)))
    if len(data) > LARGEST_FILE:
        return _Failed(Failure(FailureKind.TOO_LARGE, what, limit=LARGEST_FILE))
    return _PageToTest(data, url or own_address(data) or NOWHERE)


def _fetched(context: Context, url: str) -> _PageToTest | _Failed:
    from reader.models import Failure
    from reader.news.rule_report import fetch

    answer = shutdown.run(fetch(context.config(), url))
    if isinstance(answer, Failure):
        return _Failed(answer)
    return _PageToTest(answer.body, answer.final_url, answer.charset)


def _rule(file: Path) -> "RuleFile":
    from reader.config.rules import own_rule

    rule, faults = own_rule(file)
    if rule is None:
        raise BadSetting("\nnewsstand: ".join(map(str, faults)))
    return rule


def _fields(report: Report) -> dict[str, object]:
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
                "place": row.selector or None,
                "selectors": [
                    {"key": key, "css": one.css, "found": one.found, "taken": one.taken, "said": one.said}
                    for key, one in row.tried
                ],
            }
            for row in report.rows
        ],
    }


_PART = 9
_LABEL = 11
_FEW = 3


class ReportLine(NamedTuple):
    """A line of a report: a part of the article, what is said of it, and that."""

    part: str
    label: str
    text: str
    style: str = ""


def lines(report: Report, width: int, *, folder: Path) -> Iterator[ReportLine]:
    """Yield the lines of a report, the parts' cut to `width` cells. `folder` is that of a person's own rules."""
    from reader.news.local_file import NOWHERE  # here: it loads what fetches and extracts

    name = host(report.url)
    rule = report.rule
    sentence = site_rules_words.no_rule_fits(name) if report.url != NOWHERE else site_rules_words.no_address()
    if rule is not None:
        sentence = site_rules_words.rule_fits(clean_line(rule.name), report.fits, own=rule.own)
    yield from _sentence(sentence, width, "bold")
    if rule is not None:
        yield ReportLine("", "", clean_line(rule.file), "dim")
    yield ReportLine("", "", "")
    for row in report.rows:
        for number, line in enumerate(_part(row, with_rule=report.rule is not None)):
            yield line._replace(part=row.part if number == 0 else "", text=_cut(line.text, width - _PART - _LABEL))
    yield ReportLine("", "", "")
    if report.rule is not None:
        for verdict in ("same", "differs", "rule", "generic", "none"):
            parts = [row.part for row in report.rows if row.verdict == verdict and row.part != "drop"]
            if parts:
                yield from _sentence(site_rules_words.summary(verdict, parts), width)
    for hint in hints(report, name, clean_line(str(folder))):
        yield from _sentence(hint, width, "bold")


def _sentence(text: str, width: int, style: str = "") -> Iterator[ReportLine]:
    """Not broken within a word: what is to be copied stays whole."""
    for line in wrap(text, width, break_long_words=False, break_on_hyphens=False):
        yield ReportLine("", "", line, style)


def hints(report: Report, name: str, folder: str) -> list[str]:
    """Return what to do next, the most pressing first."""
    from reader.news.local_file import NOWHERE  # here, as in `lines`

    if report.rule is None and report.url == NOWHERE:
        return []
    if report.rule is None:
        return [site_rules_words.start_one(name, folder)]
    found = []
    body, date = report.row("body"), report.row("date")
    if body.tried and not report.how.startswith("rule:"):
        found.append(site_rules_words.body_finds_nothing(body.line))
    found += [
        site_rules_words.part_finds_nothing(row.part, row.line)
        for row in report.parts_without_match()
        if row.part in FACTS and row.generic
    ]
    if not date.ruled and any(tried.taken and tried.said for _, tried in date.tried):
        found.append(site_rules_words.no_date(date.line))
    if not found:
        return [site_rules_words.rule_works()]
    if not report.rule.own:
        found.append(site_rules_words.copy_first(report.rule.name, name, folder))
    return found


def styled(line: ReportLine) -> str:
    """Return the line as it is printed: with styles on a terminal that has some, and NO_COLOR is not set."""
    if not line.part and not line.label:
        head, text = "", line.text
    else:
        head, text = line.part.ljust(_PART) + line.label.ljust(_LABEL), line.text
    text = inert(text)
    if not shows_colour():
        return (head + text).rstrip()
    head = (
        click.style(line.part.ljust(_PART), bold=True) + click.style(line.label.ljust(_LABEL), dim=True) if head else ""
    )
    return head + click.style(text, bold=line.style == "bold" or None, dim=line.style == "dim" or None)


def _part(row: ReportRow, *, with_rule: bool) -> Iterator[ReportLine]:
    """The lines of one part; none where there is nothing to say of it."""
    taken = [(key, tried) for key, tried in row.tried if tried.taken]
    if row.tried and not taken:
        yield ReportLine("", site_rules_words.at_line(row.line), site_rules_words.finds_nothing(len(row.tried)))
    for number, (key, tried) in enumerate(taken[:_FEW]):
        helper = "" if key == row.part else f"{key}: "
        label = site_rules_words.at_line(row.line) if number == 0 else " "
        yield ReportLine("", label, f"{helper}{tried.css} · {site_rules_words.found(tried.found)}")
        if tried.said and (row.part == "drop" or (row.part in FACTS and not _same(tried.said, row.ruled))):
            yield ReportLine("", " ", f"“{tried.said}”", "dim")
    if len(taken) > _FEW:
        yield ReportLine("", " ", ", ".join(f"{tried.css} · {tried.found}" for _, tried in taken[_FEW:]), "dim")
    if row.part != "drop":
        if with_rule and (row.tried or row.ruled or row.generic):
            yield from _values(site_rules_words.with_rule(), row.part, row.ruled)
            if row.verdict == "same":
                yield ReportLine("", site_rules_words.report_label("generic"), "=", "dim")
            elif row.ruled or row.generic:
                yield from _values(site_rules_words.report_label("generic"), row.part, row.generic)
                if row.part == "body":
                    yield from _apart(row)
        elif row.generic:
            yield from _values(site_rules_words.report_label("generic"), row.part, row.generic)
    if row.selector and row.selector not in (tried.css for _, tried in taken):
        yield ReportLine("", site_rules_words.report_label("there"), clean_line(row.selector))
    missed = [tried.css for _, tried in row.tried if not tried.found]
    if missed:
        yield ReportLine("", site_rules_words.report_label("nothing"), ", ".join(missed), "dim")
    unused = [f"{tried.css} · {tried.found}" for _, tried in row.tried if tried.found and not tried.taken]
    if unused:
        yield ReportLine("", site_rules_words.report_label("unused"), ", ".join(unused), "dim")


def _same(said: str, values: tuple[str, ...]) -> bool:
    return fold(said) in (fold(value) for value in values)


def _values(label: str, part: str, values: tuple[str, ...]) -> Iterator[ReportLine]:
    """What one way has of a part."""
    if not values:
        yield ReportLine("", label, "–")
    elif part == "body":
        yield ReportLine("", label, site_rules_words.body_size(sum(map(len, values)), len(values)))
        yield ReportLine("", site_rules_words.report_label("first"), clean_line(values[0]))
        if len(values) > 1:
            yield ReportLine("", site_rules_words.report_label("last"), clean_line(values[-1]))
    elif part in LISTS:
        count = site_rules_words.pictures(len(values)) if part == "figure" else stories(len(values))
        yield ReportLine("", label, count)
        for value in values[:_FEW]:
            yield ReportLine("", " ", clean_line(value))
        if len(values) > _FEW:
            yield ReportLine("", " ", "…")
    else:
        yield ReportLine("", label, clean_line(", ".join(values)))


def _apart(row: ReportRow) -> Iterator[ReportLine]:
    """The paragraphs that only one way has: what a rule lets in, or leaves out."""
    one, other = {fold(text) for text in row.ruled}, {fold(text) for text in row.generic}
    for sign, texts, there in (("+", row.ruled, other), ("-", row.generic, one)):
        only = [text for text in texts if fold(text) not in there]
        for text in only[:_FEW]:
            yield ReportLine("", f"    {sign}", clean_line(text))
        if len(only) > _FEW:
            yield ReportLine("", f"    {sign}", site_rules_words.more_paragraphs(len(only) - _FEW))


def _cut(text: str, width: int) -> str:
    """The text, at most so many cells wide, `…` at its end where something was cut.

    Anywhere, not at a space as the interface cuts: it is mostly selectors, which are no words.
    """
    if cells(text) <= width:
        return text
    kept, used = "", 0
    for letter in text:
        used += cells(letter)
        if used >= width:
            break
        kept += letter
    return kept.rstrip() + "…"
