"""A person adds papers by their addresses, looks before subscribing, and changes what one source does."""

from dataclasses import replace

import pytest

from reader.lists.catalogue import Paper
from reader.models import Login, Source
from reader.news.asking import credentials
from reader.ui.dialogs.add_source import addresses
from reader.ui.dialogs.source_settings import changes, texts, value_of
from tests.fetch.scripted_server import Call, Script, Server, reply
from tests.ui.app_driver import Clock, FilledLibrary, OpenReader, feed, web_page
from tests.ui.dialog_driver import paste, press

HOME = (
    '<html><head><title>The Gull</title><link rel="alternate" type="application/rss+xml" title="All news" href="/all">'
    '<link rel="alternate" type="application/rss+xml" title="Harbour" href="/harbour"></head><body></body></html>'
)


def front_page(server: Server) -> str:
    """A paper with two feeds behind its front page."""
    server.says(
        "/all", feed(("Ferry returns", server.url("/ferry")), ("Seals", server.url("/seals")), title="All news")
    )
    server.says("/harbour", feed(("A new crane", server.url("/crane")), title="Harbour"))
    return server.says("/", reply(HOME.encode(), headers={"Content-Type": "text/html; charset=utf-8"}))


def named(filled: FilledLibrary) -> list[str]:
    return [source.title for source in filled.library.sources()]


async def test_a_home_page_shows_its_feeds_with_their_headlines_and_two_are_subscribed_to(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    filled.paper("Northern Ledger", folder="Inland")
    home = front_page(server)
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        assert "Add a source" in reader.text
        await paste(reader, home)
        await press(reader, "enter")
        assert "2 found behind this address" in reader.text
        assert "● Ferry returns" in reader.text
        assert "A new crane" not in reader.text
        await press(reader, "j")
        assert "● A new crane" in reader.text
        assert named(filled) == ["Northern Ledger"]
        await press(reader, "space", "k", "space", "enter")
        assert sorted(named(filled)) == ["All news", "Harbour", "Northern Ledger"]
        assert reader.app.screen is reader.app.main_screen
        assert "Subscribed to 2 sources. ^Z undoes." in reader.footer
        assert "Ferry returns" in reader.text


async def test_one_feed_is_named_and_put_in_a_folder_before_it_is_subscribed_to(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    filled.paper("Northern Ledger", folder="Inland")
    url = server.says("/feed", feed(("Ferry returns", server.url("/ferry")), title="The Gull"))
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, url)
        await press(reader, "enter", "tab", "down", "tab")
        await press(reader, "end", "space", *"cry")
        await press(reader, "enter")
        gull = next(source for source in filled.library.sources() if source.url == url)
        assert (gull.title, gull.folder) == ("The Gull cry", "Inland")
        assert reader.footer == "Subscribed to The Gull cry: 1 headline."
        assert "The Gull cry" in reader.lines[2]
        assert "Ferry returns" in reader.text


async def test_what_is_subscribed_already_says_so_and_enter_goes_there(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    url = server.says("/feed", feed(("Ferry returns", server.url("/ferry"))))
    filled.paper("Northern Ledger")
    filled.headlines(filled.paper("The Gull", url=url), "Ferry returns")
    async with open_reader() as reader:
        await press(reader, "a")
        await paste(reader, url)
        await press(reader, "enter")
        assert "subscribed" in reader.text
        await press(reader, "enter")
        assert reader.footer == "Already subscribed to The Gull: this is it."
        assert "The Gull" in reader.lines[2]
        assert len(filled.library.sources()) == 2


async def test_a_dead_address_says_why_and_stays_to_be_mended(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    filled.paper("Northern Ledger")
    server.says("/feed", feed(("Ferry returns", server.url("/ferry")), title="The Gull"))
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, server.url("/fed"))
        await press(reader, "enter")
        assert "! The server answered 404: this address has moved or gone." in reader.text
        assert server.url("/fed") in reader.text
        await press(reader, "left", "e", "enter")
        assert "1 found behind this address" in reader.text
        await press(reader, "escape")
        assert named(filled) == ["Northern Ledger"]


def guarded(answer: bytes) -> Script:
    """An answer for Ann alone."""

    def script(call: Call) -> None:
        known = call.asked.headers.get("authorization") == "Basic YW5uOmd1bGw="  # ann:gull
        call.send(answer if known else reply(b"", 401))

    return script


def private(url: str) -> str:
    return url.replace("//", "//ann:gull@", 1)


async def test_a_password_in_an_address_is_sent_there_and_kept_out_of_the_address(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    filled.paper("Northern Ledger")
    url = server.says("/feed", guarded(feed(("Ferry returns", server.url("/ferry")), title="The Gull")))
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, private(server.url("/none")) + " " + private(server.url("/nor")))
        await press(reader, "enter")
        assert f"{server.url('/none')}: " in reader.text  # what was wrong, without the password
        await press(reader, "escape", "a")
        await paste(reader, private(url))
        await press(reader, "enter", "enter")
        assert reader.footer == "Subscribed to The Gull: 1 headline."
        gull = next(source for source in filled.library.sources() if source.title == "The Gull")
        assert (gull.url, gull.failure, gull.credentials is None) == (url, None, False)
        assert server.asked[-1].headers["authorization"].startswith("Basic ")


async def test_a_password_is_given_to_a_source_that_is_there_by_adding_it_or_in_its_settings(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    filled.paper("Northern Ledger", url=server.says("/ledger", guarded(feed(title="Northern Ledger"))))
    filled.paper("The Gull", url=server.says("/feed", guarded(feed(title="The Gull"))))
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, private(server.url("/feed")))
        await press(reader, "enter", "enter")
        await press(reader, "e", "tab", "tab", "end")
        await press(reader, *["backspace"] * 60)
        await paste(reader, private(server.url("/feed")).replace("gull@", "tern@"))
        await press(reader, "enter")
        names = {source.title: source.credentials for source in filled.library.sources()}
        assert names["The Gull"] is not None
        assert names["Northern Ledger"] is None
        assert [source.url for source in filled.library.sources()].count(server.url("/feed")) == 1
        (login,) = {credentials.find(filled.path, names["The Gull"])}
        assert login == Login("ann", "tern")


async def test_several_pasted_lines_are_each_looked_up(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, other: Server
) -> None:
    filled.paper("Northern Ledger")
    one = server.says("/feed", feed(("Ferry returns", server.url("/ferry")), title="The Gull"))
    two = other.says("/feed", feed(("Quarry signs", other.url("/quarry")), title="The Quarry"))
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, f"{one}\n{two}\n{other.url('/gone')}\n")
        await press(reader, "enter")
        assert "2 found behind 3 addresses" in reader.text
        assert "answered 404" in reader.text
        await press(reader, "enter")
    assert {source.title for source in filled.library.sources()} == {"Northern Ledger", "The Gull", "The Quarry"}


async def test_of_several_addresses_each_is_shown_when_it_has_answered_and_esc_keeps_those(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, other: Server
) -> None:
    filled.paper("Northern Ledger")
    one = server.says("/feed", feed(("Ferry returns", server.url("/ferry")), title="The Gull"))
    busy = other.says("/busy", BUSY)
    silent = server.says("/slow", lambda call: call.gone())
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, f"{silent} {other.url('/gone')} {busy} {one}")
        await reader.pilot.press("enter")
        while "3 of 4 have answered" not in reader.text:
            await reader.pilot.pause()
        assert "2 found behind 4 addresses" in reader.text
        assert "answered 404" in reader.text
        assert reader.text.index("127.0.0.1") < reader.text.index("The Gull"), "in the order they were typed"
        await press(reader, "escape")
        assert "stopped" in reader.text
        await press(reader, "enter")
        assert sorted(source.url for source in filled.library.sources())[:2] == sorted((busy, one))


async def test_an_address_whose_server_asks_us_to_wait_can_be_subscribed_to_anyway(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    filled.paper("Northern Ledger")
    busy = server.says("/feed", BUSY)
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, busy)
        await press(reader, "enter")
        assert "It asks us to wait 20 s" in reader.text
        assert "You can subscribe to it anyway" in reader.text
        await press(reader, "enter")
        assert busy in {source.url for source in filled.library.sources()}
        assert "come by themselves" in reader.footer


async def test_a_server_that_cannot_be_reached_leaves_the_cursor_where_the_address_can_be_mended(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    filled.paper("Northern Ledger")
    server.says("/feed", reply(status=500))
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, server.url("/fee"))
        server.says("/fee", reply(status=500))
        server.says("/feed", feed(("Ferry returns", server.url("/ferry")), title="The Gull"))
        await press(reader, "enter")
        assert "You can subscribe to it anyway" in reader.text
        await press(reader, "d", "enter")
        assert "The Gull" in reader.text
        await press(reader, "enter")
        assert "The Gull" in named(filled)


async def test_esc_stops_asking_and_the_late_answer_changes_nothing(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    filled.paper("Northern Ledger")
    url = server.says("/slow", lambda call: call.gone())  # never answers
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, url)
        await reader.pilot.press("enter")
        await reader.pilot.pause()
        assert "Checking 127.0.0.1" in reader.text
        await press(reader, "escape")
        assert "Stopped. Enter tries again." in reader.text
        await press(reader, "escape")
        assert reader.app.screen is reader.app.main_screen


async def test_a_paper_of_the_catalogue_is_found_by_its_name_without_accents(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = server.says("/feed", feed(("Cầu mới", server.url("/cau")), title="RSS"))
    paper = Paper("duong-song", "Đường Sông", "ĐS", server.url("/"), "vi", "VN", ("local",), "teal", url)
    monkeypatch.setattr("reader.lists.catalogue.papers", lambda: (paper,))
    filled.paper("Northern Ledger")
    async with open_reader(offline=False) as reader:
        await press(reader, "a", *"duong", "enter")
        assert "1 paper in the catalogue" in reader.text
        assert "● Cầu mới" in reader.text
        await press(reader, "enter")
        assert "Subscribed to Đường Sông" in reader.footer
        assert "Cầu mới" in reader.text


async def test_a_name_nobody_has_says_so(open_reader: OpenReader, filled: FilledLibrary) -> None:
    filled.paper("Northern Ledger")
    async with open_reader() as reader:
        await press(reader, "a", *"zzqx", "enter")
        assert "is not an address, and no paper in the catalogue has that name." in reader.text


@pytest.mark.parametrize("size", [(80, 24), (40, 20)])
async def test_the_sheet_fits_small_screens(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, size: tuple[int, int]
) -> None:
    filled.paper("Northern Ledger")
    home = front_page(server)
    async with open_reader(offline=False, columns=size[0], rows=size[1]) as reader:
        await press(reader, "a")
        await paste(reader, home)
        await press(reader, "enter")
        assert "All news" in reader.text
        assert "Ferry returns" in reader.text
        assert "Enter subscribe" in reader.text
        assert "Esc leave" in reader.text


async def test_settings_are_checked_changed_as_one_act_and_undone(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    gull = filled.paper("The Gull", folder="Coast")
    filled.headlines(gull, "Ferry returns")
    gull = filled.library.source(gull.id) or gull
    async with open_reader() as reader:
        await press(reader, "e")
        assert "settings of this source" in reader.text
        await press(reader, "end", "space", *"cry", "tab", "tab", "tab", "x")
        assert "! Minutes are a number from 1 to 10080 (a week)." in reader.text
        await press(reader, "enter")
        assert filled.library.source(gull.id) == gull
        await press(reader, "backspace", *"30", "tab", *"5", "tab", "space", "tab", "space", "enter")
        changed = filled.library.source(gull.id)
        assert changed is not None
        assert (changed.title, changed.interval, changed.stories) == ("The Gull cry", 1800, 5)
        assert changed.feed_text
        assert changed.browser
        assert reader.footer == "The Gull cry changed. ^Z undoes."
        await press(reader, "ctrl+z")
        undone = filled.library.source(gull.id)
        assert undone is not None
        assert replace(undone, due_at=gull.due_at) == gull, "it may be asked sooner, once"


async def test_esc_leaves_the_settings_as_they_were(open_reader: OpenReader, filled: FilledLibrary) -> None:
    gull = filled.paper("The Gull")
    filled.headlines(gull, "Ferry returns")
    gull = filled.library.source(gull.id) or gull
    async with open_reader(columns=40, rows=20) as reader:
        await press(reader, "e", *"xyz", "escape")
        assert filled.library.source(gull.id) == gull
        assert reader.app.screen is reader.app.main_screen


async def test_the_address_of_another_source_is_refused_in_words(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    gull = filled.paper("The Gull")
    ledger = filled.paper("Northern Ledger")
    filled.headlines(gull, "Ferry returns")
    gull = filled.library.source(gull.id) or gull
    async with open_reader() as reader:
        await press(reader, "e", "tab", "tab", "ctrl+u")
        await paste(reader, ledger.url)
        await press(reader, "enter")
        assert "is the address of Northern Ledger" in reader.text
        assert filled.library.source(gull.id) == gull


async def test_a_changed_address_is_asked_at_once(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    gull = filled.paper("The Gull", url=server.url("/old"))
    filled.headlines(gull, "Ferry returns")
    new = server.says("/new", feed(("Found again", server.url("/again"))))
    async with open_reader(offline=False) as reader:
        await press(reader, "e", "tab", "tab", "ctrl+u")
        await paste(reader, new)
        await press(reader, "enter")
        assert "/new" in server.paths()
        assert filled.library.page_of(server.url("/again")) is not None


def test_names_are_told_from_addresses() -> None:
    assert addresses("tuoi tre") == []
    assert addresses("gull.example") == ["gull.example"]
    assert addresses("gull.example  https://b.example/rss gull.example") == ["gull.example", "https://b.example/rss"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("name", "  "),
        ("address", "gull"),
        ("address", "ftp://gull.example/"),
        ("interval", "0"),
        ("interval", "nan"),
        ("interval", "20000"),
        ("stories", "-1"),
        ("stories", "2.5"),
        ("seconds", "inf"),
        ("user_agent", "Báo"),
    ],
)
def test_what_a_field_cannot_be_is_refused(field: str, text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        value_of(field, text)


def test_no_folder_is_called_as_paths_call_others() -> None:
    source = Source(1, "https://gull.example/rss", "The Gull", folder="Coast")
    kept, wrong = changes(source, texts(source) | {"folder": "/..//"}, {"text": False, "browser": False})
    assert (kept, wrong and wrong[0]) == ({}, "folder")
    assert wrong is not None
    assert wrong[1].startswith("No folder is called . or ..")


async def test_a_folder_that_is_none_is_told_and_what_was_found_stays(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    filled.paper("Northern Ledger")
    url = server.says("/feed", feed(("Ferry returns", server.url("/ferry")), title="The Gull"))
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, url)
        await press(reader, "enter", "tab", "full_stop", "full_stop", "enter")
        assert "No folder is called . or .." in reader.text
        assert "The Gull" not in named(filled)
        await press(reader, "backspace", "backspace", *"Sea", "enter")
        assert next(source for source in filled.library.sources() if source.url == url).folder == "Sea"


def test_only_what_differs_is_changed() -> None:
    source = Source(1, "https://gull.example/rss", "The Gull", folder="Coast", interval=1800, seconds=2.5)
    sides = {"text": False, "browser": False}
    assert changes(source, texts(source), sides) == ({}, None)
    typed = texts(source) | {"folder": " Coast / North ", "interval": "", "seconds": "30"}
    assert changes(source, typed, sides | {"browser": True}) == (
        {"folder": "Coast/North", "interval": None, "seconds": 30.0, "browser": True},
        None,
    )


BUSY = reply(status=429, headers={"Retry-After": "20"})


async def test_a_paper_whose_server_asks_us_to_wait_comes_by_itself_and_the_message_says_so(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, clock: Clock
) -> None:
    home = front_page(server)
    server.says("/all", BUSY)
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, home)
        await press(reader, "enter", "enter")
        said = "Subscribed to All news. Its headlines come by themselves in 20 s: the server asks us"
        assert reader.footer.startswith(said)
        assert "No headlines yet: the server asks us to" in reader.text
        assert "wait. They come by themselves." in reader.text
        server.says("/all", feed(("Ferry returns", server.says("/ferry", web_page("Ferry returns")))))
        clock.now += 19
        reader.app.main_screen.live.check_for_changes()
        await reader.wait_until_idle()
        assert "Ferry returns" not in reader.text
        assert server.paths().count("/all") == 1
        clock.now += 1
        reader.app.main_screen.live.check_for_changes()
        await reader.wait_until_idle()
        assert server.paths().count("/all") == 2
        assert "● Ferry returns" in reader.text
        assert [source.failure for source in filled.library.sources()] == [None]


async def test_of_several_papers_the_message_says_how_many_have_to_wait(
    open_reader: OpenReader, filled: FilledLibrary, server: Server, other: Server
) -> None:
    front_page(server)
    elsewhere = HOME.replace("/harbour", other.says("/harbour", BUSY))
    home = server.says("/", reply(elsewhere.encode(), headers={"Content-Type": "text/html; charset=utf-8"}))
    async with open_reader(columns=120, offline=False) as reader:
        await press(reader, "a")
        await paste(reader, home)
        await press(reader, "enter", "space", "j", "space", "enter")
        assert reader.footer.startswith("Subscribed to 2 sources. ^Z undoes. ")
        assert "asks us to wait; its headlines come by themselves." in reader.footer


async def test_letters_typed_over_what_was_found_are_another_address(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    home = front_page(server)
    async with open_reader(offline=False) as reader:
        await press(reader, "a")
        await paste(reader, home)
        await press(reader, "enter")
        assert "2 found behind this address" in reader.text
        await press(reader, *"gull")
        assert any("gull" in line.split() for line in reader.lines)
        assert home not in reader.text
        await press(reader, "enter")
        assert named(filled) == []
