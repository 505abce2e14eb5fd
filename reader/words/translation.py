"""Translation by gettext, in the language of the environment; English where there is no catalogue for it."""

import gettext
from pathlib import Path

_translations = gettext.translation("newsstand", Path(__file__).parents[1] / "_locale", fallback=True)

_ = _translations.gettext
"""Translate a literal: tools that gather sentences (xgettext, pybabel) find it by this name."""

_n = _translations.ngettext
"""The same, by a count: singular, plural, count."""

translated = _
"""Translate a text that stands elsewhere as data: the commands of the reader (`reader.commands`), and the help of the
command line, which stands beside the options that it explains. No tool finds those by a name:
`tests/house/test_sentences.py` lists them."""
