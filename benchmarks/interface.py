"""How quick the reader is over a large library: its first headlines, and the frame after a key.

    python benchmarks/interface.py [--entries 200000] [--sources 500] [--runs 7] [--keys 40]

Makes the library, starts the reader and a bare Textual app with one label by turns, each in a pseudo-terminal of
120 x 40, and prints the ratio of their medians (to hold: 1.5). Then types j, Ctrl+F, m and G, and prints for each the
95th percentile from the key to the last byte of the frame that shows its effect (to hold: 50 ms). Exits 1 where one
does not hold.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.library import make_library
from tests.pseudo_terminal import Terminal

BARE = """
from textual.app import App
from textual.widgets import Label
class Bare(App):
    def compose(self):
        yield Label("one label here")
Bare().run()
"""
CACHED = {"PYTHONDONTWRITEBYTECODE": ""}
"""Both start with their bytecode cached, as an installed program does; the first run of each writes it, and is left
out."""

RATIO, MILLISECONDS = 1.5, 50.0


def start(command: list[str], mark: bytes) -> tuple[Terminal, float]:
    """Start a program; return it and the seconds until `mark` is painted."""
    terminal = Terminal(command, environment=CACHED)
    at = terminal.wait(lambda terminal: mark in terminal.received, whole=False)
    return terminal, at - terminal.started


def cursor(terminal: Terminal) -> tuple[str, ...]:
    """What a person sees in the list: where the cursor's bar is, the headlines and their marks."""
    return tuple(line.partition("│")[0].partition("┃")[0] for line in terminal.screen.display[3:38])


def differs(before: tuple[str, ...], terminal: Terminal) -> bool:
    """Say whether the list looks otherwise than before."""
    return cursor(terminal) != before


def time_key(terminal: Terminal, key: str, times: int, prepare: Callable[[], None]) -> list[float]:
    """Return milliseconds from each of `times` keys to the last byte of the frame that shows its effect."""
    found = []
    for _ in range(times):
        prepare()
        changed = partial(differs, cursor(terminal))
        at = terminal.write(key)
        last = terminal.effect(changed)
        found.append((last - at) * 1000)
        terminal.rest()
    return found


def percentile(times: list[float], part: float) -> float:
    """Return the value that `part` of the times do not exceed (nearest rank)."""
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def main() -> int:
    """Measure, print, and say by the exit code whether both hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--sources", type=int, default=500)
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("--keys", type=int, default=40)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, settings = Path(folder) / "library.db", Path(folder) / "config.toml"
        make_library(path, asked.entries, asked.sources)
        settings.write_text("[refresh]\nat_start = false\n")
        reader = [sys.executable, "-m", "reader", "--library", str(path), "--config", str(settings)]
        bare: list[float] = []
        own: list[float] = []
        for _ in range(asked.runs + 1):
            for command, mark, times in (
                ([sys.executable, "-c", BARE], b"one label here", bare),
                (reader, "●".encode(), own),
            ):
                terminal, seconds = start(command, mark)
                times.append(seconds)
                terminal.close()
        del bare[0], own[0]
        ratio = statistics.median(own) / statistics.median(bare)
        print(f"{asked.entries:,} entries, {asked.sources:,} sources")
        print(
            f"first headlines: {statistics.median(own):.3f} s; bare Textual app: {statistics.median(bare):.3f} s; ",
            end="",
        )
        print(f"ratio {ratio:.2f} (at most {RATIO})")
        holds = ratio <= RATIO

        terminal, _ = start(reader, "●".encode())
        terminal.rest()

        def wait_until_still() -> None:
            pass

        def top() -> None:
            terminal.write("gg")
            terminal.rest()

        def next_row() -> None:
            terminal.write("j")
            terminal.rest()

        for name, key, prepare in (
            ("j", "j", wait_until_still),
            ("Ctrl+F", "\x06", wait_until_still),
            ("m", "m", next_row),
            ("G", "G", top),
        ):
            times = time_key(terminal, key, asked.keys, prepare)
            worst = percentile(times, 0.95)
            holds = holds and worst <= MILLISECONDS
            print(f"{name:7} median {statistics.median(times):5.1f} ms, ", end="")
            print(f"95th percentile {worst:5.1f} ms (at most {MILLISECONDS:g})")
        terminal.write("Q")
        terminal.end()
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
