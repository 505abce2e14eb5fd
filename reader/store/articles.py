"""Kept articles: versions, and which addresses they prove to be one page; and stories that are not to be had."""

import json
import sqlite3
from collections.abc import Sequence

from reader.models import Article, Failure
from reader.store import codec
from reader.store.codec import ARTICLE_COLUMNS
from reader.store.journal import Actor
from reader.store.merging import merge
from reader.store.pages import could_be_one, is_own, live, plain, update_from_article
from reader.store.values import FailedStory, FeedText
from reader.text import urls
from reader.text.waits import LONGEST_PAUSE, is_over

_REMEMBERED = 30 * 86400  # seconds after `again_at` for which it is known how often a story was asked for in vain


def article(con: sqlite3.Connection, page: int) -> Article | None:
    """Return the newest kept version of a page's article."""
    row = con.execute(
        f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = "  # noqa: S608 (names of our own columns)  # a constant of ours
        "(SELECT article FROM pages WHERE id = (SELECT coalesce(merged_into, id) FROM pages WHERE id = ?))",
        (page,),
    ).fetchone()
    return codec.article(row) if row else None


def feed_text(con: sqlite3.Connection, page: int) -> FeedText | None:
    """Return what the feed itself says of a page: in its newest entry, or in another that says more than a summary."""
    row = con.execute(
        "SELECT e.content, e.summary, coalesce(e.link, s.home, s.url), e.authors FROM pages q "
        "JOIN pages p ON p.id = coalesce(q.merged_into, q.id) JOIN entries e ON e.page = p.id "
        "JOIN sources s ON s.id = e.source WHERE q.id = ? "
        "ORDER BY e.content IS NULL, e.id <> p.entry, e.summary IS NULL, e.id DESC LIMIT 1",
        (page,),
    ).fetchone()
    if row is None or not (row[0] or row[1]):
        return None
    html, summary, base, authors = row
    return FeedText(codec.text(html), codec.text(summary), codec.words_of(base), codec.strings(authors))


def stale(con: sqlite3.Connection, page: int) -> bool:
    """Say whether the page's entry has changed since its article was kept."""
    row = con.execute(
        "SELECT p.changed_at > p.kept_at FROM pages q JOIN pages p ON p.id = coalesce(q.merged_into, q.id) "
        "WHERE q.id = ?",
        (page,),
    ).fetchone()
    return bool(row and row[0])


def keep(con: sqlite3.Connection, actor: Actor, now: int, page: int, value: Article) -> int | None:
    """Keep an article of a page where it differs from the newest kept one; return the page it now stands under.

    Its redirect's end and its rel=canonical become aliases where they are believed, which can make two pages one. An
    article with no text is not kept, and proves nothing. None where there is no such page.
    """
    here = live(con, page)
    if here is None:
        return None
    if not value.markdown:
        return here
    # Pruned while its text was on its way to somebody: it is back, where it was.
    con.execute(
        "UPDATE pages SET url = ?, time = ?, pruned_at = NULL WHERE id = ? AND pruned_at IS NOT NULL",
        (value.url, now, here),
    )
    _keep(con, now, here, value)
    if is_own(con, here):
        return here
    if not urls.is_home(value.url):
        here = _believe(con, actor, now, here, value, urls.page_key(value.url), "redirect")
    if claim := _claim(value):
        here = _believe(con, actor, now, here, value, claim, "canonical")
    return _claimed(con, actor, now, here)


def _hash(value: Article) -> str:
    import hashlib  # loads OpenSSL, which no first paint needs

    return hashlib.blake2b(
        "\1".join((value.title, value.lede or "", value.markdown)).encode(), digest_size=16
    ).hexdigest()


def _keep(con: sqlite3.Connection, now: int, page: int, value: Article) -> None:
    row = con.execute("SELECT id, hash FROM articles WHERE page = ? ORDER BY id DESC LIMIT 1", (page,)).fetchone()
    number = _hash(value)
    values = codec.article_values(value)
    marks = ", ".join("?" * len(values))
    if row and row[1] == number:
        con.execute(
            f"UPDATE articles SET ({ARTICLE_COLUMNS}, claim, kept_at) = ({marks}, ?, ?) WHERE id = ?",  # noqa: S608 (names of our own columns)  # a constant of ours
            (*values, _claim(value), now, row[0]),
        )
    else:
        con.execute(
            f"INSERT INTO articles ({ARTICLE_COLUMNS}, claim, page, kept_at, hash) VALUES ({marks}, ?, ?, ?, ?)",  # noqa: S608 (names of our own columns)
            (*values, _claim(value), page, now, number),
        )
        if row:
            con.execute("UPDATE pages SET changed_at = ? WHERE id = ?", (now, page))
    update_from_article(con, page)


def _claim(value: Article) -> str | None:
    """Return the key of the canonical address that an article may claim: on its own site, and no front page."""
    address = value.canonical_url
    if not address or urls.is_home(address) or not urls.same_site(value.url, address):
        return None
    return urls.page_key(address)


def _believe(con: sqlite3.Connection, actor: Actor, now: int, page: int, value: Article, key: str, why: str) -> int:
    """Take an address as an alias of the page, unless a differing story has it or claims it too."""
    title = plain(value.title)
    rivals = con.execute(
        "SELECT page, title FROM articles WHERE claim = ? AND page <> ? "
        "AND id IN (SELECT article FROM pages WHERE merged_into IS NULL)",
        (key, page),
    ).fetchall()
    if any(plain(other) != title for _, other in rivals):
        # Two differing stories claim it: it is neither's. What a page is listed under stays.
        con.execute("DELETE FROM aliases WHERE key = ? AND why <> 'link'", (key,))
        return page
    row = con.execute("SELECT page FROM aliases WHERE key = ?", (key,)).fetchone()
    if row is None:
        con.execute("INSERT INTO aliases (key, page, why) VALUES (?, ?, ?)", (key, page, why))
    elif row[0] != page and could_be_one(con, page, row[0]):
        return merge(con, actor, now, page, row[0])
    return page


def _claimed(con: sqlite3.Connection, actor: Actor, now: int, page: int) -> int:
    """Pages that claimed this page's address before anyone knew its title: now it can be said whether they are it."""
    claimants = con.execute(
        "SELECT a.page FROM articles a JOIN pages p ON p.article = a.id AND p.merged_into IS NULL "
        "WHERE a.claim IN (SELECT key FROM aliases WHERE page = :page) AND a.page <> :page ORDER BY a.page",
        {"page": page},
    ).fetchall()
    for (other,) in claimants:
        if could_be_one(con, page, other):
            page = merge(con, actor, now, page, other)
    return page


def failed_stories(con: sqlite3.Connection, asked: Sequence[str], now: int) -> dict[str, Failure]:
    """Return why the stories at these addresses are not to be had, by the address as asked, as far as it is told."""
    keys = {url: urls.page_key(url) for url in asked}
    found = con.execute(
        "SELECT f.key, f.failure, f.until FROM json_each(?) j CROSS JOIN failed_stories f ON f.key = j.value",
        (json.dumps(list(set(keys.values()))),),
    )
    failures = {key: codec.failure(text) for key, text, until in found if not is_over(until, now, LONGEST_PAUSE)}
    return {url: failure for url, key in keys.items() if (failure := failures.get(key)) is not None}


def failed_story(con: sqlite3.Connection, url: str) -> FailedStory | None:
    """Return what is kept of the story at an address; None where it came, or nobody asked for it lately."""
    query = "SELECT failure, until, again_at, tries FROM failed_stories WHERE key = ?"
    row = con.execute(query, (urls.page_key(url),)).fetchone()
    failure = None if row is None else codec.failure(row[0])
    if failure is None:
        return None
    until, again_at, tries = row[1:]
    return FailedStory(failure, codec.moment(until) or 0, codec.moment(again_at) or 0, codec.number(tries) or 1)


def keep_failed_story(con: sqlite3.Connection, url: str, failed: FailedStory | None, now: int) -> None:
    """Keep what is known of the story at an address; None: it came. What is very old is forgotten."""
    key = urls.page_key(url)
    con.execute("DELETE FROM failed_stories WHERE key = ? OR max(until, again_at + ?) <= ?", (key, _REMEMBERED, now))
    if failed is not None:
        con.execute(
            "INSERT INTO failed_stories VALUES (?, ?, ?, ?, ?)",
            (key, codec.to_json(failed.failure), failed.until, failed.again_at, failed.tries),
        )
