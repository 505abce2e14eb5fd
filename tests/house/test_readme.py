"""README stays true: its tables against the code, its commands against the program."""

import re

import pytest

from reader import config
from reader.cli.group import CommandGroup
from reader.commands import COMMANDS, Command, key_name
from reader.config.loading import SECTIONS
from tests import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def table(name: str) -> list[list[str]]:
    """Return the cells of the table between two marks, without its head."""
    found = re.search(rf"<!-- {name} -->\n(.+?)\n<!-- /{name} -->", README, re.S)
    assert found, name
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in found[1].splitlines()[2:]]


def keys_of(command: Command) -> str:
    if command.id == "related":
        return "`1` … `9`"
    return " ".join(f"`{key_name(key)}`" for key in command.keys) or "by name only"


def keys_rows() -> list[list[str]]:
    """The table of keys as the code has it."""
    return [[keys_of(command), command.title, f"`{command.id}`"] for command in COMMANDS]


def settings_rows() -> list[list[str]]:
    """The table of settings as `config/default.toml` has it: every line that sets something, with its comment."""
    section, rows = "", []
    for line in (config.shipped() / "default.toml").read_text(encoding="utf-8").splitlines():
        if header := re.match(r"\[(\w+)\]", line):
            section = header[1]
        elif setting := re.match(r"(\w+) = (.+?)\s+# (.+)", line):
            rows.append([f"`{section}.{setting[1]}`", f"`{setting[2]}`", setting[3]])
    return rows


def rewrite() -> None:
    """Write both tables anew: `python -m tests.house.test_readme`."""
    text = README
    for name, rows in (("keys", keys_rows()), ("settings", settings_rows())):
        head = {"keys": ["key", "what it does", "command"], "settings": ["setting", "default", ""]}[name]
        lines = ["| " + " | ".join(cells) + " |" for cells in (head, ["---"] * 3, *rows)]
        lines[0] = lines[0].replace("|  |", "| |")
        body = "\n".join([f"<!-- {name} -->", *lines, f"<!-- /{name} -->"])
        text = re.sub(rf"<!-- {name} -->\n.+?\n<!-- /{name} -->", body.replace("\\", r"\\"), text, flags=re.S)
    (ROOT / "README.md").write_text(text, encoding="utf-8")


def test_every_command_stands_in_the_table_of_keys_with_its_keys() -> None:
    assert table("keys") == keys_rows()


def test_every_setting_stands_in_the_table_of_settings_with_its_default() -> None:
    known = [f"`{section}.{key}`" for section, struct in SECTIONS.items() for key in struct.__struct_fields__]
    assert [row[0] for row in settings_rows()] == known
    assert table("settings") == settings_rows()


@pytest.mark.parametrize("command", CommandGroup.COMMANDS)
def test_every_command_of_the_command_line_stands_there(command: str) -> None:
    assert re.search(rf"^\| `newsstand {command}\b", README, re.M)


def test_its_first_two_commands_are_one_line_each() -> None:
    blocks = re.findall(r"^```sh\n(.+?)\n```$", README, re.M | re.S)
    assert len(blocks) == 2
    assert all("\n" not in block for block in blocks)
    assert blocks[0].endswith("newsstand demo")
    assert blocks[1].endswith("pytest")


def test_the_files_it_points_to_are_there() -> None:
    for target in re.findall(r"\]\(([^)h][^)]*)\)", README):
        assert (ROOT / target).exists(), target


if __name__ == "__main__":
    rewrite()
