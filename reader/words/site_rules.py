"""What is wrong with a site rule, and what it finds: each sentence says what is there, what would be right, what to do.

`reader.config.rules` calls these by name, with facts only.
"""

from collections.abc import Sequence

from reader.words.settings import listed, name_shown, shown, why_no_toml
from reader.words.translation import _, _n


def no_folder() -> str:
    return _("this is a file; site rules are files in a folder of this name.")


def no_file() -> str:
    return _("this is not a file: a site rule is a text file. Move it elsewhere, or give it another ending than .toml.")


def unreadable(reason: str) -> str:
    return _("this cannot be read ({reason}), so it is not used.").format(reason=reason)


def too_large(kilobytes: int) -> str:
    return _("this file is larger than {n} kB, so it is not a site rule; it was not read.").format(n=kilobytes)


def too_many_files(most: int) -> str:
    return _("there are more than {n} rules here; only the first {n} by name are used.").format(n=most)


def not_utf8() -> str:
    return _("this is not UTF-8 text: save the file as UTF-8. Until then this rule is not used.")


def too_deep() -> str:
    return _("brackets are nested too deeply here, or a key has too many names; this rule is not used.")


def no_toml(why: str, column: int | None) -> str:
    at = _("at column {n}, ").format(n=column) if column else ""
    return _("{at}{reason}. Until that is fixed this rule is not used.").format(at=at, reason=why_no_toml(why))


def fits_nothing() -> str:
    return _('no page is meant by this rule: add hosts = ["example.org"], or marks, a selector for its pages alone.')


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
    return _("{key} has more than {n} items; remove some.").format(key=key, n=most)


def bad_host(number: int, name: str) -> str:
    return _("hosts, item {n}, {name}: write the host alone, such as example.org.").format(n=number, name=shown(name))


def bad_selector(key: str, number: int, css: str, reason: str) -> str:
    return _("{key}, item {n}, {css}: this CSS cannot be used ({reason}). Correct it or remove it.").format(
        key=key, n=number, css=shown(css), reason=reason
    )


def bad_zone(value: object) -> str:
    return _('zone is {value}; it must be "UTC" or an offset like "+07:00".').format(value=shown(value))


def unknown_part(number: int, text: str, part: str, known: Sequence[str]) -> str:
    return _("date_format, item {n}, {text}: {part} is not a part of a date; there are {known}.").format(
        n=number, text=shown(text), part=shown(f"%{part}"), known=listed([f"%{one}" for one in known])
    )


def no_day(number: int, text: str) -> str:
    return _("date_format, item {n}, {text}: day (%d), month (%m or %b) and year (%Y or %y) must be in it.").format(
        n=number, text=shown(text)
    )


def twice_in_format(number: int, text: str) -> str:
    return _("date_format, item {n}, {text}: each part may be in it once, %H or %I, in 60 characters.").format(
        n=number, text=shown(text)
    )


def rules_valid(count: int) -> str:
    return _n("{n} site rule of yours, no errors.", "{n} site rules of yours, no errors.", count).format(n=count)


def whose(*, own: bool, replaces: bool) -> str:
    """Where a rule is from."""
    return _("yours, instead of the shipped one") if replaces else _("yours") if own else _("shipped")


def meant_for(hosts: Sequence[str], marked: bool) -> str:
    """Which pages a rule is for."""
    parts = [*hosts[:4], _("{n} more").format(n=len(hosts) - 4)] if len(hosts) > 5 else list(hosts)
    if marked:
        parts.append(_("pages with its mark"))
    return ", ".join(parts)


def save_as(file: str, rule: str) -> str:
    """What to do with what `site new` printed: `rule` is the name of one that there is."""
    if rule:
        return _("This is the rule {rule}, which is used there now. Save it as {file} to use yours instead.").format(
            rule=rule, file=file
        )
    return _("Save it as {file}, fill it in, and see: newsstand site test URL").format(file=file)


def not_a_page() -> str:
    return _("this is not an HTML page.")


def took_too_long(reason: str) -> str:
    return _("{reason}. A selector may take too long: try the rule without some of them.").format(reason=reason)


def rule_fits(name: str, fits: str, *, own: bool) -> str:
    """The first line of a report."""
    by = {
        "host": _("matches this page by its host."),
        "mark": _("matches this page by its mark."),
        "": _("does not match this page by host or mark, and was tried anyway."),
    }[fits]
    return _("Rule {name} ({whose}) {by}").format(name=name, whose=whose(own=own, replaces=False), by=by)


def no_rule_fits(name: str) -> str:
    return _("No rule matches {host}: this is the generic way alone.").format(host=name or _("this page"))


def no_address() -> str:
    """Of a saved page that does not say where it stands, and no `--url` does."""
    return _(
        "The address of this page is not known: give it with --url, for the rule of its site. The generic way alone:"
    )


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
        "To start a rule: newsstand site new {host} > {folder}/{host}.toml; fill it in, and test this page again."
    ).format(host=host, folder=folder)


def body_finds_nothing(line: int | None) -> str:
    at = _(" (line {n})").format(n=line) if line else ""
    return _('No selector of body{at} finds text here; the generic way read it: see "there".').format(at=at)


def part_finds_nothing(part: str, line: int | None) -> str:
    at = _(" (line {n})").format(n=line) if line else ""
    return _(
        "No selector of {part}{at} finds anything here, and the generic way has it: correct or remove them."
    ).format(part=part, at=at)


def no_date(line: int | None) -> str:
    at = _(" (line {n})").format(n=line) if line else ""
    return _("What date{at} finds could not be read as a time: say how it is written with date_format.").format(at=at)


def rule_works() -> str:
    return _("The rule finds what it needs here.")


def copy_first(name: str, host: str, folder: str) -> str:
    return _(
        "To change this shipped rule: newsstand site new {host} > {folder}/{name}.toml, and edit that file."
    ).format(host=host, folder=folder, name=name)


def more_paragraphs(count: int) -> str:
    return _n("… and {n} more paragraph", "… and {n} more paragraphs", count).format(n=count)


def host_wanted(what: str) -> str:
    """`site new` with something that is not a host."""
    return _("site new {what}: give a host, such as example.org.").format(what=what)


def bad_css(why: str, most: int) -> str:
    """Why a selector is refused, by the name of the reason; it stands in brackets in `bad_selector`."""
    reasons = {
        "empty": _("it is empty"),
        "long": _("it is longer than {most} characters"),
        "control": _("there are control codes in it"),
        "broken": _("it cannot be understood"),
        "element namespace": _("elements of a page have no namespace: leave out what comes before the |"),
        "attribute namespace": _("attributes of a page have no namespace: leave out what comes before the |"),
        "relations": _("it relates more than {most} elements to each other"),
        "has": _(":has() may be in it once"),
    }
    return reasons[why].format(most=most)


def why_no_css(why: str, expected: str, *, at: int, got: str, parser: str) -> str:
    """What is wrong in a selector, with the words of the parser after it. `expected`: what cssselect calls it."""
    names = {
        "ident": _("a name"),
        "ident or '*'": _("a name or *"),
        "selector": _("an element, a class or an id"),
        "operator": _("= or ]"),
        "an argument": _("what belongs in the brackets"),
    }
    reasons = {
        "ends": _("it ends where {expected} is expected"),
        "other": _("at character {at}, there is {got} where {expected} is expected"),
        "quote": _("the quotation mark at character {at} has no second one"),
        "series": _("its brackets need a number, odd, even, or one like 2n+1"),
    }
    reason = reasons[why].format(expected=names.get(expected) or expected.strip("'"), at=at, got=got)
    return _("{reason}; the parser says: {parser}").format(reason=reason, parser=parser)


def report_label(what: str) -> str:
    """What a line of a report says, in one word: it stands before the line."""
    labels = {
        "generic": _("generic"),  # what is found without a rule
        "there": _("  there"),  # where on the page it is
        "nothing": _("nothing"),  # selectors that find nothing
        "unused": _("unused"),  # selectors that were not needed
        "first": _("  first"),
        "last": _("  last"),
    }
    return labels[what]


def template(host: str) -> str:
    """A rule to begin with, for a host: every key, explained."""
    return _(
        """\
# {host}: say here what the generic way cannot know about it.
# Values are CSS selectors, the best first. Take the # from a line that you fill in; what is left out, the generic way
# finds. Try it: newsstand site test URL --rule THIS-FILE
hosts = ["{host}"]
# marks = [".cms-name"]             # or: a sign on the page, for a publishing system with many hosts
# zone = "+07:00"                   # of times printed without one
# date_format = ["%H:%M %d/%m/%Y"]  # %d %m %b %y %Y, %H %I %M %S %p, %z, %a for a weekday

# title = ["h1.title"]
# kicker = [".kicker"]              # the line above the headline
# section = [".breadcrumb a"]
# lede = [".standfirst"]            # an attribute is read too: meta[name=description]
# authors = [".author"]
# signature = ["p.sign"]            # a name under the text, where authors finds none
# date = ["time[datetime]"]
# tags = [".tags a"]

# body = [".article-body"]          # the element that holds all paragraphs
# drop = [".ad"]                    # what is in it and does not belong to the story
# figure = [".picture"]             # a picture with its caption
# caption = [".picture .text"]
# credit = [".picture .by"]
# related = [".related"]            # blocks of other stories; never body
# more = [".read-more"]
# next = ["a.next-page"]            # the link to the next page of a long story
"""
    ).format(host=host)
