"""Small pictures in a sentence are their words, and pictures that are only in noscript are pictures."""

import pytest

from reader.extract import extract_content


def markdown(markup: str) -> str:
    return extract_content(markup, "https://marsh.example/a").markdown


@pytest.mark.parametrize(
    ("image", "written"),
    [
        ("<img src=/g.png alt='the wheel' height=16>", "Turn the wheel twice."),
        ("<img src=/g.png alt='the wheel' style='height:1em'>", "Turn the wheel twice."),
        ("<img src=/g.png alt='external link' height=12>", "Turn twice."),
    ],
)
def test_a_small_picture_in_a_sentence_is_its_word(image: str, written: str) -> None:
    assert markdown(f"<p>Turn {image} twice.</p>") == written


@pytest.mark.parametrize(
    "markup",
    [
        "<div><i></i><noscript>&lt;img src=&quot;/p.jpg&quot; alt=&quot;Pump&quot;&gt;</noscript></div>",
        "<div data-src=/p.jpg><noscript><picture><source><img src=/p.jpg alt=Pump></picture></noscript></div>",
        "<noscript><figure><img src=/p.jpg><figcaption>Pump</figcaption></figure></noscript>",
        "<span><img alt=Pump src='data:image/gif;base64,R0'><noscript><img src=/p.jpg></noscript></span>",
        "<p><img src='data:image/gif;base64,R0' data-strange=https://marsh.example/p.jpg alt=Pump></p>",
    ],
)
def test_a_picture_that_a_script_would_show_is_there(markup: str) -> None:
    assert markdown(f"<p>Before.</p>{markup}<p>After.</p>") == (
        "Before.\n\n![Pump](https://marsh.example/p.jpg)\n\nAfter."
    )


def test_several_in_noscript_beside_each_other_are_all_there() -> None:
    hidden = "".join(f"<noscript><img src=/{n}.jpg alt='Pump {n}'></noscript>" for n in ("one", "two", "three"))
    assert markdown(f"<p>Before.</p>{hidden}").count("![Pump") == 3


def test_one_that_is_shown_too_is_there_once() -> None:
    assert markdown("<p>A.</p><img src=/p.jpg alt=Pump><noscript><img src=/p.jpg></noscript>").count("p.jpg") == 1
