"""The tests, one folder for each room of `reader`, beside those of the whole program and of the house itself.

The folders lie as the code lies: what tests `reader/store/journal.py` is `tests/store/test_journal.py`, and a module
with much to test has a folder of its name. Helpers stand beside the tests that use them; `reader` imports none of this.
"""

from pathlib import Path

ROOT = Path(__file__).parents[1]
"""The checkout."""
SHARED = ROOT.parent / "shared"
"""Third parties' pages and feeds, beside the project; tests that use it skip where it is absent."""
