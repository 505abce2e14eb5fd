"""A library in every text of which something stands that acts in a terminal: as if no door had cleaned anything.

`FIELDS` is the table of the fields of `reader.models` that outside text may reach. It is complete by construction: a
field of a kind that holds text and is not in it fails a test.
"""

import types
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from reader import models
from reader.models import (
    Article,
    Enclosure,
    Entry,
    Failure,
    FailureKind,
    Figure,
    Link,
    LinkKind,
    NewSource,
    SourceChanges,
)
from reader.store import FeedChanges, Library

ACTS = "\x1b]0;owned\x07\x1b[5m\x1b[?1049l\x1b[2J\x9b8m\x90q\x9c\x9d0;owned\x9c\u202e\u2066\u200b\x7f\x08\x0e\x1bc\r"
"""A title, a blink, the other screen, an empty one, C1 codes, bidi controls, a reset: none of them Textual's."""

OUTSIDE = "outside"
"""Text of a feed, a page, an address or a person's list: the library below has it with `ACTS` in it."""

FIELDS: dict[str, str] = {
    **{f"Link.{name}": OUTSIDE for name in ("title", "url", "section", "summary")},
    **{f"Figure.{name}": OUTSIDE for name in ("image", "caption", "credit")},
    **{f"Enclosure.{name}": OUTSIDE for name in ("url", "type", "title")},
    **{
        f"Article.{name}": OUTSIDE
        for name in (
            "url canonical_url site title kicker section tags authors lang lede markdown figures links enclosures how"
        ).split()
    },
    **{
        f"Entry.{name}": OUTSIDE
        for name in ("guid link title summary content authors section picture enclosures discussion linked").split()
    },
    "Feed.url": "Source.url",
    "Feed.title": "Source.title",
    "Feed.home": "Source.home",
    "Feed.language": "Source.language",
    "Feed.description": "never kept nor shown",
    "Feed.entries": "Entry",
    "Feed.fault": "Failure",
    "Login.user": "never shown",
    "Login.password": "never shown",
    **{
        f"{kind}.{name}": OUTSIDE
        for kind in ("Source", "NewSource")
        for name in "url title short home folder language user_agent categories headers credentials".split()
    },
    "Source.brand_colour": "checked when it is drawn",
    "NewSource.brand_colour": "checked when it is drawn",
    "Source.etag": "never shown",
    "Source.last_modified": "never shown",
    "Source.body_hash": "never shown",
    "Source.failure": "Failure",
    "NewSource.login": "Login",
    **{
        f"SourceChanges.{name}": "Source"
        for name in SourceChanges.__annotations__
        if name not in ("interval", "stories", "feed_text", "browser", "seconds", "keep_days", "keep_megabytes")
    },
    "Failure.url": OUTSIDE,
    "Failure.cause": "the log alone",
    "RefreshEvent.source": "Source",
    "RefreshEvent.failure": "Failure",
    "RefreshEvent.moved_to": "Source.url",
}
"""Field by class, and where its text goes: OUTSIDE, another field that it becomes, or why it is never seen."""


def fields_with_text() -> set[str]:
    """Return each field of the classes in `reader.models` in whose values there can be text."""
    classes = [one for one in vars(models).values() if isinstance(one, type) and one.__module__ == models.__name__]
    found = set()
    for one in classes:
        if is_dataclass(one) or hasattr(one, "_fields") or hasattr(one, "__required_keys__"):
            for name, kind in get_type_hints(one).items():
                if _holds_text(kind):
                    found.add(f"{one.__name__}.{name}")
    return found


def _holds_text(kind: Any) -> bool:
    if get_origin(kind) in (tuple, list, Union, types.UnionType):
        return any(map(_holds_text, get_args(kind)))
    if kind is str:
        return True
    return is_dataclass(kind) or (isinstance(kind, type) and hasattr(kind, "_fields"))


def hostile(kind: type, name: str) -> str:
    """Return a text for a field, with a name to know it by: an address for what is one."""
    word = f"{kind.__name__}.{name}"
    if FIELDS[word] != OUTSIDE:
        raise KeyError(word)
    if name in ("url", "canonical_url", "link", "picture", "image", "discussion", "linked", "home"):
        return f"https://gull.example/{word}/{ACTS}x"
    return f"{word}{ACTS}"


def made(kind: type, /, **own: Any) -> Any:
    """Return a value in which every text of its own is hostile."""
    values: dict[str, Any] = {}
    names = [field.name for field in fields(kind)] if is_dataclass(kind) else list(kind._fields)  # type: ignore[attr-defined] # a NamedTuple
    kinds = get_type_hints(kind)
    for name in names:
        if FIELDS.get(f"{kind.__name__}.{name}") != OUTSIDE or name in own:
            continue
        text = hostile(kind, name)
        inner = get_args(kinds[name])
        if name == "headers":
            values[name] = ((text, text),)
        elif get_origin(kinds[name]) is tuple and inner[0] is str:
            values[name] = (text,)
        elif get_origin(kinds[name]) is not tuple:
            values[name] = text
    return kind(**{**values, **own})


def make(path: Path) -> None:
    """Make the library: two sources, one of them failing; a story that is kept, one that is not, one that failed."""
    now = datetime.now(UTC)
    enclosures = (made(Enclosure, length=1000, duration=60),)
    with Library.open(path) as library:
        source, failing = library.add_sources(
            [made(NewSource), made(NewSource, url=f"https://tern.example/{ACTS}y", title=f"Failing{ACTS}")]
        )
        entries = tuple(
            made(
                Entry,
                guid=f"Entry.guid{ACTS}{number}",
                link=f"https://gull.example/Entry.link/{ACTS}{number}",
                published=now - timedelta(minutes=number),  # the one with an article comes first
                enclosures=enclosures,
            )
            for number in range(3)
        )
        changes = FeedChanges(
            title=source.title,
            home=source.home,
            language=source.language,
            new=entries,
            due_at=int(now.timestamp()) + 3000,
        )
        library.keep_feed(source.id, changes, now=now.timestamp())
        library.keep_failure(
            failing.id,
            made(Failure, kind=FailureKind.NO_HOST, cause=f"{ACTS}"),
            due_at=int(now.timestamp()) + 3000,
            now=now.timestamp(),
        )
        figures = (made(Figure),)
        links = tuple(made(Link, kind=kind) for kind in LinkKind if kind is not LinkKind.NEXT)
        body = f'Words {ACTS} of it.\n\n## Part {ACTS}\n\n![{figures[0].caption}](x.png "{ACTS}")\n\n`code {ACTS}`\n\n'
        body += f"| a{ACTS} | b |\n| --- | --- |\n| c{ACTS} | d |\n\n- point {ACTS}\n\n[named {ACTS}](https://gull.example/{ACTS})\n"
        for entry in entries[:2]:
            page = library.page_of(entry.link)
            assert page is not None
            library.keep_article(
                page,
                made(
                    Article,
                    url=entry.link,
                    canonical_url=entry.link,
                    markdown=f"{body}{ACTS}",
                    figures=figures,
                    links=links,
                    enclosures=enclosures,
                    words=100,
                    minutes=1,
                    published=now,
                ),
            )
