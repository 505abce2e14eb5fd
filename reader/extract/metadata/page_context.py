"""What is known of a page while its article is made: the value that the stages hand on."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from lxml import etree

from reader.extract.dom.node import ElementIndex, Elements
from reader.extract.metadata.embedded import Metadata, parse_metadata
from reader.extract.rules import sites
from reader.text.dates import VIETNAM
from reader.text.urls import absolute_web


@dataclass(frozen=True, slots=True)
class PageContext:
    """What is known of a page. Where tags in its tree are changed, it is replaced by one with a new `index`."""

    root: etree._Element
    index: ElementIndex
    url: str
    base: str
    metadata: Metadata
    rule: sites.SiteRule | None
    zone: tzinfo


def base_address(root: Elements, url: str) -> str:
    """Return the address that the page's links are relative to: its `base` element, or its own."""
    for element in root.iter("base"):
        found = absolute_web(url, element.get("href") or "")
        if found:
            return found
    return url


def zone_of(metadata: Metadata, site_zone: tzinfo | None) -> tzinfo:
    """Return the zone of times that print none: the site rule's, else +07:00 for a Vietnamese page, else UTC."""
    return site_zone or (VIETNAM if (metadata.lang or "").startswith("vi") else UTC)


def page_context(root: etree._Element, url: str, rules: sites.Rules) -> PageContext:
    """Return what is known of a page before anything of it is chosen: its metadata and the first rule that fits."""
    index = ElementIndex(root)
    metadata = parse_metadata(index, url)
    rule = rules.match(url, root)
    return PageContext(
        root, index, url, base_address(index, url), metadata, rule, zone_of(metadata, rule.zone if rule else None)
    )
