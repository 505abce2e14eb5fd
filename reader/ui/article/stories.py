"""Opening stories and following links from one to another: what the article pane shows, and the history behind it.

A kept story is shown at once. Otherwise its summary is, and the full text takes its place once it is fetched. A link in
a text is opened only when its story has been fetched. Every http(s) link is tried.
"""

import asyncio
from collections.abc import Awaitable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from reader import words
from reader.file_families import family_of_address
from reader.models import Article, Failure, FailureKind, Link, LinkKind
from reader.store import KnownLink, Row
from reader.text import urls
from reader.text.waits import LONGEST_WAIT, is_over
from reader.ui.article.history import History, HistoryEntry
from reader.ui.article.layout import LinkTarget, StoryContent, TargetKind
from reader.ui.article.view import ArticleView
from reader.ui.base.host import Host
from reader.ui.base.session import Session
from reader.words import help_pages as help_pages_words

_TRIES = 5
"""So often a story that is open is asked for by itself, where its server goes on asking us to wait."""

_NO_STORY = frozenset(
    (
        FailureKind.NOT_A_PAGE,
        FailureKind.NO_ARTICLE,
        FailureKind.LIST_PAGE,
        FailureKind.BAD_URL,
        FailureKind.NO_ADDRESS,
    )
)


@dataclass(frozen=True, slots=True)
class _Awaited:
    """A story that is open and could not be had yet: why, and how often it was asked for by itself."""

    entry: HistoryEntry
    failure: Failure
    tries: int


class Stories:
    """The story that is open, and the history of those before it."""

    def __init__(self, session: Session, view: ArticleView, host: Host) -> None:
        self._session = session
        self._view = view
        self._host = host
        self._content: StoryContent | None = None
        self._rest: asyncio.Task[Any] | None = None
        self._awaited: _Awaited | None = None
        self._told_open: tuple[int, ...] = ()
        self.history = History()

    @property
    def row(self) -> Row | None:
        """The row of the story that is open, where it has a page."""
        entry = self.history.current
        return self._session.library.row(entry.page) if entry is not None and entry.page is not None else None

    @property
    def full(self) -> bool:
        """Whether the full text is shown, not only a summary."""
        return self._content is not None and self._content.article is not None

    @property
    def content(self) -> StoryContent | None:
        """What the article pane shows."""
        return self._content

    def open(self, row: Row) -> None:
        """Open a headline's story: a new history begins with it."""
        self.save_reading_position()
        reading_position = self._session.library.status(row.page).reading_position
        self.history = self.history.start(
            HistoryEntry(row.url, row.title, row.page, reading_position, row.summary, row.section)
        )
        self._show()

    def follow(self, target: LinkTarget) -> None:
        """Open what a link leads to, in place; play sound and film; open a discussion, a picture, or any other file in
        the browser."""
        family = family_of_address(target.url)
        if target.is_file or family in ("audio", "video"):
            here = self.history.current
            self._host.play(target.url, here.title if here is not None else "")
            return
        no_story = target.kind in (TargetKind.DISCUSSION, TargetKind.PICTURE) or family is not None
        if no_story or not target.url.startswith(("http://", "https://")):
            self._host.open_url(target.url)
            return
        library = self._session.library
        known = library.known([target.url]).get(target.url)
        link = self._link(target.url)
        title = (known.title if known else None) or (link.title if link else None) or urls.host(target.url)
        summary = (link.summary if link else None) or (known.summary if known else None)
        page = known.page if known else None
        entry = HistoryEntry(target.url, title, page, 0, summary, link.section if link else None)
        if (known and known.kept) or target.kind in (TargetKind.RELATED, TargetKind.MORE):
            self._open_entry(entry)
        else:
            self._host.say(words.fetching(urls.host(target.url)), "lasting")
            self._host.start(self._fetch_then_open(entry, self.history.current), "story", exclusive=True)

    def go(self, step: int) -> None:
        """Go back (-1) or forward (1) in the history."""
        moved = self.history.moved(step)
        if moved is None:
            self._host.say(words.no_story_in_history(step), "hint")
            return
        self.save_reading_position()
        self.history = History(self.history.entries, moved.position)
        self._show()

    def save_reading_position(self) -> None:
        """Save the reading position in the story that is open. Writing it has been started when this returns.

        The history always comes back to it. The library keeps it for another day only where the story was not
        read to its end: otherwise it begins at its top again.
        """
        entry = self.history.current
        if entry is None or not self.full:
            return
        reading_position = self._view.reading_position
        self.history = self.history.with_current(reading_position=reading_position, chosen=self._view.chosen)
        if entry.page is None or reading_position == entry.reading_position:
            return
        lasting = reading_position if self._view.percent < 100 else 0
        kept = self._session.library.writing(self._session.library.set_reading_position, entry.page, lasting)
        self._host.start(self._keep_reading_position(kept), "reading-position")

    def try_again(self) -> bool:
        """Ask once more for the story that is open, where its full text could not be had; False where there is none,
        or it is there."""
        entry = self.history.current
        if entry is None or self.full or not urls.is_web(entry.url):
            return False
        self._show_content(self._summary_content(entry, words.fetching(urls.host(entry.url))), at=None)
        self._host.start(self._fetch(entry, by_hand=True), "story", exclusive=True)
        return True

    def fetch_awaited(self) -> None:
        """Fetch the story that is open, where it could not be had and may be now: its server asked us to wait and that
        is over, or there is a network again. What is shown stays until it comes."""
        awaited, session = self._awaited, self._session
        if awaited is None or session.offline_since is not None:
            return
        until = awaited.failure.until
        if until is not None and not is_over(until.timestamp(), session.clock(), LONGEST_WAIT):
            return
        self._awaited = None
        if self._is_shown(awaited.entry):
            self._host.start(self._fetch(awaited.entry, awaited.tries + 1), "story", exclusive=True)

    def _await(self, entry: HistoryEntry, failure: Failure | None, tries: int) -> bool:
        """Fetch the story by itself once it may be had, where what failed will pass; return whether that is so."""
        self._awaited = None
        if failure is None or tries >= _TRIES:
            return False
        if failure.kind in (FailureKind.WAIT, FailureKind.OFFLINE) or self._session.offline_since is not None:
            self._awaited = _Awaited(entry, failure, tries)
        return self._awaited is not None

    def _is_shown(self, entry: HistoryEntry) -> bool:
        here = self.history.current
        return here is not None and here.url == entry.url and entry.page in (None, here.page)

    def load_rest(self) -> None:
        """Fetch the further pages of the story that is open; one story's at a time."""
        entry, article = self.history.current, self._content.article if self._content else None
        if entry is None or article is None:
            self._host.say(help_pages_words.no_story_open() if entry is None else words.no_further_pages(), "hint")
        elif article.next is None:
            self._host.say(words.no_further_pages(), "hint")
        else:
            self._host.start(self._fetch_rest(entry), "rest", exclusive=True)

    def cancel(self) -> bool:
        """Leave the link that Tab has reached, and cancel what `load_rest` started; False where there is neither."""
        left = self._view.leave_link()
        return (self._rest is not None and self._rest.cancel()) or left

    def refresh_links(self) -> None:
        """The library has changed: show the states of the links as they are now. The text does not move."""
        content = self._content
        if content is None or content.article is None:
            return
        known = self._known(content.article)
        failed = self._failed(content.article, known)
        if (known, failed) != (content.known, content.failed):
            self._show_content(replace(content, known=known, failed=failed, now=self._session.now()), at=None)

    def _open_entry(self, entry: HistoryEntry) -> None:
        self.save_reading_position()
        if entry.page is not None:
            entry = replace(entry, reading_position=self._session.library.status(entry.page).reading_position)
        self.history = self.history.push(entry)
        self._show()

    def _link(self, url: str) -> Link | None:
        article = self._content.article if self._content else None
        links = [link for link in article.links if link.url == url] if article else []
        return links[0] if links else None

    def _known(self, article: Article) -> dict[str, KnownLink]:
        return dict(self._session.library.known([link.url for link in article.links]))

    def _failed(self, article: Article, known: Mapping[str, KnownLink]) -> dict[str, Failure]:
        """Why the stories that have a row under this one could not be had, by their addresses, where that is known."""
        failed: dict[str, Failure] = {}
        listed = [link.url for link in article.links if link.kind in (LinkKind.RELATED, LinkKind.MORE)]
        found_before = self._session.library.failed_stories(listed)
        for url in listed:
            there = known.get(url)
            if there is None or not there.kept:
                page = there.page if there is not None else None
                failure = self._session.failure_of(url, page, found_before.get(url))
                if failure is not None:
                    failed[url] = failure
        return failed

    def _show(self) -> None:
        """Show the current story of the history: the full text where kept, else the summary while that is fetched."""
        entry = self.history.current
        if entry is None:
            return
        self._host.end_lasting_note()
        article = self._session.library.article(entry.page) if entry.page is not None else None
        if article is not None:
            self._show_article(entry, article, entry.page, at=entry.reading_position)
            return
        self._show_content(self._summary_content(entry, self._waiting_note(entry)), at=0)
        self._host.start(self._fetch(entry), "story", exclusive=True)

    def _waiting_note(self, entry: HistoryEntry) -> str:
        if self._session.offline_since is not None:
            return words.not_kept_offline(bool(entry.summary))
        return words.fetching(urls.host(entry.url))

    def _summary_content(self, entry: HistoryEntry, note: str | None) -> StoryContent:
        row = self._session.library.row(entry.page) if entry.page is not None else None
        published: datetime | None = self._session.at(row.time) if row else None
        return StoryContent(
            now=self._session.now(),
            title=entry.title,
            url=entry.url,
            paper=row.paper if row else urls.host(entry.url),
            brand_colour=row.brand_colour if row else None,
            section=(row.section if row else None) or entry.section,
            published=published,
            summary=entry.summary,
            note=note,
            minutes=row.minutes if row else None,
            duration=row.duration if row else None,
            paper_above=self.history.position == 0,  # else the titles of the stories before it stand there
            enclosures=row.enclosures if row else (),
            discussion=row.discussion if row else None,
            linked=row.linked if row else (),
        )

    def _show_content(self, content: StoryContent, *, at: int | None) -> None:
        """Show this from position `at`, or (None) instead of what is shown, without moving the text."""
        self._content = content
        if at is None:
            self._view.update(content)
        else:
            here = self.history.current
            self._view.show(content, reading_position=at, chosen=here.chosen if here is not None else None)
        self._host.retitle()
        self._tell_open()

    def _tell_open(self) -> None:
        """Tell the library which stories are open, those before and behind the one shown too: they are not pruned."""
        opened = tuple(sorted({entry.page for entry in self.history.entries if entry.page is not None}))
        if opened != self._told_open:
            self._told_open = opened
            self._session.library.writing(self._session.library.keep_open, opened)

    def _show_article(
        self, entry: HistoryEntry, article: Article, page: int | None, *, at: int | None, note: str | None = None
    ) -> None:
        known = self._known(article)
        content = replace(
            self._summary_content(replace(entry, page=page), note),
            article=article,
            known=known,
            failed=self._failed(article, known),
        )
        if article.next is not None:
            content = replace(content, further=words.has_more_pages())
        if article.published is not None:
            content = replace(content, published=self._session.at(int(article.published.timestamp())))
        if content.paper == urls.host(content.url) and article.site:
            content = replace(content, paper=article.site)
        self.history = self.history.with_current(page=page, title=article.title or entry.title)
        self._show_content(content, at=at)
        if page is not None:
            self._host.shown_read(page)

    async def _keep_reading_position(self, kept: Awaitable[None]) -> None:
        await kept

    async def _fetch(self, entry: HistoryEntry, tries: int = 0, *, by_hand: bool = False) -> None:
        """Fetch the story whose summary is shown. `tries`: how often it was tried by itself. `by_hand`: a person asks
        once more, and hears of it where all stays as it was."""
        loader = await self._session.loader()
        story = await loader.open(entry.url, page=entry.page)
        if not self._is_shown(entry):
            self.refresh_links()  # the story that is shown by now may be the one that links to it
            return
        comes = self._await(entry, story.failure, tries)
        if story.article is not None:
            failed = self._sentence(story.failure, promises=comes) if story.failure is not None else ""
            note = words.feed_text_instead(failed) if failed and story.article.how == "feed" else None
            self._show_article(entry, story.article, story.page, at=None, note=note)
            if failed and note is None:
                self._host.say(failed)
            return
        failure = story.failure or Failure(FailureKind.NO_ARTICLE, entry.url)
        offline = failure.kind is FailureKind.OFFLINE or self._session.offline_since is not None
        self._show_failed(entry, failure, offline=offline, comes=comes)
        if by_hand:
            self._host.say(help_pages_words.tried_in_vain())
        if entry.page is not None and (offline or failure.kind in _NO_STORY):
            self._host.shown_read(entry.page)

    def _show_failed(self, entry: HistoryEntry, failure: Failure, *, offline: bool, comes: bool) -> None:
        """Show why a story cannot be had, and what one can do now; over the summary, where there is one.

        `comes`: it will be fetched by itself, once its server lets us.
        """
        web = urls.is_web(entry.url)
        instead = words.instead_of_story(web=web, back=self.history.position > 0)
        if offline:
            note = words.not_kept_offline(bool(entry.summary))
        elif comes and failure.kind is FailureKind.WAIT and failure.until is not None:
            session = self._session
            note = words.comes_after_wait(failure.until, session.at(session.clock()))
        else:
            note = self._sentence(failure, keys=not web, promises=False)
        self._show_content(replace(self._summary_content(entry, note), instead=instead), at=None)

    async def _fetch_rest(self, entry: HistoryEntry) -> None:
        """Fetch the further pages, and show the whole story in place of what is shown, without moving the text."""

        last = 0

        def still_shown() -> bool:
            now = self.history.current
            return now is not None and (now.url, now.page) == (entry.url, entry.page)

        def on_page(number: int, of: int | None) -> None:
            nonlocal last
            last = number
            if still_shown():
                self._host.say(words.fetching_page(number, of, urls.host(entry.url)), "lasting")

        self._rest = asyncio.current_task()
        try:
            story = await (await self._session.loader()).open_whole(entry.url, page=entry.page, on_page=on_page)
        except asyncio.CancelledError:
            if still_shown():
                self._host.say(words.pages_stopped())
            raise
        finally:
            self._rest = None
        now = self.history.current
        if now is None or not still_shown():
            return
        self._host.end_lasting_note()
        if story.article is not None:
            self._show_article(now, story.article, story.page, at=None)
        if story.failure is not None:
            self._host.say(words.page_missing(last, self._sentence(story.failure)))
        elif story.article is not None and story.article.next is not None:
            self._host.say(words.pages_end())
        else:
            self._host.say(words.pages_came(last) if last else words.no_further_pages())

    async def _fetch_then_open(self, entry: HistoryEntry, start: HistoryEntry | None) -> None:
        """Fetch the story behind a link in a text, then open it, unless another story than `start` is shown by then."""
        loader = await self._session.loader()
        story = await loader.open(entry.url, page=entry.page)
        shown = self.history.current
        if start is None or shown is None or (shown.url, shown.page) != (start.url, start.page):
            return
        self._host.end_lasting_note()
        if story.article is None:
            self._host.say(self._sentence(story.failure or Failure(FailureKind.NO_ARTICLE, entry.url)))
            return
        self.save_reading_position()
        self.history = self.history.push(replace(entry, page=story.page))
        opened = self.history.current
        if opened is not None:
            self._show_article(opened, story.article, story.page, at=0)

    def _sentence(self, failure: Failure, *, keys: bool = True, promises: bool = True) -> str:
        session = self._session
        return words.capitalized(
            words.failure(failure, zone=session.zone, keys=keys, promises=promises, now=session.clock())
        )
