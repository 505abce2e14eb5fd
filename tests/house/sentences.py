"""Find sentences for people in Python source: a walk over the syntax tree. See `test_sentences.py`."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from tests import ROOT

PACKAGE = ROOT / "reader"

SPEAKING = {
    "say": (0,),
    "echo": (0,),
    "secho": (0,),
    "echo_via_pager": (0,),
    "prompt": (0,),
    "confirm": (0,),
    "notify": (0,),
    "complain": (0,),
    "table": (0,),
    "_failed": (0,),
    "_tell": (0,),
    "_sentence": (0,),
    "ReportLine": (1, 2),
    "styled": (1,),
    "Static": (0,),
    "Label": (0,),
    "FieldLabel": (0,),
    "Content": (0,),
    "Input": (0,),
}
"""Functions whose arguments at these places are shown to a person."""

SHOWN_KEYWORDS = {"placeholder", "message"}

CLICK_ERRORS = {"ClickException", "UsageError", "BadParameter", "BadArgumentUsage", "BadOptionUsage", "FileError"}
SELECTOR_ERRORS = {"BadSelector", "ExpressionError"}
"""Why a selector is refused; it ends up in a sentence about a site rule."""

HELP_KEYWORDS = {"help", "epilog", "short_help", "metavar"}
"""What click shows of a command stands beside it, and is translated when it is shown: `reader.cli.group.translate`."""

NOT_SHOWN_KEYWORDS = {"cause", "description", "name", "id", "classes"}
NOT_SHOWN_TABLES = {"FAMILIES", "__all__"}
"""The help of the commands of the command line, and what a module exports."""

TRANSLATING = {"_", "_n", "translated"}
CARRYING = {"join", "format", "strip", "rstrip", "capitalize", "str", "style", "clean_line", "wrap", "ljust", "rjust"}
"""Functions that return what they are given, more or less."""

NAMES = {"Enter", "Esc", "Tab", "Space", "Up", "Down", "Left", "Right", "gg G", "Newsstand"}
"""Names that no language translates: of keys, and ours."""

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_PHRASE = re.compile(r"[^\W\d_]{2,}[,;:.]? [^\W\d_]+")
_COMMAND = re.compile(r"newsstand( [a-z]+| \{\}| --[a-z-]+)+")
_PATH = re.compile(r"[~./][\w./-]+")
_NAME = re.compile(r"[A-Z][a-z]+")


class Found(NamedTuple):
    """A sentence that stands in the wrong place, or a call of gettext that no tool can read."""

    line: int
    text: str


def people_errors() -> set[str]:
    """Return the names of the exceptions whose text is for people: those of `reader.errors`, of click, of selectors."""
    tree = ast.parse((PACKAGE / "errors.py").read_text(encoding="utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.ClassDef)} | CLICK_ERRORS | SELECTOR_ERRORS


def text_of(node: ast.AST) -> str | None:
    """Return the text of a literal, `{}` where an f-string has a value; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(text_of(part) or "{}" for part in node.values)
    return None


def is_said(text: str) -> bool:
    """Whether a literal that is shown says something: a word, but for the name of the program and of an option."""
    plain = _ESCAPES.sub("", text).replace("newsstand:", "")
    if _PATH.fullmatch(plain) or _COMMAND.fullmatch(plain):
        return False
    return re.search(r"(?<![-\w])[^\W\d_]{2,}", plain) is not None


def called(node: ast.Call) -> str:
    """Return the last name of what is called: `echo` of `click.echo`."""
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


@dataclass
class _Module:
    """One module: its functions, and what its names are set to."""

    tree: ast.Module
    speaks: bool
    functions: dict[str, ast.FunctionDef | ast.AsyncFunctionDef] = field(default_factory=dict)
    technical: set[ast.AST] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    """The names under which modules and functions of `reader.words` are imported."""

    def __post_init__(self) -> None:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("reader"):
                for name in node.names:
                    if f"{node.module}.{name.name}".startswith("reader.words"):
                        self.words.add(name.asname or name.name)
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                self.functions[node.name] = node
                self.mark(node.returns, *(arg.annotation for arg in ast.walk(node.args) if isinstance(arg, ast.arg)))
            elif isinstance(node, ast.AnnAssign):
                self.mark(node.annotation)
            elif isinstance(node, ast.Subscript):
                self.mark(node.slice)
            elif isinstance(node, ast.Expr) and text_of(node.value) is not None:
                self.mark(node.value)  # a docstring
            elif isinstance(node, ast.Call):
                self._mark_call(node)
            elif isinstance(node, ast.JoinedStr):
                self.mark(*(part for part in node.values if isinstance(part, ast.Constant)))
            elif isinstance(node, ast.Compare):
                self.mark(node)
            if isinstance(node, ast.Assign | ast.AnnAssign):
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                names = {target.id for target in targets if isinstance(target, ast.Name)}
                if names & NOT_SHOWN_TABLES or any(name.endswith("CSS") for name in names):
                    self.mark(node.value)

    def _mark_call(self, node: ast.Call) -> None:
        """What a logger, a regular expression, a type, an attribute's name or click's help is given."""
        name = called(node)
        on = node.func.value if isinstance(node.func, ast.Attribute) else None
        of = getattr(on, "id", getattr(on, "attr", ""))
        if of in ("_log", "log", "logger", "logging", "re") or name in (
            "log_error",
            "cast",
            "TypeVar",
            "NewType",
            "Literal",
        ):
            self.mark(*node.args)
        if of in self.words or (on is None and name in self.words - TRANSLATING):
            self.mark(*node.args)  # facts, by their names
        if name in ("getattr", "hasattr", "setattr", "execute", "compile", "create_task", "query", "query_one"):
            self.mark(*node.args)
        if name == "cls" or (name[:1].isupper() and name.endswith("Error") and name not in people_errors()):
            self.mark(*node.args)  # an error of Python's own is for the log
        self.mark(*(one.value for one in node.keywords if one.arg in HELP_KEYWORDS | NOT_SHOWN_KEYWORDS))

    def mark(self, *nodes: ast.AST | None) -> None:
        """Note that no literal in these is for people."""
        for node in nodes:
            if node is not None:
                self.technical.update(ast.walk(node))

    def reaching(self, node: ast.AST, scope: ast.AST, seen: set[str]) -> Iterator[ast.AST]:
        """Yield every literal that can become (part of) the value of an expression, through names and own functions."""
        if text_of(node) is not None:
            yield node
        if isinstance(node, ast.JoinedStr):
            for part in node.values:
                if isinstance(part, ast.FormattedValue):
                    yield from self.reaching(part.value, scope, seen)
        elif isinstance(node, ast.Name) and node.id not in seen:
            for value in self._values(node.id, scope):
                yield from self.reaching(value, scope, seen | {node.id})
        elif isinstance(node, ast.Call):
            name = called(node)
            if name in TRANSLATING:
                return
            own = isinstance(node.func, ast.Name) or getattr(getattr(node.func, "value", None), "id", "") == "self"
            if own and name in self.functions and name not in seen:
                body = self.functions[name]
                for inner in ast.walk(body):
                    if isinstance(inner, ast.Return | ast.Yield) and inner.value is not None:
                        yield from self.reaching(inner.value, body, seen | {name})
            if isinstance(node.func, ast.Attribute) and name in {*CARRYING, "get", "replace", "split"}:
                yield from self.reaching(node.func.value, scope, seen)
            if name in CARRYING:
                for argument in node.args:
                    yield from self.reaching(argument, scope, seen)
        elif isinstance(node, ast.IfExp):
            for choice in (node.body, node.orelse):
                yield from self.reaching(choice, scope, seen)
        elif isinstance(node, ast.Dict):
            for value in node.values:
                yield from self.reaching(value, scope, seen)
        elif isinstance(node, ast.Subscript):
            yield from self.reaching(node.value, scope, seen)
        elif isinstance(
            node, ast.BinOp | ast.BoolOp | ast.List | ast.Tuple | ast.Starred | ast.ListComp | ast.GeneratorExp
        ):
            for child in ast.iter_child_nodes(node):
                if not isinstance(child, ast.comprehension):
                    yield from self.reaching(child, scope, seen)

    def _values(self, name: str, scope: ast.AST) -> Iterator[ast.AST]:
        """What a name is set to, in its function or in the module."""
        for place in (scope, self.tree):
            for node in ast.walk(place) if place is scope else self.tree.body:
                targets: list[ast.expr] = []
                if isinstance(node, ast.Assign):
                    targets = node.targets
                elif isinstance(node, ast.AnnAssign | ast.AugAssign | ast.NamedExpr):
                    targets = [node.target]
                value = getattr(node, "value", None)
                if value is not None and any(isinstance(one, ast.Name) and one.id == name for one in targets):
                    yield value


def sentences_in(source: str, *, speaks: bool) -> list[Found]:
    """Return the sentences for people that stand as literals in a module.

    Those are the arguments of functions that show something, the texts of exceptions for people, and, where the module
    is of the interface or of the command line (`speaks`), any literal of several words, or of one that begins with a
    capital. Docstrings, annotations, log messages, causes, patterns and the help of click do not count.
    """
    tree = ast.parse(source)
    module = _Module(tree, speaks)
    errors = people_errors()
    found: dict[ast.AST, str] = {}
    scopes: list[ast.AST] = [tree, *module.functions.values()]
    for scope in scopes:
        for node in ast.walk(scope):
            if not isinstance(node, ast.Call):
                continue
            name = called(node)
            if name in errors:
                shown = node.args
            elif name in SPEAKING and (speaks or name in ("say", "echo", "secho", "complain")):
                shown = [node.args[place] for place in SPEAKING[name] if place < len(node.args)]
            else:
                shown = []
            if speaks:
                shown = [*shown, *(one.value for one in node.keywords if one.arg in SHOWN_KEYWORDS)]
            for argument in shown:
                for literal in module.reaching(argument, scope, set()):
                    text = text_of(literal) or ""
                    if is_said(text) and literal not in module.technical:
                        found[literal] = text
    for node in ast.walk(tree) if speaks else ():
        written = text_of(node)
        if written is None or node in module.technical or written in NAMES or _COMMAND.fullmatch(written):
            continue
        if _PHRASE.search(written) or _NAME.fullmatch(written):
            found[node] = written
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in ("_", "_n"):
            found = {one: text for one, text in found.items() if one not in node.args}
            found[node] = ast.unparse(node)
    return sorted(Found(getattr(node, "lineno", 0), text) for node, text in found.items())


def unreadable_calls(source: str) -> list[Found]:
    """Return the calls of `_` and `_n` that no tool can read: without literals, or with places that have no name."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or called(node) not in ("_", "_n"):
            continue
        texts = node.args[: 2 if called(node) == "_n" else 1]
        literal = all(isinstance(text, ast.Constant) and isinstance(text.value, str) for text in texts)
        count = len(node.args) == (3 if called(node) == "_n" else 1)
        named = literal and not any(re.search(r"\{[\d:!}]", text_of(text) or "") for text in texts)
        if not (literal and count and named):
            found.append(Found(node.lineno, ast.unparse(node)))
    return found


def sentences_used(path: Path) -> set[str]:
    """Return the functions of `reader.words` that a file uses, as `module.function`; in a module of words, of its own
    too."""
    words = PACKAGE / "words"
    handed_on = {
        alias.name: f"{node.module.rpartition('.')[2]}.{alias.name}"
        for node in ast.parse((words / "__init__.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("reader.words.")
        for alias in node.names
    }
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    modules: dict[str, str] = {}
    for node in ast.walk(tree):
        if not isinstance(node, ast.ImportFrom) or path == words / "__init__.py":
            continue
        for alias in node.names:
            if (node.module, alias.name) == ("reader", "words"):
                modules[alias.asname or alias.name] = ""
            elif node.module == "reader.words" and (words / f"{alias.name}.py").exists():
                modules[alias.asname or alias.name] = alias.name
            elif node.module == "reader.words":
                found.add(handed_on.get(alias.name, alias.name))
            elif node.module and node.module.startswith("reader.words."):
                found.add(f"{node.module.rpartition('.')[2]}.{alias.name}")
    own = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)} if path.parent == words else set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            module = modules[node.value.id]
            found.add(f"{module}.{node.attr}" if module else handed_on.get(node.attr, node.attr))
        elif isinstance(node, ast.Name) and node.id in own:
            found.add(f"{path.stem}.{node.id}")
    return found
