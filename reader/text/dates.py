"""Times as feeds and as pages write them: two functions, for they disagree about D/M and M/D.

Both are pure, never raise, and give an aware datetime with the offset that was printed, or None. A year before 1990
or after 2100 is no time of a news story. What they read: RFC 822/5322, RFC 3339 and W3CDTF, asctime, numbers with
slashes, dots or dashes, and days with the month's name in some twenty languages; in feeds, the rest of ISO 8601, and
seconds since 1970.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

VIETNAM = timezone(timedelta(hours=7))
"""Indochina Time, which has no daylight saving."""

_LONGEST = 300  # characters: what is longer is prose, and only its beginning is looked at

_MONTHS = {
    name: number
    for number, names in enumerate(
        """
    january jan janv janvier januar janner janeiro enero ene gennaio gen januari styczen stycznia sty январь
    января янв ocak oca leden ledna sichnya січня tammikuuta tammi ianuarie ian januarie يناير
    ιανουαριος ιανουαριου ιαν /
    february feb febr fevrier fev fevr februar feber febrero fevereiro febbraio februari luty lutego lut февраль
    февраля фев subat sub unor unora лютого helmikuuta helmi februarie فبراير φεβρουαριος φεβρουαριου φεβ /
    march mar mars marz mrz marzo marco maart mrt marzec marca март марта мар mart brezen brezna березня
    maaliskuuta maalis martie مارس μαρτιος μαρτιου μαρ marcius marc /
    april apr avril avr abril abr aprile kwiecien kwietnia kwi апрель апреля апр nisan nis duben dubna квітня
    huhtikuuta huhti aprilie ابريل απριλιος απριλιου απρ aprilis /
    may mai mayo maio maggio mag mei maj maja май мая mayis kveten kvetna травня toukokuuta touko مايو
    μαιος μαιου μαι majus /
    june jun juin juni junio junho giugno giu czerwiec czerwca cze июнь июня июн haziran haz cerven cervna
    червня kesakuuta kesa iunie iun يونيو ιουνιος ιουνιου ιουν junius /
    july jul juil juillet juli julio julho luglio lug lipiec lipca lip июль июля июл temmuz tem cervenec
    cervence липня heinakuuta heina iulie iul يوليو ιουλιος ιουλιου ιουλ julius /
    august aug aout agosto ago augustus augusti sierpien sierpnia sie август августа авг agustos agu srpen srpna
    серпня elokuuta elo اغسطس αυγουστος αυγουστου αυγ augusztus /
    september sep sept septembre septiembre setembro set settembre wrzesien wrzesnia wrz сентябрь сентября сен
    сент eylul eyl zari вересня syyskuuta syys septembrie سبتمبر σεπτεμβριος σεπτεμβριου σεπ σεπτ szeptember szept /
    october oct octobre oktober okt octubre outubro out ottobre ott pazdziernik pazdziernika paz октябрь октября
    окт ekim eki rijen rijna жовтня lokakuuta loka octombrie اكتوبر οκτωβριος οκτωβριου οκτ /
    november nov novembre noviembre novembro listopad listopada lis ноябрь ноября ноя нояб kasim kas листопада
    marraskuuta marras noiembrie نوفمبر νοεμβριος νοεμβριου νοε /
    december dec decembre dezember dez diciembre dic dezembro dicembre grudzien grudnia gru декабрь декабря дек
    aralik ara prosinec prosince грудня joulukuuta joulu decembrie ديسمبر δεκεμβριος δεκεμβριου δεκ
    """.split("/"),
        start=1,
    )
    for name in names.split()
}

_ZONES = """
    ut 0 utc 0 gmt 0 wet 0 est -5 edt -4 cst -6 cdt -5 mst -7 mdt -6 pst -8 pdt -7 akst -9 akdt -8 hst -10 ast -4 adt -3
    nst -3.5 ndt -2.5 brt -3 art -3 bst 1 west 1 cet 1 mez 1 met 1 cest 2 mesz 2 mest 2 eet 2 eest 3 sast 2 msk 3
    trt 3 irst 3.5 gst 4 aft 4.5 mmt 6.5 myt 8 pht 8 wita 8 wit 9 pet -5 cot -5 clt -4 uyt -3
    ist 5.5 pkt 5 npt 5.75 ict 7 wib 7 hkt 8 sgt 8 awst 8 jst 9 kst 9 acst 9.5 acdt 10.5 aest 10 aedt 11 nzst 12 nzdt 13
""".split()
_HOURS = {
    # RFC 822 section 5.1 as RFC 5322 section 4.3 mends it: a military letter says nothing, so it is UTC.
    **dict.fromkeys("abcdefghiklmnopqrstuvwxyz", 0.0),
    **{name: float(hours) for name, hours in zip(_ZONES[::2], _ZONES[1::2], strict=True)},
}

_ZONE = re.compile(
    r"\s*[(\[]?\s*(?:(?:gmt|utc|ut|z)?\s*(?P<sign>[+\-\u2212])\s?(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?(?![\d/.:])"
    r"|(?P<name>[a-z]{1,4})\b(?![./]?\w))"
)
_NAMED_OFFSET = re.compile(r"\b(?:gmt|utc)\s*(?P<sign>[+\-\u2212])\s*(?P<h>\d{1,2})(?::?(?P<m>\d{2}))?(?!\d)")
_NOON = r"(?:\s*(?P<noon>a\.?m\b\.?|p\.?m\b\.?|sa\b|ch\b))"
_TIME = (
    r"(?P<hour>\d{1,2})\s?(?::|h(?:rs?)?|gio|時|时|시)\s?(?P<minute>\d{1,2})(?![\d.]\d)(?:\s?[分분'’])?"
    rf"(?::(?P<second>\d{{1,2}})(?:[.,:](?P<fraction>\d+))?)?(?!\d){_NOON}?"
    rf"|(?P<hour2>\d{{1,2}}){_NOON.replace('noon', 'noon2')}"
    r"|(?P<hour3>\d{1,2})\.(?P<minute3>\d{2})\s*(?:uhr|klo)\b"
)
_TIME_ANYWHERE = re.compile(rf"(?<![\d:.,/])(?:{_TIME})")
_GLUE = r"[\s,;|·•@()\[\]\u2013\u2014/.\-]*"
_TIME_AFTER = re.compile(
    rf"{_GLUE}(?:t|at|um|a las|a|as|alle|luc|vao luc|ore|om|kl|klo)?[\s.:,]*?(?<![\d:])(?:{_TIME})"
)
_TIME_BEFORE = re.compile(rf"(?<![\d:.,/])(?:{_TIME})(?P<between>[^0-9]{{0,40}})\Z")

_ISO = re.compile(
    r"(?<![\d/.\-])(?P<y>\d{4})(?:(?P<s>[-/.])(?P<m>\d{1,2})(?P=s)(?P<d>\d{1,2})(?!\d|[-/]\d)"
    r"|\s?[年년]\s?(?P<m2>\d{1,2})\s?[月월]\s?(?P<d2>\d{1,2})\s?[日일]?)"
)
_STAMP = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?:t|\s)?(\d{2})(\d{2})(\d{2})?(?!\d)")
_NUMBERS = re.compile(r"(?<![\w/.\-])(\d{1,2})\s?([-/.])\s?(\d{1,2})\s?\2\s?(\d{4}|\d{2})(?!\d|[-/.]\d)")
# Vietnamese counts its months: `30 tháng 11, 2026`, `30 Th11 2026`, `30 Tháng Mười Một 2026`, `Tháng Mười 30, 2026`.
_VIETNAMESE_MONTHS = {
    name: number
    for number, names in enumerate(
        "mot/gieng hai ba tu/bon nam sau bay tam chin muoi muoi.mot muoi.hai".split(), start=1
    )
    for name in names.replace(".", " ").split("/")
}
_COUNTED = rf"(?:thang|thg|th)\.?\s*(\d{{1,2}}|{'|'.join(sorted(_VIETNAMESE_MONTHS, key=len, reverse=True))})"
_VIETNAMESE = re.compile(rf"(?<!\d)(\d{{1,2}})\s*{_COUNTED}\s*(?:,|-|/|nam)?\s*(\d{{4}})(?!\d)")
_VIETNAMESE_MONTH_FIRST = re.compile(rf"\b{_COUNTED}\s+(\d{{1,2}})\s*,?\s*(\d{{4}})(?!\d)")
# `30 11월 2026`, and, before a clock, `30 11 2026`: where a program has no name for a month, it prints the number.
_SPACED = re.compile(r"(?<![\d:.,/])(\d{1,2})\s(\d{1,2})(?:\s?[月월]\s?|\s(?=\d{4}\s\d{1,2}:\d\d))(\d{4})(?!\d)")
_WORD = r"[^\W\d_]{3,13}"
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th|er|e)?[\s.\-/º°]*(?:de\s+|of\s+)?({_WORD})"
    r"[\s.,\-/]*(?:de\s+|del\s+)?(\d{4}|'?\d{2})(?!\d|:)"
)
_YEAR_FIRST = re.compile(rf"(?<!\d)(\d{{4}})[\s.\-]+({_WORD})[\s.\-]+(\d{{1,2}})(?=$|[\s.,t])(?!:)")
_MONTH_FIRST = re.compile(rf"({_WORD})[\s.]*(\d{{1,2}})(?:st|nd|rd|th)?\s*[\s,]\s*(\d{{4}})(?!\d|:)")
_ASCTIME = re.compile(rf"({_WORD})\s+(\d{{1,2}}),?(?=\s+\d{{1,2}}:\d\d)(?P<rest>.{{4,30}}?)\s+(\d{{4}})(?!\d)")
# ISO 8601 in its extended and basic formats, as far as they are whole: calendar days, weeks, and days of the year.
_ISO_8601 = re.compile(
    r"(?P<y>\d{4})(?:-?w(?P<week>\d{2})(?:-?(?P<weekday>[1-7]))?|-?(?P<ordinal>\d{3})|-?(?P<m>\d{2})-?(?P<d>\d{2}))"
    r"(?:[t ] ?(?P<hour>\d{2})(?::?(?P<minute>\d{2})(?::?(?P<second>\d{2})(?:[.,](?P<fraction>\d+))?)?)?"
    r" ?(?:z|(?P<sign>[+\-\u2212])(?P<h>\d{2})(?::?(?P<zone_minute>\d{2}))?)?)?\Z"
)
_SINCE_1970 = re.compile(r"(\d{9,10}|\d{12,13}|\d{15,16})(?:\.\d{1,9})?\Z")
_DIGITS_OF_A_DAY = re.compile(r"\d\D+\d|\d{6}")
_YEAR_AND_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?\Z")
_VIETNAMESE_DAY = re.compile(
    r"\b(?:thu\s*(?:hai|ba|tu|nam|sau|bay|[2-7])|chu nhat|t[2-7]|cn|thang|thg|th\d{1,2}|(?<=\d )(?:sang|chieu|toi))\b"
)
_HALF_BEFORE = re.compile(r"(?:(오전|上午|午前)|(?:오후|下午|午後))\s*(\d{1,2}:\d{2}(?::\d{2})?)")
_HALF_AFTER = re.compile(r"(\d{1,2}:\d{2}(?::\d{2})?)\s*(?:(sang)|(?:chieu|toi))\b")
_DOTTED_CLOCK = re.compile(r"(?<=\d{4} )(\d{1,2})\.(\d{2})\.(\d{2})(?![.\d])")
_REGION = re.compile(r"(?<![a-z])[a-z]{2,10}(?:/[a-z_+\-]{2,20}\d{0,2}){1,2}(?![a-z/])")
_MICROSOFT = re.compile(r"/?date\((\d{9,13})(?:[+\-]\d{4})?\)/?\Z")  # JSON of .NET: milliseconds since 1970

_UNITS = {
    **dict.fromkeys("giay second seconds sec secs sekunde sekunden seconde secondes segundo segundos".split(), 1),
    **dict.fromkeys("phut minute minutes min mins minuten minuto minutos minuti".split(), 60),
    **dict.fromkeys("gio tieng hour hours hr hrs stunde stunden heure heures hora horas ora ore".split(), 3600),
    **dict.fromkeys("ngay day days tag tage tagen jour jours dia dias giorno giorni".split(), 86400),
    **dict.fromkeys("tuan week weeks woche wochen semaine semaines semana semanas settimana settimane".split(), 604800),
    **dict.fromkeys("thang month months monat monate monaten mois mes meses mese mesi".split(), 30 * 86400),
    **dict.fromkeys("nam year years jahr jahre jahren an ans ano anos anno anni".split(), 365 * 86400),
}
_AGO = re.compile(
    r"(?:\b(?:cach day|vor|il y a|hace|ha)\s+(?P<n1>\d{1,4}|an?|eine[rmn]?|une?|una?)\s+(?P<u1>[^\W\d_]+)"
    r"|(?<!\d)(?P<n2>\d{1,4}|\ban?)\s+(?P<u2>[^\W\d_]+)\s+(?:truoc|ago|fa)\b)"
)
_JUST_NOW = re.compile(r"\b(?:vua xong|moi day|just now|gerade eben|a l'instant)\b")
_TODAY = re.compile(r"\b(?:hom nay|today|heute|aujourd'hui|hoy|hoje|oggi)\b")
_YESTERDAY = re.compile(r"\b(?:hom qua|yesterday|gestern|hier|ayer|ontem|ieri)\b")


def feed_date(text: str, *, language: str | None = None) -> datetime | None:
    """Return the time that a feed in this language (BCP 47) writes as `text`, or None.

    `05/06/2024` alone is read as the feed's language writes it, and is None where that says nothing: without a
    language, and in an English of no country.
    `8/23/2026 5:20:00 AM` is M/D/Y and, without a zone, Vietnam's time: the papers that write so are Vietnamese.
    With a 24-hour clock numbers are D/M/Y, unless only M/D/Y makes a date. No zone is UTC otherwise. Weeks and days of
    the year are read as ISO 8601 writes them; a number alone is seconds, milli- or microseconds since 1970.
    """
    text = _fold(text)
    if whole := _YEAR_AND_MONTH.match(text):
        return _aware((int(whole[1]), int(whole[2] or 1), 1), None, UTC)
    if (iso := _ISO_8601.match(text)) and (found := _of_iso_8601(iso)):
        return found
    if (digits := _SINCE_1970.match(text) or _MICROSOFT.match(text)) and (found := _since_1970(digits[1])):
        return found
    if (bare := _NUMBERS.fullmatch(text)) and bare[2] != "." and max(int(bare[1]), int(bare[3])) <= 12:
        month_first = _is_month_first(language)
        return None if month_first is None and bare[1] != bare[3] else _parse(text, UTC, month_first=bool(month_first))
    month_first = bool(re.search(_NOON, text)) and _VIETNAMESE_DAY.search(text) is None
    vietnamese = _VIETNAMESE_DAY.search(text) or (month_first and _NUMBERS.search(text))
    default = _region(text) or (VIETNAM if vietnamese else UTC)
    return _parse(_DOTTED_CLOCK.sub(r"\1:\2:\3", _with_halves(text)), default, month_first=month_first)


def _is_month_first(language: str | None) -> bool | None:
    """Whether a language writes the month of `05/06/2024` first; None where nobody can say."""
    name = (language or "").lower().replace("_", "-")
    if name.split("-")[0] in ("", "en") and "-" not in name:
        return None
    return name in ("en-us", "en-ph")


def _with_halves(text: str) -> str:
    """The halves of a day as `am` and `pm` behind the clock, where Koreans, Chinese and Vietnamese name them."""
    text = _HALF_BEFORE.sub(lambda match: f"{match[2]} {'am' if match[1] else 'pm'}", text)
    return _HALF_AFTER.sub(lambda match: f"{match[1]} {'am' if match[2] else 'pm'}", text)


def _region(text: str) -> tzinfo | None:
    """The zone that is named by a region (`Europe/Berlin`), as far as this machine knows it."""
    for match in _REGION.finditer(text) if "/" in text else ():
        if name := _regions().get(match.group()):
            return ZoneInfo(name)
    return None


@cache
def _regions() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if "/" in name}


def _of_iso_8601(match: re.Match[str]) -> datetime | None:
    year = int(match["y"])
    try:
        if match["week"]:
            day = date.fromisocalendar(year, int(match["week"]), int(match["weekday"] or 1))
        elif match["ordinal"]:
            day = date(year, 1, 1) + timedelta(days=int(match["ordinal"]) - 1)
            if day.year != year:
                return None
        else:
            day = date(year, int(match["m"]), int(match["d"]))
    except (ValueError, OverflowError):
        return None
    micro = int((match["fraction"] or "0")[:6].ljust(6, "0"))
    clock = (int(match["hour"] or 0), int(match["minute"] or 0), int(match["second"] or 0), micro)
    zone: tzinfo | None = UTC
    if match["sign"]:
        minutes = int(match["h"]) * 60 + int(match["zone_minute"] or 0)
        zone = _shifted(minutes, match["sign"])
    return None if zone is None else _aware((day.year, day.month, day.day), clock, zone)


def _since_1970(digits: str) -> datetime | None:
    """Twelve or thirteen digits are milliseconds, more are microseconds: seconds have ten until the year 2286."""
    thousands = (len(digits) - 9) // 3
    found = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=int(digits) / 1000**thousands)
    return found if 1990 <= found.year <= 2100 else None


def page_date(text: str, *, zone: tzinfo | None = None, now: datetime | None = None) -> datetime | None:
    """Return the time that a page prints as `text`, or None. Numbers are D/M/Y, whatever stands behind the clock.

    Where no offset is printed it is `zone`, or UTC. A relative time (`5 phút trước`, `yesterday, 13:53`) is read
    only with `now`. A year alone, a day without a year, and a telephone number are no dates.
    """
    text = _fold(text)
    default = zone or UTC
    found = _parse(text, default, month_first=False)
    if found is None and now is not None:
        return _relative(text, default, now if now.tzinfo else now.replace(tzinfo=UTC))
    return found


def month_of(name: str) -> int | None:
    """Return the month (1 to 12) that a name or its abbreviation means in any language we know, or None."""
    return _MONTHS.get(_fold(name).rstrip("."))


def _fold(text: str) -> str:
    """Lower case, no accents, plain digits and spaces: U+202F, full-width digits and `Thứ bảy` alike."""
    decomposed = unicodedata.normalize("NFKD", text[:_LONGEST]).casefold().replace("đ", "d").replace("ı", "i")
    # Cyrillic й and Hangul are spelled by composition: only Latin, Greek and Arabic letters lose their marks.
    bare = re.sub("(?<![\u0400-\u04ff])[\u0300-\u036f\u0654\u0655]", "", decomposed)
    return " ".join(unicodedata.normalize("NFC", bare).split())


def _parse(text: str, default: tzinfo, *, month_first: bool) -> datetime | None:
    if _DIGITS_OF_A_DAY.search(text) is None:  # as in most texts that are looked at for a date
        return None
    for day, before, after in _days(text, month_first=month_first):
        clock, offset = _clock(before, after)
        found = _aware(day, clock, offset or default)
        if found is not None:
            return found
    return None


def _days(text: str, *, month_first: bool) -> Iterator[tuple[tuple[int, int, int], str, str]]:
    """Yield every (year, month, day) that `text` may mean, likeliest first, with what stands before and after it."""
    for match in _STAMP.finditer(text):
        clock = f"{match[4]}:{match[5]}:{match[6] or '00'}"
        yield (int(match[1]), int(match[2]), int(match[3])), text[: match.start()], clock + text[match.end() :]
    for match in _ISO.finditer(text):
        day = (int(match["y"]), int(match["m"] or match["m2"]), int(match["d"] or match["d2"]))
        yield day, text[: match.start()], text[match.end() :]
    for match in _ASCTIME.finditer(text):
        if month := _MONTHS.get(match[1]):
            yield (int(match[4]), month, int(match[2])), text[: match.start()], match["rest"] + text[match.end() :]
    for match in _DAY_FIRST.finditer(text):
        if month := _MONTHS.get(match[2]):
            yield (_year(match[3]), month, int(match[1])), text[: match.start()], text[match.end() :]
    for match in _MONTH_FIRST.finditer(text):
        if month := _MONTHS.get(match[1]):
            yield (int(match[3]), month, int(match[2])), text[: match.start()], text[match.end() :]
    for match in _YEAR_FIRST.finditer(text):
        if month := _MONTHS.get(match[2]):
            yield (int(match[1]), month, int(match[3])), text[: match.start()], text[match.end() :]
    for match in _VIETNAMESE.finditer(text):
        yield (int(match[3]), _counted(match[2]), int(match[1])), text[: match.start()], text[match.end() :]
    for match in _VIETNAMESE_MONTH_FIRST.finditer(text):
        yield (int(match[3]), _counted(match[1]), int(match[2])), text[: match.start()], text[match.end() :]
    for match in _SPACED.finditer(text):
        yield (int(match[3]), int(match[2]), int(match[1])), text[: match.start()], text[match.end() :]
    for match in _NUMBERS.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if len(match[4]) == 2 and _TIME_ANYWHERE.search(before + after) is None and len(match[1] + match[3]) < 4:
            continue  # 1/2/20 may be anything; 01/02/20, or one with a time of day, is a date
        if match[2] == "-" and len(match[1] + match[4]) == 4 and int(match[1]) > 12 and int(match[4]) <= 31:
            continue  # 26-11-30 begins with the year as likely as with the day
        first, second, year = int(match[1]), int(match[3]), _year(match[4])
        ways = ((second, first), (first, second)) if not month_first else ((first, second), (second, first))
        for month, day_of_month in ways:
            if 1 <= month <= 12:
                yield (year, month, day_of_month), before, after


def _counted(month: str) -> int:
    return int(month) if month.isdigit() else _VIETNAMESE_MONTHS[month]


def _year(digits: str) -> int:
    """RFC 5322 section 4.3: two digits below 50 are of this century."""
    number = int(digits.lstrip("'"))
    return number if len(digits) > 3 else number + (2000 if number < 50 else 1900)


def _clock(before: str, after: str) -> tuple[tuple[int, int, int, int] | None, tzinfo | None]:
    """Find the time of day that goes with a day, and its offset: just after the day, just before it, or anywhere."""
    elsewhere = f"{before} | {after}"
    match = _TIME_AFTER.match(after)
    if match is not None:
        rest = after[match.end() :]
    elif (match := _TIME_BEFORE.search(before)) is not None:
        rest = match["between"]
    else:
        alone = list(_TIME_ANYWHERE.finditer(elsewhere))
        match = alone[0] if len(alone) == 1 else None
        rest = elsewhere[match.end() :] if match is not None else ""
    named = _NAMED_OFFSET.search(elsewhere)
    if match is None:
        return None, _offset(named)
    zone = _offset(_ZONE.match(rest)) or _offset(named)
    if zone is None and "between" in match.groupdict():
        zone = _offset(_ZONE.match(after))
    return _time_of(match), zone


def _time_of(match: re.Match[str]) -> tuple[int, int, int, int]:
    """Hour, minute, second, microsecond as 24 hours. `17:09 PM` and `00:01 AM` are 24-hour clocks already."""
    hour = int(match["hour"] or match["hour2"] or match["hour3"])
    noon = (match["noon"] or match["noon2"] or "").replace(".", "")
    if noon in ("pm", "ch") and hour < 12:
        hour += 12
    elif noon in ("am", "sa") and hour == 12:
        hour = 0
    micro = int((match["fraction"] or "0")[:6].ljust(6, "0"))
    return hour, int(match["minute"] or match["minute3"] or 0), int(match["second"] or 0), micro


def _offset(match: re.Match[str] | None) -> tzinfo | None:
    if match is None:
        return None
    if match["sign"] is None:
        hours = _HOURS.get(match.groupdict().get("name") or "")
        return None if hours is None else timezone(timedelta(hours=hours))
    if int(match["m"] or 0) > 59:
        return None
    return _shifted(int(match["h"]) * 60 + int(match["m"] or 0), match["sign"])


def _shifted(minutes: int, sign: str) -> tzinfo | None:
    return timezone(timedelta(minutes=minutes if sign == "+" else -minutes)) if minutes <= 14 * 60 else None


def _aware(day: tuple[int, int, int], clock: tuple[int, int, int, int] | None, zone: tzinfo) -> datetime | None:
    hour, minute, second, micro = clock or (0, 0, 0, 0)
    if not 1990 <= day[0] <= 2100:
        return None
    midnight_after = hour == 24 and minute == second == 0
    # A leap second is the last second of its minute: datetime knows none.
    second = 59 if second == 60 else second
    try:
        found = datetime(day[0], day[1], day[2], 0 if midnight_after else hour, minute, second, micro, tzinfo=zone)
    except ValueError:
        return None
    return found + timedelta(days=1) if midnight_after else found


def _relative(text: str, zone: tzinfo, now: datetime) -> datetime | None:
    try:
        here = now.astimezone(zone)
        if _JUST_NOW.search(text):
            return here
        if ago := _AGO.search(text):
            seconds = _UNITS.get(ago["u1"] or ago["u2"])
            number = ago["n1"] or ago["n2"]
            if seconds is not None:
                return here - timedelta(seconds=seconds * (int(number) if number.isdigit() else 1))
        days = 0 if _TODAY.search(text) else 1 if _YESTERDAY.search(text) else None
        if days is None:
            return None
        day = here - timedelta(days=days)
        clock, offset = _clock("", text)
        return _aware((day.year, day.month, day.day), clock, offset or zone)
    except (ValueError, OverflowError):
        return None
