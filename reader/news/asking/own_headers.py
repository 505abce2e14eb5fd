"""What goes along with a request besides what all have: a source's own headers, and a login where one is kept.

Each is for one host; `fetch` sends it there alone, whatever redirects say. Nothing here asks anybody or keeps anything
but what it has read.
"""

import asyncio

from reader.fetch.response import OwnHeaders
from reader.models import Login, Source
from reader.news.asking import credentials
from reader.store import Library
from reader.text.logins import basic, may_have, origin

FORGOTTEN_AFTER = 30 * 86400
"""Seconds after which the login of a removed source is erased. Until then undo brings both back."""


class OwnHeadersOf:
    """The headers of each source of one library. Reads a login from the keyring once, when it is first needed."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._typed: dict[str, OwnHeaders] = {}
        self._read: dict[str, Login | None] = {}

    def take(self, address: str, login: Login) -> None:
        """Remember what a person has just typed, for all that is asked of that host until this program ends."""
        self._typed[origin(address)] = _authorization(address, login)

    def drop(self, address: str) -> None:
        """Forget what was typed for the host of an address: another login is kept for it now, or none."""
        self._typed.pop(origin(address), None)

    async def headers(self, url: str, source: Source | None) -> tuple[OwnHeaders, ...]:
        """Return what to send with a request for `url`, which `source` lists: what counts more stands last.

        The login of one source is good for all of its host. That of a removed source is for those that are left there.
        """
        found = []
        for one in await self._library.reading(self._library.sources_with_credentials):
            left = source is not None and source.removed_at is None and may_have(source.url, one.url)
            its_own = source is not None and one.id == source.id
            if not its_own and may_have(url, one.url) and (one.removed_at is None or left):
                found.append((one.url, one.credentials))
        found.reverse()
        if source is not None:
            found.append((source.url, source.credentials))
        logins = [(address, await self._login(name)) for address, name in found if name is not None]
        own = [_authorization(address, login) for address, login in logins if login is not None]
        if source is not None and source.headers:
            own.append(OwnHeaders(source.url, source.headers))
        return (*own, *self._typed.values())

    async def _login(self, name: str) -> Login | None:
        if name not in self._read:
            self._read[name] = await asyncio.to_thread(credentials.find, self._library.path, name)
        return self._read[name]


def _authorization(address: str, login: Login) -> OwnHeaders:
    return OwnHeaders(address, (("Authorization", basic(login)),))


async def forget_unneeded(library: Library, now: float) -> None:
    """Erase the logins of sources that were removed long ago, where no other source of that host is left."""
    held = await library.reading(library.sources_with_credentials)
    old = [one for one in held if one.removed_at is not None and one.removed_at < now - FORGOTTEN_AFTER]
    if not old or library.read_only:
        return
    left = await library.reading(library.sources)
    named = {one.credentials for one in held if one not in old}
    for source in old:
        if source.credentials is None or any(may_have(other.url, source.url) for other in left):
            continue
        await library.writing(library.forget_credentials, source.id)
        if source.credentials not in named:
            await asyncio.to_thread(credentials.forget, library.path, source.credentials)
