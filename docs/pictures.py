"""Pictures of every screen, drawn cell for cell from the real program over the demo press.

    python docs/pictures.py [--to docs/look] [--size 120x40 ...] [--theme dark ...] [--screen story ...]

Writes TO/SCREEN-SIZE-THEME.png, and docs/newsstand.png for README with --readme. Needs Pillow (of the extra `dev`) and
a monospaced font with Vietnamese: JetBrains Mono where it is installed, else DejaVu Sans Mono. The clock stands still,
so that a picture changes only when the program does.
"""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from textual.pilot import Pilot

from reader import config
from reader.demo.press import Press
from reader.reading import Desk
from reader.refresh import refresh
from reader.store import Library
from reader.ui.app import NewsstandApp

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC).timestamp()
ZONE = timezone(timedelta(hours=7))
SIZES = ("80x24", "120x40", "200x50")
DOWN = ("j",) * 7  # to a story with a figure, a quote, code, links and a footnote
SCREENS: dict[str, tuple[str, ...]] = {
    "headlines": (),
    "sources": ("h", "j", "j"),
    "story": (*DOWN, "enter"),
    "end": (*DOWN, "enter", "G"),
    "trail": (*DOWN, "enter", "1", "1"),
    "links": (*DOWN, "enter", "space", "f"),
    "help": ("question_mark",),
    "palette": ("colon", "s", "t"),
}
CELL = (10, 20)
FONTS = (
    {"": "JetBrainsMono-Regular.ttf", "b": "JetBrainsMono-Bold.ttf", "i": "JetBrainsMono-Italic.ttf",
     "bi": "JetBrainsMono-BoldItalic.ttf"},
    {"": "DejaVuSansMono.ttf", "b": "DejaVuSansMono-Bold.ttf", "i": "DejaVuSansMono-Oblique.ttf",
     "bi": "DejaVuSansMono-BoldOblique.ttf"},
)  # fmt: skip


@cache
def font(style: str) -> ImageFont.FreeTypeFont:
    """Return the first of FONTS that the system has, in this style."""
    for family in FONTS:
        try:
            return ImageFont.truetype(family[style], 16)
        except OSError:
            continue
    raise SystemExit("no monospaced font found: install JetBrains Mono or DejaVu Sans Mono")


def drawn(app: NewsstandApp) -> Image.Image:
    """Return the app's screen as a picture, from the compositor's strips."""
    width, height = app.size
    strips = app.screen._compositor.render_strips(app.size)  # noqa: SLF001 # what the terminal would get
    picture = Image.new("RGB", (width * CELL[0], height * CELL[1]), app.theme_variables["background"])
    draw = ImageDraw.Draw(picture)
    for y, strip in enumerate(strips[:height]):
        x = 0
        for text, style, _control in strip:
            ink, ground, kind = _look(app, style)
            for letter in text:
                wide = cell_len(letter)
                box = (x * CELL[0], y * CELL[1], (x + wide) * CELL[0] - 1, (y + 1) * CELL[1] - 1)
                if ground and wide:
                    draw.rectangle(box, fill=ground)
                _glyph(draw, letter, box, ink, kind)
                if style and style.underline and wide:
                    draw.line((box[0], box[3] - 2, box[2], box[3] - 2), fill=ink)
                x += wide
    return picture


def _look(app: NewsstandApp, style: Any) -> tuple[str, str | None, str]:
    ink, ground = app.theme_variables["foreground"], None
    if style is None:
        return ink, ground, ""
    if style.color is not None and style.color.triplet is not None:
        ink = style.color.triplet.hex
    if style.bgcolor is not None and style.bgcolor.triplet is not None:
        ground = style.bgcolor.triplet.hex
    if style.reverse:
        ink, ground = ground or app.theme_variables["background"], ink
    return ink, ground, ("b" if style.bold else "") + ("i" if style.italic else "")


def _glyph(draw: ImageDraw.ImageDraw, letter: str, box: tuple[int, int, int, int], ink: str, kind: str) -> None:
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
        draw.text((left, top - 1), letter, font=font(kind), fill=ink)


@contextmanager
def library() -> Iterator[Path]:
    """The offline edition of the demo press, in a folder that goes away."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "library.db"
        asyncio.run(_filled(path))
        yield path


async def _filled(path: Path) -> None:
    settings = config.load()
    settings = replace(settings, offline=replace(settings.offline, stories=1000, articles=1000))
    with Press(clock=lambda: NOW) as press, Library.open(path, clock=lambda: NOW) as library:
        for paper in press.papers:
            library.add_source(
                paper.feed_url, paper.name, short=paper.short, home=paper.home, folder=paper.folder,
                language=paper.language, press=paper.press,
            )  # fmt: skip
        desk = Desk(library, settings, clock=lambda: NOW)
        async with aclosing(refresh(desk, every=True)) as events:
            async for _ in events:
                pass
        await desk.close()


async def picture(path: Path, screen: str, size: str, theme: str) -> Image.Image:
    """Return one screen of the program over the library at `path`."""
    settings = config.load()
    settings = replace(
        settings, reader=replace(settings.reader, theme=theme), refresh=replace(settings.refresh, at_start=False)
    )
    app = NewsstandApp(path, settings, clock=lambda: NOW, zone=ZONE)
    columns, rows = map(int, size.split("x"))
    async with app.run_test(size=(columns, rows)) as pilot:
        await _settled(pilot)
        for key in SCREENS[screen]:
            await pilot.press(key)
            await _settled(pilot)
        return drawn(app)


async def _settled(pilot: "Pilot[None]") -> None:
    await pilot.pause()
    await pilot.app.workers.wait_for_complete(
        [worker for worker in pilot.app.workers if worker.group not in ("refresh", "clock")]
    )
    await pilot.pause()


def main() -> None:
    """Draw what is asked for."""
    os.environ |= {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "look")
    parser.add_argument("--size", nargs="*", default=SIZES)
    parser.add_argument("--theme", nargs="*", default=("dark", "light"))
    parser.add_argument("--screen", nargs="*", default=tuple(SCREENS), choices=tuple(SCREENS))
    parser.add_argument("--readme", action="store_true", help="only docs/newsstand.png")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, library() as full:
        if asked.readme:
            _save(_copied(full, Path(folder)), "story", "160x42", "dark", Path(__file__).parent / "newsstand.png")
            return
        asked.to.mkdir(parents=True, exist_ok=True)
        for theme in asked.theme:
            for size in asked.size:
                for screen in asked.screen:
                    _save(_copied(full, Path(folder)), screen, size, theme, asked.to / f"{screen}-{size}-{theme}.png")


def _copied(library: Path, folder: Path) -> Path:
    """What a screen marks must not show in the next."""
    for file in folder.iterdir():
        file.unlink()
    copy = folder / "library.db"
    copy.write_bytes(library.read_bytes())
    return copy


def _save(path: Path, screen: str, size: str, theme: str, to: Path) -> None:
    image = asyncio.run(picture(path, screen, size, theme))
    image.save(to, optimize=True)


if __name__ == "__main__":
    main()
