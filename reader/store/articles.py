"""Kept articles: versions, and which addresses they prove to be one page."""

import sqlite3

from reader.models import Article
from reader.store import codec
from reader.store.codec import ARTICLE_COLUMNS
from reader.store.journal import Actor
from reader.store.merging import merge
from reader.store.pages import could_be_one, is_own, live, plain, update_from_article
from reader.text import urls


def article(con: sqlite3.Connection, page: int) -> Article | None:
    """Return the newest kept version of a page's article."""
    row = con.execute(
        f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = "  # noqa: S608 (names of our own columns)  # a constant of ours
        "(SELECT article FROM pages WHERE id = (SELECT coalesce(merged_into, id) FROM pages WHERE id = ?))",
        (page,),
    ).fetchone()
    return codec.article(row) if row else None


def content(con: sqlite3.Connection, page: int) -> tuple[str, str] | None:
    """Return the feed's own HTML of the page's newest entry, and the address its links start from. No summary."""
    row = con.execute(
        "SELECT e.content, coalesce(e.link, s.home, s.url) FROM pages q "
        "JOIN pages p ON p.id = coalesce(q.merged_into, q.id) JOIN entries e ON e.id = p.entry "
        "JOIN sources s ON s.id = e.source WHERE q.id = ?",
        (page,),
    ).fetchone()
    return (row[0], row[1]) if row and row[0] else None


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
    _keep(con, now, here, value)
    if is_own(con, here):
        return here
    if not urls.is_home(value.url):
        here = _believe(con, actor, now, here, value, urls.canonical(value.url), "redirect")
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
    return urls.canonical(address)


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
