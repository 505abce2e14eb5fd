"""Labels of charsets: one table for feeds, pages and lists of subscriptions, as browsers read them."""

import encodings
import pkgutil
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.extract import Rules, extract
from reader.fetch import feeds
from reader.fetch.discovery.named_feeds import feeds_named
from reader.fetch.response import known_charset
from reader.lists import opml
from reader.text import charsets

THAI = "ข่าวเช้า “ริมน้ำ” วันนี้"
VIETNAMESE = "Đồng bằng sông Cửu Long, một buổi sáng"
TONES = "\u0300\u0301\u0303\u0309\u0323"

LABELS = [
    ("windows-874", "cp874", THAI),
    ("dos-874", "cp874", THAI),
    ("tis-620", "cp874", THAI),
    ("ISO-8859-11", "cp874", THAI),
    ("big5", "big5hkscs", "我哋㗎報紙，佢冚唪唥睇咗喇𨋢"),
    ("x-x-big5", "big5hkscs", "報紙"),
    ("Big5-HKSCS", "big5hkscs", "㗎"),
    ("euc-kr", "cp949", "똠방각하, 새 소식"),
    ("ks_c_5601-1987", "cp949", "똠방각하"),
    ("windows-949", "cp949", "똠방각하"),
    ("gb2312", "gbk", "朱镕的新聞"),
    ("gbk", "gb18030", "㐀的新聞"),
    ("x-gbk", "gbk", "新聞"),
    ("cp936", "gbk", "新聞"),
    ("shift_jis", "cp932", "①月Ⅳ日㈱髙"),
    ("x-sjis", "cp932", "①月Ⅳ日㈱髙"),
    ("windows-31j", "cp932", "①月"),
    ("euc-jp", "euc_jp", "渡し船"),
    ("x-euc-jp", "euc_jp", "渡し船"),
    ("koi8-u", "koi8_u", "Їжак, ґанок, єдність"),
    ("koi8-r", "koi8_r", "Новости"),
    ("x-mac-cyrillic", "mac_cyrillic", "Новини, ґанок"),
    ("x-mac-ukrainian", "mac_cyrillic", "Новини, ґанок"),
    ("macintosh", "mac_roman", "Süßes für Özil"),
    ("iso-8859-8-i", "iso8859_8", "חדשות הבוקר"),
    ("logical", "iso8859_8", "חדשות הבוקר"),
    ("visual", "iso8859_8", "חדשות"),
    ("windows-1258", "cp1258", VIETNAMESE),
    ("x-cp1258", "cp1258", VIETNAMESE),
    ("windows-1251", "cp1251", "Новости"),
    ("iso-8859-1", "cp1252", "“Süßes” – 5 €"),
    ("latin-1", "cp1252", "“Süßes” – 5 €"),
    ("us-ascii", "cp1252", "“Süßes” – 5 €"),
    ("x-user-defined", "cp1252", "“Süßes” – 5 €"),
    ("iso-8859-9", "cp1254", "“İstanbul’da” ığş"),
    ("ibm866", "cp866", "Новости"),
    ("cp437", "cp437", "Süßes"),
    ("iso-2022-jp", "iso2022_jp", "渡し船"),
    ("iso-2022-kr", "iso2022_kr", "새 소식"),
    ("hz-gb-2312", "hz", "新闻"),
]


def written(text: str, encoding: str) -> bytes:
    return "".join(map(_toned, text) if encoding == "cp1258" else text).encode(encoding)


def _toned(letter: str) -> str:
    """A letter as windows-1258 has it: the tone is a letter of its own, behind the vowel with all else on it."""
    apart = unicodedata.normalize("NFD", letter)
    vowel = "".join(mark for mark in apart if mark not in TONES)
    return unicodedata.normalize("NFC", vowel) + "".join(mark for mark in apart if mark in TONES)


def page(words: str, label: str | None) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    link = f'<link rel="alternate" type="application/rss+xml" title="{words}" href="/rss">'
    return f"<html><head>{meta}{link}<title>{words}</title></head><body><article><p>{words}</p></article></body></html>"


@pytest.mark.parametrize(("label", "encoding", "words"), LABELS)
def test_a_label_means_the_same_to_a_feed_a_page_and_a_list(label: str, encoding: str, words: str) -> None:
    feed = f'<rss version="2.0"><channel><title>{words}</title></channel></rss>'
    outline = f'<opml version="1.0"><body><outline text="{words}" xmlUrl="https://tern.example/rss"/></body></opml>'
    declaration = f'<?xml version="1.0" encoding="{label}"?>'
    address = "https://tern.example/"

    assert feeds.parse(written(declaration + feed, encoding), address).title == words
    header = f"text/xml; charset={label}"
    assert feeds.parse(written(feed, encoding), address, content_type=header).title == words
    assert extract(written(page(words, label), encoding), address, rules=Rules()).title == words
    unlabelled = written(page(words, None), encoding)
    assert extract(unlabelled, address, encoding=label, rules=Rules()).title == words
    assert [named.title for named in feeds_named(unlabelled, address, charset=label)] == [words]
    assert [named.title for named in feeds_named(written(page(words, label), encoding), address)] == [words]
    assert opml.parse(written(declaration + outline, encoding), "list").feeds[0].title == words
    assert known_charset(label) == label.lower()


@pytest.mark.parametrize(
    "label", ["utf-7", "klingon", "base64", "rot13", "undefined", "idna", "replacement", "", "\xff"]
)
def test_what_makes_no_text_is_no_charset(label: str) -> None:
    assert charsets.codec(label) is None
    assert known_charset(label) is None


def test_a_label_may_stand_in_quotes_and_in_any_letter_case() -> None:
    assert charsets.codec(" 'Windows-874'\n") == "cp874"
    assert charsets.codec("SHIFT_JIS") == "cp932"


def test_a_declaration_of_utf_7_hides_no_markup() -> None:
    hidden = "+ADw-b+AD4- " + "ferry \xe9t\xe9 " * 30
    assert "<b>" not in charsets.to_utf8(page(hidden, "utf-7").encode("latin-1"), "utf-7").decode()


def test_bytes_that_a_code_page_has_no_letter_for_are_control_codes_and_do_not_act() -> None:
    words = "ข่าวเช้าวันนี้ริมน้ำ" * 3
    title = words.encode("cp874") + b"\x9b31m\x81"  # CSI, and one that nothing is written with
    assert charsets.lenient(title, "cp874") == f"{words}\x9b31m\x81"
    declaration = b'<?xml version="1.0" encoding="windows-874"?>'
    feed = declaration + b'<rss version="2.0"><channel><title>' + title + b"</title></channel></rss>"
    outline = (
        declaration + b'<opml><body><outline text="' + title + b'" xmlUrl="https://tern.example/rss"/></body></opml>'
    )
    told = page("@", "windows-874").encode().replace(b"@", title)

    assert opml.parse(outline, "list").feeds[0].title == words
    assert extract(told, "https://tern.example/", rules=Rules()).title == words
    read = feeds.parse(feed, "https://tern.example/").title  # feedparser takes a C1 code for windows-1252's letter
    assert read.startswith(words)
    assert not any("\x7f" <= letter <= "\x9f" for letter in read)


@pytest.mark.parametrize(("label", "encoding", "words"), [row for row in LABELS if row[1] in ("gbk", "cp932", "cp949")])
def test_a_letter_cut_in_half_costs_that_letter(label: str, encoding: str, words: str) -> None:
    text = (words * 30).encode(encoding) + b"\x81"
    read = charsets.to_utf8(b"<p>" + text + b"</p>", label).decode()
    assert read.startswith(f"<p>{words * 29}")


def test_the_mark_of_utf_32_is_not_taken_for_that_of_utf_16() -> None:
    assert charsets.marked("\ufeff<a>".encode("utf-32-le")) == ("utf-32-le", "<a>".encode("utf-32-le"))
    assert charsets.marked("\ufeff\0<a>".encode("utf-16-le")) == ("utf-16-le", "\0<a>".encode("utf-16-le"))
    assert charsets.marked("<a>".encode("utf-16-le")) is None


def test_a_page_that_is_no_utf_16_is_not_read_as_chinese_for_declaring_it() -> None:
    assert charsets.to_utf8("<p>Süßes</p>".encode("latin-1"), "utf-16").decode() == "<p>Süßes</p>"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("label", [None, "iso-8859-1"])
def test_a_page_is_read_as_its_bytes_say_whatever_is_declared(encoding: str, label: str | None) -> None:
    page = "<!doctype html><title>Fähre</title><p>The ferry is back, and everyone has a view of it.</p>"
    assert charsets.to_utf8(page.encode(encoding), label).decode() == page


def test_one_bad_byte_does_not_make_a_page_of_utf_8_one_of_another_charset() -> None:
    page = f"<p>{VIETNAMESE * 20}</p>".encode()
    assert charsets.to_utf8(page + b"\xff", "windows-1252").decode() == f"{page.decode()}\ufffd"


@pytest.mark.parametrize("name", sorted(module.name for module in pkgutil.iter_modules(encodings.__path__)))
def test_every_codec_that_is_answered_decodes_whatever_comes(name: str) -> None:
    codec = charsets.codec(name)
    if codec is not None:
        for document in (bytes(range(256)), bytes(range(255, -1, -1)), b"<p>plain</p>"):
            assert isinstance(charsets.lenient(document, codec), str)
            charsets.strict(document, codec)
            charsets.mostly(document, codec)


@given(
    document=st.binary(max_size=200), label=st.sampled_from([label for label, _, _ in LABELS]) | st.text(max_size=50)
)
def test_no_page_and_no_declaration_is_too_strange(document: bytes, label: str) -> None:
    charsets.to_utf8(document, label).decode()
    charsets.to_utf8(b"<meta charset=" + label.encode("utf-8", "replace") + b">" + document).decode()


def test_tones_without_end_in_windows_1258_are_put_in_order_in_a_moment() -> None:
    began = time.process_time()
    assert len(charsets.lenient(b"a" + b"\xcc\xf2" * 50_000, "cp1258")) < 20
    assert time.process_time() - began < 2
