"""Marking and saving: by numbers, from a pipe, by what options choose; all of it or nothing; and back."""

import pytest

from tests.cli.command_line import CommandLine, lines
from tests.fetch.scripted_server import Call, Server
from tests.sample_paper import page


def test_numbers_are_marked_and_the_mark_is_taken_back(cli: CommandLine) -> None:
    pages = cli.fill()
    two = [str(pages["Ferry"]), str(pages["Bread"])]
    done = cli.run("mark", *two)
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 stories marked read" in done.stderr
    assert cli.titles("--unread") == ["Snow", "Æther"]
    assert "Nothing to change" in cli.run("mark", *two, "--as", "read").stderr
    assert cli.run("undo").returncode == 0
    assert cli.titles("--unread") == ["Ferry", "Bread", "Snow", "Æther"]
    assert cli.run("redo").returncode == 0
    assert cli.titles("--unread") == ["Snow", "Æther"]


@pytest.mark.parametrize(
    ("act", "back", "option"),
    [("unread", "read", "--unread"), ("star", "unstar", "--starred"), ("save", "unsave", "--saved")],
)
def test_each_mark_can_be_put_and_taken_off(cli: CommandLine, act: str, back: str, option: str) -> None:
    gulls = str(cli.fill()["Gulls"])
    assert lines(cli.run("mark", gulls, "--as", act, "--json")) == [{"act": act, "asked": 1, "changed": 1}]
    assert "Gulls" in cli.titles(option)
    cli.run("mark", gulls, "--as", back)
    assert "Gulls" not in cli.titles(option)


def test_a_pipe_of_list_is_marked_by_the_first_word_of_each_line(cli: CommandLine) -> None:
    cli.fill()
    done = cli.shell("newsstand list --unread | grep Harbour | newsstand mark - --as save --json")
    assert lines(done) == [{"act": "save", "asked": 2, "changed": 2}]
    assert set(cli.titles("--saved")) == {"Ferry", "Bread", "Snow"}
    assert lines(cli.run("mark", "-", "--json", text="\n\n")) == [{"act": "read", "asked": 0, "changed": 0}]


def test_all_takes_what_the_options_choose_and_nothing_else(cli: CommandLine) -> None:
    cli.fill()
    assert lines(cli.run("mark", "--all", "--source", "canal", "--json"))[0]["changed"] == 2
    assert cli.titles("--unread") == ["Ferry", "Bread"]
    assert lines(cli.run("mark", "--all", "--until", "2026-11-19", "--as", "star", "--json"))[0]["changed"] == 3
    assert set(cli.titles("--starred")) == {"Bread", "Gulls", "Snow", "Æther"}
    assert lines(cli.run("mark", "--all", "--json"))[0] == {"act": "read", "asked": 5, "changed": 2}


def test_an_unknown_number_changes_nothing_at_all(cli: CommandLine) -> None:
    pages = cli.fill()
    before = lines(cli.run("list", "--json"))
    for arguments in (
        ["mark", str(pages["Ferry"]), "9999", "ferry"],
        ["mark", "--all", "--source", "nobody"],
        ["mark", "--all", "--folder", "Nowhere"],
        ["mark", str(pages["Ferry"]), "--unread"],
        ["save", str(pages["Ferry"]), "9999", "--no-fetch"],
        ["save", "https://harbour.example/new", "ferry"],
    ):
        done = cli.run(*arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert "Traceback" not in done.stderr
    assert "9999, ferry: there is no story" in cli.run("mark", str(pages["Ferry"]), "9999", "ferry").stderr
    assert lines(cli.run("list", "--json")) == before
    assert cli.titles("--saved") == ["Snow"]


def hang_up(call: Call) -> None:
    """A server that is down: the line is cut before a word of an answer."""


def test_a_page_whose_server_is_down_is_saved_and_kept_once_it_is_up(cli: CommandLine, server: Server) -> None:
    url = server.says("/pier", hang_up)
    down = cli.run("save", url)
    assert down.returncode == 1
    assert "Saved, but not kept for offline" in down.stderr
    (again,) = lines(cli.run("save", url, "--json"))
    assert (again["saved"], again["failure"]["url"]) == (True, url)
    assert len(cli.titles("--saved")) == 1
    assert cli.titles("--kept") == []
    server.says("/pier", page("The pier"))
    up = cli.run("save", url)
    assert up.returncode == 0
    assert "The pier" in up.stdout
    assert cli.titles("--saved", "--kept") == ["The pier"]


def test_a_page_is_saved_once_however_often_it_is_named(cli: CommandLine, server: Server) -> None:
    url = server.says("/pier", page("The pier"))
    first = lines(cli.run("save", url, url, "--json"))
    assert [(one["title"], one["saved"], one["failure"]) for one in first] == [("The pier", True, None)]
    assert cli.titles("--saved", "--kept") == ["The pier"]
    assert cli.run("save", url, "--remove").stdout.endswith("The pier  (off Read later)\n")
    assert cli.titles("--saved") == []
    cli.run("undo")
    assert cli.titles("--saved") == ["The pier"]
