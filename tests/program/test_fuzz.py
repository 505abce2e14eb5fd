"""A small part of `tests/long/test_fuzz.py`: every parser, given some documents of our own that were made worse."""

import pytest

from tests.fuzz.running import input_of, run
from tests.fuzz.subjects import SUBJECTS

FEWER = {"extract": 60, "feeds": 120, "clean": 40, "config": 120, "rules": 120}
"""How many inputs of those that take longer; of others there are `MANY`."""
MANY = 400


@pytest.mark.parametrize("name", SUBJECTS)
def test_no_document_is_too_strange_for_a_parser(name: str) -> None:
    done = run(SUBJECTS[name], seed=1, count=FEWER.get(name, MANY))
    assert done.faults == []


@pytest.mark.parametrize("name", SUBJECTS)
def test_an_input_is_the_same_when_it_is_made_again(name: str) -> None:
    made = [[input_of(SUBJECTS[name], 3, number) for number in range(40)] for _ in range(2)]
    assert made[0] == made[1]
