"""Adding a source: an address or several, what stands behind them with its newest headlines, folder and name."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.suggester import SuggestFromList

from reader import words
from reader.lists import folders
from reader.models import Failure, FailureKind, Source
from reader.store import View
from reader.text import urls
from reader.text.logins import without_login
from reader.ui.base.fixed_lines import PanelLines
from reader.ui.base.host import Host
from reader.ui.base.text_field import TextField
from reader.ui.dialogs.dialog import Dialog, FieldLabel, title_line
from reader.ui.dialogs.feed_list import FeedChoice, FeedChoiceList, SearchResult
from reader.words import dialogs as dialogs_words
from reader.words import subscriptions as subscriptions_words

if TYPE_CHECKING:
    from reader.news.subscriptions import FoundFeeds

ADDRESSES_AT_MOST = 12
"""Addresses of one paste that are looked up: each asks a server."""

PAPERS_AT_MOST = 30


def addresses(typed: str) -> list[str]:
    """The addresses among what was typed or pasted, each once; none where it is a name. Pure."""
    parts = typed.split()
    if not any(_says_address(part) for part in parts):
        return []
    return list(dict.fromkeys(parts))[:ADDRESSES_AT_MOST]


def _says_address(part: str) -> bool:
    return "." in part.strip(".") or "://" in part or part.startswith("localhost")


class AddSource(Dialog[bool]):
    """The dialog. It is dismissed with True when someone has subscribed, or gone to what was subscribed already."""

    def __init__(self, host: Host, address: str = "") -> None:
        """`address`: looked up at once."""
        super().__init__(host, id="add")
        self._address = address
        self._asking = ""
        self._searched = ""
        self._named = False
        self._writing = False
        self._folders = sorted({source.folder for source in host.sources.values() if source.folder})

    def body(self) -> ComposeResult:
        """Title, address, what was found, folder and name."""
        appearance = self.appearance
        self._field = TextField(self._address, placeholder=dialogs_words.address_example(), id="address")
        self._list = FeedChoiceList(appearance, self.host.session.now)
        self._folder = TextField(placeholder=dialogs_words.no_folder(), id="folder")
        self._folder.suggester = SuggestFromList(self._folders, case_sensitive=False)
        self._title = TextField(id="name")
        yield PanelLines(
            lambda y, width: title_line(*dialogs_words.add_title(), width, appearance()) if y == 1 else [],
            appearance,
            3,
        )
        with Horizontal(classes="field alone"):
            yield self._field
        yield self._list
        with Horizontal(classes="fields"):
            with Horizontal(classes="field"):
                yield FieldLabel(dialogs_words.field("folder"), appearance, 8)
                yield self._folder
            with Horizontal(classes="field"):
                yield FieldLabel(dialogs_words.field("name"), appearance, 6)
                yield self._title

    def on_mount(self) -> None:
        """An address that was given is looked up; else one is asked for."""
        super().on_mount()
        self._list.tell(dialogs_words.how_to_add())
        self._field.focus()
        if self._address.strip():
            self._search()

    def show_error(self, sentence: str) -> None:
        """Say what went wrong where the result would be; what was typed stays."""
        self._asking, self._writing = "", False
        self._list.show(SearchResult(notes=(sentence,)))
        self._field.focus()
        self.redraw()

    def key_words(self) -> list[tuple[str, str]]:
        """The keys, by where the cursor is."""
        here = self._list.here
        known = here is not None and here.offer.source is not None
        return dialogs_words.add_keys(self._where(), ticked=len(self._list.ticked), known=known)

    def _where(self) -> str:
        if self._asking:
            return "asking"
        if self._field.has_focus or self._list.here is None:
            return "found" if self._list.here and self._field.value == self._searched else "address"
        return "found" if self._list.has_focus else "folder" if self._folder.has_focus else "name"

    def on_input_changed(self, event: TextField.Changed) -> None:
        """A name that was typed stays when the cursor moves on."""
        if event.input is self._title and self._title.has_focus:
            self._named = bool(event.value)
        self.redraw()

    def on_input_submitted(self, event: TextField.Submitted) -> None:
        """Search, or subscribe to what was found."""
        event.stop()
        if event.input is self._field and (self._field.value != self._searched or self._list.here is None):
            self._search()
        else:
            self._subscribe()

    def on_key(self, event: events.Key) -> None:
        """Move between fields and in the list."""
        if not self._take(event.key):
            if event.character is None or not event.is_printable or not self._list.has_focus:
                return
            self._field.focus()  # another address, in place of the one that led here
            self._field.select_value()
            self._field.put(event.character)
        event.stop()
        event.prevent_default()

    def _take(self, key: str) -> bool:
        on_list = self._list.has_focus
        if key == "escape":
            self._escape()
        elif key in ("tab", "shift+tab"):
            self._next_field(1 if key == "tab" else -1)
        elif key in ("down", "up"):
            self._step(1 if key == "down" else -1)
        elif on_list and key in ("j", "k"):
            self._step(1 if key == "j" else -1)
        elif on_list and key == "space":
            self._list.tick()
            self._move_on()
        elif on_list and key == "enter":
            self._subscribe()
        else:
            return False
        return True

    def _escape(self) -> None:
        if self._asking:
            self.workers.cancel_group(self, "find")
            self._asking = ""
            if self._list.result.candidates:  # of several addresses: what has come stays
                self._show_found(replace(self._list.result, right=dialogs_words.stopped()))
            else:
                self._list.tell(dialogs_words.asking_stopped())
                self.redraw()
        else:
            self.dismiss(False)

    def _next_field(self, step: int) -> None:
        order = [self._field, self._list, self._folder, self._title] if self._list.here else [self._field]
        at = next((index for index, widget in enumerate(order) if widget.has_focus), 0)
        order[(at + step) % len(order)].focus()

    def _step(self, step: int) -> None:
        if self._folder.has_focus:
            self._offer_folder(step)
        elif self._list.here is None or self._title.has_focus:
            return
        elif self._list.has_focus and step < 0 and self._list.cursor == 0:
            self._field.focus()
        else:
            if self._field.has_focus and step > 0 and self._field.value != self._searched:
                self._list.focus()
                return
            if not self._list.has_focus:
                self._list.focus()
            self._list.move(step)
            self._move_on()

    def _offer_folder(self, step: int) -> None:
        offered = ["", *self._folders]
        at = offered.index(self._folder.value) if self._folder.value in offered else 0
        self._folder.value = offered[(at + step) % len(offered)]
        self._folder.cursor_position = len(self._folder.value)

    def _search(self) -> None:
        typed = self._field.value.strip()
        if not typed:
            self._list.tell(dialogs_words.how_to_add())
            return
        self._searched, self._named = self._field.value, False
        asked = addresses(typed)
        if asked:
            self._asking = ", ".join(dict.fromkeys(urls.host(_with_scheme(address)) or address for address in asked))
            self._list.tell(dialogs_words.asking(self._asking))
            self.redraw()
        self.begin(partial(self._find, typed, asked), "find")

    async def _find(self, typed: str, asked: Sequence[str]) -> None:
        named = await self._in_catalogue(typed) if not asked else ()
        if asked:
            result = await self._behind(asked)
        elif named:
            result = SearchResult(dialogs_words.found_in_catalogue(len(named)), "", named)
        else:
            result = SearchResult(notes=(dialogs_words.no_such_paper(typed),))
        self._asking = ""
        self._show_found(result, keep=bool(asked))

    def _show_found(self, result: SearchResult, *, keep: bool = True) -> None:
        """Show all there is to choose from, with `keep` what was shown before and more; where nothing has answered,
        the cursor stays in the field: the address may be wrong."""
        self._list.show(result, keep=keep)
        if any(one.failure is None or one.failure.kind is FailureKind.WAIT for one in result.candidates):
            self._list.focus()
        self._move_on()

    async def _in_catalogue(self, typed: str) -> tuple[FeedChoice, ...]:
        library = self.host.session.library
        known = {urls.canonical(source.url): source for source in await library.reading(library.sources)}

        def search() -> tuple[FeedChoice, ...]:
            from reader.lists import catalogue
            from reader.news.subscriptions import FoundFeed

            papers = catalogue.search(catalogue.papers(), typed)[:PAPERS_AT_MOST]
            return tuple(
                FeedChoice(FoundFeed(paper.feed, paper.name, None, known.get(urls.canonical(paper.feed))), paper)
                for paper in papers
            )

        return await asyncio.to_thread(search)

    async def _behind(self, asked: Sequence[str]) -> SearchResult:
        """What stands behind all these addresses; of several, each is shown as soon as it has answered."""
        loader = await self.host.session.loader()
        from reader.news.subscriptions import find

        sources = await loader.library.reading(loader.library.sources)
        answers: dict[str, FoundFeeds | Failure] = {}

        async def ask(address: str) -> None:
            answers[address] = await find(loader, address)
            if len(answers) < len(asked):
                self._list.show(self._found(asked, answers, sources), keep=True)

        async with asyncio.TaskGroup() as group:
            for address in asked:
                group.create_task(ask(address))
        return self._found(asked, answers, sources)

    def _found(
        self, asked: Sequence[str], answers: "Mapping[str, FoundFeeds | Failure]", sources: Sequence[Source]
    ) -> SearchResult:
        """What those that have answered offer, in the order in which they were asked."""
        from reader.news.subscriptions import unanswered

        found: dict[str, FeedChoice] = {}
        notes: list[str] = []
        ticked: set[str] = set()
        several = len(asked) > 1
        for address in filter(answers.__contains__, asked):
            answer = answers[address]
            if isinstance(answer, Failure):
                offer = unanswered(sources, address, answer)
                if offer is not None:
                    found.setdefault(offer.url, FeedChoice(offer, failure=answer))
                else:
                    name, zone = without_login(address), self.host.session.zone
                    beside = name if several else ""
                    sentence = words.failure(answer, zone=zone, keys=False, promises=False, beside=beside)
                    notes.append(words.with_name(name, sentence) if several else words.capitalized(sentence))
                likeliest = offer if answer.kind is FailureKind.WAIT else None
            else:
                likeliest = answer.offers[0]
                for offer in answer.offers:
                    found.setdefault(offer.url, FeedChoice(offer))
            if several and likeliest is not None and likeliest.source is None:
                ticked.add(likeliest.url)  # a person named them all on purpose
        took = [answer.seconds for answer in answers.values() if not isinstance(answer, Failure)]
        right = dialogs_words.checked_in(max(took)) if took else ""
        if len(answers) < len(asked):
            right = dialogs_words.answered(len(answers), len(asked))
        heading = dialogs_words.found(len(found), len(asked)) if found or len(answers) < len(asked) else ""
        if found and len(answers) == len(asked) and all(one.failure is not None for one in found.values()):
            heading = dialogs_words.none_answered(len(asked))
        return SearchResult(heading, right, tuple(found.values()), tuple(notes), frozenset(ticked))

    def _move_on(self) -> None:
        """The cursor is on another one: its name, and its headlines where nobody has asked for them yet."""
        here = self._list.here
        several = len(self._list.ticked) > 1
        self._title.disabled = several
        self._title.placeholder = dialogs_words.each_its_name() if several else ""
        if several:
            self._title.value = ""
        elif not self._named:
            one = self._list.chosen[0] if self._list.chosen else None
            self._title.value = one.offer.title if one else ""
        unknown = here is not None and here.offer.feed is None and here.failure is None and here.offer.source is None
        if here is not None and unknown and not self.host.session.offline:
            self._list.mark_loading(here.offer.url)
            self.begin(partial(self._preview, here), "preview")
        else:
            self.workers.cancel_group(self, "preview")
            self._list.mark_loading(None)
        self.redraw()

    async def _preview(self, found: FeedChoice) -> None:
        loader = await self.host.session.loader()
        from reader.news.subscriptions import fetch_offer

        answer = await fetch_offer(loader, found.offer)
        failure = answer if isinstance(answer, Failure) else None
        offer = None if isinstance(answer, Failure) else answer
        self._list.mark_loading(None)
        self._list.show(self._list.result.with_answer(found.offer.url, offer, failure), keep=True)
        self.redraw()

    def _subscribe(self) -> None:
        chosen = self._list.chosen
        if self._writing or self._asking or not chosen:
            return
        here = self._list.here
        asked_anew = here is not None and here.offer.login is not None
        if here is not None and here.offer.source is not None and not self._list.ticked and not asked_anew:
            self._go(here.offer.source, dialogs_words.known(here.offer.source.title))
            return
        try:
            folder = folders.tidy(self._folder.value)
        except ValueError:
            self._list.show(replace(self._list.result, notes=(dialogs_words.wrong("folder"),)), keep=True)
            self._folder.focus()
            self.redraw()
            return
        self._writing = True
        self.workers.cancel_group(self, "preview")
        name = self._title.value.strip() if len(chosen) == 1 else ""
        self.host.start(self.wait_written(self._subscribed(chosen, name or None, folder)), "subscribe")

    async def _subscribed(self, chosen: Sequence[FeedChoice], name: str | None, folder: str | None) -> None:
        from reader.news.subscriptions import SubscriptionRequest, subscribe_all

        session = self.host.session
        requests = [SubscriptionRequest(one.offer, name, folder, one.paper) for one in chosen]
        done = await session.library.writing(subscribe_all, session.library, requests, session.clock())
        sources = [one.source for one in done]
        self.host.changed()
        feeds = [one.offer.feed for one in chosen if one.offer.feed is not None]
        if not any(one.new for one in done):
            sentence = dialogs_words.known(sources[0].title)
        elif len(sources) > 1:
            sentence = dialogs_words.subscribed_many(len(sources))
        elif feeds:
            sentence = subscriptions_words.subscribed(sources[0].title, len(feeds[0].entries))
        else:
            sentence = dialogs_words.subscribed_to(sources[0].title)
        self._go(sources[0], sentence)
        met = [one.offer.failure for one in chosen]  # those that are silent were asked a moment ago
        wanted = [failed is None or failed.kind is FailureKind.WAIT for failed in met]
        ids = [source.id for source, is_wanted in zip(sources, wanted, strict=True) if is_wanted]
        if ids:
            self.host.fetch(ids, sentence)  # also those whose headlines are here: their stories are not

    def _go(self, source: Source, sentence: str) -> None:
        self.host.sources = self.host.sources | {source.id: source}  # its view is named before they are read again
        self.host.open_view(View("source", source=source.id))
        self.host.say(sentence)
        if self.is_attached:
            self.dismiss(True)


def _with_scheme(address: str) -> str:
    return address if "://" in address else f"https://{address}"
