"""No fault that a bank can have goes untested, and none has a sentence without a use."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from quizlib.bank.table import SHAPES
from quizlib.errors import sentences

ROOT = Path(__file__).parents[2]


def constants(*folders: str) -> set[str]:
    """Every string written in the Python files of these folders."""
    return {text for folder in folders for path in (ROOT / folder).rglob("*.py") for text in strings(path)}


def strings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_fault_code_of_banks_stands_in_a_test() -> None:
    of_shapes = {f"bad-shape-{shape}" for shape in SHAPES}
    codes = sentences().keys() & constants("quizlib/bank", "quizlib/exam") | of_shapes

    untested = codes - constants("tests/bank", "tests/exam")

    assert untested == set()


def test_every_shape_has_a_sentence() -> None:
    codes = {f"bad-shape-{shape}" for shape in SHAPES}

    assert codes <= sentences().keys()


def test_every_sentence_has_a_use() -> None:
    rooms = [path.name for path in (ROOT / "quizlib").iterdir() if path.is_dir()]
    used = constants(*(f"quizlib/{room}" for room in rooms))

    dead = {code for code in sentences() if used.isdisjoint({code, re.sub("^bad-(shape-)?", "", code)})}

    assert dead == set()
