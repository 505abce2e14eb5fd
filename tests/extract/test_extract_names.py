"""Names of elements are judged by pattern, and each once."""

import re

from reader.extract.names import called


def test_a_name_is_called_so_wherever_the_pattern_stands_in_it():
    is_title = called(re.compile("title", re.I))

    assert is_title("article-Title big")
    assert not is_title("article-body")


def test_two_patterns_do_not_share_what_they_said():
    one, other = called(re.compile("a")), called(re.compile("b"))

    assert one("a")
    assert not other("a")
