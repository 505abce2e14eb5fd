"""Subscribe to feeds that were found and to papers of the catalogue, and change how a source is asked.

Nothing here refreshes: what is new is due, and a refresh brings its stories.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, Unpack

from reader.lists import folders
from reader.models import Failure, FailureKind, Login, NewSource, Source, SourceChanges
from reader.news.asking import credentials
from reader.news.refresh import decide
from reader.news.subscriptions.find_feeds import AskAs, FoundFeed
from reader.store import Act, Library
from reader.text import urls
from reader.text.logins import may_have

if TYPE_CHECKING:
    from reader.lists.catalogue import Paper, Section


@dataclass(frozen=True, slots=True)
class Subscribed:
    """A source that was added, or was there already (`new` False). `asked`: it was asked already, and its headlines
    came with finding it, or the failure that is kept of it.

    `changed`: it was there, and is asked in another way now (its login, its headers, its user agent).
    """

    source: Source
    new: bool
    asked: bool = False
    changed: bool = False


def by_address(library: Library) -> dict[str, Source]:
    """Return the sources by the canonical form of their addresses."""
    return {urls.canonical(source.url): source for source in library.sources()}


class SubscriptionRequest(NamedTuple):
    """An offer that is to be subscribed to, under a name and in a folder of one's own where they are given.

    `paper`: the offer is this paper of the catalogue, or this section of it, which is known better there.
    """

    offer: FoundFeed
    title: str | None = None
    folder: str | None = None
    paper: "Paper | tuple[Paper, Section] | None" = None


def of_catalogue(
    chosen: "Paper | tuple[Paper, Section]",
    *,
    title: str | None = None,
    folder: str | None = None,
    fetched: FoundFeed | None = None,
    ask_as: AskAs = AskAs(),  # noqa: B008  # frozen
) -> SubscriptionRequest:
    """Return the request for a paper of the catalogue, or for a section of one; `fetched`: it was looked at already."""
    new = _of_paper(chosen)
    offer = FoundFeed(new.url, new.title, ask_as=ask_as)
    if fetched is not None and fetched.feed is not None:
        offer = replace(offer, feed=fetched.feed, answer=fetched.answer)
    return SubscriptionRequest(offer, title, folder, chosen)


def subscribe_all(library: Library, requests: Sequence[SubscriptionRequest], now: float) -> tuple[Subscribed, ...]:
    """Subscribe to all of these as one act, and keep the headlines that came with finding them; in their order.

    What is there stays as it is, but for how it is asked, where that is said. One that was removed comes back, with its
    headlines and marks; a name or a folder that is asked for it is an act of its own. A paper of the catalogue goes
    into its country's folder where none is asked.
    """
    here = by_address(library)
    found = [next((here[key] for key in _keys(request.offer) if key in here), None) for request in requests]
    new = {_keys(request.offer)[0]: request for request, known in zip(requests, found, strict=True) if known is None}
    removed = {key for key, request in new.items() if library.source_by_url(request.offer.url) is not None}
    kept = add_with_logins(library, [_new(request) for request in new.values()])
    added = dict(zip(new, kept, strict=True))
    for key, request in new.items():
        if key in removed:
            _edit(library, added[key], request)
        if request.offer.feed is not None:
            _keep(library, added[key], request.offer, int(now))
        elif request.offer.failure is not None:
            _keep_failure(library, added[key], request.offer.failure, int(now))
    done = []
    for request, known in zip(requests, found, strict=True):
        changed = known is not None and _edit(library, known, request._replace(title=None, folder=None))
        source = known or added[_keys(request.offer)[0]]
        here_now = library.source(source.id) or source
        asked = request.offer.feed is not None or request.offer.failure is not None
        done.append(Subscribed(here_now, known is None, asked, changed))
    return tuple(done)


def add_with_logins(library: Library, wanted: Sequence[NewSource]) -> tuple[Source, ...]:
    """Subscribe to all of these as one act, with the logins that came with them; of those, none is left for nothing.

    One that was removed comes back with the login that is given now.
    """
    names = [None if new.login is None else credentials.keep(library.path, new.login) for new in wanted]
    try:
        named = [new._replace(credentials=name, login=None) for new, name in zip(wanted, names, strict=True)]
        added = library.add_sources(named)
        for source, name in zip(added, names, strict=True):
            if name is not None and source.credentials != name:
                library.edit_source(source.id, credentials=name)
    except BaseException:
        for name in filter(None, names):
            credentials.forget(library.path, name)
        raise
    return added


def _edit(library: Library, source: Source, request: SubscriptionRequest) -> bool:
    """Change of a source that is there what is asked for it, as an act of its own; whether it is anything."""
    asked, ask_as = SourceChanges(), request.offer.ask_as
    if request.title is not None:
        asked["title"] = request.title
    if request.folder is not None:
        asked["folder"] = request.folder
    if ask_as.user_agent is not None:
        asked["user_agent"] = ask_as.user_agent
    if ask_as.headers:
        asked["headers"] = ask_as.headers
    login = request.offer.login
    return bool(asked or login) and edit_source(library, source.id, login, **asked).pages > 0


def edit_source(library: Library, source: int, login: Login | None = None, **changes: Unpack[SourceChanges]) -> Act:
    """Change what is named of a source, as `Library.edit_source` does, and keep a login that is given for it.

    A login that is the one it has changes nothing.
    """
    if login is None:
        return library.edit_source(source, **changes)
    here = library.source(source)
    old = None if here is None or here.credentials is None else credentials.find(library.path, here.credentials)
    if login == old and (here is None or "url" not in changes or may_have(changes["url"], here.url)):
        return library.edit_source(source, **changes)
    name = credentials.keep(library.path, login)
    try:
        return library.edit_source(source, **changes | {"credentials": name})
    except BaseException:
        credentials.forget(library.path, name)
        raise


def _keys(offer: FoundFeed) -> list[str]:
    """The addresses under which an offer may be subscribed already, its own first."""
    return [urls.canonical(url) for url in (offer.url, offer.feed.url if offer.feed else offer.url)]


def _new(request: SubscriptionRequest) -> NewSource:
    feed = request.offer.feed
    if request.paper is not None:
        new = _of_paper(request.paper)
        return new._replace(
            title=request.title or new.title,
            folder=request.folder or new.folder,
            user_agent=request.offer.ask_as.user_agent,
            headers=request.offer.ask_as.headers,
        )
    return NewSource(
        url=request.offer.url,
        title=request.title or request.offer.title,
        home=feed.home if feed else None,
        language=feed.language if feed else None,
        folder=request.folder,
        user_agent=request.offer.ask_as.user_agent,
        headers=request.offer.ask_as.headers,
        login=request.offer.login,
    )


def _of_paper(chosen: "Paper | tuple[Paper, Section]") -> NewSource:
    from reader.words.catalogue import country_name

    paper, section = chosen if isinstance(chosen, tuple) else (chosen, None)
    return NewSource(
        url=section.feed if section else paper.feed,
        title=f"{paper.name} – {section.name}" if section else paper.name,
        short=None if section else paper.short,
        home=paper.home,
        folder=folders.join([country_name(paper.country)]),
        language=paper.language,
        brand_colour=paper.brand_colour,
    )


def _keep_failure(library: Library, source: Source, failure: Failure, now: int) -> None:
    """Keep why a source did not answer when a person named it: to ask at once again would take as long in vain.

    The next refresh asks it, but for one that asks us to wait. Without a network nothing is known of it.
    """
    if failure.kind is FailureKind.OFFLINE:
        return
    due_at = now if failure.until is None else math.ceil(failure.until.timestamp())
    library.keep_failure(source.id, failure, due_at=due_at, now=now, asked=source.url)


def _keep(library: Library, source: Source, offer: FoundFeed, now: int) -> None:
    """Keep what was fetched to find the feed, and by what its server knows it: it is not sent again while it is so."""
    if offer.feed is None:
        return
    known = library.old_entries(source.id)  # of one that was removed and comes back
    answer = offer.answer
    changes = replace(
        decide(offer.feed, known),
        etag=answer.etag if answer else None,
        last_modified=answer.last_modified if answer else None,
        body_hash=answer.body_hash if answer else None,
        due_at=now,  # the next refresh makes its stories readable offline; that was not asked for here
    )
    library.keep_feed(source.id, changes, now=now)
