import os
import sys
import time
from pathlib import Path

import pytest

from reader.ui.base import outside
from reader.ui.base.outside import start_browser

URL = "https://gull.example/ferry?a=1&b=--help"


@pytest.fixture
def browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A browser that says where it writes and what it was handed, then does as `rest` says."""
    program = tmp_path / "browser"
    monkeypatch.setenv("BROWSER", f"{program} %s")
    monkeypatch.chdir(tmp_path)
    return program


def is_to(program: Path, rest: str) -> None:
    said = program.with_name("said")
    program.write_text(
        f"#!{sys.executable}\nimport os, sys, time\nprint('a warning', file=sys.stderr)\n"
        f"open({str(said)!r}, 'w').write(sys.argv[1] + ' ' + str([os.isatty(n) for n in (0, 1, 2)]))\n{rest}\n",
        encoding="utf-8",
    )
    program.chmod(0o755)


def test_a_browser_gets_the_address_and_no_terminal(browser: Path, capfd: pytest.CaptureFixture[str]) -> None:
    is_to(browser, "")
    assert start_browser(URL)
    assert browser.with_name("said").read_text() == f"{URL} [False, False, False]"
    assert capfd.readouterr() == ("", "")


def test_one_that_comes_back_once_it_is_closed_keeps_nobody_waiting(
    browser: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outside, "_STARTS_WITHIN", 0.5)
    is_to(browser, "time.sleep(20)")
    began = time.monotonic()
    assert start_browser(URL)
    assert time.monotonic() - began < 15


def test_one_that_does_not_start_is_none(browser: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(browser.parent))  # nor is there any other
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert not start_browser(URL)
    is_to(browser, "sys.exit(3)")
    assert not start_browser(URL)


def test_a_module_in_the_current_folder_is_not_taken(browser: Path) -> None:
    is_to(browser, "")
    (browser.parent / "webbrowser.py").write_text("import os\nos.mkdir('taken')\n", encoding="utf-8")
    start_browser(URL)
    assert not os.path.isdir("taken")  # noqa: PTH112 # the current folder's
