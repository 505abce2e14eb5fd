"""A page's bytes -> an Article. Pure functions; never touches the network, nor the disk but for the shipped rules.

`extract` makes the article of a page, `extract_by` the same with a person's own site rules before the shipped ones,
`extract_content` that of the HTML in a feed. `Rules()` means no site rules. `join` makes one article of its pages.
"""

from reader.extract.cleanup.wall import words_beyond_wall
from reader.extract.feed_entry import extract_content
from reader.extract.join_pages import MOST_PAGES, is_page_of, join, pages_in, stated_page_count, still_holds
from reader.extract.links.next_page import is_later_page as is_later_page
from reader.extract.page import extract, extract_by
from reader.extract.rules.sites import Rules, SiteRule, parse_rule, rules_of

__all__ = [
    "MOST_PAGES",
    "Rules",
    "SiteRule",
    "extract",
    "extract_by",
    "extract_content",
    "is_later_page",
    "is_page_of",
    "join",
    "pages_in",
    "parse_rule",
    "rules_of",
    "stated_page_count",
    "still_holds",
    "words_beyond_wall",
]
