"""Site rules as compiled selectors, and the dates in the formats that they give.

Never reads a file but the shipped rules, once.

`sites.shipped` and `sites.rules_of` give the rules, `Rules.match` the one that fits a page;
`date_format.parse_date` reads a date by a rule's formats.
"""
