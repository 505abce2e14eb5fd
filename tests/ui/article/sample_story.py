"""Stories for the tests of the article pane, written by us, and what the tests look at in a layout."""

from datetime import datetime, timedelta, timezone
from typing import TypedDict, Unpack

from rich.color import Color, ColorType

from reader.models import Article, Figure, Link, LinkKind
from reader.store import KnownLink
from reader.ui.article.layout import StoryContent, StoryLayout
from reader.ui.theme.theme import Appearance, appearance_of, themes

ZONE = timezone(timedelta(hours=7))
NOW = datetime(2019, 11, 16, 14, 2, tzinfo=ZONE)
THEME = themes("truecolor")[0]
APPEARANCE: Appearance = appearance_of({**THEME.to_color_system().generate(), **THEME.variables})


def known_link(
    *, read: bool = False, minutes: int | None = 5, section: str | None = None, time: int | None = None
) -> KnownLink:
    """What a library would know of a link to a story that it keeps."""
    return KnownLink(1, read, True, minutes, None, "", section, time)


class ArticleFacts(TypedDict, total=False):
    """What a story may say otherwise than the usual one."""

    url: str
    canonical_url: str
    site: str
    title: str
    kicker: str | None
    section: str | None
    authors: tuple[str, ...]
    published: datetime | None
    updated: datetime | None
    lang: str | None
    lede: str | None
    figures: tuple[Figure, ...]
    links: tuple[Link, ...]
    words: int
    minutes: int
    how: str


def article(markdown: str, **fields: Unpack[ArticleFacts]) -> Article:
    """A story of the Nhật báo Sông Hồng with this body."""
    facts: ArticleFacts = {
        "url": "https://songhong.example/pho-di-bo.html",
        "canonical_url": "https://songhong.example/pho-di-bo.html",
        "site": "songhong.example",
        "title": "Phố đi bộ mở thêm hai tuyến",
        "section": "Thời sự",
        "authors": ("Lan Chi",),
        "published": datetime(2019, 11, 16, 13, 53, tzinfo=ZONE),
        "lede": "Từ tối thứ Sáu, hai con đường quanh hồ dành cho người đi bộ.",
        "words": 900,
        "minutes": 4,
        "how": "generic",
    }
    facts.update(fields)
    return Article(markdown=markdown, **facts)


def sheet(markdown: str, known: dict[str, KnownLink] | None = None, **fields: Unpack[ArticleFacts]) -> StoryContent:
    """The story as the pane gets it."""
    return StoryContent(
        now=NOW, article=article(markdown, **fields), paper="Nhật báo Sông Hồng", brand_colour="teal", known=known or {}
    )


def links(
    *titles: str,
    kind: LinkKind = LinkKind.RELATED,
    section: str | None = None,
    summary: str | None = None,
    published: datetime | None = None,
) -> tuple[Link, ...]:
    """Links to stories `/1`, `/2`... of that paper."""
    made = enumerate(titles, 1)
    return tuple(Link(kind, t, f"https://songhong.example/{kind}/{n}", section, summary, published) for n, t in made)


def text(layout: StoryLayout) -> str:
    """The layout as one reads it, without the margin on the left."""
    return "\n".join(line.text[layout.left :].rstrip() for line in layout.lines)


def style_at(layout: StoryLayout, words: str) -> tuple[str, set[str]]:
    """Colour and attributes of the first stretch of text that holds these words."""
    for line in layout.lines:
        for segment in line.segments:
            if words in segment.text and segment.style is not None:
                style = segment.style
                names = {name for name in ("bold", "italic", "underline") if getattr(style, name)}
                return hex_of(style.color), names
    raise AssertionError(f"nothing says {words!r}")


def hex_of(colour: Color | None) -> str:
    """A Rich colour as our themes write it."""
    assert colour is not None
    assert colour.type is ColorType.TRUECOLOR
    return colour.get_truecolor().hex.upper()
