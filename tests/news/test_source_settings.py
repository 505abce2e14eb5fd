"""What a person chose for one source holds for it alone: visits, stories kept, the feed's own text."""

from reader.models import FailureKind, RefreshStep
from reader.news.stories import StoryLoader
from reader.store import View
from tests import add_source
from tests.fetch.scripted_server import Call, Server, reply
from tests.news.run_refresh import run
from tests.sample_paper import feed, page

OWN = "&lt;p&gt;As the feed has it: the ferry is back, and the harbour master says so himself.&lt;/p&gt;"


async def test_a_source_is_asked_under_the_name_chosen_for_it_and_so_are_its_pages(
    loader: StoryLoader, server: Server
) -> None:
    story = server.says("/ferry", page("The ferry is back"))
    source = add_source(loader.library, server.says("/feed", feed(("The ferry is back", story))), "The Gull")
    loader.library.edit_source(source.id, user_agent="Reader of the Gull")
    await run(loader)
    assert server.paths() == ["/feed", "/robots.txt", "/ferry"]
    assert [asked.headers["user-agent"] for asked in server.asked] == ["Reader of the Gull"] * 3


async def test_a_source_that_is_given_less_time_fails_sooner_and_says_after_how_long(
    loader: StoryLoader, server: Server
) -> None:
    source = add_source(loader.library, server.says("/feed", lambda connection: connection.gone()), "The Gull")
    loader.library.edit_source(source.id, seconds=0.2)
    failure = next(event.failure for event in await run(loader) if event.step is RefreshStep.FAILED)
    assert failure is not None
    assert (failure.kind, failure.seconds) == (FailureKind.TIMEOUT, 0.2)
    source = loader.library.sources()[0]
    assert source.tries == 1
    await run(loader, every=True)
    assert loader.library.sources()[0].tries == 2


async def test_as_many_stories_are_kept_as_were_chosen_for_the_source(loader: StoryLoader, server: Server) -> None:
    titles = ("Ferry", "Seals", "Gulls")
    items = [(title, server.says(f"/{title}", page(title, about=title))) for title in titles]
    source = add_source(loader.library, server.says("/feed", feed(*items)), "The Gull")
    loader.library.edit_source(source.id, stories=1)
    await run(loader)
    assert len(loader.library.listing(View("unread"))) == 3
    assert len(loader.library.listing(View("kept"))) == 1
    loader.library.edit_source(source.id, stories=0)
    await run(loader, every=True)
    assert len(loader.library.listing(View("kept"))) == 1


async def test_stories_of_a_source_can_be_the_feeds_own_and_their_pages_are_not_asked(
    loader: StoryLoader, server: Server
) -> None:
    story = server.says("/ferry", page("The ferry is back"))
    items = feed(
        ("The ferry is back", story), extra=f'<encoded xmlns="http://purl.org/rss/1.0/modules/content/">{OWN}</encoded>'
    )
    source = add_source(loader.library, server.says("/feed", items), "The Gull")
    loader.library.edit_source(source.id, feed_text=True)
    await run(loader)
    number = loader.library.page_of(story)
    assert number is not None
    article = loader.library.article(number)
    assert article is not None
    assert "harbour master says so himself" in article.markdown
    assert [asked.target for asked in server.asked] == ["/feed"]


async def test_where_the_feed_has_no_text_of_its_own_the_page_is_read(loader: StoryLoader, server: Server) -> None:
    story = server.says("/ferry", page("The ferry is back"))
    source = add_source(loader.library, server.says("/feed", feed(("The ferry is back", story))), "The Gull")
    loader.library.edit_source(source.id, feed_text=True)
    await run(loader)
    assert len(loader.library.listing(View("kept"))) == 1


async def test_a_source_removed_or_moved_while_it_was_asked_stays_as_the_person_left_it(
    loader: StoryLoader, server: Server
) -> None:
    def removes(connection: Call) -> None:
        loader.library.remove_source(gone.id)
        connection.send(reply(status=404))

    def moves(connection: Call) -> None:
        loader.library.edit_source(moved.id, url=server.url("/new"))
        connection.send(feed(("The ferry is back", server.url("/ferry"))))

    gone = add_source(loader.library, server.says("/gone", removes), "Gone")
    moved = add_source(loader.library, server.says("/old", moves), "Moved")
    await run(loader)
    assert sorted(asked.target for asked in server.asked) == ["/gone", "/old"]
    after = loader.library.source(gone.id)
    assert after is not None
    assert after.failure is None
    (left,) = loader.library.sources()
    assert (left.url, left.etag, left.due_at) == (server.url("/new"), None, 0)
    assert len(loader.library.listing(View("unread"))) == 0
