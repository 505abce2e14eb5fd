"""The story files of the demo: a head of `key: value` lines, a blank line, then blocks set apart by blank lines.

Blocks: plain paragraphs; `## ` and `### ` headings; `!scene seed | caption | credit` pictures; `> ` quotes, with the
speaker on a last line `> — name`; `- ` and `1. ` lists; `|` tables, the first row being the head; fenced code; `: `
boxes; `[^1]: ` footnotes; `{related}` where the related block stands; `{page}` where another page begins. In text:
`*emphasis*`, `**strong**`, code in backquotes, `[words](slug)` for a link to a story of the demo, `[^1]` for a
footnote.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

FOLDER = Path(__file__).parent / "papers"


@dataclass(frozen=True, slots=True)
class StoryBlock:
    """One block of a story. `lines` by kind: the text; (picture, caption, credit); paragraphs; items; rows; code.

    `extra` is a quote's speaker, a code block's language, a footnote's mark, or a box's heading.
    """

    kind: str
    lines: tuple[str, ...]
    extra: str = ""


@dataclass(frozen=True, slots=True)
class DemoStory:
    """A story as its file gives it. `minutes` and `updated` count back from the start of the demo.

    Negative minutes: it comes out while the demo runs. `listed` is whether its own paper's feed names it; `also` are
    other papers whose feeds do. `page` of `pages` is which of its pages these blocks are (see `in_pages`).
    """

    paper: str
    slug: str
    title: str
    section: str
    lede: str
    minutes: int
    blocks: tuple[StoryBlock, ...]
    kicker: str = ""
    authors: tuple[str, ...] = ()
    updated: int | None = None
    listed: bool = True
    also: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    page: int = 1
    pages: int = 1

    @property
    def number(self) -> int:
        """The number a paper's system gives the story in its address: six digits, always the same."""
        return zlib.crc32(self.slug.encode()) % 900_000 + 100_000

    @property
    def pictures(self) -> tuple[StoryBlock, ...]:
        """The pictures in the body, in order."""
        return tuple(block for block in self.blocks if block.kind == "figure")


def in_pages(story: DemoStory) -> list[DemoStory]:
    """A story as its paper prints it: each of its pages, with the blocks that stand on it."""
    parts: list[list[StoryBlock]] = [[]]
    for block in story.blocks:
        if block.kind == "page":
            parts.append([])
        else:
            parts[-1].append(block)
    return [replace(story, blocks=tuple(part), page=number, pages=len(parts)) for number, part in enumerate(parts, 1)]


def load_all() -> dict[str, DemoStory]:
    """Every story of the demo by its slug, which no two papers share."""
    stories: dict[str, DemoStory] = {}
    for file in sorted(FOLDER.glob("*/stories/*.txt")):
        if file.stem in stories:
            raise ValueError(f"two stories are called {file.stem}")
        stories[file.stem] = parse(file.read_text(encoding="utf-8"), file.parents[1].name, file.stem)
    return stories


def parse(text: str, paper: str, slug: str) -> DemoStory:
    """One story from its file's text. A missing head line raises KeyError, an unknown one ValueError."""
    head, _, body = text.partition("\n\n")
    fields = dict(line.split(": ", 1) for line in head.splitlines())
    story = DemoStory(
        paper=paper,
        slug=slug,
        title=fields.pop("title"),
        section=fields.pop("section"),
        lede=fields.pop("lede"),
        minutes=int(fields.pop("minutes")),
        blocks=tuple(_blocks(body)),
        kicker=fields.pop("kicker", ""),
        authors=_names(fields.pop("authors", "")),
        updated=int(fields.pop("updated")) if "updated" in fields else None,
        listed=fields.pop("listed", "yes") == "yes",
        also=_names(fields.pop("also", "")),
        tags=_names(fields.pop("tags", "")),
        related=_names(fields.pop("related", "")),
    )
    if fields:
        raise ValueError(f"{slug}: unknown head lines {sorted(fields)}")
    return story


def plain(text: str) -> str:
    """A block's text without its marks: what a reader sees."""
    text = re.sub(r"\[\^[^\]]+\]", "", text)
    text = re.sub(r"\[([^\]]+)\]\([a-z0-9-]+\)", r"\1", text)
    return re.sub(r"\*\*(.+?)\*\*|\*(\S.*?)\*|`(.+?)`", lambda m: m[1] or m[2] or m[3], text)


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.split(",") if name.strip())


def _blocks(body: str) -> Iterator[StoryBlock]:
    for chunk in re.findall(r"```.*?\n```|(?:[^\n]+\n?)+", body, re.DOTALL):
        yield _block(chunk.strip("\n"))


def _block(chunk: str) -> StoryBlock:
    lines = chunk.split("\n")
    first = lines[0]
    if first.startswith("```"):
        return StoryBlock("code", ("\n".join(lines[1:-1]),), first[3:])
    if first in ("{related}", "{page}"):
        return StoryBlock(first[1:-1], ())
    if first.startswith(("## ", "### ")):
        mark, _, text = first.partition(" ")
        return StoryBlock(f"h{len(mark)}", (text,))
    if first.startswith("!"):
        return StoryBlock("figure", tuple(part.strip() for part in (first[1:] + " | | ").split("|")[:3]))
    if first.startswith("> "):
        said = [line[2:] for line in lines]
        speaker = said.pop().removeprefix("— ") if said[-1].startswith("— ") else ""
        return StoryBlock("quote", tuple(said), speaker)
    if first.startswith(": "):
        return StoryBlock("box", tuple(line[2:] for line in lines[1:]), first[2:])
    if first.startswith("- "):
        return StoryBlock("ul", tuple(line[2:] for line in lines))
    if first.startswith("1. "):
        return StoryBlock("ol", tuple(line.partition(". ")[2] for line in lines))
    if first.startswith("|"):
        return StoryBlock("table", tuple(line.strip("| ") for line in lines))
    if note := re.match(r"\[\^([^\]]+)\]: ", first):
        return StoryBlock("note", (first[note.end() :],), note[1])
    return StoryBlock("p", (" ".join(lines),))
