"""Keys act in the order they were typed, also where one opens what the next is for: `/ferry` in one go.

Textual hands each key to the widget that has the focus when the key comes, and goes on to the next at once; a field
that the first key opens has the focus only later. Here a key waits until the one before has been through all widgets
that may want it, and until the screen which that has opened stands.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

from reader.ui.base.dead_keys import AnsweringScreen

GIVE_UP = 0.25
"""Seconds after which it is asked whether a key still gets on: a widget that was removed meanwhile never answers."""

IN_ONE_GO = 0.008
"""Seconds between two letters that no fingers typed: an input method did, or a terminal that pastes as if typed."""

ROUNDS = 4
"""So often the focus may move on because of one key (a screen opens, then its field takes the focus)."""


class KeyOrder(App[None], inherit_bindings=False):
    """For the app: takes keys, and what is pasted, one by one.

    None is taken before `take_keys` is called, but for those that quit: what is typed while the program starts waits
    in its order, so that the second key finds the field that the first one opens.
    """

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._turn = 0
        self._busy = False
        self._held = True
        self._stop: MessagePump | None = None
        self._key: events.Key | events.Paste | None = None
        self._dropping = -1.0
        self.last_key = float("-inf")
        """When the last key was taken, by `time.monotonic`."""

    @property
    def all_keys_taken(self) -> bool:
        """Whether every key that came has been dealt with."""
        return not self._busy and not self._waiting

    def take_keys(self) -> None:
        """From now on keys are taken, first those that came before."""
        self._held = False
        self.call_later(self._take_first)

    def drop_what_came_with_it(self) -> None:
        """The key that is taken now means nothing: drop the letters that were typed in one go with it."""
        if isinstance(self._key, events.Key) and self._key.is_printable:
            self._dropping = self._key.time

    def _is_dropped(self, event: events.Key) -> bool:
        """Whether a key came in one go with one that meant nothing. Enter ends what did."""
        if not 0 <= event.time - self._dropping < IN_ONE_GO:
            return False
        goes_on = event.is_printable or event.key == "backspace"
        self._dropping = event.time if goes_on else -1.0
        return goes_on or event.key == "enter"

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait for its turn; everything else is passed on at once. `^J` is Enter: so terminals send it
        from a keypad, and for what was typed before the program began."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if isinstance(event, events.Key) and event.key == "ctrl+j":
            at, event = event.time, events.Key("enter", "\r")
            event.time = at
        if self._held and isinstance(event, events.Key) and await self.run_action_of(event):
            return
        self._waiting.append(event)
        await self._take_first()

    async def run_action_of(self, event: events.Key) -> bool:
        """Run what a key is bound to in the app itself, whatever has the focus; False where it is nothing."""
        return await self._check_bindings(event.key, priority=True)

    async def _take_first(self) -> None:
        """Take the first of those that wait, unless one is on its way. Letters that nothing takes are dropped."""
        while self._waiting and not self._busy and not self._held:
            event, screen = self._waiting.popleft(), self.screen
            if isinstance(event, events.Key) and self._is_dropped(event):
                continue
            if isinstance(screen, AnsweringScreen):
                if isinstance(event, events.Key) and screen.is_stray(event):
                    continue
                screen.end_answer()
            await self._take(event)

    async def _take(self, event: events.Key | events.Paste) -> None:
        self._busy, self._key = True, event
        self.last_key = time.monotonic()
        self._turn += 1
        self._look_later(self._turn)
        await super().on_event(event)
        self._follow(self._turn, ROUNDS)

    def _look_later(self, turn: int) -> None:
        asyncio.get_running_loop().call_later(GIVE_UP, self.call_later, self._look, turn)

    async def _look(self, turn: int) -> None:
        """Where a key does not get on because what it waits for is gone, take the next. While that is only slow (it
        loads what it has never shown, on a busy machine), go on waiting: the next key may be for what it opens."""
        if turn != self._turn or not self._busy:
            return
        if self._stop is not None and self._stop.is_attached and self._stop.is_running:
            self._look_later(turn)
        else:
            await self._next(turn)

    def _follow(self, turn: int, rounds: int) -> None:
        """Go the way of a key: from the widget in focus up to the app, behind what each still has to do."""
        start = self.focused or self.screen
        way = [*start.ancestors_with_self]  # the app is the last
        self._pass_through(turn, way, lambda: self._arrived(turn, rounds, start))

    def _pass_through(self, turn: int, way: Sequence[MessagePump], done: Callable[[], object]) -> None:
        """Call `done` once each of these has handled what it had to, one after the other.

        Twice each: what a widget tells itself while it handles a key comes behind the first time.
        """
        stops = [stop for stop in way for _ in range(2)]

        def step(at: int) -> object:
            while at < len(stops):
                if turn == self._turn:
                    self._stop = stops[at]
                if stops[at].call_later(step, at + 1):
                    return None
                at += 1
            return done()

        step(0)

    def _arrived(self, turn: int, rounds: int, start: MessagePump) -> None:
        if turn != self._turn:
            return
        if rounds and (self.focused or self.screen) is not start:
            self._follow(turn, rounds - 1)
        else:
            self.call_later(self._next, turn)

    async def _next(self, turn: int) -> None:
        """The key of that turn has been dealt with: the next one, if there is one."""
        if turn != self._turn or not self._busy:
            return
        self._busy, self._stop = False, None
        await self._take_first()
