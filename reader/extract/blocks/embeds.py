"""Embedded videos, posts, maps and charts as one line each: a name, linked to the page where the thing is."""

import re
from urllib.parse import parse_qs

from lxml import etree

from reader.extract.dom.node import text_of
from reader.extract.links.targets import link_target
from reader.text import clean_line
from reader.url_parts import url_parts

TAGS = frozenset(("iframe", "video", "audio", "embed", "object"))

_KINDS = (
    ("Video", ("youtube.com", "youtube-nocookie.com", "youtu.be", "vimeo.com", "dailymotion.com")),
    ("Post", ("twitter.com", "x.com", "instagram.com", "facebook.com", "tiktok.com")),
    ("Audio", ("spotify.com", "soundcloud.com")),
    ("Chart", ("datawrapper.de", "dwcdn.net", "flourish.studio")),
    ("Map", ("google.com/maps", "openstreetmap.org")),
)
_FILE = re.compile(r"[^/]+\.(?:pdf|epub|docx?|odt|xlsx?|ods|csv|pptx?|odp|zip)(?=[?#]|\Z)", re.I)
"""The name of a file that people open beside the page."""
_EMPTY_TITLE = re.compile(
    r"(?:youtube|vimeo|dailymotion|embedded|embed|video|audio|map|iframe|player|content|interactive|chart|"
    r"instagram|facebook|twitter|spotify|soundcloud|post|[\s_-])*\Z",
    re.I,
)
_PLUGIN = re.compile(r"/plugins/(?:like|page|share|follow|comments)|/channel/|subscribe_embed|/widgets/follow", re.I)


def is_post_card(quote: etree._Element) -> bool:
    """Say whether a `blockquote` stands for a post and holds none of its text, as Instagram's does."""
    return "instagram-media" in (quote.get("class") or "")


def embed_paragraph(element: etree._Element, base: str) -> etree._Element | None:
    """Return a paragraph with one link, `[Video: title](address)`, or None for a frame of any other kind (mostly
    advertisements). A file in a frame is a link with its name; a `video` or an `audio` counts where it has an address,
    unless it plays by itself."""
    if element.tag in ("video", "audio"):
        address: str | None = _of_player(element, base)
        kind: str | None = "Video" if element.tag == "video" else "Audio"
    else:
        given = element.get("data-instgrm-permalink") or element.get("src") or element.get("data") or ""
        if not given or given.startswith("about:"):
            given = element.get("data-src") or element.get("data-lazy-src") or ""
        address = link_target(given, base)
        kind = _kind(address) if address else None
        if address and kind is None and element.tag in ("embed", "object") and (file := _FILE.search(address)):
            return _linked(file.group(), address)
    if not address or kind is None or _PLUGIN.search(address):
        return None
    title = clean_line(element.get("title") or element.get("aria-label") or "", 160)
    if is_post_card(element):
        title = text_of(next(reversed(list(element.iter("a"))), element))
    return _linked(kind if _EMPTY_TITLE.match(title) else f"{kind}: {title}", _watched(address))


def _linked(text: str, address: str) -> etree._Element:
    out = etree.Element("p")
    link = etree.SubElement(out, "a")
    link.set("href", address)
    link.text = text
    return out


def instead(element: etree._Element, base: str) -> bool:
    """Say whether an `object` holds words with a link to the file that it shows, for those who cannot see that."""
    if element.tag != "object" or not _FILE.search(link_target(element.get("data") or "", base) or ""):
        return False
    return next(element.iter("a"), None) is not None and text_of(element) != ""


def _of_player(player: etree._Element, base: str) -> str | None:
    if player.get("controls") is None and player.get("autoplay") is not None:
        return None
    source = player.get("src") or next((e.get("src") for e in player.iter("source") if e.get("src")), None)
    address = link_target(source, base)
    return address if address and address.startswith("http") else None


def _kind(address: str) -> str | None:
    parts = url_parts(address)
    location = f"{parts.netloc}{parts.path}".removeprefix("www.").lower()
    host = parts.netloc.lower()
    for kind, hosts in _KINDS:
        for known in hosts:
            if location.startswith(known) if "/" in known else (host == known or host.endswith(f".{known}")):
                return kind
    return None


def _watched(address: str) -> str:
    """Return the address of the page on which people watch what an embedded player plays."""
    parts = url_parts(address)
    host = parts.netloc.removeprefix("www.")
    name = parts.path.rstrip("/").rpartition("/")[2]
    if host in ("youtube.com", "youtube-nocookie.com") and parts.path.startswith("/embed/") and name:
        listed = parse_qs(parts.query).get("list")
        if name == "videoseries" and listed:
            return f"https://www.youtube.com/playlist?list={listed[0]}"
        return f"https://www.youtube.com/watch?v={name}"
    if host == "player.vimeo.com" and name.isdigit():
        return f"https://vimeo.com/{name}"
    if host.endswith("dailymotion.com") and parts.path.startswith("/embed/video/"):
        return f"https://www.dailymotion.com/video/{name}"
    return address
