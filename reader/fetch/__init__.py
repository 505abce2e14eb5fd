"""Bytes from the network, and nothing kept: this stage never touches the disk.

What it shows is named here and loaded when first asked for: httpx and lxml cost a fifth of a second to import, and
nobody needs them before the first request. `reader.fetch.discovery.discover.discover` alone is asked for by its full
name, as module and function have the same.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reader.fetch.discovery.discover import DiscoveredFeeds, web_address
    from reader.fetch.discovery.named_feeds import Candidate, feeds_named
    from reader.fetch.feeds import parse
    from reader.fetch.http import FEEDS, PAGES, HttpClient, Limits
    from reader.fetch.response import OwnHeaders, Response

__all__ = [
    "FEEDS",
    "PAGES",
    "Candidate",
    "DiscoveredFeeds",
    "HttpClient",
    "Limits",
    "OwnHeaders",
    "Response",
    "feeds_named",
    "parse",
    "web_address",
]

_STANDS_IN = {
    "FEEDS": "http",
    "PAGES": "http",
    "OwnHeaders": "response",
    "Response": "response",
    "HttpClient": "http",
    "Limits": "http",
    "parse": "feeds",
    "Candidate": "discovery.named_feeds",
    "DiscoveredFeeds": "discovery.discover",
    "feeds_named": "discovery.named_feeds",
    "web_address": "discovery.discover",
}


def __getattr__(name: str) -> Any:
    """Load what `__all__` names from the module it stands in (PEP 562)."""
    if name not in _STANDS_IN:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_STANDS_IN[name]}"), name)
