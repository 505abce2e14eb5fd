"""Which way out the environment prescribes (HTTP_PROXY, HTTPS_PROXY, ALL_PROXY, NO_PROXY), and what is this machine."""

import ipaddress
import os
from urllib.request import getproxies, proxy_bypass

from reader.url_parts import url_parts


def proxy_for(url: str) -> str | None:
    """Return the proxy that the environment names for `url`, or None. Never one for loopback: no proxy is this machine.

    Reads the environment at each call, so that a proxy set or unset later counts.
    """
    parts = url_parts(url)
    if is_loopback(parts.hostname or "") or not any(name.lower().endswith("_proxy") for name in os.environ):
        return None
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if not proxy or proxy_bypass(parts.netloc):
        return None
    return proxy if "://" in proxy else f"http://{proxy}"


def is_loopback(host: str) -> bool:
    """Say whether `host` names this machine: localhost and the loopback addresses (RFC 6761 section 6.3, RFC 5735)."""
    host = host.lower().strip("[]").rstrip(".")
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
