"""Feeds in whatever encoding, honestly declared or not: the words come out."""

import unicodedata

import pytest

from reader.fetch import feeds
from tests.fetch.feeds.feed_documents import PAPER, only, rss

WORDS = "Đồng bằng sông Cửu Long"


@pytest.mark.parametrize(
    ("declared", "real", "content_type"),
    [
        ("utf-8", "utf-8", None),
        ("utf-16", "utf-8", None),
        ("utf-8", "utf-8-sig", None),
        ("utf-16", "utf-16", None),
        ("utf-8", "utf-16-le", None),
        ("utf-8", "utf-16-be", None),
        ("iso-8859-1", "utf-8", None),
        ("utf-8", "utf-8", "text/xml; charset=iso-8859-1"),
        ("windows-1258", "cp1258", None),
        ("utf-8", "cp1258", "text/xml; charset=windows-1258"),
        ("utf-8", "cp1258", None),
        ("no-such-thing", "utf-8", "text/xml; charset=neither"),
    ],
)
def test_the_words_come_out_whatever_the_declaration_says(declared: str, real: str, content_type: str | None) -> None:
    words = WORDS
    if real == "cp1258":  # it writes a tone as a letter of its own
        words = WORDS.replace("ồ", "ô\u0300").replace("ằ", "ă\u0300").replace("ử", "ư\u0309")
    document = (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><title>{words}</title></channel></rss>'
    )
    assert feeds.parse(document.encode(real), PAPER, content_type=content_type).title == WORDS


@pytest.mark.parametrize(
    "encoding", ["koi8-r", "windows-1251", "shift_jis", "euc-jp", "gb2312", "big5", "iso-2022-jp", "euc-kr"]
)
def test_an_honest_declaration_is_believed(encoding: str) -> None:
    words = {"koi8-r": "Новости", "windows-1251": "Новости", "euc-kr": "뉴스"}.get(encoding, "日本")
    document = (
        f'<?xml version="1.0" encoding="{encoding}"?><rss version="2.0"><channel><title>{words}</title></channel></rss>'
    )
    assert feeds.parse(document.encode(encoding), "https://a.example/rss").title == words


@pytest.mark.parametrize("quote", ["", '"', "'"])
@pytest.mark.parametrize(
    ("real", "header", "declared", "words"),
    [
        ("windows-1251", "windows-1251", None, "Шлюз открыт"),
        ("windows-1251", "Windows-1251", "iso-8859-1", "Шлюз открыт"),
        ("windows-1251", "windows-1251", "utf-8", "Шлюз открыт"),
        ("windows-1251", "utf-8", "windows-1251", "Шлюз открыт"),
        ("koi8-r", "koi8-r", "windows-1251", "Шлюз открыт"),
        ("euc-jp", "EUC-JP", "utf-8", "水門が開く"),
        ("shift_jis", "shift_jis", None, "水門が開く"),
        ("big5", "big5", None, "水閘開了"),
        ("iso-2022-jp", "iso-2022-jp", None, "水門が開く"),
        ("windows-1253", "windows-1253", "no-such", "Η πύλη άνοιξε"),
        ("utf-8", "iso-8859-1", "windows-1251", "Шлюз открыт"),
        ("utf-16", "iso-8859-1", None, "Шлюз открыт"),
    ],
)
def test_the_server_is_believed_before_the_document(
    real: str, header: str, declared: str | None, words: str, quote: str
) -> None:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    document = f"{declaration}<rss version='2.0'><channel><title>{words}</title></channel></rss>"
    kind = f"text/xml; charset={quote}{header}{quote}"
    assert feeds.parse(document.encode(real), "https://a.example/rss", content_type=kind).title == words


def test_a_broken_letter_does_not_make_another_encoding() -> None:
    words = "水門が開く朝に船が来る。" * 4
    document = f"<rss version='2.0'><channel><title>{words}</title></channel></rss>".encode("shift_jis")
    cut = document.replace(b"</title>", b"\x90</title>")
    for kind in ("text/xml; charset=shift_jis", "text/xml; charset=shift_jis; charset=iso-8859-1"):
        assert feeds.parse(cut, "https://a.example/rss", content_type=kind).title.startswith(words)
    declared = b'<?xml version="1.0" encoding="iso-8859-1"?>' + cut
    assert feeds.parse(declared, "https://a.example/rss", content_type=kind).title.startswith(words)
    utf8 = f"<rss version='2.0'><channel><title>{words}</title></channel></rss>".encode().replace(b"</t", b"\xff</t")
    kind = "text/xml; charset=iso-8859-1"
    assert feeds.parse(utf8, "https://a.example/rss", content_type=kind).title.startswith(words)


def test_a_json_feed_has_the_charset_of_its_header() -> None:
    document = '{"version": "https://jsonfeed.org/version/1.1", "title": "Шлюз", "items": []}'.encode("windows-1251")
    kind = "application/feed+json; charset=windows-1251"
    assert feeds.parse(document, "https://a.example/feed.json", content_type=kind).title == "Шлюз"


def test_a_bad_byte_costs_one_letter() -> None:
    document = rss(f"<item><title>{WORDS} X</title><guid>1</guid></item>").replace(b" X<", b" \xff<")
    assert only(document).title == f"{WORDS} \ufffd"


@pytest.mark.parametrize(
    "before", ["\n\n  \t", "\ufeff", "<br />\n<b>Warning</b>: mysql_connect() in <b>/x.php</b>\n", "\x00\x00"]
)
def test_what_stands_before_the_declaration_does_no_harm(before: str) -> None:
    document = before.encode() + rss("<item><title>Tin</title><guid>1</guid></item>")
    feed = feeds.parse(document, PAPER)
    assert [entry.title for entry in feed.entries] == ["Tin"]
    assert feed.fault is None


@pytest.mark.parametrize(
    ("said", "real", "words"),
    [
        ("<language>vi-VN</language>", "cp1258", "Đêm đảo"),
        ("<dc:language>ru</dc:language>", "cp1251", "Шлюз открыт"),
        ("<language>zh-tw</language>", "big5", "水閘開了"),
        ("<language> zh-CN </language>", "gbk", "水闸开了"),
        ("<language>ja</language>", "shift_jis", "水門が開く"),
        ("<language>pl</language>", "cp1250", "Śluza ąę"),
        ("<language>en-us</language>", "cp1252", "“Café”"),
        ("", "cp1252", "“Café”"),
    ],
)
def test_where_no_encoding_is_named_the_language_tells_it(said: str, real: str, words: str) -> None:
    document = rss(f"<item><title>{words}</title></item>", f"<title>x</title>{said}").replace(b' encoding="utf-8"', b"")
    entry = only(document.decode().encode(real), "https://sluice.example/feed")
    assert entry.title == unicodedata.normalize("NFC", words)
