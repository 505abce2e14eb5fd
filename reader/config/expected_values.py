"""What a setting may be, as the facts of the sentence that says so. Imported only where a value is wrong."""

from dataclasses import dataclass
from typing import Annotated, Literal, get_args, get_origin, get_type_hints

import msgspec


@dataclass(frozen=True, slots=True)
class ExpectedValue:
    """What fits: one of `choices`, or true or false (`switch`), or a number of `unit` from `least` to `most`; without
    those, text of that `unit`.

    `many`: the choices are too many for a sentence. `unit` is a name that `reader.words.settings` knows.
    """

    choices: tuple[object, ...] = ()
    many: bool = False
    switch: bool = False
    unit: str = ""
    least: float | None = None
    most: float | None = None


def expected_value(section: type[msgspec.Struct], key: str) -> ExpectedValue:
    """Return what the setting `key` of a section may be, from its type."""
    kind, meta = get_type_hints(section, include_extras=True)[key], msgspec.Meta()
    if get_origin(kind) is Annotated:
        kind, meta = get_args(kind)
    description = meta.description or ""
    if get_origin(kind) is Literal:
        return ExpectedValue(choices=get_args(kind), many=description == "themes")
    if kind is bool:
        return ExpectedValue(switch=True)
    if kind is str:
        return ExpectedValue(unit=description)
    return ExpectedValue(unit=description, least=meta.ge, most=meta.le)
