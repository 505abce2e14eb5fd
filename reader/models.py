"""The shared words, as frozen values. No behaviour beyond what is derived from their own fields; no imports of ours.

All text in them has passed `reader.text` (the fetch and extract stages do that), all URLs are absolute.
Times are aware datetimes; `int` times are UTC seconds and say so in their names (`..._at`).
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypedDict


class LinkKind(StrEnum):
    """What a link is to the article it stands in."""

    RELATED = "related"
    MORE = "more"
    INLINE = "inline"
    NEXT = "next"
    DISCUSSION = "discussion"
    LINKED = "linked"  # the page elsewhere that a post of a link blog is about


@dataclass(frozen=True, slots=True)
class Link:
    """A typed edge from an article to another address. `published` only where the page prints it."""

    kind: LinkKind
    title: str
    url: str
    section: str | None = None
    summary: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture of an article, once: its absolute address, caption and credit apart."""

    image: str
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that a feed attaches to an entry (RSS `enclosure`, Atom `link rel=enclosure`, Media RSS, JSON Feed).

    `type` is a media type, `length` in bytes, `duration` in seconds; each None where the feed does not say.
    """

    url: str
    type: str | None = None
    length: int | None = None
    duration: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """The full text of a page. A value: a new version of the page is a new Article.

    `markdown` is CommonMark with tables: the body after the lede, links absolute, headings from `##`.
    A figure in it is a paragraph of its own, `![caption](image "credit")`. `how` says which way made it:
    `rule:NAME`, `generic`, `feed`; or `list` (a page that lists other stories) and `nothing`: then `markdown` is empty
    and `words` and `minutes` are 0.
    `enclosures`, and the links to its discussion and to what it is about, are the feed's: they are kept with the entry.
    """

    url: str
    canonical_url: str
    site: str
    title: str
    kicker: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    updated: datetime | None = None
    lang: str | None = None
    lede: str | None = None
    markdown: str = ""
    figures: tuple[Figure, ...] = ()
    links: tuple[Link, ...] = ()
    words: int = 0
    minutes: int = 0
    how: str = "nothing"
    enclosures: tuple[Enclosure, ...] = ()

    @property
    def next(self) -> Link | None:
        """The edge to the first page of it that is not here; None: all of it is, as far as its pages say."""
        return next((link for link in self.links if link.kind is LinkKind.NEXT), None)


@dataclass(frozen=True, slots=True)
class Entry:
    """One headline as a source lists it. Never edited in place: when the source changes it, it is replaced.

    `title`, `summary` and `section` are plain text; `content` is the feed's own HTML, after a `base` element where the
    feed names one (untrusted: it goes through `reader.extract` before anyone sees it), or None. `guid` is never empty:
    where a feed gives none, the parser makes one from link, or else from title and time. `discussion` is
    the page where others talk of it, `linked` are the pages that it is about, where these have addresses of their own.
    """

    guid: str
    link: str | None
    title: str
    summary: str | None = None
    content: str | None = None
    authors: tuple[str, ...] = ()
    section: str | None = None
    published: datetime | None = None
    picture: str | None = None
    enclosures: tuple[Enclosure, ...] = ()
    discussion: str | None = None
    linked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed document, parsed. `fault` is set where it was broken but entries could be read; `entries` as listed.

    `ttl` is in seconds. A document that is no feed at all raises `errors.NotAFeed` instead.
    """

    url: str
    title: str
    home: str | None = None
    language: str | None = None
    description: str | None = None
    ttl: int | None = None
    entries: tuple[Entry, ...] = ()
    fault: "Failure | None" = None


@dataclass(frozen=True, slots=True)
class Login:
    """User and password as an address gave them. They show in no traceback and no log."""

    user: str = field(repr=False)
    password: str = field(repr=False)


class SourceKind(StrEnum):
    FEED = "feed"
    SITEMAP = "sitemap"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Source:
    """What one subscribes to, as the library keeps it. `failure` is its last failure, None once it answers.

    What a person chose for this source alone, None where the settings hold: `interval` and `seconds` (the longest wait
    for an answer) in seconds, `stories` how many of the newest unread ones are kept for offline, `user_agent`.
    `keep_days` and `keep_megabytes` say how long its stories are kept and how much room they may take; 0: no bound.
    `feed_text`: its stories are read as the feed has them, not from its pages. `browser`: its stories open in the
    browser. `folder` is a path as `reader.lists.folders` writes it. `tries` counts the visits since `failed_since`.
    `headers` go along with each request to the host of `url`, and nowhere else. `credentials` is the name under which
    `reader.news.asking.credentials` has user and password, None for none. `took`: seconds that its last answer took,
    and `parse_seconds` the CPU time that its last feed cost, None where nothing is known.
    """

    id: int
    url: str
    title: str
    kind: SourceKind = SourceKind.FEED
    short: str | None = None
    home: str | None = None
    folder: str | None = None
    language: str | None = None
    brand_colour: str | None = None
    interval: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    asked_at: int | None = None
    answered_at: int | None = None
    due_at: int = 0
    failure: "Failure | None" = None
    failed_since: int | None = None
    removed_at: int | None = None
    stories: int | None = None
    feed_text: bool = False
    browser: bool = False
    user_agent: str | None = None
    seconds: float | None = None
    categories: tuple[str, ...] = ()
    tries: int = 0
    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    credentials: str | None = None
    keep_days: int | None = None
    keep_megabytes: int | None = None
    took: float | None = None
    parse_seconds: float | None = None

    @property
    def is_failing(self) -> bool:
        """Whether its failure is worth a person's eye. A server that asks for a pause works; one that has done so for
        a day without ever answering does not."""
        return self.failure is not None and not self.is_asked_to_wait

    @property
    def is_asked_to_wait(self) -> bool:
        """Whether its server has asked for a pause, which may be over by now, and nothing else is wrong with it."""
        if self.failure is None or self.failure.kind is not FailureKind.WAIT:
            return False
        return (self.asked_at or 0) - (self.failed_since or self.asked_at or 0) <= 86400


class NewSource(NamedTuple):
    """What is to be subscribed to. Fields as in `Source`; None, False and () where nothing is said.

    `login`: what an address of a list had in it; whoever subscribes keeps it, and says under which name.
    """

    url: str
    title: str
    kind: SourceKind = SourceKind.FEED
    short: str | None = None
    home: str | None = None
    folder: str | None = None
    language: str | None = None
    brand_colour: str | None = None
    interval: int | None = None
    categories: tuple[str, ...] = ()
    stories: int | None = None
    feed_text: bool = False
    browser: bool = False
    user_agent: str | None = None
    seconds: float | None = None
    headers: tuple[tuple[str, str], ...] = ()
    credentials: str | None = None
    keep_days: int | None = None
    keep_megabytes: int | None = None
    login: Login | None = None


class SourceChanges(TypedDict, total=False):
    """What a person may change of a source, as in `Source`. What is absent stays as it is, None takes it away."""

    title: str
    folder: str | None
    url: str
    interval: int | None
    stories: int | None
    feed_text: bool
    browser: bool
    user_agent: str | None
    seconds: float | None
    categories: tuple[str, ...]
    headers: tuple[tuple[str, str], ...]
    credentials: str | None
    keep_days: int | None
    keep_megabytes: int | None


@dataclass(frozen=True, slots=True)
class Status:
    """What the reader did to a page: times in UTC seconds, not flags.

    `reading_position` is a line of the text as `article.layout.values.Layout.position_at` numbers it.
    """

    read_at: int | None = None
    starred_at: int | None = None
    saved_at: int | None = None
    reading_position: int = 0


class FailureKind(StrEnum):
    """What can be expected to go wrong. The sentence for people is made in `words.failure`."""

    BAD_URL = "bad-url"  # not an http(s) address
    NO_HOST = "no-host"  # the name does not resolve
    NO_CONNECTION = "no-connection"  # refused, unreachable, reset
    TIMEOUT = "timeout"  # facts: seconds
    TLS = "tls"
    HTTP = "http"  # facts: status
    WAIT = "wait"  # 429 or 503 with Retry-After; facts: status, until
    REDIRECT_LOOP = "redirect-loop"
    BAD_REDIRECT = "bad-redirect"  # to something that is no http(s) address
    TOO_LARGE = "too-large"  # facts: limit (bytes), before or after decompression
    TOO_MANY_PARTS = "too-many-parts"  # chunks, interim answers, lines of headers; facts: limit
    PRIVATE_ADDRESS = "private-address"  # nobody asked for it, and it is in a private network
    BAD_ENCODING = "bad-encoding"  # a body that its own Content-Encoding cannot decode
    PROTOCOL = "protocol"  # the server broke HTTP
    NOT_A_FEED = "not-a-feed"
    BROKEN_FEED = "broken-feed"  # facts: line, entries: read what could be read
    NOT_A_PAGE = "not-a-page"  # no HTML: a picture, a PDF, a video
    LIST_PAGE = "list-page"  # a front page or a section: it lists stories and is none
    NO_ARTICLE = "no-article"  # a page with no story on it, or with a wall in its place (login, JavaScript)
    NO_ADDRESS = "no-address"  # the feed gives a story no address
    ROBOTS = "robots"  # its robots.txt lets no program fetch it; a person may open it
    NO_NEWS = "no-news"  # an address behind which no source was found
    OFFLINE = "offline"  # we know that there is no network, and did not ask
    CRASHED = "crashed"  # a worker died or hung over it
    UNREADABLE = "unreadable"  # a local file that cannot be read
    NOT_KEPT = "not-kept"  # the library could not take what was fetched
    DISK_FULL = "disk-full"  # what was fetched could not be kept


@dataclass(frozen=True, slots=True)
class Failure:
    """What was expected to be able to fail, and did: a value, not an exception. `cause` is for the log alone."""

    kind: FailureKind
    url: str = ""
    status: int | None = None
    until: datetime | None = None
    seconds: float | None = None
    limit: int | None = None
    line: int | None = None
    entries: int | None = None
    cause: str = ""


class RefreshStep(StrEnum):
    STARTED = "started"  # a source is being asked
    SAME = "same"  # not modified, or the same bytes
    KEPT = "kept"  # new and changed entries are in the library
    FAILED = "failed"
    STORY = "story"  # a story was made readable offline
    STORY_FAILED = "story-failed"
    DONE = "done"  # all of it


@dataclass(frozen=True, slots=True)
class RefreshEvent:
    """One step of a refresh. `done` of `total` counts sources, then (STORY, STORY_FAILED) stories. `related`: a story
    that no source lists, only another story."""

    step: RefreshStep
    source: Source | None = None
    page: int | None = None
    new: int = 0
    changed: int = 0
    failure: Failure | None = None
    moved_to: str | None = None
    done: int = 0
    total: int = 0
    related: bool = False
