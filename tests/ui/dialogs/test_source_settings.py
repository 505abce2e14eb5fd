"""User, password and headers of a source in its settings: kept as `set` and `add` keep them, and never shown."""

import pytest

from reader.models import Login
from reader.news.asking import credentials
from reader.ui.dialogs.source_settings import KEPT, headers_of, login_after
from tests.fetch.scripted_server import Call, Server
from tests.ui.app_driver import FilledLibrary, OpenReader, feed
from tests.ui.dialog_driver import paste, press

TO_USER = ["shift+tab"] * 3
TO_HEADERS = ["shift+tab"]


def login_of(filled: FilledLibrary) -> Login | None:
    """What is kept for the only source."""
    (source,) = filled.library.sources()
    return credentials.find(filled.path, source.credentials) if source.credentials is not None else None


async def test_a_login_typed_in_the_settings_is_kept_sent_and_never_shown(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    def answer(call: Call) -> None:
        call.send(feed(title="The Sluice"))

    filled.headlines(filled.paper("The Sluice", url=server.says("/feed", answer)), "The weir is opened")
    async with open_reader(offline=False) as reader:
        await press(reader, "e", *TO_USER, *"maren", "tab", *"heron9")
        assert "maren" in reader.text
        assert "heron9" not in reader.text
        await press(reader, "enter")
        assert login_of(filled) == Login("maren", "heron9")
        assert server.asked[-1].headers["authorization"].startswith("Basic "), "it is asked again at once"

        await press(reader, "e")
        assert "maren" in reader.text
        assert "heron9" not in reader.text
        await press(reader, "escape", "e", *TO_USER, "ctrl+u", *"ole", "enter")
        assert login_of(filled) == Login("ole", "heron9"), "another user, the same password"
        before = server.asked[-1].headers["authorization"]
        await press(reader, "e", *TO_USER, "tab", *"otter", "enter")
        assert login_of(filled) == Login("ole", "otter")
        assert server.asked[-1].headers["authorization"] != before
        await press(reader, "e", *TO_USER, "ctrl+u", "enter")
        assert login_of(filled) is None
        assert "authorization" not in server.asked[-1].headers


async def test_a_login_that_was_typed_before_gives_way_to_the_one_of_the_settings(
    open_reader: OpenReader, filled: FilledLibrary, server: Server
) -> None:
    address = server.says("/feed", feed(title="The Sluice"))
    async with open_reader(offline=False) as reader:
        await press(reader, "escape", "a")
        await paste(reader, address.replace("//", "//maren:heron9@"))
        await press(reader, "enter", "enter")
        before = server.asked[-1].headers["authorization"]
        await press(reader, "e", *TO_USER, "tab", *"otter", "enter")
        assert login_of(filled) == Login("maren", "otter")
        assert server.asked[-1].headers["authorization"] != before


async def test_headers_are_set_and_a_secret_one_is_not_shown(open_reader: OpenReader, filled: FilledLibrary) -> None:
    source = filled.paper("The Sluice")
    filled.headlines(source, "The weir is opened")
    async with open_reader() as reader:
        await press(reader, "e", *TO_HEADERS)
        await paste(reader, "Accept-Language: da | X-Token: kingfisher")
        await press(reader, "enter")
        kept = (("Accept-Language", "da"), ("X-Token", "kingfisher"))
        assert (found := filled.library.source(source.id)) is not None
        assert found.headers == kept
        await press(reader, "e", *TO_HEADERS)
        assert "Accept-Language: da | X-Token: ***" in reader.text
        await paste(reader, " | X-Edition: dusk")
        await press(reader, "enter")
        assert (found := filled.library.source(source.id)) is not None
        assert found.headers == (*kept, ("X-Edition", "dusk"))
        await press(reader, "e", *TO_HEADERS, "ctrl+u")
        await paste(reader, "Host: other.example")
        await press(reader, "enter")
        assert "Host: this header belongs to the connection." in reader.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("X-Edition: dusk | X-Town: Århus", "X-Town: its value is not ASCII."),
        ("X-Edition: dusk | Transfer-Encoding: chunked", "Transfer-Encoding: this header belongs to the connection."),
        ("X-Edition: dusk | : dawn", "A header has no name before its colon."),
        (": dawn", "A header has no name before its colon."),
        ("X-Edition: dusk | Größe: 3", "Größe: a name has only ASCII letters, digits and -."),
        ("X-Edition:", "X-Edition: it has no value."),
        ("dusk", "dusk: a header is Name: value, with | between two."),
        ("Range: bytes=0-1", "Range: Newsstand sets this header itself."),
        ("User-Agent: Heron", "User-Agent: it has a field of its own here."),
        ("X-" + "Long" * 20 + ": ä", "X-LongLongLongLongLongL…: its value is not ASCII."),
        ("X-Edition: " + "d" * 4001, "X-Edition: its value is too long."),
        (" | ".join(f"X-{n}: {n}" for n in range(31)), "X-30: these are more headers than a source can have."),
    ],
)
async def test_of_headers_the_one_that_cannot_be_sent_is_named_and_why(
    open_reader: OpenReader, filled: FilledLibrary, typed: str, sentence: str
) -> None:
    source = filled.paper("The Sluice")
    filled.headlines(source, "The weir is opened")
    async with open_reader(columns=80, rows=24) as reader:
        await press(reader, "e", *TO_HEADERS)
        await paste(reader, typed)
        assert sentence in reader.text, "while it is typed"
        await press(reader, "enter")
        assert sentence in reader.text
        assert (found := filled.library.source(source.id)) is not None
        assert found.headers == ()


async def test_authorization_among_the_headers_and_a_login_are_too_much(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    source = filled.paper("The Sluice")
    filled.headlines(source, "The weir is opened")
    async with open_reader() as reader:
        await press(reader, "e", *TO_USER, *"maren", "tab", "tab")
        await paste(reader, "Authorization: Bearer 12")
        await press(reader, "enter")
        assert "Authorization is among the headers" in reader.text
        assert (found := filled.library.source(source.id)) is not None
        assert found.headers == ()
        assert found.credentials is None


async def test_a_secret_header_does_not_go_to_another_host_with_the_address(
    open_reader: OpenReader, filled: FilledLibrary
) -> None:
    source = filled.paper("The Sluice")
    filled.headlines(source, "The weir is opened")
    filled.library.edit_source(source.id, headers=(("Cookie", "s=1"),))
    async with open_reader() as reader:
        await press(reader, "e", "tab", "tab", "ctrl+u")
        await paste(reader, "https://weir.example/rss")
        await press(reader, *["tab"] * 11)
        await paste(reader, " | X-Edition: dusk")
        await press(reader, "enter")
        assert "Cookie: *** is no value that is kept for this address." in reader.text
        assert (found := filled.library.source(source.id)) is not None
        assert found.url == source.url


def test_headers_and_logins_are_read_from_their_fields() -> None:
    old = (("Cookie", "a=1; b=2"), ("Accept-Language", "da"))
    assert headers_of(f"cookie: {KEPT} | X-A: 1|2", old) == (("cookie", "a=1; b=2"), ("X-A", "1|2"))
    assert headers_of("  ", old) == ()
    assert login_after(Login("a", "b"), "c", "") == Login("c", "b")
    assert login_after(Login("a", "b"), "", "") is None
    assert login_after(None, "", "key") == Login("", "key")
