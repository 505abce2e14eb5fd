"""Settings: `config/default.toml`, over it what was chosen in the reader, over both the user's file, as frozen values;
and where files are.

Each key is checked by itself: a wrong one is a `Fault`, a value, and what held before stands in its place. Only
`chosen` writes, and never the user's file: what is chosen in the reader has a file of its own.
"""

from typing import TYPE_CHECKING, Any

from reader.config.paths import APP, Paths, file_paths, shipped, site_rule_files

if TYPE_CHECKING:
    from reader.config.loading import load, report
    from reader.config.values import Config, Fault

__all__ = ["APP", "Config", "Fault", "Paths", "file_paths", "load", "report", "shipped", "site_rule_files"]


def __getattr__(name: str) -> Any:
    """Import what settings need at their first use: whoever asks only where files are pays for no msgspec."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from reader.config import loading

    return getattr(loading, name)
