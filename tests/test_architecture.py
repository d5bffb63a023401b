"""The layout shows the architecture, and these tests keep it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted([*ROOT.glob("ketalit/**/*.py"), *ROOT.glob("flows/*.py")])

# A module imports only what stands below its own line; packages on one line never import each other.
ORDER = [
    ("flows",),
    ("ketalit.__main__",),
    ("ketalit.cli",),
    ("ketalit.notebook",),
    ("ketalit.pipeline", "ketalit.outputs"),
    ("ketalit.trace", "ketalit.notify", "ketalit.update", "ketalit.status", "ketalit.loading", "ketalit.doctor"),
    ("ketalit.workers",),
    ("ketalit.interpreted", "ketalit.backfill"),
    ("ketalit.interpreting",),
    ("ketalit.selection",),
    ("ketalit.interpretation", "ketalit.kept", "ketalit.replay"),
    ("ketalit.export", "ketalit.release"),
    ("ketalit.warehouse",),
    ("ketalit.linkage", "ketalit.candidates", "ketalit.history"),
    ("ketalit.extract",),
    ("ketalit.sources.files", "ketalit.sources.retraction_watch"),
    ("ketalit.sources.pubmed", "ketalit.sources.ctgov"),
    ("ketalit.sources.client", "ketalit.sources.registry_ids", "ketalit.sources.dates", "ketalit.sources.transport"),
    ("ketalit.ledger", "ketalit.versions"),
    ("ketalit.sources.pace", "ketalit.sources.deadline"),
    ("ketalit.snapshot", "ketalit.strategy"),
    ("ketalit.progress", "ketalit.settings", "ketalit.parts"),
    ("ketalit.durable",),
    ("ketalit.model",),
    ("ketalit.vocabulary",),
    ("ketalit.errors", "ketalit.checkpoint"),
    ("ketalit.sources.__init__", "ketalit.__init__"),
]

# Each library has its place: what else wants it asks that place.
PLACES = {
    "duckdb": ("ketalit.warehouse",),
    "Bio": ("ketalit.sources.pubmed",),
    "requests": ("ketalit.sources",),
    "prefect": ("flows",),
    "prefect_dask": ("flows",),
    "distributed": ("flows",),
    "pandas": ("ketalit.warehouse", "ketalit.export", "ketalit.notebook"),
    "lxml": ("ketalit.sources.pubmed", "ketalit.replay"),
    "typer": ("ketalit.cli",),
    "rich": ("ketalit.cli", "ketalit.progress"),
    "fsspec": ("ketalit.backfill",),
    "jinja2": ("ketalit.export",),
    "altair": ("ketalit.export.charts",),
    "vl_convert": ("ketalit.export",),
    "pydantic_settings": ("ketalit.settings",),
}
PURE = (
    "ketalit.model",
    "ketalit.vocabulary",
    "ketalit.linkage",
    "ketalit.candidates",
    "ketalit.history",
    "ketalit.sources.pubmed.parse",
)
TOP_LEVEL = {
    ".ci",
    ".gitignore",
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "docs",
    "flows",
    "ketalit",
    "prefect.yaml",
    "pyproject.toml",
    "requirements-dev.lock",
    "requirements.lock",
    "sql",
    "tests",
}
MADE_HERE = {".git", ".venv", "data", "demo", "build", "dist", "__pycache__", "uv.lock"}


def _name(path: Path) -> str:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name if path.parent.name in {"ketalit", "sources"} else name.removesuffix(".__init__")


def _imports(path: Path) -> Iterator[str]:
    """Every module that `path` imports at run time, wherever in the file."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in _run_time_nodes(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module in {"ketalit", "ketalit.sources", "flows"}:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
            else:
                yield node.module


def _run_time_nodes(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for child in ast.iter_child_nodes(node):
        is_for_types = isinstance(child, ast.If) and ast.unparse(child.test) == "TYPE_CHECKING"
        if not is_for_types:
            yield from _run_time_nodes(child)


def _line_of(module: str) -> int | None:
    """The number of the deepest line whose package holds `module`."""
    fits = [
        (len(package), number)
        for number, line in enumerate(ORDER)
        for package in line
        if module == package or module.startswith(f"{package}.")
    ]
    return max(fits)[1] if fits else None


def _package_of(module: str, number: int) -> str:
    return next(package for package in ORDER[number] if module == package or module.startswith(f"{package}."))


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_a_module_imports_only_what_stands_below_it(path: Path) -> None:
    module = _name(path)
    own = _line_of(module)
    assert own is not None, f"{module} has no place in ORDER"
    wrong = []
    for imported in _imports(path):
        line = _line_of(imported)
        if imported.split(".")[0] not in {"ketalit", "flows"} or imported == "ketalit.__version__":
            continue
        if line is None or line < own or (line == own and _package_of(imported, line) != _package_of(module, own)):
            wrong.append(imported)
    assert wrong == []


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_each_library_is_imported_only_in_its_place(path: Path) -> None:
    module = _name(path)
    wrong = [
        imported
        for imported in _imports(path)
        for library, places in PLACES.items()
        if imported.split(".")[0] == library and not module.startswith(places)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", [p for p in MODULES if _name(p).startswith((*PURE, "ketalit.extract"))], ids=_name)
def test_the_pure_half_opens_no_file_and_no_connection(path: Path) -> None:
    called = {
        ast.unparse(node.func) for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    }
    assert called & {"open", "print", "input", "urlopen"} == set()


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_no_module_is_longer_than_500_lines(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 500


def test_no_module_is_named_for_not_knowing_where_things_belong() -> None:
    names = {path.stem for path in MODULES}
    assert names & {"utils", "util", "helpers", "helper", "common", "manager", "misc", "tools", "base"} == set()


def test_nothing_recovers_silently_from_broken_xml() -> None:
    assert [path for path in MODULES if "recover=True" in path.read_text("utf-8")] == []


def test_the_top_level_holds_only_what_belongs_there() -> None:
    there = {
        path.name for path in ROOT.iterdir() if not re.fullmatch(r"\..*_cache|\.hypothesis|\.benchmarks", path.name)
    }
    assert there - TOP_LEVEL - MADE_HERE == set()


def test_a_sql_file_reads_only_from_lower_numbered_folders() -> None:
    schema = {"core": 30, "bridge": 40, "evidence": 50}
    wrong = []
    for path in sorted(ROOT.glob("sql/[0-9]*/*.sql")):
        folder = int(path.parent.name.split("_")[0])
        code = re.sub(r"--[^\n]*|'[^']*'", "", path.read_text("utf-8"))
        read = {schema[name] for name in re.findall(r"\b(?:from|join)\s+(core|bridge|evidence)\.", code)}
        wrong += [(path.name, number) for number in read if number > folder]
    assert wrong == []


def test_readme_names_every_verb_and_every_published_view() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    cli = "\n".join(path.read_text("utf-8") for path in sorted(ROOT.glob("ketalit/cli/*.py")))
    verbs = {(m[1] or m[2].rstrip("_")) for m in re.finditer(r'@app\.command\((?:"(\w+)")?\)\ndef (\w+)', cli)}
    views = {f"evidence.{path.stem}" for path in ROOT.glob("sql/50_evidence/*.sql")}
    missing = [v for v in verbs if f"ketalit {v}" not in readme] + [v for v in views if v not in readme]
    assert missing == []
