"""Which way out the environment prescribes."""

import pytest

from reader.fetch.proxies import is_loopback, proxy_for


@pytest.mark.parametrize("host", "localhost LOCALHOST. press.localhost 127.0.0.1 127.8.8.8 ::1 [::1]".split())
def test_this_machine_is_known_by_its_names(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["", *"localhost.example notlocalhost 128.0.0.1 127.example ::2 10.0.0.1".split()])
def test_other_machines_are_others(host: str) -> None:
    assert not is_loopback(host)


def test_each_scheme_has_its_proxy_and_no_proxy_its_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    assert proxy_for("http://paper.example/") is None
    monkeypatch.setenv("http_proxy", "proxy.example:3128")
    assert proxy_for("http://paper.example/") == "http://proxy.example:3128"
    assert proxy_for("https://paper.example/") is None
    monkeypatch.setenv("all_proxy", "http://all.example")
    assert proxy_for("https://paper.example/") == "http://all.example"
    assert proxy_for("http://127.0.0.1:8000/") is None
    monkeypatch.setenv("no_proxy", "paper.example")
    assert proxy_for("https://www.paper.example/") is None
    assert proxy_for("https://other.example/") == "http://all.example"
