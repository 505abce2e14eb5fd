"""The pictures are drawn by us: true PNGs, the same for the same name, none like another."""

import io

import pytest
from PIL import Image

from reader.demo import pictures
from reader.demo.server import DemoServer
from tests.demo.http_request import ask


@pytest.mark.parametrize("scene", sorted(pictures.SCENES))
def test_a_scene_is_a_png_that_pillow_opens_at_every_width(scene: str) -> None:
    for width in pictures.WIDTHS:
        with Image.open(io.BytesIO(pictures.draw(scene, 3, width))) as picture:
            picture.load()
            assert picture.format == "PNG"
            assert picture.size == (width, width * 5 // 8)
            assert len(picture.convert("RGB").getcolors(1 << 20) or []) > 4


def test_a_picture_is_the_same_each_time_and_another_for_another_seed() -> None:
    first = pictures.draw("harbour", 1, 320)
    pictures.draw.cache_clear()
    assert pictures.draw("harbour", 1, 320) == first
    assert pictures.draw("harbour", 2, 320) != first


def test_no_two_stories_show_the_same_picture(demo: DemoServer) -> None:
    shown = [block.lines[0] for story in demo.edition.stories.values() for block in story.pictures]
    assert len(shown) == len(set(shown))


def test_a_picture_is_served_as_one(demo: DemoServer) -> None:
    story = demo.edition.stories["the-long-gauge"]
    answer = ask(demo.edition.picture(story, story.pictures[0].lines[0]))
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.body.startswith(b"\x89PNG\r\n\x1a\n")
