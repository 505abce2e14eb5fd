"""What a robots.txt (RFC 9309) allows, by protego. Pure; `news.robots` asks for it and keeps it."""

from functools import lru_cache
from typing import TYPE_CHECKING

from reader.url_parts import url_parts

if TYPE_CHECKING:
    from protego import Protego

LARGEST = 512_000
"""Characters of a robots.txt that are read (RFC 9309 section 2.5)."""


def allows(rules: str, url: str, user_agent: str) -> bool:
    """Say whether these rules let a program of this name fetch `url`. "" allows everything.

    Rules are for product names: of `Newsstand/1.0 (+https://...)` that is the first word, without its version.
    """
    if not rules.strip():
        return True
    product = user_agent.partition("/")[0].partition(" ")[0]
    return bool(_parsed(rules[:LARGEST]).can_fetch(url, product))


@lru_cache(maxsize=64)
def _parsed(rules: str) -> "Protego":
    from protego import Protego

    return Protego.parse(rules)


def address(url: str) -> tuple[str, str]:
    """Return the origin of a web address (scheme, host and port), and where its robots.txt is."""
    parts = url_parts(url)
    origin = f"{parts.scheme.lower()}://{parts.netloc.lower()}"
    return origin, f"{origin}/robots.txt"
