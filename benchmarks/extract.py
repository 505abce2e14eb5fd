"""How true and how quick extraction is, against other libraries, on the labelled pages beside the checkout.

    python benchmarks/extract.py [--quick] [--peers trafilatura,newspaper4k] [--cache DIR] [--markdown]

Scores us (without site rules and with them) and each peer with ../shared/tools/score.py, and times us against
trafilatura's fast mode: CPU seconds from bytes to Markdown, page by page by turns, each the median of its rounds.
trafilatura's headings are scored on its Markdown, all else on its text. Exits 1 where a figure that must be reached is
not, and on the held half where trafilatura is above us on a corpus. Peers are no dependencies of ours; each runs in an
interpreter of its own, and they are installed one after another (together they ask for two versions of lxml):

    PEERS=$(mktemp -d); python -m venv $PEERS
    for p in trafilatura newspaper4k readability-lxml lxml_html_clean; do $PEERS/bin/pip install $p; done
    npm install --prefix $PEERS @mozilla/readability linkedom
    python benchmarks/extract.py --python $PEERS/bin/python --node-modules $PEERS/node_modules

`--python trafilatura=/path/to/python` is for one of them; NEWSSTAND_PEERS stands for `--python`.
"""

import argparse
import datetime
import importlib
import json
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from benchmarks import extractors

CORPORA = "scrapinghub,fundus,readability,trafeval,wcxb"
PEERS = "trafilatura,readability,newspaper4k,readability-lxml"
WAYS = {"trafilatura": ("fast", "default", "precision")}
GET = {
    "readability": "npm install --prefix DIR @mozilla/readability linkedom, then --node-modules DIR/node_modules",
    "trafilatura": "pip install trafilatura, then pip install lxml_html_clean",
}

Figures = dict[str, float]
Records = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of the table: where score.py says it, what must be reached and what is aimed at. `least` is better
    when small."""

    name: str
    corpus: str
    key: str
    must: float
    aim: float
    percent: bool = True
    small: bool = False

    def shown(self, value: float | None) -> str:
        if value is None:
            return "-"
        return f"{100 * value:.1f} %" if self.percent else f"{value:.3f}"

    def holds(self, value: float, bar: float) -> bool:
        return round(value, 4) <= bar if self.small else round(value, 4) >= bar


MEASURES = (
    Measure("scrapinghub F1n", "scrapinghub", "f1n", 0.970, 0.980, percent=False),
    Measure("fundus F1n", "fundus", "f1n", 0.960, 0.972, percent=False),
    Measure("readability F1n", "readability", "f1n", 0.950, 0.970, percent=False),
    Measure("trafeval segment F1", "trafeval", "seg_f1", 0.942, 0.958, percent=False),
    Measure("wcxb F1n", "wcxb", "f1n", 0.936, 0.955, percent=False),
    Measure("captions kept", "fundus", "cap_kept", 0.88, 0.95),
    Measure("captions doubled", "fundus", "cap_dup", 0.01, 0.0, small=True),
    Measure("headings recall", "fundus", "head_md", 0.93, 0.97),
    Measure("headings precision", "fundus", "head_prec", 0.85, 0.95),
    Measure("title exact", "fundus", "title_exact", 0.87, 0.93),
    Measure("authors exact", "fundus", "author_exact", 0.82, 0.88),
    Measure("day of date", "fundus", "date_day", 0.977, 0.985),
)
SPEED = Measure("pages a second / fast=True", "", "", 1.0, 2.0, percent=False)


@dataclass(slots=True)
class Extractor:
    """A process that extracts, asked one page at a time. `version` is empty where the package is missing."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    version: str = ""
    missing: str = ""
    process: subprocess.Popen[str] | None = None

    def start(self) -> bool:
        """Start it, and say whether it is there."""
        try:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                encoding="utf-8", env={**os.environ, **self.environment},
            )  # fmt: skip
        except OSError as error:
            self.missing = str(error)
            return False
        assert self.process.stdout is not None
        hello = json.loads(self.process.stdout.readline() or '{"missing": "it does not start"}')
        self.missing = hello.get("missing", "")
        self.version = f"{hello.get('version')} ({hello.get('python')})" if not self.missing else ""
        return not self.missing

    def ask(self, way: str, path: Path, url: str, *, timed: bool = False) -> tuple[dict[str, Any], float]:
        """Return the answer and the CPU seconds it took. A process that dies raises RuntimeError."""
        assert self.process is not None
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"way": way, "path": str(path), "url": url, "timed": timed}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.name} died over {path}")
        said = json.loads(line)
        return said["answer"], said["seconds"]

    def end(self) -> None:
        """End it, where it runs."""
        if self.process is not None and self.process.stdin is not None:
            self.process.stdin.close()
            self.process.wait()


def answers(
    extractor: Extractor, way: str, corpus: str, split: str, records: list[dict[str, Any]], folder: Path,
    cache: Path | None,
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """Return the answers to a corpus's pages by their ids; a peer's are kept in `cache`, by its version."""
    kept: dict[str, dict[str, Any]] = {}
    version = extractor.version.partition(" ")[0]
    file = cache / f"{extractor.name}-{version}-{way}-{corpus}-{split}.jsonl" if cache else None
    if file is not None and extractor.name != "newsstand":
        if file.exists():
            kept = dict(json.loads(line) for line in file.read_text(encoding="utf-8").split("\n") if line)
    else:
        file = None
    for record in records:
        if record["id"] not in kept:
            kept[record["id"]], _ = extractor.ask(way, folder / record["path"], record.get("url") or "")
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = (json.dumps(pair, ensure_ascii=False) + "\n" for pair in kept.items())
        file.write_text("".join(lines), encoding="utf-8")
    return kept


def scored(score: Any, corpus: str, records: list[dict[str, Any]], said: dict[str, dict[str, Any]]) -> Figures:
    """Return score.py's figures. Where an answer has Markdown of its own for headings, they are scored on that."""
    plain = {
        key: score.as_dict({name: value for name, value in one.items() if name != "headings"})
        for key, one in said.items()
    }
    found, _ = score.score(records, plain, corpus)
    if any("headings" in one for one in said.values()):
        marked = {key: score.as_dict({"markdown": one.get("headings", "")}) for key, one in said.items()}
        again, _ = score.score(records, marked, corpus)
        found |= {key: again[key] for key in ("head_md", "head_prec") if key in again}
    figures: Figures = found
    return figures


def values(figures: dict[str, Figures]) -> dict[str, float]:
    """Return the columns of one row by their names; what was not scored is left out."""
    return {
        measure.name: figures[measure.corpus][measure.key]
        for measure in MEASURES
        if measure.key in figures.get(measure.corpus, {})
    }


def timed(ours: Extractor, peer: Extractor, records: Records, folder: Path, pages: int, rounds: int) -> Figures:
    """Return pages a second of CPU, each page by turns, its median of so many rounds taken."""
    everything = [record for corpus in records.values() for record in corpus]
    chosen = everything[:: max(1, len(everything) // pages)]
    turns = [
        (ours, "timed", "newsstand"),
        (peer, "timed text", "fast, text"),
        (peer, "timed Markdown", "fast, Markdown"),
    ]
    taken: dict[str, list[list[float]]] = {name: [[] for _ in chosen] for _, _, name in turns}
    for turn in range(-1, rounds):  # the first round warms up, and is left out
        for at, record in enumerate(chosen):
            for extractor, way, name in turns[turn % 3 :] + turns[: turn % 3]:
                _, seconds = extractor.ask(way, folder / record["path"], record.get("url") or "", timed=True)
                if turn >= 0:
                    taken[name][at].append(seconds)
    return {name: len(chosen) / sum(map(statistics.median, pages)) for name, pages in taken.items()}


def table(rows: Iterable[Iterable[str]], *, markdown: bool) -> str:
    """Return rows as a table, the first being its head: aligned for people, or as Markdown."""
    lines = [list(row) for row in rows]
    widths = [max(len(row[column]) for row in lines) for column in range(len(lines[0]))]
    cells = [
        [
            cell.ljust(width) if at == 0 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        for row in lines
    ]
    if not markdown:
        return "\n".join("  ".join(row).rstrip() for row in cells)
    rule = ["---" if at == 0 else "---:" for at in range(len(widths))]
    return "\n".join("| " + " | ".join(row) + " |" for row in [cells[0], rule, *cells[1:]])


def overview(rows: dict[str, dict[str, float]], *, markdown: bool) -> str:
    """The table of all extractors."""
    short = ("scraping", "fundus", "readab.", "trafeval", "wcxb", "captions", "headings", "title", "authors", "day")
    by_name = {measure.name: measure for measure in MEASURES}

    def cell(row: dict[str, float], *names: str) -> str:
        shown = [by_name[name].shown(row.get(name)) for name in names]
        return (
            shown[0]
            if len(names) == 1
            else "-"
            if shown == ["-", "-"]
            else "/".join(s.removesuffix(" %") for s in shown)
        )

    lines = [["", *short]]
    for name, row in rows.items():
        single = [cell(row, measure.name) for measure in MEASURES[:5]]
        pairs = [cell(row, "captions kept", "captions doubled"), cell(row, "headings recall", "headings precision")]
        lines.append([name, *single, *pairs, *(cell(row, measure.name).removesuffix(" %") for measure in MEASURES[9:])])
    return table(lines, markdown=markdown)


def bars(rows: dict[str, dict[str, float]], ratio: float | None, *, markdown: bool) -> tuple[str, bool]:
    """Our figures against what must be reached and what is aimed at; and whether all that must be is."""
    ours = {name.partition(", ")[2]: row for name, row in rows.items() if name.startswith("Newsstand")}
    lines, all_hold = [["", "must", "aim", *ours, ""]], True
    measured = [(measure, [row.get(measure.name) for row in ours.values()]) for measure in MEASURES]
    measured.append((SPEED, [ratio] * len(ours)))
    for measure, found in measured:
        known = [value for value in found if value is not None]
        if not known:
            continue
        holds = all(measure.holds(value, measure.must) for value in known)
        verdict = "FAIL" if not holds else "aim" if all(measure.holds(v, measure.aim) for v in known) else "pass"
        all_hold = all_hold and holds
        lines.append([measure.name, *map(measure.shown, (measure.must, measure.aim, *found)), verdict])
    return table(lines, markdown=markdown), all_hold


def against_trafilatura(rows: dict[str, dict[str, float]], *, markdown: bool) -> tuple[str, bool]:
    """Corpus by corpus, against the better of its precision and default modes: what the held half is judged by."""
    peers = [row for name, row in rows.items() if name in ("trafilatura, default", "trafilatura, precision")]
    lines, above = [["", "Newsstand", "trafilatura", ""]], True
    ours = next((row for name, row in rows.items() if name.startswith("Newsstand")), {})
    for measure in MEASURES[:5]:
        best = max((row[measure.name] for row in peers if measure.name in row), default=None)
        if best is not None and measure.name in ours:
            wins = ours[measure.name] > best
            above = above and wins
            lines.append(
                [measure.name, measure.shown(ours[measure.name]), measure.shown(best), "above" if wins else "BELOW"]
            )
    return (table(lines, markdown=markdown) if len(lines) > 1 else ""), above


def contestants(asked: argparse.Namespace) -> list[Extractor]:
    """Ours and the peers that were asked for and are there; of the others one line is said."""
    pythons = dict(given.rpartition("=")[::2] for given in asked.python)
    usual = pythons.get("") or os.environ.get("NEWSSTAND_PEERS") or sys.executable
    found = []
    for name in ["newsstand", *filter(None, asked.peers.split(","))]:
        if name != "readability" and name not in extractors.PACKAGES:
            raise SystemExit(f"--peers {name}: known are {PEERS}")
        python = sys.executable if name == "newsstand" else pythons.get(name, usual)
        command, environment = [python, str(HERE / "extractors.py"), name], {}
        if name == "readability":
            command = [asked.node, str(HERE / "readability.cjs")]
            environment = {"NODE_PATH": asked.node_modules} if asked.node_modules else {}
        extractor = Extractor(name, command, environment)
        if extractor.start():
            found.append(extractor)
        else:
            print(f"{name} is left out ({extractor.missing}): {GET.get(name, f'pip install {name}')}", file=sys.stderr)
    return found


def main() -> int:
    """Score, time, print; say by the exit code whether what must hold holds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", default=CORPORA)
    parser.add_argument("--split", default="dev")
    parser.add_argument("--peers", default=PEERS, help=f"of {PEERS}; '' for none")
    parser.add_argument(
        "--rules", action=argparse.BooleanOptionalAction, help="us with site rules only, or without only"
    )
    parser.add_argument("--python", action="append", default=[], help="[NAME=]PATH of the interpreter that has a peer")
    parser.add_argument("--node", default="node")
    parser.add_argument("--node-modules", help="the folder that has @mozilla and linkedom")
    parser.add_argument("--shared", type=Path, default=HERE.parents[1] / "shared")
    parser.add_argument("--cache", type=Path, help="keep peers' answers there, by version")
    parser.add_argument("--quick", action="store_true", help="one page in eight")
    parser.add_argument("--timed-pages", type=int, default=150)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--markdown", action="store_true", help="tables for docs/extraction.md")
    parser.add_argument("--json", type=Path, help="write every figure there")
    asked = parser.parse_args()
    if not (asked.shared / "tools" / "score.py").exists():
        print(f"The labelled pages are not in {asked.shared}: nothing to measure.", file=sys.stderr)
        return 2
    sys.path.insert(0, str(asked.shared / "tools"))
    corpora = importlib.import_module("corpora")
    score = importlib.import_module("score")

    folder = asked.shared / "corpora"
    records: Records = {
        corpus: list(corpora.load(corpus, asked.split))[:: 8 if asked.quick else 1]
        for corpus in asked.corpus.split(",")
    }
    taking_part = contestants(asked)
    versions = ", ".join(f"{extractor.name} {extractor.version}" for extractor in taking_part)
    today = datetime.datetime.now(datetime.UTC).date()
    count = sum(map(len, records.values()))
    print(f"{today}, {count} pages ({asked.split}{', a sample' if asked.quick else ''}), ", end="")
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}\n{versions}\n", flush=True)

    rows: dict[str, dict[str, float]] = {}
    full: dict[str, dict[str, Figures]] = {}
    ours = {None: ("no rules", "rules"), True: ("rules",), False: ("no rules",)}[asked.rules]
    for extractor in taking_part:
        for way in ours if extractor.name == "newsstand" else WAYS.get(extractor.name, ("default",)):
            name = "Newsstand" if extractor.name == "newsstand" else extractor.name
            name = f"{name}, {way}" if extractor.name in ("newsstand", *WAYS) else name
            full[name] = {}
            for corpus, pages in records.items():
                said = answers(extractor, way, corpus, asked.split, pages, folder, asked.cache)
                full[name][corpus] = scored(score, corpus, pages, said)
            rows[name] = values(full[name])
            print(f"{name}: scored", file=sys.stderr)
    speeds: Figures = {}
    peer = next((extractor for extractor in taking_part if extractor.name == "trafilatura"), None)
    if peer is not None:
        speeds = timed(taking_part[0], peer, records, folder, asked.timed_pages, asked.rounds)
    for extractor in taking_part:
        extractor.end()

    ratio = speeds["newsstand"] / speeds["fast, text"] if speeds else None
    verdicts, holds = bars(rows, ratio, markdown=asked.markdown)
    compared, above = against_trafilatura(rows, markdown=asked.markdown)
    print(overview(rows, markdown=asked.markdown) + "\n")
    if speeds:
        lines = [["CPU, one core", "pages a second", "Newsstand to it"]]
        lines += [[name, f"{rate:.1f}", f"{speeds['newsstand'] / rate:.2f}x"] for name, rate in speeds.items()]
        print(table(lines, markdown=asked.markdown) + "\n")
    print(verdicts + "\n")
    if compared:
        print(compared + "\n")
    if asked.json:
        asked.json.write_text(json.dumps({"versions": versions, "figures": full, "speeds": speeds}, indent=1))
    return int(not holds or (asked.split == "held" and not above))


if __name__ == "__main__":
    sys.exit(main())
