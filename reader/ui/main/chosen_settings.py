"""What the panes do when a setting that they are drawn by is changed while the reader is open. Decides nothing."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.config.values import ReaderSettings
from reader.ui.headlines import EntryList

if TYPE_CHECKING:
    from reader.ui.article.view import ArticleView


def show_settings(
    before: ReaderSettings,
    after: ReaderSettings,
    headlines: EntryList,
    article: "ArticleView | None",
    restyle: Callable[[], None],
) -> None:
    """Draw by the settings `after` what was drawn by those `before`. `article` is None until it is loaded; `restyle`
    draws all other panes anew. The theme is the app's."""
    if after.density != before.density:
        headlines.set_density(after.density)
    if article is not None and after.measure != before.measure:
        article.set_measure(after.measure)
    if (after.dates, after.clock, after.icons) != (before.dates, before.clock, before.icons):
        restyle()
        if article is not None:
            article.notify_style_update()
            article.set_measure(article.measure)
