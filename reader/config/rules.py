"""Site rules as files: a person's own beside their settings file, then the shipped ones; each checked before use.

A file with anything wrong in it is not used at all, and errors are reported as for settings: `Fault`s, values, with
file, line and key. What a rule then selects on a page is `reader.extract.rules.sites`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, timedelta, timezone, tzinfo
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from reader.config import toml
from reader.config.paths import RULES, shipped, site_rule_files
from reader.config.values import Fault, RuleFile
from reader.words import site_rules as site_rules_words

LARGEST = 64_000
"""A larger file is no site rule, in bytes; it is not read. The largest shipped one has 3,000."""

MOST_FILES = 200
MOST_VALUES = 60
"""Of one key."""
MOST_FAULTS = 20
"""Told of one file."""

SELECTS = (
    "marks",
    "title",
    "kicker",
    "section",
    "lede",
    "body",
    "drop",
    "figure",
    "caption",
    "credit",
    "related",
    "more",
    "next",
    "authors",
    "signature",
    "date",
    "tags",
)
"""Keys whose value is a list of CSS selectors."""

KEYS = ("hosts", "zone", "date_format", *SELECTS)

DATE_PARTS: Mapping[str, str] = {
    "d": r"(?P<day>\d{1,2})",
    "m": r"(?P<month>\d{1,2})",
    "b": r"(?P<month_name>[^\W\d_]{3,13})\.?",
    "y": r"(?P<short_year>\d{2})",
    "Y": r"(?P<year>\d{4})",
    "H": r"(?P<hour>\d{1,2})",
    "I": r"(?P<hour>\d{1,2})",
    "M": r"(?P<minute>\d{2})",
    "S": r"(?P<second>\d{2})",
    "p": r"(?P<noon>[ap]\.?m\.?|sa|ch)",
    "z": r"(?:gmt|utc)?\s?(?P<zone>z|[+-]\d{1,2}(?::?\d{2})?)",
    "a": r"(?:thu\s(?:\d|[^\W\d_]{2,5})|chu\snhat|t\d|cn|[^\W\d_]{2,12}\.?)",
}
"""What each part of a date format stands for, in text without case and accents. %B and %A are as %b and %a."""

_LONGEST_FORMAT = 60
_ZONE = re.compile(r"([+-])(\d\d):?([0-5]\d)\Z")
_HOST = re.compile(r"[^\W_][\w.-]*(?::\d{1,5})?\Z")


class RuleValues(NamedTuple):
    """What stands in a sound rule: `selectors` by key, in their order."""

    hosts: tuple[str, ...] = ()
    zone: tzinfo | None = None
    date_format: tuple[str, ...] = ()
    selectors: Mapping[str, tuple[str, ...]] = {}


@cache
def shipped_rules() -> tuple[RuleFile, ...]:
    """Return the rules that come with Newsstand, by name; read once."""
    return tuple(RuleFile(name, str(shipped() / RULES / f"{name}.toml"), data) for name, data in site_rule_files())


def in_order(own: tuple[RuleFile, ...]) -> tuple[RuleFile, ...]:
    """Return all rules in the order in which they are asked: a person's own, then what of the shipped they leave."""
    names = {rule.name for rule in own}
    return (*own, *(rule for rule in shipped_rules() if rule.name not in names))


def own_rules(folder: Path) -> tuple[tuple[RuleFile, ...], tuple[Fault, ...]]:
    """Return the sound rules of a folder, by name, and what is wrong with the others. Never raises.

    That there is no such folder is no fault. What is no regular file (a folder, a pipe) is never opened for reading.
    """
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".toml" and path.name[:1] != ".")
    except FileNotFoundError:
        return (), ()
    except NotADirectoryError:
        return (), (
            Fault(folder, None, "", site_rules_words.no_folder()),
        ) if folder.is_symlink() or folder.is_file() else ()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        return (), (Fault(folder, None, "", site_rules_words.unreadable(_reason(error))),)
    sound: list[RuleFile] = []
    faults: list[Fault] = []
    if len(files) > MOST_FILES:
        faults.append(Fault(folder, None, "", site_rules_words.too_many_files(MOST_FILES)))
    for file in files[:MOST_FILES]:
        rule, wrong = own_rule(file)
        faults += wrong
        sound += [rule] if rule else []
    return tuple(sound), tuple(faults)


def own_rule(file: Path) -> tuple[RuleFile | None, tuple[Fault, ...]]:
    """Return the rule in one file, and what is wrong with it: one of them is None or empty. Never raises."""
    data = _read(file)
    if isinstance(data, Fault):
        return None, (data,)
    _, faults = parse_rule_file(file, data)
    return (None, faults) if faults else (RuleFile(file.stem, str(file), data, own=True), ())


def _read(file: Path) -> bytes | Fault:
    import os
    import stat

    try:
        number = os.open(file, os.O_RDONLY | os.O_NONBLOCK)  # a pipe that nobody writes to would never open
        with os.fdopen(number, "rb") as stream:  # raises IsADirectoryError for a folder, and closes it
            if not stat.S_ISREG(os.fstat(number).st_mode):
                return Fault(file, None, "", site_rules_words.no_file())
            data = stream.read(LARGEST + 1)
    except IsADirectoryError:
        return Fault(file, None, "", site_rules_words.no_file())
    except (OSError, ValueError) as error:
        return Fault(file, None, "", site_rules_words.unreadable(_reason(error)))
    return Fault(file, None, "", site_rules_words.too_large(LARGEST // 1000)) if len(data) > LARGEST else data


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def parse_rule_file(file: Path, data: bytes) -> tuple[RuleValues, tuple[Fault, ...]]:
    """Return what stands in a rule, and every fault in it, in the order of the file. Never raises.

    Where there is a fault, the values are not to be used.
    """
    check = _RuleParser(file)
    values = check.values(check.table(data))
    return values, tuple(sorted(check.faults, key=lambda fault: fault.line or 0))[:MOST_FAULTS]


@dataclass(slots=True)
class _RuleParser:
    """Reads one file and gathers what is wrong in it. Lines are looked for only where something is."""

    file: Path
    text: str = ""
    faults: list[Fault] = field(default_factory=list)
    _lines: dict[tuple[str, ...], int] | None = None

    def fault(self, key: str, message: str, *, item: int | None = None, line: int | None = None) -> None:
        """Note what is wrong with a key, with one item of its list, or with a line."""
        if len(self.faults) >= MOST_FAULTS:
            return
        if key:
            if self._lines is None:
                from reader.config.lines import lines_of

                self._lines = lines_of(self.text)
            line = self._lines.get((key,))
            if line and item is not None:
                line = line_of_item(self.text, line, key, item)
        self.faults.append(Fault(self.file, line, key, message))

    def table(self, data: bytes) -> dict[str, Any] | None:
        """Return what stands in the file; None where it is no TOML, which is a fault."""
        try:
            self.text = data.decode("utf-8-sig")
            return toml.loads(self.text)
        except UnicodeDecodeError as error:
            self.fault("", site_rules_words.not_utf8(), line=data.count(b"\n", 0, error.start) + 1)
        except RecursionError:
            self.fault("", site_rules_words.too_deep())
        except ValueError as error:  # TOMLDecodeError is one; so is a number of 5,000 digits
            from reader.config.syntax import where_and_why

            line, column, why = where_and_why(str(error), self.text)
            self.fault("", site_rules_words.no_toml(why, column), line=line)
        return None

    def values(self, table: dict[str, Any] | None) -> RuleValues:
        """Check every key."""
        if table is None:
            return RuleValues()
        hosts: tuple[str, ...] = ()
        zone: tzinfo | None = None
        formats: tuple[str, ...] = ()
        selectors: dict[str, tuple[str, ...]] = {}
        for key, value in table.items():
            if key == "zone":
                zone = self.zone(value)
            elif key == "hosts":
                hosts = tuple(self.host(n, name) for n, name in enumerate(self.strings(key, value)))
            elif key == "date_format":
                formats = tuple(self.date_format(n, text) for n, text in enumerate(self.strings(key, value)))
            elif key in SELECTS:
                selectors[key] = tuple(self.selector(key, n, css) for n, css in enumerate(self.strings(key, value)))
            else:
                self.unknown(key)
        if not self.faults and not hosts and not selectors.get("marks"):
            self.fault("", site_rules_words.fits_nothing())
        return RuleValues(hosts, zone, formats, selectors)

    def unknown(self, key: str) -> None:
        from reader.commands.keymap import closest

        self.fault(key, site_rules_words.unknown_key(key, closest(key, KEYS)))

    def strings(self, key: str, value: object) -> list[str]:
        """Return a list of strings, or nothing where it is none, which is a fault."""
        if not isinstance(value, list):
            self.fault(key, site_rules_words.no_list(key, value))
            return []
        wrong = [number for number, item in enumerate(value) if not isinstance(item, str)]
        if wrong:
            self.fault(key, site_rules_words.no_string(key, wrong[0] + 1, value[wrong[0]]), item=wrong[0])
            return []
        if len(value) > MOST_VALUES:
            self.fault(key, site_rules_words.too_many(key, MOST_VALUES), item=MOST_VALUES)
            return []
        return value

    def host(self, number: int, name: str) -> str:
        if not _HOST.match(name) or ".." in name:
            self.fault("hosts", site_rules_words.bad_host(number + 1, name), item=number)
        return name.casefold().removeprefix("www.").rstrip(".")

    def selector(self, key: str, number: int, css: str) -> str:
        from reader.config.selectors import BadSelector, to_xpath

        try:
            to_xpath(css)
        except BadSelector as error:
            self.fault(key, site_rules_words.bad_selector(key, number + 1, css, str(error)), item=number)
        return css

    def zone(self, value: object) -> tzinfo | None:
        if value == "UTC":
            return UTC
        found = _ZONE.match(value) if isinstance(value, str) else None
        if found is None or int(found[2]) > 14:
            self.fault("zone", site_rules_words.bad_zone(value))
            return None
        offset = timedelta(hours=int(found[2]), minutes=int(found[3]))
        return timezone(-offset if found[1] == "-" else offset)

    def date_format(self, number: int, text: str) -> str:
        parts = [part.lower() if part in "BA" else part for part in date_parts(text)]
        unknown = next((part for part in parts if part not in DATE_PARTS and part != "%"), None)
        if unknown is not None:
            self.fault(
                "date_format", site_rules_words.unknown_part(number + 1, text, unknown, list(DATE_PARTS)), item=number
            )
        elif not ({"d"} <= {*parts} and {"m", "b"} & {*parts} and {"y", "Y"} & {*parts}):
            self.fault("date_format", site_rules_words.no_day(number + 1, text), item=number)
        elif len(parts) != len({*parts}) or {"H", "I"} <= {*parts} or len(text) > _LONGEST_FORMAT:
            self.fault("date_format", site_rules_words.twice_in_format(number + 1, text), item=number)
        return text


def date_parts(text: str) -> Iterator[str]:
    """Yield the letter behind each % of a date format; "" for a % at its end."""
    return (found[1] for found in re.finditer(r"%(.|\Z)", text, re.S))


def line_of_item(text: str, line: int, key: str, item: int) -> int:
    """Return the line on which an item of the list at `key`, whose statement begins on `line`, ends; else `line`."""
    from reader.config.lines import WORK

    statement, work = "", WORK
    for number, following in enumerate(text.replace("\r\n", "\n").split("\n")[line - 1 :], line):
        statement += following + "\n"
        work -= len(statement)
        if work < 0:
            break
        for whole in (statement, statement + "]"):
            try:
                read = toml.loads(whole)
            except (ValueError, RecursionError):
                continue
            value = read.get(key)
            if not isinstance(value, list):
                return line
            if len(value) > item:
                return number
            if whole is statement:
                return line
            break
    return line
