"""What is known of a page while its article is made: the value that the stages hand on."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from lxml import etree

from reader.extract.dom.node import Elements, Listed
from reader.extract.metadata.embedded import Facts, read
from reader.extract.rules import sites
from reader.text.dates import VIETNAM
from reader.text.urls import absolute


@dataclass(slots=True)
class Page:
    """What is known of a page on the way."""

    root: etree._Element
    listed: Listed
    url: str
    base: str
    facts: Facts
    rule: sites.SiteRule | None
    zone: tzinfo


def base_of(root: Elements, url: str) -> str:
    for element in root.iter("base"):
        found = absolute(url, element.get("href") or "")
        if found and found.startswith("http"):
            return found
    return url


def zone_of(facts: Facts, site_zone: tzinfo | None) -> tzinfo:
    """Return the zone of times that print none: the site rule's, else +07:00 for a Vietnamese page, else UTC."""
    return site_zone or (VIETNAM if (facts.lang or "").startswith("vi") else UTC)


def page_context(root: etree._Element, url: str, rules: sites.Rules) -> Page:
    """Return what is known of a page before anything of it is chosen: its metadata and the first rule that fits."""
    listed = Listed(root)
    facts = read(listed, url)
    rule = rules.match(url, root)
    return Page(root, listed, url, base_of(listed, url), facts, rule, zone_of(facts, rule.zone if rule else None))
