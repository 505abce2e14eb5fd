"""What a class, an id or a role tells of an element, and what an everyday word does not."""

import pytest
from lxml import etree

from reader.extract.dom import junk_names


def element(markup: str) -> etree._Element:
    found = etree.fromstring(f"<html><body>{markup}</body></html>", etree.HTMLParser()).find("body/*")
    assert found is not None
    return found


@pytest.mark.parametrize(
    "markup",
    [
        "<div class=newsletter>x</div>",
        "<div class='box social-share'>x</div>",
        "<div id=sidebar><h2>On the water</h2>x</div>",
        "<section id=comments><h2>12 answers</h2>x</section>",
        "<div role=navigation>x</div>",
        "<h3 class=byline>x</h3>",
        "<h3 class=sr-only>x</h3>",
        "<h3 id=comments>12 answers</h3>",
    ],
)
def test_names_of_parts_of_a_page_tell(markup: str) -> None:
    assert junk_names.is_named_junk(element(markup))
    assert not junk_names.is_named_junk(
        element(markup.replace("class=", "title=").replace("id=", "lang=").replace("role=", "dir="))
    )


@pytest.mark.parametrize(
    "markup",
    [
        "<section id=tools><h2>Tools</h2>x</section>",
        "<section id=the_vote><h3>The vote</h3>x</section>",
        "<section id=related-work><h2>Related and older work</h2>x</section>",
        "<section id=newsletter-1><h2>Newsletter</h2>x</section>",
        "<section id=umfrage-survey><h2>Umfrage: Survey</h2>x</section>",
        "<section id=comments><h2>Comments</h2>x</section>",
        "<h2 id=feedback>Feedback</h2>",
        "<h2 class=tools id=tools>What to bring</h2>",
        "<h2 id=comments>Comments</h2>",
    ],
)
def test_the_words_of_a_heading_name_nothing(markup: str) -> None:
    assert not junk_names.is_named_junk(element(markup))


@pytest.mark.parametrize("word", ["tools", "survey", "rating", "latest", "legal", "feedback", "related-work", "poll-1"])
def test_an_everyday_word_is_no_sure_sign(word: str) -> None:
    named = element(f"<div class={word}>x</div>")
    assert junk_names.is_named_junk(named)
    assert not junk_names.is_surely_junk(named)


@pytest.mark.parametrize("word", ["post-tags", "related-articles", "vote-count", "feedback_form", "poll-widget"])
def test_an_everyday_word_with_the_name_of_a_part_is_one(word: str) -> None:
    assert junk_names.is_surely_junk(element(f"<div class={word}>x</div>"))


@pytest.mark.parametrize(
    ("names", "unseen"),
    [
        ("sr-only", True),
        ("x visually-hidden", True),
        ("d-none", True),
        ("d-none d-md-inline", False),
        ("hidden lg:block", False),
        ("hide-and-seek", False),
        ("noprint", False),
    ],
)
def test_what_browsers_do_not_draw_is_told_by_its_class(names: str, *, unseen: bool) -> None:
    assert junk_names.is_unseen(element(f"<span class='{names}'>x</span>")) is unseen


def test_what_only_readers_by_ear_miss_is_seen_by_eyes() -> None:
    spoken = element("<span aria-hidden=true>x</span>")
    assert junk_names.is_hidden(spoken)
    assert not junk_names.is_hidden(spoken, aria=False)
    assert junk_names.is_hidden(element("<span style='display: none'>x</span>"), aria=False)


def of_class(names: str) -> etree._Element:
    return element(f"<div class='{names}'>x</div>")


@pytest.mark.parametrize(
    "names",
    [
        "post-123 post type-post status-publish category-newsletter tag-social-media",
        "hentry category-sharing-links",
        "entry-category-brand entry-category-social_media entry-author-anna",
    ],
)
def test_the_topics_of_a_post_name_no_part_of_a_page(names: str) -> None:
    assert not junk_names.is_named_junk(of_class(names))


@pytest.mark.parametrize("names", ["tag-list", "category-links", "type-post newsletter", "post-tags"])
def test_lists_of_topics_and_other_names_of_a_post_still_count(names: str) -> None:
    assert junk_names.is_named_junk(of_class(names))


@pytest.mark.parametrize("names", ["commentWrapper", "userComments", "postComments", "commentsDiv", "comment-list"])
def test_comments_are_known_in_one_word(names: str) -> None:
    assert junk_names.is_named_comments(of_class(names))
    assert junk_names.is_named_junk(of_class(names))


@pytest.mark.parametrize("names", ["commentary", "commentator", "commentaries-body"])
def test_other_words_are_no_comments(names: str) -> None:
    assert not junk_names.is_named_comments(of_class(names))
