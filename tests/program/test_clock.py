"""The system's clock is set back a year: what was due then is due again, and not when the year has passed.

The program is the real one, and its clock the system's as the C library tells it: a shim that is compiled here adds to
it (LD_PRELOAD). Where there is no compiler, or no such thing as LD_PRELOAD, the test skips.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from reader.models import NewSource
from reader.store import Library
from tests import ROOT
from tests.fetch.scripted_server import Server, reply

YEAR = 365 * 86400
SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long ahead(void) { const char *said = getenv("SECONDS_AHEAD"); return said ? atol(said) : 0; }
int clock_gettime(clockid_t clock, struct timespec *at) {
    int (*real)(clockid_t, struct timespec *) = dlsym(RTLD_NEXT, "clock_gettime");
    int result = real(clock, at);
    if (!result && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) at->tv_sec += ahead();
    return result;
}
int gettimeofday(struct timeval *at, void *zone) {
    int (*real)(struct timeval *, void *) = dlsym(RTLD_NEXT, "gettimeofday");
    int result = real(at, zone);
    if (!result) at->tv_sec += ahead();
    return result;
}
time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
"""


@pytest.fixture(scope="module")
def shim(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that sets the clock of a program that loads it."""
    compiler = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if compiler is None or not sys.platform.startswith("linux"):
        pytest.skip("the clock of a program cannot be set here: there is no C compiler, or no LD_PRELOAD")
    folder = tmp_path_factory.mktemp("shim")
    (folder / "clock.c").write_text(SHIM, encoding="utf-8")
    built = folder / "clock.so"
    done = subprocess.run(
        [compiler, "-shared", "-fPIC", "-o", built, folder / "clock.c", "-ldl"], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"the shim of the clock cannot be compiled: {done.stderr.decode()}")
    code = "import time, datetime; print(time.time(), datetime.datetime.now().timestamp())"
    environment = {**os.environ, "LD_PRELOAD": str(built), "SECONDS_AHEAD": str(YEAR)}
    said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    here = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for then, now in zip(said.stdout.split(), here.stdout.split(), strict=True):
        if not float(then) > float(now) + YEAR - 3600:
            pytest.skip("this Python asks the system for the time in a way that cannot be changed from outside")
    return built


def refreshed(home: Path, shim: Path, ahead: int) -> list[str]:
    """Refresh what is due with the real program, its clock so many seconds ahead; return the addresses that were
    visited."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "LD_PRELOAD": str(shim), "SECONDS_AHEAD": str(ahead)}
    environment |= {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    command = [sys.executable, "-m", "reader", "refresh", "--json", "--no-stories"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=240)
    events = [json.loads(line) for line in done.stdout.splitlines()]
    return sorted(event["url"] for event in events if event["step"] in ("kept", "same", "failed"))


def test_what_was_due_is_due_again_when_the_clock_is_set_back_a_year(
    tmp_path: Path, shim: Path, server: Server
) -> None:
    feed = b"<rss version='2.0'><channel><title>Gull</title><item><title>Tide</title></item></channel></rss>"
    good = server.says("/good", reply(feed, headers={"Content-Type": "application/rss+xml"}))
    gone = server.says("/gone", reply(status=404))
    path = tmp_path / "data/newsstand/library.db"
    path.parent.mkdir(parents=True)
    with Library.open(path) as library:
        library.add_sources([NewSource(good, "Gull"), NewSource(gone, "Gone")])
    assert refreshed(tmp_path, shim, YEAR) == [gone, good]
    assert refreshed(tmp_path, shim, YEAR) == []
    assert refreshed(tmp_path, shim, 0) == [gone, good]
    assert refreshed(tmp_path, shim, 0) == []
    assert server.paths().count("/good") == 2


@pytest.mark.long
def test_a_pause_that_was_asked_for_is_over_when_the_clock_is_set_back_a_year(
    tmp_path: Path, shim: Path, server: Server
) -> None:
    url = server.says("/", reply(status=429, headers={"Retry-After": "7200"}))
    path = tmp_path / "data/newsstand/library.db"
    path.parent.mkdir(parents=True)
    with Library.open(path) as library:
        library.add_sources([NewSource(url, "Gull")])
    assert refreshed(tmp_path, shim, YEAR) == [url]
    assert refreshed(tmp_path, shim, YEAR) == []
    assert refreshed(tmp_path, shim, 0) == [url]
    assert len(server.asked) == 2
    assert refreshed(tmp_path, shim, 0) == []
