"""Send one request, and get its answer or its failure: for the tests of the client."""

from typing import TypedDict, Unpack

from reader.fetch.http import HttpClient, Limits
from reader.fetch.response import Response
from reader.models import Failure
from tests.fetch.scripted_server import Call, reply

QUICK = Limits(pause=0.001)


class Options(TypedDict, total=False):
    """What a request may say besides its address."""

    etag: str | None
    last_modified: str | None
    accept: str | None
    user_agent: str | None
    seconds: float | None


async def get(url: str, limits: Limits = QUICK, **options: Unpack[Options]) -> Response | Failure:
    async with HttpClient(limits) as client:
        return await client.get(url, **options)


async def answer(url: str, limits: Limits = QUICK, **options: Unpack[Options]) -> Response:
    result = await get(url, limits, **options)
    assert isinstance(result, Response), result
    return result


async def failure(url: str, limits: Limits = QUICK) -> Failure:
    result = await get(url, limits)
    assert isinstance(result, Failure), result
    return result


def silence(call: Call) -> None:
    call.gone()


def to(location: str, status: int = 302, **headers: str) -> bytes:
    return reply(b"", status, {"Location": location, **headers})
