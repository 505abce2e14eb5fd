"""What may be loaded when: a start must not pay for libraries that it does not use."""

import subprocess
import sys

HEAVY = (
    "textual",
    "httpx",
    "feedparser",
    "lxml",
    "markdownify",
    "bs4",
    "pebble",
    "markdown_it",
    "tldextract",
    "requests",
    "webencodings",
)


def loaded_by(statement: str) -> set[str]:
    """Run one statement in a new Python and return which of HEAVY it loaded."""
    code = f"{statement}\nimport sys\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_command_line_loads_no_stage() -> None:
    assert loaded_by("import reader.cli") == set()


def test_help_loads_no_stage() -> None:
    run = (
        "import sys, reader.__main__, reader.cli as program; sys.argv = ['newsstand', 'list', '--help']\n"
        "try: program.main()\n"
        "except SystemExit: print()"
    )
    assert loaded_by(run) & set(HEAVY) == set()


def test_listing_headlines_needs_only_the_library() -> None:
    assert loaded_by("import reader.cli.stories, reader.store, reader.config") == set()


def test_markdownify_is_loaded_where_the_first_article_is_made() -> None:
    """The interface names the extractor to a worker process: it must not pay for what only the worker needs."""
    named = "from reader.extract import extract_by, extract_content"
    assert not loaded_by(named) & {"markdownify", "bs4"}
    assert {"markdownify", "bs4"} <= loaded_by(f"{named}\nextract_content('<p>A boat.</p>', 'https://e.example/')")


def test_the_check_itself_sees_what_is_loaded() -> None:
    assert loaded_by("import lxml") == {"lxml"}


def test_the_first_paint_waits_for_no_network_library() -> None:
    assert loaded_by("import reader.ui, reader.ui.app") <= {"textual", "markdown_it"}
