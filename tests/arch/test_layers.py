"""The direction of imports, and what the layers below the command line may not do."""

from __future__ import annotations

import ast
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "transcheck"
MODULES = sorted(p for p in ROOT.rglob("*.py"))
STAGES = ("read", "quotes", "encode", "align", "checks")
ALLOWED = {
    "types": {"types"},
    "text": {"text", "types"},
    "store": set(),
    **{stage: {stage, "text", "types"} for stage in STAGES},
    "encode": {"encode", "store", "text", "types"},
    "run": {"run", *STAGES, "store", "text", "types"},
    "report": {"report", "types", "version"},
    "api": {"run", "report", *STAGES, "text", "types"},
    "lsp": {"lsp", "run", "report", *STAGES, "text", "types", "version"},
    "cli": {"cli", "lsp", "run", "report", *STAGES, "text", "types", "version"},
    "version": set(),
    "__main__": {"cli"},
    "__init__": {"api", "encode", "types", "version"},
}


def _layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[0].removesuffix(".py")


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names = [node.module or ""]
            if node.module == "transcheck":
                names = [f"transcheck.{a.name}" for a in node.names]
        yield from (n for n in names if n.split(".")[0] == "transcheck")


def test_every_layer_is_known() -> None:
    assert {_layer(p) for p in MODULES} <= set(ALLOWED)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_go_one_way(path: Path) -> None:
    for name in _imports(path):
        target = name.split(".")[1] if "." in name else "__init__"
        assert target in ALLOWED[_layer(path)], f"{path.relative_to(ROOT)} imports {name}"


@pytest.mark.parametrize(
    "path", [p for p in MODULES if _layer(p) not in ("cli", "__main__")], ids=lambda p: str(p.relative_to(ROOT))
)
def test_nothing_below_the_command_line_prints_or_exits(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("print", "sys.exit", "exit", "quit", "logging.basicConfig", "os._exit"), called


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_modules_are_documented_and_not_endless(path: Path) -> None:
    with tokenize.open(path) as file:
        source = file.read()
    assert len(source.splitlines()) <= 400
    if source:
        assert ast.get_docstring(ast.parse(source)), "a module says what it is for"
