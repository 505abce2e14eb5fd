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


def to_xpath(css: str) -> str:
    """Return the XPath of a selector, from anywhere in a page. Raises BadSelector, and nothing else."""
    from cssselect import SelectorError

    if not css.strip():
        raise BadSelector("it is empty")
    if len(css) > LONGEST:
        raise BadSelector(f"it is longer than {LONGEST} characters")
    if not css.replace("\t", " ").replace("\n", " ").isprintable():
        raise BadSelector("there are control codes in it")
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
        raise BadSelector("it cannot be understood") from error


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
                raise ExpressionError("elements of a page have no namespace: leave out what stands before the |")
            return super().xpath_element(selector)

        def xpath_attrib(self, selector: Any) -> Any:
            if selector.namespace:
                raise ExpressionError("attributes of a page have no namespace: leave out what stands before the |")
            return super().xpath_attrib(selector)

    return WithoutNamespaces()


def _check_cost(trees: list[Any]) -> None:
    relations, has = map(sum, zip(*(_cost(tree.parsed_tree) for tree in trees), strict=True))
    if relations + len(trees) - 1 > MOST_RELATIONS:
        raise BadSelector(f"it relates more than {MOST_RELATIONS} elements to each other")
    if has > MOST_HAS:
        raise BadSelector(":has() may stand in it once")


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


_WANTED = {
    "ident": "a name",
    "ident or '*'": "a name or *",
    "selector": "an element, a class or an id",
    "operator": "= or ]",
    "an argument": "what the brackets hold",
}
_SAID = (
    (
        re.compile(r"(?:expected (?P<a>.+?)|(?P<b>operator) expected), got <EOF at \d+>", re.S),
        "it ends where {} belongs",
    ),
    (
        re.compile(r"(?:expected (?P<a>.+?)|(?P<b>operator) expected), got <\w+ '(?P<got>.*)' at (?P<at>\d+)>", re.S),
        "at character {at}, {got} stands where {} belongs",
    ),
    (re.compile(r"unclosed string at (?P<at>\d+)"), "the quotation mark at character {at} has no second one"),
    (re.compile("invalid series"), "in its brackets belongs a number, odd, even, or one like 2n+1"),
)


def _plain(error: Exception) -> str:
    """Say what is wrong in a person's words, with the parser's after them where they are others."""
    raw = str(error)
    text = _printable(raw)[:120]
    text = text[:1].lower() + text[1:].rstrip(".")
    for pattern, words in _SAID:
        if said := pattern.match(raw[:1].lower() + raw[1:]):
            facts = said.groupdict()
            wanted = facts.get("a") or facts.get("b") or ""
            at, got = int(facts.get("at") or 0) + 1, _printable(facts.get("got") or "")
            plain = words.format(_WANTED.get(wanted, wanted.strip("'")), at=at, got=got)
            return f"{plain}; the parser says: {text}"
    return text


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else "�" for letter in text)
