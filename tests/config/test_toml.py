import time

import pytest

from reader.config import toml

MANY = 90


@pytest.mark.parametrize(
    "key",
    [
        ".".join("a" * MANY),
        ".".join(['"\\""'] * MANY),
        " . ".join(["'it is'"] * MANY),
        "[" + ".".join("a" * MANY) + "]\nb",
        "x = {" + ".".join("a" * MANY) + " = 1}\ny",
    ],
)
def test_a_key_of_many_names_is_refused_before_it_takes_its_time(key: str) -> None:
    with pytest.raises(toml.TooDeep):
        toml.loads(f"{key} = 1\n")


@pytest.mark.parametrize(
    "text",
    [
        "# " + ".".join("w" * MANY) + "\na = 1\n",
        'a = "' + ".".join("w" * MANY) + '"\n',
        "a = '" + ".".join("w" * MANY) + "' # it's \"done\"\n",
        'a = """\nsaid "' + ".".join("w" * MANY) + '" \\\n"""\n',
        "a = '''\n" + ".".join("w" * MANY) + "\n'''\n",
        "".join(f"k{number} = 1.5\n" for number in range(MANY)),
    ],
)
def test_points_in_comments_and_strings_are_no_names(text: str) -> None:
    assert toml.loads(text)


@pytest.mark.parametrize("piece", ['"', '"""', '\\"', '"""\\', "'", "'''", "#", "a.", '"".', "\\"])
def test_no_text_takes_the_time_of_its_square(piece: str) -> None:
    began = time.process_time()
    with pytest.raises((ValueError, RecursionError)):
        toml.loads("a = 1\nb" + piece * 60_000 + "." * MANY)
    assert time.process_time() - began < 2
