"""The body of a page: the elements that hold its article, and those in it that a site rule keeps out."""

from dataclasses import dataclass, field

from lxml import etree


@dataclass(frozen=True, slots=True)
class Body:
    """Where the article stands: `parts`, none where the page has no text to speak of.

    `by_rule`: a site rule names them. `whole_page`: the page is nothing but its text. What a rule says to leave out are
    elements too: `dropped`, and the blocks of other stories, `related` and `more`. `others` are boxes of teasers, in
    the body or beside it, where the story has a box of its own among them.
    """

    parts: list[etree._Element] = field(default_factory=list)
    by_rule: bool = False
    whole_page: bool = False
    dropped: tuple[etree._Element, ...] = ()
    related: tuple[etree._Element, ...] = ()
    more: tuple[etree._Element, ...] = ()
    others: tuple[etree._Element, ...] = ()
