"""Addresses as papers write them: absolute, safe, and one spelling for one page."""

import os
import re
import subprocess
import sys
from functools import lru_cache
from itertools import product
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.extract.links import targets
from reader.text import urls
from tests import cached

PAPER = "https://paper.example/news/today/index.html"


@pytest.mark.parametrize(
    ("href", "seen"),
    [
        ("story-1.html", "https://paper.example/news/today/story-1.html"),
        ("../old.html", "https://paper.example/news/old.html"),
        ("/root.html", "https://paper.example/root.html"),
        ("//cdn.example/a.jpg", "https://cdn.example/a.jpg"),
        ("?page=2", "https://paper.example/news/today/index.html?page=2"),
        ("#top", "https://paper.example/news/today/index.html#top"),
        ("HTTPS://Other.example/A", "https://Other.example/A"),
        ("  https://a.example/x \n", "https://a.example/x"),
        ("https://a.example/two words", "https://a.example/two%20words"),
        ("https://a.example/two  spaces", "https://a.example/two%20%20spaces"),
        ("https://a.example/wr\n\tapped", "https://a.example/wrapped"),
        ("https://a.example/đường-dây", "https://a.example/%C4%91%C6%B0%E1%BB%9Dng-d%C3%A2y"),
        ("https://fa.example/می‌خواهم", "https://fa.example/%D9%85%DB%8C%E2%80%8C%D8%AE%D9%88%D8%A7%D9%87%D9%85"),
        ("https://a.example/100%", "https://a.example/100%"),
        ("https://a.example/%C4%91", "https://a.example/%C4%91"),
        ("https://user:secret@a.example/x", "https://a.example/x"),
        ("https://a.example:8443/x", "https://a.example:8443/x"),
        ("http://[::1]:8000/x", "http://[::1]:8000/x"),
        ("https://a.example/x\u202egpj.exe", "https://a.example/xgpj.exe"),
        ("https://a.example/x\u200b", "https://a.example/x"),
        ("mailto:editor@paper.example", "mailto:editor@paper.example"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        (" JavaScript:alert(1)", None),
        ("data:text/html,<script>", None),
        ("file:///etc/passwd", None),
        ("ssh://host", None),
        ("vbscript:x", None),
        ("tel:+84123", None),
        ("http://", None),
        ("https://[::1", None),
        ("https://a.example:99999/", None),
        ("https://a.example:port/", None),
        ("https://a b.example/", None),
        ('https://"><script>/', None),
        ("https://a.example/\ud800", None),
        ("", None),
        ("https://a.example/" + "x" * urls.LONGEST, None),
        ("https://a.example/" + "ờ" * 1000, None),  # which is too long once it is quoted
        ("mailto:" + "ờ" * 1000 + "@a.example", None),
        ("https://gull.e\u0323\u030axample/", "https://gull.ẹ̊xample/"),
        ("https://otter\u2003.example/", None),
        ("https://otte\u0308r\u00b4\u0327.example/", None),  # NFKC makes a blank of it
    ],
)
def test_a_link_is_what_a_browser_would_open_or_nothing(href: str, seen: str | None) -> None:
    assert urls.absolute(PAPER, href) == seen


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(max_size=60) | st.text(max_size=40).map(lambda tail: "https://a.example/" + tail))
def test_an_absolute_address_stays_as_it_is(href: str) -> None:
    seen = urls.absolute(PAPER, href)
    if seen is not None:
        assert seen.isascii() or "://" in seen
        assert seen.startswith(("http://", "https://", "mailto:"))
        assert urls.absolute("", seen) == seen
        assert not any(character <= " " or character == "\x7f" for character in seen)


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(max_size=60))
def test_no_text_is_too_strange_to_be_looked_at(href: str) -> None:
    for ask in (urls.canonical, urls.host, urls.site, urls.is_home, urls.is_web, urls.without_tracking):
        ask(href)
        ask("http://" + href)


@pytest.mark.parametrize(
    ("url", "bare"),
    [
        ("https://a.example/x?utm_source=rss&utm_medium=feed", "https://a.example/x"),
        (
            "https://www.bbc.com/vietnamese/articles/c1?at_medium=RSS&at_campaign=rss",
            "https://www.bbc.com/vietnamese/articles/c1",
        ),
        ("https://a.example/x?id=5&fbclid=abc", "https://a.example/x?id=5"),
        ("https://a.example/x?view&utm_source=rss&q=a+b", "https://a.example/x?view&q=a+b"),
        ("https://a.example/x?q=caf%E9&gclid=1", "https://a.example/x?q=caf%E9"),
        ("https://a.example/x?a=1&amp;utm_source=rss", "https://a.example/x?a=1"),
        ("https://a.example/x?id=5&page=2", "https://a.example/x?id=5&page=2"),
        ("https://a.example/x?a=1&a=2&b=", "https://a.example/x?a=1&a=2&b="),
        ("https://a.example/list&s_cond=&BRSR=15", "https://a.example/list&s_cond=&BRSR=15"),
    ],
)
def test_only_what_says_where_a_reader_came_from_is_taken_off(url: str, bare: str) -> None:
    assert urls.without_tracking(url) == bare


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HTTP://Paper.Example/a", "http://paper.example/a"),
        ("http://paper.example:80/a", "http://paper.example/a"),
        ("https://paper.example:443", "https://paper.example/"),
        ("https://paper.example./a", "https://paper.example/a"),
        ("https://paper.example/a#part", "https://paper.example/a"),
        ("https://paper.example/a?utm_source=x", "https://paper.example/a"),
        ("https://paper.example/%7euser/%c4%91", "https://paper.example/~user/%C4%91"),
        ("https://u:p@paper.example/a", "https://paper.example/a"),
    ],
)
def test_two_spellings_of_one_address_are_one(one: str, other: str) -> None:
    assert urls.canonical(one) == urls.canonical(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://paper.example/a", "https://paper.example/a"),
        ("https://paper.example/a", "https://paper.example/A"),
        ("https://paper.example/a", "https://paper.example/a/"),
        ("https://paper.example/a?id=1", "https://paper.example/a?id=2"),
        ("https://paper.example/a%2Fb", "https://paper.example/a/b"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a"),
        ("https://paper.example/#!/a", "https://paper.example/#!/b"),
    ],
)
def test_two_addresses_are_two(one: str, other: str) -> None:
    assert urls.canonical(one) != urls.canonical(other)


@settings(deadline=None)  # a busy machine is no fault
@given(st.text(max_size=40))
def test_the_canonical_form_is_its_own(tail: str) -> None:
    canonical = urls.canonical("https://Paper.example/" + tail.replace("/", ""))
    assert urls.canonical(canonical) == canonical


@pytest.mark.parametrize("scheme", ["http", "https", "HTTP", "Https"])
@pytest.mark.parametrize("port", ["", ":80", ":443", ":0443", ":8443", ":0", ":65535"])
def test_a_key_is_its_own_for_each_scheme_and_port(scheme: str, port: str) -> None:
    hosts = ("paper.example", "www.Paper.example.", "13070643", "127.0.0.1", "[::1]", "b\xfccher.example")
    for host, path in product(hosts, ("", "/", "/a:443/b?c=:443", "?utm_source=x", "#!/x", "//a", "/%7eb")):
        seen = urls.absolute("", f"{scheme}://{host}{port}{path}")
        assert seen is not None
        key = urls.page_key(seen)
        assert urls.page_key(key) == key == urls.page_key(urls.canonical(seen)) == urls.canonical(key)
        assert urls.canonical(urls.canonical(seen)) == urls.canonical(seen)
        assert urls.host(key) == urls.host(seen)
        assert urls.site(key) == urls.site(seen)
        assert urls.parted(key) == urls.parted(seen)
        assert urls.same_site(key, seen)
        assert urls.without_tracking(urls.without_tracking(seen)) == urls.without_tracking(seen)


def test_the_port_of_https_is_none_with_http_either_for_a_page_and_its_paper() -> None:
    assert urls.page_key("http://paper.example:443/a") == "https://paper.example/a"
    assert urls.host("http://paper.example:443/a") == "paper.example"
    assert urls.canonical("http://paper.example:443/a") == "http://paper.example:443/a"  # what is asked stays
    assert urls.page_key("https://paper.example:80/a") == "https://paper.example:80/a"  # nothing answers there


@pytest.mark.parametrize(
    ("url", "host", "site"),
    [
        ("https://www.paper.example/a", "paper.example", "paper.example"),
        ("https://news.bbc.co.uk/a", "news.bbc.co.uk", "bbc.co.uk"),
        ("https://m.tuoitrethudo.com.vn/a", "m.tuoitrethudo.com.vn", "tuoitrethudo.com.vn"),
        ("https://vnexpress.net:443/a", "vnexpress.net", "vnexpress.net"),
        ("http://127.0.0.1:8001/a", "127.0.0.1:8001", "127.0.0.1:8001"),
        ("http://[::1]:8001/a", "[::1]:8001", "[::1]:8001"),
        ("mailto:a@b.example", "", ""),
    ],
)
def test_a_paper_is_known_by_its_host(url: str, host: str, site: str) -> None:
    assert urls.host(url) == host
    assert urls.site(url) == site


def test_two_ports_of_one_machine_are_two_papers() -> None:
    assert urls.same_site("https://news.paper.example/a", "https://www.paper.example/b")
    assert not urls.same_site("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a")
    assert not urls.same_site("https://one.com.vn/", "https://two.com.vn/")
    assert not urls.same_site("", "")


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://one.substack.com/p/ferry", "one.substack.com"),
        ("https://deep.one.blogspot.com/", "one.blogspot.com"),
        ("https://one.wordpress.com/", "one.wordpress.com"),
        ("https://one.github.io/", "one.github.io"),
        ("https://substack.com/home", "substack.com"),
        ("https://www.blogspot.com/", "blogspot.com"),
        ("https://gov.vn/", "gov.vn"),
        ("https://www.haiphong.gov.vn/tin", "haiphong.gov.vn"),
        ("https://doson.haiphong.gov.vn/tin", "haiphong.gov.vn"),
        ("https://bao.haiphong.vn/tin", "bao.haiphong.vn"),
        ("https://thethao.paper.com.vn/tin", "paper.com.vn"),
        ("https://a.paper.govt.nz/", "paper.govt.nz"),
        ("https://a.b.paper.example.:8080/", "paper.example:8080"),
        ("https://a.paper.co.uk./", "paper.co.uk"),
        ("https://thể-thao.báo.vn/", "xn--bo-mia.vn"),
        ("https://xn--th-thao-2u4c.xn--bo-mia.vn/", "xn--bo-mia.vn"),
        ("https://tin.报.公司.cn/", "xn--4ru.xn--55qx5d.cn"),
        ("https://💩💩.tin.paper.vn/", "paper.vn"),
        ("http://localhost:8000/", "localhost:8000"),
        ("http://10.1.2.3/", "10.1.2.3"),
        ("http://[2001:db8::1]/", "[2001:db8::1]"),
    ],
)
def test_a_site_is_what_one_publisher_has_names_under(url: str, site: str) -> None:
    assert urls.site(url) == site


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://one.substack.com/", "https://two.substack.com/", False),
        ("https://one.substack.com/", "https://substack.com/", False),
        ("https://one.blogspot.com/", "https://two.blogspot.com/", False),
        ("https://haiphong.gov.vn/", "https://danang.gov.vn/", False),
        ("https://one.com.vn/", "https://two.com.vn/", False),
        ("https://one.govt.nz/", "https://two.govt.nz/", False),
        ("https://www.paper.com.vn/", "http://thethao.paper.com.vn/", True),
        ("https://paper.co.uk/", "https://sport.paper.co.uk/", True),
        ("https://www.one.substack.com/", "https://one.substack.com/p", True),
        ("https://báo.vn/", "https://www.xn--bo-mia.vn/", True),
        ("https://thể-thao.báo.vn/", "https://xn--bo-mia.vn/", True),
        ("https://paper.example./", "https://paper.example/", True),
        ("https://paper.example:8443/", "https://paper.example/", False),
        ("http://10.1.2.3/", "http://9.1.2.3/", False),
        ("http://localhost:1/", "http://localhost:1/a", True),
        ("mailto:a@b.example", "mailto:a@b.example", False),
    ],
)
def test_two_names_are_one_paper_where_one_publisher_has_them(one: str, other: str, same: bool) -> None:
    assert urls.same_site(one, other) is same
    assert urls.same_site(other, one) is same
    assert same is (urls.site(one) == urls.site(other) != "")


def test_the_list_of_suffixes_asks_no_network_and_writes_no_file(tmp_path: Path) -> None:
    """It would try both by itself; and hosts that are equal, or end differently, do not even need it."""
    told = (
        "import sys\n"
        "from reader.text.urls import same_site\n"
        "assert same_site('https://www.paper.vn/a', 'https://paper.vn/b')\n"
        "assert not same_site('https://paper.vn/a', 'https://paper.com/b')\n"
        "assert 'tldextract' not in sys.modules\n"
        "def watch(event, args):\n"
        "    assert not event.startswith(('socket.connect', 'socket.getaddrinfo', 'os.mkdir', 'urllib')), event\n"
        "    assert event != 'open' or not set(str(args[1])) & set('wax+'), args\n"
        "sys.addaudithook(watch)\n"
        "assert not same_site('https://one.blogspot.com/', 'https://two.blogspot.com/')\n"
        "assert 'tldextract' in sys.modules\n"
    )
    away = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path), "PATH": os.environ["PATH"]}
    subprocess.run([sys.executable, "-B", "-c", told], env=away, check=True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["https://a.example", "https://a.example/", "https://a.example/index.html", "http://a.example/home"]
)
def test_a_front_page_is_a_front_page(url: str) -> None:
    assert urls.is_home(url)


@pytest.mark.parametrize(
    "url", ["https://a.example/news", "https://a.example/?p=1", "https://a.example/a/index.html", "http://[::1"]
)
def test_a_story_is_none(url: str) -> None:
    assert not urls.is_home(url)


@pytest.mark.parametrize("path", ["", "/", "/a/../b", "//x", "/a.html?b=c&d=e/f", "/a?utm_source=x&b=1", "/A_b-c~d,e/"])
def test_a_plain_address_is_read_as_one_that_is_not(path: str) -> None:
    plain, same = f"https://paper.example{path}", f"https://PAPER.example:443{path}"

    assert urls.absolute(PAPER, plain) == plain
    assert urls.canonical(plain) == urls.canonical(same)
    assert urls.same_site(plain, "https://www.paper.example/")


ADDRESSES = (
    "https://-",
    "https://a-",
    "http://a.example9-",
    "https://-a.example/b",
    "https://a.-b.example",
    "/Z;",
    "/a;b",
)
PIECES = (*"ab9-./?#;%:@=&Z~_", "https://", "http://", "%20", "%zz", "..", "//", "a.example")
BASES = (
    PAPER,
    "https://a-.example/b",
    "https://-/a",
    "http://a9.example/x;",
    "https://a.example",
    "https://a.example/?c",
)


def test_what_is_read_quickly_is_read_as_it_would_be_slowly(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = Random(3)
    made = ("".join(chance.choices(PIECES, k=chance.randrange(1, 9))) for _ in range(20_000))
    asked = [(base, href) for base in BASES for href in ADDRESSES] + [(chance.choice(BASES), href) for href in made]
    pairs = [
        (cached(urls.absolute).__wrapped__(base, href), cached(targets.story_target).__wrapped__(href, base))
        for base, href in asked
    ]
    never = re.compile("(?!)")
    monkeypatch.setattr(urls, "_PLAIN", never)
    monkeypatch.setattr(targets, "_PLAIN", never)
    cached(urls.absolute).cache_clear()
    slow = [
        (cached(urls.absolute).__wrapped__(base, href), cached(targets.story_target).__wrapped__(href, base))
        for base, href in asked
    ]
    cached(urls.absolute).cache_clear()
    assert pairs == slow


def test_web_addresses_are_seen_from_their_page_and_a_mail_address_is_none() -> None:
    assert urls.absolute_web("https://gull.example/a/", "b") == "https://gull.example/a/b"
    for other in ("mailto:desk@gull.example", "javascript:x()", "data:,x", "http://"):
        assert urls.absolute("https://gull.example/", "mailto:desk@gull.example") is not None
        assert urls.absolute_web("https://gull.example/", other) is None


@pytest.mark.parametrize("base", ["", "https://gull.example/", "https://gu\udc80ll.example/"])
@pytest.mark.parametrize(
    "href",
    ["https://gu\udc80ll.example/", "https://gull.example/\udc80", "//\ud800/", "?\udfff", "mailto:a@\udc80.example"],
)
def test_an_address_with_a_lone_surrogate_is_none(base: str, href: str) -> None:
    assert urls.absolute(base, href) is None


def test_what_was_remembered_is_forgotten_and_found_again() -> None:
    asked = "https://gull.example/ferry", "../quarry"
    before = urls.absolute(*asked)
    urls.forget()
    assert cached(urls.absolute).cache_info().currsize == cached(urls.canonical).cache_info().currsize == 0
    assert urls.absolute(*asked) == before == "https://gull.example/quarry"
    assert cached(urls.absolute).cache_info().currsize == 1


def test_a_function_under_a_plain_cache_can_be_made_to_forget_too() -> None:
    asked: list[str] = []

    @urls.forgettable
    @lru_cache(maxsize=8)
    def length(text: str) -> int:
        asked.append(text)
        return len(text)

    assert length("gull") == length("gull") == 4
    assert asked == ["gull"]
    urls.forget()
    assert length("gull") == 4
    assert asked == ["gull", "gull"]
