"""Page -> Article: pure functions of bytes, URL and rules. No network, no disk but the shipped rules, read once.

`extract` is the way of a page, `extract_by` the same with a person's own site rules before the shipped ones,
`extract_content` that of the HTML which a feed carries. `Rules()` is no site rules.
"""

from reader.extract.entry import extract_content
from reader.extract.own import extract_by
from reader.extract.page import extract
from reader.extract.sites import Rules, SiteRule, parse_rule, rules_of

__all__ = ["Rules", "SiteRule", "extract", "extract_by", "extract_content", "parse_rule", "rules_of"]
