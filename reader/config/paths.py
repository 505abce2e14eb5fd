"""Where files are: the user's, in the system's usual folders, and the shipped ones. Creates nothing."""

import os
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from reader.errors import Misuse

_PACKAGE = Path(__file__).parents[1]
APP = "newsstand"
RULES = "sites"
"""The folder of a person's own site rules, beside their settings file; and that of the shipped ones."""


class Paths(NamedTuple):
    """Where Newsstand keeps things, in the system's usual folders (XDG on Linux). None of them need exist yet."""

    config: Path
    library: Path
    log: Path


def file_paths(config: Path | None = None, library: Path | None = None) -> Paths:
    """Return where this user's files are, or those that are named; the log of a named library lies beside it.

    Raises Misuse where the library has no name and there is no home folder to have it. Settings are nowhere then.
    """
    log = library.with_name(f"{library.name}.log") if library else _below("state", "newsstand.log")
    library = library or _below("data", "library.db")
    if library is None or log is None:
        from reader.words.settings import no_home

        raise Misuse(no_home())
    return Paths(config or user_config() or Path(os.devnull), library, log)


def unless_default(library: Path) -> Path | None:
    """Return a library where a command must name it: None for the one that is meant without --library."""
    return None if library.absolute() == _below("data", "library.db") else library


def user_config() -> Path | None:
    """Return where the user's settings file would be; None where there is no home folder."""
    return _below("config", "config.toml")


def chosen_beside(config: Path) -> Path | None:
    """Return where what is chosen in the reader is kept: beside the settings file, under a name that follows its own.

    None beside what is no file, as `/dev/null`.
    """
    if config.exists() and not config.is_file():
        return None
    return config.with_name("chosen.toml" if config.stem == "config" else f"{config.stem}.chosen.toml")


def _below(kind: Literal["config", "data", "state"], name: str) -> Path | None:
    """Return a file in one of the system's folders; None where there is no home folder to have it."""
    import platformdirs  # as slow as half of click, and not needed where all is named

    folder = {
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
        "state": platformdirs.user_state_path,
    }[kind]
    try:
        file = folder(APP, appauthor=False) / name
    except RuntimeError:  # what newer platformdirs do; older ones return a path that is not absolute
        return None
    return file if file.is_absolute() else None


def shipped() -> Path:
    """Return the folder of shipped settings: in the wheel `reader/_config`, in a checkout `config`."""
    inside = _PACKAGE / "_config"
    return inside if inside.is_dir() else _PACKAGE.parent / "config"


@cache
def site_rule_files() -> tuple[tuple[str, bytes], ...]:
    """Return name and bytes of each `sites/*.toml`, sorted by name; read once."""
    return tuple((path.stem, path.read_bytes()) for path in sorted((shipped() / RULES).glob("*.toml")))
