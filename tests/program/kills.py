"""Processes that are killed at any moment, and what must be in the library then; for the suite and `tests/long`."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from reader.store import Library
from tests import ROOT, present
from tests.fetch.scripted_server import Call, Server
from tests.sample_paper import feed, page

CHILDREN = "tests.program.kill_children"
Acknowledged = list[dict[str, Any]]


class Child:
    """A process in a group of its own, with the lines that it acknowledged."""

    def __init__(self, what: str, path: Path, *arguments: str) -> None:
        self.what = what
        self.acknowledged: Acknowledged = []
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


def assert_is_whole(con: sqlite3.Connection) -> None:
    """The file is sound, every reference leads somewhere, and statuses and sources are what the journal says."""
    assert con.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert con.execute("PRAGMA foreign_key_check").fetchall() == []
    for name in ("read_at", "starred_at", "saved_at", "tags"):
        differing = con.execute(
            f"SELECT j.page, j.new, st.{name} FROM journal j LEFT JOIN statuses st ON st.page = j.page "  # noqa: S608  # names from above
            "WHERE j.id IN (SELECT max(id) FROM journal WHERE property = ? GROUP BY page) "
            f"AND st.{name} IS NOT j.new",
            (name,),
        ).fetchall()
        assert differing == []
    for name in ("title", "folder", "removed_at", "interval"):
        differing = con.execute(
            f"SELECT s.url, j.new, s.{name} FROM journal j JOIN sources s ON s.id = j.source "  # noqa: S608  # names from above
            "WHERE j.id IN (SELECT max(id) FROM journal WHERE property = ? AND source IS NOT NULL GROUP BY source) "
            f"AND s.{name} IS NOT j.new AND s.url LIKE 'https://changed.example/%'",
            (name,),
        ).fetchall()
        assert differing == []


def assert_is_there(con: sqlite3.Connection, acknowledged: Acknowledged) -> None:
    """All that was acknowledged is in the library: acts in the journal, subscriptions, headlines, stories, and what a
    prune may not take."""
    for line in acknowledged:
        if "act" in line:
            _assert_act_is_there(con, line)
        for address in line.get("subscribed", ()):
            assert con.execute("SELECT count(*) FROM sources WHERE url = ?", (address,)).fetchone() == (1,)
        for number in line.get("kept", ()):
            for table in ("articles", "entries"):
                query = f"SELECT count(*) FROM {table} WHERE page = ?"  # noqa: S608  # names from above
                assert con.execute(query, (number,)).fetchone()[0] >= 1, table
        if "paper" in line:
            kept = con.execute("SELECT count(*) FROM entries WHERE source = ?", (line["paper"],)).fetchone()
            assert kept[0] >= line["entries"] > 0
        elif "page" in line:
            assert con.execute("SELECT count(*) FROM articles WHERE page = ?", (line["page"],)).fetchone()[0] >= 1


def _assert_act_is_there(con: sqlite3.Connection, line: dict[str, Any]) -> None:
    if line["how"]:
        query = "SELECT a.act, u.pages FROM acts u JOIN acts a ON a.id = u.of WHERE u.of = ? AND u.act = ?"
        assert (line["kind"], line["pages"]) in con.execute(query, (line["act"], line["how"])).fetchall()
    else:
        found = con.execute("SELECT act, pages FROM acts WHERE id = ?", (line["act"],)).fetchone()
        assert found == (line["kind"], line["pages"])
        rows = con.execute(
            "SELECT count(DISTINCT coalesce(page, -source)) FROM journal WHERE act = ?", (line["act"],)
        ).fetchone()
        assert rows[0] == line["pages"]


def make_papers(server: Server) -> list[str]:
    """Make five feeds that list new stories at each visit, and change old ones; every story can be read."""
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


def kill(path: Path, whats: Sequence[str], papers: Sequence[str], rounds: int, seed: int) -> Counter[str]:
    """Let these two write the library at once, kill one of them at any moment, end the other; so many rounds. Check
    after each; return how many acknowledgements there were of each, and how often each was killed (`kill of WHAT`)."""
    with Library.open(path):
        pass  # it is there before the first process looks
    chance = random.Random(seed)  # seeded, and no secret
    counts: Counter[str] = Counter()
    for number in range(rounds):
        children = [
            Child(what, path, *(papers if what == "refresh" else [str(1000 * seed + number)])) for what in whats
        ]
        for child in children:
            child.wait_for(1)
        victim, other = chance.sample(children, 2)
        victim.wait_for(chance.randint(1, 12 if victim.what != "prune" else 2))
        time.sleep(chance.random() / 50)  # a moment, not an act: anywhere within a transaction
        victim.end(signal.SIGKILL)
        other.wait_for(3 if other.what != "prune" else 1)
        other.end(signal.SIGTERM)
        assert all(child.is_gone() for child in children)
        con = sqlite3.connect(path)
        assert_is_whole(con)
        for child in children:
            assert_is_there(con, child.acknowledged)
            counts[child.what] += len(child.acknowledged)
        con.close()
        counts[f"kill of {victim.what}"] += 1
    return counts
