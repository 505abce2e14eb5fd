"""On which line a key stands: however TOML lets it be written."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.config import lines
from reader.config.lines import lines_of

WRITTEN = '''# comment with a = 1
top = 1

[reader] # not [other]
theme = "a = [b]"   # theme = "c"
"quoted key" = 1
'single' = """
fake = 1
[fake]
"""
keys.deep.down = [
  "x", # ]
  { inner = 1 },
]
inline = { a = 1, b.c = 2 }

  [ reader . sub ]
after = \'\'\'
[[fake2]]\'\'\'
[[many]]
x = 1
[[many]]
y = 2
'''


def test_every_key_has_the_line_on_which_its_statement_begins() -> None:
    assert lines_of(WRITTEN) == {
        ("top",): 2,
        ("reader",): 4,
        ("reader", "theme"): 5,
        ("reader", "quoted key"): 6,
        ("reader", "single"): 7,
        ("reader", "keys"): 11,
        ("reader", "keys", "deep"): 11,
        ("reader", "keys", "deep", "down"): 11,
        ("reader", "inline"): 15,
        ("reader", "inline", "a"): 15,
        ("reader", "inline", "b"): 15,
        ("reader", "inline", "b", "c"): 15,
        ("reader", "sub"): 17,
        ("reader", "sub", "after"): 18,
        ("many",): 20,
        ("many", "x"): 21,
        ("many", "y"): 23,
    }


def test_line_ends_of_another_system_count_the_same() -> None:
    assert lines_of(WRITTEN.replace("\n", "\r\n")) == lines_of(WRITTEN)


def test_what_is_too_long_to_follow_has_no_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "WORK", 200)
    found = lines_of("first = 1\nlong = [\n" + "1,\n" * 100 + "]\nlast = 2\n")
    assert found == {("first",): 1}


NAMES = st.sampled_from(["a", "b", "c", '"d e"', "'f.g'", "h.i"])
VALUES = st.sampled_from(["1", '"x = 1"', "[\n1,\n2]", '"""\n[a]\n"""', "{x = 1}", "'#'", "2020-01-01"])


@given(st.lists(st.tuples(NAMES, VALUES), max_size=8), st.lists(st.sampled_from(["", "# a = 1", "  "]), max_size=3))
def test_every_key_of_a_document_has_a_line_and_it_is_the_right_one(
    written: list[tuple[str, str]], between: list[str]
) -> None:
    statements = {name: f"{name} = {value}" for name, value in written}
    text, begins, line = "", {}, 1
    for name, statement in statements.items():
        for block in (*between, statement):
            if block is statement:
                begins[name] = line
            text += block + "\n"
            line += block.count("\n") + 1
    found = lines_of(text)
    for name, began in begins.items():
        (path,) = tomllib.loads(f"{name} = 1").items()
        assert found[(path[0],)] == began
