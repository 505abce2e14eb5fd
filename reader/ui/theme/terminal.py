"""What a terminal can show, from its environment: how many colours, and which marks. Pure; asks no terminal."""

from collections.abc import Mapping

from reader.ui.theme.glyphs import ASCII, UNICODE, Glyphs
from reader.ui.theme.theme import Depth

_TRUE = ("truecolor", "24bit")
_ASCII_TERMS = ("linux", "vt100", "vt102", "vt220")
"""Terminals whose fonts have few marks: the Linux console has a table of 512 letters."""


def depth_of(environment: Mapping[str, str], theme: str) -> Depth:
    """How many colours a terminal shows: by NO_COLOR, COLORTERM and TERM, as most programs read them.

    NO_COLOR counts when it is not empty (no-color.org). With the theme `terminal` it is always its own sixteen.
    """
    term = environment.get("TERM", "").lower()
    if environment.get("NO_COLOR") or theme == "terminal":
        return "ansi"
    if environment.get("COLORTERM", "").lower() in _TRUE or term.endswith("-direct"):
        return "truecolor"
    return "256" if "256" in term or "kitty" in term or "ghostty" in term else "ansi"


def glyphs_of(environment: Mapping[str, str], icons: str) -> Glyphs:
    """The marks for the setting `icons`; `auto` takes ASCII where the locale says so (C, or no UTF-8) or the terminal.

    Where no locale is set, as in containers, the terminal is taken for one of today.
    """
    if icons != "auto":
        return ASCII if icons == "ascii" else UNICODE
    spoken = next((environment[name] for name in ("LC_ALL", "LC_CTYPE", "LANG") if environment.get(name)), "utf-8")
    is_utf8 = "utf8" in spoken.lower().replace("-", "")
    return UNICODE if is_utf8 and environment.get("TERM", "") not in _ASCII_TERMS else ASCII
