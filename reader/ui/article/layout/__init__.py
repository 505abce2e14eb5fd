"""A story as lines for one width: pure functions of its Markdown, width and appearance. `lay_out` is the way in.

Never a widget, never the library, nothing that waits.
"""

from reader.ui.article.layout.document import lay_out, lay_out_sentence, measure_of
from reader.ui.article.layout.values import (
    PARTS_PER_BLOCK,
    LayoutLine,
    LinkTarget,
    StoryContent,
    StoryLayout,
    TargetKind,
)

__all__ = [
    "PARTS_PER_BLOCK",
    "LayoutLine",
    "LinkTarget",
    "StoryContent",
    "StoryLayout",
    "TargetKind",
    "lay_out",
    "lay_out_sentence",
    "measure_of",
]
