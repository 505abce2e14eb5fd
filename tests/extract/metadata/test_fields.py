"""An article's fields: by the site rule, else by metadata, else as the page shows them."""

from lxml import etree

from reader.extract.metadata import fields
from reader.extract.metadata.page_context import PageContext, page_context
from reader.extract.rules.sites import Rules, parse_rule
from reader.text.dates import VIETNAM

URL = "https://marsh.example/harbour/ferry"
RULE = parse_rule(
    "marsh.toml",
    b'hosts = ["marsh.example"]\nzone = "+02:00"\ntitle = [".t"]\nkicker = [".k"]\nsection = [".s"]\n'
    b'authors = [".a"]\nsignature = [".sig"]\ntags = [".tag"]\n',
)


def context(body: str, head: str = "", *, rule: bool = True) -> PageContext:
    root = etree.fromstring(f"<html lang='vi'><head>{head}</head><body>{body}</body></html>", etree.HTMLParser())
    return page_context(root, URL, Rules((RULE,)) if rule else Rules())


def test_a_rule_is_asked_first_for_every_field() -> None:
    page = context(
        '<p class="k">At the quay</p><h2 class="t">Ferry saved</h2><p class="s">Harbour</p><p class="a">By Ann Reed</p>'
        '<p class="tag">boats</p><p class="tag">#rivers,</p>',
        '<meta property="og:title" content="Another"><meta name="section" content="Sport">',
    )
    title, heading = fields.title(page)
    assert (title, heading is not None and heading.tag) == ("Ferry saved", "h2")
    assert fields.kicker(page) == "At the quay"
    assert fields.section(page, title) == "Harbour"
    assert fields.authors(page) == ("Ann Reed",)
    assert fields.tags(page) == ("boats", "rivers")


def test_a_rule_that_finds_nothing_gives_way_to_what_the_page_says() -> None:
    page = context(
        "<h1>Ferry saved</h1>",
        '<meta name="section" content="Harbour"><meta name="author" content="Ann Reed">'
        '<meta property="article:tag" content="boats, rivers, boats, x">',
    )
    assert fields.title(page)[0] == "Ferry saved"
    assert fields.kicker(page) is None
    assert fields.section(page, "Ferry saved") == "Harbour"
    assert fields.authors(page) == ("Ann Reed",)
    assert fields.tags(page) == ("boats", "rivers")


def test_a_title_in_the_head_is_no_heading_of_the_text() -> None:
    rule = parse_rule("m.toml", b'hosts = ["marsh.example"]\ntitle = ["meta[name=t]"]\n')
    root = etree.fromstring(
        '<html><head><meta name="t" content="Ferry saved"></head><body><h1>Ferry saved!</h1></body></html>',
        etree.HTMLParser(),
    )
    title, heading = fields.title(page_context(root, URL, Rules((rule,))))
    assert title == "Ferry saved"
    assert heading is not None
    assert heading.tag == "h1"


def test_the_signature_is_the_last_short_one_within_the_body() -> None:
    page = context('<p class="sig">Bo Lund</p><div><p class="sig">x</p><p class="sig">Ann Reed (MP)</p></div>')
    body = list(page.root.iter("div"))
    assert fields.signature(page, body) == ("Ann Reed",)
    assert fields.signature(page, []) == ()
    assert fields.signature(context("<div><p class='sig'>Ann Reed</p></div>", rule=False), body) == ()


def test_a_section_is_no_address_no_sentence_and_not_the_headline() -> None:
    crumbs = (
        '{"@type": "BreadcrumbList", "itemListElement": [{"name": "Home"}, {"name": "Harbour"}, {"name": "Ferry"}]}'
    )
    head = (
        f'<meta name="section" content="https://marsh.example/s"><script type="application/ld+json">{crumbs}</script>'
    )
    assert fields.section(context("", head), "Ferry") == "Harbour"
    assert fields.section(context(""), "Ferry") is None


def test_a_canonical_address_is_believed_on_the_same_site_and_never_where_it_is_a_home_page() -> None:
    assert fields.canonical_address(URL, "https://marsh.example/whole?utm_source=x") == "https://marsh.example/whole"
    assert fields.canonical_address(URL, "https://other.example/whole") == URL
    assert fields.canonical_address(URL, "https://marsh.example/") == URL
    assert fields.canonical_address(URL, None) == URL


def test_times_are_in_the_rules_zone_else_vietnams_on_a_vietnamese_page() -> None:
    assert str(context("").zone) == "UTC+02:00"
    assert context("", rule=False).zone == VIETNAM


def test_links_are_relative_to_the_base_element_where_it_is_an_address() -> None:
    assert context("", '<base href="https://cdn.marsh.example/x/">').base == "https://cdn.marsh.example/x/"
    assert context("", '<base href="javascript:x">').base == URL


def test_a_bold_name_in_a_last_line_set_to_the_right_is_the_signature() -> None:
    def signed(line: str) -> tuple[str, ...]:
        page = context(f"<div><p>Con đò cũ vẫn sang sông.</p>{line}</div>", rule=False)
        return fields.signature(page, list(page.root.iter("div")))

    assert signed("<p style='text-align:right;'><strong>Lê Hoa</strong> <em>(biên dịch)</em></p>") == ("Lê Hoa",)
    assert signed("<p align=right><b>Lê Hoa</b></p>") == ("Lê Hoa",)
    assert signed("<p><strong>Lê Hoa</strong></p>") == ()
    assert signed("<p align=right><b>Lê Hoa</b> đã chèo con đò ấy suốt ba mươi năm</p>") == ()
    assert signed("<p align=right>Lê Hoa</p>") == ()
