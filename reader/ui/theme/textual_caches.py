"""Two caches of Textual's (8.2) that grow with what a reader has seen, and the one place where that is mended.

`StylesCache.get_inner_outer` is a method under `functools.lru_cache`, whose keys hold the last 1,024 widgets' caches of
drawn lines, long after the widgets were removed: tens of megabytes once pages and dialogs have been opened a few
hundred times. What the method returns depends on two colours alone.

`Strip.render_ansi` remembers 16,384 styles. Those of what can be selected have the place of their segment within its
text in them (`Strip.apply_offsets`): each story brings new ones, some 15 MB in the end. A screen has a few hundred.

Draws nothing. Where Textual does it otherwise, nothing is changed.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from textual._styles_cache import StylesCache
from textual.strip import Strip

STYLES = 1024
"""Styles whose escape sequences are remembered."""


def bound_caches() -> None:
    """Let both hold no more than is of use on the next frames. Twice is once."""
    _remember_colours_instead_of_widgets()
    _remember_few_styles()


def _remember_colours_instead_of_widgets() -> None:
    plain: Callable[..., Any] | None = getattr(StylesCache.get_inner_outer, "__wrapped__", None)
    if plain is None:
        return

    @lru_cache(256)
    def of_colours(base_background: Any, background: Any) -> Any:
        return plain(StylesCache, base_background, background)

    def get_inner_outer(_self: StylesCache, base_background: Any, background: Any) -> Any:
        return of_colours(base_background, background)

    StylesCache.get_inner_outer = get_inner_outer  # type: ignore[method-assign, assignment] # that is what it is for


def _remember_few_styles() -> None:
    remembering: Any = getattr(Strip.__dict__.get("render_ansi"), "__func__", None)
    info, plain = getattr(remembering, "cache_info", None), getattr(remembering, "__wrapped__", None)
    if info is not None and plain is not None and (info().maxsize or STYLES + 1) > STYLES:
        few: Any = lru_cache(STYLES)(plain)
        Strip.render_ansi = classmethod(few)  # type: ignore[method-assign, assignment] # that is what it is for
