"""Pages say the wrong encoding, or none; their words are read all the same."""

import re
from random import Random

import pytest

from reader.errors import NotAPage
from reader.extract import Rules, extract
from reader.extract.dom.node import raw_text
from reader.extract.dom.parse import DEEPEST, parse
from reader.text.charsets import to_utf8
from tests import present
from tests.extract.sample_pages import SENTENCES, VIETNAMESE, english, paragraphs

TEXT = " ".join(VIETNAMESE)
PAGE = f"<html lang='vi'><head><title>Đò</title></head><body><article>{paragraphs(VIETNAMESE)}</article></body></html>"


def to_text(page: bytes, declared: str | None = None) -> str:
    return to_utf8(page, declared).decode()


def meta(charset: str) -> str:
    return PAGE.replace("<title>", f'<meta charset="{charset}"><title>')


@pytest.mark.parametrize(
    ("page", "declared"),
    [
        (PAGE.encode(), None),
        (PAGE.encode(), "iso-8859-1"),
        (meta("utf-16").encode(), None),
        (meta("windows-1252").encode(), "utf-8"),
        (b"\xef\xbb\xbf" + PAGE.encode(), "windows-1258"),
        (PAGE.encode("utf-16"), None),
        (PAGE.encode("utf-16-le"), None),
        (PAGE.encode("utf-16-be"), "utf-16"),
        (PAGE.encode(), "no-such-encoding"),
    ],
)
def test_vietnamese_is_read_whatever_is_declared(page: bytes, declared: str | None) -> None:
    article = extract(page, "https://do.example/a", encoding=declared, rules=Rules())
    assert article.markdown == "\n\n".join(VIETNAMESE)


def test_windows_1258_spells_marks_apart_and_comes_out_composed() -> None:
    spelled = "Ba\u0300 con xa\u0303 đo\u0300".encode("cp1258")
    assert to_text(b"<p>" + spelled + b"</p>", "windows-1258") == "<p>Bà con xã đò</p>"
    assert to_text(b"<p>" + spelled + b"</p>") == "<p>Bà con xã đò</p>"


def test_other_encodings_are_believed_when_they_are_declared_and_bytes_are_no_utf_8() -> None:
    assert "Süßes" in to_text("<p>Süßes</p>".encode("latin-1"), "iso-8859-1")
    assert "新闻报道" in to_text('<meta charset="gb2312"><p>新闻报道</p>'.encode("gbk"))
    assert "новости" in to_text("<p>новости</p>".encode("cp1251"), "windows-1251")


def test_one_broken_byte_does_not_turn_a_page_into_another_encoding() -> None:
    assert VIETNAMESE[0] in to_text(PAGE.encode() + b"\xe1\xbb")


def test_nul_bytes_and_unescaped_quotes_in_a_title_attribute_lose_no_text() -> None:
    page = english(f'<p><a href="/x" title="The "old" ferry">The old ferry</a></p>{paragraphs()}').replace(
        b"Rowers", b"Row\x00ers"
    )
    assert "Rowers had carried post" in extract(page, "https://m.example/a", rules=Rules()).markdown


@pytest.mark.parametrize("before", [b"", b"<html><body><p>", b"<meta charset=koi8-r><p>", b"<meta charset=gb2312><p>"])
@pytest.mark.parametrize("seed", range(8))
def test_bytes_by_chance_are_no_page(before: bytes, seed: int) -> None:
    with pytest.raises(NotAPage):
        parse(before + Random(seed).randbytes(30_000))


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("新闻报道，新的渡船。" * 9, "gb18030"),
        ("渡し船が港に戻った。" * 9, "shift_jis"),
        ("渡し船が港に戻った。" * 9, "euc_jp"),
        ("渡し船が港に戻った。" * 9, "iso2022_jp"),
        ("новый паром пришёл. " * 9, "koi8-r"),
        ("con đò cũ " * 9, "utf-16-le"),
        ("The ferry\x00 is back" * 9, "ascii"),
        ("The ferry has crossed the marsh since the flood,\x02 they say." * 9, "ascii"),
    ],
)
@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-1258", "shift_jis", "utf-16"])
def test_a_page_whose_encoding_is_told_wrongly_or_not_at_all_is_still_a_page(
    text: str, encoding: str, declared: str | None
) -> None:
    assert parse(f"<html><body><p>{text}</p></body></html>".encode(encoding), declared) is not None


def test_depth_is_bounded_and_the_text_below_is_kept() -> None:
    root = present(parse(("<div>" * 900 + "deep words" + "</div>" * 900).encode()))
    assert max(sum(1 for _ in e.iterancestors()) for e in root.iter()) <= DEEPEST + 1
    assert "deep words" in "".join(map(str, root.itertext()))


@pytest.mark.parametrize("page", [b"%PDF-1.4", b"GIF89a<p>", b"\x1f\x8b\x08", b"just a line of text", b"[1, 2]"])
def test_what_is_no_html_is_refused(page: bytes) -> None:
    with pytest.raises(NotAPage):
        parse(page)


@pytest.mark.parametrize(
    "name",
    (
        "area base br col embed hr img input link meta param source track wbr basefont bgsound frame keygen command "
        "image menuitem"
    ).split(),
)
@pytest.mark.parametrize("tag", ["<{}>", "<{} src='/a.bin' title='1 > 0'>", "<{}/>", "<{}></{}>"])
def test_an_element_that_holds_nothing_swallows_no_word(name: str, tag: str) -> None:
    written = tag.replace("{}", name)
    found = parse(f"<html><body><p>Before{written}beside</p><div>{written}<p>After</p></div>End</body></html>".encode())
    upper = parse(f"<html><body><p>Before{written.upper()}beside</p>End</body></html>".encode())

    for root, words in ((found, ["Before", "beside", "After", "End"]), (upper, ["Before", "beside", "End"])):
        assert root is not None
        assert re.findall("Before|beside|After|End", raw_text(root)) == words
        assert all(len(one) == 0 and not one.text for one in root.iter(name))


def test_very_many_elements_that_hold_nothing_nest_nowhere() -> None:
    root = parse(b"<html><body><p>" + b"sea<wbr>weed " * 3000 + b"</p></body></html>")
    assert root is not None
    assert raw_text(root).count("weed") == 3000


FORMULAS = (
    "<p>Tide<math><annotation encoding='application/x-tex'>a+b</annotation></math> turns.</p>"
    "<p>It rose<br>and <br><br>fell</p><pre>x<br>y</pre><ul><li>One</li>two</ul><q>so</q>"
    "<table><tr><td>1</td></tr></table>"
)


@pytest.mark.parametrize("reference", ["&#27;", "&#x1;", "&#12;", "&#X1F;", "&#65535;", "&#xFFFE;", "&#0000011;"])
def test_a_reference_to_no_character_is_nothing_wherever_it_stands(reference: str) -> None:
    whole = english(paragraphs() + FORMULAS)
    odd = re.sub(rb"(?<=>)(?=[^<])|(?=</)", reference.encode(), whole)
    read, plain = (extract(page, "https://marsh.example/a.html", rules=Rules()) for page in (odd, whole))
    assert read.markdown == plain.markdown
    assert (read.title, read.words) == (plain.title, plain.words)


def test_what_is_around_a_reference_to_no_character_becomes_no_reference() -> None:
    markdown = extract(
        english(f"{paragraphs()}<p>&#&#1;1;x and &#x&#2;1;y</p>"), "https://marsh.example/a.html"
    ).markdown
    assert "\x01" not in markdown


@pytest.mark.parametrize("tag", ["nav", "menu"])
def test_a_menu_that_is_never_closed_does_not_swallow_a_page_without_a_main(tag: str) -> None:
    story = "".join(f"<p>{sentence}</p>" * 3 for sentence in SENTENCES)
    menu = f"<{tag} class=menu><div><a href='/'>Home</a><h1>Ferry saved</h1>"
    page = f"<html><head><title>Ferry saved</title></head><body>{menu}<div>{story}"
    text = extract(page.encode(), "https://marsh.example/a", rules=Rules()).markdown
    assert all(sentence in text for sentence in SENTENCES)
