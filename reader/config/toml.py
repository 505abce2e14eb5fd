"""TOML as `tomllib` reads it, within bounds of time: settings and site rules may be anybody's."""

import re
import tomllib
from functools import cache
from typing import Any

PARTS_AT_MOST = 64
"""Names of one dotted key. tomllib takes time that grows with their square: a minute for those of 64 KB."""


class TooDeep(RecursionError):
    """A key has more names than any that a person writes. For arrays that nest too deep tomllib raises its parent."""


def loads(text: str) -> dict[str, Any]:
    """Return what stands in a TOML document, as `tomllib.loads` does.

    Raises ValueError for what is no TOML, RecursionError for what nests too deep.
    """
    if text.count(".") > PARTS_AT_MOST and _many_parts().search(text):
        raise TooDeep
    return tomllib.loads(text)


@cache
def _many_parts() -> re.Pattern[str]:
    name = r"(?:(?<![\w-])[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+"
    return re.compile(rf"{name}(?:\.[ \t]*+{name}){{{PARTS_AT_MOST}}}")
