"""A listing is its code: a line for each line, its indents, and no numbers of lines."""

import pytest

from reader.extract import extract_content

CODE = "if ebb:\n    leave()"


def markdown(markup: str) -> str:
    return extract_content(markup, "https://marsh.example/pump").markdown


@pytest.mark.parametrize(
    "listing",
    [
        "<pre>if ebb:\n    leave()\n</pre>",
        "<pre><code>if ebb:<br>    leave()</code></pre>",
        "<pre><div>if ebb:</div><div>    leave()</div></pre>",
        "<pre><span style='display:block'>if ebb:</span><span style='display: flex'>    leave()</span></pre>",
        "<pre class=linenums><ol><li>if ebb:</li>\n<li>    leave()</li></ol></pre>",
        "<pre><span class=lineno>1</span>if ebb:\n<span class=lineno>2 </span>    leave()</pre>",
        "<pre><i style='user-select: none'>1</i>if ebb:\n<i style='user-select:none'>2</i>    leave()</pre>",
        (
            "<figure class=highlight><table><tr><td class=gutter><pre>1\n2</pre></td><td class=code><pre>if ebb:<br>"
            "    leave()</pre></td></tr></table></figure>"
        ),
        (
            "<pre><code><table class=rouge-table><tr><td class='rouge-gutter gl'><pre class=lineno>1\n2\n</pre></td>"
            "<td class=rouge-code><pre>if ebb:\n    leave()\n</pre></td></tr></table></code></pre>"
        ),
        (
            "<div class=chroma><table class=lntable><tr><td class=lntd><pre><code><span class=lnt>1\n</span>"
            "<span class=lnt>2\n</span></code></pre></td><td class=lntd><pre><code>if ebb:\n    leave()</code></pre>"
            "</td></tr></table></div>"
        ),
        (
            "<table class=code><tr><td class=blob-num data-line-number=1></td><td class=blob-code>if ebb:</td></tr>"
            "<tr><td class=blob-num data-line-number=2></td><td class=blob-code>    leave()</td></tr></table>"
        ),
        (
            "<div class=syntaxhighlighter><table><tr><td class=gutter><div>1</div><div>2</div></td><td class=code>"
            "<div><div class=line><code>if</code> <code>ebb</code>:</div><div class=line><code>    </code>"
            "<code>leave</code>()</div></div></td></tr></table></div>"
        ),
    ],
)
def test_a_listing_is_its_code_alone(listing: str) -> None:
    assert markdown(f"<p>One.</p>{listing}<p>Two.</p>") == f"One.\n\n```\n{CODE}\n```\n\nTwo."


@pytest.mark.parametrize(
    ("listing", "language"),
    [
        ("<pre><code class=language-python>x</code></pre>", "python"),
        ("<div class='highlight-python3 notranslate'><div class=highlight><pre>x</pre></div></div>", "python3"),
        ("<pre data-lang=rust>x</pre>", "rust"),
        ("<figure class='highlight python'><pre>x</pre></figure>", "python"),
        ("<pre class='lang-none'>x</pre>", ""),
        ("<table class=highlighttable><tr><td class=linenos>1</td><td class=code><pre>x</pre></td></tr></table>", ""),
    ],
)
def test_a_listing_names_its_language(listing: str, language: str) -> None:
    assert markdown(listing) == f"```{language}\nx\n```"


def test_numbers_in_code_are_code() -> None:
    assert markdown("<pre><span class=k>1</span>\n<span>2</span></pre>") == "```\n1\n2\n```"


def test_a_table_with_numbers_before_its_rows_is_a_table() -> None:
    table = "<table><tr><td>1</td><td>Ebb</td></tr><tr><td>2</td><td>Flood</td></tr></table>"
    assert markdown(table).splitlines()[-2:] == ["| 1 | Ebb |", "| 2 | Flood |"]


def test_an_empty_listing_is_none() -> None:
    assert (
        markdown(
            "<p>One.</p><pre>\n </pre><table class=highlighttable><tr><td class=linenos><pre>1</pre></td>"
            "<td class=code><pre></pre></td></tr></table>"
        )
        == "One."
    )


@pytest.mark.parametrize(
    "listing",
    [
        "<pre><code><span class=line>if ebb:</span><span class=line>    leave()</span></code></pre>",
        "<pre><code>if ebb:</code><code>    leave()</code></pre>",
        "<code>if ebb:<br>&nbsp;&nbsp;&nbsp;&nbsp;leave()</code>",
        "<code style='display:block; white-space: pre'>if ebb:\n    leave()</code>",
        "<div style='font-family: monospace; white-space: pre'>if ebb:\n    leave()</div>",
        "<pre><button>Copy</button>if ebb:\n    leave()</pre>",
        "<div><pre>1\n2</pre></div><div><pre>if ebb:\n    leave()</pre></div>",
        "<div class=line-numbers>1<br>2</div><pre>if ebb:\n    leave()</pre>",
    ],
)
def test_lines_stay_lines_and_what_stands_beside_them_goes(listing: str) -> None:
    assert markdown(f"<p>One.</p>{listing}<p>Two.</p>") == f"One.\n\n```\n{CODE}\n```\n\nTwo."


def test_a_listing_of_numbers_alone_is_one() -> None:
    assert markdown("<p>One.</p><pre>1\n2</pre><p>Two.</p>") == "One.\n\n```\n1\n2\n```\n\nTwo."


def test_the_name_of_a_listings_file_stands_apart_from_its_link() -> None:
    figure = (
        "<figure class=highlight><figcaption><span>pump.py</span><a href=/p>raw</a></figcaption><pre>x</pre></figure>"
    )
    assert markdown(figure).startswith("pump.py [raw](")


@pytest.mark.parametrize("named", ["LineNr", "select-none", "line_number", "zeile", "x7"])
@pytest.mark.parametrize("first", [1, 41])
def test_what_counts_at_the_begin_of_each_line_is_no_code_whatever_it_is_called(named: str, first: int) -> None:
    one, two = (f"<span class='{named}'>{n}</span>" for n in (first, first + 1))
    assert CODE in markdown(f"<pre><code>{one}if ebb:\n{two}    leave()</code></pre>").replace("```", "")
    assert CODE in markdown(f"<pre><div>{one}<b class=k>if</b> ebb:</div><div>{two}    leave()</div></pre>")
    each = (f"<a class='{named} n{n}' href='#L{n}'>{n}:&nbsp;</a>" for n in (first, first + 1))
    assert CODE in markdown(f"<pre>{next(each)}if ebb:\n{next(each)}    leave()</pre>")
    table = "".join(
        f"<tr><td class={named}>{first + n}</td><td><code>{line}</code></td></tr>"
        for n, line in enumerate(CODE.replace(" ", "&nbsp;").split("\n"))
    )
    assert CODE in markdown(f"<div class=code><table>{table}</table></div>")


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("<b class=x>1</b>, north\n<b class=x>2</b>, south", "1, north\n2, south"),
        ("<b class=x>1.</b> north\n<b class=x>2.</b> south", "1. north\n2. south"),
        ("<b class=mi>1</b> north\n<b class=mi>2</b> south", "1 north\n2 south"),
        ("<b class=x>10</b> north\n<b class=x>20</b> south", "10 north\n20 south"),
        ("<b class=x>1</b> north\nand south", "1 north\nand south"),
        ("<b class=x>1</b> north <b class=x>2</b>\n<b class=x>3</b> south", "1 north 2\n3 south"),
        ("tide <b class=x>1</b>\ntide <b class=x>2</b>", "tide 1\ntide 2"),
    ],
)
def test_numbers_that_are_code_stay(code: str, kept: str) -> None:
    assert kept in markdown(f"<pre>{code}</pre>")
