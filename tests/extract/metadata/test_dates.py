"""When an article came out: by its metadata, or as its page shows it."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from lxml import etree

from reader.extract.metadata.dates import parse_datetime, published, updated, visible_date
from reader.extract.metadata.embedded import Metadata
from reader.extract.metadata.page_context import page_context
from reader.extract.rules.sites import Rules, parse_rule
from reader.text.dates import VIETNAM
from tests import present

DAY = datetime(2026, 3, 7, 8, 52, tzinfo=UTC)


def shown(body: str, rules: Rules | None = None) -> datetime | None:
    root = etree.fromstring(f"<html><body>{body}</body></html>", etree.HTMLParser())
    page = page_context(root, "https://marsh.example/ferry", rules or Rules())
    return visible_date(page, next(iter(root.iter("h1")), None))


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ('<time datetime="2026-03-07T08:52Z">then</time>', DAY),
        ("<time>7 March 2026, 08:52</time>", DAY),
        ('<aside><time datetime="2026-03-07T08:52Z">then</time></aside>', None),
        ('<li><time datetime="2026-03-07T08:52Z">then</time></li>', None),
        ('<span class="post-date">7 March 2026, 08:52</span>', DAY),
        ('<a href="/x"><span class="post-date">7 March 2026, 08:52</span></a>', None),
        ('<span class="author">7 March 2026, 08:52</span>', None),
        ("<div><div><h1>Ferry</h1></div><p>7 March 2026, 08:52</p></div>", DAY),
        ("<div><div><div><div><h1>Ferry</h1></div></div></div><p>7 March 2026, 08:52</p></div>", None),
        ("<h1>Ferry</h1><p>7 March 2026, 08:52</p>", None),
        ("<div id='date'>9 March 2026</div><div>7 March 2026, 08:52<h1>Ferry</h1></div>", DAY),
        ("<div><div class='date'>Today is 9 March 2026</div><h1>Ferry</h1></div>", None),
    ],
)
def test_a_page_shows_its_date_in_a_time_by_a_class_or_near_the_headline(body: str, found: datetime | None) -> None:
    assert shown(body) == found


def test_a_rule_says_where_the_date_is() -> None:
    rule = parse_rule("marsh.toml", b'hosts = ["marsh.example"]\ndate = [".when"]\n')
    body = '<time datetime="2025-01-01">old</time><b class="when">7 March 2026, 08:52</b>'
    assert shown(body, Rules((rule,))) == DAY
    assert shown('<time datetime="2026-03-07T08:52Z">x</time><b class="when">soon</b>', Rules((rule,))) == DAY


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026-03-07T08:52:00Z", DAY),
        ("2026-03-07T15:52:00 +07:00", DAY),
        ("2026-03-07", datetime(2026, 3, 7, tzinfo=timezone(timedelta(hours=7)))),
        ("1066-10-14", None),
        ("soon", None),
    ],
)
def test_times_for_machines_may_be_written_for_people(text: str, found: datetime | None) -> None:
    assert parse_datetime(text, timezone(timedelta(hours=7))) == found


def test_json_ld_is_believed_before_meta_elements_and_what_is_no_date_is_passed_over() -> None:
    said = Metadata(
        metas={"article:published_time": ("2026-03-07T08:52Z",), "lastmod": ("2026-03-08T08:52Z",)},
        nodes=({"datePublished": "soon", "dateModified": "2026-03-09T08:52Z"},),
    )
    assert published(said, UTC) == DAY
    assert updated(said, UTC) == DAY + timedelta(days=2)
    assert published(Metadata(), UTC) is updated(Metadata(), UTC) is None


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-03-07T08:52:11.000 +07:00", "2026-03-07T08:52:11+07:00"),
        ("2026-03-07T08:52:11Z", "2026-03-07T08:52:11+00:00"),
        ("2026-03-07 08:52", "2026-03-07T08:52:00+07:00"),
        ("07/03/2026 08:01 GMT+7", "2026-03-07T08:01:00+07:00"),
    ],
)
def test_machine_times_keep_the_offset_they_print(text: str, wanted: str) -> None:
    assert present(parse_datetime(text, VIETNAM)).isoformat() == wanted


def test_rubbish_is_no_time() -> None:
    assert parse_datetime("soon", UTC) is None
    assert parse_datetime("0001-01-01T00:00:00", UTC) is None
