"""The walk: whatever wraps them, an article's elements come out as plain blocks."""

import pytest
from lxml import etree

from reader.extract import extract_content
from reader.extract.blocks.inline import WalkState
from reader.extract.blocks.unwanted import left_out_of_feed, left_out_of_page
from reader.extract.blocks.walk import blocks_of
from reader.extract.dom.node import text_length

BASE = "https://marsh.example/a/"
POST = (
    '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/1/"><a>By A</a>'
    "</blockquote>"
)


def walked(markup: str, title: str = "", *, strict: bool = False) -> list[tuple[str, str]]:
    body = etree.fromstring(f"<html><body>{markup}</body></html>", etree.HTMLParser()).find("body")
    assert body is not None
    left_out = left_out_of_page(set(), strict=True, mass=text_length(body)) if strict else left_out_of_feed()
    walk = WalkState(BASE, title, left_out)
    return [(block.kind, block.text) for block in blocks_of(body, walk)]


def written(markup: str) -> list[str]:
    body = etree.fromstring(f"<html><body>{markup}</body></html>", etree.HTMLParser()).find("body")
    assert body is not None
    walk = WalkState(BASE, "", left_out_of_feed())
    return [etree.tostring(block.out, encoding="unicode") for block in blocks_of(body, walk)]


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<div><div>One<br><br>Two</div></div>", [("p", "One"), ("p", "Two")]),
        ("One<br>Two<br>", [("p", "One Two")]),
        ("<div>One</div>Two<p>Three</p>", [("p", "One"), ("p", "Two"), ("p", "Three")]),
        ("<h2>" + "long " * 50 + "</h2>", [("p", ("long " * 50).strip())]),
        ("<h2></h2><p></p><ul></ul><blockquote></blockquote><pre> </pre>", []),
        ("<h3>Bank<ul><li>One</li></ul></h3>", [("p", "Bank"), ("ul", "One")]),
        ("<ul><li>One</li><li></li><script>x</script></ul>", [("ul", "One")]),
        ("<dl><dt>Tide</dt><dd>Water that rises</dd></dl>", [("p", "Tide"), ("p", "Water that rises")]),
        ("<p>One</p><hr><p>Two</p>", [("p", "One"), ("hr", ""), ("p", "Two")]),
        ("<p>One</p><script>x</script><style>y</style>", [("p", "One")]),
        (
            "<figure><table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table></figure>",
            [("table", "a b c d")],
        ),
        ("<figure><pre>x = 1</pre></figure>", [("pre", "x = 1")]),
        ("<figure><blockquote>Said</blockquote><img src='f.jpg'></figure>", [("blockquote", "Said"), ("figure", "")]),
        (
            "<table><caption>Tides</caption><tr><th>a</th><th>b</th></tr><tr><td>c</td><td>d</td></tr></table>",
            [("p", "Tides"), ("table", "a b c d")],
        ),
        ("<table><tr><td><p>Layout</p></td></tr></table>", [("p", "Layout")]),
        ("<button><img src='f.jpg'></button>", [("figure", "")]),
        ("<div><img src='f.jpg'></div><div class='caption'>The boat</div>", [("figure", "")]),
        ("<p>One</p><div class='caption'>The boat</div>", [("p", "One"), ("p", "The boat")]),
        ("<p>One</p><figcaption>The boat</figcaption>", [("p", "One")]),
        ("<a href='/other-story'><img src='f.jpg'></a>", []),
        ("<a href='/f-large.jpg'><img src='f.jpg'></a>", [("figure", "")]),
        ("<ul><li>One<img src='f.jpg'></li></ul>", [("ul", "One"), ("figure", "")]),
    ],
)
def test_blocks_whatever_wraps_them(markup: str, blocks: list[tuple[str, str]]) -> None:
    assert walked(markup) == blocks


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/abc" title="A crossing"></iframe>',
            '<p><a href="https://www.youtube.com/watch?v=abc">Video: A crossing</a></p>',
        ),
        (
            '<iframe src="https://www.youtube.com/embed/videoseries?list=PL1" title="YouTube video player"></iframe>',
            '<p><a href="https://www.youtube.com/playlist?list=PL1">Video</a></p>',
        ),
        (
            '<iframe src="about:blank" data-src="https://player.vimeo.com/video/7"></iframe>',
            '<p><a href="https://vimeo.com/7">Video</a></p>',
        ),
        (
            '<iframe src="https://www.dailymotion.com/embed/video/x7"></iframe>',
            '<p><a href="https://www.dailymotion.com/video/x7">Video</a></p>',
        ),
        (
            '<iframe src="https://www.google.com/maps/embed?pb=1" title="The quay"></iframe>',
            '<p><a href="https://www.google.com/maps/embed?pb=1">Map: The quay</a></p>',
        ),
        ('<audio controls src="/a.mp3"></audio>', '<p><a href="https://marsh.example/a.mp3">Audio</a></p>'),
        (
            '<figure><video controls><source src="/v.mp4"></video></figure>',
            '<p><a href="https://marsh.example/v.mp4">Video</a></p>',
        ),
        (POST, '<p><a href="https://www.instagram.com/p/1/">Post: By A</a></p>'),
    ],
)
def test_what_is_embedded_is_one_line_with_a_link(markup: str, line: str) -> None:
    assert written(markup) == [line]


@pytest.mark.parametrize(
    "markup",
    [
        '<iframe src="https://ads.example/frame"></iframe>',
        '<iframe src="https://www.facebook.com/plugins/like.php"></iframe>',
        '<video autoplay src="/v.mp4"></video>',
        "<video controls></video>",
        "<iframe></iframe>",
    ],
)
def test_other_frames_and_ornaments_are_left_out(markup: str) -> None:
    assert written(markup) == []


@pytest.mark.parametrize(
    ("markup", "language"),
    [
        ('<pre class="language-python">x</pre>', "python"),
        ('<pre data-lang="Rust">x</pre>', "rust"),
        ('<div class="highlight-source-js"><pre>x</pre></div>', "js"),
        ('<pre><code class="lang-c++">x</code></pre>', "c++"),
        ('<pre class="language-text">x</pre>', None),
        ("<pre>x</pre>", None),
    ],
)
def test_the_language_of_code_is_kept(markup: str, language: str | None) -> None:
    body = etree.fromstring(f"<html><body>{markup}</body></html>", etree.HTMLParser()).find("body")
    assert body is not None
    (block,) = blocks_of(body, WalkState(BASE, "", left_out_of_feed()))
    assert block.out.get("data-language") == language


def test_code_keeps_its_lines_and_a_tab_is_an_indent() -> None:
    assert written("<pre>a<br>\tb<b>c</b></pre>") == ["<pre>a\n    bc</pre>"]


@pytest.mark.parametrize(
    ("markup", "line"),
    [
        ("<blockquote><p>Row on.</p><footer>Ann Reed</footer></blockquote>", "— Ann Reed"),
        ("<blockquote><p>Row on.</p><cite>– Ann Reed</cite></blockquote>", "— Ann Reed"),
        ("<blockquote><div><p>Row on.</p><p class='author'>Ann Reed</p></div></blockquote>", "— Ann Reed"),
        ("<figure><blockquote><p>Row on.</p></blockquote><figcaption>Ann Reed</figcaption></figure>", "— Ann Reed"),
    ],
)
def test_who_is_quoted_is_the_quotations_last_paragraph(markup: str, line: str) -> None:
    (block,) = written(markup)
    assert block == f"<blockquote><p>Row on.</p><p>{line}</p></blockquote>"


@pytest.mark.parametrize(
    "markup",
    [
        "<blockquote><p>Row on.</p><p>Row home.</p></blockquote>",
        f"<blockquote><p>Row on.</p><p class='author'>{'long ' * 40}</p></blockquote>",
        "<blockquote><p>Row on.</p><cite>Ann Reed</cite> said so</blockquote>",
        "<blockquote>Row on.</blockquote>",
    ],
)
def test_nobody_is_quoted_where_no_name_is_printed_last(markup: str) -> None:
    (block,) = written(markup)
    assert "— " not in block


@pytest.mark.parametrize(
    ("box", "strict", "kept"),
    [
        ("<div style='display:none'>Beside</div>", True, False),
        ("<form>Beside</form>", True, False),
        ("<form>Beside</form>", False, True),
        ("<aside>Beside</aside>", True, False),
        ("<div class='newsletter'>Beside</div>", True, False),
        ("<div class='newsletter'>Beside" + ", in a box of an odd name, is all of the text" * 9 + "</div>", True, True),
        ("<p class='post-meta'>Beside</p>", True, False),
        ("<header>Beside</header>", True, False),
        ("<header><h1>Tide</h1><p>Beside</p></header>", True, True),
    ],
)
def test_names_and_hiding_tell_what_is_left_out_where_no_rule_names_the_body(
    box: str, strict: bool, kept: bool
) -> None:
    text = "".join(text for _, text in walked(f"<p>One sentence of the text.</p>{box}", strict=strict))
    assert text.startswith("One sentence of the text.")
    assert ("Beside" in text) is kept


def test_a_box_of_an_odd_name_that_holds_a_picture_with_its_caption_stays() -> None:
    box = "<div class='widget'><img src='f.jpg'><p class='caption'>The boat at night</p></div>"
    assert walked(f"<p>One.</p>{box}", strict=True) == [("p", "One."), ("figure", "")]


def test_notes_stand_at_the_end_and_their_links_back_are_left_out() -> None:
    marks = "<p>Text<sup><a href='#fn1'>1</a></sup> and more<a class='footnote' href='#fn2'>2</a>.</p>"
    notes = "<hr><ol><li id='fn1'>First <b>note</b> <a href='#fnref1'>↩</a></li><li id='fn2'><p>Second</p></li></ol>"
    assert written(marks + notes) == [
        '<p>Text<span data-ref="1">1</span> and more<span data-ref="2">2</span>.</p>',
        '<p data-note="1">First <strong>note</strong> </p>',
        '<p data-note="2">Second</p>',
    ]


@pytest.mark.parametrize(
    "anchor",
    [
        "<a href='#top'>1</a>",
        "<sup><a href='#nowhere'>1</a></sup>",
        "<sup><a href='#fnref1'>1</a></sup>",
        "<sup><a href='#box'>1</a></sup><div id='box'>x</div>",
        "<sup><a href='/other#fn1'>1</a></sup>",
    ],
)
def test_a_link_to_nothing_that_is_called_a_note_is_no_mark(anchor: str) -> None:
    assert "data-ref" not in "".join(written(f"<p>Text{anchor}</p>"))


def test_a_table_keeps_its_columns_and_how_they_are_set() -> None:
    markup = (
        "<table><thead><tr><td>Day</td><td align='right'>Tide</td></tr></thead><tr><td colspan='2'>None</td></tr>"
        "<tr></tr><tr><td>Monday</td><td style='text-align: center'>High</td></tr></table>"
    )
    (table,) = written(markup)
    assert table == (
        '<table><tr><th>Day</th><th align="right">Tide</th></tr><tr><td>None</td><td/></tr>'
        '<tr><td>Monday</td><td align="center">High</td></tr></table>'
    )


def test_pictures_over_a_quotation_nested_too_deep_leave_its_text() -> None:
    deep = "<blockquote>" * 20 + "Row on." + "</blockquote>" * 20
    assert walked(deep)[0][1] == "Row on."
    lists = "<ul><li>" * 20 + "Row on." + "</li></ul>" * 20
    assert walked(lists)[0][1] == "Row on."


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("<ol><li>One</li><ol><li>Sub</li></ol><li>Two</li></ol>", "1. One\n   1. Sub\n2. Two"),
        ("<ul><li>One</li><ul><li>Sub</li></ul><li>Two</li></ul>", "- One\n  - Sub\n- Two"),
        ("<ul><ul><li>Sub</li></ul><li>Two</li></ul>", "- Sub\n- Two"),
        ("<ul>We ask:<li>oars</li>and<li>rope</li>of hemp</ul>", "We ask:\n\n- oars\n\n  and\n\n- rope\n\n  of hemp"),
        ("<figure><pre>x = 1</pre><figcaption>The pump</figcaption></figure>", "```\nx = 1\n```\n\nThe pump"),
        (
            "<figure><img src=a.jpg></figure><figure><figcaption>The pump</figcaption><pre>x</pre></figure>",
            f"![]({BASE}a.jpg)\n\nThe pump\n\n```\nx\n```",
        ),
        ("<figure><blockquote>We row.</blockquote><figcaption>Ann</figcaption></figure>", "> We row.\n>\n> — Ann"),
        (
            "<figure><iframe src='https://www.youtube.com/embed/x'></iframe><figcaption>The race</figcaption></figure>",
            "[Video](https://www.youtube.com/watch?v=x)\n\nThe race",
        ),
    ],
)
def test_no_word_beside_an_item_or_under_a_figure_is_lost(markup: str, markdown: str) -> None:
    assert extract_content(markup, BASE).markdown == markdown


def test_text_beside_the_terms_of_a_definition_list_is_there_and_a_term_keeps_its_link() -> None:
    markup = "<dl>Words of the marsh<dt><a href=/ebb>Ebb</a></dt><dd>Water that goes.</dd><p>More soon.</p></dl>"
    assert extract_content(markup, BASE).markdown == (
        "Words of the marsh\n\n**[Ebb](https://marsh.example/ebb)**\n\nWater that goes.\n\nMore soon."
    )


@pytest.mark.parametrize(
    "embedded",
    [
        "<embed src='/tides.pdf' type='application/pdf'>",
        "<object data='/tides.pdf' type='application/pdf'></object>",
        "<object data='/tides.pdf'><p>Take <a href='/tides.pdf'>tides.pdf</a> home.</p></object>",
    ],
)
def test_a_file_that_is_embedded_is_a_link_and_what_follows_it_is_there(embedded: str) -> None:
    text = extract_content(f"<p>The table is here.</p>{embedded}<p>Read it at low water.</p>", BASE).markdown
    assert "[tides.pdf](https://marsh.example/tides.pdf)" in text
    assert text.endswith("Read it at low water.")


def test_a_sentence_goes_on_behind_a_name_that_has_a_popup() -> None:
    popup = (
        "<span class=card><img src=/ada.jpg alt=''><a href=/ada>Ada M. Rower</a><a href=/s1.html>She rows again</a>"
        "<a href=/ada>More</a></span>"
    )
    markup = f"<p>The rower <span class=hover><a href=/ada>Ada Rower</a>{popup}</span> (North) rows on.</p>"
    assert walked(markup) == [("p", "The rower Ada Rower (North) rows on.")]
    written = walked("<p>The rower <span>Ada Rower<img src=/ada.jpg alt=''></span> rows on.</p>")
    assert " ".join(text for kind, text in written if kind == "p") == "The rower Ada Rower rows on."


def test_what_stands_between_two_items_is_one_line_of_the_first() -> None:
    markup = "<ul><b>Bring</b> this:<li>a lamp</li>and <b>rope</b>, or <a href=/c>a chain</a> too<li>a map</li></ul>"
    assert written(markup) == [
        "<p><strong>Bring</strong> this:</p>",
        (
            '<ul><li><p>a lamp</p><p>and <strong>rope</strong>, or <a href="https://marsh.example/c">a chain</a> too'
            "</p></li><li><p>a map</p></li></ul>"
        ),
    ]
    assert written("<ul><b>One</b> <i>Two</i></ul>")[0].count("<li>") == 2


@pytest.mark.parametrize("tags", [("<ul><li>", "</li></ul>"), ("<blockquote>", "</blockquote>")])
def test_no_word_and_no_link_of_what_nests_deep_is_lost(tags: tuple[str, str]) -> None:
    deep = "seaweed " * 300 + "<a href=/end>the end</a>"
    for levels in (12, 13, 14, 40):
        text = extract_content(tags[0] * levels + deep + tags[1] * levels, BASE).markdown
        assert text.count("seaweed") == 300
        assert "[the end](https://marsh.example/end)" in text
