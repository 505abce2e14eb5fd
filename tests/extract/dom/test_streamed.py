"""Pages that React's server sends in parts are read in their order."""

from reader.extract import Rules, extract
from reader.extract.dom.parse import DEEPEST, parse
from tests.extract.sample_pages import SENTENCES, english, paragraphs

URL = "https://marsh.example/news/ferry-1.html"


def after_end(parts: str) -> bytes:
    """The page with an empty place before its third sentence."""
    story = f'{paragraphs(SENTENCES[:2])}<div><template id="B:1"></template></div>{paragraphs(SENTENCES[4:])}'
    return english(story).replace(b"</body>", f"{parts}</body>".encode())


def segment(name: str, inner: str) -> str:
    return f'<div hidden id="S:{name}">{inner}</div>'


def read(page: bytes) -> list[str]:
    return [line for line in extract(page, URL, rules=Rules()).markdown.split("\n") if line]


def test_a_part_stands_in_its_place() -> None:
    assert read(after_end(segment("1", paragraphs(SENTENCES[2:4])))) == list(SENTENCES)


def test_the_script_says_which_part_goes_where() -> None:
    moves = '<script>$RC("B:1","S:a")</script>'
    assert read(after_end(segment("a", paragraphs(SENTENCES[2:4])) + moves)) == list(SENTENCES)


def test_parts_stand_in_parts() -> None:
    inner = f'<p>{SENTENCES[2]}</p><template id="P:2"></template>'
    parts = segment("1", inner) + segment("2", f"<p>{SENTENCES[3]}</p>") + '<script>$RS("S:2","P:2")</script>'
    assert read(after_end(parts)) == list(SENTENCES)


def test_a_part_that_would_stand_in_itself_stays() -> None:
    assert (
        parse(after_end(segment("1", '<template id="P:1"></template>') + '<script>$RS("S:1","P:1")</script>'))
        is not None
    )


def test_parts_in_parts_nest_no_deeper_than_a_page() -> None:
    parts = "".join(segment(str(n), "<div>" * 20 + f'<template id="P:{n + 1}"></template>') for n in range(2, 60))
    root = parse(after_end(f"{segment('1', '<template id=P:2></template>')}{parts}"))
    assert root is not None
    assert max(sum(1 for _ in e.iterancestors()) for e in root.iter()) <= DEEPEST


def test_other_hidden_text_stays_hidden() -> None:
    assert SENTENCES[2] not in read(after_end(f'<div hidden id="note">{paragraphs(SENTENCES[2:4])}</div>'))
