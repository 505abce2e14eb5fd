"""Logins are kept in the keyring, or in a file that nobody else can read."""

import stat
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from reader.errors import NewsstandError
from reader.models import Login
from reader.news.asking import credentials

ANN = Login("ann:", 'gull "đèn"\n')


class Keyring:
    """A keyring of a desktop: what it has, and what may be wrong with it."""

    def __init__(self) -> None:
        self.has: dict[tuple[str, str], str] = {}
        self.fails = self.forgets = False
        self.answers = threading.Event()
        self.answers.set()

    def module(self) -> ModuleType:
        module = ModuleType("keyring")
        vars(module).update(
            get_keyring=lambda: self,
            set_password=self.set_password,
            get_password=self.get_password,
            delete_password=lambda service, name: self.has.pop((service, name)),
        )
        return module

    def set_password(self, service: str, name: str, text: str) -> None:
        self.answers.wait()
        if self.fails:
            raise RuntimeError("locked")
        if not self.forgets:
            self.has[service, name] = text

    def get_password(self, service: str, name: str) -> str | None:
        return self.has.get((service, name))


@pytest.fixture
def keyring(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    keyring = Keyring()
    monkeypatch.setitem(sys.modules, "keyring", keyring.module())
    monkeypatch.setattr(credentials, "_silent", set())
    return keyring


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "library.db"


def files(path: Path) -> list[Path]:
    return [file for file in path.parent.rglob("*") if file.is_file()]


def test_a_keyring_has_it_under_a_name_that_says_nothing(keyring: Keyring, path: Path) -> None:
    name = credentials.keep(path, ANN)
    assert credentials.find(path, name) == ANN
    assert list(keyring.has) == [("newsstand", name)]
    assert "ann" not in name
    assert files(path) == []
    credentials.forget(path, name)
    assert (keyring.has, credentials.find(path, name)) == ({}, None)


@pytest.mark.parametrize("what", ["fails", "forgets", "none", "null", "missing", "silent"])
def test_without_a_keyring_it_is_in_a_file_for_oneself_alone(
    keyring: Keyring, path: Path, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if what in ("none", "null"):
        kind = type("Keyring", (), {"__module__": f"keyring.backends.{'fail' if what == 'none' else what}"})
        monkeypatch.setattr(sys.modules["keyring"], "get_keyring", kind)
    elif what == "missing":
        monkeypatch.setitem(sys.modules, "keyring", None)
    elif what == "silent":
        monkeypatch.setattr(credentials, "WAITS", 0.05)
        keyring.answers.clear()
    else:
        setattr(keyring, what, True)
    first, second = credentials.keep(path, ANN), credentials.keep(path, Login("bob", ""))
    assert len(files(path)) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files(path)} == {0o600}
    assert stat.S_IMODE(credentials.folder(path).stat().st_mode) == 0o700
    assert (credentials.find(path, first), credentials.find(path, second)) == (ANN, Login("bob", ""))
    credentials.forget(path, first)
    assert (credentials.find(path, first), credentials.find(path, second)) == (None, Login("bob", ""))
    keyring.answers.set()


def test_what_can_be_kept_nowhere_is_said_in_words(path: Path) -> None:
    credentials.folder(path).write_bytes(b"in the way")
    with pytest.raises(NewsstandError, match="cannot be kept") as error:
        credentials.keep(path, ANN)
    assert "gull" not in str(error.value)


def test_a_damaged_file_is_no_login(path: Path) -> None:
    name = credentials.keep(path, ANN)
    (credentials.folder(path) / name).write_bytes(b"\xff{")
    assert credentials.find(path, name) is None
    (credentials.folder(path) / name).write_text('["one"]', encoding="utf-8")
    assert credentials.find(path, name) is None
