"""Which addresses are this machine or a network at home or at work, in whatever spelling. Pure; looks up no name."""

import ipaddress
import re
import socket

_PRIVATE_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # "this network" (RFC 791): to connect to 0.0.0.0 reaches loopback
        "10.0.0.0/8",  # RFC 1918
        "100.64.0.0/10",  # shared by a provider's customers (RFC 6598)
        "127.0.0.0/8",  # loopback (RFC 1122)
        "169.254.0.0/16",  # link-local (RFC 3927), where clouds have their metadata
        "172.16.0.0/12",  # RFC 1918
        "192.0.0.0/24",  # IETF protocol assignments (RFC 6890)
        "192.168.0.0/16",  # RFC 1918
        "224.0.0.0/4",  # multicast (RFC 5771)
        "240.0.0.0/4",  # reserved (RFC 1112), with the broadcast address
    )
)
_PRIVATE_6 = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "::/128",  # unspecified
        "::1/128",  # loopback (RFC 4291)
        "64:ff9b:1::/48",  # NAT64 inside one network (RFC 8215)
        "fc00::/7",  # unique local (RFC 4193)
        "fe80::/10",  # link-local (RFC 4291)
        "fec0::/10",  # site-local (RFC 3879)
        "ff00::/8",  # multicast (RFC 4291)
    )
)
_HOLDS_AN_IPV4 = (ipaddress.IPv6Network("64:ff9b::/96"), ipaddress.IPv6Network("::/96"))
"""NAT64 (RFC 6052) and the "IPv4-compatible" addresses (RFC 4291): the last 32 bits are an IPv4 address."""
_ISATAP = (
    0x0000_5EFE,
    0x0200_5EFE,
)  # the upper half of an interface identifier that ends in an IPv4 address (RFC 5214)

# The numbers that inet_aton takes for an IPv4 address: one to four, each decimal, octal or hexadecimal.
_NUMBERS = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)(?:\.(?:0x[0-9a-f]*|[0-9]+)){0,3}\.?\Z", re.I)
# Names of private networks alone: RFC 6761, RFC 6762, RFC 8375, ICANN's .internal, and what routers commonly give.
_PRIVATE_NAME = re.compile(r"(?:\A|\.)(?:localhost|local|internal|home\.arpa|lan|home|intranet|corp|private)\Z", re.I)


def literal_address(host: str) -> str | None:
    """Return the address that `host` is by itself, in its usual spelling, or None where it is a name.

    `2130706433`, `0x7f.1` and `0177.0.0.1` are 127.0.0.1, as they are to the operating system, and so is
    `::ffff:127.0.0.1` (RFC 4291 section 2.5.5.2). Brackets may stand around an IPv6 address.
    """
    host = host.removeprefix("[").removesuffix("]")
    try:
        ip = ipaddress.ip_address(host)
        mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
        return str(mapped or ip)
    except ValueError:
        pass
    if not _NUMBERS.match(host):
        return None
    try:
        return socket.inet_ntoa(socket.inet_aton(host.rstrip(".")))
    except OSError:
        return None


def is_private(address: str) -> bool:
    """Say whether an IP address is loopback, link-local, private, shared, multicast, reserved, or none at all.

    IPv6 addresses that stand for an IPv4 one (mapped, 6to4, Teredo, NAT64, ISATAP) are judged by that one too.
    Addresses for documentation and benchmarks count as public: VPN programs answer names with such. Raises ValueError
    for what is no address.
    """
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return any(ip in network for network in _PRIVATE_4)
    return any(ip in network for network in _PRIVATE_6) or any(is_private(str(inner)) for inner in _ipv4_in(ip))


def is_private_host(host: str) -> bool:
    """Say whether a host is private as it is written: a private address, or a name that only such networks have.

    For where nothing can be looked up, as a proxy does that. A name without a dot is one of a private network.
    """
    address = literal_address(host)
    if address is not None:
        return is_private(address)
    name = host.rstrip(".")
    return "." not in name or _PRIVATE_NAME.search(name) is not None


def _ipv4_in(ip: ipaddress.IPv6Address) -> tuple[ipaddress.IPv4Address, ...]:
    """Return the IPv4 addresses that packets to an IPv6 address may go to."""
    if ip.ipv4_mapped is not None:
        return (ip.ipv4_mapped,)
    if ip.sixtofour is not None:
        return (ip.sixtofour,)
    if ip.teredo is not None:
        return ip.teredo
    if any(ip in network for network in _HOLDS_AN_IPV4) or (int(ip) >> 32) & 0xFFFF_FFFF in _ISATAP:
        return (ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF),)
    return ()
