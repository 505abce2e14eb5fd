"""What the walk leaves out of a page and of a feed: boxes by their names, words of a sentence never."""

import pytest

from reader.extract import Rules, extract, extract_content
from tests.extract.sample_pages import SENTENCES, english, paragraphs

URL = "https://marsh.example/a"


def page(markup: str) -> str:
    body = f"{paragraphs()}{markup}<p>So the night ended, and nobody in the hall had slept at all.</p>"
    return extract(english(body), URL, rules=Rules()).markdown


@pytest.mark.parametrize(
    "name",
    [
        "tooltip",
        "rating",
        "vote-count",
        "tags",
        "follow",
        "related",
        "legal",
        "newsletter",
        "social-share",
        "popup",
        "ad",
    ],
)
def test_no_name_takes_a_word_out_of_a_sentence(name: str) -> None:
    said = "The keeper had twelve oars in the shed"
    for tag in ("span", "abbr", "dfn", "b"):
        word = f"<{tag} class={name}>twelve</{tag}>"
        line = f"The keeper had {word} oars in the shed"
        for box in (
            f"<p>{line}.</p>",
            f"<p><i>{line}.</i></p>",
            f"<div>{line}.</div>",
            f"<ul><li>{line}.</li></ul>",
            f"<h2>{line}</h2><p>It was cold.</p>",
            f"<table><tr><th>Who</th><th>What</th></tr><tr><td>Ann</td><td>{line}.</td></tr></table>",
        ):
            assert said in page(box).replace("*", ""), (tag, box)
    linked = page(f"<p>The keeper had <a class={name} href=/o>twelve</a> oars in the shed.</p>")
    assert "had [twelve](https://marsh.example/o) oars" in linked


@pytest.mark.parametrize(
    "word",
    [
        "<span class=sr-only>read aloud</span>",
        "<span class='d-none'>read aloud</span>",
        "<span hidden>read aloud</span>",
        "<span style='display:none'>read aloud</span>",
    ],
)
def test_what_is_not_drawn_goes_from_a_sentence_too(word: str) -> None:
    assert "read aloud" not in page(f"<p>The keeper had {word} oars in the shed.</p>")


def test_a_control_alone_in_its_box_is_judged_by_its_name() -> None:
    assert "Tell a friend" not in page("<div><span class=share-button>Tell a friend</span></div>")


@pytest.mark.parametrize(
    "markup",
    [
        "<h2 id=tools>Tools</h2><p>A saw, a plane and a pot of tar, he wrote.</p>",
        "<section id=the-survey><h2>The survey</h2><p>A saw, a plane and a pot of tar, he wrote.</p></section>",
        "<section class=survey><p>A saw, a plane and a pot of tar, he wrote.</p></section>",
        "<ul class=tools><li>A saw</li><li>A pot of tar</li></ul>",
        "<table class=ratings><tr><th>Boat</th><th>A saw</th></tr><tr><td>Heron</td><td>A pot of tar</td></tr></table>",
        "<dl class=quiz><dt>A saw</dt><dd>A pot of tar</dd></dl>",
        "<blockquote class=comment><p>A saw, and a pot of tar</p></blockquote>",
    ],
)
def test_what_a_story_is_written_in_is_not_left_out_for_an_everyday_word(markup: str) -> None:
    written = page(markup)
    assert "saw" in written
    assert "pot of tar" in written.replace("\n", " ")


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=tags><a href=/t/tar>Tar from pines</a>, <a href=/t/saw>Saws</a></div>",
        "<div class=survey><p>How is the tar from pines?</p><input type=radio> Good <input type=radio> Bad</div>",
        "<div class=rating>Tar from pines: 4/5</div>",
        "<div class=feedback>Was the tar from pines of use to you? <button>Yes</button></div>",
        "<div class=comments><p>I think that the tar from pines was better when my father made it.</p></div>",
        "<div class=newsletter><p>The tar from pines in your letter box, each week, by those who made it.</p></div>",
        "<ul class=related-articles><li>Tar from pines</li></ul>",
        "<h3 class=byline>Tar from pines</h3>",
    ],
)
def test_what_is_a_part_of_the_page_goes(markup: str) -> None:
    assert "ar from pines" not in page(markup)


def test_a_feed_has_no_parts_of_a_page() -> None:
    told = extract_content(
        "<p>Say <span aria-hidden=true>aloud</span> it.</p><label>By the quay.</label><nav>In the nave.</nav>"
        "<footer>At the foot.</footer><button>On the button</button><dialog>In the talk.</dialog>"
        "<div class=newsletter>Of the week.</div><section class=comments><p>And so say I.</p></section>",
        URL,
    ).markdown
    assert told.split("\n\n") == [
        "Say aloud it.",
        "By the quay.",
        "In the nave.",
        "At the foot.",
        "On the button",
        "In the talk.",
        "Of the week.",
        "And so say I.",
    ]


def test_of_a_feed_too_what_is_not_drawn_goes() -> None:
    hidden = "<p style='display:none'>Opened in a mail program.</p><script>x()</script>"
    assert extract_content(f"{hidden}<p>{SENTENCES[0]}</p>", URL).markdown == SENTENCES[0]


def test_the_head_of_a_section_is_text() -> None:
    head = "<header><div>Step 2</div><h3>Relax your shoulders</h3></header>"
    text = page(f"<article>{head}<p>{SENTENCES[1]}</p></article>")
    assert "### Relax your shoulders" in text
    assert "Step 2" in text


@pytest.mark.parametrize(
    "head",
    [
        "<header><div>Step 2</div></header>",
        "<header><h3><a href='/b/keel-1.html'>Relax, it is spring</a></h3></header>",
    ],
)
def test_a_line_of_facts_and_the_head_of_a_card_are_none(head: str) -> None:
    text = page(f"<div>{head}<p>{SENTENCES[1]}</p></div>")
    assert "Step 2" not in text
    assert "Relax" not in text


@pytest.mark.parametrize("name", ["skip-item", "promo", "widget"])
def test_boxes_of_one_name_that_are_the_text_stay(name: str) -> None:
    boxes = "".join(f"<div class={name}><h2>Part {n}</h2><p>{s}</p></div>" for n, s in enumerate(SENTENCES))
    text = extract(english(boxes), URL, rules=Rules()).markdown
    assert all(sentence in text for sentence in SENTENCES)


def test_one_such_box_and_comments_go() -> None:
    assert "Sign up for it" not in page("<div class=promo><p>Sign up for it, and it comes each morning.</p></div>")
    said = "".join(
        f"<div class=comment><p>The {n}. of us would have it painted in blue, as before.</p></div>" for n in "1234"
    )
    assert "of us would" not in extract(english(f"{paragraphs()}{said}"), URL, rules=Rules()).markdown


def test_a_banner_with_the_headline_and_the_lead_of_the_story_stays() -> None:
    lead = (
        f"{SENTENCES[0]} {SENTENCES[1]} So it was for a hundred years, and so the council of the marsh means it to be."
    )

    def shown(banner: str) -> str:
        part = f"<section class=part><div><h2>Of the marsh</h2><div>{paragraphs(SENTENCES[2:])}</div></div></section>"
        whole = f"<section class=page-banner><div>{banner}</div></section>{part * 4}"
        return extract(f"<html><body><div>{whole}</div></body></html>".encode(), URL, rules=Rules()).markdown

    assert lead in shown(f"<h1>The ferry of the marsh</h1><div>{lead}</div>")
    assert "Shop now" not in shown("<h1>The ferry of the marsh</h1><div>Shop now for oars</div>")
    linked = "".join(f"<a href=/{n}>{lead}</a> " for n in range(2))
    assert lead not in shown(f"<h1>The ferry of the marsh</h1><div>{linked}</div>")
