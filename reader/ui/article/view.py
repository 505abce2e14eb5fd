"""The article pane: draws a story's lines, scrolls them, goes from link to link. One widget, by Textual's line API.

How a story is laid out is the matter of `layout`; this knows only lines, targets and the reading position. It opens
nothing: the message `Follow` says what was asked for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from textual import events
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.selection import Selection
from textual.strip import Strip

from reader.ui.article.layout import (
    LinkTarget,
    StoryContent,
    StoryLayout,
    TargetKind,
    lay_out,
    lay_out_sentence,
    measure_of,
)
from reader.ui.article.link_letters import LinkLetters, letters_for
from reader.ui.article.links import LineArea, areas_by_line, destinations, next_target, same_target, visible_targets
from reader.ui.article.strip import Overlay, line_strip, with_selection
from reader.ui.text.clicks import press_clicked
from reader.ui.theme.scrollbar import use_thin_scrollbar
from reader.ui.theme.theme import Appearance, appearance_of, variable_defaults

NARROWEST, WIDEST = 66, 80
"""The reader's measure, in cells."""

SIDEWAYS = 8
"""Cells that a wide table moves at a time."""

OVERLAP = 2
"""Lines that stay in sight when a page is turned."""


class ArticleView(ScrollView, can_focus=True, inherit_bindings=False):
    """One story, or a sentence where there is none."""

    DEFAULT_CSS = """
    ArticleView { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    """

    @dataclass
    class Follow(Message):
        """A link is to be followed; `browser`: in the browser (a capital letter, or Ctrl and a click)."""

        target: LinkTarget
        browser: bool = False

    class PositionChanged(Message):
        """The reading position has changed, or the story has."""

        @staticmethod
        def can_replace(message: Message) -> bool:
            """Only the last of several counts."""
            return isinstance(message, ArticleView.PositionChanged)

    class LinkLettersToggled(Message):
        """Link letters are shown now, or hidden (`link_letters_shown`)."""

    @dataclass
    class Measured(Message):
        """The width of the text (the measure) was set, in cells."""

        measure: int

    def __init__(
        self,
        *,
        measure: int = 72,
        appearance: Callable[[], Appearance] | None = None,
        id: str | None = None,  # noqa: A002 (Textual's name)
    ) -> None:
        """`appearance` gives the colours in use; without it they are those of the app's theme."""
        super().__init__(id=id)
        self._get_appearance = appearance
        self.measure = min(WIDEST, max(NARROWEST, measure))
        self.story_layout = StoryLayout()
        self._content: StoryContent | None = None
        self._empty = ""
        self._appearance: Appearance | None = None
        self._reading_position = 0
        self._laying_out = False
        self._current: int | None = None
        self._link_letters: LinkLetters | None = None
        self._offsets: dict[int, int] = {}
        self._areas_by_line: dict[int, list[LineArea]] = {}
        self._strips: dict[int, Strip] = {}

    # What is shown

    def show(self, content: StoryContent, *, reading_position: int = 0, chosen: tuple[int, str] | None = None) -> None:
        """Show a story from `reading_position`, with that link chosen: as the properties of these names gave them, at
        any width. A link that is not there any more is not chosen."""
        self._content, self._reading_position = content, max(0, reading_position)
        self._current, self._offsets = None, {}
        self._hide_link_letters()
        if self.is_attached:
            self.screen.selections.pop(self, None)
        self._relayout()
        targets = self.story_layout.targets
        if chosen is not None and chosen in [(target.number, target.url) for target in targets]:
            self._current = chosen[0]
            self._redraw()

    def update(self, content: StoryContent) -> None:
        """Show newer text or newer states of links of the same story; the words at the top stay there."""
        if self._content is None:
            self.show(content)
            return
        self._content = content
        self._relayout()

    def show_empty(self, text: str) -> None:
        """Show a sentence in place of a story; the keys in it are between stars (`*r*`)."""
        if self._content is None and self._empty == text:
            return
        self._content, self._empty, self._reading_position, self._current = None, text, 0, None
        self._hide_link_letters()
        self._relayout()

    @property
    def reading_position(self) -> int:
        """What is at the top, as one number (`StoryLayout.position_at`): a block, and how far into it. 0: the top."""
        return self._reading_position

    @property
    def chosen(self) -> tuple[int, str] | None:
        """The link that Tab has reached, by its number and its address."""
        target = self.current_target
        return None if target is None else (target.number, target.url)

    @property
    def margin(self) -> tuple[int, int]:
        """Where the text begins, and the measure it has, in cells."""
        return self.story_layout.left, self.story_layout.measure

    def margin_in(self, width: int) -> tuple[int, int]:
        """The same where the pane is `width` cells wide: it may be so only now, and be laid out in the next frame."""
        room = max(0, width - self.scrollbar_size_vertical)
        measure = measure_of(room, self.measure)
        return max(0, (room - measure) // 2), measure

    @property
    def percent(self) -> int:
        """How much of the story's text has been read: 0 at its top, 100 only once its end has been in sight.

        Related stories do not count: at 100 there may still be some below.
        """
        read = self.story_layout.share_read(self.scroll_offset.y, self.size.height)
        return 100 if read >= 1 else min(99, round(100 * read))

    @property
    def minutes_left(self) -> int:
        """Minutes of the story that are still to be read, rounded up; 0 where its length is not known, and where it is
        listened to or watched."""
        content = self._content
        if content is not None and content.duration:
            return 0
        minutes = ((content.article.minutes if content.article else 0) or content.minutes or 0) if content else 0
        return ceil(minutes * (1 - self.story_layout.share_read(self.scroll_offset.y, self.size.height)))

    # Laying out

    @property
    def appearance(self) -> Appearance:
        """The colours of the theme in use."""
        if self._appearance is None and self._get_appearance is not None:
            self._appearance = self._get_appearance()
        if self._appearance is None:
            self._appearance = appearance_of({**variable_defaults(self.app.current_theme), **self.app.theme_variables})
        return self._appearance

    @property
    def room(self) -> int:
        """The cells of a row: the pane's, less its scrollbar's (which `size` counts)."""
        return max(0, self.size.width - self.scrollbar_size_vertical)

    def _relayout(self) -> None:
        """Lay out for the present size; what was at the top stays there."""
        width = self.room
        if width < 4 or not self.is_attached:
            return
        reading_position, before = self._reading_position, self.story_layout
        self._laying_out = True
        try:
            self.story_layout = self._new_layout(width)
            if self._current is not None:
                self._current = same_target(before, self._current, self.story_layout)
            if destinations(before) != destinations(self.story_layout):
                self._hide_link_letters()  # the letters stand for numbers that other targets have now
            self._areas_by_line = areas_by_line(self.story_layout)
            self._strips.clear()
            self.virtual_size = Size(width, len(self.story_layout.lines))
            self.scroll_to(y=self.story_layout.line_of(reading_position), animate=False, force=True)
        finally:
            self._laying_out = False
        self._reading_position = reading_position
        self.refresh()
        self.post_message(self.PositionChanged())

    def _new_layout(self, width: int) -> StoryLayout:
        if self._content is not None:
            return lay_out(self._content, width, self.measure, self.appearance, self._offsets)
        return lay_out_sentence(self._empty, width, self.measure, self.appearance)

    def on_mount(self) -> None:
        """A scrollbar as thin as a rule; its track is blank."""
        use_thin_scrollbar(self, self.appearance.glyphs)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out again; the words at the top stay there."""
        self._relayout()

    def notify_style_update(self) -> None:
        """Draw in the colours of another theme."""
        super().notify_style_update()
        old, self._appearance = self._appearance, None
        if self.is_attached and old is not None and old != self.appearance:
            self._relayout()

    def set_measure(self, measure: int) -> None:
        """Set the measure of the settings, which is remembered there."""
        self.measure = min(WIDEST, max(NARROWEST, measure))
        self._relayout()

    def change_measure(self, step: int) -> bool:
        """Set another measure, 66 to 80 cells; False at the limit."""
        measure = min(WIDEST, max(NARROWEST, self.measure + step))
        if measure != self.measure:
            self.measure = measure
            self._relayout()
            self.post_message(self.Measured(measure))
            return True
        return False

    # Drawing

    def render_line(self, y: int) -> Strip:
        """One row of the pane, as wide as the pane."""
        number = self.scroll_offset.y + y
        width = self.room
        strip = self._strips.get(number)
        if strip is None or strip.cell_length != width:
            overlay = Overlay(self._current, self._link_letters.shown if self._link_letters else None)
            here = self._areas_by_line.get(number, [])
            strip = line_strip(self.story_layout, number, width, self.appearance, overlay, here)
            self._strips[number] = strip
        selection = self.text_selection
        if selection is not None and (span := selection.get_span(number)) is not None:
            strip = with_selection(strip, span, self.screen.get_component_rich_style("screen--selection"))
        return strip.apply_offsets(0, number)

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text, without the margin."""
        text = "\n".join(line.text for line in self.story_layout.lines)
        margin = " " * self.story_layout.left
        rows = selection.extract(text).split("\n")
        return "\n".join(row.removeprefix(margin).rstrip() for row in rows), "\n"

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self.refresh()

    def _redraw(self) -> None:
        self._strips.clear()
        self.refresh()

    # Scrolling

    def _scroll_to_line(self, line: float) -> None:
        self.scroll_to(y=line, animate=False, force=True)

    def scroll_lines(self, step: int) -> None:
        """Scroll by lines."""
        self._scroll_to_line(self.scroll_offset.y + step)

    def scroll_pages(self, share: float) -> None:
        """Scroll by a share of the pane's height; a whole page leaves two lines of the old one in sight."""
        step = round(abs(share) * self.size.height)
        step = max(1, min(step, self.size.height - OVERLAP))
        self._scroll_to_line(self.scroll_offset.y + (step if share > 0 else -step))

    def to_top(self) -> None:
        """Go to the first line."""
        self._scroll_to_line(0)

    def to_end(self) -> None:
        """Go to the last line."""
        self._scroll_to_line(self.max_scroll_y)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Keep the reading position right, whoever scrolls."""
        super().watch_scroll_y(old_value, new_value)
        if not self._laying_out and round(old_value) != round(new_value):
            self._reading_position = self.story_layout.position_at(round(new_value))
            self._hide_link_letters()
            self.post_message(self.PositionChanged())

    def page_down(self) -> bool:
        """Turn a page. False at the very end, below the last related story, where nothing moves."""
        if self._content is None or self.scroll_offset.y >= self.max_scroll_y:
            return False
        self.scroll_pages(1.0)
        return True

    # Links

    @property
    def current_target(self) -> LinkTarget | None:
        """The link or other target that Tab has reached."""
        return None if self._current is None else self.story_layout.targets[self._current]

    @property
    def has_related(self) -> bool:
        """Whether a related story has a number."""
        return any(target.digit for target in self.story_layout.targets)

    def related_target(self, digit: int) -> LinkTarget | None:
        """The related story of that number, 1 to 9."""
        return next((target for target in self.story_layout.targets if target.digit == digit), None)

    def next_link(self, step: int) -> bool:
        """Go to the next link or wide table, or (-1) the one before; from none, to the nearest one in sight.

        It is scrolled into sight. After the last comes the first. False where the story has none.
        """
        target = next_target(self.story_layout, self.current_target, *self._visible_lines, step)
        if target is not None:
            self._current = target.number
            self._reveal(target)
            self._redraw()
        return target is not None

    @property
    def _visible_lines(self) -> tuple[int, int]:
        """The first line in sight, and the one after the last."""
        return self.scroll_offset.y, self.scroll_offset.y + self.size.height

    def _reveal(self, target: LinkTarget) -> None:
        first, last = target.areas[0][0], target.areas[-1][0]
        if target.kind in (TargetKind.RELATED, TargetKind.MORE):
            last += 2  # its section, age and state
        top, height = self.scroll_offset.y, self.size.height
        if first < top or last >= top + height:
            self._scroll_to_line(max(0, first - height // 3))

    def leave_link(self) -> bool:
        """Forget which link Tab has reached; False where it has reached none."""
        if self._current is None:
            return False
        self._current = None
        self._redraw()
        return True

    def follow_current(self) -> None:
        """Ask for the link that Tab has reached to be followed."""
        if (target := self.current_target) is not None:
            self._follow(target, browser=False)

    def _follow(self, target: LinkTarget, *, browser: bool) -> None:
        """Scroll to the note of a footnote's mark; ask for any other link to be followed."""
        if target.kind is TargetKind.FOOTNOTE:
            if target.note_line is not None:
                self._scroll_to_line(max(0, target.note_line - self.size.height // 3))
        elif target.url:
            self.post_message(self.Follow(target, browser))

    def sideways(self, step: int) -> bool:
        """Move the wide table that Tab has reached; False where it has reached none."""
        target = self.current_target
        if target is None or target.kind is not TargetKind.TABLE:
            return False
        tables = [other.number for other in self.story_layout.targets if other.kind is TargetKind.TABLE]
        order = tables.index(target.number)
        old = self._offsets.get(order, 0)
        self._offsets[order] = max(0, old + step * SIDEWAYS)
        before = self.story_layout
        self._relayout()
        if step > 0 and self.story_layout.lines == before.lines:
            self._offsets[order] = old
        return True

    def on_click(self, event: events.Click) -> None:
        """A click on a link follows it; with Ctrl, in the browser. A click on a key presses it."""
        number = event.style.meta.get("target")
        if event.button != 1 or self.text_selection is not None or press_clicked(self, event):
            return
        if isinstance(number, int) and 0 <= number < len(self.story_layout.targets):
            self._follow(self.story_layout.targets[number], browser=event.ctrl)

    # Link letters

    def show_link_letters(self) -> bool:
        """Show letters before the links in sight. False where there is none."""
        visible = [target.number for target in visible_targets(self.story_layout, *self._visible_lines)]
        if not visible:
            return False
        self._link_letters = letters_for(visible)
        self._redraw()
        self.post_message(self.LinkLettersToggled())
        return True

    @property
    def link_letters_shown(self) -> bool:
        """Whether letters are shown, so that the next keys are theirs."""
        return self._link_letters is not None

    def _hide_link_letters(self) -> None:
        if self._link_letters is not None:
            self._link_letters = None
            self._redraw()
            self.post_message(self.LinkLettersToggled())

    def take_key(self, key: str) -> bool:
        """Give a key to the letters, if they are shown. False where they are not: the key means something else then.

        A letter chooses a link, a capital letter chooses it for the browser; Esc and any other key hide the letters.
        """
        if self._link_letters is None:
            return False
        outcome = self._link_letters.after_key(key)
        if isinstance(outcome, LinkLetters):
            self._link_letters = outcome
            self._redraw()
            return True
        self._hide_link_letters()
        if outcome is not None:
            self._follow(self.story_layout.targets[outcome], browser=key.isupper())
        return True

    def on_key(self, event: events.Key) -> None:
        """While letters are shown, every key is theirs."""
        if self.take_key(event.character if event.is_printable and event.character else event.key):
            event.stop()
            event.prevent_default()
