"""The house's floors as data: arrows only point down, and the core needs the standard library only."""

import ast
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from quizlib.bank.kinds import KINDS

PACKAGE = Path(__file__).parents[1] / "quizlib"
FLOORS = {
    "errors": 1,
    "bank": 2,
    "exam": 3,
    "measure": 3,
    "contest": 4,
    "learn": 4,
    "__init__": 5,  # the face of the package: what a script imports
    "press": 5,
    "rehearsal": 5,
    "web": 5,
    "terminal": 5,
    "cli": 5,
    "__main__": 6,
}
# Rooms of one floor that may know each other.
NEIGHBOURS = {("cli", "press"), ("cli", "rehearsal"), ("cli", "terminal"), ("cli", "web"), ("web", "press")}
STANDARD_LIBRARY_ONLY = FLOORS.keys() - {"measure", "press", "web"}
MEASURE_WITHOUT_EXTRAS = {
    "__init__",
    "confidence",
    "detection",
    "document",
    "gain",
    "leaning",
    "people",
    "printing",
    "response_file",
    "signals",
    "survey",
    "verification",
    "wording",
}
STANDARD_LIBRARY = {*sys.stdlib_module_names, "_typeshed"}  # the latter for type checkers alone
CORE_EXTRAS = {"learn/review.py": {"fsrs"}}  # the one file of the core that may know this package
# Extras that only these need.
LATE_IMPORTS = {
    "cli.py: print_handbook",
    "cli.py: serve",
    "cli.py: stats",
    "press/press.py: _compiler",
    "web/looking.py: statistics",
}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "perf_counter"}
CHANCE = {"random", "secrets", "time", "uuid"}

FILES = sorted(path for path in PACKAGE.rglob("*.py"))
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def needs_no_extra(path: Path) -> bool:
    if room(path) == "measure":
        return path.stem in MEASURE_WITHOUT_EXTRAS
    return room(path) in STANDARD_LIBRARY_ONLY


def imports(node: ast.AST) -> Iterator[str]:
    """Dotted names of the modules that ``node`` imports; a relative import keeps its dots."""
    for each in ast.walk(node):
        if isinstance(each, ast.Import):
            yield from (alias.name for alias in each.names)
        if isinstance(each, ast.ImportFrom):
            yield "." * each.level + (each.module or "")


def rooms_imported(path: Path) -> set[str]:
    dotted = [name.split(".") for name in imports(tree(path)) if name.split(".")[0] == "quizlib"]
    return {parts[1] if len(parts) > 1 else "__init__" for parts in dotted}


def late_imports(path: Path) -> set[str]:
    functions = [
        node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return {f"{path.relative_to(PACKAGE)}: {node.name}" for node in functions if any(imports(node))}


@every_file
def test_every_room_has_a_floor_and_imports_only_from_below(path: Path) -> None:
    own = room(path)

    upward = {
        other
        for other in rooms_imported(path) - {own}
        if FLOORS[other] >= FLOORS[own] and (own, other) not in NEIGHBOURS
    }

    assert upward == set()


@every_file
def test_the_core_needs_the_standard_library_only(path: Path) -> None:
    tops = {name.split(".")[0] for name in imports(tree(path))}

    foreign = tops - STANDARD_LIBRARY - {"quizlib"} if needs_no_extra(path) else set()

    assert foreign == CORE_EXTRAS.get(str(path.relative_to(PACKAGE).as_posix()), set())


@pytest.mark.parametrize("name", CORE_EXTRAS)
def test_what_needs_an_extra_is_known_to_the_web_alone(name: str) -> None:
    module = "quizlib." + name.removesuffix(".py").replace("/", ".")

    known = {room(path) for path in FILES if module in imports(tree(path))}

    assert known == {"web"}


# The face of the room loads its names when they are first used: tests/measure/test_responses.py.
@pytest.mark.parametrize("name", sorted(MEASURE_WITHOUT_EXTRAS - {"__init__"}))
def test_measures_without_extras_know_no_measure_that_needs_one(name: str) -> None:
    dotted = [found.split(".") for found in imports(tree(PACKAGE / "measure" / f"{name}.py"))]

    known = {parts[2] for parts in dotted if parts[:2] == ["quizlib", "measure"]}

    assert known <= MEASURE_WITHOUT_EXTRAS


@every_file
def test_imports_stand_at_the_head_of_a_file(path: Path) -> None:
    late = late_imports(path)

    assert late <= LATE_IMPORTS


@every_file
def test_below_the_web_there_is_neither_clock_nor_chance(path: Path) -> None:
    if FLOORS[room(path)] >= FLOORS["web"]:
        return

    calls = {
        node.func.attr
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }

    assert calls & CLOCKS == set()
    assert CHANCE.isdisjoint(imports(tree(path)))


@every_file
def test_a_module_opens_with_one_sentence(path: Path) -> None:
    text = ast.get_docstring(tree(path))

    assert text or not path.read_text(encoding="utf-8").strip()


def test_every_late_import_that_is_excused_is_there() -> None:
    late = {name for path in FILES for name in late_imports(path)}

    assert late == LATE_IMPORTS


def test_every_kind_in_its_folder_is_in_the_table() -> None:
    files = {path.stem for path in (PACKAGE / "bank" / "kinds").glob("*.py")} - {"__init__", "kind"}

    assert files == KINDS.keys()
    assert all(kind.name == name for name, kind in KINDS.items())


def test_no_room_is_a_lumber_room() -> None:
    names = {path.stem for path in FILES} | {path.parent.name for path in FILES}

    assert names.isdisjoint({"utils", "helpers", "common", "base", "manager", "misc"})
