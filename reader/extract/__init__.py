"""Page -> Article: pure functions of bytes, URL and rules. No network, no disk but the shipped rules, read once.

`extract` is the way of a page, `extract_content` that of the HTML which a feed carries. `Rules()` is no site rules.
"""

from reader.extract.entry import extract_content
from reader.extract.page import extract
from reader.extract.sites import Rules, SiteRule, parse_rule

__all__ = ["Rules", "SiteRule", "extract", "extract_content", "parse_rule"]
