"""Names, headlines, labels and credits, one at a time."""

from datetime import UTC

import pytest

from reader.extract.blocks.figures import split_credit, without_label
from reader.extract.links.labels import label_kind, leads_elsewhere, without_lead
from reader.extract.metadata.byline import person_names
from reader.extract.metadata.dates import parse_datetime
from reader.extract.metadata.embedded import Metadata
from reader.extract.metadata.headline import without_site
from reader.text.dates import VIETNAM
from tests import present


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
    ("title", "wanted"),
    [
        ("Ferry saved | The Marsh Post", "Ferry saved"),
        ("The Marsh Post - Ferry saved", "Ferry saved"),
        ("Ferry – saved at last", "Ferry – saved at last"),
        ("Ferry saved", "Ferry saved"),
    ],
)
def test_a_headline_does_not_carry_the_papers_name(title: str, wanted: str) -> None:
    assert without_site(title, ["The Marsh Post"]) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Bài liên quan", "Tin liên quan", "Đọc thêm", "Đọc tiếp", "Xem thêm",
        "Tham khảo thêm", "Có thể bạn quan tâm", "Cùng chuyên mục", "Các tin khác",
        "Xem nhiều", "TIN MỚI", "Bài trước đó", "Bài sau đó", "Related stories",
        "READ MORE:", "Lesen Sie auch", "À lire aussi", "Lea también", "Leia também",
        "Leggi anche", "Lees ook", "Czytaj też", "Читайте также", "相关新闻", "関連記事", "관련기사",
    ],
)  # fmt: skip
def test_labels_of_other_stories_are_known_in_many_languages(text: str) -> None:
    assert label_kind(text) in ("more", "related")


@pytest.mark.parametrize(
    "text",
    ["Reading is good", "More than a ferry was lost", "Xem xét lại kế hoạch", "", "Related to the queen by blood"],
)
def test_a_heading_of_the_story_is_no_label(text: str) -> None:
    assert label_kind(text) is None


def test_a_line_that_leads_elsewhere_is_told_by_its_beginning() -> None:
    assert leads_elsewhere("Xem thêm: Giá gạo tăng nhẹ")
    assert without_lead("Lesen Sie auch: Die Fähre bleibt") == "Die Fähre bleibt"
    assert not leads_elsewhere("Read the room before you speak: a guide")


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
    ("text", "wanted"),
    [
        ("2026-03-07T08:52:11.000 +07:00", "2026-03-07T08:52:11+07:00"),
        ("2026-03-07T08:52:11Z", "2026-03-07T08:52:11+00:00"),
        ("2026-03-07 08:52", "2026-03-07T08:52:00+07:00"),
        ("07/03/2026 08:01 GMT+7", "2026-03-07T08:01:00+07:00"),
    ],
)
def test_machine_times_keep_the_offset_they_print(text: str, wanted: str) -> None:
    assert present(parse_datetime(text, VIETNAM)).isoformat() == wanted


def test_rubbish_is_no_time() -> None:
    assert parse_datetime("soon", UTC) is None
    assert parse_datetime("0001-01-01T00:00:00", UTC) is None
