"""The catalogue: papers that people know, to choose from. Shipped data; nothing here asks a network or keeps anything.

It is read when it is first asked for, in about a hundredth of a second, and then remembered. Nothing that the first
paint needs imports this module.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any

from reader.config import shipped
from reader.text import fold
from reader.text.urls import host
from reader.words.catalogue import country_name, topic_name

TOPICS = ("general", "world", "business", "technology", "science", "sports", "culture", "local", "opinion", "health")
"""Every topic that a paper can have, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Section:
    """A feed of a paper beside its main one, under the name that the paper gives it."""

    name: str
    feed: str


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `feed` is its main one, the newest or the top of its front page; `short` has at most 10 cells.

    `language` is BCP 47, `country` ISO 3166-1 alpha-2, or "int" where it belongs to none, `brand_colour` one of the
    theme's `BRAND_COLOURS`. `verified` False: nobody is known to have seen its feed answer lately.
    """

    id: str
    name: str
    short: str
    home: str
    language: str
    country: str
    topics: tuple[str, ...]
    brand_colour: str
    feed: str
    sections: tuple[Section, ...] = ()
    verified: bool = True


@cache
def papers() -> tuple[Paper, ...]:
    """Return the catalogue, in the order of its file: Vietnam first, then the world by language."""
    listed = tomllib.loads((shipped() / "sources.toml").read_text(encoding="utf-8"))["paper"]
    return tuple(_paper(entry) for entry in listed)


def _paper(entry: dict[str, Any]) -> Paper:
    sections = tuple(Section(section["name"], section["feed"]) for section in entry.pop("sections", ()))
    colour = entry.pop("press")  # as the file calls it
    return Paper(**{**entry, "topics": tuple(entry["topics"])}, brand_colour=colour, sections=sections)


def search(papers: Iterable[Paper], word: str) -> list[Paper]:
    """Return the papers in which every part of `word` stands: those whose name it begins first, else in their order.

    Looked at are name, short name, id, host, sections, language, country and topics; accents and case do not matter,
    and `đ` is `d`. An empty word fits every paper.
    """
    wanted = fold(word).split()
    if not wanted:
        return list(papers)
    found = [paper for paper in papers if _fits(paper, wanted)]
    phrase = " ".join(wanted)
    return sorted(found, key=lambda paper: _rank(paper, phrase))


def _fits(paper: Paper, wanted: list[str]) -> bool:
    text = _searched(paper)
    return all(part in text for part in wanted)


def _rank(paper: Paper, phrase: str) -> int:
    """0 where the name is it, 1 where it begins a name, 2 where a word of the name begins with it, 3 elsewhere."""
    names = [fold(name) for name in (paper.name, paper.short, paper.id)]
    if phrase in names:
        return 0
    if any(name.startswith(phrase) for name in names):
        return 1
    return 2 if any(f" {phrase}" in name for name in names) else 3


@cache
def _searched(paper: Paper) -> str:
    topics = (name for topic in paper.topics for name in (topic, topic_name(topic)))
    return fold(
        "\n".join(
            (
                paper.name,
                paper.short,
                paper.id,
                host(paper.home),
                *(section.name for section in paper.sections),
                paper.language,
                language_name(paper.language),
                country_name(paper.country),
                *topics,
            )
        )
    )


_LANGUAGES = {
    "ar": "العربية",
    "de": "Deutsch",
    "en": "English",
    "es": "Español",
    "fr": "Français",
    "it": "Italiano",
    "ja": "日本語",
    "ko": "한국어",
    "pt": "Português",
    "ru": "Русский",
    "vi": "Tiếng Việt",
    "zh": "中文",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
}


def language_name(code: str) -> str:
    """Return a language as those who speak it call it: `Tiếng Việt`, `Français`; the code itself where not known.

    `zh-Hant-TW` is looked for as `zh-Hant`, then as `zh`.
    """
    part = code
    while part:
        if part in _LANGUAGES:
            return _LANGUAGES[part]
        part = part.rpartition("-")[0]
    return code


def section_id(section: Section) -> str:
    """Return a section's name as it is typed behind a paper's id: `thoi-su`."""
    return "-".join(re.findall(r"\w+", fold(section.name)))
