"""Who a feed says has written: names without their mail addresses."""

import pytest

from reader.text.names import people


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Tove Marsh", ["Tove Marsh"]),
        ("tove@lock.press (Tove Marsh)", ["Tove Marsh"]),
        ("tove@lock.co.uk (Tove Marsh)", ["Tove Marsh"]),
        ("tove@lock.photography (Tove (Tilly) Marsh)", ["Tove (Tilly) Marsh"]),
        ("tove+news@sub.lock.agency  ( Tove Marsh )", ["Tove Marsh"]),
        ("tove@schleuse.münchen (Töve)", ["Töve"]),
        ("tove@localhost (Tove)", ["Tove"]),
        ("Tove Marsh <tove@lock.online>", ["Tove Marsh"]),
        ('"Marsh, Tove" <tove@lock.online>', ["Marsh, Tove"]),
        ("Tove Marsh (tove@lock.media)", ["Tove Marsh"]),
        ("Tove Marsh [tove@lock.media]", ["Tove Marsh"]),
        ("Tove Marsh, tove@lock.media", ["Tove Marsh"]),
        ("tove@lock.media Tove Marsh", ["Tove Marsh"]),
        ("(Tove Marsh) tove@lock.media", ["Tove Marsh"]),
        ("tove@lock.media", ["tove@lock.media"]),
        ("<tove@lock.media>", ["tove@lock.media"]),
        ("mailto:tove@lock.media", ["tove@lock.media"]),
        ("tove@lock.media ()", ["tove@lock.media"]),
        ("tove@lock.media (Tove), ole@lock.media (Ole)", ["Tove", "Ole"]),
        ("Tove <tove@lock.media>; Ole <ole@lock.media>", ["Tove", "Ole"]),
        ("tove@lock.media, ole@lock.media", ["tove@lock.media", "ole@lock.media"]),
        ("@tovemarsh", ["@tovemarsh"]),
        ("Tove (@tovemarsh)", ["Tove (@tovemarsh)"]),
        ("Marsh, Tove", ["Marsh, Tove"]),
        ("  ", []),
        ("", []),
    ],
)
def test_a_person_is_called_by_name_and_by_mail_address_only_without_one(written: str, names: list[str]) -> None:
    assert list(people(written)) == names


def test_a_long_string_is_looked_at_in_no_time() -> None:
    assert len(list(people("a@b (" * 50_000))) < 1_000
    assert len(list(people("a" * 100_000 + "@"))) < 1_000
