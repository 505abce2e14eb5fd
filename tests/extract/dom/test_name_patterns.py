"""Names of elements are judged by pattern, and each once."""

import re

from reader.extract.dom.name_patterns import cached_by_name, name_matcher
from reader.extract.links import targets
from reader.text import urls
from tests import ROOT, cached


def test_a_name_is_called_so_wherever_the_pattern_stands_in_it() -> None:
    is_title = name_matcher(re.compile("title", re.I))

    assert is_title("article-Title big")
    assert not is_title("article-body")


def test_two_patterns_do_not_share_what_they_said() -> None:
    one, other = name_matcher(re.compile("a")), name_matcher(re.compile("b"))

    assert one("a")
    assert not other("a")


def test_every_module_of_a_pages_way_stands_in_its_documentation() -> None:
    page = (ROOT / "docs/extraction.md").read_text(encoding="utf-8")
    table = page.partition("## The way\n")[2].partition("\n\n")[0]
    rooms = ROOT / "reader/extract"
    modules = {path.relative_to(rooms).as_posix() for path in rooms.rglob("*.py") if path.name != "__init__.py"}
    assert {name for name in modules if f"`{name}`" not in table} == set()


def test_long_names_and_addresses_are_not_remembered() -> None:
    absolute = f"https://a.example/{'b' * 5_000}"
    for function, texts in (
        (urls.canonical, (absolute,)),
        (urls.absolute, ("https://a.example/", absolute)),
        (targets.story_target, (absolute, "https://a.example/")),
    ):
        memory = cached(function)
        before = memory.cache_info().currsize
        memory(*texts)
        assert memory.cache_info().currsize == before
    asked: list[str] = []

    def asks(name: str) -> bool:
        asked.append(name)
        return True

    named = cached_by_name(asks)
    assert named("a" * 900)
    assert [len(name) for name in asked] == [500]
