"""One story, wherever it is."""

import asyncio
import random
import time

import pytest

from reader.errors import WorkerError
from reader.models import Failure, FailureKind, LinkKind
from reader.news.local_file import LARGEST_FILE, extract_bytes
from reader.news.stories import Story, StoryLoader
from reader.store import View
from tests import add_source
from tests.fetch.scripted_server import Call, Server, reply
from tests.news.run_refresh import run
from tests.sample_paper import feed, in_pages, page, paragraphs


async def test_a_story_is_fetched_once_and_then_kept(loader: StoryLoader, server: Server) -> None:
    url = server.says("/ferry", page("The ferry is back", related=(("The pier is to be painted", "/pier"),)))
    first = await loader.open(url)
    again = await loader.open(url)
    assert first.kept
    assert first.article is not None
    assert again.article == first.article
    assert [link.url for link in first.article.links if link.kind is LinkKind.RELATED] == [server.url("/pier")]
    assert server.paths() == ["/ferry"]


async def test_two_who_ask_at_once_wait_for_one_fetch(loader: StoryLoader, server: Server) -> None:
    url = server.says("/ferry", page("The ferry is back"))
    stories = await asyncio.gather(*(loader.open(url) for _ in range(5)))
    assert len({story.page for story in stories}) == 1
    assert server.paths() == ["/ferry"]


async def test_a_story_behind_a_redirect_is_known_by_both_addresses(loader: StoryLoader, server: Server) -> None:
    server.says("/ferry", page("The ferry is back"))
    short = server.says("/f", reply(status=302, headers={"Location": "/ferry"}))
    story = await loader.open(short)
    assert loader.library.page_of(short) == loader.library.page_of(server.url("/ferry")) == story.page


async def test_why_a_story_could_not_be_had_is_remembered_until_it_comes(loader: StoryLoader, server: Server) -> None:
    url = server.says("/ferry", reply(status=404), reply(status=500), page("The ferry is back"))
    told = []
    for _ in range(3):
        assert loader.failure_of(server.url("/another")) is None
        await loader.open(url)
        failure = loader.failure_of(url)
        assert failure == loader.failure_of(f"{url}?utm_source=front#top"), "another spelling of the same address"
        told.append((failure and failure.status, await loader.gave_up(url)))
    assert told == [(404, True), (500, False), (None, False)]
    assert server.paths() == ["/ferry"] * 3


async def test_what_is_sure_of_a_story_is_told_to_later_processes_until_it_comes(
    loader: StoryLoader, server: Server, other: Server
) -> None:
    url = server.says("/ferry", reply(status=410), page("The ferry is back"))
    dead = other.url("/pier")
    other.close()
    await loader.open(url)
    await loader.open(dead)
    told = loader.library.failed_stories([url, f"{url}#top", dead, server.url("/another")])
    assert {address: failure.status for address, failure in told.items()} == {url: 410, f"{url}#top": 410}
    await loader.open(url)
    assert loader.library.failed_stories([url]) == {}


async def test_what_was_sure_of_a_story_is_forgotten_after_some_days(loader: StoryLoader, server: Server) -> None:
    now = time.time()
    earlier = StoryLoader(loader.library, loader.config, clock=lambda: now - 8 * 24 * 3600, workers=False)
    await earlier.open(server.url("/gone"))
    await earlier.close()
    assert loader.library.failed_stories([server.url("/gone")]) == {}


async def test_it_is_remembered_by_the_page_and_by_the_address_that_others_link_to(
    loader: StoryLoader, server: Server
) -> None:
    add_source(loader.library, server.says("/feed", feed(("One", server.url("/1")))), "The Gull")
    await run(loader, stories=False)
    number = loader.library.page_of(server.url("/1"))
    await loader.open(server.url("/1"), page=number)
    for failure in (loader.failure_of(server.url("/1")), loader.failure_of("", page=number)):
        assert failure is not None
        assert failure.status == 404


async def test_a_story_that_the_feed_tells_is_had_though_its_page_is_gone(loader: StoryLoader, server: Server) -> None:
    story = await described(loader, server, POST, reply(status=404))
    assert story.article is not None
    assert loader.failure_of(story.url, page=story.page) is None


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("This page is for our members only, and for nobody else.", False),
        ("Activate JavaScript in your browser, else this page stays blank.", False),
        ("A page about nothing but the fog over the pier this morning.", True),
    ],
)
async def test_a_page_of_which_only_a_wall_can_be_seen_is_no_story(
    loader: StoryLoader, server: Server, said: str, shown: bool
) -> None:
    document = f"<html><title>Fog</title><body><div id=root>{said}</div><footer>© The Gull</footer></body></html>"
    story = await loader.open(
        server.says("/2019/11/fog", reply(document.encode(), headers={"Content-Type": "text/html"}))
    )
    assert (story.article is not None) is shown
    assert (story.failure and story.failure.kind) == (None if shown else FailureKind.NO_ARTICLE)


async def test_what_is_no_article_says_so_and_keeps_nothing(loader: StoryLoader, server: Server) -> None:
    picture = server.says("/a.png", reply(b"\x89PNG\r\n\x1a\n" + bytes(50), headers={"Content-Type": "image/png"}))
    empty = server.says("/empty", reply(b"", headers={"Content-Type": "text/html"}))
    gone = server.says("/gone", reply(status=404))
    kinds = {}
    for url in (picture, empty, gone, "javascript:alert(1)", "file:///etc/passwd", "not a url"):
        story = await loader.open(url)
        assert story.article is None
        assert story.failure is not None
        kinds[url] = story.failure.kind
    assert kinds[picture] is FailureKind.NOT_A_PAGE
    assert kinds[empty] in (FailureKind.NOT_A_PAGE, FailureKind.NO_ARTICLE)
    assert kinds[gone] is FailureKind.HTTP
    assert {kinds[url] for url in ("javascript:alert(1)", "file:///etc/passwd", "not a url")} == {FailureKind.BAD_URL}
    assert len(loader.library.listing(View("kept"))) == 0


async def test_a_bug_met_by_a_page_is_a_failure_of_that_page_in_threads_too(
    loader: StoryLoader, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise RecursionError("too deep")

    url = server.says("/ferry", in_pages(1, 2))
    server.says("/ferry?page=2", in_pages(2, 2))
    first = await loader.open(url)
    assert first.article is not None
    assert first.article.next is not None
    monkeypatch.setattr("reader.extract.extract_by", fails)
    whole = await loader.open_whole(url)
    assert whole.article == first.article
    assert whole.failure is not None
    assert whole.failure.kind is FailureKind.CRASHED


async def listed(loader: StoryLoader, server: Server, content: str, *responses: bytes) -> Story:
    """Refresh a feed with one entry that has this content, then open it; its page answers so."""
    url = server.says("/ferry", *responses)
    extra = f'<content:encoded xmlns:content="http://purl.org/rss/1.0/modules/content/"><![CDATA[{content}]]></content:encoded>'
    add_source(loader.library, server.says("/feed", feed(("The ferry is back", url), extra=extra)), "The Gull")
    await run(loader, stories=False)
    return await loader.open(url, page=loader.library.page_of(url))


async def test_where_the_page_is_blocked_the_feeds_own_text_is_kept(loader: StoryLoader, server: Server) -> None:
    story = await listed(loader, server, paragraphs(6, "ferry"), reply(status=403))
    assert story.kept
    assert story.article is not None
    assert story.article.how == "feed"
    assert "harbour master" in story.article.markdown


async def test_where_the_page_is_a_stub_the_feeds_own_text_is_kept(loader: StoryLoader, server: Server) -> None:
    story = await listed(loader, server, paragraphs(12, "ferry"), page("The ferry is back", count=1))
    assert story.kept
    assert story.article is not None
    assert story.article.how == "feed"


async def test_where_the_page_has_more_the_page_is_kept(loader: StoryLoader, server: Server) -> None:
    story = await listed(loader, server, paragraphs(3, "ferry"), page("The ferry is back", count=12))
    assert story.article is not None
    assert story.article.how != "feed"


async def test_when_the_page_cannot_be_had_now_the_feeds_text_shows_but_is_not_kept(
    loader: StoryLoader, server: Server
) -> None:
    story = await listed(loader, server, paragraphs(6, "ferry"), reply(status=500), page("The ferry is back"))
    assert story.article is not None
    assert story.article.how == "feed"
    assert not story.kept
    again = await loader.open(story.url, page=story.page)
    assert again.kept
    assert again.article is not None
    assert again.article.how != "feed"


async def described(loader: StoryLoader, server: Server, description: str, *responses: bytes) -> Story:
    """Refresh a feed with one entry that has this description, then open it; its page answers so."""
    url = server.says("/ferry", *responses)
    extra = f"<description><![CDATA[{description}]]></description>"
    add_source(loader.library, server.says("/feed", feed(("The ferry is back", url), extra=extra)), "The Gull")
    await run(loader, stories=False)
    return await loader.open(url, page=loader.library.page_of(url))


SCRIPTED = reply(b"<html><body><div id=app></div></body></html>", headers={"Content-Type": "text/html"})
POST = '<p>Six litres, says <a href="https://mast.example/">the mast</a>.</p>'


async def test_a_short_post_is_the_story_where_its_page_shows_none(loader: StoryLoader, server: Server) -> None:
    story = await described(loader, server, POST, SCRIPTED)
    assert story.kept
    assert story.article is not None
    assert story.article.markdown == "Six litres, says [the mast](https://mast.example/)."


async def test_a_summary_is_the_story_where_the_feed_says_no_more(loader: StoryLoader, server: Server) -> None:
    story = await described(loader, server, "Six litres, says the mast.", SCRIPTED)
    assert story.article is not None
    assert story.article.markdown == "Six litres, says the mast."


async def test_of_a_page_that_is_gone_the_few_words_of_the_feed_are_shown_and_it_is_asked_again(
    loader: StoryLoader, server: Server
) -> None:
    story = await described(loader, server, POST, reply(status=404), page("The ferry is back"))
    assert story.article is not None
    assert "[the mast](https://mast.example/)" in story.article.markdown
    assert not story.kept
    assert story.failure is not None
    assert story.failure.status == 404
    assert await loader.gave_up(story.url, page=story.page)
    again = await loader.open(story.url, page=story.page)
    assert again.kept
    assert again.failure is None


async def test_a_summary_does_not_stand_in_for_a_page_that_may_come(loader: StoryLoader, server: Server) -> None:
    story = await described(loader, server, "Six litres, says the mast.", reply(status=500))
    assert story.article is None
    assert story.failure is not None


@pytest.mark.parametrize(
    "said", [POST + "<p>That is more than in June.</p>", "Six litres, says the mast, which is more than in June."]
)
@pytest.mark.parametrize(
    "wall",
    [
        "Please subscribe to continue reading.",
        "You need to enable JavaScript to read this story.",
        "This piece is for our members only. The harbour office keeps the log for those who pay for its ink.",
    ],
)
async def test_a_wall_gives_way_to_what_the_feed_says(
    loader: StoryLoader, server: Server, wall: str, said: str
) -> None:
    document = f"<html><title>Ferry</title><article><h1>The ferry is back</h1><p>{wall}</p></article></html>"
    answer = reply(document.encode(), headers={"Content-Type": "text/html"})
    story = await described(loader, server, said, answer)
    assert story.article is not None
    assert story.article.how == "feed"
    assert "more than in June" in story.article.markdown
    assert wall not in story.article.markdown


def hang_up(call: Call) -> None:
    """Close the connection without a word."""


async def test_without_a_network_stories_say_so_and_the_first_answer_ends_it(
    loader: StoryLoader, server: Server, other: Server
) -> None:
    for paper in (server, other):
        paper.says("/ferry", hang_up)
    kept = await loader.open(server.says("/kept", page("Kept")))
    assert kept.kept
    await loader.open(server.url("/ferry"))
    since = loader.offline_since
    assert since is None
    story = await loader.open(other.url("/ferry"))
    assert loader.offline_since is not None
    assert story.failure is not None
    assert story.failure.kind is FailureKind.OFFLINE
    assert (await loader.open(server.url("/kept"))).article == kept.article
    await loader.get("no address at all")
    assert loader.offline_since is not None  # nobody has answered
    await loader.open(other.says("/back", page("Back")))
    assert loader.offline_since is None


async def test_dead_papers_are_no_missing_network_while_others_answer(
    loader: StoryLoader, server: Server, other: Server
) -> None:
    third = Server()
    for paper in (server, other):
        paper.says("/feed", hang_up)
    for name in ("/one", "/two"):
        await loader.open(third.says(name, page("Kept")))
    for paper in (server, other):
        await loader.get(paper.url("/feed"))
    assert loader.offline_since is None, "a third has just answered"
    third.close()
    await loader.get(third.url("/one"))
    assert loader.offline_since is not None, "now it does not answer either"


async def test_hosts_asked_at_once_before_anyone_answered_are_judged_together(
    loader: StoryLoader, server: Server, other: Server
) -> None:
    third = Server()
    for paper in (server, other):
        paper.says("/feed", hang_up)

    def late(call: Call) -> None:
        time.sleep(0.3)
        call.send(page("Late"))

    asked = [loader.get(paper.url("/feed")) for paper in (server, other)]
    dead, gone, answer = await asyncio.gather(*asked, loader.get(third.says("/late", late)))
    assert isinstance(dead, Failure)
    assert isinstance(gone, Failure)
    assert not isinstance(answer, Failure)
    assert loader.offline_since is None
    third.close()


def test_a_saved_page_needs_no_library() -> None:
    document = page("The ferry is back").partition(b"\r\n\r\n")[2]
    story = extract_bytes(document, "https://example.org/ferry")
    assert story.article is not None
    assert story.article.title == "The ferry is back"
    assert extract_bytes(b"\x89PNG\r\n\x1a\n\x00\x00", "https://example.org/a").failure is not None


async def test_stories_without_an_address_of_their_own_are_read_each_from_the_feed(
    loader: StoryLoader, server: Server
) -> None:
    texts = {name: paragraphs(6, name) for name in ("ferry", "lifeboat")}
    items = "".join(
        f"<item><title>{name}</title><guid isPermaLink='false'>{name}</guid>"
        f"<description><![CDATA[{text}]]></description></item>"
        for name, text in texts.items()
    )
    document = f"<rss version='2.0'><channel><title>The Gull</title>{items}</channel></rss>".encode()
    add_source(loader.library, server.says("/feed", reply(document, headers={"Content-Type": "text/xml"})), "The Gull")
    await run(loader)
    pages = list(loader.library.listing(View("unread")).pages)
    rows = loader.library.rows(pages)
    assert len(pages) == 2
    stories = await asyncio.gather(*(loader.open(rows[page].url, page=page) for page in pages))
    for page_id, story in zip(pages, stories, strict=True):
        assert story.article is not None
        assert story.kept
        assert rows[page_id].title in story.article.markdown


async def test_a_refusal_for_now_is_asked_again_later(loader: StoryLoader, server: Server) -> None:
    busy = reply(status=429)
    story = await listed(loader, server, paragraphs(6, "ferry"), busy, page("The ferry is back", count=12))
    assert not story.kept
    again = await loader.open(story.url, page=story.page)
    assert again.article is not None
    assert again.article.how != "feed"


async def test_what_a_paper_changes_is_fetched_anew(loader: StoryLoader, server: Server) -> None:
    url = server.says("/ferry", page("The ferry is back"), page("The ferry is back", about="lifeboat"))
    server.says("/feed", feed(("The ferry is back", url)), feed(("The ferry is late", url)))
    add_source(loader.library, server.url("/feed"), "The Gull")
    await run(loader)
    loader.clock = lambda: time.time() + 5
    await run(loader, every=True)
    story = await loader.open(url)
    assert story.article is not None
    assert "lifeboat" in story.article.markdown
    asked = server.paths().count("/ferry")
    await run(loader, every=True)
    assert server.paths().count("/ferry") == asked == 2


async def test_a_story_is_read_though_the_disk_is_full_and_is_kept_once_there_is_room(
    loader: StoryLoader, server: Server
) -> None:
    letters = "".join(random.Random(1).choices("abcdefghij ", k=60_000))
    url = server.says("/ferry", page("The ferry is back", about=letters, count=1))
    writer = loader.library._db._writer
    [size] = writer.execute("PRAGMA page_count").fetchone()
    writer.execute(f"PRAGMA max_page_count = {size}")
    story = await loader.open(url)
    assert story.article is not None
    assert not story.kept
    assert story.failure is not None
    assert story.failure.kind is FailureKind.DISK_FULL
    writer.execute("PRAGMA max_page_count = 100000")
    assert (await loader.open(url)).kept
    assert server.paths() == ["/ferry", "/ferry"]


async def test_a_library_that_was_closed_is_a_failure_of_the_story_not_of_the_reader(
    loader: StoryLoader, server: Server
) -> None:
    url = server.says("/ferry", page("The ferry is back"))
    loader.library.close()
    story = await loader.open(url)
    assert story.article is None
    assert story.failure is not None
    assert story.failure.kind is FailureKind.CRASHED
    assert server.paths() == []


async def test_a_kept_story_stays_where_its_worker_ends_while_it_is_read_anew(
    loader: StoryLoader, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = await listed(loader, server, paragraphs(6, "ferry"), page("The ferry is back", count=12))
    assert kept.kept

    async def ends(*_: object, **__: object) -> None:
        raise WorkerError("the worker ended")

    with monkeypatch.context() as patch:
        patch.setattr(loader, "work_in_turn", ends)
        again = await loader.open(kept.url, page=kept.page, renew=True)
    assert again.article == kept.article  # what is kept is never given up for a page that could not be read
    assert again.failure is None


def test_a_saved_page_may_not_be_larger_than_one_from_the_network() -> None:
    story = extract_bytes(b"<html>" + bytes(LARGEST_FILE), "https://example.org/a")
    assert story.failure is not None
    assert story.failure.kind is FailureKind.TOO_LARGE
