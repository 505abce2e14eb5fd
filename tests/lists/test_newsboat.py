"""newsboat's files: its urls, and the marks of its cache, which is only read."""

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.errors import Misuse, NewsstandError, NotFound
from reader.lists import newsboat, opml
from reader.news.refresh import refresh
from reader.news.stories import StoryLoader
from reader.news.subscriptions import ImportedMarks, import_marks, parse_list
from reader.store import Library, View
from tests import add_source
from tests.fetch.scripted_server import Server, reply
from tests.sample_paper import feed
from tests.store.journal_rows import last_journal_id

URLS = """# my papers
https://gull.example/feed coast "two words" "~The Gull" "!"
https://tern.example/feed "quoted \\"tag\\"" # and a comment
"query:Unread:unread = \\"yes\\""
"exec:~/bin/tweets.sh"
filter:~/bin/only.pl:https://auk.example/feed
https://auk.example/`date +%Y`
file:///home/me/feed.xml

HTTPS://gull.example:443/feed again
https://auk.example/feed
"""


def test_tags_become_folders_and_what_is_no_feed_is_told_with_its_line() -> None:
    found = parse_list(URLS.encode(), "urls")
    assert [(one.url, one.title, one.folder, one.categories) for one in found.feeds] == [
        ("https://gull.example/feed", "The Gull", "coast", ("coast", "two words")),
        ("https://tern.example/feed", "https://tern.example/feed", 'quoted "tag"', ('quoted "tag"',)),
        ("https://auk.example/feed", "https://auk.example/feed", None, ()),
    ]
    assert [(left.line, left.why) for left in found.left_out] == [
        (4, "query"),
        (5, "program"),
        (6, "program"),
        (7, "program"),
        (8, "not-web"),
        (10, "double"),
    ]


def test_a_list_of_mere_addresses_is_a_list() -> None:
    assert [one.url for one in parse_list(b"\xef\xbb\xbfhttps://gull.example/feed\r\n", "urls").feeds] == [
        "https://gull.example/feed"
    ]


@pytest.mark.parametrize("text", [b"Dear reader,\nthis is a letter", b"\0\1\2", b"42"])
def test_what_is_neither_list_says_so(text: bytes) -> None:
    with pytest.raises(Misuse, match=r"my\.txt is neither OPML nor a newsboat urls file"):
        parse_list(text, "my.txt")


@given(st.text(max_size=300))
def test_any_line_is_read(text: str) -> None:
    for line in newsboat.parse_urls(text):
        assert line.number <= len(text.splitlines())


def cache(path: Path, *items: tuple[str, str, str, str, int, str, int]) -> Path:
    """Write a cache as newsboat has it: items are (guid, title, url, feed, unread, flags, deleted)."""
    with sqlite3.connect(path) as con:
        con.executescript(
            "CREATE TABLE rss_feed (rssurl VARCHAR(1024) PRIMARY KEY NOT NULL, url VARCHAR(1024) NOT NULL, "
            "title VARCHAR(1024) NOT NULL);"
            "CREATE TABLE rss_item (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, guid VARCHAR(64) NOT NULL, "
            "title VARCHAR(1024) NOT NULL, author VARCHAR(1024) NOT NULL, url VARCHAR(1024) NOT NULL, "
            "feedurl VARCHAR(1024) NOT NULL, pubDate INTEGER NOT NULL, content VARCHAR(65535) NOT NULL, "
            "unread INTEGER(1) NOT NULL, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0);"
        )
        con.executemany(
            "INSERT INTO rss_item (guid, title, author, url, feedurl, pubDate, content, unread, flags, deleted) "
            "VALUES (?, ?, '', ?, ?, 1700000000, '', ?, ?, ?)",
            items,
        )
    con.close()
    return path


async def fetch(loader: StoryLoader) -> None:
    async for _ in refresh(loader, every=True, stories=False):
        pass


async def test_what_was_read_and_flagged_is_so_here_also_when_the_headlines_come_later(
    loader: StoryLoader, server: Server, tmp_path: Path
) -> None:
    library, ours = loader.library, server.url("/feed")
    ferry, pier, gulls = (server.url(f"/{name}") for name in ("ferry", "pier", "gulls"))
    server.says(
        "/feed", feed(("Ferry", ferry), ("Gulls", gulls)), feed(("Ferry", ferry), ("Gulls", gulls), ("Pier", pier))
    )
    add_source(library, ours, "The Gull")
    await fetch(loader)
    file = cache(
        tmp_path / "cache.db",
        (ferry, "Ferry", ferry, ours, 0, "", 0),
        (pier, "Pier", pier, ours, 0, "", 0),
        ("g", "Gulls", gulls, ours, 1, "s", 0),
        ("far", "Far", "https://far.example/1", "https://far.example/feed", 0, "", 0),
        ("star", "Far star [/]", "https://far.example/2", "https://far.example/feed", 0, "a", 0),
        ("gone", "Gone", "https://far.example/3", "https://far.example/feed", 0, "a", 1),
    )
    before = file.read_bytes()
    assert import_marks(library, file) == ImportedMarks(read=3, starred=2, unknown=1)
    assert file.read_bytes() == before
    assert not list(tmp_path.glob("cache.db-*"))  # noqa: ASYNC240  # a test may wait for a disk

    await fetch(loader)
    rows = library.rows(list(library.listing(View("unread")).pages))
    assert [(row.title, row.starred) for row in rows.values()] == [("Gulls", True)]
    starred = library.rows(list(library.listing(View("starred")).pages))
    assert {row.title for row in starred.values()} == {"Gulls", "Far star [/]"}

    assert import_marks(library, file) == ImportedMarks(
        read=0, starred=0, unknown=1
    )  # a second time there is nothing to do
    library.undo()  # all of it was one act
    assert {row.title for row in library.rows(list(library.listing(View("unread")).pages)).values()} == {
        "Ferry",
        "Pier",
        "Gulls",
    }
    assert len(library.listing(View("starred")).pages) == 0


async def test_stories_that_share_an_address_are_told_apart_by_their_guids(
    loader: StoryLoader, server: Server, tmp_path: Path
) -> None:
    items = "".join(
        f"<item><title>{name}</title><link>{server.url('/live')}</link><guid isPermaLink='false'>{name}</guid></item>"
        for name in ("one", "two")
    )
    document = f"<rss version='2.0'><channel><title>Live</title>{items}</channel></rss>".encode()
    ours = server.says("/feed", reply(document, headers={"Content-Type": "text/xml"}))
    add_source(loader.library, ours, "Live")
    await fetch(loader)
    file = cache(tmp_path / "cache.db", ("one", "one", server.url("/live"), ours, 0, "", 0))
    assert import_marks(loader.library, file) == ImportedMarks(read=1, starred=0, unknown=0)
    rows = loader.library.rows(list(loader.library.listing(View("unread")).pages))
    assert [row.title for row in rows.values()] == ["two"]


def test_a_cache_in_a_folder_that_cannot_be_written_is_read(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "disk"
    folder.mkdir()
    file = cache(folder / "cache.db", ("a", "A", "https://far.example/1", "https://far.example/feed", 1, "s", 0))
    file.chmod(0o400)
    folder.chmod(0o500)
    try:
        assert import_marks(library, file).starred == 1
    finally:
        folder.chmod(0o700)


def test_a_cache_that_is_none_in_use_or_damaged_says_so_and_changes_nothing(library: Library, tmp_path: Path) -> None:
    last = last_journal_id(library)
    with pytest.raises(NotFound, match="no such file"):
        import_marks(library, tmp_path / "cache.db")
    letter = tmp_path / "letter"
    letter.write_text("Dear reader, this is no cache at all. " * 100)
    with pytest.raises(Misuse, match="not a cache of newsboat"):
        import_marks(library, letter)
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as con:
        con.execute("CREATE TABLE birds (name TEXT)")
    con.close()
    with pytest.raises(Misuse, match="not a cache of newsboat"):
        import_marks(library, other)

    file = cache(
        tmp_path / "real.db",
        *((f"g{n}", "A" * 200, f"https://far.example/{n}", "https://far.example/feed", 0, "s", 0) for n in range(500)),
    )
    con = sqlite3.connect(file, isolation_level=None)
    con.execute("BEGIN EXCLUSIVE")
    with pytest.raises(NewsstandError, match="is in use: close newsboat"):
        import_marks(library, file)
    con.execute("ROLLBACK")
    con.close()

    with file.open("r+b") as opened:
        opened.seek(5000)
        opened.write(b"\xff" * 100_000)
    with pytest.raises(NewsstandError, match="cannot be read"):
        import_marks(library, file)
    assert last_journal_id(library) == last
    assert len(library.listing(View("starred")).pages) == 0


def test_a_byte_that_is_no_utf8_costs_no_letter_of_another_line() -> None:
    data = (
        b'https://cafe.example/ "caf\xc3\xa9"\nhttps://tern.example/ "t\xeate" "~\x80"\nhttps://t.example/ "t\xeate"\n'
    )
    found = newsboat.parse_urls(opml.decoded(data))
    assert [line.tags for line in found] == [("café",), ("tête",), ("tête",)]
