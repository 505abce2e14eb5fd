"""What is wrong with a site rule, in sentences: each says what stands there, what would be right, and what to do.

`reader.config.rules` calls these by name, with facts only.
"""

from collections.abc import Sequence

from reader.words.catalogue import _, _n
from reader.words.settings import listed, name_shown, shown, why_no_toml


def no_folder() -> str:
    return _("this is a file; site rules are files in a folder of this name.")


def no_file() -> str:
    return _("this is no file: a site rule is a text file. Move it elsewhere, or give it another ending than .toml.")


def unreadable(reason: str) -> str:
    return _("this cannot be read ({reason}), so it is not used.").format(reason=reason)


def too_large(kilobytes: int) -> str:
    return _("this file is larger than {n} kB, so it is no site rule; it was not read.").format(n=kilobytes)


def too_many_files(most: int) -> str:
    return _("more than {n} rules are here; only the first {n} by name are used.").format(n=most)


def not_utf8() -> str:
    return _("this is not UTF-8 text: save the file as UTF-8. Until then this rule is not used.")


def too_deep() -> str:
    return _("too many brackets stand in each other here; this rule is not used.")


def no_toml(why: str, column: int | None) -> str:
    at = _("at column {n}, ").format(n=column) if column else ""
    return _("{at}{reason}. Until that is mended this rule is not used.").format(at=at, reason=why_no_toml(why))


def fits_nothing() -> str:
    return _('no page is meant by this rule: add hosts = ["example.org"], or marks, a selector only its pages answer.')


def unknown_key(key: str, meant: str) -> str:
    if meant:
        return _("{key}: no such key in a site rule; did you mean {meant}?").format(key=name_shown(key), meant=meant)
    return _("{key}: no such key in a site rule; newsstand site new shows them all.").format(key=name_shown(key))


def no_list(key: str, value: object) -> str:
    example = {"hosts": '["example.org"]', "date_format": '["%d/%m/%Y %H:%M"]'}.get(key, '["h1.title"]')
    return _("{key} is {value}; it must be a list of strings: {key} = {example}").format(
        key=key, value=shown(value), example=example
    )


def no_string(key: str, number: int, value: object) -> str:
    return _("{key}, item {n}, is {value}; it must be text in quotes.").format(key=key, n=number, value=shown(value))


def too_many(key: str, most: int) -> str:
    return _("{key} has more than {n} items; take some out.").format(key=key, n=most)


def bad_host(number: int, name: str) -> str:
    return _("hosts, item {n}, {name}: write the host alone, such as example.org.").format(n=number, name=shown(name))


def bad_selector(key: str, number: int, css: str, reason: str) -> str:
    return _("{key}, item {n}, {css}: this is no CSS that can be used ({reason}). Mend it or take it out.").format(
        key=key, n=number, css=shown(css), reason=reason
    )


def bad_zone(value: object) -> str:
    return _('zone is {value}; it must be "UTC" or an offset like "+07:00".').format(value=shown(value))


def unknown_part(number: int, text: str, part: str, known: Sequence[str]) -> str:
    return _("date_format, item {n}, {text}: {part} is no part of a date; there are {known}.").format(
        n=number, text=shown(text), part=shown(f"%{part}"), known=listed([f"%{one}" for one in known])
    )


def no_day(number: int, text: str) -> str:
    return _("date_format, item {n}, {text}: day (%d), month (%m or %b) and year (%Y or %y) must be in it.").format(
        n=number, text=shown(text)
    )


def twice_in_format(number: int, text: str) -> str:
    return _("date_format, item {n}, {text}: each part may stand in it once, %H or %I, in 60 characters.").format(
        n=number, text=shown(text)
    )


def rules_well(count: int) -> str:
    return _n("{n} site rule of yours, all well.", "{n} site rules of yours, all well.", count).format(n=count)
