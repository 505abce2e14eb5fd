"""One extractor as a process that benchmarks/extract.py asks page by page: `python extractors.py PACKAGE`.

Runs in the interpreter that has the package, so nothing of ours is imported but by `newsstand` itself. Reads JSON lines
{"way", "path", "url", "timed"} and answers each with a line: what score.py compares, and the CPU seconds it took.
"""

import gzip
import importlib
import importlib.metadata
import json
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

Response = dict[str, Any]
Way = Callable[[bytes, str], Response]
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.I)
_BLOCKS = frozenset(
    "p div section article h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tr blockquote pre figure figcaption br hr".split()
)


def text_of(page: bytes) -> str:
    """Return the page as text, for libraries that want text: UTF-8, else what it declares, else windows-1252."""
    found = _CHARSET.search(page[:4096])
    for name in ("utf-8", found.group(1).decode() if found else "cp1252"):
        try:
            return page.decode(name)
        except (UnicodeError, LookupError):
            continue
    return page.decode("cp1252", "replace")


def newsstand() -> dict[str, Way]:
    """Ours, by the site rules and without them, and what is timed: from bytes to the whole article."""
    sys.path.insert(0, str(Path(__file__).parents[1]))
    from reader.extract import Rules, extract

    def answer(page: bytes, url: str, **rules: Any) -> Response:
        article = extract(page, url, **rules)
        lede, body = (article.lede or "").strip(), article.markdown
        return {
            "markdown": body if not lede or lede[:60] in body else f"{lede}\n\n{body}",
            "title": article.title,
            "authors": list(article.authors),
            "date": article.published.isoformat() if article.published else None,
            "captions": [" ".join(filter(None, (f.caption, f.credit))) for f in article.figures if f.caption],
        }

    none = Rules()
    return {
        "no rules": lambda page, url: answer(page, url, rules=none),
        "rules": answer,
        "timed": lambda page, url: {"text": extract(page, url, rules=none).markdown},
    }


def trafilatura() -> dict[str, Way]:
    """Its three modes, with its metadata; and the fast one alone, as text and as Markdown, to be timed."""
    library = importlib.import_module("trafilatura")

    def mode(**how: bool) -> Way:
        def answer(page: bytes, url: str) -> Response:
            said = library.extract_metadata(page, default_url=url)
            return {
                "text": library.extract(page, url=url, **how) or "",
                "headings": library.extract(page, url=url, output_format="markdown", **how) or "",
                "title": said.title if said else None,
                "author": said.author if said else None,
                "date": said.date if said else None,
            }

        return answer

    return {
        "fast": mode(fast=True),
        "default": mode(),
        "precision": mode(favor_precision=True),
        "timed text": lambda page, url: {"text": library.extract(page, url=url, fast=True) or ""},
        "timed Markdown": lambda page, url: {
            "text": library.extract(page, url=url, fast=True, output_format="markdown") or ""
        },
    }


def newspaper4k() -> dict[str, Way]:
    """newspaper4k's text, title, authors and date."""
    library = importlib.import_module("newspaper")

    def answer(page: bytes, url: str) -> Response:
        # It would ask each picture's server for its size.
        article = library.Article(url or "https://a.example/", fetch_images=False)
        article.download(input_html=text_of(page))
        article.parse()
        date = article.publish_date
        return {
            "text": article.text,
            "title": article.title,
            "authors": list(article.authors),
            "date": date.isoformat() if hasattr(date, "isoformat") else date,
        }

    return {"default": answer}


def readability_lxml() -> dict[str, Way]:
    """readability-lxml's summary, a line for each block, and its title."""
    library = importlib.import_module("readability")
    markup = importlib.import_module("lxml.html")

    def lines(element: Any) -> str:
        if not isinstance(element.tag, str):
            return element.tail or ""
        inner = (element.text or "") + "".join(lines(child) for child in element)
        if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            inner = "\n## " + " ".join(inner.split()) + "\n"
        elif element.tag in _BLOCKS:
            inner = f"\n{inner}\n"
        return inner + (element.tail or "")

    def answer(page: bytes, url: str) -> Response:
        document = library.Document(text_of(page), url=url or None)
        return {"markdown": lines(markup.fromstring(document.summary())), "title": document.short_title()}

    return {"default": answer}


PACKAGES: dict[str, tuple[str, Callable[[], dict[str, Way]]]] = {
    "newsstand": ("newsstand", newsstand),
    "trafilatura": ("trafilatura", trafilatura),
    "newspaper4k": ("newspaper4k", newspaper4k),
    "readability-lxml": ("readability-lxml", readability_lxml),
}


def main() -> int:
    """Say which version answers, then answer until stdin ends. Exit 3 where the package is not there."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # libraries print; the answers have a line of their own
    distribution, load = PACKAGES[sys.argv[1]]
    try:
        ways = load()
        version = importlib.metadata.version(distribution)
    except ImportError as error:
        print(json.dumps({"missing": str(error)}), file=out, flush=True)
        return 3
    if hasattr(os, "sched_setaffinity"):
        # All on one core: they are asked one at a time, and what else the machine does there hits all alike.
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    print(json.dumps({"version": version, "python": sys.version.split()[0]}), file=out, flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        page = gzip.decompress(Path(asked["path"]).read_bytes())
        began = time.process_time()
        try:
            answer = ways[asked["way"]](page, asked["url"])
        except Exception as error:  # noqa: BLE001 # a peer that raises has no answer; that is counted
            answer = {"error": repr(error)[:200]}
        seconds = time.process_time() - began
        if asked.get("timed"):
            answer = {}
        print(json.dumps({"answer": answer, "seconds": seconds}), file=out, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
