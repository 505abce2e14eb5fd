"""`newsstand demo --offline`: every story of the four papers, and every related one a step away, reads in full with the
server stopped; those that stand in no feed too."""

import asyncio
import socket
from pathlib import Path

import pytest

from reader import config
from reader.cli.demo import _keep_all, _subscribe
from reader.demo.server import DemoServer
from reader.models import LinkKind
from reader.news.stories import StoryLoader
from reader.store import Library, View


async def test_every_story_and_every_related_one_reads_in_full_when_the_press_is_closed(tmp_path: Path) -> None:

    path, demo = tmp_path / "library.db", DemoServer()
    demo.start()
    try:
        _subscribe(path, demo)
        await asyncio.to_thread(_keep_all, path, config.load(), demo)
    finally:
        demo.stop()
    for paper in demo.papers:
        port = int(paper.home.rstrip("/").rpartition(":")[2])
        with pytest.raises(ConnectionRefusedError), socket.create_connection(("127.0.0.1", port), timeout=1):
            pass
    with Library.open(path) as library:
        loader = StoryLoader(library, config.load(), workers=False)
        listed = library.rows(library.listing(View("unread")).pages).values()
        assert len(listed) >= 30
        in_feeds = {row.url for row in listed}
        related: set[str] = set()
        for row in listed:
            story = await loader.kept(row.url, page=row.page)
            assert story is not None, row.url
            assert story.article is not None
            assert story.article.how != "feed"
            related |= {link.url for link in story.article.links if link.kind is LinkKind.RELATED}
        in_none = related - in_feeds
        assert len(in_none) >= 10
        for url in sorted(in_none):
            kept = await loader.kept(url)
            assert kept is not None, url
            assert kept.article is not None
            assert kept.article.words > 100
        await loader.close()
        assert library.undo() is None  # what made the edition is no act of the reader's
