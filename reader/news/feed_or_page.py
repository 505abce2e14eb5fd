"""Whose words a story is: the page's, or the feed's own where those say more; and which of their headlines it bears.

Pure: both are articles already. Where a page will not come at all, `stories` takes what the feed has.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from reader.models import Article, Enclosure, LinkKind
from reader.text import fold
from reader.text.compare import is_no_headline
from reader.text.urls import host

STUB_WORDS = 20
"""Fewer on a page are no story."""
FEED_STORY_WORDS = 40
"""Fewer in a feed are a summary: that takes the place of a page's text only where it has far more words."""
_FAR_MORE = 1.5
_WORDS_A_LINK = 10
"""Notes of an episode are links above all: each counts as so many words."""
_LEAST_LETTERS = 8
_LEAST_WORDS = 2
_CUT = ("…", "...")
_SPACES = re.compile(r"[\W_]+")


def is_recording(enclosures: Iterable[Enclosure]) -> bool:
    """Say whether a feed's entry is something to hear or to see: then the feed has the notes, and its page a player."""
    return any((file.type or "").startswith(("audio/", "video/")) for file in enclosures)


def says_far_more(text: str | None, said: int) -> bool:
    """Say whether a feed's text has far more words than `said`, the number of those on the page."""
    return text is not None and len(text.split()) >= max(FEED_STORY_WORDS, 2 * said)


def fuller(page: Article, own: Article | None, said: int, *, recording: bool) -> Article:
    """Return what a page says, or what the feed says of it (`own`) where that is the story or more of it.

    `said` is how many words the page says beside asking for a subscription, a login or JavaScript: such a page gives
    way to any longer text of the feed. Of a `recording` the feed's notes are the story where they hold more than the
    page, in words or in links.
    """
    if own is None:
        return page
    if recording and _holds(own, own.words) > _holds(page, said):
        return _merged(own, page)
    if own.words <= said:
        return page
    if said < page.words:
        return own  # what else a wall says of the story, and of its address, may be the wall's
    enough = own.words >= min(FEED_STORY_WORDS, _FAR_MORE * said)
    return _merged(own, page) if enough or said < STUB_WORDS else page


def _holds(article: Article, words: int) -> int:
    return words + _WORDS_A_LINK * sum(link.kind is LinkKind.INLINE for link in article.links)


def _merged(own: Article, page: Article) -> Article:
    """The feed's text, taken for the whole, with the facts and links that only the page has."""
    return replace(
        own,
        canonical_url=page.canonical_url,
        kicker=page.kicker,
        section=own.section or page.section,
        tags=page.tags,
        updated=page.updated,
        lang=own.lang or page.lang,
        published=own.published or page.published,
        authors=own.authors or page.authors,
        links=own.links + tuple(link for link in page.links if link.kind not in (LinkKind.INLINE, LinkKind.NEXT)),
    )


def with_headline(article: Article, listed: str, paper: str = "") -> Article:
    """Return an article under the headline that its feed lists, where the page's title is that and more: the names of
    the `paper` and of the section, a date, an author. A headline that the feed has cut short is no better, unless the
    page's title is none: the paper's name, its host's, or a word that any page may be called by."""
    headline = listed.strip()
    names = (article.site, host(article.url), paper)
    if is_no_headline(article.title, names) and not is_no_headline(headline, names):
        return replace(article, title=headline)
    words, title = _words(headline), _words(article.title)
    if words == title or headline.endswith(_CUT) or (len(words.split()) < _LEAST_WORDS and fold(headline).isascii()):
        return article
    if len(words) < _LEAST_LETTERS or f" {words} " not in f" {title} ":
        return article
    return replace(article, title=headline)


def _words(text: str) -> str:
    return " ".join(_SPACES.sub(" ", fold(text)).split())
