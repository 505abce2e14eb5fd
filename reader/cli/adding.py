"""Commands that find sources: add, catalogue."""

import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING

import click

from reader import shutdown
from reader.cli import completion
from reader.cli.context import Context
from reader.cli.output import ask, complain, failure_json, json_line, say, table
from reader.cli.output.terminal import is_terminal
from reader.errors import Misuse, NotFound
from reader.models import Failure, FailureKind, RefreshStep
from reader.text import clean_line
from reader.text.logins import split_login, without_login
from reader.text.secrets import without_secrets
from reader.words import command_line as command_line_words
from reader.words import subscriptions as subscriptions_words

if TYPE_CHECKING:
    from reader.lists.catalogue import Paper, Section
    from reader.news.stories import StoryLoader
    from reader.news.subscriptions import AskAs, FoundFeed, FoundFeeds, Subscribed, SubscriptionRequest

_NEWEST = 3
"""Headlines shown of each feed."""


@click.command(
    "add",
    epilog="Examples:  newsstand add https://example.org/feed.xml    newsstand add example.org --show    "
    "newsstand add example.org --feed 2 --feed 5    newsstand add vnexpress vnexpress/thoi-su",
)
@click.argument("urls", nargs=-1, required=True, metavar="URL...", shell_complete=completion.papers)
@click.option("--title", help="Name of the source, instead of its own title.")
@click.option(
    "--folder",
    shell_complete=completion.folder_paths,
    help="Put it into this folder; World/Asia is the folder Asia within World.",
)
@click.option("--user-agent", metavar="TEXT", help="User-Agent to send to its server.")
@click.option(
    "--header",
    "headers",
    metavar="'NAME: VALUE'",
    multiple=True,
    help="Header to send to its host, and to no other; can be repeated.",
)
@click.option("--all", "every", is_flag=True, help="Subscribe to every feed of the page.")
@click.option(
    "--feed",
    "numbers",
    type=click.IntRange(min=1),
    multiple=True,
    help="Subscribe to the feed with this number; can be repeated.",
)
@click.option("--anyway", is_flag=True, help="Subscribe also if the server does not answer, or asks to wait.")
@click.option("--show", "--dry-run", "show", is_flag=True, help="Only show the feeds that are found; do not subscribe.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.pass_obj
def add_command(
    context: Context,
    urls: tuple[str, ...],
    title: str | None,
    folder: str | None,
    user_agent: str | None,
    headers: tuple[str, ...],
    every: bool,
    numbers: tuple[int, ...],
    anyway: bool,
    show: bool,
    as_json: bool,
) -> None:
    """Subscribe to a feed, to the main feed of a website, or to a paper of the catalogue by its id.

    If a page has several feeds, you are asked which; a script gets the first, unless it gives --all or --feed.
    USER:PASSWORD@ in an address is sent to its host alone, and kept apart from the subscriptions.
    """
    from reader.cli.sources import checked_headers, checked_name, checked_user_agent, folder_path
    from reader.news.subscriptions import AskAs

    ask_as = AskAs(
        checked_user_agent(user_agent), checked_headers(headers, login=any(split_login(url)[1] for url in urls))
    )
    papers = {url: _paper(url) for url in urls}
    name = None if title is None else checked_name("--title", title)
    choice = _Choice(name, folder_path("--folder", folder), ask_as, every, numbers, anyway, show, as_json)
    settings = context.config()
    with context.library() as library:
        from reader.news.stories import StoryLoader

        async def run() -> int:
            loader = StoryLoader(library, settings)
            try:
                return await choice.subscribe(loader, papers)
            finally:
                await loader.close()

        sys.exit(shutdown.run(run()))


class _Choice:
    """What the options say of every address alike."""

    def __init__(
        self,
        title: str | None,
        folder: str | None,
        ask_as: "AskAs",
        every: bool,
        numbers: Sequence[int],
        anyway: bool,
        show: bool,
        as_json: bool,
    ) -> None:
        self._title, self._folder, self._ask_as, self._every, self._numbers = title, folder, ask_as, every, numbers
        self._anyway, self._show, self._json = anyway, show, as_json

    async def subscribe(self, loader: "StoryLoader", asked: "Mapping[str, tuple[Paper, Section | None] | None]") -> int:
        """Subscribe to what is behind all addresses, as one act; return the exit code."""
        from reader.news.subscriptions import subscribe_all

        code, requests = 0, list["tuple[str, SubscriptionRequest]"]()
        for number, (url, paper) in enumerate(asked.items(), 1):
            failed, behind = await self._behind(loader, number, url, paper)
            code = max(code, failed)
            requests += behind
        if self._title and len(requests) > 1:
            raise Misuse(command_line_words.one_title(len(requests)))
        done = subscribe_all(loader.library, [request for _, request in requests], loader.clock()) if requests else ()
        for (url, _), one in zip(requests, done, strict=True):
            code = max(code, await self._tell(loader, one, url))
        if not self._json and any(one.new for one in done):
            say(command_line_words.undoes(), err=True)
        return code

    async def _behind(
        self, loader: "StoryLoader", number: int, url: str, paper: "tuple[Paper, Section | None] | None"
    ) -> "tuple[int, list[tuple[str, SubscriptionRequest]]]":
        """Return what is chosen of what stands behind the `number`th address, and the exit code of looking there."""
        from reader.news.subscriptions import SubscriptionRequest, find, of_catalogue, unanswered

        if paper is not None and not self._show:
            whole, section = paper
            chosen_paper = (whole, section) if section else whole
            request = of_catalogue(chosen_paper, title=self._title, folder=self._folder, ask_as=self._ask_as)
            return 0, [(request.offer.url, request)]
        found = await find(loader, url if paper is None else (paper[1] or paper[0]).feed, self._ask_as)
        private = bool(split_login(url)[1] or self._ask_as.headers)
        typed, url = url, without_login(url)
        if isinstance(found, Failure):
            offer = unanswered(loader.library.sources(), typed, found, self._ask_as)
            if offer is not None and self._anyway and not self._show:
                return 0, [(url, SubscriptionRequest(offer, self._title, self._folder))]
            if self._json:
                json_line({"argument": number, "url": without_secrets(url), "failure": failure_json(found)})
            complain(url, found, promises=False)
            if offer is not None and not self._show:
                say(command_line_words.add_anyway(), err=True)
            return 2 if found.kind is FailureKind.BAD_URL else 1, []
        if self._show:
            self._print(found)
            return 0, []
        chosen = self._chosen(found)
        others = found.offers[1:]
        if others and not (self._every or self._numbers or self._json or _is_asked()):
            say(command_line_words.more_feeds(), err=True)
            for place, offer in enumerate(others, 2):
                say(f"{place:>3}  {clean_line(offer.title, 60)}  {offer.url}", err=True)
        for offer in chosen if private else ():
            if offer.login is None and not offer.ask_as.headers:
                say(command_line_words.headers_left_out(offer.url), err=True)
        return 0, [(url, SubscriptionRequest(offer, self._title, self._folder)) for offer in chosen]

    def _chosen(self, found: "FoundFeeds") -> "list[FoundFeed]":
        offers = list(found.offers)
        numbers = list(self._numbers)
        if self._every or (len(offers) == 1 and not numbers):
            return offers
        if not numbers and _is_asked() and not self._json:
            self._print(found, err=True)
            numbers = _asked(len(offers))
        wrong = [number for number in numbers if number > len(offers)]
        if wrong:
            raise Misuse(command_line_words.no_such_feed(wrong[0], found.address, len(offers)))
        return [offers[number - 1] for number in dict.fromkeys(numbers)] or offers[:1]

    def _print(self, found: "FoundFeeds", *, err: bool = False) -> None:
        for number, offer in enumerate(found.offers, 1):
            newest = [entry.title for entry in offer.feed.entries[:_NEWEST]] if offer.feed else []
            if self._json:
                source = None if offer.source is None else offer.source.id
                json_line(
                    {
                        "number": number,
                        "url": offer.url,
                        "title": offer.title,
                        "source": source,
                        "headlines": None if offer.feed is None else newest,
                    }
                )
                continue
            there = f"  {command_line_words.there_already()}" if offer.source is not None else ""
            say(f"{number:>3}  {offer.title}  {offer.url}{there}", err=err)
            for headline in newest:
                say(f"       {clean_line(headline, 100)}", err=err)

    async def _tell(self, loader: "StoryLoader", done: "Subscribed", url: str) -> int:
        """Fetch what is not fetched yet, and say what is subscribed."""
        from reader.cli.sources import fields
        from reader.news.refresh import refresh
        from reader.store import EntryFilter

        library, source, code = loader.library, done.source, 0
        if done.changed or (done.new and not done.asked):
            async with aclosing(refresh(loader, sources=[source.id], stories=False)) as events:
                async for event in events:
                    code = max(code, int(event.step is RefreshStep.FAILED and not self._anyway))
        source = library.source(source.id) or source
        if source.failure is not None:
            promises = source.failure.kind is not FailureKind.WAIT and source.answered_at is not None
            complain(source.title, source.failure, promises=promises)
        count = len(library.entries(EntryFilter(sources=(source.id,))))
        if self._json:
            json_line({**fields(source), "headlines": count, "new": done.new})
        elif done.new:
            say(subscriptions_words.subscribed(source.title, count))
            if source.url != url:
                say(command_line_words.feed_found(source.url), err=True)
        else:
            say(command_line_words.subscribed_already(source.title, source.url if source.url != url else "", count))
            if done.changed:
                say(command_line_words.asked_otherwise(), err=True)
        return code


def _is_asked() -> bool:
    """Whether a person sits there who can be asked."""
    return is_terminal(sys.stdin, sys.stderr)


def _asked(count: int) -> list[int]:
    """Ask which feeds, until the answer is numbers of feeds or "all"."""
    while True:
        answer = ask(command_line_words.which_feeds(), default="1")
        if answer.strip().lower() == "all":
            return list(range(1, count + 1))
        numbers = [int(word) for word in re.findall(r"[0-9]{1,4}", answer)]
        if numbers and all(1 <= number <= count for number in numbers):
            return numbers
        say(command_line_words.which_feeds_again(count), err=True)


def _paper(text: str) -> "tuple[Paper, Section | None] | None":
    """Return what an id of the catalogue names: a paper, or with /section one of its sections; None for an address."""
    name, _, section = text.partition("/")
    if re.search(r"[.:@]", name) or name == "localhost":
        return None
    from reader.lists.catalogue import papers, search, section_id
    from reader.text import fold

    paper = next(
        (paper for paper in papers() if name in (paper.id, paper.name) or fold(paper.name) == fold(name)), None
    )
    if paper is None:
        found = search(papers(), text) if text.strip() else []
        if found:
            some = ", ".join(f"{paper.id} ({paper.name})" for paper in found[:4])
            raise NotFound(command_line_words.papers_like(text, some))
        raise NotFound(command_line_words.no_such_paper(text))
    if not section:
        return paper, None
    for one in paper.sections:
        if section_id(one) == section:
            return paper, one
    raise NotFound(command_line_words.no_such_section(text, paper.name, [section_id(one) for one in paper.sections]))


@click.command(
    "catalogue",
    epilog="Examples:  newsstand catalogue tuoi tre    newsstand catalogue --country VN --topic science    "
    "newsstand add vnexpress/thoi-su",
)
@click.argument("word", nargs=-1, metavar="[WORD]")
@click.option(
    "--language", shell_complete=completion.languages, help="Only papers in this language, by code or name: vi, French."
)
@click.option(
    "--country", shell_complete=completion.countries, help="Only papers of this country, by code or name: VN, Japan."
)
@click.option("--topic", shell_complete=completion.topics, help="Only papers on this topic.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
def catalogue_command(
    word: tuple[str, ...], language: str | None, country: str | None, topic: str | None, as_json: bool
) -> None:
    """List newspapers to subscribe to. `newsstand add` takes the id of a paper, or ID/SECTION for one section."""
    from reader.lists.catalogue import language_name, papers, search, section_id
    from reader.text import fold
    from reader.words.catalogue import country_name, topic_name

    def fits(asked: str | None, *names: str) -> bool:
        return asked is None or fold(asked.strip()) in map(fold, names)

    found = [
        paper
        for paper in search(papers(), " ".join(word))
        if fits(language, paper.language, language_name(paper.language))
        and fits(country, paper.country, country_name(paper.country))
        and (topic is None or any(fits(topic, one, topic_name(one)) for one in paper.topics))
    ]
    if as_json:
        for paper in found:
            sections = [{"id": section_id(one), "name": one.name, "feed": one.feed} for one in paper.sections]
            json_line(
                {
                    "id": paper.id,
                    "name": paper.name,
                    "short": paper.short,
                    "home": paper.home,
                    "language": paper.language,
                    "country": paper.country,
                    "topics": paper.topics,
                    "press": paper.brand_colour,
                    "feed": paper.feed,
                    "sections": sections,
                    "verified": paper.verified,
                }
            )
        return
    if not found:
        say(command_line_words.no_paper(), err=True)
        sys.exit(1)
    table(
        [
            [
                paper.id,
                paper.name,
                country_name(paper.country),
                language_name(paper.language),
                ", ".join(map(topic_name, paper.topics)),
                " ".join(map(section_id, paper.sections))
                + ("" if paper.verified else f" {command_line_words.unverified()}"),
            ]
            for paper in found
        ]
    )
