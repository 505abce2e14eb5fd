"""Keys act in the order they were typed, also where one opens what the next is for: `/ferry` in one go.

Textual hands each key to the widget that has the focus when the key comes, and goes on to the next at once; a field
that the first key opens has the focus only later. Here a key waits until the one before has been through all widgets
that may want it, and until the screen which that has opened stands.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence

from textual import events
from textual.app import App
from textual.message_pump import MessagePump

GIVE_UP = 0.25
"""Seconds after which the next key comes anyway: a widget that was removed meanwhile never answers."""

ROUNDS = 4
"""So often the focus may move on because of one key (a screen opens, then its field takes the focus)."""


class KeyOrder(App[None], inherit_bindings=False):
    """For the app: takes keys, and what is pasted, one by one."""

    def __init__(self, *, ansi_color: bool | None = None) -> None:
        super().__init__(ansi_color=ansi_color)
        self._waiting: deque[events.Key | events.Paste] = deque()
        self._turn = 0
        self._busy = False

    @property
    def all_keys_taken(self) -> bool:
        """Whether every key that came has been dealt with."""
        return not self._busy

    async def on_event(self, event: events.Event) -> None:
        """Let a key wait for its turn; everything else is passed on at once. `^J` is Enter: so terminals send it
        from a keypad, and for what was typed before the program began."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            await super().on_event(event)
            return
        if isinstance(event, events.Key) and event.key == "ctrl+j":
            event = events.Key("enter", "\r")
        if self._busy:
            self._waiting.append(event)
        else:
            await self._take(event)

    async def _take(self, event: events.Key | events.Paste) -> None:
        self._busy = True
        self._turn += 1
        asyncio.get_running_loop().call_later(GIVE_UP, self.call_later, self._next, self._turn)
        await super().on_event(event)
        self._follow(self._turn, ROUNDS)

    def _follow(self, turn: int, rounds: int) -> None:
        """Go the way of a key: from the widget in focus up to the app, behind what each still has to do."""
        start = self.focused or self.screen
        way = [*start.ancestors_with_self]  # the app is the last
        _pass_through(way, lambda: self._arrived(turn, rounds, start))

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
        self._busy = False
        if self._waiting:
            await self._take(self._waiting.popleft())


def _pass_through(way: Sequence[MessagePump], done: Callable[[], object]) -> None:
    """Call `done` once each of these has handled what it had to, one after the other.

    Twice each: what a widget tells itself while it handles a key comes behind the first time.
    """
    stops = [stop for stop in way for _ in range(2)]

    def step(at: int) -> object:
        while at < len(stops):
            if stops[at].call_later(step, at + 1):
                return None
            at += 1
        return done()

    step(0)
