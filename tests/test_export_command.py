"""quizlib export: open banks and lessons as files, all of them or none."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from quizlib.bank.reader import banks, load_bank
from quizlib.cli import main
from tests.builders import a_document, an_item_table, an_overlay, write_bank
from tests.test_readme import blocks

TABLES = {"README.txt", "items.csv", "lessons.csv", "sources.csv"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def test_all_bundled_banks_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "open-data"

    code = main(["export", str(folder)])

    assert code == 0
    assert names(folder) == TABLES | {f"{name}.json" for name in banks()}


def test_banks_can_be_chosen_by_name_and_by_folder(tmp_path: Path) -> None:
    own = write_bank(tmp_path / "sample", a_document(an_item_table("own-1")))

    code = main(["export", "scam_awareness", str(own), str(tmp_path / "out")])

    assert code == 0
    assert names(tmp_path / "out") == TABLES | {"scam_awareness.json", "sample.json"}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_texts_are_in_the_language_asked_for(tmp_path: Path, lang: str) -> None:
    main(["export", "scam_awareness", str(tmp_path / "out"), "--lang", lang])

    found = json.loads((tmp_path / "out" / "scam_awareness.json").read_text("utf-8"))

    assert (found["lang"], found["title"]) == (lang, load_bank("scam_awareness", lang).title)


def test_a_folder_in_use_is_left_alone_until_told_otherwise(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "items.csv").write_text("old", "utf-8")

    refused = main(["export", str(tmp_path), "--lang", "en"])
    kept = names(tmp_path)
    told = main(["export", str(tmp_path), "--lang", "en", "--overwrite"])

    assert (refused, told) == (1, 0)
    assert kept == {"items.csv"}
    assert "The folder has files in it." in capsys.readouterr().err
    assert names(tmp_path) > TABLES
    assert (tmp_path / "items.csv").read_text("utf-8") != "old"


@pytest.mark.parametrize("flags", [[], ["--overwrite"]])
def test_a_file_is_no_folder(tmp_path: Path, flags: list[str]) -> None:
    (tmp_path / "out").write_text("mine", "utf-8")

    assert main(["export", str(tmp_path / "out"), *flags]) == 1
    assert (tmp_path / "out").read_text("utf-8") == "mine"


def test_an_empty_folder_is_as_good_as_a_new_one(tmp_path: Path) -> None:
    assert main(["export", str(tmp_path)]) == 0


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ({"reserved": True}, "This bank is reserved: it is not exported."),
        ({"cut": 101}, "A number from 0 to 100 is needed."),
    ],
)
def test_beside_a_bank_that_is_refused_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], head: dict, said: str
) -> None:
    private = write_bank(tmp_path / "sample", a_document(overlays={"en": an_overlay()}, **head))

    code = main(["export", "scam_awareness", str(private), str(tmp_path / "out"), "--lang", "en"])

    assert code == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_an_unknown_bank_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "no-such", str(tmp_path / "out"), "--lang", "en"]) == 1
    assert "There is no such folder." in capsys.readouterr().err


@pytest.mark.parametrize(
    "line",
    [
        line
        for code in blocks("docs/api.md", "sh")
        for line in code.splitlines()
        if line.startswith("quizlib ")
    ],
)
def test_the_commands_of_the_document_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.chdir(tmp_path)
    write_bank(tmp_path / "our-village", a_document(an_item_table("village-1"), name="our-village"))

    assert main(shlex.split(line)[1:]) == 0
