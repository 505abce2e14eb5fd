"""Line breaks that follow each other part paragraphs, also where each stands in another inline element."""

import pytest

from reader.extract import extract_content


@pytest.mark.parametrize(
    "markup",
    [
        "<p><b>The boat left.<br></b><br><b>It came back.</b></p>",
        "<p><span><i>The boat left.<br></i></span><span><br></span><span>It came back.</span></p>",
        "<p><span>The boat left.</span><span><br></span><span><br></span><span>It came back.</span></p>",
        "<p><em>The boat left.</em><br><em><br>It came back.</em></p>",
    ],
)
def test_breaks_at_the_edge_of_inline_elements_part_paragraphs(markup: str) -> None:
    written = extract_content(markup, "https://marsh.example/a").markdown
    assert written.replace("*", "") == "The boat left.\n\nIt came back."


def test_one_at_the_edge_parts_nothing() -> None:
    written = extract_content("<p><b>The boat left.<br></b>It came back.</p>", "https://marsh.example/a").markdown
    assert written == "**The boat left.**\\\nIt came back."
