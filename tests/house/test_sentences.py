"""Every sentence for people stands in `reader/words`, and tools that gather sentences for translators find it there."""

import ast
import re
from pathlib import Path

import click
import pytest

from reader.cli.group import CommandGroup, newsstand
from reader.commands import COMMANDS
from tests.house.sentences import PACKAGE, sentences_in, sentences_used, unreadable_calls

MODULES = sorted(PACKAGE.rglob("*.py"))
WORDS = [path for path in MODULES if path.parent == PACKAGE / "words"]
OTHERS = [path for path in MODULES if path not in WORDS and PACKAGE / "demo" not in path.parents]
"""The papers of the demo are invented stories: none of them is said by Newsstand."""

BAD = '''
import click
from reader import words
from reader.errors import NotFound
from reader.words import _
_HINTS = {"a": "Try it again.", "b": "Leave it."}

def told(count):
    return f"{count} stories marked."

@click.command("mark", epilog="Example: newsstand mark")
@click.option("--all", help="All of them.")
def run(screen, library, what, log):
    """Mark stories."""
    sentence = "Nothing to do."
    screen.say(sentence)
    click.echo(f"{what}: not found.", err=True)
    click.echo(_HINTS[what])
    click.echo(told(3))
    log.info("this is for the log")
    library.execute("SELECT id FROM pages")
    label = "Related"
    heading = _("Read more")
    raise NotFound("No such thing.") from ValueError("of no interest to people")
'''

GOOD = '''
import click
from reader import words
from reader.errors import NotFound
from reader.words import command_line as command_line_words

@click.command("mark", epilog="Example: newsstand mark")
@click.option("--all", help="All of them.")
def run(screen: "Screen | None", library, what, log, failure):
    """Mark stories."""
    screen.say(words.label("not kept"), "lasting")
    click.echo(f"newsstand: {command_line_words.no_links(what)}", err=True)
    click.echo("\\x1b[K" + "  ".join([what, "★"]))
    log.info("this is for the log")
    failure(cause="for the log, too")
    library.execute("SELECT id FROM pages")
    again = f"newsstand read {what} --all-pages"
    raise NotFound(command_line_words.no_such_story(again)) from ValueError("of no interest to people")
'''


@pytest.mark.parametrize("path", OTHERS, ids=[str(path.relative_to(PACKAGE)) for path in OTHERS])
def test_no_sentence_stands_outside_words(path: Path) -> None:
    speaks = path.relative_to(PACKAGE).parts[0] in ("cli", "ui")
    assert sentences_in(path.read_text(encoding="utf-8"), speaks=speaks) == []


def test_the_finder_finds_each_kind_of_sentence_and_nothing_else() -> None:
    assert [one.text for one in sentences_in(BAD, speaks=True)] == [
        "Leave it.",
        "Try it again.",
        "{} stories marked.",
        "Nothing to do.",
        "{}: not found.",
        "Related",
        "_('Read more')",
        "No such thing.",
    ]
    assert sentences_in(GOOD, speaks=True) == []


def test_of_a_stage_the_finder_reports_what_it_raises_and_says() -> None:
    found = [one.text for one in sentences_in(BAD, speaks=False)]
    assert found == [
        "Leave it.",
        "Try it again.",
        "{} stories marked.",
        "Nothing to do.",
        "{}: not found.",
        "_('Read more')",
        "No such thing.",
    ]


@pytest.mark.parametrize("path", WORDS, ids=[path.stem for path in WORDS])
def test_tools_find_every_sentence_because_gettext_is_given_literals(path: Path) -> None:
    assert unreadable_calls(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "call", ["_(name)", "_(f'{n} left')", "_('{} left')", "_n('one', many, n)", "_n('one', 'more')"]
)
def test_a_call_that_tools_cannot_read_is_seen(call: str) -> None:
    assert unreadable_calls(call)


def test_texts_that_stand_elsewhere_as_data_are_translated_in_one_place_each() -> None:
    uses = {
        path.relative_to(PACKAGE).as_posix()
        for path in MODULES
        if re.search(r"\bimport .*\btranslated\b", path.read_text(encoding="utf-8"))
    }
    assert uses == {"cli/group.py", "words/interface.py"}


def shown(command: click.Command) -> list[str]:
    """Return all that the help of a command says."""
    texts = [command.help, command.short_help, command.epilog]
    texts += [option.help for option in command.params if isinstance(option, click.Option)]
    within = command.commands.values() if isinstance(command, click.Group) else ()
    return [text for text in texts if text] + [text for one in within for text in shown(one)]


def test_help_is_translated_when_it_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reader.cli.group.CATALOGUES", True)
    monkeypatch.setattr("reader.words.translation.translated", lambda text: f"«{text.strip('«»')}»")
    for name in CommandGroup.COMMANDS:
        command = newsstand.get_command(click.Context(newsstand), name)
        assert command is not None
        texts = shown(command)
        assert texts
        assert [text for text in texts if not text.startswith("«")] == []


def test_commands_are_translated_when_they_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    from reader import words

    monkeypatch.setattr("reader.words.interface.translated", lambda text: f"«{text}»")
    for command in COMMANDS:
        texts = (words.command_title, words.command_label, words.command_group, words.command_help)
        assert all(text(command).startswith("«") for text in texts if text(command))


def test_no_sentence_is_left_that_nothing_says() -> None:
    said = {name for path in MODULES for name in sentences_used(path)}
    for path in WORDS:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                assert f"{path.stem}.{node.name}" in said, f"{path.stem}.{node.name}"


def test_a_sentence_of_another_module_with_the_same_name_is_not_taken_for_it(tmp_path: Path) -> None:
    code = "from reader import words\nfrom reader.words import settings as settings_words\n"
    code += "from reader.words.failures import no_such_file\nwords.minutes(1)\nsettings_words.too_large(1)\n"
    (tmp_path / "module.py").write_text(code, encoding="utf-8")
    assert sentences_used(tmp_path / "module.py") == {
        "datetimes.minutes",
        "settings.too_large",
        "failures.no_such_file",
    }
