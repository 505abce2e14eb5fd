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


@pytest.mark.parametrize("tag", ["b{x", "i%y", 'b x{y="1"', "b a:b=1", "b <c", "q$ id=a"])
def test_names_that_no_xml_has_cost_no_text(tag: str) -> None:
    name = tag.split()[0]
    markup = f"<p>Before <{tag}>the boat left.<br><br>It came back.</{name}> After.</p>"
    written = extract_content(markup, "https://marsh.example/a").markdown
    assert "the boat left." in written
    assert "It came back." in written
    assert "After." in written
