"""The pages of an article after those that are here: asked for one after the other, and joined. Nothing is kept."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from reader.models import Article, Failure, FailureKind
from reader.text.urls import canonical

OnPage = Callable[[int, int | None], None]
"""Hears a page's number before it is asked for, and of how many where the paper says so."""

_T = TypeVar("_T")


class FurtherPages(NamedTuple):
    """An article with what came after it: the same one where nothing did. `size`: the bytes that came.

    Where pages are missing, its `next` edge leads to the first of them, and `failure` says why. None: it was stopped,
    or there are more than are ever joined.
    """

    article: Article
    size: int
    failure: Failure | None


def ignore_page(_number: int, _of: int | None) -> None:
    """For who does not need to know."""


async def follow(
    first: Article,
    ask: Callable[[str], Coroutine[Any, Any, tuple[Article | Failure, int]]],
    work: Callable[..., Awaitable[Any]],
    on_page: OnPage = ignore_page,
    stop: asyncio.Event | None = None,
) -> FurtherPages:
    """Return `first` with its further pages, 20 at most in all. `ask` gets one page by its address, `work` does what
    needs the processor. When `stop` is set, what is under way is left, and what has come is joined.

    Raises what `work` raises.
    """
    from reader.extract import MOST_PAGES, is_page_of, join, pages_in, stated_page_count

    pages, seen = [first], {canonical(first.url), canonical(first.canonical_url)}
    size, of, failure = 0, None, None
    while (edge := pages[-1].next) is not None and pages_in(first) + len(pages) <= MOST_PAGES:
        of = stated_page_count(pages[-1]) or of
        on_page(pages_in(first) + len(pages), of)
        came = await _unless(stop, ask(edge.url))
        if came is None:
            break
        got, received = came
        size += received
        if isinstance(got, Article) and canonical(got.url) in seen:
            # It leads round in a circle: there is no such page.
            pages[-1] = replace(pages[-1], links=tuple(link for link in pages[-1].links if link != edge))
        elif isinstance(got, Article) and got.markdown and is_page_of(got, first, edge.url):
            seen.add(canonical(got.url))
            pages.append(got)
        else:
            failure = got if isinstance(got, Failure) else Failure(FailureKind.NO_ARTICLE, edge.url)
            break
    return FurtherPages(pages[0] if len(pages) == 1 else await work(join, pages[0], pages[1:]), size, failure)


async def _unless(stop: asyncio.Event | None, doing: Coroutine[Any, Any, _T]) -> _T | None:
    """What comes of it; None where `stop` is set before: it is cancelled then."""
    work, halt = asyncio.ensure_future(doing), asyncio.ensure_future((stop or asyncio.Event()).wait())
    try:
        await asyncio.wait((work, halt), return_when=asyncio.FIRST_COMPLETED)
        return work.result() if work.done() else None
    finally:
        halt.cancel()
        work.cancel()
        await asyncio.wait((work, halt))
