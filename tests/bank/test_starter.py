"""A new bank starts from a folder that passes every check."""

import json
from datetime import date
from pathlib import Path

import pytest

from quizlib.bank.lint import lint
from quizlib.bank.reader import load_bank
from quizlib.bank.schema import schemas
from quizlib.bank.starter import write_starter
from quizlib.errors import ContentError
from quizlib.exam.draw import draw
from quizlib.exam.feasible import blueprint_faults, without_stale

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize("name", ["our-village", "village_2", "x"])
def test_the_starter_passes_every_check(tmp_path: Path, name: str) -> None:
    write_starter(tmp_path / name)

    bank = load_bank(tmp_path / name)

    assert lint(bank, TODAY) == ()
    assert blueprint_faults(bank, without_stale(bank, bank.blueprints["quick"], TODAY)) == ()
    assert [item.id for item in draw(bank, "quick", "seed").items] == [f"{name}-first"]


def test_the_starter_brings_its_schemas(tmp_path: Path) -> None:
    write_starter(tmp_path / "village")

    found = {
        path.stem: json.loads(path.read_text()) for path in (tmp_path / "village/.schema").glob("*.json")
    }

    assert found == schemas()


def test_every_file_of_the_starter_points_at_a_schema_that_is_there(tmp_path: Path) -> None:
    write_starter(tmp_path / "village")

    first_lines = [path.read_text().splitlines()[0] for path in (tmp_path / "village").glob("*.toml")]

    assert len(first_lines) == 3
    assert all((tmp_path / "village" / line.removeprefix("#:schema ")).is_file() for line in first_lines)


def test_a_folder_in_use_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "village").mkdir()
    (tmp_path / "village" / "notes.txt").write_text("giữ lại")

    with pytest.raises(ContentError) as refusal:
        write_starter(tmp_path / "village")

    assert [fault.code for fault in refusal.value.faults] == ["folder-in-use"]
    assert [path.name for path in (tmp_path / "village").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize("name", ["Làng", "my bank", "-x"])
def test_a_name_that_is_no_id_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ContentError) as refusal:
        write_starter(tmp_path / name)

    assert [fault.code for fault in refusal.value.faults] == ["bad-shape-id"]
    assert not (tmp_path / name).exists()
