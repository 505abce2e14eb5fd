"""JSON-LD's `articleBody` takes paragraphs out only where it is the whole text."""

from lxml import etree

from reader.extract.blocks.inline import ContentBlock, make_block
from reader.extract.cleanup.json_ld_check import without_unconfirmed
from reader.extract.metadata.embedded import Metadata

SENTENCES = [
    f"On day {number} the ferry crossed the lower marsh with post, bread and {number} travellers on board, people said."
    for number in range(1, 9)
]
STRAY = "Our shop has new oars and lanterns this month, which are made by hand in the yard beside the quay."


def block(kind: str, text: str) -> ContentBlock:
    out = etree.Element(kind)
    out.text = text
    return make_block(kind, out, out)


def left(said: str, blocks: list[ContentBlock]) -> list[str]:
    metadata = Metadata(nodes=({"@type": "Article", "articleBody": said},))
    return [one.text for one in without_unconfirmed(blocks, metadata)]


STORY = [*(block("p", sentence) for sentence in SENTENCES), block("p", STRAY), block("h2", "On the quay")]


def test_a_whole_text_takes_out_the_paragraph_that_it_does_not_have_and_no_heading() -> None:
    assert left(" ".join(SENTENCES), STORY) == [*SENTENCES, "On the quay"]


def test_tags_and_entities_in_it_do_not_count() -> None:
    said = " ".join(f"&lt;p&gt;{sentence}&lt;/p&gt;" for sentence in SENTENCES)
    assert left(said, STORY) == [*SENTENCES, "On the quay"]


def test_a_teaser_a_cut_text_and_another_text_confirm_nothing() -> None:
    everything = [one.text for one in STORY]
    assert left(SENTENCES[0], STORY) == everything
    assert left(" ".join(SENTENCES)[:560], STORY) == everything
    assert left("Something else is said here, of another day and another marsh. " * 10, STORY) == everything


def test_a_short_paragraph_is_confirmed_whole_and_a_long_one_by_two_of_its_parts() -> None:
    changed = SENTENCES[3].replace("the lower marsh", "(see map) the lower marsh", 1)
    story = [block("p", changed if n == 3 else sentence) for n, sentence in enumerate(SENTENCES)]
    story.insert(4, block("p", "And back."))
    said = " ".join([*SENTENCES[:4], "And back.", *SENTENCES[4:]])
    assert left(said, story) == [one.text for one in story]


def test_a_text_that_leaves_out_the_words_of_links_confirms_what_stands_around_them() -> None:
    told = etree.fromstring(
        "<p>The harbour keeps a list of all boats, with <a href='/boats'>four hundred names in the oldest hand</a>.</p>"
    )
    teaser = etree.fromstring("<p>Boats: <a href='/oars'>Which oars are the best for a long day on the marsh?</a></p>")
    story = [*STORY[:4], make_block("p", told, told), make_block("p", teaser, teaser), *STORY[4:]]
    said = [*SENTENCES[:4], "The harbour keeps a list of all boats, with .", *SENTENCES[4:]]
    assert left(" ".join(said), story) == [*SENTENCES[:4], story[4].text, *SENTENCES[4:], "On the quay"]
