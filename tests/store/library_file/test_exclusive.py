"""Who has a library open, asked without opening it."""

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reader.errors import LibraryError
from reader.store import Library
from reader.store.library_file import exclusive

HOLD = """
import sys
from pathlib import Path
from reader.store import Library
library = Library.open(Path(sys.argv[1]))
library.remember("measure", "70")
print("open", flush=True)
if sys.stdin.read() == "die":
    import os
    os._exit(0)
library.close()
"""


class Other:
    """Another process that has the library open."""

    def __init__(self, path: Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline() == "open\n"

    def end(self, how: str = "") -> None:
        self.process.communicate(how)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Library.open(tmp_path / "library.db").close()
    return tmp_path / "library.db"


def test_one_that_was_killed_is_told_from_one_that_is_open_or_was_closed(path: Path) -> None:
    assert not exclusive.was_left_open(path)
    other = Other(path)
    assert not exclusive.was_left_open(path)
    other.end("die")
    assert exclusive.was_left_open(path)
    with Library.open(path):
        assert not exclusive.was_left_open(path)
    assert not exclusive.was_left_open(path)


def test_nobody_is_kept_out_unless_one_is_alone(path: Path) -> None:
    other = Other(path)
    with pytest.raises(LibraryError, match="Another Newsstand has"), exclusive.alone(path):
        pass
    other.end()
    with Library.open(path), pytest.raises(LibraryError, match="Another Newsstand has"), exclusive.alone(path):
        pass
    with exclusive.alone(path):
        pass


def test_whoever_waits_for_a_library_that_is_replaced_gets_the_new_one(path: Path, tmp_path: Path) -> None:
    """Were it to go on with the old file, it would read that with the new one's log, and close with it."""
    with Library.open(tmp_path / "new.db") as library:
        library.remember("which", "the new one")
    code = "import sys; from pathlib import Path; from reader.store import Library\n"
    code += (
        "print('tries', flush=True)\nwith Library.open(Path(sys.argv[1])) as library: print(library.recall('which'))"
    )
    with exclusive.alone(path):
        waits = subprocess.Popen(
            [sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert waits.stdout is not None
        assert waits.stdout.readline() == "tries\n"
        threading.Event().wait(0.5)  # it has opened the old file, and waits for its lock
        (tmp_path / "new.db").replace(path)
    out, err = waits.communicate(timeout=60)
    assert out == "the new one\n", err
