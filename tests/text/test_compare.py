"""Texts that say the same but for case, accents, quotes and spaces."""

import pytest

from reader.text.compare import letters_and_digits, same_text


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ferry saved", "“FERRY”  saved!", True),
        ("Đò ngang", "Do ngang", True),
        ("Ferry saved", "Ferry lost", False),
        ("The ferry of the lower marsh is saved", "The ferry of the lower marsh is lost", False),
        ("The ferry of the lower marsh is saved", "A bridge over the upper moor is open", False),
        ("The ferry of the lower marsh is saved", "the ferry of the lower marsh is SAVED.", True),
        ("", "", False),
        (None, None, False),
        ("Ferry", None, False),
        ("a" * 5001, "a" * 5001, False),
        ("a" * 5000, "a" * 5000, True),
    ],
)
def test_what_is_the_same_text(one: str | None, other: str | None, same: bool) -> None:
    assert same_text(one, other) is same


def test_only_folded_letters_and_digits_are_compared() -> None:
    assert letters_and_digits("Đò số_7, sửa!") == "doso7sua"
