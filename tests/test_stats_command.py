"""quizlib stats: what a teacher reads of a file, and what is refused."""

import sys
from pathlib import Path

import pytest

from quizlib.cli import main

ROWS = ["person,q1,q2,q3", "key,a,b,c"] + [
    f"P{at},{'a' if at > 9 else 'b'},{'b' if at > 19 else 'c'},{'c' if at < 20 else 'a'}" for at in range(40)
]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "lớp.csv"
    path.write_text("\n".join(ROWS), "utf-8")
    return path


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("vi", ["TÓM TẮT\n40 người làm cùng một đề 3 câu.", "!! q3\n   40 người, độ dễ 50 %", "(alpha)"]),
        ("en", ["IN SHORT\n40 people sat the same paper of 3 items.", "!! q3\n   40 people", "(alpha)"]),
    ],
)
def test_a_file_is_summed_up_with_its_faulty_items_and_tables(
    file: Path, capsys: pytest.CaptureFixture[str], lang: str, told: list[str]
) -> None:
    code = main(["stats", str(file), "--lang", lang])

    out = capsys.readouterr().out
    assert code == 0
    assert [out.index(each) for each in told] == sorted(out.index(each) for each in told)


def test_the_page_is_written_beside_the_text(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = file.with_suffix(".html")
    code = main(["stats", str(file), "--html", str(out), "--lang", "vi"])

    page = out.read_text("utf-8")
    assert code == 0
    assert "<h1>lớp.csv</h1>" in page
    assert page.count("<svg ") == 2 + page.count("<h3 class=")  # the scores, the map, each flagged item
    assert "TÓM TẮT" in capsys.readouterr().out


def test_every_fault_of_the_file_is_told_at_once(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text("person,q1,q1\nAn,x,1\nBình,1\n", "utf-8")
    code = main(["stats", str(file), "--lang", "en"])

    lines = capsys.readouterr().err.splitlines()
    assert code == 1
    assert [line.partition(": ")[2].partition(": ")[0] for line in lines] == ["1", "3", "2"]


def test_a_file_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["stats", str(tmp_path / "nothing.csv"), "--lang", "en"])

    assert code == 1
    assert capsys.readouterr().err.startswith("nothing.csv: The file cannot be read")


def test_a_page_that_cannot_be_written_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["stats", str(file), "--html", str(file.parent / "no folder" / "x.html")])

    assert code == 1
    assert "no folder" in capsys.readouterr().err


def test_without_numpy_it_says_what_to_type(
    file: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "quizlib.measure.report", raising=False)
    monkeypatch.setitem(sys.modules, "numpy", None)
    code = main(["stats", str(file)])

    assert code == 1
    assert "pip install 'quizlib[stats]'" in capsys.readouterr().err
