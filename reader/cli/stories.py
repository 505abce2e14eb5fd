"""Commands about stories: list, read, mark, save."""

import asyncio
import os
import shlex
import signal
import sys
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from reader import shutdown, words
from reader.cli import completion
from reader.cli.context import Context
from reader.cli.output import (
    Progress,
    complain,
    failure_json,
    json_line,
    say,
    say_json,
    say_styled,
    show_in_pager,
    shows_styles,
    table,
)
from reader.cli.output.headlines import print_headlines
from reader.cli.output.terminal import is_terminal
from reader.cli.selection import any_asked, chosen, filters, is_number, pages_of
from reader.errors import Misuse, NotFound
from reader.models import Article, Failure, FailureKind, LinkKind
from reader.text import clean_line
from reader.text.compare import is_beginning
from reader.text.logins import split_login, without_login
from reader.text.markdown_escape import destination, escape, heading, paragraph
from reader.text.secrets import without_secrets
from reader.words import command_line as command_line_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reader.config import Config
    from reader.models import Login
    from reader.news.stories import Story
    from reader.store import Act, Library, Row

_WIDEST = 80  # cells of a printed story, where the terminal is wider
_ACTS = ("read", "unread", "star", "unstar", "save", "unsave")  # what `mark --as` takes


@click.command(
    "list",
    epilog="Examples:  newsstand list --unread --limit 20    newsstand list --since 2d --json    "
    "newsstand read $(newsstand list | fzf | cut -d' ' -f1)",
)
@filters
@click.option("--limit", type=click.IntRange(1, 10**9), help="At most this many.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.pass_obj
def list_command(context: Context, /, limit: int | None, as_json: bool, **asked: object) -> None:
    """Print headlines, newest first. The number before each is what `newsstand read` takes."""
    with context.library() as library:
        wanted = chosen(library, asked)
        if as_json:
            for lines in library.json_lines(wanted, limit=limit):
                say_json(lines)
            return
        rows = library.entries(wanted, limit=limit)
        if rows:
            print_headlines(rows, datetime.now(UTC).astimezone())
        else:
            say(command_line_words.no_headlines(filtered=bool(library.entries(limit=1))), err=True)


@click.command(
    "read",
    epilog="Examples:  newsstand read 12    newsstand read https://example.org/story    "
    "newsstand read page.html --url https://example.org/story --json    curl -s URL | newsstand read - --url URL",
)
@click.argument("what", nargs=-1, required=True, metavar="WHAT...", shell_complete=completion.stories)
@click.option("--url", help="The web address of the file or of standard input.")
@click.option("--all-pages", is_flag=True, help="Also load the other pages of a story that is split over several.")
@click.option("--plain", is_flag=True, help="Plain Markdown, on a terminal too.")
@click.option("--width", type=click.IntRange(20, 400), help="Longest line, in cells. Also styles the output in a pipe.")
@click.option("--links", "only_links", is_flag=True, help="Print its links instead: number, kind, title, address.")
@click.option("--mark", is_flag=True, help="Mark it read.")
@click.option("--no-pager", is_flag=True, help="Do not use a pager.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line, with the fields of the article.")
@click.pass_obj
def read_command(
    context: Context,
    what: tuple[str, ...],
    url: str | None,
    all_pages: bool,
    plain: bool,
    width: int | None,
    only_links: bool,
    mark: bool,
    no_pager: bool,
    as_json: bool,
) -> None:
    """Print stories as Markdown. WHAT is a headline's number, any URL, a file, or - for standard input.

    On a terminal a story is styled, and a long one goes through a pager ($NEWSSTAND_PAGER, $PAGER, less).
    """
    from reader.text.urls import is_web

    if url is not None and not is_web(url):
        raise Misuse(command_line_words.not_web(f"--url {url}"))
    if url is not None and len(what) > 1:
        raise Misuse(command_line_words.one_url())
    code = 0
    styled = not plain and (width is not None or is_terminal(sys.stdout))
    texts: list[str] = []
    notes: list[str] = []
    waits: list[Failure] = []
    for one in what:
        story, stopped_at = _story(context, one, url, mark, all_pages, waits)
        waits += [story.failure] if story.failure is not None else []
        article = story.article
        if article is None:
            code = 1
            if as_json and story.failure is not None:
                address = without_secrets(story.url)
                json_line({"id": story.page, "url": address, "failure": failure_json(story.failure, promises=False)})
            if story.failure is not None:
                complain(without_login(one), story.failure, promises=False)
            continue
        if all_pages and story.failure is not None:
            code = 1
        if story.failure is not None:  # what is printed is the feed's own text, or the pages that came
            complain(story.failure.url, story.failure, promises=False)
        goes_on = _goes_on(one, article, all_pages=all_pages, stopped_at=stopped_at)
        if goes_on and (stopped_at or not (as_json or only_links or story.failure)):
            notes.append(goes_on)
        if as_json:
            json_line(asdict(article))
        elif only_links:
            _list_links(article, one)
        elif styled:
            texts.append(_styled(context, story, article, width or min(_WIDEST, get_terminal_size().columns)))
        else:
            texts.append(as_markdown(article))
        if stopped_at:
            code = 128 + signal.SIGINT
            break
    _show("\n\n".join(texts), styled=styled, paged=styled and not no_pager)
    for note in notes:  # after the pager, which would cover them
        say(note, err=True)
    sys.exit(code)


def _goes_on(what: str, article: Article, *, all_pages: bool, stopped_at: int) -> str:
    """Say what is missing of a story that goes on, and how to get it; "" for nothing."""
    if article.next is None:
        return ""
    from reader.text.urls import is_web

    what = without_login(what)
    name = clean_line(what)
    if all_pages and not stopped_at:
        return command_line_words.last_page(name, article.next.url)
    again = what if is_web(what) or (is_number(what) and not _exists(Path(what))) else article.url
    command = f"newsstand read {shlex.quote(clean_line(again))} --all-pages"
    if stopped_at:
        return command_line_words.stopped_at(name, stopped_at, command)
    return command_line_words.more_pages(name, command)


def _styled(context: Context, story: "Story", article: Article, width: int) -> str:
    from reader.ui.article.console import printed_lines

    row, known = None, {}
    if story.page is not None:
        with context.library() as library:
            row, known = library.row(story.page), library.known([link.url for link in article.links])
    now = datetime.now(UTC).astimezone()
    icons = context.config().reader.icons
    return "\n".join(printed_lines(article, os.environ, width=width, icons=icons, now=now, row=row, known=known))


def _list_links(article: Article, what: str) -> None:
    links = [("file", words.file_label(file), file.url) for file in article.enclosures]
    links += [(link.kind.value, link.title, link.url) for link in article.links]
    if not links:
        say(command_line_words.no_links(what), err=True)
        return
    table([[str(n), *link] for n, link in enumerate(links, 1)])


def _show(text: str, *, styled: bool, paged: bool) -> None:
    """Print; as git does, through a pager where stdout is a terminal and it does not fit the screen."""
    if not text:
        return
    if not paged or not shows_styles() or text.count("\n") + 2 < get_terminal_size().lines:
        if styled:
            say_styled(text, colour=True)
        else:
            say(text)
        return
    if pager := os.environ.get("NEWSSTAND_PAGER"):
        os.environ["PAGER"] = pager
    os.environ.setdefault("LESS", "FRX")
    show_in_pager(text)


def _story(
    context: Context, what: str, url: str | None, mark: bool, all_pages: bool, waits: list[Failure]
) -> "tuple[Story, int]":
    """The story, and the page at which a person has stopped it, 0 for none.

    `waits` are the failures so far: hosts that have asked for a pause in one of them are left alone.
    """
    from reader.news.local_file import LARGEST_FILE, extract_bytes, extract_file
    from reader.text.urls import is_web

    if all_pages and (what == "-" or not (is_web(what) or is_number(what))):
        raise Misuse(command_line_words.no_pages_of_file(what))
    if what == "-":
        if url is None:
            raise Misuse(command_line_words.url_needed())
        if sys.stdin is None:
            raise Misuse(command_line_words.input_closed("read -"))
        return extract_bytes(sys.stdin.buffer.read(LARGEST_FILE + 1), url, own=context.config().rules), 0
    file = Path(what)
    if not is_web(what) and (_exists(file) or not is_number(what)):
        if not _exists(file):
            raise NotFound(command_line_words.neither_story_nor_file(what))
        return extract_file(file, url, own=context.config().rules), 0
    if url is not None:
        raise Misuse(command_line_words.url_not_needed(what))
    from reader.store import with_attachments

    settings = context.config()
    with context.library() as library:
        loaded = _loaded(library, settings, what, waits, all_pages=all_pages)
        story, stopped_at = shutdown.run(loaded, hurries=False)
        if mark and story.page is not None and story.article is not None:
            library.mark_read([story.page])
        row = None if story.page is None else library.row(story.page)
        if row is not None:
            story = _with_title_at_least(story, row)
        if row is not None and story.article is not None:
            article = with_attachments(story.article, row)
            if article.published is None and row.source is not None:  # as the reader shows it
                article = replace(article, published=datetime.fromtimestamp(row.time, UTC))
            story = replace(story, article=article)
        return story, stopped_at


def _with_title_at_least(story: "Story", row: "Row") -> "Story":
    """An entry that is a title and files, or a title alone, is read as that: it is all that its feed gives."""
    without_page = story.failure is not None and story.failure.kind is FailureKind.NO_ADDRESS
    if story.article is not None or not (without_page or row.enclosures):
        return story
    article = Article(
        url=row.url,
        canonical_url=row.url,
        site=row.paper,
        title=row.title,
        section=row.section,
        published=datetime.fromtimestamp(row.time, UTC),
        how="feed",
    )
    return replace(story, article=article, failure=None if without_page else story.failure)


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


async def _loaded(
    library: "Library", settings: "Config", what: str, waits: list[Failure], *, all_pages: bool
) -> "tuple[Story, int]":
    """Return the story of this number or address: as it is kept, else fetched and kept; on request all its pages.

    `waits` as in `_story`. The number is that of the page at which Ctrl-C stopped it: what came before is kept, and
    returned.
    """
    from reader.news.stories import StoryLoader

    page = None
    if is_number(what):
        page = pages_of(library, [what])[0]
        row = library.row(page)
        what = row.url if row is not None else ""
    what, login = split_login(what)
    # A person's own rule may take too long on a page: only a worker can be ended then.
    loader = StoryLoader(library, settings, workers=bool(settings.rules))
    if login is not None:
        loader.own_headers.take(what, login)
    loader.leave_alone(waits)
    progress, stop = Progress(), asyncio.Event()
    try:
        if not all_pages:
            return await loader.open(what, page=page), 0
        whole = asyncio.create_task(loader.open_whole(what, page=page, on_page=progress.page, stop=stop))
        try:
            return await asyncio.shield(whole), 0
        except asyncio.CancelledError:
            if not progress.last_page:
                whole.cancel()
                raise
            stop.set()
            story = await whole
            return story, progress.last_page if story.article is not None and story.article.next is not None else 0
        finally:
            progress.clear()
    finally:
        await loader.close()


def as_markdown(article: Article) -> str:
    """Return an article as one Markdown document: headline, facts, files and discussion, lede, body, related stories.
    No part, no line; and no headline over a post that it is but the beginning of."""
    facts = [*article.authors]
    if article.published is not None:
        facts.append(words.long_moment(article.published.astimezone(), article.published))
    heard = next((file.duration for file in article.enclosures if file.duration), None)  # nobody reads it for a minute
    length = words.duration(heard) if heard else words.minutes(article.minutes) if article.minutes else None
    facts += [fact for fact in (article.section, length) if fact]
    untitled = not article.lede and is_beginning(article.title, article.markdown)
    parts = ["" if untitled else heading(1, escape(article.title)), paragraph(escape(" · ".join(facts)))]
    attached = [(words.file_label(file), file.url) for file in article.enclosures]
    attached += [
        (link.title, link.url) for link in article.links if link.kind in (LinkKind.LINKED, LinkKind.DISCUSSION)
    ]
    parts.append("\n".join(f"- [{escape(name, brackets=True)}]({destination(url)})" for name, url in attached))
    if article.lede:
        parts.append(f"*{escape(article.lede)}*")
    parts.append(article.markdown)
    for kind, name in ((LinkKind.RELATED, "related"), (LinkKind.MORE, "more")):
        links = [link for link in article.links if link.kind is kind]
        if links:
            parts.append(heading(2, words.story_label(name)))
            parts.append("\n".join(f"- [{escape(one.title, brackets=True)}]({destination(one.url)})" for one in links))
    return "\n\n".join(part.strip() for part in parts if part.strip())


@click.command(
    "mark",
    epilog="Examples:  newsstand mark 12 15 --as star    newsstand mark --all --source Gull --as read    "
    "newsstand list --unread | grep Sport | cut -d' ' -f1 | newsstand mark - --as read",
)
@click.argument("ids", nargs=-1, metavar="[ID...]", shell_complete=completion.stories)
@click.option("--as", "act", type=click.Choice(_ACTS), default="read", show_default=True, help="How to mark them.")
@click.option("--all", "every", is_flag=True, help="All stories that the options below select.")
@filters
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_obj
def mark_command(
    context: Context, /, ids: tuple[str, ...], act: str, every: bool, as_json: bool, **asked: object
) -> None:
    """Mark stories read, unread, starred or saved. ID: a number of `newsstand list`; - reads numbers from stdin."""
    if not ids and not every:
        raise Misuse(command_line_words.no_stories_chosen())
    if ids and (every or any_asked(asked)):
        raise Misuse(command_line_words.numbers_or_all())
    with context.library() as library:
        if every:
            pages = [row.page for row in library.entries(chosen(library, asked))]
        else:
            pages = pages_of(library, _numbers(ids))
        done = _marked(library, act, pages)
    if as_json:
        json_line({"act": act, "asked": len(pages), "changed": done.pages})
    else:
        say(command_line_words.marked(act, done.pages), err=True)


def _numbers(ids: "Sequence[str]") -> list[str]:
    numbers: list[str] = []
    for one in ids:
        if one == "-":
            if sys.stdin is None:
                raise Misuse(command_line_words.input_closed("mark -"))
            numbers += [line.split()[0] for line in sys.stdin if line.strip()]
        else:
            numbers.append(one)
    return numbers


def _marked(library: "Library", act: str, pages: list[int]) -> "Act":
    if act in ("read", "unread"):
        return library.mark_read(pages, act == "read")
    if act in ("star", "unstar"):
        return library.star(pages, act == "star")
    return library.save(pages, act == "save")


@click.command(
    "save",
    epilog="Examples:  newsstand save https://example.org/story    newsstand save 12 --remove",
)
@click.argument("what", nargs=-1, required=True, metavar="URL|ID...", shell_complete=completion.stories)
@click.option("--remove", is_flag=True, help="Remove them from Read later.")
@click.option("--no-fetch", is_flag=True, help="Do not fetch them now.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object per line.")
@click.pass_obj
def save_command(context: Context, what: tuple[str, ...], remove: bool, no_fetch: bool, as_json: bool) -> None:
    """Add pages to Read later, and keep them for reading offline. A page that cannot be fetched now is added anyway."""
    from reader.text.urls import is_web

    wrong = [one for one in what if not is_number(one) and not is_web(one)]
    if wrong:
        raise Misuse(command_line_words.neither_story_nor_page(wrong[0]))
    settings = context.config()
    with context.library() as library:
        pages_of(library, [one for one in what if is_number(one)])  # all of them are there, or nothing is done
        logins = dict(split_login(one) for one in what)
        pages = [pages_of(library, [one])[0] if is_number(one) else library.ensure_page(one) for one in logins]
        pages = list(dict.fromkeys(pages))
        library.save(pages, not remove)
        stories = [] if remove or no_fetch else shutdown.run(_fetched(library, settings, pages, logins))
        failed = {story.page: story.failure for story in stories if story.failure is not None and not story.kept}
        rows = library.rows(pages)
        code = 0
        for page in pages:
            row, failure = rows[page], failed.get(page)
            code = max(code, int(failure is not None))
            if as_json:
                kept = None if failure is None else failure_json(failure)
                json_line({"id": row.page, "url": row.url, "title": row.title, "saved": row.saved, "failure": kept})
                continue
            say(command_line_words.saved_row(row.page, row.title, removed=remove, kept=row.kept))
            if failure is not None:
                complain(command_line_words.saved_not_kept(), failure)
    sys.exit(code)


async def _fetched(
    library: "Library", settings: "Config", pages: list[int], logins: "Mapping[str, Login | None]"
) -> "list[Story]":
    from reader.news.stories import StoryLoader

    loader = StoryLoader(library, settings, workers=False)
    for address, login in logins.items():
        if login is not None:
            loader.own_headers.take(address, login)
    try:
        rows = library.rows(pages)
        return [await loader.open(rows[page].url, page=page) for page in pages]
    finally:
        await loader.close()
