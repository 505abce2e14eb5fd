"""The article pane by itself, open on a story: functions that resize it and read what it shows."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from reader.ui.article.layout import StoryContent
from reader.ui.article.view import ArticleView
from reader.ui.theme.theme import themes, variable_defaults
from tests.ui.article.sample_story import links

LONG = "\n\n".join(
    f"Đoạn thứ {n} kể chuyện hai con đường quanh hồ, nơi mỗi tối thứ Sáu người ta đi bộ, [đọc tiếp {n}]"
    f"(https://songhong.example/tin/{n}) và nghe nhạc đến khuya."
    for n in range(40)
)

RELATED = links("Hai tỉnh lập tuyến du lịch chung", "Chuỗi rau sạch mở thêm điểm nhận", section="Du lịch")


class PaneApp(App[None]):
    """An app with nothing but the pane, that writes down what the pane asks for."""

    animation_level = "none"

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, bool]] = []
        self.letters_shown: list[bool] = []
        self.moves = 0
        for theme in themes("truecolor"):
            self.register_theme(theme)
        self.theme = "newsstand-dark"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        return variable_defaults(self.current_theme)

    def compose(self) -> ComposeResult:
        self.view = ArticleView()  # not asked of the screen: messages come after it is gone, too
        yield self.view

    def on_article_view_follow(self, message: ArticleView.Follow) -> None:
        self.asked.append((message.target.url, message.browser))

    def on_article_view_link_letters_toggled(self, message: ArticleView.LinkLettersToggled) -> None:
        self.letters_shown.append(self.view.link_letters_shown)

    def on_article_view_position_changed(self, message: ArticleView.PositionChanged) -> None:
        self.moves += 1


@asynccontextmanager
async def open_article(
    story: StoryContent, size: tuple[int, int] = (80, 24), reading_position: int = 0
) -> AsyncIterator[Pilot[None]]:
    app = PaneApp()
    async with app.run_test(size=size) as pilot:
        app.view.focus()
        app.view.show(story, reading_position=reading_position)
        await pilot.pause()
        yield pilot


def view_of(pilot: Pilot[None]) -> ArticleView:
    assert isinstance(pilot.app, PaneApp)
    return pilot.app.view


def app_of(pilot: Pilot[None]) -> PaneApp:
    assert isinstance(pilot.app, PaneApp)
    return pilot.app


def rows(view: ArticleView) -> list[str]:
    return [view.render_line(y).text for y in range(view.size.height)]


async def resize(pilot: Pilot[None], columns: int, lines: int) -> None:
    """Give the terminal another size, and wait until the story stands in it: Textual waits for more sizes to come."""
    await pilot.resize_terminal(columns, lines)
    view = view_of(pilot)
    while view.size != (columns, lines) or (columns > 4 and view.virtual_size.width != view.room):
        await pilot.pause()
    await pilot.pause()
