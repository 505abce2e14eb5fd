"""Site rules: what the generic way cannot know of one paper or one publishing system, as values.

A rule is a TOML file in `config/sites`. It fits a page by host or by a mark of the system that made the page, and
names, in CSS, where things stand. Every key is described in docs/extraction.md. A rule never holds code.
"""

import re
import tomllib
from dataclasses import dataclass, field, fields
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache

from cssselect import HTMLTranslator, SelectorError
from lxml import etree

from reader.config import site_rule_files
from reader.errors import BadSetting
from reader.extract.node import pieces
from reader.urls import host

_TRANSLATOR = HTMLTranslator()
_ZONE = re.compile(r"([+-])(\d\d):?(\d\d)\Z")


@dataclass(frozen=True, slots=True)
class Selectors:
    """Alternatives in order of preference, compiled to XPath."""

    paths: tuple[etree.XPath, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.paths)

    def all(self, root: etree._Element) -> list[etree._Element]:
        """Return every element that one of them selects, in the order of the page, each once."""
        found = [element for path in self.paths for element in _elements(path, root)]
        if len(self.paths) < 2 or len(found) < 2:
            return found
        chosen = set(found)
        return [element for element in root.iter() if element in chosen]

    def first(self, root: etree._Element) -> list[etree._Element]:
        """Return what the first alternative selects that selects anything with words in it."""
        for path in self.paths:
            found = [element for element in _elements(path, root) if _has_words(element)]
            if found:
                return found
        return []


def _elements(path: etree.XPath, root: etree._Element) -> list[etree._Element]:
    found = path(root)
    return [e for e in found if etree.iselement(e)] if isinstance(found, list) else []


def _has_words(element: etree._Element) -> bool:
    return element.tag in ("meta", "time", "img") or any(text.strip() for text in pieces(element))


@dataclass(frozen=True, slots=True)
class SiteRule:
    """One rule. `body` picks the article; `drop` goes from it; `related` and `more` are blocks of links, never body."""

    name: str
    hosts: tuple[str, ...] = ()
    zone: tzinfo | None = None
    marks: Selectors = field(default_factory=Selectors)
    title: Selectors = field(default_factory=Selectors)
    kicker: Selectors = field(default_factory=Selectors)
    section: Selectors = field(default_factory=Selectors)
    lede: Selectors = field(default_factory=Selectors)
    body: Selectors = field(default_factory=Selectors)
    drop: Selectors = field(default_factory=Selectors)
    keep: Selectors = field(default_factory=Selectors)
    related: Selectors = field(default_factory=Selectors)
    more: Selectors = field(default_factory=Selectors)
    authors: Selectors = field(default_factory=Selectors)
    signature: Selectors = field(default_factory=Selectors)
    date: Selectors = field(default_factory=Selectors)
    tags: Selectors = field(default_factory=Selectors)

    def fits(self, address: str, root: etree._Element) -> bool:
        """Say whether the page is one of this rule's: by host (or a subdomain of it), or by a mark on the page."""
        name = host(address)
        if any(name == h or name.endswith("." + h) for h in self.hosts):
            return True
        return any(_elements(path, root) for path in self.marks.paths)


@dataclass(frozen=True, slots=True)
class Rules:
    """Site rules, in the order in which they are asked. `Rules()` is none: every page goes the generic way."""

    sites: tuple[SiteRule, ...] = ()

    def match(self, address: str, root: etree._Element) -> SiteRule | None:
        """Return the first rule that fits, hosts before marks."""
        name = host(address)
        for rule in self.sites:
            if any(name == h or name.endswith("." + h) for h in rule.hosts):
                return rule
        return next((rule for rule in self.sites if rule.fits(address, root)), None)


@cache
def shipped() -> Rules:
    """Return the rules that come with Newsstand, read once. Raises BadSetting, naming file and key."""
    return Rules(tuple(parse_rule(name, toml) for name, toml in site_rule_files()))


def parse_rule(filename: str, toml: bytes) -> SiteRule:
    """Return the rule that a TOML file holds. Raises BadSetting with the file and the key that is wrong."""
    try:
        table = tomllib.loads(toml.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BadSetting(f"{filename}: {fault}") from fault
    kinds = {f.name: f.type for f in fields(SiteRule)}
    values: dict[str, object] = {"name": filename.rpartition("/")[2].removesuffix(".toml")}
    for key, value in table.items():
        if key == "zone":
            values[key] = _zone(filename, value)
        elif key == "hosts":
            values[key] = tuple(_strings(filename, key, value))
        elif kinds.get(key) is Selectors:
            values[key] = Selectors(tuple(_path(filename, key, css) for css in _strings(filename, key, value)))
        else:
            raise BadSetting(f"{filename}: {key}: no such key in a site rule")
    return SiteRule(**values)  # type: ignore[arg-type]  # the loop above gives each key the type of its field


def _strings(filename: str, key: str, value: object) -> list[str]:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return value
    raise BadSetting(f"{filename}: {key}: should be a list of strings")


def _zone(filename: str, value: object) -> tzinfo:
    if value == "UTC":
        return UTC
    found = _ZONE.match(value) if isinstance(value, str) else None
    if not found:
        raise BadSetting(f'{filename}: zone: should be "UTC" or an offset like "+07:00"')
    sign, hours, minutes = found.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-offset if sign == "-" else offset)


def _path(filename: str, key: str, css: str) -> etree.XPath:
    try:
        return etree.XPath(_TRANSLATOR.css_to_xpath(css))
    except (SelectorError, etree.XPathError) as fault:
        raise BadSetting(f"{filename}: {key}: {css!r}: {fault}") from fault
