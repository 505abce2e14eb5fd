"""Whatever stands in the clean blocks, their Markdown parses back to the same blocks with the same words."""

import re
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml.html import fragment_fromstring
from markdown_it import MarkdownIt

from reader.extract.markdown.convert import convert
from reader.text import clean
from reader.text.markdown_escape import escape

PARSER = MarkdownIt("commonmark", {"maxNesting": 60}).enable("table").enable("strikethrough")
WILD = st.text(
    st.sampled_from(
        [*map(chr, range(32, 127)), *"   **__``", "\n", "\t", "\xa0", "\u200d", "\u202e", "é", "好", "€", "“", "²"]
    ),
    max_size=12,
)
ENTITIES = st.sampled_from(
    ["&amp;", "&#8238;", "&lt;b>", "&x", "http://a.example/", "1. ", "- ", "# ", "[^1]: ", "[a]: b"]
)
TEXT = st.one_of(WILD, ENTITIES, st.sampled_from(["word", " word ", "a ", " b"])).map(clean)


Part = str | etree._Element
Shape = tuple[Any, ...] | str
"""A tag with its words and the shapes in it, or words alone."""


def element(tag: str, *content: Part, **attributes: str) -> etree._Element:
    """An element with text and elements in it."""
    made = etree.Element(tag, attributes)
    for part in content:
        if not isinstance(part, str):
            made.append(part)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + part
        else:
            made.text = (made.text or "") + part
    return made


def made_of(
    tag: str, parts: st.SearchStrategy[list[str]] | st.SearchStrategy[list[Part]], **attributes: str
) -> st.SearchStrategy[etree._Element]:
    return parts.map(lambda content: element(tag, *content, **attributes))


def a_list(tag: str, items: list[etree._Element]) -> etree._Element:
    return element(tag, *items)


INLINE = st.recursive(
    st.one_of(TEXT, TEXT, made_of("code", st.lists(TEXT, max_size=1)), st.builds(lambda: element("br"))),
    lambda inner: st.one_of(
        *(made_of(tag, st.lists(inner, max_size=3)) for tag in ("strong", "em", "del")),
        made_of("a", st.lists(inner, max_size=2), href="https://e.example/x_(y)"),
    ),
    max_leaves=6,
)
RUN = st.lists(INLINE, min_size=1, max_size=4)
PLAIN = st.one_of(
    made_of("p", RUN),
    made_of("h2", RUN),
    made_of("pre", st.lists(TEXT, min_size=1, max_size=1)),
    st.builds(lambda: element("hr")),
    st.lists(st.lists(RUN, min_size=2, max_size=2), min_size=2, max_size=3).map(
        lambda rows: element("table", *(element("tr", *(element("td", *cell) for cell in row)) for row in rows))
    ),
)
BLOCK = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        made_of("blockquote", st.lists(inner, min_size=1, max_size=3)),
        *(
            st.lists(made_of("li", st.lists(inner, min_size=1, max_size=3)), min_size=1, max_size=3).map(
                partial(a_list, tag)
            )
            for tag in ("ul", "ol")
        ),
    ),
    max_leaves=6,
)


def words(text: str) -> str:
    return re.sub(r"\s+", "", text)


def shape_of_tree(block: etree._Element) -> tuple[Any, ...] | None:
    """The block as nested (tag, ...) with its words; what says nothing is left out, as in the Markdown."""
    tag = block.tag
    if tag in ("ul", "ol", "li", "blockquote"):
        inner = [shape for child in block if (shape := shape_of_tree(child))]
        return (tag, *inner) if inner else None
    if tag == "table":
        return (tag, *(words("".join(map(str, cell.itertext()))) for row in block for cell in row))
    if tag == "pre":
        return (tag, words(block.text or ""))
    said = words("".join(map(str, block.itertext())))
    return (tag, said) if said or tag == "hr" else None


def shapes_of_markdown(markdown: str) -> list[Shape]:
    stack: list[list[Shape]] = [[]]
    for token in PARSER.parse(markdown):
        if token.tag in ("thead", "tbody", "tr") or token.tag in ("th", "td"):
            continue
        if token.type == "inline":
            shown = (t.content for t in token.children or () if t.type in ("text", "code_inline", "text_special"))
            stack[-1].append(words("".join(shown)))
        elif token.type == "fence":
            stack[-1].append(("pre", words(token.content)))
        elif token.nesting > 0:
            stack.append([token.tag])
        elif token.nesting < 0:
            done = tuple(stack.pop())
            # A table without a head has an empty one in Markdown.
            if done[0] == "table":
                done = (done[0], *done[3:]) if done[1:3] == ("", "") else done
            stack[-1].append(done)
        else:
            stack[-1].append((token.tag,))
    return stack[0]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(st.lists(BLOCK, min_size=1, max_size=4))
@example([element("p", element("strong", "a "), element("em", "b"), "c")])
@example([element("ul", element("li", element("p", "a"))), element("ul", element("li", element("p", "b")))])
@example([element("ul", element("li", element("hr")))])
@example([element("ol", element("li", element("p", "a"), element("ol", element("li", element("p", "b")), start="3")))])
@example([element("p", "one", element("br"), "===")])
@example([element("p", "a|b", element("br"), "-|-")])
def test_blocks_and_their_words_come_back_from_the_markdown(blocks: list[etree._Element]) -> None:
    markdown = convert(blocks)
    shapes = [shape for block in blocks if (shape := shape_of_tree(block))]
    wanted = [shape if shape[0] != "hr" else ("hr",) for shape in map(_rules, shapes)]
    assert shapes_of_markdown(markdown) == wanted, markdown


def _rules(shape: Shape) -> Shape:
    """A rule says nothing: (`hr`,) wherever it stands."""
    if isinstance(shape, str):
        return shape
    return ("hr",) if shape[0] == "hr" else (shape[0], *map(_rules, shape[1:]))


@settings(max_examples=100, deadline=None)
@given(RUN)
def test_no_mark_is_shown_and_none_stands_beside_a_space(content: list[Part]) -> None:
    markdown = convert([element("p", *content)])
    assert not re.search(r"<(?:script|b)\b", markdown.replace("\\<", "")), markdown
    for token in PARSER.parse(markdown):
        for child in token.children or ():
            assert child.type not in ("html_inline", "image"), markdown


@pytest.mark.parametrize(
    "text",
    "AT&T|5 < 6|a=b|snake_case|C#|1.5 m|(x) [y]|2 * 3|~5 km|a - b|[Laughs] Yes|x > y|#tag|C:\\Users|10:30|wow!".split(
        "|"
    ),
)
def test_nothing_is_escaped_that_commonmark_leaves_alone(text: str) -> None:
    assert escape(text) == text
    assert convert([element("p", text)]) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("&#8238;", "\\&#8238;"),
        ("<b>", "\\<b>"),
        ("[x](y)", "[x\\](y)"),
        ("[x]: y", "\\[x]: y"),
        ("[^1]: y", "\\[^1]: y"),
        ("# no", "\\# no"),
        ("- no", "\\- no"),
        ("+ no", "\\+ no"),
        ("* no", "\\* no"),
        ("1. no", "1\\. no"),
        ("> no", "\\> no"),
        ("===", "\\==="),
        ("---", "\\---"),
        ("_x_", "\\_x\\_"),
        ("~~x~~", "\\~\\~x\\~\\~"),
    ],
)
def test_what_would_be_markup_is_escaped_once(text: str, written: str) -> None:
    assert convert([element("p", text)]) == written


def test_spaces_move_out_of_what_is_marked_and_runs_of_a_kind_are_one() -> None:
    paragraph = element("p", "He", element("strong", " said "), element("strong", "so"), ".")
    assert convert([paragraph]) == "He **said so**."


def test_a_heading_is_bold_by_itself_and_its_last_hash_is_text() -> None:
    assert convert([element("h2", element("strong", "In C #"))]) == "## In C \\#"
    assert convert([element("h3", "In C#")]) == "### In C#"


def test_lists_are_tight_where_each_item_is_one_paragraph() -> None:
    inner = element("ul", element("li", element("p", "b")))
    tight = element("ol", element("li", element("p", "a"), inner), element("li", element("p", "c")), start="9")
    assert convert([tight]) == "9. a\n   - b\n10. c"
    loose = element("ul", element("li", element("p", "a"), element("p", "b")), element("li", element("p", "c")))
    assert convert([loose]) == "- a\n\n  b\n\n- c"


def test_a_table_keeps_its_head_its_alignment_and_its_bars() -> None:
    head = element("tr", element("th", "Port"), element("th", "Boats", align="right"))
    table = element("table", head, element("tr", element("td", "A|B"), element("td", "4")))
    assert convert([table]) == "| Port | Boats |\n| --- | ---: |\n| A\\|B | 4 |"


def test_a_note_reference_before_a_bracket_is_no_link() -> None:
    reference = etree.Element("span", {"data-ref": "1"})
    assert convert([element("p", "So", reference, "(see below)")]) == "So[^1]\\(see below)"


@pytest.mark.parametrize(
    ("html", "written"),
    [
        ("<p><strong><code>a</code></strong><strong><code>b</code></strong></p>", "**`ab`**"),
        ("<p>x<strong><code>a</code></strong><code>b</code>y</p>", "x`ab`y"),
    ],
    ids=["two runs of a kind", "a mark that would show"],
)
def test_code_that_touches_once_its_marks_are_tidied_is_one(html: str, written: str) -> None:
    assert convert([fragment_fromstring(html)]) == written
