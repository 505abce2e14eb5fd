"""Texts that say the same but for case, accents, quotes and spaces."""

import pytest

from reader.text.compare import is_beginning, is_no_headline, letters_and_digits, same_text


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


@pytest.mark.parametrize(
    ("title", "text", "only"),
    [
        ("Tea first, then the tide.", "Tea first, then [the tide](https://tide.example/).", True),
        ("Nets for the boat: 1. Ines 2. Bo", "Nets for the boat:\n\n1. Ines\n2. Bo", True),
        (
            "The tide is out and will not be back before the…",
            "The tide is out and will not be back before the bell.",
            True,
        ),
        ("The tide is out...", "The tide is out and will not be back.", False),
        ("The tide is out", "The tide is out and will not be back.", False),
        ("…", "The tide is out.", False),
        ("", "", False),
    ],
)
def test_which_title_is_but_the_beginning_of_a_post(title: str, text: str, only: bool) -> None:
    assert is_beginning(title, text) is only


@pytest.mark.parametrize(
    "title",
    ["", " - ", "post", "Home", "BLOG", "Untitled", "Sans titre", "Startseite", "Sin título", "Trang chủ", "ニュース"],
)
def test_a_word_that_any_page_may_be_called_by_is_no_headline(title: str) -> None:
    assert is_no_headline(title, ())


@pytest.mark.parametrize("title", ["Tide Letters", "tide letters", "www.tideletters.example", "TideLetters"])
def test_the_names_of_a_site_and_of_its_host_are_no_headline(title: str) -> None:
    assert is_no_headline(title, ("Tide Letters", "www.tideletters.example", None, ""))


@pytest.mark.parametrize(
    ("host", "own", "others"),
    [
        ("www.nrc.example", "NRC", ("www", "example")),
        ("www.eel.co.uk", "Eel", ("www", "co", "uk")),
        ("bt.com.au", "BT", ("com", "au")),
        ("technology.paper.example", "Paper", ("Technology",)),
        ("nature.eel.co.uk", "Eel", ("Nature",)),
        ("tidemarsh.blogspot.com", "Tide Marsh", ("Blogspot",)),
        ("báo.example", "Báo", ("example",)),
        ("localhost", "localhost", ("local",)),
    ],
)
def test_of_a_hosts_name_only_the_label_before_the_suffix_is_the_sites(
    host: str, own: str, others: tuple[str, ...]
) -> None:
    assert is_no_headline(own, (host,))
    assert not any(is_no_headline(title, (host,)) for title in others)


@pytest.mark.parametrize("title", ["Posted", "Home again", "Tide Letters turns ten", "example", "Blogs die slowly"])
def test_a_headline_with_such_a_word_in_it_is_one(title: str) -> None:
    assert not is_no_headline(title, ("Tide Letters", "www.tideletters.example"))
