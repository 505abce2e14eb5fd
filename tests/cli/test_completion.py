"""What a shell is offered when Tab is pressed: names, numbers and papers, quietly, and never an error."""

import os
import shlex
from pathlib import Path

import pytest
from click.shell_completion import ZshComplete

from reader.cli.group import CommandGroup, newsstand
from tests.cli.command_line import CommandLine


def offered(cli: CommandLine, *words: str, shell: str = "zsh") -> dict[str, str]:
    """What zsh is told for a line that ends in the last of these words: each offer, with its help."""
    more = {
        "_NEWSSTAND_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": "\n".join(("newsstand", *map(shlex.quote, words[:-1]), words[-1])),
        "COMP_CWORD": str(len(words)),
    }
    done = cli.run(more=more)
    assert (done.returncode, done.stderr) == (0, "")
    told = done.stdout.splitlines()
    return dict(zip(told[1::3], told[2::3], strict=True)) if len(told) > 1 else {}


def offers(cli: CommandLine, *words: str) -> set[str]:
    """The same without a process, for a line with --library."""
    shell = ZshComplete(newsstand, {}, "newsstand", "_NEWSSTAND_COMPLETE")
    found = shell.get_completions(["--library", str(cli.file), *words[:-1]], words[-1])
    return {one.value for one in found}


def test_the_newest_unread_headlines_are_offered_by_number_with_their_words(cli: CommandLine) -> None:
    pages = cli.fill()
    told = offered(cli, "read", "")
    assert told[str(pages["Ferry"])] == "The Harbour: Ferry"
    assert list(told) == [str(pages[title]) for title in ("Ferry", "Bread", "Snow", "Æther")]
    assert offered(cli, "mark", "--as", "star", "") == told
    assert set(offered(cli, "read", str(pages["Ferry"]))) == {str(pages["Ferry"])}
    with cli.library() as library:
        library.mark_read(pages.values())
    assert offered(cli, "read", "") == {}


def test_sources_and_folders_are_offered_by_name_wherever_a_command_takes_them(cli: CommandLine) -> None:
    cli.fill()
    names = {"The Harbour", "Le Canal d'en haut"}
    for words in (
        ["remove"],
        ["rename"],
        ["move"],
        ["move", "1", "--before"],
        ["set"],
        ["list", "--source"],
        ["mark", "--all", "--source"],
    ):
        assert offers(cli, *words, "") == names, words
    assert offers(cli, "remove", "LE c") == {"Le Canal d'en haut"}
    assert set(offered(cli, "refresh", "")) == names
    assert offered(cli, "refresh", "2") == {"2": "Le Canal d'en haut"}
    for words in (["list", "--folder"], ["add", "--folder"], ["move", "1"]):
        assert offers(cli, *words, "") == {"World", "World/Asia"}, words


def test_papers_sections_languages_countries_and_topics_come_from_the_catalogue(cli: CommandLine) -> None:
    assert offered(cli, "add", "vnexpress")["vnexpress"] == "VnExpress"
    assert "vnexpress/thoi-su" in offers(cli, "add", "vnexpress/thoi")
    assert offered(cli, "catalogue", "--language", "V") == {"vi": "Tiếng Việt"}
    assert "VN" in offers(cli, "catalogue", "--country", "vn")
    assert "science" in offers(cli, "catalogue", "--topic", "s")


def test_every_command_is_offered_also_behind_one_that_is_none(cli: CommandLine) -> None:
    assert set(offered(cli, "")) == set(CommandGroup.COMMANDS)
    assert set(offered(cli, "frobnicate", "")) == set(CommandGroup.COMMANDS)


@pytest.mark.parametrize(
    "words",
    [
        ["read", ""],
        ["remove", ""],
        ["list", "--folder", ""],
        ["read", "--nothing", ""],
        ["mark", "'"],
        ["--library", "/dev/null/none.db", "read", ""],
        ["--config", "absent.toml", "list", "--source", ""],
    ],
)
def test_where_there_is_nothing_to_offer_nothing_is_said_and_no_library_is_made(
    cli: CommandLine, words: list[str]
) -> None:
    assert offered(cli, *words) == {}
    assert list(cli.home.iterdir()) == []


def test_a_library_that_is_none_is_left_alone_in_silence(cli: CommandLine, tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear reader. " * 500)
    before = letter.read_bytes()
    assert offered(cli, "--library", str(letter), "read", "") == {}
    assert letter.read_bytes() == before


def test_bash_completes_a_real_line(cli: CommandLine) -> None:
    pages = cli.fill()
    script = cli.run("completion", "bash").stdout
    (cli.home / "complete.bash").write_text(script, encoding="utf-8")
    assert cli.shell("bash -n complete.bash").returncode == 0

    def bash(*words: str) -> list[str]:
        line = " ".join(map(shlex.quote, ("newsstand", *words)))
        done = cli.shell(
            f"source complete.bash; compopt() {{ :; }}; COMP_WORDS=({line}); COMP_CWORD={len(words)}; "
            '_newsstand_completion newsstand; printf "%s\\n" "${COMPREPLY[@]}"'
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.split("\n")[:-1]

    assert bash("cat") == ["catalogue"]
    assert bash("list", "--unr") == ["--unread"]
    assert bash("read", "") == [str(pages[title]) for title in ("Ferry", "Bread", "Snow", "Æther")]
    assert bash("add", "vnexpress/thoi") == ["vnexpress/thoi-su"]
    (name,) = bash("remove", "Le")
    assert shlex.split(name) == ["Le Canal d'en haut"]
    assert bash("remove", '"Le') == ["Le Canal d'en haut"]


def test_the_file_of_each_shell_names_the_program_as_one_types_it(cli: CommandLine) -> None:
    for shell, word in (("zsh", "#compdef newsstand"), ("fish", "complete --no-files --command newsstand")):
        done = cli.run("completion", shell)
        assert (done.returncode, word in done.stdout) == (0, True), shell
        assert "python" not in done.stdout
    assert os.sep not in cli.run("completion", "bash").stdout.splitlines()[1]
