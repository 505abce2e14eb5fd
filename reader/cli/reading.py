"""Commands that read: list, read."""

import asyncio
import re
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reader import words
from reader.cli import Context
from reader.cli.output import complain, failure_json, json_line, table
from reader.errors import Misuse, NotFound
from reader.models import Article, LinkKind
from reader.text import clean_line

if TYPE_CHECKING:
    from reader.config import Config
    from reader.reading import Story
    from reader.store import Library, Row

_NO_HEADLINES = "No headlines. newsstand add URL subscribes to a paper, newsstand refresh fetches."
_LONGEST_TITLE = 160  # characters of a headline in a table; --json has it whole
_SPANS = {"m": 60, "h": 3600, "d": 86400, "w": 7 * 86400}


@click.command("list", epilog="Examples:  newsstand list --unread --limit 20    newsstand list --since 2d --json")
@click.option("--unread", is_flag=True, help="Only what is unread.")
@click.option("--starred", is_flag=True, help="Only what is starred.")
@click.option("--source", help="Only of this source: its number, address or title.")
@click.option("--since", help="Only since then: 30m, 12h, 2d, 1w or a date such as 2026-11-24.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@click.option("--json", "as_json", is_flag=True, help="One object a line.")
@click.pass_obj
def list_command(
    context: Context,
    unread: bool,
    starred: bool,
    source: str | None,
    since: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """Print headlines, newest first. The number before each is what `newsstand read` takes."""
    moment = None if since is None else _since(since)
    with context.library() as library:
        which = None if source is None else _source(library, source)
        rows = library.entries(unread=unread, starred=starred, source=which, since=moment, limit=limit)
        if as_json:
            for row in rows:
                json_line(_fields(row))
        elif rows:
            table([_line(row) for row in rows])
        else:
            told = "No headline passes these options." if library.entries(limit=1) else _NO_HEADLINES
            click.echo(told, err=True)


def _line(row: "Row") -> list[str]:
    mark = "★" if row.starred else " " if row.read else "●"
    when = datetime.fromtimestamp(row.time, UTC).astimezone()
    return [str(row.entry or ""), mark, f"{when:%Y-%m-%d %H:%M}", row.paper, clean_line(row.title, _LONGEST_TITLE)]


def _fields(row: "Row") -> dict[str, object]:
    return {
        "id": row.entry,
        "title": row.title,
        "url": row.url,
        "paper": row.paper,
        "source": row.source,
        "section": row.section,
        "summary": row.summary,
        "time": datetime.fromtimestamp(row.time, UTC),
        "read": row.read,
        "starred": row.starred,
        "kept": row.kept,
        "updated": row.changed,
        "minutes": row.minutes,
    }


def _since(text: str) -> int:
    span = re.fullmatch(r"(\d{1,6})([mhdw])", text.strip())
    if span:
        return int(time.time()) - int(span[1]) * _SPANS[span[2]]
    try:
        return int(datetime.fromisoformat(text).astimezone().timestamp())
    except (ValueError, OverflowError) as error:
        raise click.BadParameter(
            f"{text!r} is neither a span (30m, 12h, 2d, 1w) nor a date.", param_hint="--since"
        ) from error


def _source(library: "Library", text: str) -> int:
    from reader.text import fold

    sources = library.sources()
    for source in sources:
        if text in (str(source.id), source.url):
            return source.id
    named = [source for source in sources if fold(text) in fold(source.title)]
    if len(named) == 1:
        return named[0].id
    if named:
        raise NotFound(f"--source {text}: that could be {', '.join(source.title for source in named)}.")
    raise NotFound(f"--source {text}: there is no such source. `newsstand sources` lists them.")


@click.command(
    "read",
    epilog="Examples:  newsstand read 12    newsstand read https://example.org/story    "
    "newsstand read page.html --url https://example.org/story --json    curl -s URL | newsstand read - --url URL",
)
@click.argument("what")
@click.option("--url", help="The address that a file or standard input came from.")
@click.option("--json", "as_json", is_flag=True, help="The article's fields as one object.")
@click.pass_obj
def read_command(context: Context, what: str, url: str | None, as_json: bool) -> None:
    """Print a story as Markdown: WHAT is a headline's number, any URL, a file, or - for standard input."""
    from reader.urls import is_web

    if url is not None and not is_web(url):
        raise Misuse(f"--url {url}: this is no web address. One begins with https:// or http://.")
    story = _story(context, what, url)
    article = story.article
    if article is None:
        if as_json and story.failure is not None:
            json_line({"url": story.url, "failure": failure_json(story.failure)})
        if story.failure is not None:
            complain(what, story.failure, promises=False)
        sys.exit(1)
    if as_json:
        json_line(asdict(article))
    else:
        click.echo(as_markdown(article))


def _story(context: Context, what: str, url: str | None) -> "Story":
    from reader.reading import LARGEST_FILE, read_bytes, read_file
    from reader.urls import is_web

    if what == "-":
        if url is None:
            raise Misuse("read -: say with --url where the page came from, so that its links lead somewhere.")
        return read_bytes(sys.stdin.buffer.read(LARGEST_FILE + 1), url)
    file = Path(what)
    if not is_web(what) and (_exists(file) or not _is_number(what)):
        if not _exists(file):
            raise NotFound(f"{what}: this is no headline's number, no web address and no file.")
        return read_file(file, url)
    if url is not None:
        raise Misuse(f"read {what}: --url goes with a file or -, this is kept or fetched from its own address.")
    settings = context.config()
    with context.library() as library:
        return asyncio.run(_brought(library, settings, what))


def _is_number(what: str) -> bool:
    return re.fullmatch(r"[0-9]{1,18}", what) is not None


def _exists(file: Path) -> bool:
    try:
        return file.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


async def _brought(library: "Library", settings: "Config", what: str) -> "Story":
    from reader.reading import Desk

    page = None
    if _is_number(what):
        page = library.entry_page(int(what))
        row = None if page is None else library.row(page)
        if row is None:
            raise NotFound(f"{what}: there is no headline of this number. `newsstand list` shows them.")
        what = row.url
    desk = Desk(library, settings, workers=False)
    try:
        return await desk.open(what, page=page)
    finally:
        await desk.close()


def as_markdown(article: Article) -> str:
    """Return an article as one Markdown document: headline, facts, lede, body, related stories."""
    facts = [*article.authors]
    if article.published is not None:
        facts.append(words.long_moment(article.published))
    facts += [fact for fact in (article.section, words.minutes(article.minutes) if article.minutes else None) if fact]
    parts = [f"# {_escaped(article.title)}"]
    if facts:
        parts.append(" · ".join(map(_escaped, facts)))
    if article.lede:
        parts.append(f"*{_escaped(article.lede)}*")
    parts.append(article.markdown)
    for kind, heading in ((LinkKind.RELATED, "Related"), (LinkKind.MORE, "Read more")):
        links = [link for link in article.links if link.kind is kind]
        if links:
            parts.append(f"## {heading}")
            parts.append("\n".join(f"- [{_escaped(link.title)}](<{link.url}>)" for link in links))
    return "\n\n".join(part.strip() for part in parts)


def _escaped(text: str) -> str:
    return re.sub(r"([\\`*_\[\]<>&#])", r"\\\1", text)
