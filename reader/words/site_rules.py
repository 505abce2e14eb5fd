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


def whose(*, own: bool, replaces: bool) -> str:
    """Where a rule is from."""
    return _("yours, for the shipped one") if replaces else _("yours") if own else _("shipped")


def meant_for(hosts: Sequence[str], marked: bool) -> str:
    """Which pages a rule is for."""
    told = [*hosts[:4], _("{n} more").format(n=len(hosts) - 4)] if len(hosts) > 5 else list(hosts)
    if marked:
        told.append(_("pages with its mark"))
    return ", ".join(told)


def save_as(file: str, rule: str) -> str:
    """What to do with what `site new` printed: `rule` is the name of one that there is."""
    if rule:
        return _(
            "This is the rule {rule}, which holds there now. Save it as {file}, and yours takes its place."
        ).format(rule=rule, file=file)
    return _("Save it as {file}, fill it in, and see: newsstand site test URL").format(file=file)


def not_a_page() -> str:
    return _("this is no HTML page.")


def took_too_long(reason: str) -> str:
    return _("{reason}. A selector may take too long: try the rule without some of them.").format(reason=reason)


def rule_fits(name: str, fits: str, *, own: bool) -> str:
    """The first line of a report."""
    by = {
        "host": _("fits this page by its host."),
        "mark": _("fits this page by its mark."),
        "": _("does not fit this page by host or mark, and was tried all the same."),
    }[fits]
    return _("Rule {name} ({whose}) {by}").format(name=name, whose=whose(own=own, replaces=False), by=by)


def no_rule_fits(name: str) -> str:
    return _("No rule fits {host}: this is the generic way alone.").format(host=name or _("this page"))


def no_address() -> str:
    """Of a saved page that does not say where it stands, and no `--url` does."""
    return _("Where this page stands is not known: say it with --url, for the rule of its site. The generic way alone:")


def found(count: int) -> str:
    return _n("{n} found", "{n} found", count).format(n=count)


def at_line(line: int | None) -> str:
    return _("line {n}").format(n=line) if line else _("rule")


def with_rule() -> str:
    """The label of what an article has by the rule, and where that finds nothing by the generic way."""
    return _("with rule")


def finds_nothing(count: int) -> str:
    return _n("its selector finds nothing", "none of its {n} selectors finds anything", count).format(n=count)


def body_size(letters: int, paragraphs: int) -> str:
    blocks = _n("{n} paragraph", "{n} paragraphs", paragraphs).format(n=paragraphs)
    return _n("{n} character in {blocks}", "{n} characters in {blocks}", letters).format(
        n=f"{letters:,}", blocks=blocks
    )


def pictures(count: int) -> str:
    return _n("{n} picture", "{n} pictures", count).format(n=count)


def stories(count: int) -> str:
    return _n("{n} story", "{n} stories", count).format(n=count)


def summary(verdict: str, parts: Sequence[str]) -> str:
    """Which parts came out how, by the name of a verdict."""
    head = {
        "same": _("The same both ways"),
        "differs": _("Different"),
        "rule": _("By the rule only"),
        "generic": _("By the generic way only"),
        "none": _("By neither"),
    }[verdict]
    return f"{head}: {', '.join(parts)}."


def start_one(name: str, folder: str) -> str:
    host = name or "example.org"
    return _(
        "To begin a rule: newsstand site new {host} > {folder}/{host}.toml; fill it in, and test this page again."
    ).format(host=host, folder=folder)


def mute_body(line: int | None) -> str:
    at = _(" (line {n})").format(n=line) if line else ""
    return _('No selector of body{at} finds text here; the generic way read it: see "there".').format(at=at)


def mute_part(part: str, line: int | None) -> str:
    at = _(" (line {n})").format(n=line) if line else ""
    return _("No selector of {part}{at} finds anything here, and the generic way has it: mend or remove them.").format(
        part=part, at=at
    )


def no_date(line: int | None) -> str:
    at = _(" (line {n})").format(n=line) if line else ""
    return _("What date{at} finds could not be read as a time: say how it is written with date_format.").format(at=at)


def well() -> str:
    return _("The rule finds what it needs here.")


def copy_first(name: str, host: str, folder: str) -> str:
    return _(
        "To change this shipped rule: newsstand site new {host} > {folder}/{name}.toml, and edit that file."
    ).format(host=host, folder=folder, name=name)


def more_paragraphs(count: int) -> str:
    return _n("… and {n} more paragraph", "… and {n} more paragraphs", count).format(n=count)
