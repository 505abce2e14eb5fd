"""What the snapshots show: four papers with a day of headlines, every kind of mark, a story; in words of our own."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from reader.lists.catalogue import Paper, Section
from reader.models import Article, Entry, Failure, FailureKind, Feed, Figure, Link, LinkKind
from reader.news.subscriptions import FoundFeed, FoundFeeds
from reader.store import FeedChanges
from reader.text import fold
from tests import add_source
from tests.ui.app_driver import FilledLibrary

DAY = 86400
LAMP = "The lamp on Gull Rock is lit again after eleven winters"


@dataclass(frozen=True, slots=True)
class SamplePaper:
    """A paper of the sample: its headlines are (section, headline, summary), newest first, an hour apart."""

    name: str
    short: str
    host: str
    language: str
    folder: str | None
    brand_colour: str
    minutes_ago: int
    headlines: tuple[tuple[str, str, str], ...]


PAPERS = (
    SamplePaper(
        "The Gull",
        "Gull",
        "gull.example",
        "en",
        "Coast",
        "rose",
        12,
        (
            ("Harbour", LAMP, "Nobody asked for it to come back, says the keeper, and then four hundred letters did."),
            (
                "Harbour",
                "Ferry returns with a new boiler and the old timetable",
                "The first boat left at six, on time.",
            ),
            (
                "Council",
                "Council votes nine to eight to feed no more gulls",
                "The gulls were not available for comment.",
            ),
            ("Sea", "Seals on the sand: how to count what will not lie still", "Two people, one drone and a thermos."),
            ("Sea", "A drifting buoy comes home by post", "It was found by a school class, who paid the stamps."),
        ),
    ),
    SamplePaper(
        "Northern Ledger",
        "Ledger",
        "ledger.example",
        "en",
        "Inland",
        "teal",
        47,
        (
            ("Business", "Quarry signs the order that keeps the line open", "Stone for nine years, by rail alone."),
            ("Business", "Old mill sold for the price of its roof", "The buyer wants the wheel to turn by spring."),
            ("Sport", "Rain stops play, then the players", "The pavilion held; the tea did not."),
            ("Science", "Sixty lines of code that know when the tide turns", "They fit on a postcard, and did."),
        ),
    ),
    SamplePaper(
        "Nhật báo Sông Xanh",
        "Sông Xanh",
        "songxanh.example",
        "vi",
        None,
        "amber",
        23,
        (
            (
                "Thời sự",
                "Phố đi bộ ven sông mở thêm hai tuyến vào tối thứ Sáu",
                "Xe buýt chạy vòng đến mười một giờ đêm.",
            ),
            ("Đời sống", "Người giữ lò gốm cuối cùng của làng dạy nghề cho cháu", "Mỗi mẻ nung mất bốn đêm."),
            ("Giáo dục", "Học sinh đạp xe dọc đê để đo mực nước", "Số liệu được gửi về trạm mỗi chiều."),
            ("Thể thao", "Giải đua thuyền lùi một tuần vì nước lớn", "Mười hai đội đã ghi tên."),
        ),
    ),
    SamplePaper(
        "Field Notes",
        "Field Notes",
        "fieldnotes.example",
        "en",
        "Inland",
        "rose",
        1500,
        (
            ("Walks", "The moss that waits", "Dry for ten years, green in an hour."),
            ("Walks", "Dark skies, and where to stand", "Bring a chair; leave the torch."),
        ),
    ),
)

STORY = """\
It went out on a Friday in March, and most people noticed on the Saturday. The lamp had stood on Gull Rock since \
the year of the long ice, and **nobody alive** had seen the bay without it. [The tide book](https://gull.example/tide) \
has a line for that night, and it says only *dark*.

![Gull Rock from the quay, an hour before dawn](https://gull.example/rock.png "Photo: Ada Finch")

## What it costs

| Year | Lamp oil | Visitors |
| :--- | ---: | ---: |
| 2007 | 412 litres | 96 |
| 2018 | none | 1,240 |
| 2019 | 388 litres | 2,015 |

> You look for it even when you know it is out.
> — Tom Marsh, keeper

- The lens was cleaned with *vinegar* and a child's toothbrush.
- The clockwork needed one new spring[^1].

[^1]: Made by the same firm as the old one.
"""


def fill(filled: FilledLibrary) -> dict[str, int]:
    """Subscribe to the four papers and keep their headlines; return the pages by headline.

    Two are kept for offline reading, one of them with figure, table, quotation, note and related stories; one is
    starred, one is saved for later, two are read.
    """
    pages: dict[str, int] = {}
    for paper in PAPERS:
        source = add_source(
            filled.library,
            f"https://{paper.host}/rss",
            paper.name,
            short=paper.short,
            home=f"https://{paper.host}/",
            folder=paper.folder,
            language=paper.language,
            brand_colour=paper.brand_colour,
        )
        entries = tuple(
            Entry(
                guid=title,
                link=filled.url(source, title),
                title=title,
                summary=summary,
                section=section,
                published=datetime.fromtimestamp(filled.clock.now - 60 * (paper.minutes_ago + 60 * n), UTC),
            )
            for n, (section, title, summary) in enumerate(paper.headlines)
        )
        changes = FeedChanges(title=paper.name, new=entries, due_at=int(filled.clock.now + 3600))
        filled.library.keep_feed(source.id, changes, now=filled.clock.now)
        for entry in entries:
            page = filled.library.page_of(entry.link or "")
            assert page is not None
            pages[entry.title] = page
    ferry, seals = PAPERS[0].headlines[1][1], PAPERS[0].headlines[3][1]
    filled.keep(pages[ferry])
    filled.library.keep_article(pages[LAMP], _lamp(filled.row(pages[LAMP]).url, filled.row(pages[ferry]).url))
    filled.library.mark_read([pages[seals], pages["Rain stops play, then the players"]])
    filled.library.star([pages["The moss that waits"]])
    filled.library.save([pages["Old mill sold for the price of its roof"]])
    return pages


def _lamp(url: str, ferry: str) -> Article:
    return Article(
        url=url,
        canonical_url=url,
        site="gull.example",
        title=LAMP,
        section="Harbour",
        authors=("Ada Finch",),
        published=datetime(2019, 11, 16, 6, 48, tzinfo=UTC),
        lang="en",
        lede="Nobody asked for it to come back, says the keeper, and then four hundred letters did.",
        markdown=STORY,
        figures=(Figure("https://gull.example/rock.png", "Gull Rock from the quay, an hour before dawn"),),
        links=(
            Link(LinkKind.RELATED, PAPERS[0].headlines[1][1], ferry, section="Harbour"),
            Link(LinkKind.RELATED, "The winter the bay froze", "https://gull.example/ice", section="History"),
        ),
        words=620,
        minutes=3,
        how="generic",
    )


def let_two_fail(filled: FilledLibrary) -> None:
    """Subscribe to two more papers, of which one has moved and one does not answer."""
    for days, name, failure in (
        (4, "Bản tin Mạch", Failure(FailureKind.HTTP, "https://mach.example/rss", status=404)),
        (1, "Le Canal", Failure(FailureKind.TIMEOUT, "https://canal.example/rss", seconds=20)),
    ):
        source = add_source(filled.library, failure.url, name)
        for ago in range(days, 0, -1):
            now = filled.clock.now - ago * DAY / 2
            filled.library.keep_failure(source.id, failure, due_at=int(filled.clock.now + 1800), now=now)


def _listed(name: str, language: str, country: str, *topics: str, sections: tuple[str, ...] = ()) -> Paper:
    """A paper of the catalogue."""
    plain = fold(name).replace(" ", "-")
    home = f"https://{plain}.example/"
    feeds = tuple(Section(section, f"{home}rss/{n}") for n, section in enumerate(sections))
    return Paper(plain, name, name[:10], home, language, country, topics, "teal", f"{home}rss", feeds)


CATALOGUE = (
    _listed("Nhật báo Sông Xanh", "vi", "VN", "general", sections=("Đời sống", "Thể thao")),
    _listed("Chợ Phiên", "vi", "VN", "business", "local"),
    _listed("The Gull", "en", "GB", "general", "local"),
    _listed("Northern Ledger", "en", "GB", "business"),
    replace(_listed("Field Notes", "en", "GB", "science"), verified=False),
    _listed("Le Canal", "fr", "FR", "culture"),
)
"""A catalogue of papers that do not exist."""


def found_feeds(now: float) -> FoundFeeds:
    """What a search for a paper's feeds finds behind its front page: two, with their newest headlines."""
    home = "https://tidings.example"

    def feed(name: str, *titles: str) -> FoundFeed:
        entries = tuple(
            Entry(title, f"{home}/{n}", title, published=datetime.fromtimestamp(now - 900 * (n + 1), UTC))
            for n, title in enumerate(titles)
        )
        url = f"{home}/{name.lower().replace(' ', '-')}"
        return FoundFeed(url, name, Feed(url, name, home, "en", entries=entries))

    news = feed("All tidings", "A bell for the fog", "Net loft to let, smell included", "The pilot cutter goes home")
    return FoundFeeds(home, (news, feed("Harbour tidings", "The long gauge reads low")), seconds=0.3)
