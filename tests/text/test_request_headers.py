"""Headers of one's own: read as they are written, and refused where they would break or bend a request."""

import pytest

from reader.text.request_headers import is_secret, parse_header


def test_a_header_is_a_name_and_a_value() -> None:
    assert parse_header("Cookie: a=b; c=d:e") == ("Cookie", "a=b; c=d:e")
    assert parse_header(" X-Api-Key :\tk ") == ("X-Api-Key", "k")
    assert parse_header("Authorization: Bearer abc") == ("Authorization", "Bearer abc")


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Cookie", "shape"),
        (": value", "shape"),
        ("Two words: x", "shape"),
        ("Đèn: x", "shape"),
        ("", "shape"),
        ("Cookie\r\nHost: x", "shape"),
        ("Cookie: a\r\nHost: evil.example", "value"),
        ("Cookie: a\nb", "value"),
        ("Cookie: a\0b", "value"),
        ("Cookie: đèn", "value"),
        ("Cookie:  ", "value"),
        ("Cookie: " + "a" * 4001, "value"),
        ("Host: evil.example", "connection"),
        ("host: x", "connection"),
        ("Transfer-Encoding: chunked", "connection"),
        ("Connection: close", "connection"),
        ("Proxy-Authorization: x", "connection"),
        ("Upgrade: h2c", "connection"),
        ("X-Forwarded-Host: evil.example", "connection"),
        ("Content-Length: 5", "own"),
        ("Accept-Encoding: lzw", "own"),
        ("If-None-Match: *", "own"),
        ("Range: x", "own"),
        ("User-Agent: me", "user-agent"),
    ],
)
def test_what_cannot_be_sent_is_refused_and_why(line: str, why: str) -> None:
    assert parse_header(line) == why


def test_secret_looking_headers_are_told_apart() -> None:
    secret = ("Cookie", "authorization", "X-Api-Key", "X-Auth-Token", "Private-Token", "X-CSRF", "X-Session-Id")
    assert all(map(is_secret, secret))
    assert not any(map(is_secret, ("Accept-Language", "Referer", "DNT", "X-Requested-With", "Keyboard")))
