"""Keys become commands: by pane, in sequences, and never two at once."""

from reader.commands import COMMANDS, Command, PaneName, Where
from reader.ui.base.key_names import key_of
from reader.ui.main.keys import KeyReader


def pressed(keys: KeyReader, pane: PaneName, *names: str) -> list[str | None]:
    found = []
    for name in names:
        command = keys.press(name, pane)
        found.append(command.id if command else None)
    return found


def test_gg_goes_to_the_top_and_says_meanwhile_that_it_waits() -> None:
    keys = KeyReader()
    assert pressed(keys, "headlines", "g") == [None]
    pending = keys.pending
    assert pending == ("g",)
    assert pressed(keys, "headlines", "g") == ["top"]
    assert keys.pending == ()


def test_a_key_that_does_not_go_on_with_a_sequence_counts_for_itself() -> None:
    assert pressed(KeyReader(), "headlines", "g", "j", "j") == [None, "down", "down"]


def test_escape_gives_a_sequence_up_and_does_nothing_else() -> None:
    assert pressed(KeyReader(), "headlines", "g", "escape", "escape") == [None, None, "escape"]


def test_digits_open_related_stories_in_a_story_and_mean_nothing_in_a_list() -> None:
    assert pressed(KeyReader(), "article", "3") == ["related"]
    assert pressed(KeyReader(), "headlines", "3") == [None]


def test_no_key_has_two_meanings_in_one_pane() -> None:
    for pane in ("sources", "headlines", "article"):
        meanings: dict[str, str] = {}
        for command in COMMANDS:
            for key in command.keys:
                keys = KeyReader([command])
                if keys.press(key.split()[-1] if " " not in key else key.split()[0], pane) or " " in key:
                    assert meanings.setdefault(key, command.id) == command.id


def test_a_longer_sequence_waits_for_its_end() -> None:
    command = Command("three", ("a b c",), "", "", "", Where.EVERYWHERE)
    assert pressed(KeyReader([command]), "sources", "a", "b", "c") == [None, None, "three"]


def test_a_number_before_a_key_is_its_count() -> None:
    keys = KeyReader()
    assert pressed(keys, "headlines", "1", "2") == [None, None]
    assert keys.waiting == "12"
    assert pressed(keys, "headlines", "j") == ["down"]
    assert (keys.count, keys.waiting) == (12, "")
    assert pressed(keys, "headlines", "j") == ["down"]
    assert keys.count is None


def test_a_count_goes_before_a_sequence_too() -> None:
    keys = KeyReader()
    assert pressed(keys, "sources", "3", "g") == [None, None]
    assert keys.waiting == "3g"
    assert pressed(keys, "sources", "g") == ["top"]
    assert keys.count == 3


def test_a_command_that_is_not_counted_takes_no_notice() -> None:
    keys = KeyReader()
    assert pressed(keys, "headlines", "3", "r", "j") == [None, "refresh", "down"]
    assert keys.count is None


def test_escape_gives_a_count_up_and_nought_begins_none() -> None:
    keys = KeyReader()
    assert pressed(keys, "headlines", "5", "escape", "0", "j") == [None, None, None, "down"]
    assert keys.count is None
    assert pressed(keys, "headlines", *"99999", "j")[-1] == "down"
    assert keys.count == 9999


def test_alt_with_a_letter_is_not_the_letter() -> None:
    assert key_of("alt+j", "j") == "alt+j"
    assert pressed(KeyReader(), "sources", "alt+j") == ["source-down"]
