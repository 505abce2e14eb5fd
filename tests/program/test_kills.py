"""Killed at any moment, a process takes nothing with it that the store had acknowledged."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from reader.store import Library
from tests import ROOT, present
from tests.fetch.scripted_server import Call, Server
from tests.sample_paper import feed, page

ROUNDS = 20
CHILDREN = "tests.program.kill_children"


class Child:
    """A process in a group of its own, with the lines that it acknowledged."""

    def __init__(self, what: str, path: Path, *arguments: str) -> None:
        self.what = what
        self.acknowledged: list[dict[str, Any]] = []
        self.process = subprocess.Popen(
            [sys.executable, "-m", CHILDREN, what, path, *arguments],
            stdout=subprocess.PIPE,
            start_new_session=True,
            cwd=ROOT,
        )

    def wait_for(self, lines: int) -> None:
        """Wait until it has acknowledged so many more."""
        for _ in range(lines):
            line = present(self.process.stdout).readline()
            assert line.endswith(b"\n"), f"{self.what} ended by itself"
            self.acknowledged.append(json.loads(line))

    def end(self, how: signal.Signals) -> None:
        """End it, and take in what it had still acknowledged. A line that was cut acknowledges nothing."""
        self.process.send_signal(how)
        rest = present(self.process.stdout).read()
        present(self.process.stdout).close()
        assert self.process.wait() == -how
        self.acknowledged += [json.loads(line) for line in rest.splitlines(keepends=True) if line.endswith(b"\n")]

    def is_gone(self, within: float = 3) -> bool:
        """Say whether, after so many seconds at most, nothing of its process group is left."""
        until = time.monotonic() + within
        while time.monotonic() < until:
            try:
                os.killpg(self.process.pid, 0)
            except ProcessLookupError:
                return True
            time.sleep(0.02)  # other processes are ending: there is nothing to wait on
        return False


def assert_marks_are_there(con: sqlite3.Connection, acknowledged: list[dict[str, Any]]) -> None:
    """Every act that was acknowledged stands in the journal, and the statuses are what the journal says."""
    for line in acknowledged:
        if line["how"]:
            query = "SELECT a.act, u.pages FROM acts u JOIN acts a ON a.id = u.of WHERE u.of = ? AND u.act = ?"
            assert (line["kind"], line["pages"]) in con.execute(query, (line["act"], line["how"])).fetchall()
        else:
            found = con.execute("SELECT act, pages FROM acts WHERE id = ?", (line["act"],)).fetchone()
            assert found == (line["kind"], line["pages"])
            rows = con.execute("SELECT count(*) FROM journal WHERE act = ?", (line["act"],)).fetchone()
            assert rows[0] == line["pages"]
    for name in ("read_at", "starred_at", "saved_at", "tags"):
        differing = con.execute(
            f"SELECT j.page, j.new, st.{name} FROM journal j LEFT JOIN statuses st ON st.page = j.page "  # noqa: S608  # names from above
            "WHERE j.id IN (SELECT max(id) FROM journal WHERE property = ? GROUP BY page) "
            f"AND st.{name} IS NOT j.new",
            (name,),
        ).fetchall()
        assert differing == []


def assert_visits_are_there(con: sqlite3.Connection, acknowledged: list[dict[str, Any]]) -> None:
    """Every headline and every story that was acknowledged is in the library."""
    for line in acknowledged:
        if "paper" in line:
            kept = con.execute("SELECT count(*) FROM entries WHERE source = ?", (line["paper"],)).fetchone()
            assert kept[0] >= line["entries"] > 0
        else:
            assert con.execute("SELECT count(*) FROM articles WHERE page = ?", (line["page"],)).fetchone()[0] >= 1


@pytest.fixture
def papers(server: Server) -> list[str]:
    """Five feeds that list new stories at each visit, and change old ones; every story can be read."""
    chance = random.Random(7)
    stories: dict[int, list[str]] = {number: [] for number in range(5)}

    def visited(number: int) -> Callable[[Call], None]:
        def answer(call: Call) -> None:
            for _ in range(chance.randint(1, 4)):
                path = f"/{number}/{len(stories[number])}"
                server.says(path, page(f"Story {path}"))
                stories[number].append(path)
            newest = stories[number][-12:]
            call.send(feed(*((f"Story {path} {chance.randint(1, 3)}", server.url(path)) for path in newest)))

        return answer

    return [server.says(f"/feed{number}", visited(number)) for number in stories]


def test_nothing_acknowledged_is_lost_when_a_process_is_killed(tmp_path: Path, papers: list[str]) -> None:
    path = tmp_path / "library.db"
    with Library.open(path):
        pass  # it is there before the first process looks
    chance = random.Random(3)  # seeded, and no secret
    killed = []
    for number in range(ROUNDS):
        children = [Child("refresh", path, *papers), Child("mark", path, str(1000 + number))]
        for child in children:
            child.wait_for(1)
        victim, other = chance.sample(children, 2)
        victim.wait_for(chance.randint(1, 12))
        time.sleep(chance.random() / 50)  # a moment, not an act: anywhere within a transaction
        victim.end(signal.SIGKILL)
        other.wait_for(3)
        other.end(signal.SIGTERM)
        killed.append(victim.what)
        assert all(child.is_gone() for child in children)
        con = sqlite3.connect(path)
        assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert con.execute("PRAGMA foreign_key_check").fetchall() == []
        assert_visits_are_there(con, children[0].acknowledged)
        assert_marks_are_there(con, children[1].acknowledged)
        con.close()
    assert set(killed) == {"refresh", "mark"}
    with Library.open(path, who="reader") as library:
        assert library.undo() is not None
