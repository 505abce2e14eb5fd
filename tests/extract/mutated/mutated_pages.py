"""Mutated pages by number, and what must hold of each: used by the suite and by benchmarks/mutated_pages.py.

`make(bases, seed, number)` is the same page always. `examine` runs in a worker of reader.news.workers, extracts,
measures, and names what is wrong with the article; `run` sends pages through a pool and yields what came of them.
"""

import asyncio
import gzip
import json
import re
import time
import unicodedata
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from random import Random

from reader.errors import NotAPage, WorkerError
from reader.extract import extract
from reader.models import Article
from reader.news.workers import MEMORY, Pool
from tests.extract import sample_pages
from tests.extract.mutated.mutations import HEAVY, MUTATIONS

SECONDS = 2.0
"""Of CPU, for one page."""
GROWTH = 300_000_000
"""Bytes of resident memory of a worker above what it had at its start."""
LARGEST = 30_000_000
"""Bytes of the largest page that the HTTP client lets in."""
CHECKED = 200_000
"""Characters of Markdown that markdown-it reads: it takes longer over them than extraction took over the page."""
PATIENCE = 60.0
"""Seconds after which the pool ends a page's worker: it also checks there, on a machine that does other things."""

_BAD = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_SCHEMES = ("http://", "https://", "mailto:")
_PAGE = 4096


@dataclass(frozen=True, slots=True)
class Mutated:
    """A page made worse: what was done to which page, and what HTTP says of its encoding."""

    number: int
    base: str
    done: tuple[str, ...]
    body: bytes
    url: str
    encoding: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a page. `seconds` of CPU for extraction; `parsing` for markdown-it; `growth` and `size` in bytes."""

    seconds: float = 0.0
    parsing: float = 0.0
    growth: int = 0
    size: int = 0
    how: str = ""
    faults: tuple[str, ...] = ()


def own_pages() -> dict[str, bytes]:
    """Return our own synthetic pages: the samples of the publishing systems, and every story of the demo."""
    pages = {name: getattr(sample_pages, name)() for name in ("english", "mastercms", "afcbc", "vnexpress", "dantri")}
    from reader.demo.server import TITLES, DemoServer

    with DemoServer(clock=lambda: 1_700_000_000.0) as demo:
        for title in TITLES:
            for story in demo.edition.of(title.key):
                path = demo.edition.path(story)
                pages[f"{title.key}{path}"] = demo.page(title, path).body
    return pages


def shared_pages(folder: Path) -> dict[str, bytes]:
    """Return the pages of the corpora beside the checkout; none where they are not there."""
    pages = {}
    for corpus in sorted(folder.glob("corpora/*.jsonl")):
        with corpus.open(encoding="utf-8") as lines:  # `splitlines` would part a line at U+2028 in its text
            for line in lines:
                path = folder / "corpora" / json.loads(line)["path"]
                pages[str(path.relative_to(folder))] = path.read_bytes()
    return pages


_TURNS = [name for name in MUTATIONS if name not in HEAVY] * 2 + list(MUTATIONS)
"""Whose turn it is: the quick ones come three times as often."""


def first_done(number: int) -> str:
    """Return the mutation that page `number` has first, whatever the seed."""
    return _TURNS[number % len(_TURNS)]


def make(bases: dict[str, bytes], seed: int, number: int) -> Mutated:
    """Return page `number`: every mutation in turn, on bases by chance, a third of them with up to three more."""
    chance = Random(f"{seed}:{number}")
    names = list(MUTATIONS)
    done = [first_done(number)]
    if chance.random() < 1 / 3:
        light = [name for name in names if name not in HEAVY]
        done += chance.choices(light if done[0] in HEAVY else names, k=chance.choice((1, 2, 3)))
    base = chance.choice(sorted(bases))
    body = bases[base]
    body = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    for name in done:
        body = MUTATIONS[name](body, chance)
    body = body[:LARGEST]
    encoding = chance.choice((None,) * 8 + ("utf-16", "iso-2022-jp", "no-such", "utf-8", "\x00", "windows-1258"))
    url = chance.choice(("https://marsh.example/2024/ferry-1.html", "https://vnexpress.net/con-do-4711.html"))
    return Mutated(number, base, tuple(done), body, url, encoding)


def examine(body: bytes, url: str, encoding: str | None) -> Outcome:
    """In a worker: extract, measure, check. Raises nothing: what extraction raised is a fault, NotAPage aside."""
    _forget_peak()
    start = _resident_at_start()
    began = time.process_time()
    faults: list[str] = []
    article = None
    try:
        article = extract(body, url, encoding=encoding)
    except NotAPage:
        how = "not a page"
    except MemoryError:
        how = "memory"
        faults.append("ran out of memory")
    except BaseException as error:  # noqa: BLE001 # whatever it is, it is what we look for
        how = "raised"
        faults.append(f"raised {_where(error)}")
    else:
        how = article.how
    seconds = time.process_time() - began
    growth = _peak() - start
    began = time.process_time()
    if article is not None:
        faults += faults_of(article)
    parsing = time.process_time() - began
    if seconds > SECONDS:
        faults.append(f"{seconds:.1f} s of CPU")
    if growth > GROWTH:
        faults.append(f"{growth / 1e6:.0f} MB above the start")
    return Outcome(seconds, parsing, growth, len(body), how, tuple(faults))


def faults_of(article: Article) -> list[str]:
    """Name what no article may have: control characters, links that are no links, Markdown that does not parse."""
    from markdown_it import MarkdownIt

    faults = []
    for name, text in _strings(article):
        if found := _BAD.search(text):
            faults.append(f"{name} holds U+{ord(found.group()):04X}")
        if not unicodedata.is_normalized("NFC", text) and not name.endswith("url"):
            faults.append(f"{name} is not NFC")
    for name, address in [("figure", figure.image) for figure in article.figures] + [
        (str(link.kind), link.url) for link in article.links
    ]:
        if not address.startswith(_SCHEMES):
            faults.append(f"{name} leads to {address[:60]!r}")
    try:
        tokens = MarkdownIt("commonmark").enable("table").parse(article.markdown[:CHECKED])
    except Exception as error:  # noqa: BLE001 # whatever it is, it is what we look for
        return [*faults, f"markdown-it raised {error!r}"]
    for token in [inner for block in tokens for inner in (block, *(block.children or ()))]:
        if token.type in ("html_block", "html_inline"):
            faults.append(f"Markdown holds HTML: {token.content[:60]!r}")
        address = token.attrs.get("href") or token.attrs.get("src")
        if address and not str(address).startswith((*_SCHEMES, "#")):
            faults.append(f"Markdown leads to {str(address)[:60]!r}")
        if token.type in ("text", "code_inline", "code_block", "fence") and (found := _BAD.search(token.content)):
            faults.append(f"Markdown's text decodes to U+{ord(found.group()):04X}")
    return sorted(set(faults))


async def run(
    pages: Iterable[Mutated], *, workers: int, memory: int = MEMORY
) -> AsyncIterator[tuple[Mutated, Outcome]]:
    """Send pages through a pool of our own, as reading does, and yield what came of each, in order of coming.

    The pool's own failures (a worker that died, hung or was refused memory) are faults like others. `memory` is what
    a worker may map above its start.
    """
    pool = Pool(workers, seconds=PATIENCE, memory=memory)

    async def one(page: Mutated) -> tuple[Mutated, Outcome]:
        try:
            return page, await pool.run(examine, page.body, page.url, page.encoding)
        except WorkerError as error:
            return page, Outcome(size=len(page.body), how="lost", faults=(f"{type(error).__name__}: {error}",))

    under_way: set[asyncio.Task[tuple[Mutated, Outcome]]] = set()
    try:
        for page in pages:
            under_way.add(asyncio.create_task(one(page)))
            if len(under_way) > workers:  # one more than workers: none waits, and few megabytes do
                done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
                for task in done:
                    yield task.result()
        for last in asyncio.as_completed(under_way):
            yield await last
    finally:
        await asyncio.to_thread(pool.close)


def _strings(value: object, name: str = "article") -> list[tuple[str, str]]:
    """Every string of a value, with the name of its field."""
    if isinstance(value, str):
        return [(name, value.replace("\n", " ") if name == "markdown" else value)]
    if isinstance(value, tuple):
        return [pair for each in value for pair in _strings(each, name)]
    if is_dataclass(value):
        return [pair for field in fields(value) for pair in _strings(getattr(value, field.name), field.name)]
    return []


def _where(error: BaseException) -> str:
    """The error, and the last line of ours that it passed."""
    trace, place = error.__traceback__, ""
    while trace is not None:
        file = Path(trace.tb_frame.f_code.co_filename)
        if "reader" in file.parts:
            place = f" at {file.name}:{trace.tb_lineno} {trace.tb_frame.f_code.co_name}"
        trace = trace.tb_next
    return f"{type(error).__name__}: {str(error)[:120]}{place}"


def _resident() -> int:
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * _PAGE
    except OSError:  # no Linux: memory is not measured
        return 0


def _forget_peak() -> None:
    try:
        Path("/proc/self/clear_refs").write_text("5")
    except OSError:  # some containers forbid it; then the peak is the worker's whole life's
        return


def _peak() -> int:
    """The most memory that was resident since the peak was forgotten."""
    try:
        found = re.search(r"VmHWM:\s*(\d+)", Path("/proc/self/status").read_text())
    except OSError:
        return 0
    return int(found.group(1)) * 1024 if found else 0


def _resident_at_start() -> int:
    """What this process had when it first asked: a worker asks at its first page."""
    if not _at_start:
        _at_start.append(_resident())
    return _at_start[0]


_at_start: list[int] = []
