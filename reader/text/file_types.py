"""What a file is by its name: sound, film, a picture, a document, an archive."""

from urllib.parse import unquote, urlsplit

from reader.models import FILE_ENDINGS


def file_family(url: str) -> str | None:
    """The family of the file that an address names, or None: it may be a page.

    A name with a colon is a wiki's page about a file (`File:Lamp.jpg`). Whoever answers may still say otherwise.
    """
    name = unquote(urlsplit(url).path).rpartition("/")[2]
    ending = name.rpartition(".")[2].lower() if "." in name and ":" not in name else ""
    return next((family for family, endings in FILE_ENDINGS.items() if ending in endings), None)
