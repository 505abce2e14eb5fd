"""What scripts are promised: printed fields are those of docs/command-line.md, and README's examples run."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from reader.cli.group import CommandGroup
from reader.demo.server import DemoServer
from tests import ROOT

DOCS = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demo() -> Iterator[DemoServer]:
    with DemoServer() as demo:
        yield demo


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """A home of its own, with `newsstand` on the path."""
    folder = tmp_path_factory.mktemp("home")
    program = folder / "bin" / "newsstand"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reader "$@"\n', encoding="utf-8")
    program.chmod(0o755)
    return {
        "HOME": str(folder),
        "PATH": f"{program.parent}:/usr/bin:/bin",
        "LC_ALL": "C.UTF-8",
        "PYTHONPATH": str(ROOT),
        "XDG_CONFIG_HOME": "",
        "XDG_DATA_HOME": "",
        "XDG_STATE_HOME": "",
    }


def shell(home: dict[str, str], line: str) -> str:
    """Run a line as a person would, and return what it printed."""
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], capture_output=True, text=True, env=os.environ | home, cwd=home["HOME"]
    )
    assert done.returncode == 0, f"{line}\n{done.stderr}"
    return done.stdout


def documented(name: str) -> set[str]:
    found = re.search(rf"<!-- {name} -->\n(.+?)\n<!-- /{name} -->", DOCS, re.S)
    assert found, name
    return {field for line in found[1].splitlines()[2:] for field in re.findall(r"`(\w+)`", line.split("|")[1])}


def test_readme_s_examples_run_as_they_stand(home: dict[str, str], demo: DemoServer) -> None:
    block = re.search(r"^```\n(newsstand catalogue.+?)^```$", README, re.M | re.S)
    assert block
    lines = [line.split("  #")[0].rstrip() for line in block[1].splitlines()]
    assert len(lines) > 8
    english = next(paper for paper in demo.papers if paper.name == "The Harbour Post")
    for line in lines:
        shell(home, line.replace("https://harbourpost.example/", english.home))


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("list", "newsstand list --limit 1 --json"),
        ("list", "newsstand list --saved --json"),
        ("read", "newsstand read 1 --json"),
        ("mark", "newsstand mark 1 --as star --json"),
        ("save", "newsstand save 1 --json"),
        ("sources", "newsstand sources --json"),
        ("catalogue", "newsstand catalogue vnexpress --json"),
        ("refresh", "newsstand refresh --all --no-stories --json"),
        ("backup", "newsstand backup --json"),
        ("restore", "newsstand backup --force news.db >&2 && newsstand restore news.db --yes --json"),
        ("prune", "newsstand prune --dry-run --json"),
        ("site-list", "newsstand site list --json"),
        ("site-test", "echo '<p>A page of a few words, no more than that.</p>' | newsstand site test - --json"),
    ],
)
def test_every_field_is_documented_and_every_documented_one_is_printed(
    home: dict[str, str], demo: DemoServer, name: str, line: str
) -> None:
    shell(home, f"newsstand add {demo.papers[0].feed_url}; newsstand save 2 --no-fetch")
    printed = json.loads(shell(home, line).splitlines()[0])
    assert set(printed) == documented(name)


@pytest.mark.parametrize("command", CommandGroup.COMMANDS)
def test_every_command_of_the_help_is_there_and_explains_itself_with_an_example(command: str) -> None:
    found = CommandGroup(name="newsstand").get_command(None, command)  # type: ignore[arg-type]  # it needs no context
    assert found is not None
    assert found.help
    assert found.short_help == CommandGroup.COMMANDS[command][1]
    assert f"newsstand {command}" in (found.epilog or "")
    assert f"newsstand {command}" in DOCS or f"`{command}`" in DOCS


def test_a_story_that_cannot_be_had_has_the_documented_fields(home: dict[str, str], demo: DemoServer) -> None:
    done = shell(home, f"newsstand read {demo.papers[0].home}nowhere.html --json 2>/dev/null || test $? = 1")
    failed = json.loads(done)
    assert set(failed) == {"id", "url", "failure"}
    assert {"kind", "url", "message"} <= set(failed["failure"])
    assert all(f"`{field}`" in DOCS for field in failed["failure"])
