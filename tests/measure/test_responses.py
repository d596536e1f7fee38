"""Responses: what is taken as such, and a sentence for everything that is not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.errors import ContentError
from quizlib.measure import Responses, distractors

NAN = float("nan")


def codes(error: pytest.ExceptionInfo[ContentError]) -> list[tuple[str, str]]:
    assert all(fault.say("vi") != fault.say("en") for fault in error.value.faults)
    return [(fault.field, fault.code) for fault in error.value.faults]


def csv_file(folder: Path, text: str) -> Path:
    path = folder / "round.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_lists_and_arrays_are_taken_alike() -> None:
    one = Responses.of([[1, 0.5], [0, None]], [1, 2], people=["An", "Bình"], items=["q1", "q2"])
    other = Responses.of(np.array([[1, 0.5], [0, NAN]]), np.array([1, 2]))

    np.testing.assert_array_equal(one.marks, other.marks)
    assert (one.people, one.items) == (("An", "Bình"), ("q1", "q2"))
    assert (other.people, other.items) == (("1", "2"), ("1", "2"))
    assert one.totals.tolist() == [1.5, 0]
    assert one.maxima.tolist() == [3, 1]
    assert not one.is_complete


def test_the_callers_array_stays_the_callers() -> None:
    marks = np.ones((2, 2))
    found = Responses.of(marks)

    marks[0, 0] = 0

    assert found.marks[0, 0] == 1
    assert not found.marks.flags.writeable


def test_negative_marks_are_possible() -> None:
    assert Responses.of([[-1, 1]]).totals.tolist() == [0]


@pytest.mark.parametrize("chosen", [
    [["a", "b"], ["b", ""], [None, "c"]],
    np.array([[0, 1], [1, -1], [-2, 2]], dtype=np.int8),
    np.array([[0, 1], [1, -1], [-2, 2]]),
    [[0.0, 1.0], [1.0, -1.0], [NAN, 2.0]],
    [[0, 1], [1, -1], [None, 2]],
])  # fmt: skip
def test_chosen_options_are_marked_by_the_keys(chosen: object) -> None:
    keys = ["a", "b"] if isinstance(chosen, list) and isinstance(chosen[0][0], str) else [0, 1]

    found = Responses.of(chosen=chosen, keys=keys, max_marks=[1, 2])

    np.testing.assert_array_equal(found.marks, [[1, 2], [0, 0], [NAN, 0]])
    assert found.choices is not None
    assert found.choices.codes.tolist() == [[0, 1], [1, -1], [-2, 2]]
    assert found.choices.options == ((0, 1, 2), (0, 1, 2))


def test_options_counted_from_one_have_no_option_nought() -> None:
    found = Responses.of(chosen=[[1, 4], [2, 3]], keys=[1.0, 5.0])

    assert found.choices is not None
    assert found.choices.options == ((1, 2, 3, 4, 5), (1, 2, 3, 4, 5))


def test_masked_marks_were_not_shown() -> None:
    found = Responses.of(np.ma.masked_array([[1, 0], [0, 1]], [[False, True], [False, False]]))

    np.testing.assert_array_equal(found.marks, [[1, NAN], [0, 1]])


def test_options_may_be_stated_and_need_not_be_chosen() -> None:
    found = Responses.of(chosen=[["a", "x"]], keys=["b", "y"], options=[["a", "b", "c", "d"], ["x", "y"]])

    assert found.choices is not None
    assert [len(options) for options in found.choices.options] == [4, 2]


@pytest.mark.parametrize(
    ("given", "faults"),
    [
        ({}, [("marks", "marks-or-keys")]),
        ({"chosen": [["a"]]}, [("marks", "marks-or-keys")]),
        ({"marks": []}, [("marks", "not-a-matrix")]),
        ({"marks": [[], []]}, [("marks", "not-a-matrix")]),
        ({"marks": [1, 0, 1]}, [("marks", "not-a-matrix")]),
        ({"marks": np.zeros((2, 2, 2))}, [("marks", "not-a-matrix")]),
        ({"marks": [[1, 0], [1]]}, [("marks", "ragged")]),
        ({"marks": [["good", 1]]}, [("marks", "not-numbers")]),
        ({"marks": [[None, NAN]]}, [("marks", "nothing-shown")]),
        ({"marks": [[2, 0], [1, -3]]}, [("marks", "mark-out-of-bounds")] * 2),
        ({"marks": [[float("inf"), 0]]}, [("marks", "mark-out-of-bounds")]),
        ({"marks": [[1, 0]], "max_marks": 0}, [("max_marks", "max-marks-not-positive")]),
        ({"marks": [[1, 0]], "max_marks": [1, NAN]}, [("max_marks", "max-marks-not-positive")]),
        ({"marks": [[1, 0]], "max_marks": [1, 1, 1]}, [("max_marks", "wrong-length")]),
        ({"marks": [[1, 0]], "max_marks": "many"}, [("max_marks", "not-numbers")]),
        (
            {"marks": [[1, 0]], "items": ["a"], "people": []},
            [("people", "wrong-length"), ("items", "wrong-length")],
        ),
        ({"marks": [[1, 0]], "strata": ["a"]}, [("strata", "wrong-length")]),
        ({"marks": [[1, 0]], "seconds": [[1]]}, [("seconds", "wrong-length")]),
        ({"marks": [[1, 0]], "seconds": [[1, -1]]}, [("seconds", "seconds-below-0")]),
        ({"marks": [[1, 0]], "chosen": [["a"]]}, [("chosen", "wrong-length")]),
        ({"chosen": [["a", "b"], ["a"]], "keys": ["a", "b"]}, [("chosen", "ragged")]),
        ({"chosen": ["a", "b"], "keys": ["a", "b"]}, [("chosen", "not-a-matrix")]),
        ({"chosen": [["a", "b"]], "keys": ["a"]}, [("keys", "wrong-length")]),
        ({"chosen": [["a", "b"]], "keys": ["a", None]}, [("keys", "key-missing")]),
        ({"chosen": [["a"]], "keys": ["a"], "options": []}, [("options", "wrong-length")]),
        ({"chosen": [[0.5]], "keys": [1]}, [("chosen", "option-not-whole")]),
        ({"chosen": [[1]], "keys": ["a"]}, [("keys", "option-not-whole")]),
        ({"chosen": [[-3]], "keys": [1]}, [("chosen", "option-out-of-range")]),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_a_sentence(given: dict[str, object], faults: list[object]) -> None:
    with pytest.raises(ContentError) as error:
        Responses.of(**given)  # type: ignore[arg-type]

    assert codes(error) == faults


def test_the_place_of_a_mark_out_of_bounds_is_told() -> None:
    with pytest.raises(ContentError, match=r"responses: 2, 3: marks: A mark of 7 is outside -5 to 5"):
        Responses.of([[1, 2, 3], [1, 2, 7]], 5)


def test_a_file_of_marks_is_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "person,q1,q2,q3\nmax,1,1,2\nMax,1,0,1.5\nBình,,1,0\n\n")

    found = Responses.read(path)

    np.testing.assert_array_equal(found.marks, [[1, 0, 1.5], [NAN, 1, 0]])
    assert found.people == ("Max", "Bình")
    assert found.items == ("q1", "q2", "q3")
    assert found.max_marks.tolist() == [1, 1, 2]


def test_a_cell_may_hold_quotes_and_line_breaks(tmp_path: Path) -> None:
    found = Responses.read(csv_file(tmp_path, 'name,q1\n"Lê ""A""\nlớp 5",1\n'))

    assert found.people == ('Lê "A"\nlớp 5',)


def test_a_file_without_names_and_with_semicolons_is_read(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "\ufeffq1;q2\n0,5;1\n1;0\n")

    found = Responses.read(path)

    assert found.marks.tolist() == [[0.5, 1], [1, 0]]
    assert found.people == ("1", "2")


def test_a_file_of_options_is_marked_by_its_key(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "person,q1,q2\nkey,a,c\nAn,a,-\nBình,b,\n")

    found = Responses.read(path, max_marks=2)

    np.testing.assert_array_equal(found.marks, [[2, 0], [0, NAN]])
    assert found.choices is not None
    assert found.choices.labels == ("a", "b", "c")


def test_a_file_of_options_may_state_marks_options_and_topics(tmp_path: Path) -> None:
    text = "person;q1;q2\nkey;a;marks\noptions;a b c;\ntopic;x;y\nmax;2;1\nAn;b=0,5;1\nBình;a;\nCúc;-;0\n"
    found = Responses.read(csv_file(tmp_path, text))

    np.testing.assert_array_equal(found.marks, [[0.5, 1], [2, NAN], [0, 0]])
    assert found.strata == ("x", "y")
    assert found.choices is not None
    assert (found.choices.labels, found.choices.options[0]) == (("a", "b", "c"), (0, 1, 2))
    assert found.choices.codes[:, 0].tolist() == [1, 0, -1]


def test_the_callers_greatest_marks_hold_where_the_file_states_none(tmp_path: Path) -> None:
    found = Responses.read(csv_file(tmp_path, "person,q1,q2\nkey,a,b\nAn,a,c=1\n"), max_marks=[2, 3])

    assert found.marks.tolist() == [[2, 1]]


cells = st.tuples(st.sampled_from(["a", "b", "c", ""]), st.sampled_from([0.0, 0.1 + 0.2, 1.0, 2.0, -1 / 3]))


@given(st.data())
def test_what_is_written_is_read_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    people, items = data.draw(st.integers(1, 4)), data.draw(st.integers(1, 4))
    row = st.lists(st.none() | cells, min_size=items, max_size=items)
    drawn = data.draw(
        st.lists(row, min_size=people, max_size=people).filter(lambda rows: any(map(any, rows)))
    )
    keys = data.draw(st.lists(st.sampled_from(["a", "b", None]), min_size=items, max_size=items))
    responses = Responses.of(
        [[cell and cell[1] for cell in row] for row in drawn],
        2,
        chosen=[[cell and cell[0] for cell in row] for row in drawn] if any(keys) else None,
        keys=keys if any(keys) else None,
        options=["abc"] * items if any(keys) else None,
        strata=data.draw(st.none() | st.just(["x", "y", "x", "y"][:items])),
    )
    path = tmp_path_factory.mktemp("written") / "round.csv"
    responses.write(path)
    found = Responses.read(path)

    np.testing.assert_array_equal(found.marks, responses.marks)
    np.testing.assert_array_equal(found.max_marks, responses.max_marks)
    assert (found.people, found.items, found.strata) == (responses.people, responses.items, responses.strata)
    if any(keys):
        assert str(distractors(found)) == str(distractors(responses))


def test_every_fault_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    path = csv_file(tmp_path, "person,q1,q1,\nmax,1,1,1\nmax,1,1,1\nAn,good,3,0\nBình,1\nCúc,inf,0,0\n")

    with pytest.raises(ContentError) as error:
        Responses.read(path)

    assert sorted((fault.place, fault.field, fault.code) for fault in error.value.faults) == [
        ("1", "4", "item-unnamed"),
        ("1", "q1", "column-twice"),
        ("3", "max", "row-twice"),
        ("4", "q1", "cell-not-a-number"),
        ("4", "q1", "mark-out-of-bounds"),
        ("5", "", "row-length"),
        ("6", "q1", "cell-not-a-number"),
    ]


@pytest.mark.parametrize(("text", "code"), [
    ("", "no-people"),
    ("person,q1\n", "no-people"),
    ("person,q1,q2\nkey,a,\nAn,a,b\n", "key-missing"),
    ("person,q1,q2\nkey,a,marks\nAn,a,b\n", "cell-not-a-number"),
    ("person,q1\nkey,a\nAn,b=half\n", "cell-not-a-number"),
    ("person,q1\nkey,a\nmax,1\nAn,b=2\n", "mark-out-of-bounds"),
    ("person,q1\nkey,a\ntopic,x\ntopic,y\nAn,b\n", "row-twice"),
])  # fmt: skip
def test_a_file_that_says_nothing_is_refused(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(ContentError) as error:
        Responses.read(csv_file(tmp_path, text))

    assert [fault.code for fault in error.value.faults] == [code]


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        Responses.read(tmp_path / "nothing.csv")


def test_importing_measure_does_not_import_numpy() -> None:
    asked = "import quizlib.measure, sys; dir(quizlib.measure); raise SystemExit('numpy' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", asked]).returncode == 0
