"""CSS selectors of site rules -> XPath, within bounds. Compiles nothing and knows no page: no lxml.

XPath cannot be stopped once it runs, so what it may cost is bounded here: a selector's length, how many elements it
relates to each other, and `:has`, whose cost multiplies. What remains is the worker processes' time limit to stop.
"""

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cssselect import HTMLTranslator

LONGEST = 300
"""Characters of one selector."""

MOST_RELATIONS = 8
"""Blanks, `>`, `+`, `~` and commas in one selector; the longest of a shipped rule has three."""

MOST_HAS = 1


class BadSelector(ValueError):
    """This is no selector that can be used. `str()` is the reason, for people, without control codes."""


def _bad(why: str, most: int = 0) -> BadSelector:
    from reader.words.site_rules import bad_css

    return BadSelector(bad_css(why, most))


def to_xpath(css: str) -> str:
    """Return the XPath of a selector, from anywhere in a page. Raises BadSelector, and nothing else."""
    from cssselect import SelectorError

    if not css.strip():
        raise _bad("empty")
    if len(css) > LONGEST:
        raise _bad("long", LONGEST)
    if not css.replace("\t", " ").replace("\n", " ").isprintable():
        raise _bad("control")
    try:
        trees, translator = _parsed(css), _translator()
        _check_cost(trees)
        return " | ".join(
            translator.selector_to_xpath(tree, "descendant-or-self::", translate_pseudo_elements=True) for tree in trees
        )
    except BadSelector:
        raise
    except SelectorError as error:
        raise BadSelector(_plain(error)) from error
    except (ValueError, TypeError, AttributeError, IndexError, RecursionError, OverflowError) as error:
        # cssselect's own slips: it reads some wrong selectors and stumbles over them when it translates.
        raise _bad("broken") from error


def _parsed(css: str) -> list[Any]:
    from cssselect import parse

    return list(parse(css))


@cache
def _translator() -> "HTMLTranslator":
    from cssselect import ExpressionError, HTMLTranslator

    class WithoutNamespaces(HTMLTranslator):
        """A page's elements have none, and XPath fails over a prefix only when it runs."""

        def xpath_element(self, selector: Any) -> Any:
            if selector.namespace:
                raise ExpressionError(str(_bad("element namespace")))
            return super().xpath_element(selector)

        def xpath_attrib(self, selector: Any) -> Any:
            if selector.namespace:
                raise ExpressionError(str(_bad("attribute namespace")))
            return super().xpath_attrib(selector)

    return WithoutNamespaces()


def _check_cost(trees: list[Any]) -> None:
    relations, has = map(sum, zip(*(_cost(tree.parsed_tree) for tree in trees), strict=True))
    if relations + len(trees) - 1 > MOST_RELATIONS:
        raise _bad("relations", MOST_RELATIONS)
    if has > MOST_HAS:
        raise _bad("has")


def _cost(node: object) -> tuple[int, int]:
    """How many relations between elements a parsed selector has, and how many of them are `:has`."""
    kind = type(node).__name__
    relations, has = int(kind in ("CombinedSelector", "Relation")), int(kind == "Relation")
    for value in _parts(node):
        more, also = _cost(value)
        relations, has = relations + more, has + also
    return relations, has


def _parts(value: object) -> Iterator[object]:
    """The parsed selectors in one, wherever cssselect keeps them: that differs by version and by kind."""
    for part in value if isinstance(value, list | tuple) else getattr(value, "__dict__", {}).values():
        if isinstance(part, list | tuple):
            yield from _parts(part)
        elif type(part).__module__.startswith("cssselect"):
            yield part


_SAID = {
    "ends": r"(?:expected (?P<a>.+?)|(?P<b>operator) expected), got <EOF at \d+>",
    "other": r"(?:expected (?P<a>.+?)|(?P<b>operator) expected), got <\w+ '(?P<got>.*)' at (?P<at>\d+)>",
    "quote": r"unclosed string at (?P<at>\d+)",
    "series": r"invalid series",
}
"""What cssselect's parser says, by the name of our own sentence for it (`words.site_rules.why_no_css`)."""


def _plain(error: Exception) -> str:
    """Say what is wrong in a person's words, with the parser's after them where they are others."""
    raw = str(error)
    text = _printable(raw)[:120]
    text = text[:1].lower() + text[1:].rstrip(".")
    for why, pattern in _SAID.items():
        if said := re.match(pattern, raw[:1].lower() + raw[1:], re.S):
            from reader.words.site_rules import why_no_css

            facts = said.groupdict()
            wanted = facts.get("a") or facts.get("b") or ""
            at, got = int(facts.get("at") or 0) + 1, _printable(facts.get("got") or "")
            return why_no_css(why, wanted, at=at, got=got, parser=text)
    return text


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in text)
