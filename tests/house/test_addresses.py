"""What raises for addresses that are none is called in one place, which catches it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tests import ROOT

RAISES = {"urlsplit", "urlparse", "urljoin", "urldefrag"}
"""Of `urllib.parse`, for a bracket without its other and the like."""
HOME = "reader/url_parts.py"


def _names(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """What is imported from `urllib.parse`, or taken of it by its name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "urllib.parse":
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.Attribute) and ast.unparse(node.value).endswith("parse"):
            yield node.lineno, node.attr


def _unguarded_ports(node: ast.AST, *, guarded: bool = False) -> Iterator[int]:
    """Lines that read the port of parts outside a `try` that catches ValueError."""
    if isinstance(node, ast.Attribute) and node.attr == "port" and not guarded and "parts" in ast.unparse(node.value):
        yield node.lineno
    if isinstance(node, ast.Try):
        caught = any(h.type is None or "ValueError" in ast.unparse(h.type) for h in node.handlers)
        for statement in node.body:
            yield from _unguarded_ports(statement, guarded=guarded or caught)
        for other in (*node.handlers, *node.orelse, *node.finalbody):
            yield from _unguarded_ports(other, guarded=guarded)
        return
    for child in ast.iter_child_nodes(node):
        yield from _unguarded_ports(child, guarded=guarded)


def _sources() -> list[tuple[str, ast.AST]]:
    files = sorted(ROOT.joinpath("reader").rglob("*.py"))
    return [(str(file.relative_to(ROOT)), ast.parse(Path(file).read_text(encoding="utf-8"))) for file in files]


def test_addresses_are_parted_and_joined_in_one_place() -> None:
    found = [f"{name}:{line}: {what}" for name, tree in _sources() for line, what in _names(tree) if what in RAISES]
    assert [one for one in found if not one.startswith(HOME)] == []
    assert found


def test_a_port_that_is_no_number_is_caught() -> None:
    assert [f"{name}:{line}" for name, tree in _sources() for line in _unguarded_ports(tree)] == []


def test_the_check_itself_sees_what_it_looks_for() -> None:
    tree = ast.parse("from urllib.parse import urljoin\nimport urllib.parse\nurllib.parse.urlsplit(a)\nb = parts.port")
    assert {what for _, what in _names(tree)} & RAISES == {"urljoin", "urlsplit"}
    assert list(_unguarded_ports(tree)) == [4]
    assert not list(_unguarded_ports(ast.parse("try:\n    parts.port\nexcept ValueError:\n    pass")))
