"""The first page of an empty library: which papers one reads. A catalogue, with all other ways in at its foot."""

from rich.cells import cell_len
from rich.segment import Segment

from reader.ui.main.masthead import NAME
from reader.ui.pages.catalogue import Catalogue
from reader.ui.text.cells import cut
from reader.words import catalogue as catalogue_words

ROOMY_ROWS = 30
"""Rows of the screen from which on the name stands alone in a line, with white space round it."""


class Welcome(Catalogue):
    """The welcome. Esc looks at the empty panes, q leaves the reader."""

    welcome = True

    def head_rows(self) -> int:
        """Six lines of a newspaper's head, or two."""
        return 6 if self.app.size.height >= ROOMY_ROWS else 2

    def head(self, y: int, width: int) -> list[Segment]:
        """The name, letter-spaced, and the question; then a rule."""
        appearance = self.appearance()
        rows = self.head_rows()
        if y == rows - 1:
            return [Segment(appearance.glyphs.thin * width, appearance.style(appearance.rule))]
        greeting = catalogue_words.greeting(self.host.session.now().hour)
        if rows == 2:
            return [
                Segment(f"  {NAME}", appearance.style(appearance.bright, bold=True)),
                Segment(f"   {cut(greeting, max(0, width - len(NAME) - 7))}", appearance.style(appearance.dim)),
            ]
        if y == 1:
            return _centred(" ".join(NAME), width, Segment("", appearance.style(appearance.bright, bold=True)))
        if y == 3:
            return _centred(cut(greeting, width - 4), width, Segment("", appearance.style(appearance.dim)))
        return []

    def other_entrances(self, narrow: bool) -> list[tuple[str, str]]:
        """An address, an import, the demo."""
        return catalogue_words.other_ways(narrow)

    def leave(self, key: str) -> None:
        """q leaves the reader; Esc the welcome alone."""
        if key == "q":
            self.host.leave()
        else:
            self.dismiss()

    def _press_page(self, key: str) -> bool:
        if key != "d":
            return super()._press_page(key)
        self.host.session.wanted = "demo"
        self.host.leave()
        return True


def _centred(text: str, width: int, like: Segment) -> list[Segment]:
    return [Segment(" " * ((width - cell_len(text)) // 2) + text, like.style)]
