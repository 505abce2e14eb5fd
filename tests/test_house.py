"""The house keeps its shape: rooms by subject, imports downwards, and the ways that `docs/architecture.md` draws."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "reader"
MOST_FILES = 14
"""In one folder: its `__init__.py` counts, and so do files that are no code."""
MOST_LINES = 400
"""Of code in one file: blank lines, comments and docstrings are not counted."""

FOLDERS = sorted({path.parent for path in PACKAGE.rglob("*.py")})
MODULES = sorted(PACKAGE.rglob("*.py"))
ALL_FOLDERS = sorted({path.parent for path in PACKAGE.rglob("*") if path.is_file() and "__pycache__" not in path.parts})
"""Those too that hold no code: style sheets, the stories of the demo."""
ARCHITECTURE = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
BOUND = re.compile(r"\b(?:never|nothing)\b", re.I)
"""A word that says where a room ends."""


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def circles(imports: dict[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules that import each other in a circle (Tarjan's strongly connected components)."""
    order: dict[str, int] = {}
    lowest: dict[str, int] = {}
    stack: list[str] = []
    found: list[list[str]] = []

    def visit(module: str) -> None:
        order[module] = lowest[module] = len(order)
        stack.append(module)
        for other in sorted(imports[module]):
            if other not in order:
                visit(other)
                lowest[module] = min(lowest[module], lowest[other])
            elif other in stack:
                lowest[module] = min(lowest[module], order[other])
        if lowest[module] == order[module]:
            group = stack[stack.index(module) :]
            del stack[stack.index(module) :]
            if len(group) > 1:
                found.append(sorted(group))

    for module in sorted(imports):
        if module not in order:
            visit(module)
    return found


@cache
def graph_of_the_house() -> grimp.ImportGraph:
    """Return which module of ours imports which, imports for type checkers alone and inside functions too."""
    return grimp.build_graph("reader", exclude_type_checking_imports=False, cache_dir=None)


def imports_of_the_house() -> dict[str, set[str]]:
    graph = graph_of_the_house()
    return {module: set(graph.find_modules_directly_imported_by(module)) for module in graph.modules}


def lines_of_code(source: str) -> int:
    """Count the lines that hold code: no blank line, no comment, no docstring."""
    docstrings: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for statement in body:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                docstrings.update(range(statement.lineno, (statement.end_lineno or statement.lineno) + 1))
    code: set[int] = set()
    layout = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in layout:
            code.update(range(token.start[0], token.end[0] + 1))
    return len(code - docstrings)


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert circles(imports_of_the_house()) == []


def test_a_circle_is_found_where_there_is_one() -> None:
    imports = {"a": {"b"}, "b": {"c"}, "c": {"a", "d"}, "d": set(), "e": {"d", "f"}, "f": {"e"}}
    assert circles(imports) == [["a", "b", "c"], ["e", "f"]]


@pytest.mark.parametrize("folder", FOLDERS, ids=name_of)
def test_a_folder_is_one_subject_and_says_so(folder: Path) -> None:
    said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert len(said.split()) >= 8, "its __init__ says in a sentence what lies in it"
    assert BOUND.search(said), "and what it never does"


@pytest.mark.parametrize("folder", ALL_FOLDERS, ids=name_of)
def test_a_folder_holds_what_one_can_take_in_at_a_glance(folder: Path) -> None:
    files = [path.name for path in folder.iterdir() if path.is_file()]
    assert len(files) <= MOST_FILES, sorted(files)


def test_a_file_holds_at_most_400_lines_of_code() -> None:
    sources = {name_of(path): path.read_text(encoding="utf-8") for path in MODULES}
    long = {path: lines_of_code(source) for path, source in sources.items() if source.count("\n") > MOST_LINES}
    assert {path: lines for path, lines in long.items() if lines > MOST_LINES} == {}


def test_lines_of_code_leave_out_what_is_no_code() -> None:
    code = '"""Two\nlines."""\n\n# why\nX = 1  # one\n"""Of X."""\n\n\n'
    code += 'def f() -> str:\n    """Say."""\n    return """a\nb"""\n'
    assert lines_of_code(code) == 4


WAYS = re.findall(r"^## (The way of [^\n]+)\n(.+?)(?=^## |\Z)", ARCHITECTURE, re.M | re.S)


def modules_of(way: str) -> list[str]:
    """Return the modules in the first column of a way's table, dotted."""
    return [f"reader.{path.replace('/', '.')}" for path in re.findall(r"^\| `([\w/]+)\.py` \|", way, re.M)]


@pytest.mark.parametrize("way", [text for _, text in WAYS], ids=[title for title, _ in WAYS])
def test_a_way_goes_through_each_folder_once(way: str) -> None:
    rooms = [module.rpartition(".")[0] for module in modules_of(way)]
    stays = [room for at, room in enumerate(rooms) if at == 0 or rooms[at - 1] != room]
    assert len(stays) >= 3
    assert len(stays) == len(set(stays)), stays


def is_imported(module: str, importer: str, graph: grimp.ImportGraph) -> bool:
    """Say whether a module imports another, or a package that hands the other on."""
    imported = graph.find_modules_directly_imported_by(importer)
    return module in imported or any(
        module.startswith(f"{package}.") and module in graph.find_modules_directly_imported_by(package)
        for package in imported
    )


@pytest.mark.parametrize("way", [text for _, text in WAYS], ids=[title for title, _ in WAYS])
def test_each_module_of_a_way_is_imported_by_one_before_it(way: str) -> None:
    graph = graph_of_the_house()
    modules = modules_of(way)
    astray = [
        module
        for at, module in enumerate(modules[1:], 1)
        if not any(is_imported(module, before, graph) for before in modules[:at])
    ]
    assert astray == []


def calls_by_folder(source: str, function: str) -> Iterator[tuple[str, str]]:
    """Yield what a function of `extract/page.py` calls in other folders of `extract/`, in the order of the text: the
    folder and the name. What its own file's functions call comes in their place."""
    module = ast.parse(source)
    folders = {
        name.asname or name.name: node.module.split(".")[2]
        for node in module.body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("reader.extract.")
        for name in node.names
    }
    own = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}

    def calls(inside: str, above: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        found = [node for node in ast.walk(own[inside]) if isinstance(node, ast.Call)]
        for call in sorted(found, key=lambda node: (node.lineno, node.col_offset)):
            owner, name = (call.func.value, call.func.attr) if isinstance(call.func, ast.Attribute) else (call.func, "")
            if not isinstance(owner, ast.Name):
                continue
            if owner.id in own and owner.id not in above:
                yield from calls(owner.id, (*above, owner.id))
            elif owner.id in folders and (name or owner.id)[0].islower():
                yield folders[owner.id], name or owner.id

    return calls(function, (function,))


NO_STAGES = frozenset(("reading_time", "rules"))
"""What `extract/page.py` asks for a number, or hands on as it is."""


def test_the_stages_of_a_page_are_called_in_the_order_of_the_document_and_none_again() -> None:
    way = next(text for title, text in WAYS if "of a page" in title)
    documented = [module.split(".")[2] for module in modules_of(way) if module.startswith("reader.extract.")]
    source = (PACKAGE / "extract/page.py").read_text(encoding="utf-8")
    called = [call for call in calls_by_folder(source, "extract") if call[0] not in NO_STAGES]
    stays = [folder for at, (folder, _) in enumerate(called) if at == 0 or called[at - 1][0] != folder]
    assert ["page", *stays] == list(dict.fromkeys(documented))


def test_a_stage_that_is_called_again_is_seen() -> None:
    code = "from reader.extract.dom import parse\nfrom reader.extract.links.targets import unique_links\n"
    code += "def extract(page):\n    parse.tree(page)\n    return also(unique_links(page))\n"
    code += "def also(links):\n    return parse.bound(links)\n"
    assert list(calls_by_folder(code, "extract")) == [("dom", "tree"), ("dom", "bound"), ("links", "unique_links")]


def test_the_document_has_every_way_and_every_folder() -> None:
    assert {title.partition(",")[0] for title, _ in WAYS} == {
        "The way of a page",
        "The way of an article",
        "The way of an entry",
        "The way of a key",
    }
    table = ARCHITECTURE.partition("## The folders\n")[2].partition("\n\nInside")[0]
    folders = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    assert set(re.findall(r"^\| `(\w+)/`", table, re.M)) == folders
