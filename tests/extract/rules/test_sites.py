"""The papers of each publishing system are read by its rule, every key does as it says, a person's rules go first."""

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config.rules import DATE_PARTS, KEYS, SELECTS, parse_rule_file
from reader.config.values import RuleFile
from reader.errors import BadSetting
from reader.extract import Rules, extract, extract_by, parse_rule
from reader.extract.rules import date_format
from reader.extract.rules.sites import Selectors, SiteRule
from reader.models import Article, Figure, LinkKind
from reader.news.workers import Pool
from tests import ROOT, present
from tests.extract.sample_pages import SENTENCES, VIETNAMESE, afcbc, dantri, english, mastercms, vnexpress


def stories(article: Article, kind: LinkKind) -> list[tuple[str, str | None, str | None]]:
    return [(link.title, link.section, link.summary) for link in article.links if link.kind is kind]


def test_a_mastercms_story_is_read_whole_with_its_pictures_and_both_kinds_of_other_stories() -> None:
    article = extract(mastercms(), "https://benдо.example/sua-do-10.html".replace("до", "do"))
    assert article.how == "rule:mastercms"
    assert (article.title, article.kicker, article.section) == ("Sửa con đò cũ", "Chuyện bên sông", "Xã hội")
    assert present(article.lede).startswith("BĐ - Con đò cũ")
    assert present(article.published).isoformat() == "2024-02-03T18:05:00+07:00"
    assert article.authors == ("Lê Thị Hoa",)
    assert article.tags == ("đò ngang",)
    assert article.figures == (Figure("https://bendo.example/stores/do.jpg", "Con đò cũ bên bến sông.", "Báo Bến Đò"),)
    assert [t for t, _, _ in stories(article, LinkKind.RELATED)] == [
        "Cây cầu mới bắc qua sông",
        "Mùa lũ về sớm hơn mọi năm",
        "Bến chợ họp phiên đầu năm",
    ]
    assert stories(article, LinkKind.MORE) == [
        ("Giá gạo tăng nhẹ", "Kinh tế", "BĐ - Giá gạo tăng nhẹ trong tuần đầu tháng, theo các thương lái."),
        ("Làng cá vào mùa", "Đời sống", None),
    ]
    assert not any(link.published for link in article.links)
    for text in VIETNAMESE:
        assert article.markdown.count(text) == 1
    for other in ("Cây cầu mới", "Bến chợ", "Phiên chợ", "Giá gạo", "Đọc thêm"):
        assert other not in article.markdown
    assert article.markdown.count("Con đò cũ bên bến sông") == 1


def test_an_afcbc_story_keeps_boxed_text_and_gives_up_boxed_stories_though_their_class_is_the_same() -> None:
    article = extract(afcbc(), "https://tuoitre.vn/sua-do-20240203180500123.htm")
    assert article.how == "rule:afcbc"
    assert "Ba mươi năm lái đò" in article.markdown
    assert VIETNAMESE[1] in article.markdown
    assert stories(article, LinkKind.RELATED)[0][0] == "Cây cầu mới bắc qua sông"
    assert "Cây cầu mới" not in article.markdown
    assert "2024-02-03" not in article.markdown
    assert article.figures == (Figure("https://cdn.example/do.jpg", "Con đò cũ bên bến sông", "T.B."),)
    assert article.authors == ("LÊ THỊ HOA",)


def test_an_afcbc_page_has_the_stories_of_its_section_as_more_each_with_that_section() -> None:
    card = """<div class="box-category-item"><a class="box-category-link-title" href="/{n}.htm">{title}</a>
<a class="box-category-category" href="/ben-do.htm">Bến đò</a></div>"""
    titles = ["Bến mới mở từ tháng sau", "Mùa lũ về sớm hơn mọi năm"]
    cards = "".join(card.format(n=n, title=title) for n, title in enumerate(titles))
    same = f'<div class="detail__same-category">{cards}</div></body>'.encode()
    article = extract(afcbc().replace(b"</body>", same), "https://tuoitre.vn/a-1.htm")
    more = [(link.title, link.section) for link in article.links if link.kind is LinkKind.MORE]
    assert more[-2:] == [(title, "Bến đò") for title in titles]


def test_a_vnexpress_story_has_the_signature_as_author_and_no_link_from_a_dead_one() -> None:
    article = extract(vnexpress(), "https://vnexpress.net/sua-do-1.html")
    assert article.how == "rule:vnexpress"
    assert article.authors == ("Lê Hoa",)
    assert article.section == "Thời sự"
    assert present(article.published).isoformat() == "2024-02-03T18:05:00+07:00"
    assert "tăng vọt" in article.markdown
    assert "no_script" not in article.markdown
    assert article.figures == (Figure("https://i.example/do-680.jpg", "Con đò cũ.", "Trần Bình"),)


def test_a_dan_tri_story_of_utility_classes_is_told_by_its_places() -> None:
    article = extract(dantri(), "https://dantri.com.vn/xa-hoi/sua-do-20240203180500123.htm")
    assert article.how == "rule:dantri"
    assert article.lede == "(Dân trí) - Con đò cũ của xã Bến Đò sẽ được thay ván."
    assert article.authors == ("Lê Hoa",)
    assert present(article.published).isoformat() == "2024-02-03T18:05:00+07:00"
    assert "Giá vàng" not in article.markdown


@pytest.mark.parametrize("page", [mastercms, afcbc, vnexpress, dantri])
def test_without_rules_the_generic_way_still_finds_every_paragraph(page: Callable[[], bytes]) -> None:
    article = extract(page(), "https://unknown.example/a.html", rules=Rules())
    assert article.how == "generic"
    for text in VIETNAMESE[:2]:
        assert text in article.markdown


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        (b'titel = ["h1"]', "line 1: titel"),
        (b'title = "h1"', "title"),
        (b'hosts = ["a.example"]\ntitle = ["h1["]', "line 2: title, item 1"),
        (b'zone = "Hanoi"', "zone"),
        (b"title = [", "papers"),
    ],
)
def test_a_rule_that_is_wrong_says_in_which_file_line_and_key(toml: bytes, told: str) -> None:
    with pytest.raises(BadSetting, match=told) as fault:
        parse_rule("papers.toml", toml)
    assert "papers.toml" in str(fault.value)


POST = "https://ferrypost.example/1.html"
"""Where the paper of the rules below stands."""


def by_rule(page: bytes, toml: str, url: str = POST) -> Article:
    return extract(
        page, url, rules=Rules((parse_rule("post.toml", f'hosts = ["ferrypost.example"]\n{toml}'.encode()),))
    )


def test_the_rule_of_the_documentation_is_sound_and_mends_the_page_it_is_about() -> None:
    page = (ROOT / "docs/site-rules.md").read_text(encoding="utf-8")
    toml = page.partition("```toml\n")[2].partition("```")[0].encode()
    story = f"""<p>{SENTENCES[0]}</p><div class="house-ad"><p>Buy a boat of ours while they float.</p></div>
<div class="shot"><img src="/keel.jpg"><b class="line">The keel, before paint.</b><i class="by">A. Rower</i></div>
<p>{SENTENCES[1]}</p><div class="box plain"><p><a href="/2.html">The lottery sells its last tickets today</a></p></div>
<p>{SENTENCES[2]}</p>"""
    html = english(f'<div id="story">{story}</div><span class="stamp">02/03/2024 6:05 PM</span>')
    article = extract(html, POST, rules=Rules((parse_rule("post.toml", toml),)))
    assert article.how == "rule:post"
    assert present(article.published).isoformat() == "2024-02-03T18:05:00+07:00"
    assert [figure.caption for figure in article.figures] == ["The keel, before paint."]
    assert stories(article, LinkKind.RELATED) == [("The lottery sells its last tickets today", None, None)]
    for other in ("Buy a boat", "lottery sells"):
        assert other not in article.markdown


def test_a_rule_says_which_boxes_are_pictures_and_what_in_them_is_caption_and_credit() -> None:
    box = """<table class="t"><tr><td><img src="/keel.jpg"></td></tr>
<tr><td class="one">The keel, before paint, as the harbour master saw it.</td><td class="two">A. Rower</td></tr>
<tr><td>Order a print of this</td></tr></table>"""
    page = english(f"<p>{SENTENCES[0]}</p>{box}<p>{SENTENCES[1]}</p><p>{SENTENCES[2]}</p>")
    article = by_rule(page, 'body = [".article-body"]\nfigure = ["table.t"]\ncaption = [".one"]\ncredit = [".two"]')
    caption = "The keel, before paint, as the harbour master saw it."
    assert article.figures == (Figure("https://ferrypost.example/keel.jpg", caption, "A. Rower"),)
    assert article.markdown.count("The keel") == 1
    assert "Order a print" not in article.markdown


def test_a_box_that_holds_the_story_or_no_picture_is_no_figure_whatever_a_rule_says() -> None:
    page = english(f"<p>{SENTENCES[0]}</p><div class='x'><p>{SENTENCES[1]}</p></div><img src='/a.jpg'>")
    article = by_rule(page, 'body = [".article-body"]\nfigure = ["article", ".article-body", ".x", "img"]')
    assert SENTENCES[0] in article.markdown
    assert SENTENCES[1] in article.markdown


def test_what_stands_in_an_attribute_is_read() -> None:
    head = """<meta property="x:title" content="The ferry &amp;amp; the vote"><meta name="x:by" content="Ann Rower">
<meta name="x:part" content="Harbour"><meta name="x:dek" content="After three winters the old boat stays."><meta
name="x:at" content="2024-02-03T18:05:00+07:00">"""
    article = by_rule(
        english(head=head),
        "title = [\"meta[property='x:title']\"]\nauthors = [\"meta[name='x:by']\"]\n"
        "section = [\"meta[name='x:part']\"]\nlede = [\"meta[name='x:dek']\"]\ndate = [\"meta[name='x:at']\"]",
    )
    assert (article.title, article.section) == ("The ferry & the vote", "Harbour")
    assert article.authors == ("Ann Rower",)
    assert article.lede == "After three winters the old boat stays."
    assert present(article.published).isoformat() == "2024-02-03T18:05:00+07:00"
    assert all(sentence in article.markdown for sentence in SENTENCES)


def test_an_attribute_without_anything_in_it_gives_way_to_the_next_selector() -> None:
    head = '<meta name="x" content=""><meta name="y" content="Harbour">'
    article = by_rule(english(head=head), 'section = ["meta[name=x]", "meta[name=y]"]')
    assert article.section == "Harbour"


@pytest.mark.parametrize(
    ("form", "printed", "read"),
    [
        ("%H:%M %d/%m/%Y", "Cập nhật 18:05  3/2/2024 (GMT+7)", "2024-02-03T18:05:00+07:00"),
        ("%m/%d/%Y %I:%M:%S %p", "8/2/2024 5:20:00 CH", "2024-08-02T17:20:00+07:00"),
        ("%a, ngày %d tháng %m năm %Y", "THỨ BẢY, Ngày 3 tháng 2 năm 2024", "2024-02-03T00:00:00+07:00"),
        ("%A, %d/%m/%Y - %H:%M", "Chủ nhật, 04/02/2024 - 07:30", "2024-02-04T07:30:00+07:00"),
        ("%Hh%M, %d-%m-%y", "lúc 18h05, 03-02-24", "2024-02-03T18:05:00+07:00"),
        ("%d %b %Y %H:%M %z", "3 Feb. 2024 18:05 GMT+8", "2024-02-03T18:05:00+08:00"),
        ("%d.%B.%Y", "3.März.2024", "2024-03-03T00:00:00+07:00"),
        ("%Y (%d/%m)", "2024 (03/02)", "2024-02-03T00:00:00+07:00"),
        ("%d/%m/%Y", "31/02/2024", None),
        ("%d/%m/%Y", "103/02/2024", None),
        ("%H:%M %d/%m/%Y", "25:05 03/02/2024", None),
        ("%d %b %Y", "3 Nonsense 2024", None),
    ],
)
def test_a_time_is_read_in_the_format_that_a_rule_gives(form: str, printed: str, read: str | None) -> None:
    values, faults = parse_rule_file(Path("a.toml"), f'hosts = ["a.example"]\ndate_format = ["{form}"]'.encode())
    assert faults == ()
    found = date_format.parse_date(values.date_format, printed, timezone(timedelta(hours=7)))
    assert (found.isoformat() if found else None) == read


PARTS = st.sampled_from([f"%{part}" for part in (*DATE_PARTS, "%", "A", "B")])


@settings(deadline=None)
@given(st.lists(PARTS, max_size=8).map("/".join), st.text(max_size=60), st.text(alphabet="0123456789/ ", max_size=60))
def test_a_format_that_is_taken_reads_or_does_not_and_never_raises(form: str, text: str, numbers: str) -> None:
    values, faults = parse_rule_file(Path("a.toml"), f'hosts = ["a.example"]\ndate_format = ["{form}"]'.encode())
    if not faults:
        for printed in (text, numbers):
            date_format.parse_date(values.date_format, printed, UTC)


def test_a_rule_with_a_format_is_believed_before_what_the_page_says_for_machines() -> None:
    head = '<meta property="article:published_time" content="2019-01-01T00:00:00Z">'
    page = english(f'<i class="at">03/02/2024</i><p>{SENTENCES[0]}</p><p>{SENTENCES[1]}</p>', head=head)
    assert present(by_rule(page, 'date = [".at"]').published).year == 2019
    assert present(by_rule(page, 'date = [".at"]\ndate_format = ["%d/%m/%Y"]').published).year == 2024
    assert present(by_rule(page, 'date = [".at"]\ndate_format = ["%Y-%m-%d"]').published).year == 2019


def test_the_link_that_a_rule_calls_next_is_the_next_page() -> None:
    pages = '<p class="pages"><a href="1.html">1</a> <a class="on" href="1-b.html">2</a></p>'
    page = english(after=pages)
    assert stories(by_rule(page, "", POST), LinkKind.NEXT) == []
    found = by_rule(page, 'next = [".pages a:first-child", ".pages a.on"]')
    assert [link.url for link in found.links if link.kind is LinkKind.NEXT] == ["https://ferrypost.example/1-b.html"]


def own(name: str, toml: str) -> RuleFile:
    return RuleFile(name, f"{name}.toml", toml.encode(), own=True)


def test_a_persons_own_rule_comes_first_and_one_of_a_shipped_name_takes_its_place() -> None:
    mine = own("mine", 'hosts = ["vnexpress.net"]\nbody = [".fck_detail"]\ntitle = [".header-content .date"]')
    article = extract_by((mine,), vnexpress(), "https://vnexpress.net/sua-do-1.html")
    assert (article.how, article.section) == ("rule:mine", None)
    same = own("vnexpress", 'hosts = ["other.example"]\nbody = ["article"]')
    assert extract_by((same,), vnexpress(), "https://vnexpress.net/sua-do-1.html").how == "generic"
    assert extract_by((), vnexpress(), "https://vnexpress.net/sua-do-1.html").how == "rule:vnexpress"


async def test_worker_processes_read_by_a_persons_own_rules() -> None:
    mine = own("mine", 'hosts = ["ferrypost.example"]\nbody = [".article-body"]')
    pool = Pool(1)
    try:
        article = await pool.run(extract_by, (mine,), english(), POST, encoding=None)
    finally:
        pool.close()
    assert article.how == "rule:mine"


def test_every_key_is_a_field_of_a_rule_and_every_field_a_key() -> None:
    names = {field.name for field in fields(SiteRule)} - {"name"}
    assert names == set(KEYS)
    assert {field.name for field in fields(SiteRule) if field.type is Selectors} == set(SELECTS)
