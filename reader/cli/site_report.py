"""A report on a site rule as lines for a terminal: part by part, the rule's find above the generic way's. Pure."""

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap
from typing import NamedTuple

import click

from reader.cli.output import cells, shows_colour
from reader.news.local_file import NOWHERE
from reader.news.rule_report import FACTS, LISTS, Report, Row
from reader.text import clean_line, fold
from reader.text.urls import host
from reader.words import site_rules as sentences

_PART = 9
_LABEL = 11
_FEW = 3


class Line(NamedTuple):
    """A line of a report: a part of the article, what is told of it, and that."""

    part: str
    label: str
    text: str
    style: str = ""


def lines(report: Report, width: int, *, folder: Path) -> Iterator[Line]:
    """Yield the lines of a report, the parts' cut to `width` cells. `folder` is that of a person's own rules."""
    name = host(report.url)
    rule = report.rule
    told = sentences.no_rule_fits(name) if report.url != NOWHERE else sentences.no_address()
    if rule is not None:
        told = sentences.rule_fits(clean_line(rule.name), report.fits, own=rule.own)
    yield from _sentence(told, width, "bold")
    if rule is not None:
        yield Line("", "", clean_line(rule.file), "dim")
    yield Line("", "", "")
    for row in report.rows:
        for number, line in enumerate(_part(row, with_rule=report.rule is not None)):
            yield line._replace(part=row.part if number == 0 else "", text=_cut(line.text, width - _PART - _LABEL))
    yield Line("", "", "")
    if report.rule is not None:
        for verdict in ("same", "differs", "rule", "generic", "none"):
            parts = [row.part for row in report.rows if row.verdict == verdict and row.part != "drop"]
            if parts:
                yield from _sentence(sentences.summary(verdict, parts), width)
    for hint in hints(report, name, clean_line(str(folder))):
        yield from _sentence(hint, width, "bold")


def _sentence(text: str, width: int, style: str = "") -> Iterator[Line]:
    """Not broken within a word: what is to be copied stays whole."""
    for line in wrap(text, width, break_long_words=False, break_on_hyphens=False):
        yield Line("", "", line, style)


def hints(report: Report, name: str, folder: str) -> list[str]:
    """Return what to do next, the most pressing first."""
    if report.rule is None and report.url == NOWHERE:
        return []
    if report.rule is None:
        return [sentences.start_one(name, folder)]
    found = []
    body, date = report.row("body"), report.row("date")
    if body.tried and not report.how.startswith("rule:"):
        found.append(sentences.mute_body(body.line))
    found += [sentences.mute_part(row.part, row.line) for row in report.mute() if row.part in FACTS and row.generic]
    if not date.ruled and any(tried.taken and tried.said for _, tried in date.tried):
        found.append(sentences.no_date(date.line))
    if not found:
        return [sentences.well()]
    if not report.rule.own:
        found.append(sentences.copy_first(report.rule.name, name, folder))
    return found


def styled(line: Line) -> str:
    """Return the line as it is printed: with styles on a terminal that has some, and NO_COLOR is not set."""
    if not line.part and not line.label:
        head, text = "", line.text
    else:
        head, text = line.part.ljust(_PART) + line.label.ljust(_LABEL), line.text
    if not shows_colour():
        return (head + text).rstrip()
    head = (
        click.style(line.part.ljust(_PART), bold=True) + click.style(line.label.ljust(_LABEL), dim=True) if head else ""
    )
    return head + click.style(text, bold=line.style == "bold" or None, dim=line.style == "dim" or None)


def _part(row: Row, *, with_rule: bool) -> Iterator[Line]:
    """The lines of one part; none where there is nothing to say of it."""
    taken = [(key, tried) for key, tried in row.tried if tried.taken]
    if row.tried and not taken:
        yield Line("", sentences.at_line(row.line), sentences.finds_nothing(len(row.tried)))
    for number, (key, tried) in enumerate(taken[:_FEW]):
        helper = "" if key == row.part else f"{key}: "
        label = sentences.at_line(row.line) if number == 0 else " "
        yield Line("", label, f"{helper}{tried.css} · {sentences.found(tried.found)}")
        if tried.said and (row.part == "drop" or (row.part in FACTS and not _same(tried.said, row.ruled))):
            yield Line("", " ", f"“{tried.said}”", "dim")
    if len(taken) > _FEW:
        yield Line("", " ", ", ".join(f"{tried.css} · {tried.found}" for _, tried in taken[_FEW:]), "dim")
    if row.part != "drop":
        if with_rule and (row.tried or row.ruled or row.generic):
            yield from _values(sentences.with_rule(), row.part, row.ruled)
            if row.verdict == "same":
                yield Line("", sentences.report_label("generic"), "=", "dim")
            elif row.ruled or row.generic:
                yield from _values(sentences.report_label("generic"), row.part, row.generic)
                if row.part == "body":
                    yield from _apart(row)
        elif row.generic:
            yield from _values(sentences.report_label("generic"), row.part, row.generic)
    if row.place and row.place not in (tried.css for _, tried in taken):
        yield Line("", sentences.report_label("there"), clean_line(row.place))
    missed = [tried.css for _, tried in row.tried if not tried.found]
    if missed:
        yield Line("", sentences.report_label("nothing"), ", ".join(missed), "dim")
    unused = [f"{tried.css} · {tried.found}" for _, tried in row.tried if tried.found and not tried.taken]
    if unused:
        yield Line("", sentences.report_label("unused"), ", ".join(unused), "dim")


def _same(said: str, values: tuple[str, ...]) -> bool:
    return fold(said) in (fold(value) for value in values)


def _values(label: str, part: str, values: tuple[str, ...]) -> Iterator[Line]:
    """What one way has of a part."""
    if not values:
        yield Line("", label, "–")
    elif part == "body":
        yield Line("", label, sentences.body_size(sum(map(len, values)), len(values)))
        yield Line("", sentences.report_label("first"), clean_line(values[0]))
        if len(values) > 1:
            yield Line("", sentences.report_label("last"), clean_line(values[-1]))
    elif part in LISTS:
        count = sentences.pictures(len(values)) if part == "figure" else sentences.stories(len(values))
        yield Line("", label, count)
        for value in values[:_FEW]:
            yield Line("", " ", clean_line(value))
        if len(values) > _FEW:
            yield Line("", " ", "…")
    else:
        yield Line("", label, clean_line(", ".join(values)))


def _apart(row: Row) -> Iterator[Line]:
    """The paragraphs that only one way has: what a rule lets in, or leaves out."""
    one, other = {fold(text) for text in row.ruled}, {fold(text) for text in row.generic}
    for sign, texts, there in (("+", row.ruled, other), ("-", row.generic, one)):
        only = [text for text in texts if fold(text) not in there]
        for text in only[:_FEW]:
            yield Line("", f"    {sign}", clean_line(text))
        if len(only) > _FEW:
            yield Line("", f"    {sign}", sentences.more_paragraphs(len(only) - _FEW))


def _cut(text: str, width: int) -> str:
    """The text, at most so many cells wide, `…` at its end where something was cut."""
    if cells(text) <= width:
        return text
    kept, used = "", 0
    for letter in text:
        used += cells(letter)
        if used >= width:
            break
        kept += letter
    return kept.rstrip() + "…"
