"""The style sheets style what there is: a selector that names no widget would be passed over without a word."""

import re
from pathlib import Path

import pytest
from rich.console import Console
from textual.css.stylesheet import Stylesheet, StylesheetParseError
from textual.css.tokenizer import TokenError
from textual.widget import Widget

import reader.ui.app
import reader.ui.commands.panels
import reader.ui.dialogs.add_source
import reader.ui.dialogs.import_list
import reader.ui.dialogs.palette
import reader.ui.dialogs.source_settings
import reader.ui.pages.catalogue
import reader.ui.pages.failing_sources
import reader.ui.pages.help
import reader.ui.pages.log
import reader.ui.pages.settings
import reader.ui.pages.welcome  # each defines widgets, which their class then knows
from reader.ui.theme.theme import terminal_theme, variable_defaults

SHEETS = sorted((Path(reader.ui.app.__file__).parent / "theme").glob("*.tcss"))


def kinds(kind: type[Widget]) -> set[str]:
    """Return the names of a kind of widget and of all that are made of it."""
    return {kind.__name__}.union(*(kinds(each) for each in kind.__subclasses__()))


def named_in(sheet: str) -> set[str]:
    """Return the kinds of widgets that the selectors of a style sheet name."""
    bare = re.sub(r"/\*.*?\*/|\{.*?\}", "", sheet, flags=re.S)
    return set(re.findall(r"(?<![\w.#-])[A-Z_][A-Za-z]\w*", bare))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_is_understood_whole(sheet: Path) -> None:
    """Where it is not, this says the line and the property; other tests of the interface then fail without a word."""
    theme = terminal_theme()
    styles = Stylesheet(variables=theme.to_color_system().generate() | variable_defaults(theme))
    styles.read(sheet)
    console = Console(width=120)
    with console.capture() as shown:
        try:
            styles.parse()
        except StylesheetParseError as error:
            console.print(error.errors)
        except TokenError as error:
            console.print(error)
    assert not shown.get(), shown.get()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_every_selector_names_a_widget(sheet: Path) -> None:
    named = named_in(sheet.read_text(encoding="utf-8"))
    assert named
    assert named - kinds(Widget) == set()


def test_names_are_found_in_selectors_alone() -> None:
    assert named_in("/* Not This */ Palette #dialog, Dialog.-low Gone { color: Red; }") == {"Palette", "Dialog", "Gone"}
