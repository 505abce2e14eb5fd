"""Settings: `config/default.toml`, then the user's file over it, as frozen values; and where files are.

A setting of the wrong type or name raises `errors.BadSetting`, which names the file, the key and what would be right.
Nothing here writes: the user's file is the user's.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import platformdirs

from reader.errors import BadSetting

_HERE = Path(__file__).parent
APP = "newsstand"


class ReaderSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the reader looks. `measure` in cells."""

    theme: str
    measure: Annotated[int, msgspec.Meta(ge=66, le=80)]
    density: Literal["auto", "comfortable", "snug", "compact"]


class RefreshSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When sources are asked. `every` in minutes."""

    every: Annotated[int, msgspec.Meta(ge=1, le=10080)]
    at_start: bool


class OfflineSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is made readable without a network. `stories` per source; `articles` and `megabytes` per refresh."""

    stories: Annotated[int, msgspec.Meta(ge=0, le=10000)]
    related: bool
    articles: Annotated[int, msgspec.Meta(ge=0)]
    megabytes: Annotated[int, msgspec.Meta(ge=0)]


class NetworkSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How hard the network is asked. `seconds` for one answer; `received` and `decoded` in megabytes."""

    at_once: Annotated[int, msgspec.Meta(ge=1, le=500)]
    per_host: Annotated[int, msgspec.Meta(ge=1, le=50)]
    seconds: Annotated[float, msgspec.Meta(gt=0, le=600)]
    received: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    decoded: Annotated[int, msgspec.Meta(ge=1, le=1000)]


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Every setting."""

    reader: ReaderSettings
    refresh: RefreshSettings
    offline: OfflineSettings
    network: NetworkSettings


class Places(msgspec.Struct, frozen=True):
    """Where Newsstand keeps things, in the system's usual folders (XDG on Linux). None of them need exist yet."""

    config: Path
    library: Path
    log: Path


def places() -> Places:
    """Return where this user's files are. Creates nothing."""
    return Places(
        config=platformdirs.user_config_path(APP, appauthor=False) / "config.toml",
        library=platformdirs.user_data_path(APP, appauthor=False) / "library.db",
        log=platformdirs.user_state_path(APP, appauthor=False) / "newsstand.log",
    )


def shipped() -> Path:
    """Return the folder of shipped settings: in the wheel `reader/_config`, in a checkout `config`."""
    inside = _HERE / "_config"
    return inside if inside.is_dir() else _HERE.parent / "config"


@cache
def site_rule_files() -> tuple[tuple[str, bytes], ...]:
    """Return name and bytes of each `sites/*.toml`, sorted by name; read once."""
    return tuple((path.stem, path.read_bytes()) for path in sorted((shipped() / "sites").glob("*.toml")))


def load(path: Path | None = None) -> Config:
    """Return the settings: the shipped ones, with those of the file at `path` (None: the user's) over them.

    A user's file that does not exist is no fault, one named by `path` is. Raises BadSetting.
    """
    defaults = tomllib.loads((shipped() / "default.toml").read_text(encoding="utf-8"))
    file = path or places().config
    settings = _merged(defaults, _read(file, must_exist=path is not None), file)
    try:
        return msgspec.convert(settings, Config, strict=True)
    except msgspec.ValidationError as error:
        raise BadSetting(f"{file}: {_in_words(str(error), settings)}") from error


def _read(file: Path, *, must_exist: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if must_exist:
            raise BadSetting(f"{file}: there is no such file.") from error
        return {}
    except IsADirectoryError as error:
        raise BadSetting(f"{file}: this is a folder; settings are a file.") from error
    except OSError as error:
        raise BadSetting(f"{file}: it cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise BadSetting(f"{file}: it is not UTF-8 text.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f"{file}: {error}") from error


def _merged(defaults: dict[str, Any], own: dict[str, Any], file: Path) -> dict[str, Any]:
    merged = dict(defaults)
    for section, values in own.items():
        if section not in defaults:
            raise BadSetting(f"{file}: [{section}]: there is no such section; there are {', '.join(defaults)}.")
        if not isinstance(values, dict):
            raise BadSetting(f"{file}: {section} is a section: write [{section}] on a line of its own.")
        for key in values:
            if key not in defaults[section]:
                known = ", ".join(defaults[section])
                raise BadSetting(f"{file}: {section}.{key}: there is no such setting; [{section}] has {known}.")
        merged[section] = {**defaults[section], **values}
    return merged


def _in_words(fault: str, settings: dict[str, Any]) -> str:
    """Say msgspec's fault by key and value: "Expected `int`, got `str` - at `$.refresh.every`"."""
    what, _, where = fault.partition(" - at `$.")
    key = where.rstrip("`")
    value: Any = settings
    for part in key.split("."):
        value = value.get(part) if isinstance(value, dict) else None
    return f"{key} is {value!r}: {what[:1].lower()}{what[1:].replace('`', '')}."
