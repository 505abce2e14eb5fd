"""Every story of the demo goes through extraction and comes out as its own source file has it."""

import re

import pytest
from markdown_it import MarkdownIt

from reader.demo.server import DemoServer
from reader.demo.stories import DemoStory, in_pages, load_all, plain
from reader.extract import extract, join
from reader.models import Article, Link, LinkKind
from tests.demo.http_request import ask

STORIES = load_all()
LABEL = re.compile(r"^(?:Photograph|Photo): ")
articles: dict[str, Article] = {}


@pytest.fixture(params=sorted(STORIES))
def slug(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def story(slug: str) -> DemoStory:
    return STORIES[slug]


@pytest.fixture
def article(demo: DemoServer, slug: str) -> Article:
    if slug not in articles:
        url = demo.edition.url(slug)
        first = article = extract(ask(url).body, url)
        following: list[Article] = []
        while article.next is not None:
            article = extract(ask(article.next.url).body, article.next.url)
            following.append(article)
        assert len(following) + 1 == len(in_pages(STORIES[slug]))
        articles[slug] = join(first, following)
    return articles[slug]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def written(story: DemoStory) -> list[str]:
    """The words of a body as the source file has them: pictures apart, footnotes last where the paper sets them so."""
    texts = []
    for block in story.blocks:
        if block.kind == "figure":
            continue
        lines = list(block.lines)
        if block.kind == "box":
            lines.insert(0, block.extra)
        if block.kind == "quote" and block.extra:
            lines.append(block.extra)
        texts += lines if block.kind == "code" else [plain(line) for line in lines]
    return words(" ".join(texts))


def read(article: Article) -> list[str]:
    """The words a reader sees in the Markdown: no pictures, no marks of footnotes."""
    text = re.sub(r"^!\[.*$|\[\^\w+\]:?", "", article.markdown, flags=re.MULTILINE)
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    parts = []
    for token in tokens:
        if token.type in ("fence", "code_block"):
            parts.append(token.content)
        parts += [child.content or " " for child in token.children or []]
        parts.append(" ")
    return words("".join(parts))


def told(links: list[Link]) -> list[tuple[str, str]]:
    return [(link.title, link.url) for link in links]


def test_the_headline_section_time_and_names_are_those_of_the_source_file(
    demo: DemoServer, story: DemoStory, article: Article
) -> None:
    assert article.title == story.title
    assert article.section == story.section
    assert article.published == demo.edition.time(story)
    assert [name.casefold() for name in article.authors] == [name.casefold() for name in story.authors]
    assert (article.lang or "")[:2] == demo.edition.titles[story.paper].language
    assert set(article.tags) == set(story.tags)


def test_a_story_that_was_changed_says_when(demo: DemoServer, story: DemoStory, article: Article) -> None:
    if story.updated is None or demo.edition.titles[story.paper].language == "vi":  # those two papers do not print it
        assert article.updated in (None, article.published)
    else:
        assert article.updated == demo.edition.updated(story)


def test_the_lede_is_the_standfirst_and_no_part_of_the_body(story: DemoStory, article: Article) -> None:
    assert (article.lede or "").removeprefix("NBSH - ") == plain(story.lede)
    assert plain(story.lede) not in article.markdown


def test_each_picture_stands_once_with_its_caption_and_its_credit(
    demo: DemoServer, story: DemoStory, article: Article
) -> None:
    expected = [tuple(block.lines) for block in story.pictures]
    seen = []
    for figure, (picture, _, _) in zip(article.figures, expected, strict=True):
        name = picture.replace(" ", "-")
        assert figure.image.startswith(f"{demo.edition.homes[story.paper]}/pictures/{name}-")
        assert article.markdown.count(figure.image) == 1
        seen.append((picture, figure.caption or "", LABEL.sub("", figure.credit or "").casefold()))
    assert seen == [(picture, caption, credit.casefold()) for picture, caption, credit in expected]


def test_related_stories_are_named_in_order_with_their_addresses(
    demo: DemoServer, story: DemoStory, article: Article
) -> None:
    related = [link for link in article.links if link.kind is LinkKind.RELATED]
    expected = [(other.title, demo.edition.url(other.slug)) for other in demo.edition.related(story)]
    assert told(related) == expected


def test_read_more_teasers_have_section_and_summary_apart(demo: DemoServer, story: DemoStory, article: Article) -> None:
    more = [link for link in article.links if link.kind is LinkKind.MORE]
    count = {"songhong": 5, "kinhtesang": 5, "harbourpost": 4, "ledger": 3}[story.paper]
    expected = demo.edition.more(story, count)
    assert told(more) == [(other.title, demo.edition.url(other.slug)) for other in expected]
    assert [link.section for link in more] == [other.section for other in expected]
    summaries = [(link.summary or "").removeprefix("NBSH - ") for link in more]
    assert summaries == [plain(other.lede) for other in expected]
    assert not any(link.published for link in more)


def test_links_in_the_text_lead_to_the_stories_they_name(demo: DemoServer, story: DemoStory, article: Article) -> None:
    named = [
        (match[1], demo.edition.url(match[2]))
        for block in story.blocks
        for line in block.lines
        for match in re.finditer(r"\[([^\]^][^\]]*)\]\(([a-z0-9-]+)\)", line)
    ]
    inline = [link for link in article.links if link.kind is LinkKind.INLINE]
    assert told(inline) == list(dict.fromkeys(named))


def test_every_word_of_the_body_is_there_in_order_and_no_other(story: DemoStory, article: Article) -> None:
    assert read(article) == written(story)
