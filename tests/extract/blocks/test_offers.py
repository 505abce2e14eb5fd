"""Boxes that sell something, ask to log in or present an author are no text; what only resembles them is."""

import pytest

from reader.extract import Rules, extract
from tests.extract.sample_pages import SENTENCES, english

URL = "https://marsh.example/news/ferry-1.html"


def body(box: str, *, first: bool = False) -> str:
    texts = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    parts = [box, *texts] if first else [*texts[:2], box, *texts[2:]]
    page = extract(english("".join(parts)), URL, rules=Rules()).markdown
    assert all(sentence in page for sentence in SENTENCES)
    return page


@pytest.mark.parametrize(
    "box",
    [
        (
            '<div><a href="https://shop.example/oar" rel="noopener sponsored"><div>Oars</div><div>Long Oar 5</div><p>'
            "An oar for every boat, of ash that has dried for three years.</p><div>30 €21 €</div></a></div>"
        ),
        (
            '<div class="bar"><span>Oars for nine instead of thirty crowns</span><span><a rel="nofollow" '
            'href="https://shop.example/oars"></a>one month of rowing</span></div>'
        ),
        (
            "<div><dl><dt>With Marsh Plus, oars and all</dt><dd>you read every story of the marsh</dd></dl>"
            '<a href="/account/register">Join</a> <a href="/account/login">I have an account, oars</a></div>'
        ),
        ('<ul><li><a rel="sponsored" href="https://shop.example/oars"></a>Oars for nine crowns</li></ul>'),
        (
            '<div><p>Do you have an account, with oars? <a href="/account/login">Log in</a></p>'
            '<p><a href="/account/login">Log in</a> or <a href="/account/register">join the oars</a></p></div>'
        ),
        (
            '<div class="profileBox profile"><p><a rel="author" href="/people/ann">Ann Reed</a> writes about oars, '
            "boats and rowing, and has been on the marsh for twenty years. Her book about the winter was read by all."
            '</p><ul><li><a href="/people/ann">All posts</a></li><li>Books</li></ul></div>'
        ),
    ],
)
def test_boxes_that_are_told_by_their_links_are_left_out(box: str) -> None:
    for first in (False, True):
        text = body(box, first=first)
        assert "oar" not in text.lower()
        assert "Books" not in text


@pytest.mark.parametrize(
    "box",
    [
        '<p>The <a rel="sponsored" href="https://shop.example/oar">long oar</a> is what rowers like best.</p>',
        '<a rel="sponsored" href="https://shop.example/oar"><h3>The long oar of the marsh</h3></a>',
        (
            '<div><h2>The long oar of the marsh</h2><a href="/account/register">Join</a>'
            '<a href="/account/login">Log in</a></div>'
        ),
        '<h3><a rel="sponsored nofollow" href="https://shop.example/oar">The long oar of the marsh</a></h3>',
        '<div>Who made the long oar is written <a rel="nofollow" href="https://oars.example/">on its blade</a>.</div>',
        '<div><p>The long oar has <a href="/blog/login-for-all">a login</a>, it was said.</p></div>',
        '<ul><li><a rel="nofollow" href="https://oars.example/#fn1"></a>The long oar was made first</li></ul>',
        '<ul><li>The long oar was made first <a rel="nofollow" href="https://oars.example/"></a></li></ul>',
        '<div><a rel="nofollow" href="https://oars.example/"></a>The long oar was made first.</div>',
        '<div><a rel="nofollow" href="https://oars.example/#1"></a>The long oar, made first</div>',
        (
            '<section><h3>How to vote</h3><p>Whoever has a long oar can <a href="/log-in/">log in</a> with its number; '
            'others <a href="/register/">register</a> at the landing by Friday.</p><p>The mayor called it fair.</p>'
            "</section>"
        ),
        (
            '<div><p>The long oar: <a href="/log-in/">log in</a> to see it, said Ann.</p><p>Bo went to '
            '<a href="/register/">where one signs up</a> and rowed away.</p></div>'
        ),
        (
            "<section><p>To vote for the long oar, or for the short one, you have to be a member and "
            '<a href="/log-in/">log in</a>.</p><p><a href="/register/">Register</a></p></section>'
        ),
        (
            '<div class="profile"><p>A long oar, the profile of a rower: he rows, and rows, and has never stopped. '
            '"Why should I?" he asks everyone who comes to the landing, and rows away over the water.</p></div>'
        ),
    ],
)
def test_what_only_resembles_such_a_box_stays(box: str) -> None:
    assert "long oar" in body(box)
