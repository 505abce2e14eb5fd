"""Labels of lists of other stories, and lines that lead to one, in many languages."""

import pytest

from reader.extract.links.labels import label_kind, leads_elsewhere, without_lead


@pytest.mark.parametrize(
    "text",
    [
        "Bài liên quan",
        "Tin liên quan",
        "Đọc thêm",
        "Đọc tiếp",
        "Xem thêm",
        "Tham khảo thêm",
        "Có thể bạn quan tâm",
        "Cùng chuyên mục",
        "Các tin khác",
        "Xem nhiều",
        "TIN MỚI",
        "Bài trước đó",
        "Bài sau đó",
        "Related stories",
        "READ MORE:",
        "Lesen Sie auch",
        "À lire aussi",
        "Lea también",
        "Leia também",
        "Leggi anche",
        "Lees ook",
        "Czytaj też",
        "Читайте также",
        "相关新闻",
        "関連記事",
        "관련기사",
    ],
)
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
