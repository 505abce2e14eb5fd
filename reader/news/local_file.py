"""A saved page -> its story. No library, no network."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING

from reader.errors import NotAPage
from reader.models import Failure, FailureKind
from reader.news.stories import Story, no_story
from reader.text.charsets import to_utf8
from reader.text.urls import absolute

if TYPE_CHECKING:
    from reader.config.values import RuleFile

NOWHERE = "http://localhost/"
"""The address of a page that is not known to stand anywhere: its relative links lead nowhere, no site's rule fits."""

LARGEST_FILE = 30_000_000
"""Bytes of the largest saved page that is read: as many as of one from the network, unpacked."""


def extract_file(path: Path, url: str | None = None, *, own: "tuple[RuleFile, ...]" = ()) -> Story:
    """Return the story in a saved page, as if it had come from `url`; None: from where the page itself says it stands.

    A page that does not say is taken to stand on this machine: its relative links lead nowhere then. `own` are
    the person's site rules. No library, no network.
    """
    try:
        with path.open("rb") as file:
            document = file.read(LARGEST_FILE + 1)
    except OSError as error:
        return Story(url or "", failure=Failure(FailureKind.UNREADABLE, str(path), cause=str(error)))
    return extract_bytes(document, url or own_address(document) or NOWHERE, own=own)


def own_address(document: bytes) -> str | None:
    """Return what a page's head names as its address (rel=canonical, og:url)."""
    head = to_utf8(document[:200_000]).decode("utf-8", "replace")
    for tag in re.findall(r"<(?:link|meta)\b[^>]{0,2000}>", head, re.I):
        if re.search(r"rel=[\"']?canonical\b|property=[\"']?og:url\b", tag, re.I):
            named = re.search(r"(?:href|content)=[\"']?(https?://[^\"'\s>]+)", tag, re.I)
            if named and (address := absolute("", unescape(named[1]))):
                return address
    return None


def extract_bytes(document: bytes, url: str, *, encoding: str | None = None, own: "tuple[RuleFile, ...]" = ()) -> Story:
    """Return the story in these bytes of a page of `url`. No library, no network."""
    if len(document) > LARGEST_FILE:
        return Story(url, failure=Failure(FailureKind.TOO_LARGE, url, limit=LARGEST_FILE))
    from reader.extract import extract_by

    try:
        article = extract_by(own, document, url, encoding=encoding)
    except NotAPage as error:
        return Story(url, failure=Failure(FailureKind.NOT_A_PAGE, url, cause=str(error)))
    if not article.markdown:
        return Story(url, failure=replace(no_story(article), url=url))
    return Story(url, article=article, size=len(document))
