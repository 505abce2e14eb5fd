"""What family of files a name or an address says it is of, by its ending: sound, film, a picture, a document. Pure."""

from urllib.parse import unquote

from reader.url_parts import url_parts

ENDINGS = {
    "audio": ("mp3", "m4a", "ogg", "oga", "opus", "flac", "aac", "wav"),
    "video": ("mp4", "m4v", "webm", "mov", "mkv", "ogv", "avi", "m3u8"),
    "image": ("jpg", "jpeg", "png", "gif", "webp", "avif", "svg"),
    "text": ("pdf", "epub", "doc", "docx", "odt", "txt"),
    "archive": ("zip", "gz", "tgz", "bz2", "xz", "7z", "rar", "dmg", "exe", "msi", "deb", "rpm", "apk", "iso"),
}
"""By family: what a media type begins with (`audio/mpeg`); archives and programs have no such word of their own."""


def family_of_name(name: str) -> str | None:
    """The family of the file of this name, or None. A name without a dot is its own ending."""
    ending = name.rpartition(".")[2].lower()
    return next((family for family, endings in ENDINGS.items() if ending in endings), None)


def family_of_address(url: str) -> str | None:
    """The family of the file that an address names, or None: it may be a page.

    A name with a colon is a wiki's page about a file (`File:Lamp.jpg`). Whoever answers may still say otherwise.
    """
    name = unquote(url_parts(url).path).rpartition("/")[2]
    return family_of_name(name) if "." in name and ":" not in name else None
