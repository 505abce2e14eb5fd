"""Where sentences are translated: gettext, in the language of the environment; English where there is no catalogue."""

import gettext
from pathlib import Path

_catalogue = gettext.translation("newsstand", Path(__file__).parents[1] / "_locale", fallback=True)
_ = _catalogue.gettext
_n = _catalogue.ngettext
