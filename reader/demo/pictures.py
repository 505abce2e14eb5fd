"""Pictures of the demo, drawn when they are asked for: the same bytes for the same name.

A scene draws itself on a canvas; `chance` chooses its hour, its weather and where things stand.
"""

import math
import random
from collections.abc import Callable
from functools import lru_cache

from reader.demo.canvas import Canvas, Colour, Line, mix

WIDTHS = (320, 640, 1280)


@lru_cache(maxsize=256)
def draw(scene: str, seed: int, width: int) -> bytes:
    """The PNG of a scene. The seed chooses the hour, the weather and where things stand."""
    canvas, chance = Canvas(width), random.Random(seed * 1009 + len(scene))  # noqa: S311  # a picture, not a secret
    SCENES[scene](canvas, chance)
    return canvas.png()


HOURS: tuple[tuple[Colour, Colour, Colour], ...] = (  # sky above, sky at the horizon, the far land
    ((58, 92, 138), (246, 196, 148), (96, 104, 132)),  # dawn
    ((104, 160, 210), (222, 236, 240), (128, 156, 168)),  # morning
    ((142, 170, 186), (226, 228, 222), (136, 148, 150)),  # haze
    ((44, 58, 104), (236, 132, 92), (74, 66, 98)),  # dusk
)


def _wave(chance: random.Random, middle: float, swing: float) -> Line:
    a, b, c = (chance.uniform(0, 6.3) for _ in range(3))
    return lambda x: (
        middle + swing * (0.55 * math.sin(x * 5 + a) + 0.3 * math.sin(x * 11 + b) + 0.15 * math.sin(x * 23 + c))
    )


def _lower(line: Line, by: float) -> Line:
    return lambda x: line(x) + by


def _land(canvas: Canvas, chance: random.Random, horizon: float) -> Colour:
    top, low, far = HOURS[chance.randrange(len(HOURS))]
    canvas.sky(top, low, horizon + 0.05)
    canvas.disc(chance.uniform(0.15, 0.85), horizon - chance.uniform(0.08, 0.3), 0.045, mix(low, (255, 244, 214), 0.7))
    for step in range(3):
        canvas.under(
            _wave(chance, horizon - 0.1 + step * 0.045, 0.05), mix(low, far, 0.35 + step * 0.3), horizon + 0.08
        )
    return far


def _water(canvas: Canvas, chance: random.Random, horizon: float) -> None:
    deep, light = mix((30, 66, 92), (40, 90, 96), chance.random()), (150, 186, 196)
    canvas.sky(mix(deep, light, 0.55), deep, 1.0, horizon, 24)
    for _ in range(150):
        y = horizon + (1 - horizon) * chance.random() ** 1.5
        size = 0.01 + 0.07 * (y - horizon)
        canvas.box(chance.random(), y, size, 0.003, mix(deep, light, chance.uniform(0.35, 0.9)))


def _boat(canvas: Canvas, x: float, y: float, size: float, hull: Colour) -> None:
    canvas.shape(
        [(x - size, y), (x + size, y), (x + size * 0.75, y + size * 0.5), (x - size * 0.8, y + size * 0.5)], hull
    )
    canvas.box(x - size * 0.5, y - size * 0.5, size * 0.9, size * 0.5, (238, 234, 222))
    canvas.box(x - size * 0.4, y - size * 0.38, size * 0.7, size * 0.16, (52, 70, 84))
    canvas.box(x + size * 0.1, y - size * 0.95, size * 0.12, size * 0.45, (200, 84, 60))


def _house(canvas: Canvas, x: float, y: float, w: float, h: float, wall: Colour, roof: Colour) -> None:
    canvas.box(x, y - h, w, h, wall)
    canvas.shape([(x - w * 0.12, y - h), (x + w * 0.5, y - h * 1.6), (x + w * 1.12, y - h)], roof)
    canvas.box(x + w * 0.2, y - h * 0.7, w * 0.2, h * 0.3, (84, 72, 60))
    canvas.box(x + w * 0.6, y - h * 0.7, w * 0.2, h * 0.3, (246, 206, 120))


def _tree(canvas: Canvas, x: float, y: float, size: float, green: Colour) -> None:
    canvas.box(x - size * 0.08, y - size, size * 0.16, size, (92, 70, 52))
    for dx, dy in ((-0.35, 1.0), (0.35, 1.0), (0.0, 1.5)):
        canvas.disc(x + dx * size * 0.8, y - dy * size, size * 0.5, green)


def bridge(canvas: Canvas, chance: random.Random) -> None:
    _land(canvas, chance, 0.55)
    _water(canvas, chance, 0.58)
    red, deck = chance.choice([(150, 52, 44), (72, 84, 96), (196, 148, 70)]), 0.54
    spans = chance.choice([3, 4, 5])
    for span in range(spans):
        left, right = span / spans, (span + 1) / spans
        canvas.box(left - 0.012, deck, 0.024, 0.2, (120, 112, 104))
        for step in range(12):
            a, b = step / 12, (step + 1) / 12
            rise = [deck - 0.2 * math.sin(math.pi * part) for part in (a, b)]
            canvas.stroke(left + a / spans, rise[0], left + b / spans, rise[1], red, 0.007)
            canvas.stroke(left + a / spans, rise[0], left + a / spans, deck, red, 0.003)
        canvas.stroke(left, deck, right, deck, red, 0.012)
    _boat(canvas, chance.uniform(0.2, 0.8), 0.8, 0.06, (60, 74, 66))


def harbour(canvas: Canvas, chance: random.Random) -> None:
    _land(canvas, chance, 0.5)
    for index in range(14):
        wall = chance.choice([(226, 214, 190), (206, 176, 150), (188, 196, 190), (232, 224, 214)])
        _house(
            canvas,
            index * 0.075,
            0.56,
            0.06,
            chance.uniform(0.08, 0.17),
            wall,
            chance.choice([(140, 76, 60), (84, 92, 100)]),
        )
    canvas.box(0, 0.56, 1, 0.05, (118, 108, 98))
    _water(canvas, chance, 0.61)
    for _ in range(4):
        hull = chance.choice([(48, 78, 108), (160, 56, 46), (44, 92, 80), (206, 160, 60)])
        _boat(canvas, chance.uniform(0.08, 0.92), chance.uniform(0.68, 0.85), chance.uniform(0.04, 0.075), hull)


def ferry(canvas: Canvas, chance: random.Random) -> None:
    _land(canvas, chance, 0.46)
    _water(canvas, chance, 0.5)
    x, hull = chance.uniform(0.3, 0.55), chance.choice([(36, 70, 104), (150, 48, 44), (40, 96, 84)])
    canvas.shape([(x - 0.28, 0.6), (x + 0.32, 0.6), (x + 0.26, 0.7), (x - 0.24, 0.7)], hull)
    canvas.box(x - 0.22, 0.5, 0.42, 0.1, (240, 238, 230))
    canvas.box(x - 0.14, 0.42, 0.26, 0.08, (240, 238, 230))
    for window in range(9):
        canvas.box(x - 0.2 + window * 0.043, 0.53, 0.024, 0.03, (58, 82, 98))
    canvas.box(x + 0.02, 0.32, 0.05, 0.1, (206, 150, 60))
    for puff in range(4):
        canvas.disc(x + 0.04 - puff * 0.05, 0.28 - puff * 0.03, 0.018 + puff * 0.007, (206, 206, 204))


def terraces(canvas: Canvas, chance: random.Random) -> None:
    _land(canvas, chance, 0.42)
    base = chance.choice([(112, 146, 62), (168, 152, 66), (84, 132, 74)])
    for step in range(16):
        line = _wave(chance, 0.42 + step * 0.038, 0.035)
        canvas.under(line, mix(base, (226, 214, 120), (step % 4) * 0.14))
        canvas.under(_lower(line, 0.022), mix(base, (64, 74, 40), 0.45))
    _house(canvas, chance.uniform(0.2, 0.7), 0.62, 0.07, 0.06, (196, 160, 116), (104, 84, 64))


def paddy(canvas: Canvas, chance: random.Random) -> None:
    _land(canvas, chance, 0.46)
    canvas.sky((164, 178, 84), (90, 132, 54), 1.0, 0.48, 30)
    for row in range(18):
        y = 0.5 + 0.5 * (row / 18) ** 1.6
        for blade in range(70):
            sway, tip = blade / 70 + chance.uniform(-0.006, 0.006), y - 0.012 - 0.03 * row / 18
            shade = mix((196, 178, 72), (96, 138, 52), chance.randrange(6) / 5)
            canvas.stroke(sway, y, sway + 0.01, tip, shade, 0.002)
    for _ in range(3):
        x, y = chance.uniform(0.1, 0.9), chance.uniform(0.6, 0.85)
        canvas.box(x - 0.008, y - 0.07, 0.016, 0.07, (70, 84, 110))
        canvas.shape([(x - 0.03, y - 0.07), (x, y - 0.105), (x + 0.03, y - 0.07)], (224, 196, 130))


def village(canvas: Canvas, chance: random.Random) -> None:
    _land(canvas, chance, 0.55)
    canvas.sky((176, 160, 118), (128, 112, 84), 1.0, 0.58, 16)
    for index in range(9):
        y = 0.64 + 0.03 * (index % 3)
        _house(canvas, 0.02 + index * 0.11, y, 0.09, chance.uniform(0.09, 0.14), (222, 196, 156), (158, 74, 52))
        _tree(canvas, 0.0 + index * 0.115, y + 0.03, chance.uniform(0.04, 0.06), (78, 112, 62))
    for pot in range(16):
        x = 0.05 + pot * 0.06
        canvas.disc(x, 0.86 + 0.03 * (pot % 2), 0.02, mix((176, 92, 58), (120, 60, 44), chance.random()))
        canvas.box(x - 0.008, 0.81 + 0.03 * (pot % 2), 0.016, 0.025, (128, 66, 46))


def street(canvas: Canvas, chance: random.Random) -> None:
    _land(canvas, chance, 0.6)
    for index in range(12):
        height = chance.uniform(0.2, 0.48)
        wall = chance.choice([(232, 200, 132), (206, 176, 156), (176, 190, 186), (226, 220, 204), (196, 140, 116)])
        canvas.box(index * 0.085, 0.72 - height, 0.08, height, wall)
        for floor in range(int(height / 0.08)):
            for column in range(2):
                canvas.box(
                    index * 0.085 + 0.012 + column * 0.034, 0.74 - height + floor * 0.08, 0.02, 0.04, (78, 92, 100)
                )
    canvas.box(0, 0.72, 1, 0.28, (96, 98, 102))
    for dash in range(9):
        canvas.box(dash * 0.12, 0.88, 0.06, 0.01, (222, 214, 180))
    x, paint = chance.uniform(0.1, 0.5), chance.choice([(58, 140, 110), (208, 84, 60), (66, 116, 176)])
    canvas.box(x, 0.66, 0.34, 0.16, paint)
    for window in range(5):
        canvas.box(x + 0.015 + window * 0.064, 0.685, 0.05, 0.055, (206, 226, 230))
    for wheel in (x + 0.06, x + 0.28):
        canvas.disc(wheel, 0.825, 0.022, (40, 40, 44))
        canvas.disc(wheel, 0.825, 0.01, (170, 170, 172))


def market(canvas: Canvas, chance: random.Random) -> None:
    canvas.sky((40, 46, 66), (96, 78, 74), 0.45)
    canvas.box(0, 0.42, 1, 0.58, (124, 112, 100))
    for stall in range(5):
        x = 0.01 + stall * 0.2
        roof = chance.choice([(196, 70, 56), (58, 110, 150), (220, 168, 70), (72, 130, 90)])
        canvas.shape([(x, 0.42), (x + 0.02, 0.28), (x + 0.16, 0.28), (x + 0.18, 0.42)], roof)
        canvas.disc(x + 0.09, 0.47, 0.014, (255, 236, 170))
        canvas.box(x + 0.01, 0.6, 0.165, 0.12, (146, 108, 72))
        for heap in range(22):
            colour = chance.choice([(214, 60, 48), (236, 170, 50), (96, 150, 60), (150, 66, 110), (240, 220, 150)])
            canvas.disc(x + 0.02 + heap % 11 * 0.014, 0.595 - heap // 11 * 0.022, 0.009, colour)
    for _ in range(5):
        x = chance.uniform(0.08, 0.92)
        canvas.disc(x, 0.72, 0.02, (222, 184, 150))
        canvas.shape([(x - 0.04, 0.71), (x, 0.66), (x + 0.04, 0.71)], (222, 200, 140))
        canvas.box(x - 0.03, 0.75, 0.06, 0.25, chance.choice([(92, 66, 110), (54, 92, 100), (140, 72, 62)]))


def lighthouse(canvas: Canvas, chance: random.Random) -> None:
    _land(canvas, chance, 0.6)
    _water(canvas, chance, 0.62)
    x = chance.uniform(0.3, 0.7)
    canvas.under(lambda at: 0.66 + 2.4 * (at - x) ** 2, (88, 86, 80))
    for band in range(6):
        top, half = 0.2 + band * 0.08, 0.026 + band * 0.004
        colour = (232, 228, 218) if band % 2 else (178, 58, 48)
        canvas.shape(
            [(x - half, top), (x + half, top), (x + half + 0.004, top + 0.08), (x - half - 0.004, top + 0.08)], colour
        )
    canvas.box(x - 0.03, 0.185, 0.06, 0.015, (60, 60, 66))
    canvas.box(x - 0.018, 0.13, 0.036, 0.06, (255, 232, 150))
    canvas.shape([(x - 0.026, 0.13), (x, 0.085), (x + 0.026, 0.13)], (60, 60, 66))


def observatory(canvas: Canvas, chance: random.Random) -> None:
    canvas.sky((10, 14, 36), (54, 62, 104), 0.8, steps=30)
    for _ in range(260):
        glow = chance.random() ** 2
        canvas.box(
            chance.random(),
            chance.random() * 0.75,
            0.002 + 0.002 * glow,
            0.003 + 0.003 * glow,
            mix((110, 120, 160), (255, 250, 230), glow),
        )
    canvas.under(_wave(chance, 0.78, 0.06), (28, 30, 48))
    x = chance.uniform(0.35, 0.65)
    canvas.disc(x, 0.66, 0.11, (206, 208, 214))
    canvas.box(x - 0.11, 0.66, 0.22, 0.16, (176, 178, 188))
    canvas.shape([(x - 0.012, 0.66), (x + 0.05, 0.49), (x + 0.085, 0.52), (x + 0.03, 0.66)], (24, 24, 36))
    canvas.box(x - 0.03, 0.74, 0.04, 0.08, (246, 200, 110))
    canvas.under(_wave(chance, 0.86, 0.03), (16, 18, 30))


def kiln(canvas: Canvas, chance: random.Random) -> None:
    canvas.sky((64, 48, 42), (112, 76, 58), 1.0, steps=20)
    canvas.box(0, 0.78, 1, 0.22, (84, 66, 54))
    x = chance.uniform(0.3, 0.6)
    canvas.disc(x, 0.62, 0.2, (150, 90, 66))
    canvas.box(x - 0.2, 0.62, 0.4, 0.2, (150, 90, 66))
    for ring in range(6):
        canvas.disc(x, 0.7, 0.1 - ring * 0.014, mix((160, 44, 20), (255, 226, 130), ring / 5))
    for shelf in range(3):
        canvas.box(0.02, 0.2 + shelf * 0.18, 0.2, 0.015, (140, 108, 76))
        for pot in range(5):
            canvas.disc(
                0.045 + pot * 0.038,
                0.175 + shelf * 0.18,
                0.016,
                chance.choice([(80, 120, 132), (208, 196, 170), (126, 76, 54)]),
            )


def books(canvas: Canvas, chance: random.Random) -> None:
    canvas.sky((92, 70, 54), (70, 52, 42), 1.0, steps=12)
    for shelf in range(4):
        floor, x = 0.24 + shelf * 0.24, 0.02
        while x < 0.95:
            thick, tall = chance.uniform(0.014, 0.04), chance.uniform(0.12, 0.19)
            spine = chance.choice(
                [(150, 56, 48), (52, 86, 112), (196, 160, 88), (70, 104, 76), (206, 198, 178), (92, 62, 96)]
            )
            canvas.box(x, floor - tall, thick * 0.92, tall, spine)
            canvas.box(x, floor - tall * 0.8, thick * 0.92, 0.008, mix(spine, (250, 240, 210), 0.6))
            x += thick if chance.random() < 0.93 else 0.07
        canvas.box(0, floor, 1, 0.02, (124, 92, 62))


def pitch(canvas: Canvas, chance: random.Random) -> None:
    _land(canvas, chance, 0.36)
    for stripe in range(10):
        canvas.box(stripe * 0.1, 0.4, 0.1, 0.6, (92, 146, 76) if stripe % 2 else (82, 134, 68))
    canvas.stroke(0, 0.46, 1, 0.46, (236, 236, 228))
    canvas.stroke(0.5, 0.46, 0.5, 1, (236, 236, 228))
    canvas.stroke(0.06, 0.46, 0.06, 0.34, (240, 240, 236), 0.006)
    canvas.stroke(0.06, 0.34, 0.24, 0.34, (240, 240, 236), 0.006)
    canvas.stroke(0.24, 0.34, 0.24, 0.46, (240, 240, 236), 0.006)
    for player in range(9):
        x, y = chance.uniform(0.1, 0.9), chance.uniform(0.55, 0.9)
        canvas.box(x - 0.012, y, 0.024, 0.06, (206, 60, 52) if player % 2 else (44, 78, 140))
        canvas.box(x - 0.01, y + 0.06, 0.02, 0.05, (238, 236, 230))
        canvas.disc(x, y - 0.02, 0.011, (206, 164, 130))
    canvas.disc(chance.uniform(0.3, 0.7), 0.8, 0.009, (250, 250, 246))


def chart(canvas: Canvas, chance: random.Random) -> None:
    canvas.box(0, 0, 1, 1, (246, 242, 232))
    for line in range(1, 6):
        canvas.box(0.08, 0.1 + line * 0.14, 0.86, 0.003, (212, 204, 188))
    height = 0.2
    for bar in range(12):
        height = min(0.68, max(0.08, height + chance.uniform(-0.08, 0.13)))
        colour = (180, 70, 48) if bar == 11 else (74, 118, 146)
        canvas.box(0.1 + bar * 0.07, 0.84 - height, 0.045, height, colour)
    canvas.box(0.08, 0.84, 0.86, 0.006, (60, 56, 50))


def tide(canvas: Canvas, chance: random.Random) -> None:
    canvas.box(0, 0, 1, 1, (238, 240, 236))
    for line in range(1, 8):
        canvas.box(0.05, line * 0.12, 0.9, 0.002, (204, 212, 210))
    phase = chance.uniform(0, 6.3)

    def level(x: float) -> float:
        swell = 0.75 + 0.25 * math.sin(x * 3)
        return 0.5 + 0.24 * math.sin(x * 22 + phase) * swell + 0.05 * math.sin(x * 11)

    canvas.under(level, (96, 148, 172), 0.94)
    canvas.under(lambda x: level(x) + 0.012, (150, 190, 204), 0.94)
    for day in range(1, 4):
        canvas.box(day * 0.25, 0.06, 0.002, 0.88, (150, 132, 110))


def press(canvas: Canvas, chance: random.Random) -> None:
    canvas.sky((226, 218, 200), (204, 192, 170), 1.0, steps=12)
    for roll in range(3):
        canvas.disc(0.2 + roll * 0.3, 0.35, 0.1, (84, 86, 92))
        canvas.disc(0.2 + roll * 0.3, 0.35, 0.03, (170, 172, 176))
    canvas.box(0, 0.5, 1, 0.3, (248, 246, 240))
    for line in range(8):
        for column in range(4):
            canvas.box(0.04 + column * 0.24, 0.53 + line * 0.032, chance.uniform(0.14, 0.2), 0.012, (96, 92, 86))


def greenhouse(canvas: Canvas, chance: random.Random) -> None:
    _land(canvas, chance, 0.5)
    canvas.sky((120, 140, 84), (86, 104, 62), 1.0, 0.54, 16)
    for house in range(3):
        x, y = 0.03 + house * 0.33, 0.74 + 0.05 * (house % 2)
        canvas.shape([(x, y), (x, y - 0.2), (x + 0.14, y - 0.32), (x + 0.28, y - 0.2), (x + 0.28, y)], (190, 214, 208))
        for plant in range(8):
            _tree(canvas, x + 0.025 + plant * 0.033, y, chance.uniform(0.022, 0.034), (70, 128, 66))
        for rib in range(8):
            canvas.box(x + rib * 0.04, y - 0.2, 0.003, 0.2, (240, 244, 240))


SCENES: dict[str, Callable[[Canvas, random.Random], None]] = {
    scene.__name__: scene
    for scene in (
        bridge,
        harbour,
        ferry,
        terraces,
        paddy,
        village,
        street,
        market,
        lighthouse,
        observatory,
        kiln,
        books,
        pitch,
        chart,
        tide,
        press,
        greenhouse,
    )
}
