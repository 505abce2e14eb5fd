"""Site rules: what cannot be known of one paper or one publishing system from its pages alone, as values.

A rule is a TOML file: the shipped ones in `config/sites`, a person's own beside their settings. It fits a page by host
or by a mark of the system that made the page, and names, in CSS, where things stand. Every key is described in
docs/site-rules.md; `reader.config.rules` reads and checks the files. A rule never holds code.
"""

from dataclasses import dataclass, field
from datetime import tzinfo
from functools import cache, lru_cache
from pathlib import Path

from lxml import etree

from reader.config.rules import RuleValues, in_order, parse_rule_file
from reader.config.selectors import BadSelector, to_xpath
from reader.config.values import RuleFile
from reader.errors import BadSetting
from reader.extract.dom.node import text_nodes
from reader.text.urls import host


@dataclass(frozen=True, slots=True)
class Selectors:
    """Alternatives in order of preference, compiled to XPath."""

    paths: tuple[etree.XPath, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.paths)

    def all(self, root: etree._Element) -> list[etree._Element]:
        """Return every element that one of them selects, in the order of the page, each once."""
        found = [element for path in self.paths for element in elements(path, root)]
        if len(self.paths) < 2 or len(found) < 2:
            return found
        chosen = set(found)
        return [element for element in root.iter() if element in chosen]

    def first(self, root: etree._Element) -> list[etree._Element]:
        """Return the elements with content of the first alternative that selects any."""
        for path in self.paths:
            found = [element for element in elements(path, root) if has_content(element)]
            if found:
                return found
        return []


def elements(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    """Return the elements that one selector finds. Never raises: where XPath fails it finds nothing."""
    try:
        found = path(root)
    except etree.XPathError:
        return []
    return [e for e in found if etree.iselement(e)] if isinstance(found, list) else []


def has_content(element: etree._Element) -> bool:
    """Say whether an element is a picture or has text, be it in an attribute: a meta's content, a time's datetime."""
    if element.tag == "img" or element.get("content") or element.get("datetime") or element.get("value"):
        return True
    return any(text.strip() for text in text_nodes(element))


@dataclass(frozen=True, slots=True)
class SiteRule:
    """One rule. `body` picks the article; `drop` goes from it; `related` and `more` are blocks of links, never body."""

    name: str
    hosts: tuple[str, ...] = ()
    zone: tzinfo | None = None
    date_format: tuple[str, ...] = ()
    marks: Selectors = field(default_factory=Selectors)
    title: Selectors = field(default_factory=Selectors)
    kicker: Selectors = field(default_factory=Selectors)
    section: Selectors = field(default_factory=Selectors)
    lede: Selectors = field(default_factory=Selectors)
    body: Selectors = field(default_factory=Selectors)
    drop: Selectors = field(default_factory=Selectors)
    figure: Selectors = field(default_factory=Selectors)
    caption: Selectors = field(default_factory=Selectors)
    credit: Selectors = field(default_factory=Selectors)
    related: Selectors = field(default_factory=Selectors)
    more: Selectors = field(default_factory=Selectors)
    next: Selectors = field(default_factory=Selectors)
    authors: Selectors = field(default_factory=Selectors)
    signature: Selectors = field(default_factory=Selectors)
    date: Selectors = field(default_factory=Selectors)
    tags: Selectors = field(default_factory=Selectors)

    def fits_host(self, address: str) -> bool:
        """Say whether the page stands at one of this rule's hosts, or at a subdomain of one."""
        name = host(address)
        return any(name == h or name.endswith("." + h) for h in self.hosts)

    def fits(self, address: str, root: etree._Element) -> bool:
        """Say whether the page is one of this rule's: by host, or by a mark on the page."""
        return self.fits_host(address) or any(elements(path, root) for path in self.marks.paths)

    def mark_figures(self, root: etree._Element, body: list[etree._Element]) -> None:
        """Mark in the page what the rule calls pictures, captions and credits, for `blocks.figures` to find.

        Changes the tree: the boxes become `figure`, captions `figcaption`, and a credit gets that class. A box without
        a picture, and one that holds the body, stay as they are.
        """
        above = {a for part in body for a in (part, *part.iterancestors())}
        for box in self.figure.all(root):
            if box.tag != "img" and box not in above and next(box.iter("img", "amp-img", "noscript"), None) is not None:
                box.tag = "figure"
        for caption in self.caption.all(root):
            if caption not in above:
                caption.tag = "figcaption"
        for credit in self.credit.all(root):
            credit.set("class", f"{credit.get('class') or ''} credit".strip())


@dataclass(frozen=True, slots=True)
class Rules:
    """Site rules, in the order in which they are asked. `Rules()` is none: every page goes the generic way."""

    sites: tuple[SiteRule, ...] = ()

    def match(self, address: str, root: etree._Element) -> SiteRule | None:
        """Return the first rule that fits, hosts before marks."""
        by_host = next((rule for rule in self.sites if rule.fits_host(address)), None)
        return by_host or next((rule for rule in self.sites if rule.fits(address, root)), None)


@cache
def shipped() -> Rules:
    """Return the rules that come with Newsstand, read once. Raises BadSetting, naming file, line and key."""
    return rules_of(())


@lru_cache(maxsize=4)
def rules_of(own: tuple[RuleFile, ...]) -> Rules:
    """Return a person's own rules and, after them, the shipped ones that no own one of the same name replaces.

    `own` are files that `config` found sound (`Config.rules`): plain values, which travel to worker processes, where
    they are compiled once. Raises BadSetting where a file is not sound.
    """
    return Rules(tuple(_compiled(rule) for rule in in_order(own)))


@lru_cache(maxsize=300)
def _compiled(rule: RuleFile) -> SiteRule:
    """Return a rule that is compiled once a process, whatever rules are beside it."""
    return parse_rule(rule.file, rule.data)


def parse_rule(filename: str, toml: bytes) -> SiteRule:
    """Return the rule that a TOML file holds. Raises BadSetting with file, line and key of what is wrong first."""
    values, faults = parse_rule_file(Path(filename), toml)
    if faults:
        raise BadSetting(str(faults[0]))
    return compiled(filename.rpartition("/")[2].removesuffix(".toml"), values)


def compiled(name: str, values: RuleValues) -> SiteRule:
    """Return the rule that sound values make. Raises BadSetting for CSS that XPath cannot have."""
    try:
        selectors = {
            key: Selectors(tuple(etree.XPath(to_xpath(css)) for css in listed))
            for key, listed in values.selectors.items()
        }
    except (BadSelector, etree.XPathError, ValueError) as error:
        raise BadSetting(f"{name}: {error}") from error
    return SiteRule(name, values.hosts, values.zone, values.date_format, **selectors)
