"""The interface: the only place that knows Textual. Never imports fetch or extract. `run` is its whole surface."""

import gc
from pathlib import Path
from typing import TYPE_CHECKING

from reader import shutdown

if TYPE_CHECKING:
    from reader.config import Config

__all__ = ["run"]


def run(
    library_path: Path,
    config: "Config",
    *,
    title_note: str | None = None,
    offline: bool = False,
    log: Path | None = None,
) -> str | None:
    """Open the reader on a library, and return when it is left: what is wanted next (`demo`), None for nothing.

    `offline` keeps it away from the network until it is asked to refresh. `title_note` is shown at the start, `log` is
    where the log is. Textual is imported here, not before. Raises LibraryError where the library cannot be opened,
    NewsstandError where it could not go on.
    """
    # Collecting garbage while thousands of classes and functions are made takes a fifth of the start, and finds none.
    gc.disable()
    from reader.ui.app import NewsstandApp

    app = NewsstandApp(library_path, config, offline=offline, note=title_note)
    app.session.log_path = log
    shutdown.run(app.run_async(), ask=app.leave)
    if app.failed is not None:
        from reader.errors import NewsstandError

        raise NewsstandError(app.failed)
    return app.session.wanted
