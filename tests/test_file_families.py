import pytest

from reader.file_families import family_of_address


@pytest.mark.parametrize(
    ("url", "family"),
    [
        ("https://tide.example/a/bell.mp3?from=feed", "audio"),
        ("https://tide.example/a/film.MP4", "video"),
        ("https://tide.example/mast%2Ejpg", "image"),
        ("https://tide.example/tables.pdf#page=3", "text"),
        ("https://tide.example/log.tar.gz", "archive"),
        ("https://tide.example/wiki/File:Lamp.jpg", None),
        ("https://tide.zip/", None),
        ("https://tide.example/story.html", None),
        ("https://tide.example/mp3", None),
    ],
)
def test_a_file_is_told_from_a_page_by_its_name(url: str, family: str | None) -> None:
    assert family_of_address(url) == family
