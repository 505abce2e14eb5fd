"""Loopback that counts as the web: 127.0.0.2 and its like are public here, 127.0.0.1 alone is private; and names."""

import ipaddress
import socket
from collections.abc import Mapping

import pytest

from reader.fetch.network import private_addresses

PUBLIC = "127.0.0.2"


def count_as_public(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the rules judge 127.0.0.1 as what it is, and the rest of loopback as addresses out there."""
    rest = [network for network in private_addresses._PRIVATE_4 if not network.is_loopback]
    private = (*rest, ipaddress.IPv4Network("127.0.0.1/32"))
    monkeypatch.setattr(private_addresses, "_PRIVATE_4", private)


def know_names(monkeypatch: pytest.MonkeyPatch, known: Mapping[str, list[str]]) -> list[str]:
    """Let names be at these addresses, as the mapping says at that moment; return the names that are looked up."""
    asked: list[str] = []

    def look_up(host: str, port: object, **_: object) -> list[object]:
        asked.append(host)
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in known[host]]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked
