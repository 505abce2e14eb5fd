"""Times as papers write them. Feeds mean M/D where a page means D/M, and most of them forget something."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.text import dates

ZONES = [timezone(timedelta(minutes=minutes)) for minutes in (-720, -300, -210, 0, 60, 330, 345, 420, 840)]
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 12, 31), timezones=st.sampled_from(ZONES)).map(  # noqa: DTZ001 (the zone comes with the strategy)
    lambda moment: moment.replace(microsecond=0)
)
NOW = datetime(2026, 8, 23, 10, 0, tzinfo=dates.VIETNAM)
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        # Section 2.4 of the facts: what seventeen Vietnamese papers write.
        ("8/23/2026 5:20:00\u202fAM", "2026-08-23T05:20:00+07:00"),
        ("8/22/2026 11:00:00 PM", "2026-08-22T23:00:00+07:00"),
        ("8/12/2026 2:55:37 PM", "2026-08-12T14:55:37+07:00"),
        ("5/6/2026 12:05:00 AM", "2026-05-06T00:05:00+07:00"),
        ("Sun, 23 Aug 2026 05:49:00 +07", "2026-08-23T05:49:00+07:00"),
        ("Sun, 23 Aug 2026 05:54:32 +07:00", "2026-08-23T05:54:32+07:00"),
        ("Sun, 23 Aug 26 05:52:00 +0700", "2026-08-23T05:52:00+07:00"),
        ("Tue, 15 Sep 2026 09:02:15 GMT+7", "2026-09-15T09:02:15+07:00"),
        ("Thứ 5, 28/05/2026 17:00:00 GMT+7", "2026-05-28T17:00:00+07:00"),
        ("Thứ 5, 04/06/2026 17:00:00", "2026-06-04T17:00:00+07:00"),
        ("Sat, 22 Aug 2026 09:16:02 GMT", "2026-08-22T09:16:02+00:00"),
        # RFC 822 and what has grown from it.
        ("Thu, 01 Jan 2004 19:48:21 EST", "2004-01-01T19:48:21-05:00"),
        ("Thu, 01 Jan 2004 19:48 PDT", "2004-01-01T19:48:00-07:00"),
        ("Thu, 01 Jan 2004 19:48:21 Z", "2004-01-01T19:48:21+00:00"),
        ("Thu, 01 Jan 2004 19:48:21 A", "2004-01-01T19:48:21+00:00"),
        ("Thursday, 1 January 2004 19:48:21 +0530", "2004-01-01T19:48:21+05:30"),
        ("1 Jan 2004", "2004-01-01T00:00:00+00:00"),
        ("Thu, 01 Jan 2004 19:48:21 +0200 (EET)", "2004-01-01T19:48:21+02:00"),
        ("Thu, 01 Jan 2004 19:48:21 -0800", "2004-01-01T19:48:21-08:00"),
        ("Thu, 01 Jan 2004 19:48:21", "2004-01-01T19:48:21+00:00"),
        ("Fri, 31 Dec 2004 23:59:60 GMT", "2004-12-31T23:59:59+00:00"),
        ("Seg, 24 Set 2018 21:02:00 -0300", "2018-09-24T21:02:00-03:00"),
        ("Do, 01 Mai 2025 08:00:00 +0200", "2025-05-01T08:00:00+02:00"),
        # RFC 3339, W3CDTF, ISO 8601.
        ("2003-12-31T10:14:55Z", "2003-12-31T10:14:55+00:00"),
        ("2003-12-31t10:14:55z", "2003-12-31T10:14:55+00:00"),
        ("2003-12-31T10:14:55.25-08:00", "2003-12-31T10:14:55.250000-08:00"),
        ("2003-12-31T10:14+0700", "2003-12-31T10:14:00+07:00"),
        ("2003-12-31 10:14:55 +07:00", "2003-12-31T10:14:55+07:00"),
        ("2003-12-31T24:00:00Z", "2004-01-01T00:00:00+00:00"),
        ("2003-12-31", "2003-12-31T00:00:00+00:00"),
        ("2003-12", "2003-12-01T00:00:00+00:00"),
        ("2003", "2003-01-01T00:00:00+00:00"),
        ("20031231", "2003-12-31T00:00:00+00:00"),
        ("20031231T101455Z", "2003-12-31T10:14:55+00:00"),
        ("2003-12-31T101455+07:00", "2003-12-31T10:14:55+07:00"),
        ("20031231T10:14:55.25-08:00", "2003-12-31T10:14:55.250000-08:00"),
        ("2003-12-31T10Z", "2003-12-31T10:00:00+00:00"),
        ("2020-W53-7", "2021-01-03T00:00:00+00:00"),
        ("2026-w09-3T05:49:00+07:00", "2026-02-25T05:49:00+07:00"),
        ("2026W093", "2026-02-25T00:00:00+00:00"),
        ("2026-W09", "2026-02-23T00:00:00+00:00"),
        ("2024-366", "2024-12-31T00:00:00+00:00"),
        ("2026-056T05:49Z", "2026-02-25T05:49:00+00:00"),
        ("2026056", "2026-02-25T00:00:00+00:00"),
        # Seconds since 1970, and parts of them.
        ("1772000000", "2026-02-25T06:13:20+00:00"),
        (" 1772000000.5 ", "2026-02-25T06:13:20+00:00"),
        ("1772000000250", "2026-02-25T06:13:20.250000+00:00"),
        ("1772000000250000", "2026-02-25T06:13:20.250000+00:00"),
        ("700000000", "1992-03-07T20:26:40+00:00"),
        ("700000000000", "1992-03-07T20:26:40+00:00"),
        # asctime, and what programs print.
        ("Thu Jan  1 19:48:21 2004", "2004-01-01T19:48:21+00:00"),
        ("Thu Jan 1 19:48:21 EST 2004", "2004-01-01T19:48:21-05:00"),
        ("Jan 1, 2004 7:48:21 PM", "2004-01-01T19:48:21+00:00"),
        ("28/05/2026 17:00", "2026-05-28T17:00:00+00:00"),
    ],
)
def test_a_feeds_date_is_read(written: str, meant: str) -> None:
    found = dates.feed_date(written)
    assert found is not None
    assert found.isoformat() == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        # Section 6.3 of the facts.
        ("Thứ bảy, 7/3/2026, 00:05 (GMT+7)", "2026-03-07T00:05:00+07:00"),
        ("Thứ bảy, 07/03/2026 - 08:07", "2026-03-07T08:07:00+07:00"),
        ("Thứ Bảy, 07/03/2026 - 08:52", "2026-03-07T08:52:00+07:00"),
        ("2026-03-07T08:52:11.000 +07:00", "2026-03-07T08:52:11+07:00"),
        ("07/03/2026 08:01 GMT+7", "2026-03-07T08:01:00+07:00"),
        ("07-03-2026 - 00:01 AM", "2026-03-07T00:01:00+07:00"),
        ("05-09-2026 - 17:09 PM", "2026-09-05T17:09:00+07:00"),
        ("01/03/2026 09:51", "2026-03-01T09:51:00+07:00"),
        ("- 07/03/2026 08:47", "2026-03-07T08:47:00+07:00"),
        ("08:01 | 26/02/2026", "2026-02-26T08:01:00+07:00"),
        ("18:53, 14/08/2026", "2026-08-14T18:53:00+07:00"),
        ("16/11/2019 13:53", "2019-11-16T13:53:00+07:00"),
        ("13:53 | 16/11/2019", "2019-11-16T13:53:00+07:00"),
        ("Chủ nhật, 5/4/2026", "2026-04-05T00:00:00+07:00"),
        ("T4, 05/08/2026 07:00", "2026-08-05T07:00:00+07:00"),
        ("Cập nhật lúc 13h53 ngày 16/11/2019", "2019-11-16T13:53:00+07:00"),
        ("Ngày 16 tháng 11 năm 2019", "2019-11-16T00:00:00+07:00"),
        ("Thứ sáu 16 Tháng 11, 2019 13:53", "2019-11-16T13:53:00+07:00"),
        ("28-05-2026", "2026-05-28T00:00:00+07:00"),
        ("20191116135300", "2019-11-16T13:53:00+07:00"),
        # The rest of the world.
        ("November 16, 2019 1:53 pm", "2019-11-16T13:53:00+07:00"),
        ("Nov. 16, 2019 at 1:53 p.m. EST", "2019-11-16T13:53:00-05:00"),
        ("16 Nov 2019", "2019-11-16T00:00:00+07:00"),
        ("Sat 16 Nov 2019 13:53 GMT", "2019-11-16T13:53:00+00:00"),
        ("16th November 2019", "2019-11-16T00:00:00+07:00"),
        ("12:05 am, 16 November 2019", "2019-11-16T00:05:00+07:00"),
        ("16. November 2019, 13:53 Uhr", "2019-11-16T13:53:00+07:00"),
        ("16.11.2019 13.53 Uhr", "2019-11-16T13:53:00+07:00"),
        ("3. März 2021", "2021-03-03T00:00:00+07:00"),
        ("le 1er août 2019 à 13h53", "2019-08-01T13:53:00+07:00"),
        ("16 de noviembre de 2019, 13:53", "2019-11-16T13:53:00+07:00"),
        ("16 ноября 2019, 13:53", "2019-11-16T13:53:00+07:00"),
        ("2019年11月16日 13:53", "2019-11-16T13:53:00+07:00"),
        ("2019년 11월 16일 13:53", "2019-11-16T13:53:00+07:00"),
        ("2019-11-16T13:53:00", "2019-11-16T13:53:00+07:00"),
        ("2019-11-16T13:53:00-0500", "2019-11-16T13:53:00-05:00"),
        ("11/16/2019", "2019-11-16T00:00:00+07:00"),  # nothing else makes a date of it
        ("Published 13:53, 16/11/2019 | Updated 14:00 17/11/2019", "2019-11-16T13:53:00+07:00"),
        ("May 2, 2021 • 5 min read", "2021-05-02T00:00:00+07:00"),
    ],
)
def test_a_pages_date_is_read(written: str, meant: str) -> None:
    found = dates.page_date(written, zone=dates.VIETNAM)
    assert found is not None
    assert found.isoformat() == meant


def test_a_feed_and_a_page_disagree_about_the_same_words() -> None:
    assert dates.feed_date("8/2/2026 5:20:00 AM") == datetime(2026, 8, 2, 5, 20, tzinfo=dates.VIETNAM)
    assert dates.page_date("8/2/2026 5:20:00 AM") == datetime(2026, 2, 8, 5, 20, tzinfo=UTC)


def test_where_no_offset_is_printed_a_page_takes_the_zone_it_is_given() -> None:
    assert dates.page_date("16/11/2019 13:53") == datetime(2019, 11, 16, 13, 53, tzinfo=UTC)
    tokyo = timezone(timedelta(hours=9))
    assert dates.page_date("16/11/2019 13:53", zone=tokyo) == datetime(2019, 11, 16, 13, 53, tzinfo=tokyo)
    assert dates.page_date("2019-11-16T13:53Z", zone=tokyo) == datetime(2019, 11, 16, 13, 53, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "2019",
        "Mùa hè 2019",
        "2019-2020",
        "0912 345 678",
        "0912.345.678",
        "024.39719.109",
        "+84 24 3971 9109",
        "1/2/20",
        "12 min read",
        "March 2019",
        "16/11",
        "13:53",
        "31/02/2020",
        "00/00/0000",
        "2020-13-45T99:99",
        "16/11/1889",
        "Thứ Hai",
        "Số 12/2019/NĐ-CP",
        "10.000.000",
        "v1.2.2019.4",
        "tỷ lệ 24/7",
        "99/99/2020",
        "16 Flurember 2019",
        "16/11/9999",
    ],
)
def test_what_is_no_date_is_none(written: str) -> None:
    assert dates.page_date(written, zone=dates.VIETNAM) is None


@pytest.mark.parametrize(
    "written",
    [
        "",
        "yesterday",
        "Fri, 31 Dec 1969 23:00:00 GMT",
        "9999-99-99",
        "0001-01-01T00:00:00Z",
        # Hours, days and months that there are not, weeks too; counts that are none of seconds.
        "2003-07-01T25:51:30Z",
        "2003-07-01T01:61:30Z",
        "2003-06-31T15:51:30Z",
        "2003-13-01",
        "2026-W54-1",
        "2026-W09-8",
        "2026-366",
        "2026-000",
        "123",
        "12345",
        "123456",
        "1234567",
        "0",
        "100000000",
        "99999999999",
        "12345678901234567",
        "Week 9 of 2026",
        "09:49",
        "soon",
        "26-2",
        "2/2026",
        "Q1 2026",
    ],
)
def test_what_is_no_time_of_a_story_is_none(written: str) -> None:
    assert dates.feed_date(written) is None


@pytest.mark.parametrize(
    ("written", "ago"),
    [
        ("vừa xong", timedelta()),
        ("5 phút trước", timedelta(minutes=5)),
        ("Cách đây 3 giờ", timedelta(hours=3)),
        ("2 ngày trước", timedelta(days=2)),
        ("1 tuần trước", timedelta(weeks=1)),
        ("5 minutes ago", timedelta(minutes=5)),
        ("an hour ago", timedelta(hours=1)),
        ("vor 2 Stunden", timedelta(hours=2)),
        ("il y a 3 jours", timedelta(days=3)),
        ("hace 10 minutos", timedelta(minutes=10)),
        ("hôm qua 09:00", timedelta(days=1, hours=1)),
        ("Today, 09:00", timedelta(hours=1)),
    ],
)
def test_a_relative_time_is_read_where_the_present_is_known(written: str, ago: timedelta) -> None:
    assert dates.page_date(written, zone=dates.VIETNAM, now=NOW) == NOW - ago
    assert dates.page_date(written, zone=dates.VIETNAM) is None


@settings(deadline=None)  # a busy machine is no fault
@given(MOMENTS)
def test_what_the_standards_write_comes_back(moment: datetime) -> None:
    offset = moment.strftime("%z")
    rfc822 = f"{moment.day:02} {MONTHS[moment.month - 1]} {moment.year} {moment:%H:%M:%S} {offset}"
    assert dates.feed_date(rfc822) == moment
    assert dates.feed_date(moment.isoformat()) == moment
    assert dates.page_date(moment.isoformat(" ")) == moment
    assert dates.page_date(rfc822) == moment


@settings(deadline=None)  # a busy machine is no fault
@given(MOMENTS)
def test_what_vietnamese_papers_write_comes_back(moment: datetime) -> None:
    here = moment.replace(tzinfo=dates.VIETNAM)
    minute = here.replace(second=0)
    assert (
        dates.feed_date(f"{here.month}/{here.day}/{here.year} {here:%I:%M:%S} {'AM' if here.hour < 12 else 'PM'}")
        == here
    )
    assert dates.page_date(f"{here:%H:%M} | {here:%d/%m/%Y}", zone=dates.VIETNAM) == minute
    assert (
        dates.page_date(f"{here:%d-%m-%Y} - {here:%H:%M} PM".replace(" PM", " AM" if here.hour < 12 else " PM"))
        is not None
    )
    assert dates.page_date(f"Thứ bảy, {here.day}/{here.month}/{here.year}, {here:%H:%M} (GMT+7)") == minute


LETTERS = st.text(alphabet="0123456789/-.:,|TZ+ APMGT年月日thángNovembrefév", max_size=40)


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(max_size=60) | LETTERS, st.booleans())
def test_no_text_is_too_strange_and_no_time_is_naive(written: str, with_now: bool) -> None:
    now = NOW if with_now else None
    for found in (dates.feed_date(written), dates.page_date(written, now=now)):
        if found is not None:
            assert found.utcoffset() is not None
            assert found.astimezone(UTC).year >= 1989


def test_a_long_text_costs_no_time() -> None:
    assert dates.page_date("1" * 1_000_000) is None
    assert dates.feed_date("12:" * 300_000) is None


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("30 Tháng Mười Một 2026 09:00:00 +0700", "2026-11-30T09:00:00+07:00"),
        ("Thứ hai, 30 Tháng Năm 2026", "2026-05-30T00:00:00+07:00"),
        ("30 Th11 2026 09:00", "2026-11-30T09:00:00+07:00"),
        ("Tháng Mười 30, 2026", "2026-10-30T00:00:00+07:00"),
        ("8:00 chiều 30/11/2026", "2026-11-30T20:00:00+07:00"),
        ("9:15 sáng 3/4/2026", "2026-04-03T09:15:00+07:00"),
        ("2026년 11월 30일 오후 11:16", "2026-11-30T23:16:00+00:00"),
        ("월, 30 11월 2026 09:00:00 +0900", "2026-11-30T09:00:00+09:00"),
        ("月, 30 11 2026 09:00:00 +0900", "2026-11-30T09:00:00+09:00"),
        ("Δευ, 30 Νοέ 2026 09:00:00 EET", "2026-11-30T09:00:00+02:00"),
        ("11 Ιουλίου 2026 12:00 UTC", "2026-07-11T12:00:00+00:00"),
        ("2026. július 13. 09:15", "2026-07-13T09:15:00+00:00"),
        ("2026-augusztus-13T9:15-05:00", "2026-08-13T09:15:00-05:00"),
        ("Mon, 30 Nov 2026 09.10.11 +0100", "2026-11-30T09:10:11+01:00"),
        ("Mon, 30 Nov 2026 09:00:00 America/New_York", "2026-11-30T09:00:00-05:00"),
        ("2026-07-30T09:00:00[Europe/Berlin]", "2026-07-30T09:00:00+02:00"),
        ("30 Nov 2026 09:00:00 WITA", "2026-11-30T09:00:00+08:00"),
        ("/Date(1796000000000+0700)/", "2026-11-30T00:53:20+00:00"),
    ],
)
def test_feeds_in_many_tongues_and_programs_dates(written: str, right: str) -> None:
    found = dates.feed_date(written)
    assert found is not None
    assert found.isoformat() == right


@pytest.mark.parametrize(
    "written", ["26-11-30", "30-11-26", "Mon, 30 Nov 09:00:00 +0000", "Nowhere/Land", "30 tháng 13 2026"]
)
def test_what_may_be_two_days_or_none_is_no_date(written: str) -> None:
    assert dates.feed_date(written) is None


@pytest.mark.parametrize(
    ("written", "language", "day"),
    [
        ("05/06/2024", None, None),
        ("05-06-2024", "en", None),
        ("05/06/2024", "vi", (2024, 6, 5)),
        ("05/06/2024", "en-GB", (2024, 6, 5)),
        ("05/06/2024", "en_US", (2024, 5, 6)),
        ("05.06.2024", None, (2024, 6, 5)),
        ("25/06/2024", None, (2024, 6, 25)),
        ("06/06/2024", None, (2024, 6, 6)),
    ],
)
def test_a_day_of_numbers_alone_is_read_as_its_language_writes_it_or_not_at_all(
    written: str, language: str | None, day: tuple[int, int, int] | None
) -> None:
    found = dates.feed_date(written, language=language)
    assert (found and (found.year, found.month, found.day)) == day
