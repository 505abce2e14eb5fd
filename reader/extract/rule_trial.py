"""A page extracted twice, by a site rule and without one, and what each selector of the rule finds on it.

For `newsstand site`, with which people write and repair rules.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lxml import etree

from reader.config.rules import SELECTS, in_order, parse_rule_file
from reader.config.values import RuleFile
from reader.extract.content import choose
from reader.extract.dom import parse
from reader.extract.dom.node import text_or_attribute
from reader.extract.metadata import headline
from reader.extract.metadata.embedded import parse_metadata
from reader.extract.page import extract
from reader.extract.rules.sites import Rules, SiteRule, compiled, elements, has_content
from reader.models import Article
from reader.text import clean_line
from reader.text.urls import host

_LONGEST = 300
_FIRST_ONLY = frozenset(("title", "kicker", "section", "lede", "body"))
"""Keys that use the first selector that finds text; the others use what all their selectors find."""


@dataclass(frozen=True, slots=True)
class SelectorResult:
    """What one selector finds on the page: how many elements, and the text of the first. `taken`: these are used."""

    css: str
    found: int
    taken: bool
    said: str


@dataclass(frozen=True, slots=True)
class RuleTrial:
    """The outcome. `rule` None: no rule fits, and `ruled` is `generic`. `fits`: by host, by mark, or "" where a rule
    was tried that does not fit. `parts` has the keys of the rule that select, in the order of `SELECTS`.
    `default_selectors`: of the elements that hold headline and body without a rule, something to write into one."""

    rule: RuleFile | None
    fits: str
    parts: tuple[tuple[str, tuple[SelectorResult, ...]], ...]
    ruled: Article
    generic: Article
    default_selectors: tuple[tuple[str, str], ...] = ()


def try_rule(
    own: tuple[RuleFile, ...], only: RuleFile | None, page: bytes, url: str, *, encoding: str | None = None
) -> RuleTrial:
    """Return the trial of the rule that fits a page; with `only`, of that one, whether it fits or not.

    All rules must be sound. Raises NotAPage for what is no HTML, BadSetting for a rule that is not sound.
    """
    generic = extract(page, url, encoding=encoding, rules=Rules())
    root = parse.parse(page, encoding)
    if root is None:
        return RuleTrial(only, "", (), generic, generic)
    default_selectors = tuple(_default_selectors(root, url))
    files = (only,) if only else in_order(own)
    rules = [compiled(file.name, parse_rule_file(Path(file.file), file.data)[0]) for file in files]
    rule = rules[0] if only else Rules(tuple(rules)).match(url, root)
    if rule is None:
        return RuleTrial(None, "", (), generic, generic, default_selectors)
    file = files[rules.index(rule)]
    fits = "host" if rule.fits_host(url) else "mark" if rule.fits(url, root) else ""
    ruled = extract(page, url, encoding=encoding, rules=Rules((rule if fits else replace(rule, hosts=(host(url),)),)))
    texts = parse_rule_file(Path(file.file), file.data)[0].selectors
    parts = tuple((key, _results(key, texts[key], rule, root)) for key in SELECTS if key in texts)
    return RuleTrial(file, fits, parts, ruled, generic, default_selectors)


def _results(key: str, texts: tuple[str, ...], rule: SiteRule, root: etree._Element) -> tuple[SelectorResult, ...]:
    tried: list[SelectorResult] = []
    over = False
    for css, path in zip(texts, getattr(rule, key).paths, strict=True):
        found = elements(path, root)
        with_words = [element for element in found if has_content(element)]
        taken = bool(found) if key not in _FIRST_ONLY else bool(with_words) and not over
        over = over or taken
        first = next((element for element in with_words), None)
        said = "" if first is None else clean_line(text_or_attribute(first) or first.get("datetime") or "", _LONGEST)
        tried.append(SelectorResult(css, len(found), taken, said))
    return tuple(tried)


def _default_selectors(root: etree._Element, url: str) -> Iterator[tuple[str, str]]:
    _, heading = headline.find_headline(root, parse_metadata(root, url), host(url))
    if heading is not None:
        yield "title", _selector(heading)
    chosen = choose.choose_body(root, heading, url)
    if chosen:
        yield "body", ", ".join(dict.fromkeys(map(_selector, chosen[:3])))


def _selector(element: etree._Element) -> str:
    """Return a CSS selector of an element: its tag and id, its tag and first classes, or its tag after its parent's.

    A tag is the page's choice too, and the parser takes any: one that is no plain name becomes `*`.
    """
    tag = element.tag if _TAG.match(element.tag) else "*"
    named = element.get("id") or ""
    if _NAME.match(named):
        return f"{tag}#{named}"
    classes = [name for name in (element.get("class") or "").split() if _NAME.match(name)][:2]
    if classes:
        return ".".join((tag, *classes))
    parent = element.getparent()
    return tag if parent is None or parent.tag in ("html", "body") else f"{_selector(parent)} > {tag}"


_TAG = re.compile(r"[a-z][a-z0-9-]{0,30}\Z")
_NAME = re.compile(r"[A-Za-z_][\w-]{0,60}\Z", re.A)
