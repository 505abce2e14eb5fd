"""The real program in a home of its own, with a small library in it: run by a test as a script or a person runs it."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from coverage import Coverage

from reader.models import Article, Entry, Link, LinkKind
from reader.store import FeedChanges, Library
from tests import ROOT, add_source

HARBOUR, HILL = "https://harbour.example", "https://hill.example"
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
"""When the newest story of the library was printed."""


class CommandLine:
    """The program, and the home and library that it works on."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.file = home / "data/newsstand/library.db"
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.lower().endswith("_proxy") and name not in ("NO_COLOR", "PAGER", "NEWSSTAND_PAGER", "COLORFGBG")
        } | {
            "HOME": str(home),
            "XDG_DATA_HOME": str(home / "data"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_STATE_HOME": str(home / "state"),
            "TZ": "UTC",
            "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT),
        }
        if Coverage.current() is not None:  # then the program is traced as the tests are
            self.environment["COVERAGE_PROCESS_START"] = str(ROOT / "pyproject.toml")
            self.environment["COVERAGE_FILE"] = os.environ.get("COVERAGE_FILE", str(ROOT / ".coverage"))
        self.program = (sys.executable, "-m", "reader")

    def run(
        self, *arguments: str, text: str | None = None, more: Mapping[str, str] | None = None
    ) -> "subprocess.CompletedProcess[str]":
        """Run it with no terminal."""
        return subprocess.run(
            [*self.program, *arguments],
            env=self.environment | dict(more or {}),
            input=text,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            cwd=self.home,
            check=False,
        )

    def shell(self, line: str, more: Mapping[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
        """Run a line of bash, in which `newsstand` is the program."""
        script = self.home / "bin" / "newsstand"
        if not script.exists():
            script.parent.mkdir()
            script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reader "$@"\n', encoding="utf-8")
            script.chmod(0o755)
        path = {"PATH": f"{script.parent}:{os.environ['PATH']}"}
        return subprocess.run(
            ["bash", "-c", line],
            env=self.environment | path | dict(more or {}),
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            cwd=self.home,
            check=False,
        )

    def titles(self, *options: str) -> list[str]:
        """The headlines that `list` prints, with these options."""
        return [line["title"] for line in lines(self.run("list", "--json", *options))]

    def library(self) -> Library:
        return Library.open(self.file)

    def fill(self) -> dict[str, int]:
        """Two papers in two folders, five headlines a day apart: one read, one starred, one saved, one kept."""
        with self.library() as library:
            harbour = add_source(library, f"{HARBOUR}/rss", "The Harbour", home=HARBOUR, folder="World/Asia")
            hill = add_source(library, f"{HILL}/rss", "Le Canal d'en haut", home=HILL, folder="World")
            for source, host, names in (
                (harbour, HARBOUR, ("Ferry", "Bread", "Gulls")),
                (hill, HILL, ("Snow", "Æther")),
            ):
                first = 20 if source is harbour else 17
                entries = tuple(entry(host, name, first - n) for n, name in enumerate(names))
                library.keep_feed(source.id, FeedChanges(new=entries), now=NOON.timestamp())
            pages = {row.title: row.page for row in library.entries()}
            library.mark_read([pages["Gulls"]])
            library.star([pages["Bread"]])
            library.save([pages["Snow"]])
            library.keep_article(pages["Ferry"], article(f"{HARBOUR}/Ferry", "Ferry"))
        return pages


def entry(host: str, name: str, day: int, title: str | None = None) -> Entry:
    link = f"{host}/{name}"
    return Entry(
        guid=link, link=link, title=title or name, summary=f"All about {name}.", published=NOON.replace(day=day)
    )


def article(url: str, title: str, *, canonical: str | None = None, paragraphs: int = 3) -> Article:
    """A story with a heading, a link in its text and a related one."""
    body = "\n\n".join(f"On day {n} **the harbour master** wrote it all down in his book." for n in range(paragraphs))
    return Article(
        url=url,
        canonical_url=canonical or url,
        site="harbour.example",
        title=title,
        authors=("Ann Gull",),
        lede="It is back.",
        markdown=f"## At sea\n\n{body}",
        links=(Link(LinkKind.RELATED, "The pier", f"{HARBOUR}/pier"), Link(LinkKind.INLINE, "", f"{HARBOUR}/book")),
        words=40,
        minutes=1,
        how="generic",
    )


def lines(done: "subprocess.CompletedProcess[str]") -> list[Any]:
    """Return the JSON lines of standard output."""
    return [json.loads(line) for line in done.stdout.splitlines()]
