"""What no person asked for does not lead from the web into a private network; what a person typed does."""

from collections.abc import Iterator

import pytest

from reader.fetch.http import HttpClient, Limits
from reader.fetch.response import Response
from reader.models import Failure, FailureKind
from tests.fetch.http.one_request import QUICK, to
from tests.fetch.public_loopback import PUBLIC, count_as_public, know_names
from tests.fetch.scripted_server import Server, reply


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """A paper at a public address. `server`, at 127.0.0.1, is at home."""
    count_as_public(monkeypatch)
    server = Server(host=PUBLIC)
    yield server
    server.close()


async def asked(url: str, found_on: str | None = None, limits: Limits = QUICK) -> FailureKind | int:
    async with HttpClient(limits) as client:
        result = await client.get(url, found_on=found_on)
    return result.kind if isinstance(result, Failure) else result.status


REFUSED = (FailureKind.PRIVATE_ADDRESS, FailureKind.BAD_URL, FailureKind.BAD_REDIRECT)
"""httpx takes some spellings for no address at all."""
SPELLINGS = ["127.0.0.1", "2130706433", "0x7f.1", "0177.0.0.1", "127.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "0"]


@pytest.mark.parametrize("host", [*SPELLINGS, "home.example", "127。0。0。1"])
async def test_a_redirect_from_the_web_does_not_reach_home_in_any_spelling(
    web: Server, server: Server, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_names(monkeypatch, {"home.example": ["127.0.0.1"]})
    server.says("/admin/reboot?now=1", reply(b"down"))
    url = web.says("/feed", to(f"http://{host}:{server.port}/admin/reboot?now=1"))
    assert await asked(url) in REFUSED
    assert server.asked == []


@pytest.mark.parametrize("host", SPELLINGS)
async def test_what_the_web_names_does_not_reach_home_and_what_a_person_types_does(
    web: Server, server: Server, host: str
) -> None:
    server.says("/note", reply(b"at home"))
    address = f"http://{host}:{server.port}/note"
    assert await asked(address, found_on=web.url("/feed")) in REFUSED
    assert await asked(address, found_on="") in REFUSED
    assert server.asked == []
    wanted = FailureKind.BAD_URL if host == "0177.0.0.1" else 200
    assert await asked(address) == wanted
    assert await asked(address, found_on=web.url("/feed"), limits=Limits(private=True)) == wanted


async def test_each_redirect_is_judged_by_where_it_comes_from(web: Server, server: Server) -> None:
    """What a person typed leads out to the web, and from there not back in."""
    server.says("/in", reply(b"at home"))
    server.says("/", to(web.url("/out")))
    web.says("/out", to(server.url("/in")))
    assert await asked(server.url("/")) is FailureKind.PRIVATE_ADDRESS
    assert server.paths() == ["/"]
    assert await asked(server.url("/"), limits=Limits(private=True)) == 200


async def test_a_source_at_home_may_lead_to_its_own_host_and_to_no_other_there(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_names(monkeypatch, {"nas.example": ["127.0.0.1"], "printer.example": ["127.0.0.3"]})
    server.says("/note", reply(b"at home"))
    server.says("/on", to("/note"))
    nas = f"http://nas.example:{server.port}"
    assert await asked(server.url("/note"), found_on=server.url("/feed")) == 200
    assert await asked(server.url("/on"), found_on=server.url("/feed")) == 200
    assert await asked(f"{nas}/note", found_on=f"{nas}/feed") == 200
    assert await asked(server.url("/note"), found_on=f"{nas}/feed") == 200  # the same host by another name
    assert await asked(f"{nas}/note", found_on=f"http://printer.example:{server.port}/") is FailureKind.PRIVATE_ADDRESS
    assert await asked(f"{nas}/note", found_on="http://gone.example/") is FailureKind.PRIVATE_ADDRESS


async def test_a_name_that_turns_from_the_web_to_home_is_found_out(
    web: Server, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name server can say another address a moment later (DNS rebinding); the name then vouches for nothing."""
    known = {"gull.example": [PUBLIC]}
    know_names(monkeypatch, known)
    monkeypatch.setattr("reader.fetch.network.names.KEPT", 0)
    web.says("/feed", reply(b"feed"))
    server.says("/story", reply(b"down"))
    async with HttpClient(QUICK) as client:
        feed = f"http://gull.example:{web.port}/feed"
        assert isinstance(await client.get(feed), Response)
        known["gull.example"] = ["127.0.0.1"]
        result = await client.get(f"http://gull.example:{server.port}/story", found_on=feed)
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.PRIVATE_ADDRESS
    assert server.asked == []


async def test_the_address_that_was_judged_is_the_one_that_is_connected_to(
    web: Server, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between the judgement and the connection the name may turn: then it is judged again, not trusted."""

    class Turning(dict[str, list[str]]):
        turns = 0

        def __contains__(self, key: object) -> bool:
            return True

        def __getitem__(self, key: str) -> list[str]:
            self.turns += 1
            return [PUBLIC] if self.turns == 1 else ["127.0.0.1"]

    monkeypatch.setattr("reader.fetch.network.names.KEPT", 0)
    know_names(monkeypatch, Turning())
    server.says("/story", reply(b"down"))
    address = f"http://gull.example:{server.port}/story"
    assert await asked(address, found_on=web.url("/feed")) is FailureKind.PRIVATE_ADDRESS
    assert server.asked == []


async def test_a_connection_home_that_a_person_opened_is_not_used_for_what_the_web_names(
    web: Server, server: Server
) -> None:
    server.says("/note", reply(b"at home"))
    async with HttpClient(QUICK) as client:
        assert isinstance(await client.get(server.url("/note")), Response)
        result = await client.get(server.url("/note"), found_on=web.url("/feed"))
    assert isinstance(result, Failure)
    assert result.kind is FailureKind.PRIVATE_ADDRESS
    assert server.paths() == ["/note"]


async def test_of_a_host_at_both_only_the_public_address_is_asked(
    web: Server, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_names(monkeypatch, {"gull.example": ["127.0.0.1", PUBLIC]})
    web.says("/note", reply(b"out there"))
    assert await asked(f"http://gull.example:{web.port}/note", found_on=web.url("/feed")) == 200
    assert server.asked == []


@pytest.mark.parametrize("host", ["2130706433", "0x7f.1", "192.168.1.1", "router", "nas.local", "[fd00::1]"])
async def test_behind_a_proxy_the_address_itself_is_judged_and_nothing_is_looked_up(
    host: str, web: Server, other: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_up = know_names(monkeypatch, {})
    monkeypatch.setenv("http_proxy", other.url("").rstrip("/"))
    other.says("http://gull.example/note", reply(b"through the proxy"))
    assert await asked("http://gull.example/note", found_on="http://weir.example/feed") == 200
    assert await asked(f"http://{host}/note", found_on="http://weir.example/feed") is FailureKind.PRIVATE_ADDRESS
    assert [path for path in other.paths() if "gull" not in path] == []
    assert looked_up == []


@pytest.mark.parametrize("typed", ["127.0.0.1", "0x7f.1", "[::ffff:127.0.0.1]"])
@pytest.mark.parametrize("named", ["127.0.0.1", "2130706433", "127.1", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]"])
async def test_a_paper_at_home_leads_to_its_own_host_in_any_spelling(server: Server, typed: str, named: str) -> None:
    server.says("/feed", to(f"http://{named}:{server.port}/note"))
    server.says("/note", reply(b"at home"))
    feed = f"http://{typed}:{server.port}/feed"
    assert await asked(feed) == 200
    assert await asked(f"http://{named}:{server.port}/note", found_on=feed) == 200


async def test_a_name_server_may_spell_an_address_of_home_otherwise(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    know_names(monkeypatch, {"nas.example": ["::ffff:127.0.0.1"]})
    server.says("/note", reply(b"at home"))
    nas = f"http://nas.example:{server.port}"
    assert await asked(f"{nas}/note", found_on=server.url("/feed")) == 200
    assert await asked(server.url("/note"), found_on=f"{nas}/feed") == 200
