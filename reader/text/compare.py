"""Whether two texts say the same. Pure; folds case, accents, quotes and spaces, and knows nothing of articles."""

import re
from functools import lru_cache

from reader.text import fold

_LONGEST = 5000
"""Characters: what is longer is no headline, name or caption; folding it takes long, and the cache would keep it."""
_HEAD = 20
_CUT = ("…", "...")
_TARGET = re.compile(r"\]\((?:<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?: \"[^\"\n]*\")?\)")
_NO_WORD = re.compile(r"[\W_]+")


def same_text(one: str | None, other: str | None) -> bool:
    """Say whether two texts are the same but for case, accents, quotes and spaces. None and "" equal nothing, and texts
    of more than 5,000 characters are never compared."""
    if not one or not other or max(len(one), len(other)) > _LONGEST:
        return False
    if len(one) > _HEAD and len(other) > _HEAD:
        # Most differ at once, and folding a paragraph costs. What a cut may change, at its end, is left out.
        first, second = _cached_letters(one[:_HEAD])[:-2], _cached_letters(other[:_HEAD])[:-2]
        if not (first.startswith(second) or second.startswith(first)):
            return False
    return _cached_letters(one) == _cached_letters(other)


def is_beginning(title: str, text: str) -> bool:
    """Say whether a title is nothing but a text, or its beginning cut short with an ellipsis: that of a post which has
    no title of its own. `text` may be Markdown; a title that the text only happens to begin with is none."""
    cut = title.rstrip().endswith(_CUT)
    letters = letters_and_digits(title)
    if not letters or (len(text) > _LONGEST and not cut):
        return False
    said = letters_and_digits(_TARGET.sub("]", text[: len(title) + _LONGEST]))
    return said == letters or (cut and len(letters) >= _HEAD and said.startswith(letters))


def letters_and_digits(text: str) -> str:
    """Return the folded letters and digits of a text, and nothing between them."""
    return _NO_WORD.sub("", fold(text))


_cached_letters = lru_cache(maxsize=2048)(letters_and_digits)
