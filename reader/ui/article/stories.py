"""Opening stories, and walking from one to another: what the article pane shows, and the trail that led there.

A kept story is shown at once. Else its summary is, and the full text takes its place when it has come; a link in a
text stays where one is until its story is there. Every http(s) link is tried.
"""

import asyncio
from collections.abc import Awaitable
from dataclasses import replace
from datetime import datetime
from typing import Any

from reader import words
from reader.models import Article, Failure, FailureKind, Link
from reader.store import Row
from reader.text import urls
from reader.ui.article.history import Stop, Trail
from reader.ui.article.layout.document import Sheet, Spot, SpotKind
from reader.ui.article.view import ArticleView
from reader.ui.base.host import Host
from reader.ui.base.session import Session

_NO_STORY = frozenset((FailureKind.NOT_A_PAGE, FailureKind.NO_ARTICLE, FailureKind.BAD_URL, FailureKind.NO_ADDRESS))


class Stories:
    """The story that is open, and the trail to it."""

    def __init__(self, session: Session, view: ArticleView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._sheet: Sheet | None = None
        self._rest: asyncio.Task[Any] | None = None
        self.trail = Trail()

    @property
    def row(self) -> Row | None:
        """The row of the story that is open, where it has a page."""
        here = self.trail.here
        return self._session.library.row(here.page) if here is not None and here.page is not None else None

    @property
    def full(self) -> bool:
        """Whether the full text is shown, not only a summary."""
        return self._sheet is not None and self._sheet.article is not None

    @property
    def sheet(self) -> Sheet | None:
        """What the article pane shows."""
        return self._sheet

    def open(self, row: Row) -> None:
        """Open a headline's story: a new trail begins with it."""
        self.leave()
        place = self._session.library.status(row.page).place
        self.trail = self.trail.begin(Stop(row.url, row.title, row.page, place, row.summary, row.section))
        self._show()

    def follow(self, spot: Spot) -> None:
        """Open what a link leads to, in place."""
        if not spot.url.startswith(("http://", "https://")):
            self._host.open_url(spot.url)
            return
        library = self._session.library
        known = library.known([spot.url]).get(spot.url)
        link = self._link(spot.url)
        title = (known.title if known else None) or (link.title if link else None) or urls.host(spot.url)
        summary = (link.summary if link else None) or (known.summary if known else None)
        page = known.page if known else None
        stop = Stop(spot.url, title, page, 0, summary, link.section if link else None)
        if (known and known.kept) or spot.kind in (SpotKind.RELATED, SpotKind.MORE):
            self._go(stop)
        else:
            self._host.say(words.fetching(urls.host(spot.url)), "lasting")
            self._host.start(self._try(stop, self.trail.here), "story", exclusive=True)

    def walk(self, step: int) -> None:
        """Back (-1) or forward (1) along the trail."""
        moved = self.trail.moved(step)
        if moved is None:
            self._host.say(words.trail_ends(step))
            return
        self.leave()
        self.trail = Trail(self.trail.stops, moved.at)
        self._show()

    def leave(self) -> None:
        """Keep the reader's place in the story that is open. It is handed over to be written before this returns.

        The trail always comes back to it. The library keeps it for another day only where the story was not read to
        its end: then it begins at its top again.
        """
        here = self.trail.here
        if here is None or not self.full:
            return
        place = self._view.place
        self.trail = self.trail.changed(place=place)
        if here.page is None or place == here.place:
            return
        lasting = place if self._view.percent < 100 else 0
        kept = self._session.library.writing(self._session.library.set_place, here.page, lasting)
        self._host.start(self._keep_place(kept), "place")

    def load_rest(self) -> None:
        """Bring the further pages of the story that is open; one story's at a time."""
        here, article = self.trail.here, self._sheet.article if self._sheet else None
        if here is None or article is None:
            return
        if article.next is None:
            self._host.say(words.no_further_pages())
        else:
            self._host.start(self._fetch_rest(here), "rest", exclusive=True)

    def stop_rest(self) -> bool:
        """Give up what `load_rest` began; False where nothing is under way."""
        return self._rest is not None and self._rest.cancel()

    def look_again(self) -> None:
        """The library has changed: show the states of the links as they are now. The text stays where it is."""
        sheet = self._sheet
        if sheet is None or sheet.article is None:
            return
        known = self._known(sheet.article)
        if known != sheet.known:
            self._put(replace(sheet, known=known, now=self._session.now()), at=None)

    def _go(self, stop: Stop) -> None:
        self.leave()
        if stop.page is not None:
            stop = replace(stop, place=self._session.library.status(stop.page).place)
        self.trail = self.trail.follow(stop)
        self._show()

    def _link(self, url: str) -> Link | None:
        article = self._sheet.article if self._sheet else None
        links = [link for link in article.links if link.url == url] if article else []
        return links[0] if links else None

    def _known(self, article: Article) -> dict[str, Any]:
        return dict(self._session.library.known([link.url for link in article.links]))

    def _show(self) -> None:
        """Show the story the trail stands at: what is kept of it, or its summary while it is fetched."""
        stop = self.trail.here
        if stop is None:
            return
        self._host.end_lasting_note()
        article = self._session.library.article(stop.page) if stop.page is not None else None
        if article is not None:
            self._arrived(stop, article, stop.page, at=stop.place)
            return
        self._put(self._of_stop(stop, self._waiting(stop)), at=0)
        self._host.start(self._fetch(stop), "story", exclusive=True)

    def _waiting(self, stop: Stop) -> str:
        if self._session.offline_since is not None:
            return words.not_kept_offline(bool(stop.summary))
        return words.fetching(urls.host(stop.url))

    def _of_stop(self, stop: Stop, note: str | None) -> Sheet:
        row = self._session.library.row(stop.page) if stop.page is not None else None
        published: datetime | None = self._session.at(row.time) if row else None
        return Sheet(
            now=self._session.now(),
            title=stop.title,
            url=stop.url,
            paper=row.paper if row else urls.host(stop.url),
            press=row.press if row else None,
            section=(row.section if row else None) or stop.section,
            published=published,
            summary=stop.summary,
            note=note,
            minutes=row.minutes if row else None,
        )

    def _put(self, sheet: Sheet, *, at: int | None) -> None:
        """Show a sheet from block `at`, or (None) in place of what is shown, without moving the reader."""
        self._sheet = sheet
        if at is None:
            self._view.update(sheet)
        else:
            self._view.show(sheet, place=at)
        self._host.retitle()

    def _arrived(self, stop: Stop, article: Article, page: int | None, *, at: int | None) -> None:
        sheet = replace(self._of_stop(replace(stop, page=page), None), article=article, known=self._known(article))
        if article.next is not None:
            sheet = replace(sheet, further=words.goes_on())
        if article.published is not None:
            sheet = replace(sheet, published=self._session.at(int(article.published.timestamp())))
        if sheet.paper == urls.host(sheet.url) and article.site:
            sheet = replace(sheet, paper=article.site)
        self.trail = self.trail.changed(page=page, title=article.title or stop.title)
        self._put(sheet, at=at)
        if page is not None:
            self._host.shown_read(page)

    async def _keep_place(self, kept: Awaitable[None]) -> None:
        await kept

    async def _fetch(self, stop: Stop) -> None:
        """Bring the story whose summary is shown."""
        desk = await self._session.desk()
        story = await desk.open(stop.url, page=stop.page)
        if self.trail.here is not stop:
            return
        if story.article is not None:
            self._arrived(stop, story.article, story.page, at=None)
            if story.failure is not None:
                self._host.say(self._sentence(story.failure))
            return
        failure = story.failure or Failure(FailureKind.NO_ARTICLE, stop.url)
        if failure.kind in _NO_STORY and self.trail.at > 0:
            self._host.say(self._sentence(failure))
            self.trail = Trail(self.trail.stops[: self.trail.at], self.trail.at - 1)
            self._show()
            return
        offline = failure.kind is FailureKind.OFFLINE or self._session.offline_since is not None
        note = words.not_kept_offline(bool(stop.summary)) if offline else self._sentence(failure)
        self._put(self._of_stop(stop, note), at=None)
        if stop.page is not None and (offline or failure.kind in _NO_STORY):
            self._host.shown_read(stop.page)

    async def _fetch_rest(self, stop: Stop) -> None:
        """Bring the further pages, and show the whole in place of what is read, without moving the reader."""

        last = 0

        def here() -> bool:
            now = self.trail.here
            return now is not None and (now.url, now.page) == (stop.url, stop.page)

        def told(number: int, of: int | None) -> None:
            nonlocal last
            last = number
            if here():
                self._host.say(words.fetching_page(number, of, urls.host(stop.url)), "lasting")

        self._rest = asyncio.current_task()
        try:
            story = await (await self._session.desk()).open_whole(stop.url, page=stop.page, told=told)
        except asyncio.CancelledError:
            if here():
                self._host.say(words.pages_stopped())
            raise
        finally:
            self._rest = None
        now = self.trail.here
        if now is None or not here():
            return
        self._host.end_lasting_note()
        if story.article is not None:
            self._arrived(now, story.article, story.page, at=None)
        if story.failure is not None:
            self._host.say(words.page_missing(last, self._sentence(story.failure)))
        elif story.article is not None and story.article.next is not None:
            self._host.say(words.pages_end())
        else:
            self._host.say(words.pages_came(last) if last else words.no_further_pages())

    async def _try(self, stop: Stop, began: Stop | None) -> None:
        """Bring the story behind a link in a text, and only then go there: not if one is no more where one `began`."""
        desk = await self._session.desk()
        story = await desk.open(stop.url, page=stop.page)
        here = self.trail.here
        if began is None or here is None or (here.url, here.page) != (began.url, began.page):
            return
        self._host.end_lasting_note()
        if story.article is None:
            self._host.say(self._sentence(story.failure or Failure(FailureKind.NO_ARTICLE, stop.url)))
            return
        self.leave()
        self.trail = self.trail.follow(replace(stop, page=story.page))
        arrived = self.trail.here
        if arrived is not None:
            self._arrived(arrived, story.article, story.page, at=0)

    def _sentence(self, failure: Failure) -> str:
        return words.capitalized(words.failure(failure, zone=self._session.zone))
