"""Site rules, to look at and to try: what `newsstand site` prints, as values. The pure part is `report`.

A rule is tried in a worker process: a selector that takes too long ends with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reader.config import Config
from reader.config.lines import lines_of
from reader.config.rules import RuleValues, in_order, parse_rule_file
from reader.config.values import RuleFile
from reader.models import Article, Failure, LinkKind
from reader.news.workers import Pool
from reader.text import fold
from reader.text.urls import host

if TYPE_CHECKING:
    from reader.extract.rule_trial import RuleTrial, SelectorResult
    from reader.fetch import Response

FACTS = ("title", "kicker", "section", "lede", "authors", "date", "tags")
"""Parts of which each way has one value, in the order in which they are shown."""

LISTS = ("figure", "related", "more", "next")
_HELPERS = {"signature": "authors", "caption": "figure", "credit": "figure"}
"""Keys that help to find another part."""


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One part of an article. `tried`: the rule's selectors for it, with the key each stands under; `line`: where that
    key stands in the file. `ruled` and `generic`: what each way has of it, a text or several.

    `selector`: a selector of the element in which the generic way found it, "" where that is not known.

    `verdict` is same, differs, rule (only the rule has it), generic (only the generic way) or none.
    """

    part: str
    line: int | None
    tried: tuple[tuple[str, "SelectorResult"], ...]
    ruled: tuple[str, ...]
    generic: tuple[str, ...]
    verdict: str
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What a trial says, part by part. `how` is the article's: `rule:NAME` where the rule found the body."""

    url: str
    rule: RuleFile | None
    fits: str
    how: str
    rows: tuple[ReportRow, ...]

    def row(self, part: str) -> ReportRow:
        """The row of one part."""
        return next(row for row in self.rows if row.part == part)

    def parts_without_match(self) -> list[ReportRow]:
        """Parts for which the rule has selectors, and none of them finds anything on this page."""
        return [row for row in self.rows if row.tried and not any(tried.found for _, tried in row.tried)]


async def fetch(config: Config, url: str) -> "Response | Failure":
    """Ask for one page, and keep nothing."""
    from reader.fetch import PAGES
    from reader.news.stories import http_client

    async with http_client(config) as client:
        return await client.get(url, accept=PAGES)


async def attempt(
    own: tuple[RuleFile, ...], only: RuleFile | None, page: bytes, url: str, *, encoding: str | None = None
) -> Report:
    """Try the rule that fits a page, or `only`. Raises NotAPage, and WorkerError where it takes too long."""
    from reader.extract.rule_trial import try_rule

    pool = Pool(1)
    try:
        return report(await pool.run(try_rule, own, only, page, url, encoding=encoding))
    finally:
        pool.close()


def report(trial: "RuleTrial") -> Report:
    """Put what a rule found beside what the generic way found. Pure."""
    lines = lines_of(trial.rule.data.decode("utf-8-sig")) if trial.rule else {}
    tried, selectors = dict(trial.parts), dict(trial.default_selectors)
    rows = []
    for part in (*FACTS, "body", "drop", *LISTS):
        keys = [key for key in (part, *(helper for helper, of in _HELPERS.items() if of == part)) if key in tried]
        ruled, generic = values(trial.ruled, part), values(trial.generic, part)
        rows.append(
            ReportRow(
                part,
                next((lines[(key,)] for key in keys if (key,) in lines), None),
                tuple((key, one) for key in keys for one in tried[key]),
                ruled,
                generic,
                _verdict(ruled, generic),
                selectors.get(part, "") if generic else "",
            )
        )
    return Report(trial.ruled.url, trial.rule, trial.fits, trial.ruled.how, tuple(rows))


def _verdict(ruled: Sequence[str], generic: Sequence[str]) -> str:
    if not ruled and not generic:
        return "none"
    if not generic:
        return "rule"
    if not ruled:
        return "generic"
    return "same" if list(map(fold, ruled)) == list(map(fold, generic)) else "differs"


def values(article: Article, part: str) -> tuple[str, ...]:
    """Return what an article has of a part: a text, the paragraphs of its body, names, captions, headlines."""
    if part in ("authors", "tags"):
        return tuple(getattr(article, part))
    if part == "date":
        return (article.published.isoformat(" ", "minutes"),) if article.published else ()
    if part == "body":
        return tuple(paragraph for paragraph in article.markdown.split("\n\n") if paragraph.strip())
    if part == "figure":
        return tuple(figure.caption or figure.image.rpartition("/")[2] or figure.image for figure in article.figures)
    if part in LISTS:
        return tuple(link.title for link in article.links if link.kind is LinkKind(part))
    value = getattr(article, part, None)
    return (value,) if value else ()


@dataclass(frozen=True, slots=True)
class ListedRule:
    """A rule in the list of them. `replaces`: a shipped one of the same name is set aside for it."""

    rule: RuleFile
    values: RuleValues
    replaces: bool


def listed(config: Config) -> list[ListedRule]:
    """Return all rules in the order in which they are asked."""
    from reader.config.rules import shipped_rules

    shipped = {rule.name for rule in shipped_rules()}
    return [
        ListedRule(rule, parse_rule_file(Path(rule.file), rule.data)[0], rule.own and rule.name in shipped)
        for rule in in_order(config.rules)
    ]


def rule_for(config: Config, name: str) -> RuleFile | None:
    """Return the rule whose hosts have `name`, a host."""
    for one in listed(config):
        if any(name == h or name.endswith("." + h) for h in one.values.hosts):
            return one.rule
    return None


def template(name: str) -> str:
    """Return a rule to begin with, for a host."""
    from reader.words import site_rules as site_rules_words

    return site_rules_words.template(name)


def host_of(what: str) -> str:
    """Return the host that a person means, by an address or by its name; "" for none."""
    return host(what if "://" in what else f"https://{what}/")
