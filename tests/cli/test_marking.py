"""Marking and saving: by numbers, from a pipe, by what options choose; all of it or nothing; and back."""

import pytest

from tests.cli.sample_home import Stand, lines
from tests.fetch.scripted_server import Call, Server
from tests.sample_paper import page


def test_numbers_are_marked_and_the_mark_is_taken_back(stand: Stand) -> None:
    pages = stand.fill()
    two = [str(pages["Ferry"]), str(pages["Bread"])]
    done = stand.run("mark", *two)
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 stories marked read" in done.stderr
    assert stand.titles("--unread") == ["Snow", "Æther"]
    assert "Nothing to change" in stand.run("mark", *two, "--as", "read").stderr
    assert stand.run("undo").returncode == 0
    assert stand.titles("--unread") == ["Ferry", "Bread", "Snow", "Æther"]
    assert stand.run("redo").returncode == 0
    assert stand.titles("--unread") == ["Snow", "Æther"]


@pytest.mark.parametrize(
    ("act", "back", "option"),
    [("unread", "read", "--unread"), ("star", "unstar", "--starred"), ("save", "unsave", "--saved")],
)
def test_each_mark_can_be_put_and_taken_off(stand: Stand, act: str, back: str, option: str) -> None:
    gulls = str(stand.fill()["Gulls"])
    assert lines(stand.run("mark", gulls, "--as", act, "--json")) == [{"act": act, "asked": 1, "changed": 1}]
    assert "Gulls" in stand.titles(option)
    stand.run("mark", gulls, "--as", back)
    assert "Gulls" not in stand.titles(option)


def test_a_pipe_of_list_is_marked_by_the_first_word_of_each_line(stand: Stand) -> None:
    stand.fill()
    done = stand.shell("newsstand list --unread | grep Harbour | newsstand mark - --as save --json")
    assert lines(done) == [{"act": "save", "asked": 2, "changed": 2}]
    assert set(stand.titles("--saved")) == {"Ferry", "Bread", "Snow"}
    assert lines(stand.run("mark", "-", "--json", text="\n\n")) == [{"act": "read", "asked": 0, "changed": 0}]


def test_all_takes_what_the_options_choose_and_nothing_else(stand: Stand) -> None:
    stand.fill()
    assert lines(stand.run("mark", "--all", "--source", "canal", "--json"))[0]["changed"] == 2
    assert stand.titles("--unread") == ["Ferry", "Bread"]
    assert lines(stand.run("mark", "--all", "--until", "2026-11-19", "--as", "star", "--json"))[0]["changed"] == 3
    assert set(stand.titles("--starred")) == {"Bread", "Gulls", "Snow", "Æther"}
    assert lines(stand.run("mark", "--all", "--json"))[0] == {"act": "read", "asked": 5, "changed": 2}


def test_an_unknown_number_changes_nothing_at_all(stand: Stand) -> None:
    pages = stand.fill()
    before = lines(stand.run("list", "--json"))
    for arguments in (
        ["mark", str(pages["Ferry"]), "9999", "ferry"],
        ["mark", "--all", "--source", "nobody"],
        ["mark", "--all", "--folder", "Nowhere"],
        ["mark", str(pages["Ferry"]), "--unread"],
        ["save", str(pages["Ferry"]), "9999", "--no-fetch"],
        ["save", "https://harbour.example/new", "ferry"],
    ):
        done = stand.run(*arguments)
        assert (done.returncode, done.stdout) == (2, ""), arguments
        assert "Traceback" not in done.stderr
    assert "9999, ferry: there is no story" in stand.run("mark", str(pages["Ferry"]), "9999", "ferry").stderr
    assert lines(stand.run("list", "--json")) == before
    assert stand.titles("--saved") == ["Snow"]


def hang_up(call: Call) -> None:
    """A server that is down: the line is cut before a word of an answer."""


def test_a_page_whose_server_is_down_is_saved_and_kept_once_it_is_up(stand: Stand, server: Server) -> None:
    url = server.says("/pier", hang_up)
    down = stand.run("save", url)
    assert down.returncode == 1
    assert "Saved, but not kept for offline" in down.stderr
    (again,) = lines(stand.run("save", url, "--json"))
    assert (again["saved"], again["failure"]["url"]) == (True, url)
    assert len(stand.titles("--saved")) == 1
    assert stand.titles("--kept") == []
    server.says("/pier", page("The pier"))
    up = stand.run("save", url)
    assert up.returncode == 0
    assert "The pier" in up.stdout
    assert stand.titles("--saved", "--kept") == ["The pier"]


def test_a_page_is_saved_once_however_often_it_is_named(stand: Stand, server: Server) -> None:
    url = server.says("/pier", page("The pier"))
    first = lines(stand.run("save", url, url, "--json"))
    assert [(one["title"], one["saved"], one["failure"]) for one in first] == [("The pier", True, None)]
    assert stand.titles("--saved", "--kept") == ["The pier"]
    stand.run("save", url, "--remove")
    assert stand.titles("--saved") == []
    stand.run("undo")
    assert stand.titles("--saved") == ["The pier"]
