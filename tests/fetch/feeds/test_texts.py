"""Which of a feed's texts is the story: what each element is decides, neither order nor length."""

from itertools import permutations

import pytest

from tests import present
from tests.fetch.feeds.feed_documents import atom, only, rss

TEASER = "The lock opens at six."
STORY = "<p>The keeper came down the steps with a lamp and let the first barge in.</p>"
CAPTION = "Two gulls sit on the beam of the upper gate, above a rope. " * 8

DESCRIPTION = f"<description>{TEASER}</description>"
ENCODED = f"<content:encoded><![CDATA[{STORY}]]></content:encoded>"
PICTURE = (
    '<media:content url="/gulls.jpg" medium="image"><media:title>Gulls</media:title>'
    f"<media:description>{CAPTION}</media:description></media:content>"
)
OF_PICTURES = [
    PICTURE,
    (
        '<media:group><media:content url="/gulls.jpg" type="image/jpeg"/>'
        f"<media:description>{CAPTION}</media:description></media:group>"
    ),
    f'<media:thumbnail url="/gulls.jpg"/><media:description type="plain">{CAPTION}</media:description>',
    (
        f'<media:content url="/gulls.jpg"/><media:text type="html">{CAPTION}</media:text>'
        f"<media:description>{CAPTION}</media:description>"
    ),
    (
        f'<enclosure url="/gulls.jpg" type="image/jpeg" length="1"/><media:thumbnail url="/gulls.jpg"/>'
        f"<media:description>{CAPTION}</media:description>"
    ),
]


def item(*elements: str) -> bytes:
    return rss(f"<item><title>The lock</title><guid>1</guid>{''.join(elements)}</item>")


@pytest.mark.parametrize("order", permutations((DESCRIPTION, ENCODED, PICTURE)))
def test_a_story_is_the_whole_text_in_every_order_of_the_elements(order: tuple[str, ...]) -> None:
    entry = only(item(*order))
    assert (entry.title, entry.summary, entry.content) == ("The lock", TEASER, STORY)
    assert entry.picture == "https://bao.example.vn/gulls.jpg"


@pytest.mark.parametrize("picture", OF_PICTURES)
@pytest.mark.parametrize("first", [True, False])
def test_what_a_picture_shows_is_never_the_story(picture: str, first: bool) -> None:
    for own, summary in ((DESCRIPTION, TEASER), (ENCODED, "The keeper came down"), ("", "")):
        entry = only(item(*((picture, own) if first else (own, picture))))
        assert (entry.summary or "").startswith(summary)
        assert "gulls" not in f"{entry.title}{entry.summary}{entry.content}"


@pytest.mark.parametrize(
    "media",
    [
        '<media:group><media:content url="/l.mp4" type="video/mp4"/><media:thumbnail url="/l.jpg"/>{}</media:group>',
        '<media:group><media:content url="/v/lock" type="application/x-shockwave-flash"/>{}</media:group>',
        '<media:content url="/lock.mp4" medium="video">{}</media:content>',
        '<media:player url="/play"/>{}',
        "{}",
    ],
)
def test_what_a_video_is_about_is_its_text_where_the_entry_has_no_other(media: str) -> None:
    about = "<media:description>Barges, from above.\n\n0:00 The upper gate</media:description>"
    entry = only(item(media.format(about)))
    assert entry.summary == "Barges, from above. 0:00 The upper gate"
    beside = only(item(media.format(about), DESCRIPTION))
    assert beside.summary == TEASER
    assert "Barges" not in (beside.content or "")


@pytest.mark.parametrize(
    ("given", "summary"),
    [
        ("<itunes:summary>Notes of the pod.</itunes:summary><description>Own words.</description>", "Own words."),
        ("<description>Own words.</description><itunes:summary>Notes of the pod.</itunes:summary>", "Own words."),
        ("<itunes:summary>Notes of the pod.</itunes:summary>", "Notes of the pod."),
        ("<itunes:subtitle>In short.</itunes:subtitle>", "In short."),
        ("<itunes:subtitle>In short.</itunes:subtitle><itunes:summary>Notes.</itunes:summary>", "Notes."),
        ("<dc:description>A record.</dc:description><description>Own words.</description>", "Own words."),
        ("<description></description><dc:description>A record.</dc:description>", "A record."),
    ],
)
def test_the_description_is_the_items_own(given: str, summary: str) -> None:
    assert only(item(given)).summary == summary


def test_no_own_text_of_an_entry_is_lost() -> None:
    entry = only(item("<description>Own words.</description><itunes:summary>Notes of the pod.</itunes:summary>"))
    assert present(entry.content).split("<hr>") == ["Own words.", "<p>Notes of the pod.</p>"]
    long = "".join(f"<p>Paragraph {n}, {'of water ' * 12}</p>" for n in range(9))
    entry = only(item(f"<description><![CDATA[{long}]]></description>", ENCODED))
    assert entry.content == f"{STORY}<hr>{long}"


@pytest.mark.parametrize(
    "teaser", ["The keeper came down the steps", "The keeper came down the steps with a l…", "THE KEEPER came down the"]
)
def test_a_teaser_is_not_told_twice(teaser: str) -> None:
    for given in (f"<itunes:summary>{teaser}</itunes:summary>", f"<dc:description>{teaser}</dc:description>"):
        assert only(item(DESCRIPTION, given, ENCODED)).content == STORY


def test_html_is_taken_before_plain_text() -> None:
    plain, html = '<content type="text">A lock.</content>', '<content type="html">&lt;b>A lock.&lt;/b></content>'
    for contents in (plain + html, html + plain):
        assert only(atom(f"<entry><id>1</id><title>T</title>{contents}</entry>")).content == "<b>A lock.</b>"


@pytest.mark.parametrize("namespace", ['xmlns="http://www.w3.org/1999/xhtml"', ""])
def test_elements_of_html_inside_xhtml_end_no_element_of_the_feed(namespace: str) -> None:
    inside = (
        "<details><summary>More</summary><p>Hidden words.</p></details>"
        '<video><source src="l.mp4"></source></video><svg><title>A gate</title></svg><p>Last words.</p>'
    )
    entry = only(
        atom(
            f'<entry><id>1</id><title>T</title><content type="xhtml"><div {namespace}>{inside}'
            "</div></content><link href='https://paper.example/1'/></entry>"
        )
    )
    assert entry.content == inside
    assert (entry.title, entry.link) == ("T", "https://paper.example/1")


@pytest.mark.parametrize(
    ("content", "base"),
    [
        (
            '<content type="html" xml:base="https://planet.example/b/">&lt;p>x&lt;/p></content>',
            "https://planet.example/b/",
        ),
        ('<content type="html" xml:base="/c/">&lt;p>x&lt;/p></content>', "https://bao.example.vn/c/"),
        (
            (
                '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml" xml:base="https://planet.example/b/">'
                "<p>x</p></div></content>"
            ),
            "https://planet.example/b/",
        ),
        ('<content type="html">&lt;p>x&lt;/p></content>', None),
        ('<content type="html" xml:base="javascript:x">&lt;p>x&lt;/p></content>', None),
    ],
)
def test_a_base_is_kept_with_the_text_that_has_it(content: str, base: str | None) -> None:
    entry = only(atom(f"<entry><id>1</id><title>T</title><link href='https://two.example/1'/>{content}</entry>"))
    assert entry.content == (f'<base href="{base}"><p>x</p>' if base else "<p>x</p>")


def test_a_picture_that_the_feed_gives_is_the_entrys() -> None:
    for given in (
        '<media:thumbnail url="/lock.jpg"/>',
        '<itunes:image href="/lock.jpg"/>',
        "<image><url>/lock.jpg</url><title>A gate</title></image>",
        "<image>/lock.jpg</image>",
    ):
        entry = only(item(given))
        assert (entry.title, entry.picture) == ("The lock", "https://bao.example.vn/lock.jpg")
        assert entry.summary is entry.content is None


@pytest.mark.parametrize("order", permutations(("<title>The lock</title>", "<dc:title>DC</dc:title>", PICTURE)))
def test_a_title_is_the_entrys_own(order: tuple[str, ...]) -> None:
    assert only(rss(f"<item><guid>1</guid>{''.join(order)}</item>")).title == "The lock"


def test_a_link_is_the_permalink_where_it_is_empty() -> None:
    for link in ("", "<link/>", "<link> </link>", "<link>javascript:x</link>"):
        for guid in ("<guid>https://paper.example/1</guid>", '<guid isPermaLink="TRUE">https://paper.example/1</guid>'):
            for inside in (link + guid, guid + link):
                assert only(rss(f"<item><title>T</title>{inside}</item>")).link == "https://paper.example/1"
    no_address = '<guid isPermaLink="false">https://paper.example/1</guid><link></link>'
    assert only(rss(f"<item><title>T</title>{no_address}</item>")).link is None
    assert only(rss("<item><title>T</title><link/><guid>paper-1</guid></item>")).link is None


def test_authors_are_names() -> None:
    given = (
        "<author>tove@lock.press (Tove Marsh)</author><dc:creator>Ole Pike &lt;ole@lock.agency&gt;</dc:creator>"
        "<dc:creator>ann@lock.media</dc:creator>"
    )
    assert only(item(given)).authors == ("Tove Marsh", "Ole Pike", "ann@lock.media")
    person = "<author><name>tove@lock.press (Tove Marsh)</name></author><author><email>ole@lock.media</email></author>"
    entry = only(atom(f"<entry><id>1</id><title>T</title>{person}</entry>"))
    assert entry.authors == ("Tove Marsh", "ole@lock.media")
