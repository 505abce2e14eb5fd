"""Pictures of a page: which address, which caption, which credit; and what is no picture of the story."""

import pytest
from lxml import etree

from reader.extract import extract_content
from reader.extract.blocks.figures import (
    caption_and_credit,
    figure_block,
    give_caption_to_last,
    is_figure,
    parse_figures,
    picture_address,
    says_title,
    split_credit,
    without_label,
)
from reader.models import Figure

BASE = "https://marsh.example/a/"


def element(markup: str) -> etree._Element:
    body = etree.fromstring(f"<html><body>{markup}</body></html>", etree.HTMLParser()).find("body")
    assert body is not None
    return body[0]


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<img src="ferry.jpg">', f"{BASE}ferry.jpg"),
        ('<img src="data:image/gif;base64,R0" data-src="/ferry.jpg">', "https://marsh.example/ferry.jpg"),
        ('<img src="spacer.gif" srcset="/s.jpg 300w, /l.jpg 900w, /m.jpg 600w">', "https://marsh.example/l.jpg"),
        ('<picture><source srcset="/w.webp 2x"><img alt=""></picture>', "https://marsh.example/w.webp"),
        ('<picture><source srcset="/only.webp"></picture>', "https://marsh.example/only.webp"),
        ('<img data-any-srcset="/x.jpg 1w" alt="">', "https://marsh.example/x.jpg"),
        ('<img data-odd="//cdn.marsh.example/odd.jpg" alt="">', "https://cdn.marsh.example/odd.jpg"),
        ('<figure><noscript><img src="/n.jpg"></noscript></figure>', "https://marsh.example/n.jpg"),
        ('<img src="/ferry.jpg" width="40">', None),
        ('<img src="/ferry.jpg" height="12px">', None),
        ('<img src="/ferry.jpg" class="avatar">', None),
        ('<img src="/logo.svg">', None),
        ('<img src="/img/icon-print.png?x=1">', None),
        ('<img src="ftp://marsh.example/f.jpg">', None),
        ('<img src="lazyload.gif" srcset="blank.gif 1w">', None),
        ('<img data-src="{{image}}" src="/real.jpg">', "https://marsh.example/real.jpg"),
        ("<figure></figure>", None),
    ],
)
def test_the_address_of_a_picture(markup: str, address: str | None) -> None:
    assert picture_address(element(markup), BASE) == address


def test_a_picture_that_noscript_holds_as_text_is_found() -> None:
    figure = etree.Element("figure")
    etree.SubElement(figure, "noscript").text = '<img src="/hidden.jpg">'
    assert picture_address(figure, BASE) == "https://marsh.example/hidden.jpg"


LONG = "The ferry crosses the marsh in the morning, and again at night when the tide allows it. " * 8


@pytest.mark.parametrize(
    ("markup", "figure"),
    [
        ("<figure></figure>", True),
        ('<div><img src="f.jpg"><p class="caption">The ferry</p></div>', True),
        (f'<div><img src="f.jpg"><p class="caption">The ferry</p><p>{LONG}</p></div>', False),
        ('<div class="photo"><img src="f.jpg"></div>', True),
        ('<div class="story"><img src="f.jpg"></div>', False),
        ('<div class="photo"><img src="f.jpg"><h2>Ferry</h2></div>', False),
        ('<div class="photo"><img><img><img><img></div>', False),
        ("<div><figure></figure><figure></figure><img></div>", False),
        ("<div>No picture</div>", False),
        ('<h2><img src="f.jpg"></h2>', False),
        ('<table><tr><td><img src="f.jpg"></td></tr><tr><td>The ferry</td></tr></table>', True),
        ('<table><tr><td><img src="f.jpg"></td></tr><tr><td>One</td><td>Two</td></tr></table>', False),
    ],
)
def test_what_is_a_picture_with_its_caption_and_nothing_else(markup: str, figure: bool) -> None:
    assert is_figure(element(markup)) is figure


def parsed(markup: str, title: str = "Ferry saved") -> list[tuple[str | None, str | None]]:
    return [(figure.caption, figure.credit) for figure in parse_figures(element(markup), BASE, title)]


@pytest.mark.parametrize(
    ("markup", "found"),
    [
        ('<figure><img src="f.jpg"><figcaption>The boat. Photo: Reed</figcaption></figure>', ("The boat.", "Reed")),
        (
            '<figure><img src="f.jpg"><figcaption>The boat <span class="credit">Ann Reed</span></figcaption></figure>',
            ("The boat", "Ann Reed"),
        ),
        (
            '<figure><img src="f.jpg"><figcaption>The boat</figcaption><i class="copyright">© Reed</i></figure>',
            ("The boat", "© Reed"),
        ),
        (
            '<figure><img src="f.jpg"><figcaption>The boat of Reed</figcaption><i class="credit">Reed</i></figure>',
            ("The boat of Reed", None),
        ),
        ('<figure><img src="f.jpg"><figcaption>Ferry saved</figcaption></figure>', (None, None)),
        ('<figure><img src="f.jpg">The boat at the quay</figure>', ("The boat at the quay", None)),
        ('<img src="f.jpg" alt="The boat">', (None, None)),
        (
            '<figure><img src="f.jpg"><figcaption><p>One</p><p>Two</p><button>More</button></figcaption></figure>',
            ("One Two", None),
        ),
        (
            '<figure><img src="f.jpg"><figcaption>Photo: Lund <span class="credit">Agency</span></figcaption></figure>',
            (None, "Lund Agency"),
        ),
        (
            (
                '<figure><img src="f.jpg"><figcaption><span>The Marsh Herald</span><br>The old boat leaves the quay on '
                "Tuesday for the last time.</figcaption></figure>"
            ),
            ("The old boat leaves the quay on Tuesday for the last time.", "The Marsh Herald"),
        ),
        (
            (
                '<figure><img src="f.jpg"><figcaption><p>Ann Reed / Marsh Films</p><p>The boat leaves the quay on '
                "Tuesday for the last time.</p></figcaption></figure>"
            ),
            ("The boat leaves the quay on Tuesday for the last time.", "Ann Reed / Marsh Films"),
        ),
        (
            (
                '<figure><img src="f.jpg"><figcaption><b>Lower Marsh</b><br>The boat leaves the quay.'
                "</figcaption></figure>"
            ),
            ("Lower Marsh The boat leaves the quay.", None),
        ),
        (
            ('<figure><img src="f.jpg"><figcaption><span>The boat</span><br>It leaves the quay.</figcaption></figure>'),
            ("The boat It leaves the quay.", None),
        ),
        (
            (
                '<figure><img src="f.jpg"><figcaption><span>Ann Reed</span> leaves the quay on Tuesday.</figcaption>'
                "</figure>"
            ),
            ("Ann Reed leaves the quay on Tuesday.", None),
        ),
    ],
)
def test_caption_and_credit_are_told_apart(markup: str, found: tuple[str | None, str | None]) -> None:
    assert parsed(markup) == [found]


def test_a_table_gives_each_picture_the_text_after_it() -> None:
    table = (
        '<table><tr><td><img src="a.jpg"></td></tr><tr><td>The boat</td></tr><tr><td><img src="b.jpg"></td></tr>'
        "<tr><td>The quay. Photo: Ann Reed</td></tr><tr><td>More text</td></tr></table>"
    )
    assert parsed(table) == [("The boat", None), ("The quay.", "Ann Reed")]


def test_a_box_without_a_picture_is_none() -> None:
    assert parsed("<figure><figcaption>The boat</figcaption></figure>") == []


@pytest.mark.parametrize(
    ("caption", "parts"),
    [
        ("The boat (Photo: Ann Reed)", ("The boat", "Ann Reed")),
        ("The boat © Ann Reed", ("The boat", "Ann Reed")),
        ("The boat | Foto: Ann Reed", ("The boat", "Ann Reed")),
        ("The boat at the quay", ("The boat at the quay", None)),
        ("Photo: " + "Ann Reed of the Harbour " * 3, ("Photo: " + "Ann Reed of the Harbour " * 3, None)),
    ],
)
def test_a_credit_ends_its_caption(caption: str, parts: tuple[str, str | None]) -> None:
    assert split_credit(caption) == parts


def test_a_caption_that_says_the_headline_or_a_number_is_none() -> None:
    title = "The ferry of Lower Marsh is saved"
    assert says_title("The ferry of Lower Marsh is saved - Photo 2.", title)
    assert says_title("Image 3", title)
    assert says_title("The ferry of Lower", title)
    assert not says_title("The ferry", title)


def test_a_late_caption_goes_to_the_picture_before_it_unless_that_has_one() -> None:
    source = etree.Element("div")
    caption = element("<p>The boat. Photo: Ann Reed</p>")
    blocks = [figure_block(Figure("https://marsh.example/f.jpg"), source)]
    assert give_caption_to_last(blocks, caption, "Ferry saved")
    assert blocks[0].figure == Figure("https://marsh.example/f.jpg", "The boat.", "Ann Reed")
    assert blocks[0].out[0].get("title") == "Ann Reed"
    assert not give_caption_to_last(blocks, caption, "Ferry saved")
    assert not give_caption_to_last([], caption, "Ferry saved")


def test_elements_without_text_have_neither_caption_nor_credit() -> None:
    assert caption_and_credit([element("<p></p>")], "") == (None, None)


@pytest.mark.parametrize(
    ("said", "caption", "credit"),
    [
        ("Tàu dầu gần Nakhodka (Nga). Ảnh: Reuters", "Tàu dầu gần Nakhodka (Nga).", "Reuters"),
        ("Osimhen tỏa sáng. (Nguồn: Getty Images)", "Osimhen tỏa sáng.", "Getty Images"),
        ("Bó hoa hồng - Ảnh: H.Y.T.", "Bó hoa hồng", "H.Y.T"),
        ("The ferry at noon. Photo: Ann Lee", "The ferry at noon.", "Ann Lee"),
        ("Die Fähre. Foto: dpa", "Die Fähre.", "dpa"),
        ("The photo that won: a ferry in fog, seen from the pier by those who waited", None, None),
    ],
)
def test_a_credit_at_the_end_of_a_caption_is_set_apart(said: str, caption: str | None, credit: str | None) -> None:
    found = split_credit(said)
    assert found[0] == (caption or said)
    assert (found[1] or "").rstrip(".") == (credit or "")


@pytest.mark.parametrize(
    "said", ["Photo: Ann Lee", "Photograph: Ann Lee", "Photo by Ann Lee", "Ảnh: Ann Lee", "Ann Lee"]
)
def test_a_credit_is_a_name_without_its_label(said: str) -> None:
    assert without_label(said) == "Ann Lee"


def test_a_name_that_begins_like_a_label_keeps_its_beginning() -> None:
    assert without_label("Photo Press Agency") == "Photo Press Agency"


@pytest.mark.parametrize(
    ("markup", "markdown"),
    [
        ("<img src=/a.jpg alt='Men carry the keel'>", "![Men carry the keel](https://marsh.example/a.jpg)"),
        (
            "<figure><img src=/a.jpg alt='Men'><figcaption>The keel</figcaption></figure>",
            "![The keel](https://marsh.example/a.jpg)",
        ),
        ("<img src=/a.jpg alt='The new keel'>", "![](https://marsh.example/a.jpg)"),
        ("<img src=/a.jpg alt='IMG_2034.JPG'>", "![](https://marsh.example/a.jpg)"),
        ("<img src=/a.jpg alt='featured image'>", "![](https://marsh.example/a.jpg)"),
        (
            "<figure><img src=/a.jpg><img src=/b.jpg alt='Stern'><figcaption>Two sides</figcaption></figure>",
            "![](https://marsh.example/a.jpg)\n\n![Two sides](https://marsh.example/b.jpg)",
        ),
        (
            "<figure><img src=/a.jpg alt=Bow><img src=/b.jpg alt=Stern></figure>",
            "![Bow](https://marsh.example/a.jpg)\n\n![Stern](https://marsh.example/b.jpg)",
        ),
        (
            "<figure><img src=/a-300x200.jpg><img src=/a-900x600.jpg></figure>",
            "![](https://marsh.example/a-300x200.jpg)",
        ),
        (
            "<figure><img src=/w/a__small.jpg><img src=/w/a__retina.jpg></figure>",
            "![](https://marsh.example/w/a__small.jpg)",
        ),
    ],
)
def test_every_picture_of_a_figure_is_shown_and_says_its_alternative_text_where_it_has_no_caption(
    markup: str, markdown: str
) -> None:
    assert extract_content(markup, "https://marsh.example/x", title="The new keel").markdown == markdown


def test_a_drawing_with_a_caption_or_a_description_is_a_picture_and_a_sign_is_none() -> None:
    def markdown(markup: str) -> str:
        return extract_content(f"<p>Before.</p>{markup}", BASE).markdown

    drawn = "<figure><img src=/d/tides.svg><figcaption>Tides in May</figcaption></figure>"
    assert markdown(drawn) == "Before.\n\n![Tides in May](https://marsh.example/d/tides.svg)"
    assert "tides.svg" in markdown("<p><img src=/d/tides.svg alt='Tides rose in May'></p>")
    assert (
        markdown("<p><img src=/d/tides.svg alt=Tides></p><p><img src=/d/icon.svg alt='to the next page'></p>")
        == "Before."
    )


def test_the_caption_of_a_picture_that_cannot_be_had_is_there() -> None:
    markup = (
        "<figure><img src='data:image/gif;base64,R0'><figcaption>The gate at <a href=/n>noon</a></figcaption></figure>"
    )
    assert extract_content(markup, BASE).markdown == "The gate at [noon](https://marsh.example/n)"
    only_credit = (
        "<p>Before.</p><figure><img src='data:image/gif;base64,R0'><figcaption>Photo: Ann</figcaption></figure>"
    )
    assert extract_content(only_credit, BASE).markdown == "Before."


def test_a_picture_without_alternative_text_says_its_title() -> None:
    assert extract_content("<p><img src=/p.jpg title='The old pump'></p>", BASE).markdown == (
        "![The old pump](https://marsh.example/p.jpg)"
    )


def test_an_address_without_a_host_in_any_attribute_is_a_lazy_pictures() -> None:
    image = "<p><img src='data:image/gif;base64,R0' data-strange=/pictures/pump.jpg></p>"
    assert extract_content(image, BASE).markdown == "![](https://marsh.example/pictures/pump.jpg)"
    assert extract_content(image.replace("pump", "blank"), BASE).markdown == ""


@pytest.mark.parametrize(
    ("caption", "read"),
    [
        ("Boats at the pier<span hidden>Show more</span>", "Boats at the pier"),
        ("Boats <i>at</i> the pier<b style='display:none'>Open</b> in spring", "Boats at the pier in spring"),
        ("<span style='display: none'>Boats at the pier</span>", "Boats at the pier"),
    ],
)
def test_what_is_hidden_in_a_caption_is_not_read_unless_it_is_all_there_is(caption: str, read: str) -> None:
    figure = element(f"<figure><img src='boats.jpg'><figcaption>{caption}</figcaption></figure>")
    assert [one.caption for one in parse_figures(figure, BASE, "")] == [read]


def test_a_table_around_a_text_and_its_icons_is_no_picture() -> None:
    icons = "<img src='/i.png'>" * 9
    long = "The ferry will be kept, the council of the lower marsh said after a long evening of argument. " * 16
    assert not is_figure(element(f"<table><tr><td>{icons}<p>{long}</p></td></tr></table>"))
    assert is_figure(element("<table><tr><td><img src='/f.jpg'></td></tr><tr><td>The ferry</td></tr></table>"))
