"""The shipped catalogue has the form it says it has, and a person finds a paper in it by whatever they remember."""

import re
import subprocess
import sys
import unicodedata

import pytest
from rich.cells import cell_len

from reader.lists.catalogue import TOPICS, Paper, Section, language_name, papers, search
from reader.text import clean_line
from reader.text.urls import absolute, canonical
from reader.ui.theme.theme import BRAND_COLOURS
from reader.words.catalogue import country_name, topic_name

ALL = papers()
NAMES = pytest.mark.parametrize("paper", ALL, ids=[paper.id for paper in ALL])


def vietnamese(paper: Paper) -> bool:
    return paper.language == "vi" or paper.country == "VN"


def feeds(chosen: list[Paper]) -> list[str]:
    return [url for paper in chosen for url in (paper.feed, *(section.feed for section in paper.sections))]


def paper(name: str, *sections: str) -> Paper:
    """A paper that no catalogue has."""
    listed = tuple(Section(section, f"https://x.example/{n}") for n, section in enumerate(sections))
    return Paper("x", name, "X", "https://x.example/", "vi", "VN", ("local",), "teal", "https://x.example/rss", listed)


@NAMES
def test_a_paper_has_the_form_that_the_file_promises(paper: Paper) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", paper.id)
    assert len(paper.id) <= 32
    assert 0 < cell_len(paper.short) <= 10
    assert paper.topics
    assert set(paper.topics) <= set(TOPICS)
    assert paper.brand_colour in BRAND_COLOURS
    for name in (paper.name, paper.short, *(section.name for section in paper.sections)):
        assert name
        assert name == clean_line(name) == unicodedata.normalize("NFC", name)


@NAMES
def test_the_addresses_of_a_paper_are_web_addresses_as_they_are_asked(paper: Paper) -> None:
    for url in (paper.home, *feeds([paper])):
        assert url.startswith(("https://", "http://"))
        assert absolute("", url) == url
        assert canonical(url).partition("://")[2] == url.partition("://")[2], "an address in its plainest form"


@NAMES
def test_the_language_and_the_country_of_a_paper_have_names(paper: Paper) -> None:
    assert re.fullmatch(r"[a-z]{2}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?", paper.language)
    assert re.fullmatch(r"[A-Z]{2}|int", paper.country)
    assert language_name(paper.language) != paper.language
    assert country_name(paper.country) != paper.country
    assert all(topic_name(topic) != topic for topic in paper.topics)


def test_nothing_is_listed_twice() -> None:
    assert len({paper.id for paper in ALL}) == len(ALL)
    assert len({(paper.name, paper.language) for paper in ALL}) == len(ALL)
    addresses = [canonical(url) for url in feeds(list(ALL))]
    assert len(set(addresses)) == len(addresses)
    for one in ALL:
        assert len({section.name for section in one.sections}) == len(one.sections)


def test_there_is_enough_to_choose_from() -> None:
    at_home = [paper for paper in ALL if vietnamese(paper) and paper.verified]
    abroad = [paper for paper in ALL if not vietnamese(paper)]
    assert len(at_home) >= 25
    assert len(feeds(at_home)) >= 125, "their main sections too"
    assert len(feeds(abroad)) >= 70
    assert len({paper.language.partition("-")[0] for paper in abroad}) >= 8
    assert {paper.brand_colour for paper in ALL} == set(BRAND_COLOURS)


def test_what_is_not_verified_says_so() -> None:
    assert {paper.id for paper in ALL if not paper.verified} >= {"lao-dong", "tuoi-tre-thu-do", "thoi-dai"}


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("tuoi tre", "Tuổi Trẻ"),
        ("TUỔI TRẺ", "Tuổi Trẻ"),
        ("tuo\u0302\u0309i", "Tuổi Trẻ"),
        ("dan tri", "Dân Trí"),
        ("znews.vn", "Znews"),
        ("duong day nong", "Nhân Dân"),
        ("vneco", "VnEconomy"),
        ("朝日", "朝日新聞"),
        ("liberation", "Libération"),
        ("ft", "Financial Times"),
    ],
)
def test_a_paper_is_found_by_what_one_remembers_of_it(word: str, name: str) -> None:
    assert search(ALL, word)[0].name == name


def test_duong_finds_what_is_written_with_a_stroke_and_a_horn() -> None:
    names = {section.name for one in search(ALL, "duong") for section in one.sections}
    assert "Đường dây nóng" in names
    rail, sea = paper("Đường Sắt Ngày Nay"), paper("Biển Xanh")
    assert search((sea, rail), "duong") == [rail]
    assert search((sea, rail), "Đường sắt") == [rail]


def test_language_country_and_topic_are_found_too_and_every_word_must_fit() -> None:
    assert {one.id for one in search(ALL, "deutsch technology")} == {"heise", "netzpolitik"}
    assert {"rthk", "scmp"} <= {one.id for one in search(ALL, "hong kong")}
    assert search(ALL, "zzz") == []
    assert search(ALL, "  ") == list(ALL)


def test_a_name_that_begins_with_the_word_comes_before_one_that_has_it_inside() -> None:
    inside, begins, exactly = paper("Old Harbour Times"), paper("Harbour Post"), paper("Harbour")
    elsewhere = paper("The Gull", "Harbour news")
    assert search((elsewhere, inside, begins, exactly), "harbour") == [exactly, begins, inside, elsewhere]


def test_languages_are_called_as_those_who_speak_them_call_them() -> None:
    codes = ("vi", "en", "fr", "de", "ja", "es", "zh-Hant", "pt-BR")
    native = ["Tiếng Việt", "English", "Français", "Deutsch", "日本語", "Español", "繁體中文", "Português"]
    assert [language_name(code) for code in codes] == native
    assert language_name("tlh") == "tlh"
    assert country_name("int") == "International"
    assert country_name("XX") == "XX"


def test_reading_the_catalogue_loads_neither_interface_nor_network() -> None:
    code = (
        "import sys; from reader.lists.catalogue import papers; papers();"
        "print([m for m in ('textual', 'httpx', 'sqlite3', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
