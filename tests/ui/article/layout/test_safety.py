"""Whatever a page holds, what reaches the terminal is plain text that fits: tested at the end, on the lines."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from reader.models import Article, Figure, Link, LinkKind
from reader.text import clean
from reader.ui.article.layout import StoryContent, StoryLayout, lay_out
from tests.ui.article.sample_story import APPEARANCE, NOW, article, links, sheet

HOSTILE = [
    "&#8238;nóng&#8236; &#x202e;evil",
    "&#27;[31mđỏ&#27;[0m và &#x9b;2J và &#155;H",
    "&#27;]0;title&#7; &#27;P1$r&#27;\\",
    "*&#27;*[31m tách ra*",
    "e*&#769;* và &#7;&#0;&#8;",
    "[@click=app.quit]bấm[/] [/] [bold]x[/bold] [/red",
    "[bấm](javascript:alert(1)) [tệp](file:///etc/passwd) [dữ](data:text/html,x) <javascript:alert(1)>",
    "<script>alert(1)</script> <b>đậm</b> <!-- không -->",
    '![&#8238;ảnh](javascript:alert(1) "&#27;[2Jtên")',
    '[x](https://a.example/&#8238;b "&#27;[1m")',
    "`&#27;[31m \u202e` và \u202e\x1b[31m\x00",
    "```sh&#27;[31m\n\u202emã\x1b]0;t\x07\n```",
    "| \x1b[31m&#8238; | [/] |\n|---|---|\n| &#27;[0m | \u2066 |",
    "[^\x1b]: &#8238;chú\n\n[^1]: hai &#27;[31m\n\n[^1] và [^\x1b]",
    "a" * 10_000 + " " + "字" * 3_000,
    "> " * 300 + "sâu",
    "- " * 300 + "sâu",
    "[" * 3_000,
    "\u0301" * 500 + "ọ" + "\u0323\u0302" * 200,
    "가*\u11a8* ᄀ*\u1161*",
    "👩\u200d*👩* \u200d*\ufe0f* ❤*\ufe0f*",
    "https://[::1 [x](http://[::1) [y](//a) [z](mailto:a@b.example)",
]
MARKUP = (
    "*",
    "**",
    "_",
    "`",
    "```\n",
    "[",
    "](https://a.example/b)",
    "](x:y)",
    "![",
    "> ",
    "- ",
    "1. ",
    "## ",
    "\n",
    "\n\n",
    "| a | b |\n|---|---|\n",
    "|",
    "&#8238;",
    "&#27;[31m",
    "&#x9b;",
    "<b>",
    "[^1]",
    "[^1]: ",
    "---\n",
    "\\",
    "    ",
    "\x1b",
    "字",
    "ệ",
    "שלום",
    "e\u0301",
    "👩‍👩‍👧",
    "❤️",
    "a" * 50,
    "[@click=app.quit]",
    "\t",
)
MARKDOWN = st.one_of(
    st.text(max_size=200),
    st.lists(st.one_of(st.sampled_from(MARKUP), st.text(max_size=6)), max_size=60).map("".join),
    st.sampled_from(HOSTILE),
)
SHORT = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(MARKUP), max_size=8).map("".join))
MAYBE = st.none() | SHORT
LINKS = st.builds(
    Link,
    kind=st.sampled_from(LinkKind),
    title=SHORT,
    url=SHORT | st.sampled_from(["https://a.example", "javascript:x"]),
    section=MAYBE,
    summary=MAYBE,
    published=st.none() | st.just(datetime(2019, 11, 1, tzinfo=UTC)),
)
ARTICLES = st.builds(
    Article,
    url=st.just("https://a.example/x"),
    canonical_url=st.just("https://a.example/x"),
    site=SHORT,
    title=SHORT,
    kicker=MAYBE,
    section=MAYBE,
    authors=st.lists(SHORT, max_size=3).map(tuple),
    lede=MAYBE,
    markdown=MARKDOWN,
    published=st.none() | st.just(NOW),
    figures=st.lists(st.builds(Figure, SHORT, MAYBE, MAYBE), max_size=2).map(tuple),
    links=st.lists(LINKS, max_size=12).map(tuple),
    minutes=st.integers(0, 500),
)


def faults(layout: StoryLayout, width: int) -> list[str]:
    """Lines that are too wide, or in which `text.clean` would take something out; wrong targets."""
    found = []
    for number, line in enumerate(layout.lines):
        drawn = "".join(segment.text for segment in line.segments)
        if drawn != line.text or clean(drawn) != drawn or "\n" in drawn:
            found.append(f"{number} holds what must not be shown: {drawn!r}")
        if sum(cell_len(segment.text) for segment in line.segments) > width:
            found.append(f"{number} is too wide: {drawn!r}")
    for spot in layout.targets:
        if spot.url and not spot.url.startswith(("http://", "https://", "mailto:")):
            found.append(f"{spot.url!r} can be opened")
        for row, at, size in spot.areas:
            if not (0 <= row < len(layout.lines) and at >= 0 and at + size <= width):
                found.append(f"{spot} is not where it says")
    if list(layout.blocks) != sorted(layout.blocks) or len(layout.chars_before) != len(layout.lines) + 1:
        found.append("blocks or counts do not fit the lines")
    return found


@pytest.mark.parametrize("markdown", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("width", [20, 59, 111])
def test_hostile_markdown_comes_out_as_harmless_text_that_fits(markdown: str, width: int) -> None:
    assert faults(lay_out(sheet(markdown), width, 72, APPEARANCE), width) == []


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ARTICLES, st.integers(20, 220), st.integers(66, 80), MAYBE, MAYBE)
def test_no_article_breaks_the_page_at_any_width(
    story: Article, width: int, measure: int, summary: str | None, note: str | None
) -> None:
    shown = StoryContent(NOW, story, title="x", paper=note or "", summary=summary, note=note)
    assert faults(lay_out(shown, width, measure, APPEARANCE), width) == []
    bare = replace(shown, article=None, title=story.title, url=story.url)
    assert faults(lay_out(bare, width, measure, APPEARANCE), width) == []


@settings(max_examples=60, deadline=None)
@given(MARKDOWN, st.integers(20, 120), st.dictionaries(st.integers(0, 2), st.integers(0, 500)))
def test_tables_moved_any_way_stay_in_their_place(markdown: str, width: int, offsets: dict[int, int]) -> None:
    head = f"| một cột khá dài | {'字' * 30} | {'ba ' * 15} |"
    wide = f"{markdown}\n\n{head}\n|---|---|---|\n| [x](https://a.example) | b | c |"
    assert faults(lay_out(sheet(wide), width, 72, APPEARANCE, offsets), width) == []


def shown_text(markdown: str) -> str:
    return "\n".join(line.text for line in lay_out(sheet(markdown), 111, 72, APPEARANCE).lines)


def test_console_markup_is_shown_as_it_is_written() -> None:
    assert "[@click=app.quit]bấm[/] [/] [bold]x[/bold]" in shown_text("[@click=app.quit]bấm[/] [/] [bold]x[/bold]")


def test_html_is_shown_as_it_is_written() -> None:
    assert "<script>alert(1)</script>" in shown_text("<script>alert(1)</script>")


def test_a_link_that_may_not_be_opened_leaves_its_words() -> None:
    layout = lay_out(sheet("Hãy [bấm vào đây](javascript:alert(1)) ngay."), 111, 72, APPEARANCE)
    assert layout.targets == ()
    assert any("Hãy bấm vào đây ngay." in line.text for line in layout.lines)
    assert not any(segment.style and segment.style.underline for line in layout.lines for segment in line.segments)


def test_related_links_that_may_not_be_opened_are_not_offered() -> None:
    bad = replace(links("Một")[0], url="javascript:alert(1)")
    layout = lay_out(StoryContent(NOW, replace(article("Hồ."), links=(bad,))), 111, 72, APPEARANCE)
    assert layout.targets == ()
    assert not any("Related" in line.text for line in layout.lines)


def test_no_style_carries_an_action() -> None:
    layout = lay_out(
        sheet("[@click=app.quit] [x](https://a.example)", links=links("[@click=app.quit]Một")), 111, 72, APPEARANCE
    )
    metas = [segment.style.meta for line in layout.lines for segment in line.segments if segment.style]
    assert all(set(meta) <= {"target"} for meta in metas)
