"""Each form that papers write in comes out as a careful person would write it: lists, tables, notes, embeds and all."""

import re

import pytest

from reader.extract import Rules, extract
from tests.extract.sample_pages import english, paragraphs

LONG = "The ferry has crossed the marsh since the flood, and those who row it know each reed by its name and its years."


def story(markup: str) -> str:
    return extract(
        english(f"{paragraphs()}{markup}<p>{LONG} So it was.</p>"), "https://marsh.example/a/b.html", rules=Rules()
    ).markdown


def test_bold_lines_between_paragraphs_are_headings() -> None:
    markup = "".join(f"<p><b>{name}</b></p><p>{LONG} {name}.</p>" for name in ("The north bank", "The south bank"))
    written = story(markup)
    assert "\n\n## The north bank\n\n" in written
    assert "\n\n## The south bank\n\n" in written


@pytest.mark.parametrize("line", ["It is late.", "Who rows at night?", "x" * 90])
def test_a_bold_sentence_a_question_and_a_long_line_stay_bold(line: str) -> None:
    written = story("".join(f"<p><b>{line}</b></p><p>{LONG} {n}.</p>" for n in "ab"))
    assert f"**{line}**" in written
    assert "##" not in written


def test_bold_lines_stay_bold_where_the_page_has_headings() -> None:
    written = story(f"<h2>Banks</h2><p>{LONG}</p>" + "".join(f"<p><b>Bank {n}</b></p><p>{LONG} {n}.</p>" for n in "ab"))
    assert "## Banks" in written
    assert "**Bank a**" in written


def test_powers_formulas_and_ordinals() -> None:
    written = story(
        "<p>It holds 40 m<sup>2</sup> of H<sub>2</sub>O on the 5<sup>th</sup> day of each month of a year.</p>"
    )
    assert "40 m² of H₂O on the 5th day" in written


def test_an_abbreviation_is_spelled_out_once() -> None:
    mark = '<abbr title="Marsh Ferry Board">MFB</abbr>'
    written = story(
        f"<p>The {mark} met today, in the hall by the quay.</p><p>The {mark} said nothing of the matter.</p>"
    )
    assert "The MFB (Marsh Ferry Board) met" in written
    assert "The MFB said" in written
    beside = story(f"<p>The Marsh Ferry Board ({mark}) met today, in the hall by the quay.</p>")
    assert "The Marsh Ferry Board (MFB) met" in beside


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        (
            '<iframe src="https://www.youtube.com/embed/abc_-1?rel=0" title="The crossing"></iframe>',
            "[Video: The crossing](https://www.youtube.com/watch?v=abc_-1)",
        ),
        (
            '<iframe data-src="//player.vimeo.com/video/77" title="vimeo-player"></iframe>',
            "[Video](https://vimeo.com/77)",
        ),
        (
            '<figure><iframe src="https://datawrapper.dwcdn.net/k/1/" title="Boats a year"></iframe></figure>',
            "[Chart: Boats a year](https://datawrapper.dwcdn.net/k/1/)",
        ),
        (
            '<iframe src="https://www.google.com/maps/embed?pb=1"></iframe>',
            "[Map](https://www.google.com/maps/embed?pb=1)",
        ),
        ('<video controls src="/v/boat.mp4"></video>', "[Video](https://marsh.example/v/boat.mp4)"),
        ('<audio src="https://cdn.example/bell.mp3"></audio>', "[Audio](https://cdn.example/bell.mp3)"),
        (
            '<video src="v/boat.mp4" title="The last boat"></video>',
            "[Video: The last boat](https://marsh.example/a/v/boat.mp4)",
        ),
        (
            '<p><audio title="The fog bell"><source src="/a/bell.ogg"></audio></p>',
            "[Audio: The fog bell](https://marsh.example/a/bell.ogg)",
        ),
    ],
)
def test_an_embed_is_one_line(markup: str, written: str) -> None:
    assert f"\n\n{written}\n\n" in story(markup)


@pytest.mark.parametrize(
    "markup",
    [
        '<iframe src="https://ads.example/x" title="Buy"></iframe>',
        '<iframe src="https://www.facebook.com/plugins/like.php?x"></iframe>',
        '<video autoplay muted src="/v/loop.mp4"></video>',
        "<video></video>",
        '<audio src="blob:https://marsh.example/1"></audio>',
        '<iframe src="javascript:alert(1)"></iframe>',
    ],
)
def test_a_frame_of_any_other_kind_says_nothing(markup: str) -> None:
    assert story(markup) == story("")


def test_a_post_is_a_quotation_with_its_author_and_its_date_linked() -> None:
    written = story(
        '<blockquote class="twitter-tweet"><p>The last boat has left, go by the dyke.</p>&mdash; Ann Reed (@reed) '
        '<a href="https://twitter.com/reed/status/1">May 5, 2020</a></blockquote>'
    )
    assert (
        "> The last boat has left, go by the dyke.\n>\n> — Ann Reed (@reed) [May 5, 2020](https://twitter.com/reed/status/1)"
        in written
    )


def test_a_table_of_data_keeps_its_alignment_and_one_for_layout_is_none() -> None:
    written = story(
        '<table><tr><th>Port</th><th style="text-align: right">Boats</th></tr>'
        '<tr><td>Reed Quay</td><td align="right">14</td></tr></table>'
    )
    assert "| Port | Boats |\n| --- | ---: |\n| Reed Quay | 14 |" in written
    assert "|" not in story(f"<table><tr><td><p>{LONG} One.</p></td></tr><tr><td><p>{LONG} Two.</p></td></tr></table>")


def test_lists_number_on_and_nest() -> None:
    written = story("<ol start=4><li>Rope<ul><li>long</li><li>short</li></ul></li><li>Oars</li></ol>")
    assert "4. Rope\n   - long\n   - short\n5. Oars" in written


def test_a_list_that_is_the_article_keeps_its_numbers() -> None:
    items = "".join(f"<h2>{n}. Boat {n}</h2><p>{LONG} {n}.</p>" for n in (3, 2, 1))
    written = story(items)
    assert [m.group() for m in re.finditer(r"## \d\. Boat \d", written)] == [
        "## 3. Boat 3",
        "## 2. Boat 2",
        "## 1. Boat 1",
    ]


def test_questions_stay_apart_from_their_answers() -> None:
    written = story(
        f"<p><strong>Do you row at night?</strong></p><p>{LONG}</p><p><strong>And alone?</strong><br>{LONG} Yes.</p>"
    )
    assert f"**Do you row at night?**\n\n{LONG}" in written
    assert f"**And alone?**\\\n{LONG} Yes." in written


def test_code_keeps_its_lines_and_its_language() -> None:
    written = story('<pre><code class="language-python">def row():\n    return "*"\n</code></pre>')
    assert '```python\ndef row():\n    return "*"\n```' in written


def test_terms_and_what_they_mean() -> None:
    written = story("<dl><dt>Dyke</dt><dd>A bank of earth that keeps the water out of the fields.</dd></dl>")
    assert "**Dyke**\n\nA bank of earth" in written


def test_words_between_quotation_marks_of_the_page() -> None:
    assert "She said “go by the dyke” and left" in story(
        "<p>She said <q>go by the dyke</q> and left for the quay at once.</p>"
    )
