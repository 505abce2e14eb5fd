"""Hosts that imitate others stand in Punycode; those that imitate nothing stay readable."""

import idna
import pytest

from reader.text import urls
from reader.text.hosts import unmistakable, with_unmistakable_hosts


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("\u0430\u0440\u0440\u04cf\u0435.com", "xn--80ak6aa92e.com"),  # apple, in Cyrillic
        ("www.\u0440\u0430\u0443\u0440\u0430\u04cf.example", "www.xn--80aa0cbo65f.example"),  # paypal
        ("g\u043e\u043egle.com", "xn--ggle-55da.com"),  # Cyrillic within Latin
        ("goog\u03b9e.com:8080", "xn--googe-tbe.com:8080"),  # Greek within Latin
        ("\u03bd\u03bf\u03c5.example", "xn--yxaes.example"),  # nou, in Greek
        ("\u0585\u057d\u057d.example", "xn--rbbaw.example"),  # Armenian
        ("\u0261oogle.com", "xn--oogle-qmc.com"),  # a Latin letter of phoneticians
        ("\u0430-\u04300.example", "xn---0-6kcb.example"),
        ("\uff41\uff50\uff50\uff4c\uff45.com", "apple.com"),  # wide letters are the letters
        ("\u0391\u0440\u0440\u04cf\u0435.com", "xn--mxa8x6aa92e.com"),
        ("bank.example\u2215evil.example", "bank.xn--exampleevil-0h8f.example"),
    ],
)
def test_what_imitates_is_in_punycode(host: str, shown: str) -> None:
    assert unmistakable(host) == shown
    assert unmistakable(shown) == shown
    assert urls.absolute("", f"https://{host}/a") == f"https://{shown}/a"
    assert with_unmistakable_hosts(f"See https://{host}/a, \u0430") == f"See https://{shown}/a, \u0430"


@pytest.mark.parametrize(
    "host",
    [
        "b\u00e1o-m\u1edbi.vn",
        "\u0111\u1ecda-\u0111\u00e0y.vn",
        "m\u00fcnchen.de",
        "stra\u00dfe.de",
        "k\u0131br\u0131s.com.tr",
        "\u03b1\u03cd\u03c1\u03b9\u03bf.gr",
        "\u03b5\u03bb\u03bb\u03ac\u03b4\u03b1.gr",
        "\u043f\u0440\u0438\u043c\u0435\u0440.\u0440\u0444",
        "\u043d\u043e\u0432\u043e\u0441\u0442\u0438-24.\u0440\u0444",
        "\u0443\u043a\u0440\u0430\u0457\u043d\u0430.\u0443\u043a\u0440",
        "\u65b0\u805e.\u53f0\u7063",
        "\u671d\u65e5\u30cb\u30e5\u30fc\u30b9.jp",
        "\u65e5\u672ctv.jp",
        "\ub274\uc2a4.kr",
        "\u0627\u0644\u0623\u062e\u0628\u0627\u0631.com",
        "\u0939\u093f\u0928\u094d\u0926\u0940.\u092d\u093e\u0930\u0924",
        "\u05d7\u05d3\u05e9\u05d5\u05ea.co.il",
        "\u0e02\u0e48\u0e32\u0e27.\u0e44\u0e17\u0e22",
        "\u10d0\u10db\u10d1\u10d4\u10d1\u10d8.ge",
        "gull.example:8080",
        "[::1]:80",
        "xn--80ak6aa92e.com",
    ],
)
def test_what_imitates_nothing_stays_readable(host: str) -> None:
    assert unmistakable(host) == host


def test_the_address_that_is_shown_can_still_be_asked() -> None:
    for name in ("\u0430\u0440\u0440\u04cf\u0435.com", "g\u043e\u043egle.com", "\u0391\u0440\u0440\u04cf\u0435.com"):
        assert unmistakable(name).encode() == idna.encode(name, uts46=True)
