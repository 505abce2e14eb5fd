"""The papers of each publishing system are read by its rule, and the rules are checked as they are loaded."""

import pytest
from sample_pages import VIETNAMESE, afcbc, dantri, mastercms, vnexpress

from reader.config import site_rule_files
from reader.errors import BadSetting
from reader.extract import Rules, extract, parse_rule
from reader.models import Figure, LinkKind


def stories(article, kind):
    return [(link.title, link.section, link.summary) for link in article.links if link.kind is kind]


def test_a_mastercms_story_is_read_whole_with_its_pictures_and_both_kinds_of_other_stories():
    article = extract(mastercms(), "https://benдо.example/sua-do-10.html".replace("до", "do"))
    assert article.how == "rule:mastercms"
    assert (article.title, article.kicker, article.section) == ("Sửa con đò cũ", "Chuyện bên sông", "Xã hội")
    assert article.lede.startswith("BĐ - Con đò cũ")
    assert article.published.isoformat() == "2024-02-03T18:05:00+07:00"
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


def test_an_afcbc_story_keeps_boxed_text_and_gives_up_boxed_stories_though_their_class_is_the_same():
    article = extract(afcbc(), "https://tuoitre.vn/sua-do-20240203180500123.htm")
    assert article.how == "rule:afcbc"
    assert "Ba mươi năm lái đò" in article.markdown
    assert VIETNAMESE[1] in article.markdown
    assert stories(article, LinkKind.RELATED)[0][0] == "Cây cầu mới bắc qua sông"
    assert "Cây cầu mới" not in article.markdown
    assert "2024-02-03" not in article.markdown
    assert article.figures == (Figure("https://cdn.example/do.jpg", "Con đò cũ bên bến sông", "T.B."),)
    assert article.authors == ("LÊ THỊ HOA",)


def test_an_afcbc_page_has_the_stories_of_its_section_as_more_each_with_that_section():
    card = """<div class="box-category-item"><a class="box-category-link-title" href="/{n}.htm">{title}</a>
<a class="box-category-category" href="/ben-do.htm">Bến đò</a></div>"""
    titles = ["Cây cầu mới bắc qua sông", "Mùa lũ về sớm hơn mọi năm"]
    cards = "".join(card.format(n=n, title=title) for n, title in enumerate(titles))
    same = f'<div class="detail__same-category">{cards}</div></body>'.encode()
    article = extract(afcbc().replace(b"</body>", same), "https://tuoitre.vn/a-1.htm")
    more = [(link.title, link.section) for link in article.links if link.kind is LinkKind.MORE]
    assert more[-2:] == [(title, "Bến đò") for title in titles]


def test_a_vnexpress_story_has_the_signature_as_author_and_no_link_from_a_dead_one():
    article = extract(vnexpress(), "https://vnexpress.net/sua-do-1.html")
    assert article.how == "rule:vnexpress"
    assert article.authors == ("Lê Hoa",)
    assert article.section == "Thời sự"
    assert article.published.isoformat() == "2024-02-03T18:05:00+07:00"
    assert "tăng vọt" in article.markdown
    assert "no_script" not in article.markdown
    assert article.figures == (Figure("https://i.example/do-680.jpg", "Con đò cũ.", "Trần Bình"),)


def test_a_dan_tri_story_of_utility_classes_is_told_by_its_places():
    article = extract(dantri(), "https://dantri.com.vn/xa-hoi/sua-do-20240203180500123.htm")
    assert article.how == "rule:dantri"
    assert article.lede == "(Dân trí) - Con đò cũ của xã Bến Đò sẽ được thay ván."
    assert article.authors == ("Lê Hoa",)
    assert article.published.isoformat() == "2024-02-03T18:05:00+07:00"
    assert "Giá vàng" not in article.markdown


@pytest.mark.parametrize("page", [mastercms, afcbc, vnexpress, dantri])
def test_without_rules_the_generic_way_still_finds_every_paragraph(page):
    article = extract(page(), "https://unknown.example/a.html", rules=Rules())
    assert article.how == "generic"
    for text in VIETNAMESE[:2]:
        assert text in article.markdown


def test_every_shipped_rule_says_which_pages_it_fits_and_where_the_body_is():
    files = site_rule_files()
    assert files
    for name, toml in files:
        rule = parse_rule(name, toml)
        assert rule.body, name
        assert rule.hosts or rule.marks, name
        assert toml.lstrip().startswith(b"#"), f"{name} does not say what it is"


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        (b'titel = ["h1"]', "titel"),
        (b'title = "h1"', "title"),
        (b'title = ["h1["]', "title"),
        (b'zone = "Hanoi"', "zone"),
        (b"title = [", "papers"),
    ],
)
def test_a_rule_that_is_wrong_says_in_which_file_and_key(toml, told):
    with pytest.raises(BadSetting, match=told) as fault:
        parse_rule("papers.toml", toml)
    assert "papers.toml" in str(fault.value)
