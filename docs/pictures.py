"""Draw README's picture, docs/newsstand.png, cell for cell from the real program over the demo.

    python docs/pictures.py [--to docs/newsstand.png]

Needs Pillow (of the extra `dev`) and a monospaced font with Vietnamese: JetBrains Mono where it is installed, else
DejaVu Sans Mono. The clock stands still, so that the picture changes only when the program does. How the other screens
look, the snapshots in tests/ui show.
"""

import argparse
import asyncio
import os
import tempfile
from contextlib import aclosing
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color
from rich.style import Style
from textual.pilot import Pilot
from textual.worker import WorkerState

from reader import config
from reader.demo.server import DemoServer
from reader.news.refresh import refresh
from reader.news.stories import StoryLoader
from reader.store import Library, View
from reader.ui.app import NewsstandApp

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC).timestamp()
ZONE = timezone(timedelta(hours=7))
TERMINAL = {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8"}
SIZE = (160, 42)
KEYS = (*("j",) * 7, "enter")
"""To a story with a figure, a quote, code, links and a footnote."""

CELL = (10, 20)
FONTS = (
    {
        "": "JetBrainsMono-Regular.ttf",
        "b": "JetBrainsMono-Bold.ttf",
        "i": "JetBrainsMono-Italic.ttf",
        "bi": "JetBrainsMono-BoldItalic.ttf",
    },
    {
        "": "DejaVuSansMono.ttf",
        "b": "DejaVuSansMono-Bold.ttf",
        "i": "DejaVuSansMono-Oblique.ttf",
        "bi": "DejaVuSansMono-BoldOblique.ttf",
    },
)
"""In this order for each letter: no font has them all."""


@cache
def font(style: str, letter: str) -> ImageFont.FreeTypeFont:
    """Return the first of FONTS that the system has, in this style, with this letter; else the first it has."""
    found = []
    for family in FONTS:
        try:
            found.append(ImageFont.truetype(family[style], 16))
        except OSError:
            continue
    if not found:
        raise SystemExit("no monospaced font found: install JetBrains Mono or DejaVu Sans Mono")
    return next((one for one in found if bytes(one.getmask(letter)) != bytes(one.getmask("\U0010ffff"))), found[0])


def draw_screen(app: NewsstandApp) -> Image.Image:
    """Return the app's screen as a picture, from the compositor's strips."""
    width, height = app.size
    strips = app.screen._compositor.render_strips(app.size)  # noqa: SLF001 # what the terminal would get
    ink, paper = app.appearance().ink, app.appearance().paper
    picture = Image.new("RGB", (width * CELL[0], height * CELL[1]), paper)
    draw = ImageDraw.Draw(picture)
    for y, strip in enumerate(strips[:height]):
        x = 0
        for text, style, _control in strip:
            fore, back, kind = _appearance(style or Style(), ink, paper)
            for letter in text:
                wide = cell_len(letter)
                box = (x * CELL[0], y * CELL[1], (x + wide) * CELL[0] - 1, (y + 1) * CELL[1] - 1)
                if wide:
                    draw.rectangle(box, fill=back)
                _draw_letter(draw, letter, box, fore, kind)
                if style and style.underline and wide:
                    draw.line((box[0], box[3] - 2, box[2], box[3] - 2), fill=fore)
                x += wide
    return picture


def _appearance(style: Style, ink: str, paper: str) -> tuple[str, str, str]:
    """Foreground and background as hex, and the key of FONTS; `ink` and `paper` are the theme's own."""
    fore, back = _hex(style.color, ink), _hex(style.bgcolor, paper)
    if style.reverse:
        fore, back = back, fore
    return fore, back, ("b" if style.bold else "") + ("i" if style.italic else "")


def _hex(colour: Color | None, default: str) -> str:
    return default if colour is None or colour.is_default else colour.get_truecolor().hex


def _draw_letter(draw: ImageDraw.ImageDraw, letter: str, box: tuple[int, int, int, int], ink: str, kind: str) -> None:
    """Rules and bars are drawn to the cell's edges, as terminals do; letters by the font."""
    left, top, right, bottom = box
    middle, centre = (top + bottom) // 2, (left + right) // 2
    if letter in "─━":
        thick = 1 if letter == "━" else 0
        draw.rectangle((left, middle - thick, right, middle + thick), fill=ink)
    elif letter in "│┃":
        thick = 1 if letter == "┃" else 0
        draw.rectangle((centre - thick, top, centre + thick, bottom), fill=ink)
    elif letter == "▌":
        draw.rectangle((left, top, centre, bottom), fill=ink)
    elif not letter.isspace():
        draw.text((left, top - 1), letter, font=font(kind, letter), fill=ink)


async def fill(server: DemoServer, path: Path) -> None:
    """Keep all of the demo and its stories in a new library, two of them for later and one starred."""
    settings = config.load()
    settings = replace(settings, offline=replace(settings.offline, stories=1000, articles=1000))
    with Library.open(path, clock=lambda: NOW) as library:
        for paper in server.papers:
            library.add_sources([paper.new_source])
        loader = StoryLoader(library, settings, clock=lambda: NOW)
        async with aclosing(refresh(loader, every=True)) as events:
            async for _ in events:
                pass
        await loader.close()
        pages = library.listing(View("unread")).pages
        library.save([pages[1], pages[4]])
        library.star([pages[2]])


async def picture(path: Path) -> Image.Image:
    """Return the screen of the program over the library at `path`, with a story open."""
    os.environ.pop("NO_COLOR", None)
    os.environ.update(TERMINAL)
    settings = config.load()
    settings = replace(
        settings,
        reader=replace(settings.reader, theme="dark", icons="unicode"),
        refresh=replace(settings.refresh, at_start=False),
    )
    app = NewsstandApp(path, settings, clock=lambda: NOW, zone=ZONE)
    async with app.run_test(size=SIZE) as pilot:
        await _wait_until_idle(pilot)
        for key in KEYS:
            await pilot.press(key)
            await _wait_until_idle(pilot)
        return draw_screen(app)


async def _wait_until_idle(pilot: "Pilot[None]") -> None:
    await pilot.pause()
    while running := [
        worker
        for worker in pilot.app.workers
        if worker.group not in ("refresh", "clock") and worker.state in (WorkerState.PENDING, WorkerState.RUNNING)
    ]:
        await pilot.app.workers.wait_for_complete(running)
        await pilot.pause()


def main() -> None:
    """Draw the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "newsstand.png", help="the file to write")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, DemoServer(clock=lambda: NOW) as server:
        library = Path(name, "library.db")
        asyncio.run(fill(server, library))
        asyncio.run(picture(library)).save(asked.to, optimize=True)


if __name__ == "__main__":
    main()
