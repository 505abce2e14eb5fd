"""Three hundred kills at random moments, with those of backups, restores and upgrades in test_backups.py (40 each).

`NEWSSTAND_LONG` says how many in all; after each, all that was acknowledged is there and the library is whole.
"""

import os
from pathlib import Path

import pytest

from tests.fetch.scripted_server import Server
from tests.program.kills import kill, make_papers

pytestmark = pytest.mark.long

TIMES = int(os.environ.get("NEWSSTAND_LONG") or 300)
SEED = int(os.environ.get("NEWSSTAND_LONG_SEED") or 17)
PAIRS = {("refresh", "mark"): 0.3, ("change", "mark"): 0.15, ("prune", "change"): 0.15}
"""Who writes at once, and what part of all kills they have: refresh; marks and undo; rename, move, edit, remove, import
and undo; prune."""


@pytest.mark.parametrize("pair", PAIRS, ids="-".join)
def test_nothing_acknowledged_is_lost_when_a_process_is_killed(
    tmp_path: Path, server: Server, pair: tuple[str, str]
) -> None:
    counts = kill(tmp_path / "library.db", pair, make_papers(server), max(4, round(TIMES * PAIRS[pair])), SEED)
    told = ", ".join(f"{number} {what}" for what, number in sorted(counts.items()))
    print(f"kills, seed {SEED}: {told}")  # noqa: T201 # the summary of a long run
    assert all(counts[what] for what in pair)
