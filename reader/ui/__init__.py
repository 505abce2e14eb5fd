"""The interface: the only place that knows Textual. `run` is its whole surface."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reader.config import Config

__all__ = ["run"]


def run(library_path: Path, config: "Config", *, title_note: str | None = None, offline: bool = False) -> None:
    """Open the reader on a library, and return when it is left. Textual is imported here, not before.

    `offline` keeps it away from the network until it is asked to refresh. `title_note` is shown at the start.
    Raises LibraryError where the library cannot be opened.
    """
    # Collecting garbage while thousands of classes and functions are made takes a fifth of the start, and finds none.
    gc.disable()
    from reader.ui.app import NewsstandApp

    NewsstandApp(library_path, config, offline=offline, note=title_note).run()
