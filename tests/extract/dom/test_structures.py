"""What stands for a list, a table, a paragraph or a word is read as such, and no word of it is lost."""

import pytest

from reader.extract import extract, extract_content
from tests.extract.sample_pages import SENTENCES, english, paragraphs


def markdown(markup: str) -> str:
    return extract_content(f"<p>Before.</p>{markup}<p>After.</p>", "https://marsh.example/a").markdown


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<p>Bring:</p><li>Rope</li><li>Oil</li>", "Bring:\n\n- Rope\n- Oil"),
        ("<ul><div><li>Rope</li><li>Oil</li></div></ul>", "- Rope\n- Oil"),
        ("<menu><li>Soup</li><li>Eel</li></menu>", "- Soup\n- Eel"),
        ("<ul><li><label><input type=checkbox> Mend it</label></li></ul>", "- Mend it"),
        (
            "<ul><li><input type=checkbox checked> Mend it<li><label><input type=checkbox> Oil it</label></ul>",
            "- ☑ Mend it\n- ☐ Oil it",
        ),
    ],
)
def test_items_and_tasks_are_a_list(markup: str, written: str) -> None:
    assert markdown(markup) == f"Before.\n\n{written}\n\nAfter."


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<p>Press <button>Start</button>, then wait.</p>", "Press Start, then wait."),
        ("<p><button class=term>Ebb</button> is water that goes.</p>", "Ebb is water that goes."),
        ("<p>The <label for=x>outer gate</label> opens.</p>", "The outer gate opens."),
    ],
)
def test_a_button_or_a_label_in_a_sentence_is_its_word(markup: str, written: str) -> None:
    assert markdown(markup) == f"Before.\n\n{written}\n\nAfter."


def page(markup: str) -> str:
    return extract(english(f"{paragraphs()}{markup}{paragraphs(SENTENCES[:2])}"), "https://marsh.example/a").markdown


@pytest.mark.parametrize(
    "line", ["<p>The gate opens. <button>Share</button></p>", "<p><button>Listen</button> The gate opens.</p>"]
)
def test_of_a_page_a_button_beside_a_sentence_is_no_word(line: str) -> None:
    assert "\n\nThe gate opens.\n\n" in page(line)
    assert "Share" not in page(line)
    assert "Listen" not in page(line)


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<p><label>A note: the gate is old.</label></p>", "A note: the gate is old."),
        ("<div><label>The gate is old.<br><br>It creaks.</label></div>", "The gate is old.\n\nIt creaks."),
        (
            "<fieldset><legend>The end, told</legend><p>The gate never opened again.</p></fieldset>",
            "The end, told\n\nThe gate never opened again.",
        ),
    ],
)
def test_a_note_in_the_elements_of_a_form_is_text_where_there_is_no_field(markup: str, written: str) -> None:
    assert f"\n\n{written}\n\n" in page(markup)


@pytest.mark.parametrize(
    "form",
    [
        "<form><label>Your name, please</label><input name=n></form>",
        "<div><label>Your name, please</label><input name=n></div>",
        "<div><label for=n>Your name, please</label><p><input id=n></p></div>",
        "<fieldset><legend>Your name, please</legend><p><input name=n></p></fieldset>",
    ],
)
def test_what_a_form_asks_is_no_text(form: str) -> None:
    assert "Your name" not in page(form)


@pytest.mark.parametrize(
    ("file", "written"),
    [
        (
            "<object data=/gate.pdf type=application/pdf><p>Take <a href=/gate.pdf>the plan</a>.</p></object>",
            "Take [the plan](https://marsh.example/gate.pdf).",
        ),
        ("<object data=/gate.pdf title='The plan'></object>", "[The plan](https://marsh.example/gate.pdf)"),
        ("<embed src='/files/gate.pdf?v=2'>", "[gate.pdf](https://marsh.example/files/gate.pdf?v=2)"),
        ("<object data=/gate.svg>A gate of two wings.</object>", "A gate of two wings."),
    ],
)
def test_a_file_that_cannot_be_shown_is_what_the_page_says_instead(file: str, written: str) -> None:
    assert f"\n\n{written}\n\n" in page(file)


def test_what_stands_in_for_a_film_is_no_text() -> None:
    assert "Get the player" not in page("<object data=/gate.swf><p>Get the player to see this film.</p></object>")


def test_a_table_that_only_its_roles_tell_has_cells_that_stand_apart() -> None:
    rows = "".join(
        f"<div role=row><span role={cell}>{left}</span><span role={cell}>{right}</span></div>"
        for cell, left, right in (("columnheader", "Pump", "Litres"), ("cell", "Old", "40"), ("cell", "New", "90"))
    )
    assert markdown(f"<div role=table>{rows}</div>") == (
        "Before.\n\n| Pump | Litres |\n| --- | --- |\n| Old | 40 |\n| New | 90 |\n\nAfter."
    )


@pytest.mark.parametrize(
    ("markup", "written"),
    [
        ("<x-line>The pump is old.</x-line><x-line>It leaks.</x-line>", "The pump is old.\n\nIt leaks."),
        ("<p>The <x-word>wind</x-word><x-word>mill</x-word> turns.</p>", "The windmill turns."),
        ("<div><x-word>wind</x-word><x-word>mill</x-word></div>", "windmill"),
    ],
)
def test_custom_elements_that_say_a_sentence_each_are_paragraphs(markup: str, written: str) -> None:
    assert markdown(markup) == f"Before.\n\n{written}\n\nAfter."


def test_a_declared_shadow_tree_is_drawn_with_what_its_host_puts_in_the_slots() -> None:
    shadow = "<template shadowrootmode=open><p><slot name=who></slot> says:</p><blockquote><slot></slot></blockquote>"
    assert markdown(f"<x-said>{shadow}</template><b slot=who>Ann</b><span>Pump on.</span></x-said>") == (
        "Before.\n\n**Ann** says:\n\n> Pump on.\n\nAfter."
    )
    assert markdown("<template><p>Never drawn.</p></template>") == "Before.\n\nAfter."
