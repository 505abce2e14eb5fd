"""Which titles are no headline: words for any page, and the names of a site and its host."""

import pytest

from reader.text.titles import is_no_headline


@pytest.mark.parametrize(
    "title",
    ["", " - ", "post", "Home", "BLOG", "Untitled", "Sans titre", "Startseite", "Sin título", "Trang chủ", "ニュース"],
)
def test_a_word_that_any_page_may_be_called_by_is_no_headline(title: str) -> None:
    assert is_no_headline(title, ())


@pytest.mark.parametrize("title", ["Tide Letters", "tide letters", "www.tideletters.example", "TideLetters"])
def test_the_names_of_a_site_and_of_its_host_are_no_headline(title: str) -> None:
    assert is_no_headline(title, ("Tide Letters", "www.tideletters.example", None, ""))


@pytest.mark.parametrize("title", ["Posted", "Home again", "Tide Letters turns ten", "example", "Blogs die slowly"])
def test_a_headline_with_such_a_word_in_it_is_one(title: str) -> None:
    assert not is_no_headline(title, ("Tide Letters", "www.tideletters.example"))
