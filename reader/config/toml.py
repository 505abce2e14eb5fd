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
    if text.count(".") > PARTS_AT_MOST and _many_parts().search(_quoted().sub(_stands_for, text)):
        raise TooDeep
    return tomllib.loads(text)


@cache
def _many_parts() -> re.Pattern[str]:
    name = r"[\w-]++[ \t]*+"
    return re.compile(rf"(?<![\w-]){name}(?:\.[ \t]*+{name}){{{PARTS_AT_MOST}}}")


@cache
def _quoted() -> re.Pattern[str]:
    """Strings and comments, in which a point means nothing. One that is not closed reaches to where it must end."""
    return re.compile(
        r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"""|\\?\Z)'
        r"|'''(?:[^']|'(?!''))*+(?:'''|\Z)"
        r'|"(?:[^"\\\n]|\\[^\n])*+(?:"|\\?$)'
        r"|'[^'\n]*+(?:'|$)"
        r"|\#[^\n]*+",
        re.DOTALL | re.MULTILINE,
    )


def _stands_for(found: re.Match[str]) -> str:
    return "" if found.group().startswith("#") else "s"
