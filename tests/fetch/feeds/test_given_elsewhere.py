"""What a feed gives in other places than most do: links, files, names. Nothing of it is lost."""

import json
from typing import Any

import pytest

from reader import errors
from reader.fetch import feeds
from reader.models import Entry
from tests.fetch.feeds.feed_documents import PAPER, atom, only, rss

OWN = "https://lamp.example/posts/7"
ELSEWHERE = "https://quay.example/ferries.html"


def item(inner: str) -> Entry:
    return only(rss(f"<item><title>Seven</title>{inner}</item>"))


def entry(inner: str, head: str = "") -> Entry:
    return only(atom(f"{head}<entry><id>urn:7</id><title>Seven</title>{inner}</entry>"))


def posted(**fields: Any) -> Entry:
    version = {"version": "https://jsonfeed.org/version/1.1", "title": "Lamp"}
    return only(json.dumps(version | {"items": [{"id": "7", **fields}]}).encode())


def test_a_post_of_a_link_blog_has_its_own_page_and_the_one_it_is_about() -> None:
    assert (posted(url=OWN, external_url=ELSEWHERE).link, posted(url=OWN, external_url=ELSEWHERE).linked) == (
        OWN,
        (ELSEWHERE,),
    )
    links = f'<link rel="via" href="{ELSEWHERE}"/><link href="{OWN}"/><link rel="related" href="{OWN}"/>'
    assert (entry(links).link, entry(links).linked) == (OWN, (ELSEWHERE,))


def test_what_is_its_own_page_or_none_is_no_page_beside() -> None:
    assert (posted(external_url=ELSEWHERE).link, posted(external_url=ELSEWHERE).linked) == (ELSEWHERE, ())
    assert posted(url=OWN, external_url=OWN.replace("https", "http")).linked == ()
    assert posted(url=OWN, external_url="javascript:alert(1)").linked == ()
    feed = f'<link href="{OWN}"/><link rel="related" type="application/atom+xml" href="{ELSEWHERE}"/>'
    assert entry(feed).linked == ()


@pytest.mark.parametrize(
    ("inner", "right"),
    [
        ('<content src="https://lamp.example/7.html" type="text/html"/>', "https://lamp.example/7.html"),
        ('<link rel="http://www.iana.org/assignments/relation/alternate" href="/7"/>', "https://bao.example.vn/7"),
        (
            '<link type="application/json" href="/7.json"/><link type="text/html" href="/7"/>',
            "https://bao.example.vn/7",
        ),
        ('<link rel="related" href="/b"/><link href="/a"/>', "https://bao.example.vn/a"),
    ],
)
def test_the_page_of_an_entry_of_atom(inner: str, right: str) -> None:
    assert entry(inner).link == right


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("www.lamp.example/7", "https://www.lamp.example/7"),
        ("bao.example.vn/7.html", "https://bao.example.vn/7.html"),
        ("https://https://lamp.example/7", "https://lamp.example/7"),
        ("http:/https://lamp.example/7", "https://lamp.example/7"),
        ("www.html", "https://bao.example.vn/rss/www.html"),
        ("lamp.example/7", "https://bao.example.vn/rss/lamp.example/7"),
    ],
)
def test_an_address_that_forgot_its_scheme_or_has_two(written: str, right: str) -> None:
    assert item(f"<link>{written}</link>").link == right


def test_a_player_is_the_page_of_what_has_no_other() -> None:
    player = '<media:player url="https://lamp.example/player/7"/>'
    assert item(player).link == "https://lamp.example/player/7"
    assert item(f"<link>{OWN}</link>{player}").link == OWN


def test_files_of_media_rss_count_whatever_they_say_of_themselves() -> None:
    named = (
        '<media:content url="https://cdn.example/7.mp4"/><media:content url="https://cdn.example/7.jpg" width="90"/>'
    )
    typed = '<media:content url="https://cdn.example/7" type="application/pdf"/>'
    dead = '<media:content url="https://cdn.example/v/7" type="application/x-shockwave-flash"/>'
    group = f"<media:group>{named}{typed}{dead}</media:group>"
    torrent = '<enclosure url="https://cdn.example/7.torrent" type="application/x-bittorrent" length="7"/>'
    found = [file.url for file in item(torrent + group).enclosures]
    assert found == ["https://cdn.example/7.mp4", "https://cdn.example/7", "https://cdn.example/7.torrent"]


def test_content_elsewhere_that_is_no_page_is_a_file() -> None:
    [file] = entry('<content src="https://cdn.example/7.ogg" type="audio/ogg"/>').enclosures
    assert (file.url, file.type) == ("https://cdn.example/7.ogg", "audio/ogg")


def test_the_pictures_of_a_post_are_files_of_it_and_no_avatar_is() -> None:
    pictures = "".join(
        f'<media:content url="https://{where}" medium="image" type="image/png"/>'
        for where in ("files.example/1.png", "files.example/2.png", "1.gravatar.com/avatar/77")
    )
    post = item(f"<description>Two boats.</description>{pictures}")
    assert [file.url for file in post.enclosures] == ["https://files.example/1.png", "https://files.example/2.png"]
    assert post.picture == "https://files.example/1.png"


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("(Ann Lee)", "Ann Lee"),
        ("ann [at] harbour.press (Ann Lee)", "Ann Lee"),
        ("ann(at)harbour.press (Ann Lee)", "Ann Lee"),
        ("ann@harbour.press &lt;Ann Lee&gt;", "Ann Lee"),
        ("/u/ann", "/u/ann"),
        ("Ann (and) Bo", "Ann (and) Bo"),
    ],
)
def test_names_in_brackets_and_hidden_addresses(written: str, right: str) -> None:
    assert item(f"<author>{written}</author>").authors == (right,)


def test_atoms_authors_come_from_the_entry_its_source_or_the_feed() -> None:
    head = "<author><name>Ann</name></author>"
    source = "<source><title>Other</title><author><name>Cy</name></author></source>"
    assert entry("<author><name>Bo</name></author>" + source, head).authors == ("Bo",)
    assert entry(source, head).authors == ("Cy",)
    assert entry("", head).authors == ("Ann",)
    assert only(rss("<item><title>x</title></item>", "<managingEditor>Ann</managingEditor>")).authors == ()


def test_who_is_credited_as_author_and_names_as_one_string() -> None:
    assert item('<media:credit role="author">Ann</media:credit>').authors == ("Ann",)
    assert item('<media:credit role="photographer">Ann</media:credit>').authors == ()
    assert posted(content_text="x", authors="Ann").authors == ("Ann",)


def test_json_feed_is_known_by_what_only_it_has() -> None:
    plain = {"title": "Lamp", "items": [{"id": "7", "url": OWN, "content_html": "<p>Seven.</p>"}]}
    assert only(json.dumps(plain).encode()).link == OWN
    with pytest.raises(errors.NotAFeed):
        feeds.parse(json.dumps({"title": "Shop", "items": [{"id": "7", "url": OWN}]}).encode(), PAPER)


@pytest.mark.parametrize(
    "description",
    [
        "<pre><code>if lit:\n    wait()</code></pre>",
        '<iframe src="https://player.example/7"></iframe>',
        '<audio controls><source src="https://cdn.example/7.mp3"></audio>',
        '<video src="https://cdn.example/7.mp4"></video> One film.',
        "<table><tr><td>one</td></tr></table>",
    ],
)
def test_a_description_that_is_more_than_its_words_is_kept_as_it_is(description: str) -> None:
    assert item(f"<description><![CDATA[{description}]]></description>").content == description


def test_the_links_of_a_teaser_are_kept_where_the_whole_text_has_other_words() -> None:
    def content(teaser: str, whole: str) -> str | None:
        texts = f"<description><![CDATA[{teaser}]]></description><content:encoded><![CDATA[{whole}]]></content:encoded>"
        return item(f"<link>{OWN}</link>{texts}").content

    whole = "<p>The gauge at the lock said three metres.</p>"
    teaser = f'See <a href="{ELSEWHERE}">the ferries</a>.'
    assert content(teaser, whole) == f"{whole}<hr>{teaser}"
    assert content(f'Go on <a href="{OWN}">reading</a>.', whole) == whole
    repeated = f'<p>The gauge at <a href="{ELSEWHERE}">the lock</a> said three</p>'
    assert content(repeated, whole) == whole
