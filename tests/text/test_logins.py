"""User and password in addresses: taken out whole, kept for one host, and shown nowhere."""

import time
from random import Random

import pytest

from reader.models import Login
from reader.text import logins
from reader.text.logins import basic, may_have, origin, split_login, with_login, without_login, without_logins


@pytest.mark.parametrize(
    ("address", "bare", "login"),
    [
        ("https://ann:gull@quay.example/feed?a=b#c", "https://quay.example/feed?a=b#c", Login("ann", "gull")),
        ("  HTTP://ann:gu%40ll%3A@quay.example:8080", "  HTTP://quay.example:8080", Login("ann", "gu@ll:")),
        ("https://ann:g@u:ll@quay.example/", "https://quay.example/", Login("ann", "g@u:ll")),
        ("https://t0ken@quay.example/feed", "https://quay.example/feed", Login("t0ken", "")),
        ("https://:gull@quay.example/feed", "https://quay.example/feed", Login("", "gull")),
        ("https://@quay.example/feed", "https://quay.example/feed", None),
        ("feed://ann:gull@quay.example/feed", "feed://quay.example/feed", Login("ann", "gull")),
        ("feed:https://ann:gull@quay.example/feed", "feed:https://quay.example/feed", Login("ann", "gull")),
        ("//ann:gull@quay.example/feed", "//quay.example/feed", Login("ann", "gull")),
        ("ann:gull@quay.example/feed", "quay.example/feed", Login("ann", "gull")),
        ("https://đèn:biển@quay.example/", "https://quay.example/", Login("đèn", "biển")),
        ("https://ann:gu ll@quay.example/a b", "https://quay.example/a b", Login("ann", "gu ll")),
        ("ann:gu ll@quay.example/feed", "quay.example/feed", Login("ann", "gu ll")),
    ],
)
def test_a_login_is_taken_out_of_an_address(address: str, bare: str, login: Login | None) -> None:
    assert split_login(address) == (bare, login)


@pytest.mark.parametrize(
    "address",
    [
        "https://quay.example/@ann/feed",
        "https://quay.example/?to=a:b@c.example",
        "https://quay.example/#a:b@c",
        "ann@quay.example",
        "mailto:ann@quay.example",
        "quay.example/ann:gull@home",
        "gull",
        "note: ask ann@quay.example",
        "",
    ],
)
def test_an_address_without_a_login_is_left_as_it_is(address: str) -> None:
    assert split_login(address) == (address, None)
    assert without_logins(address) == address


@pytest.mark.parametrize("login", [Login("ann", "gull"), Login("a:n@n/", "p?#ss %40 đèn"), Login("t0ken", "")])
def test_what_is_put_into_an_address_comes_out_of_it(login: Login) -> None:
    assert split_login(with_login("https://quay.example:8443/feed", login)) == ("https://quay.example:8443/feed", login)


def test_a_login_shows_in_no_text() -> None:
    for text in (
        "https://ann:gull@quay.example/feed: no answer",
        'Private ("http://ann:gull@quay.example") was left out, and ftp://ann:gull@quay.example/x',
        "https://ann:gu/ll@quay.example/feed is no address",
        repr(Login("ann", "gull")),
    ):
        shown = without_logins(text)
        assert "gull" not in shown
        assert "ann" not in shown
        assert "gu/ll" not in shown
        assert ("quay.example" in text) == ("quay.example" in shown)


def test_a_login_shows_in_no_message_about_an_address_however_broken() -> None:
    for address in (
        "https://ann:gu/ll@quay.example/",
        "https://ann:gu#ll@quay.example/",
        "https://ann:gu ll@quay.example/",
        "ann:gu ll@quay.example/",
    ):
        assert without_login(address).removeprefix("https://") == "quay.example/"


def test_basic_authorization_is_in_utf_8() -> None:
    assert basic(Login("Aladdin", "open sesame")) == "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="  # as RFC 7617 has it
    assert basic(Login("test", "123£")) == "Basic dGVzdDoxMjPCow=="  # the same


def test_an_origin_is_scheme_host_and_port() -> None:
    assert origin("HTTPS://Quay.Example:443/feed") == origin("https://quay.example") == "https://quay.example"
    assert origin("http://[::1]:8080/x") == "http://[::1]:8080"
    assert origin("http://quay.example:99999999") == origin("gull") == origin("mailto:a@b.example") == ""


@pytest.mark.parametrize(
    ("url", "of", "may"),
    [
        ("https://quay.example/story", "https://quay.example/feed", True),
        ("https://QUAY.example:443/", "https://quay.example/feed", True),
        ("https://quay.example/", "http://quay.example/feed", True),
        ("http://quay.example/", "https://quay.example/feed", False),
        ("https://quay.example:8443/", "https://quay.example/feed", False),
        ("https://quay.example/", "http://quay.example:8080/feed", False),
        ("https://www.quay.example/", "https://quay.example/feed", False),
        ("https://quay.example.evil.example/", "https://quay.example/feed", False),
        ("", "", False),
    ],
)
def test_what_belongs_to_one_host_goes_to_no_other(url: str, of: str, may: bool) -> None:
    assert may_have(url, of) is may


def test_a_byte_that_is_no_text_costs_no_login_that_cannot_be_sent() -> None:
    address, login = split_login("https://an\udc80n:gu\ud800ll@gull.example/feed")
    assert address == "https://gull.example/feed"
    assert login == Login("an\ufffdn", "gu\ufffdll")
    assert basic(login)


@pytest.mark.parametrize("piece", ["//a:", "feed://", "//", "//@", "//a:@", "a@", "//a:8/", "//a:b@c", "https://a:b"])
@pytest.mark.parametrize("end", ["", "@", " @"])
def test_a_long_text_takes_no_long_time(piece: str, end: str) -> None:
    began = time.process_time()
    without_logins(piece * (300_000 // len(piece)) + end)
    split_login(piece * (300_000 // len(piece)) + end)
    assert time.process_time() - began < 2


def test_what_is_read_quickly_is_read_as_it_would_be_slowly() -> None:
    chance = Random(5)
    pieces = ("//", ":", "@", "a", "/", "?", "#", " ", '"', "<", "'", "8080", "https:", "\n", "e.example")
    for _ in range(20_000):
        text = "".join(chance.choices(pieces, k=chance.randrange(16)))
        assert without_logins(text) == logins._ANYWHERE.sub("", text)
