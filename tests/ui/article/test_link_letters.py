"""Letters for links: short, in reach, and never ambiguous."""

import pytest

from reader.ui.article.link_letters import LETTERS, LinkLetters, letter_codes, letters_for


@pytest.mark.parametrize("count", [*range(83), 200])
def test_no_code_begins_another_and_all_links_that_can_be_lettered_are(count: int) -> None:
    given = letter_codes(count)
    assert len(given) == min(count, 81) == len(set(given))
    assert not [(a, b) for a in given for b in given if a != b and b.startswith(a)]


def test_nine_links_take_one_letter_each_in_the_order_of_the_fingers() -> None:
    assert "".join(letter_codes(9)) == LETTERS
    assert letter_codes(10)[:8] == list(LETTERS[:8])
    assert letter_codes(10)[8:] == ["ha", "hs"]


def test_typing_a_code_chooses_its_link_and_a_wrong_letter_leaves() -> None:
    letters = letters_for(range(100, 110))
    begun = letters.after_key("h")
    assert isinstance(begun, LinkLetters)
    assert begun.shown == {108: "a", 109: "s"}
    assert begun.after_key("S") == 109
    assert begun.after_key("d") is None
    assert letters.after_key("escape") is None
    assert letters.after_key("a") == 100
