"""Authors' names out of what pages say of them, and what is no name of a person."""

import pytest
from lxml import etree

from reader.extract.metadata.byline import json_ld_authors, meta_authors, person_names, visible_authors
from reader.extract.metadata.embedded import Metadata, parse_metadata

SITE = "marsh.example"


def visible(body: str) -> tuple[str, ...]:
    root = etree.fromstring(f"<html><body>{body}</body></html>", etree.HTMLParser())
    return visible_authors(root, Metadata(), SITE)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ann Reed and Bo Lund", ("Ann Reed", "Bo Lund")),
        ("Von Ann Reed, Bo Lund", ("Ann Reed", "Bo Lund")),
        ("Author: Ann Reed", ("Ann Reed",)),
        ("Ann Reed, senior correspondent", ("Ann Reed",)),
        ("Ann Reed (Harbour)", ("Ann Reed",)),
        ("Ann Reed Follow", ("Ann Reed",)),
        ("Ann Reed; ANN REED", ("Ann Reed",)),
        ("Reuters", ()),
        ("The harbour news desk", ()),
        ("Senior political correspondent", ()),
        ("marsh", ()),
        ("@annreed", ()),
        ("https://marsh.example/ann", ()),
        ("ann.reed.com", ()),
        ("Ann 4 Reed", ()),
        ("lower case", ()),
        ("Ann Reed, Ph.D., and Bo Lund, DVM", ("Ann Reed", "Bo Lund")),
        ("Ann Reed, VMD, DACVB; Bo Lund, LVT, VTS (Boats)", ("Ann Reed", "Bo Lund")),
        ("Ann Reed, Master Horticulturalist & Harbour Educator", ("Ann Reed",)),
        ("Ann Reed, Professor of Tides at Lower Marsh", ("Ann Reed",)),
        ("ANN REED, BO LUND", ("ANN REED", "BO LUND")),
        ("ANN REED, AL OAK, BO", ("ANN REED", "AL OAK", "BO")),
        ("marsh.example, Lund, Sweden", ()),
        ("Edit Profile", ()),
        ("My account", ()),
        ("Ann Reed edited by Bo Lund", ("Ann Reed",)),
        ("Written by Ann Reed\nEdited by Bo Lund", ("Ann Reed",)),
        ("Von Ann Reed, übersetzt von Bo Lund", ("Ann Reed",)),
        ("Ann Reed writes from Lower Marsh", ("Ann Reed",)),
        ("Ann Reed schreibt aus Niedermoor", ("Ann Reed",)),
        ("Ann Reed skrifar frá Mýri", ("Ann Reed",)),
        ("Center for Tides and Nets", ("Center for Tides and Nets",)),
        ("The Institute of Ropes and Tar", ("The Institute of Ropes and Tar",)),
        ("Zentrum für Netze und Taue", ("Zentrum für Netze und Taue",)),
        ("Veröffentlicht am 4.5.24", ()),
        ("Publié le", ()),
        ("Afficher mon profil complet", ()),
        ("Ver todo mi perfil", ()),
        ("More Posts", ()),
        ("Alle Beiträge", ()),
        ("Tous les articles", ()),
        ("Von", ()),
        ("Follow Ann on the water", ()),
        ("A" * 60, ()),
        ("One Two Three Four Five Six Seven", ()),
    ],
)
def test_only_persons_are_authors(text: str, names: tuple[str, ...]) -> None:
    assert person_names([text], Metadata(), SITE) == names


def test_the_papers_own_name_is_no_author_though_it_has_an_and_in_it() -> None:
    assert person_names(["Marsh and Moor"], Metadata(publisher="Marsh and Moor"), SITE) == ()


def test_at_most_twelve_authors_are_kept() -> None:
    assert len(person_names([f"{letter}nn Reed" for letter in "ABCDEFGHIJKLMNOP"], Metadata(), SITE)) == 12


def test_json_ld_names_persons_by_name_by_parts_or_as_text_and_never_organizations() -> None:
    def said(author: object) -> list[str]:
        return json_ld_authors(Metadata(nodes=({"@type": "Article", "author": author},)))

    assert said([{"@type": "Person", "name": "Ann Reed"}, "Bo Lund"]) == ["Ann Reed", "Bo Lund"]
    assert said({"@type": "Person", "givenName": "Ann", "familyName": "Reed"}) == ["Ann Reed"]
    assert said({"@type": "Person", "name": ["Ann Reed", 3]}) == ["Ann Reed"]
    assert said({"@type": "Organization", "name": "Marsh Post"}) == []
    assert said({"@type": "Person"}) == []
    assert said(7) == []


def test_meta_elements_name_authors_but_no_addresses() -> None:
    assert meta_authors(Metadata(metas={"author": ("https://a.example/ann", "Ann Reed")})) == ["Ann Reed"]
    assert meta_authors(Metadata(metas={"byl": ("By Ann Reed",)})) == ["By Ann Reed"]
    assert meta_authors(Metadata(metas={"author": ("ann@marsh.example",)})) == []


def test_a_label_of_twitter_tells_whether_its_value_is_an_author() -> None:
    labelled: dict[str, tuple[str, ...]] = {"twitter:label1": ("Written by",), "twitter:data1": ("Ann Reed",)}
    assert meta_authors(Metadata(metas=labelled)) == ["Ann Reed"]
    assert meta_authors(Metadata(metas={**labelled, "twitter:label1": ("Reading time",)})) == []


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ('<a rel="author" href="/x">Ann Reed</a>', ("Ann Reed",)),
        ('<div itemprop="author"><b>Written</b><span itemprop="name">Ann Reed</span></div>', ("Ann Reed",)),
        ('<meta itemprop="author" content="Ann Reed">', ("Ann Reed",)),
        ('<div class="byline">By Ann Reed</div>', ("Ann Reed",)),
        ('<p data-testid="byline">By <a href="/x">Ann Reed</a> and others</p>', ("Ann Reed",)),
        ('<span class="author-bio">Ann Reed</span>', ()),
        ('<span class="author">' + '<a href="/x">A B</a>' * 9 + "</span>", ()),
        ('<span class="author">xx</span>', ()),
        ('<a href="/author/ann-reed/">Ann Reed</a>', ("Ann Reed",)),
        ('<a href="/author/ann-reed/">all of her stories for this paper</a>', ()),
    ],
)
def test_a_page_shows_its_authors_by_property_class_or_address(body: str, names: tuple[str, ...]) -> None:
    assert visible(body) == names


def near_heading(body: str) -> tuple[str, ...]:
    root = etree.fromstring(f"<html><body>{body}</body></html>", etree.HTMLParser())
    return visible_authors(root, Metadata(), SITE, next(root.iter("h1")))


@pytest.mark.parametrize("byline", ['<a rel="author" href="/x">{}</a>', '<span class="byline">By {}</span>'])
def test_of_several_bylines_those_nearest_to_the_headline_are_the_storys(byline: str) -> None:
    ann, bo, cy = (byline.format(name) for name in ("Ann Reed", "Bo Lund", "Cy Oak"))
    body = f"<div>{cy}<p>Nets are dear</p></div><main><h1>Ferry saved</h1>{ann} {bo}<p>Text.</p></main><div>{cy}</div>"
    assert near_heading(body) == ("Ann Reed", "Bo Lund")
    assert near_heading(f"<main><h1>Ferry saved</h1><p>Text.</p></main><div>{cy}</div>") == ("Cy Oak",)


@pytest.mark.parametrize("byline", ['<a rel="author" href="/x">{}</a>', '<span class="byline">By {}</span>'])
def test_further_authors_stand_in_the_boxes_next_to_the_first_ones(byline: str) -> None:
    ann, bo, cy = (byline.format(name) for name in ("Ann Reed", "Bo Lund", "Cy Oak"))
    head = f"<header><h1>Ferry saved</h1>{ann}</header>"
    assert near_heading(f"<main>{head}<div>{bo}</div><div>{cy}</div></main>") == ("Ann Reed", "Bo Lund", "Cy Oak")
    assert near_heading(f"<main>{head}<p>It floats.</p><div>{bo}</div></main>") == ("Ann Reed",)
    assert near_heading(f"<main>{head}<div><h3>Nets are dear</h3>{bo}</div></main>") == ("Ann Reed",)
    assert near_heading(f"<main>{head}<div>{bo}<p>{'Nets are dear. ' * 20}</p></div></main>") == ("Ann Reed",)


def test_where_the_nearest_byline_names_nobody_the_next_one_counts() -> None:
    body = '<div><div><h1>Ferry saved</h1><p class="byline">Follow us</p></div><p class="author">Ann Reed</p></div>'
    assert near_heading(body) == ("Ann Reed",)


def test_a_byline_far_from_the_headline_counts_only_where_no_other_is_there() -> None:
    far = '<div class="author">Cy Oak</div>'
    story = "<div><h1>Ferry saved</h1><p class='byline'>Follow us</p></div>"
    assert near_heading(f"{story}{far}") == ()
    assert near_heading(f"<div><h1>Ferry saved</h1></div>{far}") == ("Cy Oak",)


@pytest.mark.parametrize(
    "around",
    [
        '<form><div id="authorinfo"><label>Name:</label> {}</div></form>',
        '<div class="comments"><ul><li><cite class="author">x</cite><a rel="author" href="/u">{}</a></li></ul></div>',
        '<dialog><a rel="author" href="/u">{}</a></dialog>',
    ],
)
def test_who_writes_a_comment_or_fills_in_a_form_is_no_author(around: str) -> None:
    assert visible(around.format("Ann Reed")) == ()


def test_a_form_around_the_whole_page_hides_no_byline() -> None:
    assert visible(f"<form><p class='byline'>Ann Reed</p><p>{'Long text. ' * 200}</p></form>") == ("Ann Reed",)


def test_a_form_around_a_short_story_and_its_headline_hides_no_byline() -> None:
    byline = '<p class="byline">By Ann Reed</p>'
    assert near_heading(f"<form><h1>Ferry saved</h1>{byline}<p>It floats.</p></form>") == ("Ann Reed",)
    assert near_heading(f"<div><h1>Ferry saved</h1><form>{byline}</form></div>") == ()


def test_the_host_of_a_blog_that_ends_the_pages_title_is_no_author() -> None:
    metadata = Metadata(metas={"og:site_name": ("Tide Letters",)}, page_title="Nets @ Tide Letters :: Quay Log ::")
    assert person_names(["Quay Log", "Ann Reed"], metadata, SITE) == ("Ann Reed",)


def test_the_authors_of_a_page_are_read_from_its_metadata() -> None:
    root = etree.fromstring('<html><head><meta name="Author" content="Ann Reed"></head></html>', etree.HTMLParser())
    assert meta_authors(parse_metadata(root, "https://marsh.example/")) == ["Ann Reed"]


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        (["By Ann Lee and Bob Ray"], ("Ann Lee", "Bob Ray")),
        (["Von Jörg Müller, Anna Groß"], ("Jörg Müller", "Anna Groß")),
        (["Ann Lee", "ann lee", "Reuters", "AFP"], ("Ann Lee",)),
        (["https://facebook.com/ann", "The Marsh Post", "newsroom@marsh.example"], ()),
        (["NHẬT XUÂN", "NGHI VŨ"], ("NHẬT XUÂN", "NGHI VŨ")),
        (["Ann Lee, political editor"], ("Ann Lee",)),
        (["Redaktion"], ()),
    ],
)
def test_authors_are_persons_without_by_and_without_agencies(said: list[str], wanted: tuple[str, ...]) -> None:
    assert person_names(said, Metadata(metas={"og:site_name": ("The Marsh Post",)}), "marsh.example") == wanted


def test_a_papers_name_with_an_and_in_it_is_no_two_persons() -> None:
    facts = Metadata(publisher="Báo Biển và Bờ", metas={"og:site_name": ("The Marsh and Mill",)})
    said = ["Báo Biển và Bờ", "Biển và Bờ", "By The Marsh and Mill", "The Marsh and Mill", "Ann Lee and Bob Ray"]
    assert person_names(said, facts, "marsh.example") == ("Ann Lee", "Bob Ray")


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["Posted on", "Ann Reed"], ("Ann Reed",)),
        (["Ann Reed", "View my complete profile"], ("Ann Reed",)),
        (["Ann Reed", "Author Archive"], ("Ann Reed",)),
        (["Home & Garden News"], ()),
        (["Rowing Books", "Quay Publishing Ltd"], ()),
        (["Ann Reed", "MarshPost"], ("Ann Reed",)),
        (["Reed, Ann de"], ("Reed, Ann de",)),
        (["Reed, A. B."], ("Reed, A. B.",)),
        (["Ann Reed, The Upper Moor"], ("Ann Reed",)),
        (["Ann Reed, executive editor"], ("Ann Reed",)),
        (["By Ann Mary Reed in Lower Marsh"], ("Ann Mary Reed",)),
        (["Ann Reed, Bo de Lund"], ("Ann Reed", "Bo de Lund")),
    ],
)
def test_labels_shops_and_papers_beside_a_name_are_no_authors(texts: list[str], names: tuple[str, ...]) -> None:
    assert person_names(texts, Metadata(publisher="Marsh! Post"), SITE) == names


@pytest.mark.parametrize(
    "body",
    [
        "<figure><img src=a.jpg><figcaption>Boats, by <span class=author>Bo Lund</span></figcaption></figure>",
        "<p>Boats: <a href='https://licence.example/licenses/by/2.0/'>Some Rights Reserved</a></p>",
    ],
)
def test_who_took_a_picture_and_how_it_may_be_used_name_no_author(body: str) -> None:
    assert visible(body) == ()
    assert visible(f"<p class=byline>By Ann Reed</p>{body}") == ("Ann Reed",)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("<p>By Ann Reed</p>", ("Ann Reed",)),
        ("<p>Von Ann Reed und Bo Lund</p>", ("Ann Reed", "Bo Lund")),
        ("<div><span>Por Ann de la Caña, Lower Marsh</span></div>", ("Ann de la Caña",)),
        ("<p>Theo Ann Reed</p>", ("Ann Reed",)),
        ("<p>by: Ann Reed, March 7, 2026</p>", ("Ann Reed",)),
        ("<p>by Ann Reed March 7, 2026</p>", ("Ann Reed",)),
        ("<p>Ann Reed, March 7, 2026</p>", ("Ann Reed",)),
        ("<p>7.3.2026 - Ann Reed</p>", ("Ann Reed",)),
        ("<p>By Reuters</p>", ()),
        ("<p>By the old quay</p>", ()),
        ("<p>By Ann Reed the ferry was held to be lost for good</p>", ()),
        ("<p>Ann Reed</p>", ()),
        ("<p>Marsh News, twelve boats</p>", ()),
        (f"<p>{'The ferry was lost. ' * 14}</p><p>By Ann Reed</p>", ()),
    ],
)
def test_a_line_under_the_headline_names_its_author_by_its_words_alone(line: str, names: tuple[str, ...]) -> None:
    root = etree.fromstring(f"<html><body><main><h1>Ferry saved</h1>{line}</main></body></html>", etree.HTMLParser())
    assert visible_authors(root, Metadata(), SITE, next(root.iter("h1"))) == names
