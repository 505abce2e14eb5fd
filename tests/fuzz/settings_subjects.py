"""Settings and site rules as subjects: files that people write."""

import tempfile
from functools import cache
from pathlib import Path

from tests.fuzz.holds import assert_is_clean, assert_is_inert

PLACES = (
    ("reader.theme", "light"),
    ("reader.measure", 66),
    ("refresh.every", 45),
    ("keep.days", 7),
    ("network.private_addresses", False),
)
PAGE = (
    b"<html><body class=ferry><main><article id=story><h1 class=big>Ferry saved</h1><div class=text>"
    + (
        b"<p style='text-align:right'>The ferry of Lower Marsh is saved, say <a href=/a rel=next>those who row</a>.</p>"
        * 8
    )
    + b"</div><span class=date>30/11/2026 09:05</span></article></main></body></html>"
)


@cache
def _folder() -> Path:
    """A folder of this process, which is not removed before its end."""
    _kept.append(tempfile.TemporaryDirectory(prefix="newsstand-fuzz-"))
    return Path(_kept[0].name)


_kept: list[tempfile.TemporaryDirectory[str]] = []


def settings(data: bytes) -> str:
    """Whatever stands in the files of settings, they are read, and what is wrong is told in clean lines; a choice that
    is written is read again, and no other changes."""
    from reader import config
    from reader.config import chosen

    own, picked = _folder() / "config.toml", _folder() / "chosen.toml"
    own.write_bytes(data)
    picked.write_bytes(b"")
    read = config.load(own)
    assert own.read_bytes() == data
    assert read.commands
    for fault in (*read.faults, *read.notes):
        assert_is_inert(str(fault))
    own.write_bytes(b"")
    picked.write_bytes(data)
    before = config.load(own)
    assert picked.read_bytes() == data
    name, value = PLACES[len(data) % len(PLACES)]
    refused = chosen.keep_choice(picked, name, value)
    after = config.load(own)
    if refused:
        assert_is_inert(refused)
        assert picked.read_bytes() == data
    else:
        assert chosen.value_of(after, name) == value
        for other in set(before.chosen) - {name}:
            assert not _was_settings(data) or chosen.value_of(after, other) == chosen.value_of(before, other), other
        assert chosen.keep_choice(picked, name, None) == ""
        assert name not in config.load(own).chosen
    for aside in _folder().glob("chosen.toml.bad*"):
        assert aside.read_bytes() == data
        aside.unlink()
    return repr((read.faults, read.notes, read.own, refused, after.chosen)).replace(str(_folder()), "")


def _was_settings(data: bytes) -> bool:
    """Whether the file was one that is changed; what is no TOML is put aside."""
    import tomllib

    try:
        tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return False
    return True


def site_rule(data: bytes) -> str:
    """A site rule is sound or its faults are told in clean lines; a sound one is used on a page and raises nothing."""
    from reader.config.rules import LARGEST, MOST_FAULTS, parse_rule_file
    from reader.config.values import RuleFile
    from reader.extract.page import extract
    from reader.extract.rules.sites import Rules, parse_rule

    data = data[:LARGEST]
    values, faults = parse_rule_file(Path("own.toml"), data)
    assert len(faults) <= MOST_FAULTS
    for fault in faults:
        assert_is_inert(str(fault))
    if faults:
        return repr(faults)
    rule = RuleFile("own", "own.toml", data, own=True)
    found = extract(
        PAGE, f"https://{(*values.hosts, 'none.example')[0]}/1", rules=Rules((parse_rule(rule.file, rule.data),))
    )
    assert_is_clean(found)
    return repr(found)
