"""What pages write in several ways comes out as one, and no word is lost on the way."""

import pytest
from lxml import etree

from reader.extract import extract_content
from reader.extract.dom.normalize import normalize

URL = "https://marsh.example/ferry"
PICTURES = "https://marsh.example/p"


def markdown(markup: str) -> str:
    return extract_content(markup, URL).markdown


@pytest.mark.parametrize(
    "wrapped",
    [
        "<p><span>{}</span></p>",
        "<div><font face=x>{}</font></div>",
        "<p><b><i>{}</i></b></p>",
        "<div><u><big><label-text>{}</label-text></big></u></div>",
    ],
)
def test_two_line_breaks_part_paragraphs_in_whatever_they_are_wrapped(wrapped: str) -> None:
    parted = "<br>\n<br/>".join(("The boat left.", "It came back.", "It left again."))
    written = markdown(wrapped.format(parted)).replace("*", "")
    assert written == "The boat left.\n\nIt came back.\n\nIt left again."


def test_one_line_break_parts_nothing() -> None:
    assert markdown("<p><span>The boat left.<br>It came back.</span></p>") == "The boat left.\\\nIt came back."


def test_a_link_that_breaks_part_leads_to_the_same_page_from_both_parts() -> None:
    assert markdown("<p>See <a href='/x'>one<br><br>two</a> there.</p>") == (
        "See [one](https://marsh.example/x)\n\n[two](https://marsh.example/x) there."
    )


def test_very_many_breaks_in_very_deep_wrappers_end() -> None:
    depth = "<b><i>" * 60
    markup = f"<div>{depth}{'x<br><br>' * 3000}"
    root = etree.fromstring(markup, etree.HTMLParser())
    normalize(root, markup.encode())
    assert "".join(map(str, root.itertext())) == "x" * 3000


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<p>Done <img class='emoji' alt='🎉' src='/e.png'> now.</p>", "Done 🎉 now."),
        ("<p>Done <img class='wp-smiley' alt=':-)' src='/e.gif'> now.</p>", "Done :-) now."),
        ("<p>Done <img alt='⛴️' src='/icons/26f4.svg'> now.</p>", "Done ⛴️ now."),
        ("<p>Done <img alt=':ferry:' src='https://a.example/emoji/f.png'> now.</p>", "Done :ferry: now."),
        ("<p>Done <img class='emoji' src='/e.png'> now.</p>", "Done now."),
    ],
)
def test_a_picture_of_an_emoji_is_the_emoji(markup: str, written: str) -> None:
    assert markdown(markup) == written


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<div><noscript><img src=/p/a.jpg></noscript></div>", f"![]({PICTURES}/a.jpg)"),
        ("<p>There.<noscript><img src=/p/a.jpg></noscript></p>", f"There.\n\n![]({PICTURES}/a.jpg)"),
        ("<div><img src=/p/a.jpg><noscript><img src=/p/b.jpg></noscript></div>", f"![]({PICTURES}/a.jpg)"),
        ("<p>One.</p><noscript><img height=1 width=1 src=/p/count.jpg></noscript>", "One."),
        ("<p>One.</p><noscript><img style='display:none' src=/p/count.jpg></noscript>", "One."),
        ("<p>One.</p><noscript>Turn on scripts. <img src=/p/a.jpg></noscript>", "One."),
    ],
)
def test_a_picture_that_only_readers_without_scripts_get_is_shown_once(markup: str, written: str) -> None:
    assert markdown(markup) == written


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        ("Tides<a class=headerlink href=#t title='Link to this heading'>¶</a>", "Tides"),
        ("<a href=#t aria-hidden=true>§</a> Tides", "Tides"),
        ("Tides <a href=#t class=hash-link>#</a>", "Tides"),
        ("<a class=anchor href=#t><svg></svg></a>Tides", "Tides"),
        ("Tides <a href=/ferry#t>🔗</a>", "Tides"),
        ("Tides <a class=anchor-link href=#t>Direct link to Tides</a>", "Tides"),
        ("<a href=#t>Tides</a>", "Tides"),
        ("Tides of <a href=#t>spring</a>", "Tides of spring"),
        ("C# and F#", "C# and F#"),
        ("<button aria-expanded=false>Tides</button>", "Tides"),
    ],
)
def test_a_heading_is_its_words_without_the_mark_that_links_to_it(heading: str, written: str) -> None:
    assert markdown(f"<p>One.</p><h2 id=t>{heading}</h2><p>Two.</p>") == f"One.\n\n## {written}\n\nTwo."


def test_a_button_that_opens_a_text_is_the_heading_of_it() -> None:
    opened = "<div id=a><p>It takes most of a year, if the ice holds.</p></div>"
    titled = f"<button aria-controls=a>How long does it take?</button>{opened}"
    assert markdown(f"<p>One.</p>{titled}").startswith("One.\n\n### How long does it take?\n\nIt takes")
    assert "Show" not in markdown(f"<p>One.</p><button aria-controls=a>Show</button>{opened}")


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<p>See <x-link href=/a>this</x-link>, <nobr>5 boats</nobr>.</p>", "See this, 5 boats."),
        ("<p>It is <output>6</output> of <o:p>seven</o:p>.</p>", "It is 6 of seven."),
        ("<x-box><p>One.</p><p>Two.</p></x-box>", "One.\n\nTwo."),
        ("<x-box>One.</x-box><div>Two.</div>", "One.\n\nTwo."),
        ("<p>It costs <del>two</del> <ins>three</ins> coins.</p>", "It costs ~~two~~ three coins."),
        ("<p>One.</p><ins><p>Two.</p></ins>", "One.\n\nTwo."),
        ("<p>One.</p><ins class=adsbygoogle>Buy</ins><ins data-ad-slot=1>Buy</ins>", "One."),
    ],
)
def test_elements_that_html_does_not_know_and_what_was_inserted_are_text(markup: str, written: str) -> None:
    assert markdown(markup) == written
