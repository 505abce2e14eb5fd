"""What a robots.txt allows."""

import pytest

from reader.fetch.robots_rules import LARGEST, address, allows

RULES = """User-agent: newsstand
Allow: /notes/open
Disallow: /notes/
Disallow: /*?print

User-agent: *
Disallow: /
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/notes/open/1", True), ("/notes/1", False), ("/story", True), ("/story?print=1", False)],
)
def test_the_longest_rule_for_our_name_decides(path: str, allowed: bool) -> None:
    assert allows(RULES, f"https://heron.example{path}", "Newsstand/1.0 (+https://example.org)") is allowed


def test_rules_for_all_hold_for_a_name_that_has_none() -> None:
    assert not allows(RULES, "https://heron.example/story", "Mozilla/5.0 (X11)")


@pytest.mark.parametrize("rules", ["", " \n", "<html><body>Not here", "\ufffd\x00" * 50, "Disallow"])
def test_what_says_nothing_allows_everything(rules: str) -> None:
    assert allows(rules, "https://heron.example/story", "Newsstand")


def test_a_document_without_end_is_read_to_its_limit() -> None:
    assert allows("#" * LARGEST + "\nUser-agent: *\nDisallow: /\n", "https://heron.example/story", "Newsstand")


def test_the_rules_are_at_the_origin() -> None:
    assert address("https://Heron.example:8443/a/b?c") == (
        "https://heron.example:8443",
        "https://heron.example:8443/robots.txt",
    )
