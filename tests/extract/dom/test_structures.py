"""What stands for a list, a table, a paragraph or a word is read as such, and no word of it is lost."""

import pytest

from reader.extract import extract_content


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
        ("<p>The gate opens. <button>Share</button></p>", "The gate opens."),
        ("<p><button>Listen</button> The gate opens.</p>", "The gate opens."),
    ],
)
def test_a_button_or_a_label_in_a_sentence_is_its_word(markup: str, written: str) -> None:
    assert markdown(markup) == f"Before.\n\n{written}\n\nAfter."


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
