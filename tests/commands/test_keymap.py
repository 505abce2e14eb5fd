"""Keys that people write, and which command each belongs to: whatever stands in [keys], the reader has its keys."""

import tomllib
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.commands import COMMANDS, CONTEXTS, Command, key_name, works_in
from reader.commands.keymap import NEEDED, NUMBERS, KeyFault, KeyFaultReason, parse, resolve
from reader.ui.main.keys import KeyReader
from tests import ROOT

SETS = ROOT / "config/keys"


def keys_of(commands: tuple[Command, ...], command: str) -> tuple[str, ...]:
    return next(one.keys for one in commands if one.id == command)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("j", "j"),
        ("G", "G"),
        ("?", "?"),
        ("+", "+"),
        ("-", "-"),
        ("ư", "ư"),
        ("space", "space"),
        (" ", "space"),
        ("Esc", "escape"),
        ("return", "enter"),
        ("pgdn", "pagedown"),
        ("PageUp", "pageup"),
        ("del", "delete"),
        ("F5", "f5"),
        ("↓", "down"),
        ("ctrl+f", "ctrl+f"),
        ("Ctrl+F", "ctrl+f"),
        ("C-f", "ctrl+f"),
        ("^F", "ctrl+f"),
        ("^]", "ctrl+right_square_bracket"),
        ("ctrl+space", "ctrl+@"),
        ("alt+left", "alt+left"),
        ("M-j", "alt+j"),
        ("Alt+←", "alt+left"),
        ("alt+J", "alt+shift+j"),
        ("shift+j", "J"),
        ("shift+tab", "shift+tab"),
        ("backtab", "shift+tab"),
        ("ctrl-shift-left", "ctrl+shift+left"),
        ("g g", "g g"),
        ("gg", "g g"),
        ("ZZ", "Z Z"),
        ("up", "up"),
        ("g down", "g down"),
        ("  ^F   x ", "ctrl+f x"),
    ],
)
def test_a_key_may_be_written_as_people_write_it(written: str, meant: str) -> None:
    assert parse(written) == tuple(meant.split())


@pytest.mark.parametrize(
    "written",
    [
        "",
        "  ",
        "donw",
        "j,",
        "ctrl",
        "ctrl+",
        "+ctrl",
        "ctrl+ư",
        "shift+1",
        "alt+enter",
        "hyper+x",
        "\x1b",
        "\u202e",
        "😀😀",
    ],
)
def test_what_is_no_key_is_none(written: str) -> None:
    assert parse(written) is None


def test_a_key_can_be_written_as_the_help_page_shows_it() -> None:
    for name in SETS.glob("*.toml"):
        commands, _ = resolve(tomllib.loads(name.read_text(encoding="utf-8")), {})
        for command in (*COMMANDS, *commands):
            for key in command.keys:
                assert parse(key_name(key)) == tuple(key.split())


def test_without_bindings_the_keys_are_the_defaults() -> None:
    assert resolve({}, {}) == (COMMANDS, ())


def test_own_keys_replace_a_commands_keys_one_several_or_a_sequence() -> None:
    commands, faults = resolve({}, {"down": ["t", "down"], "undo": "x", "end": "g e", "log": ["^L"], "star": []})
    assert faults == ()
    assert keys_of(commands, "down") == ("t", "down")
    assert keys_of(commands, "undo") == ("x",)
    assert keys_of(commands, "end") == ("g e",)
    assert keys_of(commands, "log") == ("ctrl+l",)
    assert keys_of(commands, "star") == ()
    assert keys_of(commands, "up") == ("k", "up")


def test_an_own_key_is_taken_from_the_default_that_had_it_and_noted_only_where_none_is_left() -> None:
    commands, faults = resolve({}, {"star": ["Q"], "save": ["n"]})
    assert keys_of(commands, "quit") == ("ctrl+q",)
    assert keys_of(commands, "next-unread") == ()
    assert faults == (KeyFault("next-unread", KeyFaultReason.KEYLESS, "n", "save"),)


def test_one_key_may_do_two_things_in_two_contexts() -> None:
    commands, faults = resolve({}, {"links": "x", "all-read": "x"})
    assert faults == ()
    assert keys_of(commands, "links") == keys_of(commands, "all-read") == ("x",)


@pytest.mark.parametrize(
    ("own", "faults"),
    [
        ({"dwon": "j"}, [("dwon", KeyFaultReason.NO_COMMAND, "down")]),
        ({"frobnicate": "j"}, [("frobnicate", KeyFaultReason.NO_COMMAND, "")]),
        ({"down": "pagdown"}, [("down", KeyFaultReason.NO_KEY, "pagedown")]),
        ({"down": ["x", ""]}, [("down", KeyFaultReason.NO_KEY, "")]),
        ({"down": 3}, [("down", KeyFaultReason.NO_LIST, "")]),
        ({"down": ["j", 3]}, [("down", KeyFaultReason.NO_LIST, "")]),
        ({"down": {"a": 1}}, [("down", KeyFaultReason.NO_LIST, "")]),
        ({"down": False}, [("down", KeyFaultReason.NO_LIST, "")]),
        ({"down": "a b c d"}, [("down", KeyFaultReason.TOO_LONG, "")]),
        ({"down": ["j"] * 21}, [("down", KeyFaultReason.TOO_MANY, "")]),
        ({"down": "5"}, [("down", KeyFaultReason.NUMBER, "")]),
        ({"down": "g 5"}, [("down", KeyFaultReason.NUMBER, "")]),
        ({"related": "x"}, [("related", KeyFaultReason.STAYS, "")]),
        ({"down": "ctrl+i"}, [("down", KeyFaultReason.ALIKE, "tab")]),
        ({"down": "g escape"}, [("down", KeyFaultReason.UNREACHED, "")]),
        ({"down": "x", "star": "x"}, [("star", KeyFaultReason.TAKEN, "down")]),
        ({"down": "x", "star": "x y"}, [("star", KeyFaultReason.HIDDEN, "down")]),
        ({"star": "x y", "down": "x"}, [("star", KeyFaultReason.HIDDEN, "down")]),
        ({"down": ["x", "x y"]}, [("down", KeyFaultReason.HIDDEN, "down")]),
        ({"star": "o l"}, [("star", KeyFaultReason.HIDDEN, "browser")]),
        ({"quit": []}, [("quit", KeyFaultReason.NEEDED, "")]),
        ({"help": ""}, [("help", KeyFaultReason.NEEDED, "")]),
        ({"down": "Q", "up": "ctrl+q"}, [("quit", KeyFaultReason.NEEDED, "")]),
    ],
)
def test_what_is_wrong_is_told_and_costs_only_itself(
    own: dict[str, object], faults: list[tuple[str, KeyFaultReason, str]]
) -> None:
    commands, found = resolve({}, own)
    told = [(fault.id, fault.why, fault.other) for fault in found if fault.why is not KeyFaultReason.KEYLESS]
    assert told == faults
    assert keys_of(commands, "up")
    for name in NEEDED:
        assert keys_of(commands, name)


def test_of_several_keys_the_good_ones_are_kept_and_with_none_good_the_defaults() -> None:
    commands, _ = resolve({}, {"down": ["t", "donw"], "star": "5"})
    assert keys_of(commands, "down") == ("t",)
    assert keys_of(commands, "star") == ("*",)


@pytest.mark.parametrize("name", sorted(path.stem for path in SETS.glob("*.toml")))
def test_a_shipped_set_is_without_fault_and_takes_no_command_away_unsaid(name: str) -> None:
    chosen = tomllib.loads((SETS / f"{name}.toml").read_text(encoding="utf-8"))
    commands, faults = resolve(chosen, {})
    assert faults == ()
    bare = {one.id for one in commands if not one.keys} - {one.id for one in COMMANDS if not one.keys}
    assert bare == {id_ for id_, keys in chosen.items() if keys == []}
    for id_, keys in chosen.items():
        assert len(keys_of(commands, id_)) == len(keys), id_


def test_an_own_key_lies_over_a_set() -> None:
    arrows = tomllib.loads((SETS / "arrows.toml").read_text(encoding="utf-8"))
    commands, faults = resolve(arrows, {"refresh": "r"})
    assert faults == ()
    assert keys_of(commands, "refresh") == ("r",)
    assert keys_of(commands, "refresh-all") == ("f6",)


WRITTEN = st.one_of(
    st.text(max_size=6),
    st.sampled_from(
        [
            "j",
            "x",
            "g",
            "g g",
            "x y",
            "x y z",
            "Q",
            "ctrl+q",
            "?",
            ":",
            "^P",
            "esc",
            "5",
            "f5",
            "enter",
            "o l",
            "g x",
            "^C",
            "tab",
        ]
    ),
)
VALUES = st.one_of(WRITTEN, st.lists(WRITTEN, max_size=4), st.none(), st.integers(), st.lists(st.integers()))
BINDINGS = st.dictionaries(
    st.one_of(st.sampled_from(sorted(command.id for command in COMMANDS)), st.text(max_size=8)), VALUES, max_size=20
)


@settings(max_examples=50)
@given(BINDINGS, st.sampled_from(["default", "newsboat", "arrows"]))
def test_whatever_stands_there_every_key_means_one_thing_and_every_sequence_can_be_typed(
    own: dict[str, object], name: str
) -> None:
    chosen = {} if name == "default" else tomllib.loads((SETS / f"{name}.toml").read_text(encoding="utf-8"))
    commands, _ = resolve(chosen, own)
    assert [command.id for command in commands] == [command.id for command in COMMANDS]
    assert all(keys_of(commands, needed) for needed in NEEDED)
    for context in CONTEXTS:
        here = [command for command in commands if works_in(command, context)]
        for one, other in combinations(here, 2):
            assert not set(one.keys) & set(other.keys)
        for command in here:
            for sequence in command.keys:
                keys = KeyReader(commands)
                *first, last = sequence.split()
                assert all(keys.press(key, context) is None for key in first)
                assert keys.press(last, context) is command
    assert {key for command in commands for key in command.keys if set(key) & NUMBERS and len(key) == 1} == NUMBERS


@given(st.one_of(st.text(max_size=12), st.from_regex(r"(C-|ctrl[+]|alt-|S-|\^){1,2}[!-~]", fullmatch=True)))
def test_parsing_never_raises_and_what_it_gives_is_stable(written: str) -> None:
    keys = parse(written)
    if keys is not None:
        assert parse(" ".join(keys)) == keys


def test_the_page_on_keys_is_true() -> None:
    page = (ROOT / "docs/keys.md").read_text(encoding="utf-8")
    example = tomllib.loads(page.split("```toml\n")[1].split("```")[0])["keys"]
    assert example.pop("set") == "default"
    assert resolve({}, example)[1] == ()
    rows = page.split("## How a key is written\n")[1].split("\n\n")[0].splitlines()[2:]
    written = [word.strip('"') for row in rows for word in row.replace("… ", "").split("`")[1::2]]
    assert len(written) > 40
    assert [word for word in written if parse(word) is None] == ["ctrl+"]
    assert {path.stem for path in SETS.glob("*.toml")} | {"default"} == {
        row.split("`")[1] for row in page.split("## The sets\n")[1].split("\n\n")[0].splitlines()[2:]
    }
