"""May a page be fetched that nobody asked for by hand? Its host's robots.txt says so; it is kept for a day."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from reader.fetch.politeness.turns import Lane, Turn
from reader.models import Failure, FailureKind
from reader.store import Library
from reader.text.waits import LONGEST_WAIT, is_over

if TYPE_CHECKING:
    from reader.fetch import Response

_KEPT = 24 * 3600  # seconds for which an answer is good (RFC 9309 section 2.4)
_SILENT = 300  # seconds after which a host is asked again that gave none and did not say when to come back


class Robots:
    """What hosts ask of programs, for one library and one event loop: asked once a day, one request at a time a host.

    A host that has no robots.txt (4xx) allows everything; one that cannot say (429, 5xx, no answer) allows nothing for
    now (RFC 9309 section 2.3.1): it is asked again as soon as it lets us, or after some minutes.
    """

    def __init__(
        self,
        library: Library,
        get: "Callable[..., Awaitable[Response | Failure]]",
        clock: Callable[[], float],
    ) -> None:
        self._library = library
        self._get = get
        self._clock = clock
        self._known: dict[str, tuple[str | Failure, float]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def refusal(
        self, url: str, user_agent: str | None = None, seconds: float | None = None, found_on: str | None = None
    ) -> Failure | None:
        """Return why `url` may not be fetched by `user_agent` (None: by Newsstand) without a person asking for it.

        None where it may; ROBOTS where the rules forbid it; what went wrong with the rules where the host gave none.
        `user_agent` and `seconds`, the longest wait, are also those with which the host is asked, and so is `found_on`,
        the address that names `url`: where that may not lead to the host, this is a PRIVATE_ADDRESS.
        """
        from reader.fetch import robots_rules
        from reader.fetch.http import USER_AGENT

        origin, address = robots_rules.address(url)
        async with self._locks.setdefault(origin, asyncio.Lock()):
            rules, until = self._known.get(origin, ("", 0.0))
            if is_over(until, self._clock(), LONGEST_WAIT):
                rules, until = self._known[origin] = await self._asked(origin, address, user_agent, seconds, found_on)
        if isinstance(rules, Failure):
            return rules
        return None if robots_rules.allows(rules, url, user_agent or USER_AGENT) else Failure(FailureKind.ROBOTS, url)

    async def _asked(
        self, origin: str, address: str, user_agent: str | None, seconds: float | None, found_on: str | None
    ) -> tuple[str | Failure, float]:
        """The rules of an origin, or why it has not told them, and until when that is good."""
        now = int(self._clock())
        kept = await self._library.reading(self._library.robots, origin, now)
        if kept is not None:
            return kept
        turn = Turn(Lane.NEW)
        response = await self._get(address, user_agent=user_agent, seconds=seconds, turn=turn, found_on=found_on)
        if not isinstance(response, Failure):
            from reader.fetch.robots_rules import LARGEST

            rules = response.body[: 4 * LARGEST].decode(errors="replace")[:LARGEST]
        elif response.kind is FailureKind.HTTP and 400 <= (response.status or 0) < 500 and response.status != 429:
            rules = ""
        elif response.kind is FailureKind.PRIVATE_ADDRESS:
            return response, now  # what another address leads to may be asked
        elif response.until is not None:
            return response, response.until.timestamp()
        elif response.status == 429:
            until = now + _SILENT
            return replace(response, kind=FailureKind.WAIT, until=datetime.fromtimestamp(until, UTC)), until
        else:
            return response, now + _SILENT
        await self._library.writing(self._library.keep_robots, origin, rules, now + _KEPT)
        return rules, now + _KEPT
