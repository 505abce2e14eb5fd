"""Which addresses are private, in whatever spelling."""

import pytest

from reader.fetch.network.private_addresses import is_private, is_private_host, literal_address

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",  # noqa: S104 # an address to be judged, not to be bound to
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.127.255.255",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.168.1.1",
    "224.0.0.251",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "fe80::1",
    "fe80::1%2",
    "febf::1",
    "fec0::1",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:7f00:1",
    "::ffff:192.168.1.1",
    "::127.0.0.1",
    "64:ff9b::10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:c0a8:101::1",
    "2001:0:c0a8:101:0:0:f5ff:fffe",
    "2001:db8:1::5efe:10.0.0.1",
    "2001:db8:1::200:5efe:10.0.0.1",
]
PUBLIC = [
    "1.1.1.1",
    "9.255.255.255",
    "11.0.0.1",
    "100.63.255.255",
    "100.128.0.1",
    "126.255.255.255",
    "128.0.0.1",
    "169.253.1.1",
    "172.15.255.255",
    "172.32.0.1",
    "192.0.1.1",
    "192.167.1.1",
    "198.18.0.1",
    "203.0.113.7",
    "223.255.255.255",
    "2606:4700::1111",
    "2001:db8::1",
    "::ffff:8.8.8.8",
    "64:ff9b::8.8.8.8",
    "2002:808:808::1",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_at_home_or_this_machine_is_private(address: str) -> None:
    assert is_private(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_out_there_is_public(address: str) -> None:
    assert not is_private(address)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "127.0.0.1"),
        ("127.0.0.1.", "127.0.0.1"),
        ("2130706433", "127.0.0.1"),
        ("017700000001", "127.0.0.1"),
        ("0x7f000001", "127.0.0.1"),
        ("0x7f.1", "127.0.0.1"),
        ("0X7F.0.0.1", "127.0.0.1"),
        ("127.1", "127.0.0.1"),
        ("0177.0.0.1", "127.0.0.1"),
        ("0300.0250.1.1", "192.168.1.1"),
        ("192.168.257", "192.168.1.1"),
        ("0", "0.0.0.0"),  # noqa: S104 # an address to be judged, not to be bound to
        ("::1", "::1"),
        ("[::1]", "::1"),
        ("[::FFFF:7F00:1]", "127.0.0.1"),
        ("0:0:0:0:0:0:0:1", "::1"),
    ],
)
def test_an_address_is_known_in_every_spelling_that_the_system_takes(host: str, address: str) -> None:
    assert literal_address(host) == address


@pytest.mark.parametrize("host", ["gull.example", "1.2.3.4.5", "999.1.1.1", "0x", "08.1.1.1", "12ab", "", "1..2"])
def test_what_is_no_address_is_a_name(host: str) -> None:
    literal = literal_address(host)
    assert literal is None or literal == "0.0.0.0"  # noqa: S104 # as some systems take a bare 0x


@pytest.mark.parametrize(
    ("host", "private"),
    [
        ("localhost", True),
        ("LOCALHOST.", True),
        ("pier.localhost", True),
        ("router", True),
        ("nas.local", True),
        ("nas.home.arpa", True),
        ("wiki.internal", True),
        ("0x7f.1", True),
        ("[fd00::1]", True),
        ("gull.example", False),
        ("local.example", False),
        ("notlocal.example", False),
        ("8.8.8.8", False),
    ],
)
def test_where_nothing_can_be_looked_up_the_name_itself_says_it(host: str, private: bool) -> None:
    assert is_private_host(host) is private
