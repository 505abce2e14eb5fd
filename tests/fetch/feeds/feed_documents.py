"""Feeds written for a test, and what is read of the one entry in them."""

from reader.fetch import feeds
from reader.models import Entry

PAPER = "https://bao.example.vn/rss/moi-nhat.rss"


def rss(items: str, channel: str = "<title>Báo mới</title><link>https://bao.example.vn/</link>") -> bytes:
    names = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    )
    return f'<?xml version="1.0"?><rss version="2.0" {names}><channel>{channel}{items}</channel></rss>'.encode()


def atom(entries: str) -> bytes:
    head = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Paper</title>'
    return f"{head}{entries}</feed>".encode()


def only(document: bytes, url: str = PAPER) -> Entry:
    [entry] = feeds.parse(document, url).entries
    return entry


def title_of(written: str) -> str:
    return only(rss(f"<item><title>{written}</title><link>https://bao.example.vn/1</link></item>")).title


def described(html: str) -> Entry:
    return only(
        rss(f"<item><title>Tin</title><link>/1.html</link><description><![CDATA[{html}]]></description></item>")
    )
