"""The command line against the least program that could do the same: `python benchmarks/command_line.py`.

Two ratios, each of the best of so many runs by turns: `newsstand list --json` on 20,000 entries against a Python
program that imports click and sqlite3, reads the same rows from the same file and prints them with json.dumps; and
`newsstand --help` against `import click`. Python may cache bytecode, as it does for an installed program.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.library import make_library

PEER = """
import json, sqlite3, sys
import click

@click.command()
@click.argument("file")
def main(file):
    con = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
    con.row_factory = sqlite3.Row
    rows = con.execute('''
        SELECT p.id, coalesce(nullif(e.title, ''), p.title, p.url) AS title, p.url, s.title AS paper, s.id AS source,
               coalesce(e.section, p.section) AS section, coalesce(e.summary, p.summary) AS summary,
               strftime('%Y-%m-%dT%H:%M:%SZ', p.time, 'unixepoch') AS time, st.read_at IS NOT NULL AS read,
               st.starred_at IS NOT NULL AS starred, st.saved_at IS NOT NULL AS saved, p.kept_at IS NOT NULL AS kept,
               st.read_at IS NOT NULL AND p.changed_at > st.read_at AS updated, p.minutes
        FROM pages p LEFT JOIN entries e ON e.id = p.entry LEFT JOIN sources s ON s.id = e.source
        LEFT JOIN statuses st ON st.page = p.id
        WHERE p.merged_into IS NULL AND p.listed = 1 ORDER BY p.time DESC, p.id DESC''')
    for row in rows:
        print(json.dumps(dict(row), ensure_ascii=False))

main()
"""
BAR = 1.5


def seconds(command: list[str], lines: int | None = None) -> float:
    """Return how long a command takes; with `lines`, hold that it prints so many."""
    own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, check=True, env=own)
    took = time.perf_counter() - began
    if lines is not None and done.stdout.count(b"\n") != lines:
        raise AssertionError(f"{command}: {done.stdout.count(10)} lines, not {lines}")
    return took


def ratio(name: str, ours: list[str], peer: list[str], runs: int, lines: int | None = None) -> float:
    """Time two commands by turns, print both and return the ratio of the best of each."""
    for command in (ours, peer):
        seconds(command)  # the first run caches bytecode, and brings the file into memory
    times = [(seconds(ours, lines), seconds(peer, lines)) for _ in range(runs)]
    mine, theirs = (min(column) for column in zip(*times, strict=True))
    middle = [statistics.median(column) * 1000 for column in zip(*times, strict=True)]
    print(
        f"{name}: {mine * 1000:.0f} ms against {theirs * 1000:.0f} ms, ratio {mine / theirs:.2f} (bar {BAR}); "
        f"medians {middle[0]:.0f} and {middle[1]:.0f} ms, {runs} runs"
    )
    ratio: float = mine / theirs
    return ratio


def main() -> int:
    """Measure, and say with the exit code whether the bars hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=15)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "library.db"
        make_library(file, asked.entries, 60)
        peer = Path(folder) / "peer.py"
        peer.write_text(PEER, encoding="utf-8")
        program = [sys.executable, "-m", "reader"]
        listing = ratio(
            f"list --json, {asked.entries} entries",
            [*program, "--library", str(file), "list", "--json"], [sys.executable, str(peer), str(file)],
            asked.runs, asked.entries,
        )  # fmt: skip
        help_page = ratio("--help", [*program, "--help"], [sys.executable, "-c", "import click"], asked.runs)
    return int(max(listing, help_page) > BAR)


if __name__ == "__main__":
    sys.exit(main())
