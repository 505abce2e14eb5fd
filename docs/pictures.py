"""Pictures of every screen, drawn cell for cell from the real program over the demo press.

    python docs/pictures.py [--to docs/look] [--screen story ...] [--size 120x40 ...] [--theme dark ...]

Writes TO/SCREEN-SIZE-THEME.png for all of PLAN, or for every screen, size and theme that is named; docs/newsstand.png
for README with --readme. Needs Pillow (of the extra `dev`) and a monospaced font with Vietnamese: JetBrains Mono where
it is installed, else DejaVu Sans Mono. The clock stands still, so that a picture changes only when the program does;
but the demo press has another port each time, which `add` shows.
"""

import argparse
import asyncio
import os
import tempfile
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any, Literal

from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont
from rich.cells import cell_len
from rich.color import Color
from textual import events
from textual.pilot import Pilot
from textual.worker import WorkerState

from reader import config
from reader.demo.server import DemoServer
from reader.models import Failure, FailureKind
from reader.news.refresh import refresh
from reader.news.stories import StoryLoader
from reader.store import Library, View
from reader.ui.app import NewsstandApp

NOW = datetime(2026, 11, 24, 1, 30, tzinfo=UTC).timestamp()
ZONE = timezone(timedelta(hours=7))
DOWN = ("j",) * 7  # to a story with a figure, a quote, code, links and a footnote


@dataclass(frozen=True, slots=True)
class Shown:
    """How one comes to a screen: over which library, by which keys. `paste` is pasted when they have been pressed, and
    `then` pressed after that; `{press}` in it is the front page of a paper."""

    keys: tuple[str, ...] = ()
    library: Literal["full", "few", "trouble", "empty"] = "full"
    paste: str = ""
    then: tuple[str, ...] = ()


SCREENS: dict[str, Shown] = {
    "headlines": Shown(),
    "sources": Shown(("h", "j", "j")),
    "story": Shown((*DOWN, "enter")),
    "end": Shown((*DOWN, "enter", "G")),
    "trail": Shown((*DOWN, "enter", "1", "1")),
    "links": Shown((*DOWN, "enter", "space", "f")),
    "help": Shown(("question_mark",)),
    "palette": Shown(("colon", "s", "t")),
    "welcome": Shown(library="empty"),
    "catalogue": Shown(("C",)),
    "add": Shown(("a",), "few", "{press}", ("enter",)),
    "settings": Shown(("h", *("j",) * 8, "e")),
    "trouble": Shown(("!",), "trouble"),
    "find-key": Shown(("question_mark", "slash", "l", "i", "n", "k")),
    "narrowed": Shown(("slash", "d", "o", "n", "g")),
    "later": Shown(("h", "g", "g", "j", "j", "j", "enter")),
}
SIZES = ("80x24", "120x40", "200x50")
PAPER = ("dark", "light")
PLAN: tuple[tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]], ...] = (
    (tuple(SCREENS)[:8], SIZES, PAPER),
    (tuple(SCREENS)[8:], ("80x24", "120x40"), ("dark",)),
    (("headlines", "story"), ("120x40",), ("sepia", "high-contrast", "ascii", "no-color")),
    (("add", "palette"), ("80x24",), ("ascii",)),
    (("headlines", "sources", "story", "end"), ("40x24",), ("dark",)),
)
"""Screens, at these sizes, in these themes."""

TERMINALS: dict[str, dict[str, str]] = {
    "": {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
    "ascii": {"TERM": "xterm", "COLORTERM": ""},
    "no-color": {"TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"},
}
"""What the terminal says of itself, where a theme is no theme but a terminal that can do little."""

CELL = (10, 20)
FONTS = (
    {"": "JetBrainsMono-Regular.ttf", "b": "JetBrainsMono-Bold.ttf", "i": "JetBrainsMono-Italic.ttf",
     "bi": "JetBrainsMono-BoldItalic.ttf"},
    {"": "DejaVuSansMono.ttf", "b": "DejaVuSansMono-Bold.ttf", "i": "DejaVuSansMono-Oblique.ttf",
     "bi": "DejaVuSansMono-BoldOblique.ttf"},
    {"": "NotoSansCJK-Regular.ttc", "b": "NotoSansCJK-Bold.ttc", "i": "NotoSansCJK-Regular.ttc",
     "bi": "NotoSansCJK-Bold.ttc"},
)  # fmt: skip
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


ANSI = (
    "#000000 #cd3131 #0dbc79 #c8b43c #2472c8 #bc3fbc #11a8cd #d0d0d0 "
    "#666666 #f14c4c #23d18b #f5f543 #3b8eea #d670d6 #29b8db #ffffff"
).split()
"""A terminal's own sixteen colours, as one terminal has them; its ground is the first, its ink the eighth."""


def drawn(app: NewsstandApp) -> Image.Image:
    """Return the app's screen as a picture, from the compositor's strips."""
    width, height = app.size
    strips = app.screen._compositor.render_strips(app.size)  # noqa: SLF001 # what the terminal would get
    ink, ground = (ANSI[7], ANSI[0]) if app.look().ansi else (app.look().ink, app.look().paper)
    picture = Image.new("RGB", (width * CELL[0], height * CELL[1]), ground)
    draw = ImageDraw.Draw(picture)
    for y, strip in enumerate(strips[:height]):
        x = 0
        for text, style, _control in strip:
            fore, back, kind = _look(style, ink, ground)
            for letter in text:
                wide = cell_len(letter)
                box = (x * CELL[0], y * CELL[1], (x + wide) * CELL[0] - 1, (y + 1) * CELL[1] - 1)
                if wide:
                    draw.rectangle(box, fill=back)
                _glyph(draw, letter, box, fore, kind)
                if style and style.underline and wide:
                    draw.line((box[0], box[3] - 2, box[2], box[3] - 2), fill=fore)
                x += wide
    return picture


def _look(style: Any, ink: str, ground: str) -> tuple[str, str, str]:
    """Ink, ground and weight of a style, as hex; `ink` and `ground` are the terminal's own."""
    if style is None:
        return ink, ground, ""
    fore, back = _hex(style.color, ink), _hex(style.bgcolor, ground)
    if style.reverse:
        fore, back = back, fore
    if style.dim:
        fore = "#" + "".join(
            f"{(3 * int(fore[n : n + 2], 16) + 2 * int(back[n : n + 2], 16)) // 5:02x}" for n in (1, 3, 5)
        )
    return fore, back, ("b" if style.bold else "") + ("i" if style.italic else "")


def _hex(colour: Color | None, default: str) -> str:
    if colour is None or colour.is_default:
        return default
    if colour.triplet is not None:
        return colour.triplet.hex
    return ANSI[colour.number] if colour.number is not None and colour.number < 16 else colour.get_truecolor().hex


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
        draw.text((left, top - 1), letter, font=font(kind, letter), fill=ink)


@contextmanager
def libraries() -> Iterator[tuple[Path, str]]:
    """A folder with the libraries that SCREENS names, and the front page of a paper of the press that is running."""
    with tempfile.TemporaryDirectory() as name, DemoServer(clock=lambda: NOW) as press:
        folder = Path(name)
        for kind in ("full", "few", "trouble", "empty"):
            asyncio.run(_filled(press, folder / f"{kind}.db", kind))
        yield folder, press.papers[0].home


async def _filled(press: DemoServer, path: Path, kind: str) -> None:
    """All of the press and its stories; two of its papers; four papers of which two fail; nothing."""
    settings = config.load()
    stories = 1000 if kind == "full" else 0
    settings = replace(settings, offline=replace(settings.offline, stories=stories, articles=stories))
    with Library.open(path, clock=lambda: NOW) as library:
        if kind == "empty":
            return
        for paper in press.papers[1:3] if kind == "few" else press.papers:
            library.add_source(
                paper.feed_url, paper.name, short=paper.short, home=paper.home, folder=paper.folder,
                language=paper.language, press=paper.press,
            )  # fmt: skip
        loader = StoryLoader(library, settings, clock=lambda: NOW)
        async with aclosing(refresh(loader, every=True)) as events_:
            async for _ in events_:
                pass
        await loader.close()
        pages = library.listing(View("unread")).pages
        library.save([pages[1], pages[4]])
        library.star([pages[2]])
        if kind == "trouble":
            _fail(library)


def _fail(library: Library) -> None:
    """Two papers that are not of the press, and have not answered."""
    for days, title, failure in (
        (4, "Bản tin Mạch", Failure(FailureKind.HTTP, "https://bantinmach.example/rss", status=404)),
        (1, "Le Canal", Failure(FailureKind.TIMEOUT, "https://lecanal.example/rss", seconds=20)),
    ):
        source = library.add_source(failure.url, title)
        for ago in range(days, 0, -1):
            library.keep_failure(source.id, failure, due_at=int(NOW + 1800), now=NOW - ago * 40000)


async def picture(path: Path, home: str, screen: str, size: str, theme: str) -> Image.Image:
    """Return one screen of the program over the library at `path`."""
    terminal = theme if theme in TERMINALS else ""
    os.environ.pop("NO_COLOR", None)
    os.environ |= TERMINALS[terminal]
    settings, shown = config.load(), SCREENS[screen]
    icons = "ascii" if theme == "ascii" else "unicode"
    settings = replace(
        settings,
        reader=replace(settings.reader, theme="dark" if terminal else theme, icons=icons),
        refresh=replace(settings.refresh, at_start=False),
    )
    app = NewsstandApp(path, settings, clock=lambda: NOW, zone=ZONE)
    columns, rows = map(int, size.split("x"))
    async with app.run_test(size=(columns, rows)) as pilot:
        await _pressed(pilot, shown.keys)
        if shown.paste:
            (app.screen.focused or app.screen).post_message(events.Paste(shown.paste.format(press=home)))
            await _pressed(pilot, shown.then)
        return drawn(app)


async def _pressed(pilot: "Pilot[None]", keys: tuple[str, ...]) -> None:
    await _settled(pilot)
    for key in keys:
        await pilot.press(key)
        await _settled(pilot)


async def _settled(pilot: "Pilot[None]") -> None:
    for _ in range(4):  # what a key does in a sheet goes up through several boxes
        await pilot.pause()
    while running := [
        worker
        for worker in pilot.app.workers
        if worker.group not in ("refresh", "clock") and worker.state in (WorkerState.PENDING, WorkerState.RUNNING)
    ]:
        await pilot.app.workers.wait_for_complete(running)
        await pilot.pause()


def main() -> None:
    """Draw what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=Path(__file__).parent / "look")
    parser.add_argument("--size", nargs="*", help="instead of those of PLAN")
    parser.add_argument("--theme", nargs="*", help="instead of those of PLAN")
    parser.add_argument("--screen", nargs="*", choices=tuple(SCREENS), help="these alone")
    parser.add_argument("--readme", action="store_true", help="only docs/newsstand.png")
    asked = parser.parse_args()
    wanted = dict.fromkeys(
        one
        for screens, sizes, themes in PLAN
        for one in product(screens, asked.size or sizes, asked.theme or themes)
        if not asked.screen or one[0] in asked.screen
    )
    if asked.readme:
        wanted = {("story", "160x42", "dark"): None}
    asked.to.mkdir(parents=True, exist_ok=True)
    with libraries() as (folder, home):
        for screen, size, theme in wanted:
            copy = _copied(folder / f"{SCREENS[screen].library}.db")
            image = asyncio.run(picture(copy, home, screen, size, theme))
            to = Path(__file__).parent / "newsstand.png" if asked.readme else asked.to / f"{screen}-{size}-{theme}.png"
            image.save(to, optimize=True)


def _copied(library: Path) -> Path:
    """What a screen marks must not show in the next."""
    for file in library.parent.glob("copy.db*"):
        file.unlink()
    copy = library.parent / "copy.db"
    copy.write_bytes(library.read_bytes())
    return copy


if __name__ == "__main__":
    main()
