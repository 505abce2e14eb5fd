"""The HTTP client, sent elsewhere: which redirects are followed, and which move an address for good."""

import pytest

from reader.fetch.http import HttpClient, Limits
from reader.fetch.response import Response
from reader.models import FailureKind
from tests.fetch.http.one_request import QUICK, answer, failure, to
from tests.fetch.scripted_server import Call, Server, reply


async def test_a_permanent_redirect_is_reported_and_a_temporary_one_is_not(server: Server) -> None:
    end = server.says("/new", reply(b"here"))
    moved = await answer(server.says("/old", to("/new", 301)))
    assert (moved.url, moved.final_url, moved.moved_to) == (server.url("/old"), end, end)
    for status in (302, 303, 307):
        passing = await answer(server.says("/now", to("new", status)))
        assert (passing.final_url, passing.moved_to) == (end, None)


async def test_only_an_unbroken_chain_of_permanent_redirects_moves_an_address(server: Server, other: Server) -> None:
    end = other.says("/feed", reply(b"here"))
    server.says("/b", to(f"//127.0.0.1:{other.port}/feed#top", 308))
    server.says("/c", to(server.url("/b"), 302))
    assert (await answer(server.says("/a", to("/b", 301)))).moved_to == end
    assert (await answer(server.says("/a", to("/c", 301)))).moved_to is None


async def test_an_address_spelled_oddly_has_not_moved(server: Server) -> None:
    server.says("/a%20b?q=%C4%91", reply(b"here"))
    result = await answer(server.url("/a b?q=đ#x"))
    assert (result.moved_to, result.final_url) == (None, server.url("/a%20b?q=%C4%91"))


async def test_a_redirect_loop_ends_at_once(server: Server) -> None:
    server.says("/b", to("/a"))
    result = await failure(server.says("/a", to("/b")))
    assert result.kind is FailureKind.REDIRECT_LOOP
    assert server.paths() == ["/a", "/b"]


async def test_a_chain_without_end_is_a_loop(server: Server) -> None:
    for number in range(20):
        server.says(f"/{number}", to(f"/{number + 1}"))
    result = await failure(server.url("/0"), Limits(redirects=5))
    assert result.kind is FailureKind.REDIRECT_LOOP
    assert len(server.asked) == 6


async def test_a_paper_that_wants_its_cookie_back_once_gets_it_and_no_longer(server: Server) -> None:
    def door_keeper(call: Call) -> None:
        seen = "seen=1" in call.asked.headers.get("cookie", "")
        call.send(reply(b"inside") if seen else to("/", 302, **{"Set-Cookie": "seen=1; Path=/"}))

    url = server.says("/", door_keeper)
    async with HttpClient(QUICK) as client:
        for _ in range(2):
            result = await client.get(url)
            assert isinstance(result, Response)
            assert result.body == b"inside"
    assert [asked.headers.get("cookie") for asked in server.asked] == [None, "seen=1", None, "seen=1"]


@pytest.mark.parametrize("location", ["ftp://127.0.0.1/", "javascript:alert(1)", "file:///etc/passwd", "http://[", ""])
async def test_a_redirect_out_of_the_web_is_not_followed(server: Server, location: str) -> None:
    result = await failure(server.says("/", to(location)))
    assert result.kind in (FailureKind.BAD_REDIRECT, FailureKind.REDIRECT_LOOP)
    assert len(server.asked) == 1


async def test_a_redirect_to_nowhere_in_particular_is_a_failure(server: Server) -> None:
    result = await failure(server.says("/", reply(b"", 301)))
    assert (result.kind, result.status) == (FailureKind.HTTP, 301)


async def test_a_page_that_refreshes_elsewhere_stays_the_page(server: Server) -> None:
    body = b'<meta http-equiv="refresh" content="0; url=/elsewhere">'
    assert (await answer(server.says("/", reply(body)))).body == body
    assert server.paths() == ["/"]
