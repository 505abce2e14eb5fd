"""What the stylesheets name is there: a widget that is renamed in the code alone would silently lose its style."""

import ast
from pathlib import Path

import pytest
import textual.containers
import textual.screen
import textual.scroll_view
import textual.widgets
from textual.css.tokenize import tokenize

UI = Path(__file__).parents[3] / "reader" / "ui"
SHEETS = sorted(UI.rglob("*.tcss"))
TEXTUAL = (textual.containers, textual.screen, textual.scroll_view, textual.widgets)


def selected(sheet: Path, *kinds: str) -> set[str]:
    """The names that a sheet selects by: "selector" for types, "selector_id" for ids."""
    return {
        token.value for token in tokenize(sheet.read_text(encoding="utf-8"), (str(sheet), "")) if token.name in kinds
    }


def our_code() -> list[ast.AST]:
    return [node for path in UI.rglob("*.py") for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_type_in_a_stylesheet_is_a_widget(sheet: Path) -> None:
    ours = {node.name for node in our_code() if isinstance(node, ast.ClassDef)}
    theirs = {name for module in TEXTUAL for name in getattr(module, "__all__", dir(module))}
    types = selected(sheet, "selector_start", "selector")
    assert types
    assert types - ours - theirs == set()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_id_in_a_stylesheet_is_given_to_a_widget(sheet: Path) -> None:
    given = {
        f"#{ast.literal_eval(node.value)}"
        for node in our_code()
        if isinstance(node, ast.keyword) and node.arg == "id" and isinstance(node.value, ast.Constant)
    }
    ids = selected(sheet, "selector_start_id", "selector_id")
    assert ids
    assert ids - given == set()
