"""The quizlib command: list banks, check one, sit a paper, start a new bank."""

import io
import json
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from quizlib.bank.bank import Bank
from quizlib.bank.reader import banks, load_bank
from quizlib.cli import main
from quizlib.exam.draw import draw
from tests.builders import a_blueprint_table, a_document, an_item_table, an_overlay, write_bank

OF_EVERY_KIND = (
    an_item_table("money-1", stimulus="sms", points=2),
    an_item_table("money-2", kind="multiple", key=["a", "b"], points=2),
    an_item_table("money-3", kind="order", key=["c", "a", "b"], points=2),
    an_item_table("money-4", kind="number", option=None, key=["1500000"], points=2),
)


def a_folder(tmp_path: Path, **head: object) -> Path:
    """A bank of every kind in both languages, whose one blueprint asks for everything."""
    document = a_document(
        *OF_EVERY_KIND,
        overlays={"en": an_overlay(*OF_EVERY_KIND)},
        **{"languages": ["vi", "en"], "blueprint": [a_blueprint_table(quotas={"money": 4})], **head},
    )
    return write_bank(tmp_path / "sample", document)


def typed_answers(bank: Bank, seed: str, lang: str) -> list[str]:
    """What somebody types who knows everything."""
    paper = draw(bank.to(lang), "all", seed)
    number = {"vi": "1.500.000", "en": "1,500,000"}[lang]
    return [
        " ".join(str(paper.orders[item.id].index(each) + 1) for each in item.key) if item.options else number
        for item in paper.items
    ]


def type_in(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{line}\n" for line in lines)))


def test_banks_lists_every_bundled_bank(capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["banks", "--lang", "en"])

    lines = capsys.readouterr().out.splitlines()

    assert code == 0
    assert [line.split()[0] for line in lines] == list(banks())
    assert all(load_bank(name, "en").title in line for name, line in zip(banks(), lines, strict=True))


def test_check_counts_a_sound_bank(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = a_folder(tmp_path)

    code = main(["check", str(folder), "--lang", "en"])

    out = capsys.readouterr().out
    assert code == 0
    assert "kind: choice 1, multiple 1, number 1, order 1" in out
    assert out.endswith(f"{folder}: 0 faults, 0 findings\n")


def test_check_prints_every_fault_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = a_folder(tmp_path, cut=101, licence=None)

    code = main(["check", str(folder), "--lang", "vi"])

    lines = capsys.readouterr().out.splitlines()
    assert code == 1
    assert lines == [
        f"{folder}/bank.toml: licence: Thiếu mục bắt buộc này. Hãy thêm vào.",
        f"{folder}/bank.toml: cut: Cần một số từ 0 đến 100.",
        f"{folder}: 2 faults, 0 findings",
    ]


def test_check_tells_a_blueprint_that_cannot_be_met(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = a_folder(tmp_path, blueprint=[a_blueprint_table(quotas={"money": 5})])

    code = main(["check", str(folder), "--lang", "en"])

    assert code == 1
    assert "5 items of “money” are wanted; 4 can be used." in capsys.readouterr().out


def test_findings_fail_only_a_strict_check(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_bank(tmp_path / "sample", a_document(an_item_table(stem="từ. " * 46)))

    codes = [main(["check", str(folder)]), main(["check", str(folder), "--strict"])]

    assert codes == [0, 1]
    assert capsys.readouterr().out.count("0 faults, 1 findings") == 2


def test_check_as_json_is_for_machines(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sound, faulty = a_folder(tmp_path / "1"), a_folder(tmp_path / "2", cut=101)

    codes = [main(["check", str(folder), "--json", "--lang", "en"]) for folder in (sound, faulty)]

    out = capsys.readouterr().out
    first, second = (
        json.loads(text) for text in (out[: out.index("]\n[") + 1], out[out.index("]\n[") + 1 :])
    )
    assert codes == [0, 1]
    assert first[0]["folder"] == "sample"
    assert first[0]["counts"]["topic"] == {"money": 4}
    assert (first[0]["faults"], first[0]["findings"]) == ([], [])
    assert second[0]["counts"] is None
    assert second[0]["faults"] == [
        {
            "file": f"{faulty}/bank.toml",
            "place": "",
            "field": "cut",
            "code": "not-a-percentage",
            "message": "A number from 0 to 100 is needed.",
        }
    ]


def test_check_of_no_folder_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["check", str(tmp_path / "absent"), "--lang", "en"])

    assert code == 1
    assert "There is no such folder." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("lang", "right", "result"),
    [
        ("vi", "Đúng.", "Bạn đúng 8/8 điểm (100%). Mã đề: seed"),
        ("en", "Right.", "You got 8/8 points (100%). Seed: seed"),
    ],
)
def test_whoever_knows_everything_gets_everything_in_either_language(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    lang: str,
    right: str,
    result: str,
) -> None:
    folder = a_folder(tmp_path)
    type_in(monkeypatch, *typed_answers(load_bank(folder), "seed", lang))

    code = main(["try", str(folder), "--seed", "seed", "--lang", lang])

    out = capsys.readouterr().out
    assert code == 0
    assert out.count(right) == 4
    assert out.rstrip().endswith(result)
    assert "| Tin nhắn sms" in out


def test_blank_lines_are_blank_answers_and_the_keys_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = a_folder(tmp_path)
    type_in(monkeypatch, "", "", "", "")

    code = main(["try", str(folder), "--lang", "en"])

    out = capsys.readouterr().out
    assert code == 0
    assert "You got 0/8 points (0%)" in out
    assert "The answer: Option c → Option a → Option b" in out
    assert "The answer: 1500000" in out


@pytest.mark.parametrize("nonsense", ["0", "4", "x", "-1", "1 2", "²", "1,2"])
def test_what_cannot_be_read_is_asked_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, nonsense: str
) -> None:
    folder = write_bank(tmp_path / "sample")
    type_in(monkeypatch, nonsense, "1")

    code = main(["try", str(folder), "--lang", "en"])

    assert code == 0
    assert capsys.readouterr().out.count("That could not be read") == 1


def test_whoever_leaves_in_the_middle_sees_no_traceback(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    type_in(monkeypatch)

    code = main(["try", str(write_bank(tmp_path / "sample"))])

    assert code == 130
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("head", "arguments", "said"),
    [
        ({}, ["--blueprint", "al"], "blueprint: “al” cannot stand here. Choose from: all."),
        ({"blueprint": [a_blueprint_table(quotas={"money": 9})]}, [], "no paper of the blueprint “all”"),
        ({"cut": 101}, [], "bank.toml: cut: A number from 0 to 100 is needed."),
    ],
)
def test_a_paper_that_cannot_be_sat_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], head: dict, arguments: list[str], said: str
) -> None:
    folder = a_folder(tmp_path, **head)

    code = main(["try", str(folder), "--lang", "en", *arguments])

    told = capsys.readouterr().err
    assert code == 1
    assert said in told
    assert len(told.splitlines()) == 1


def test_a_bank_without_blueprints_cannot_be_sat(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write_bank(tmp_path / "sample", a_document(blueprint=None))

    code = main(["try", str(folder), "--lang", "en"])

    assert code == 1
    assert f"{folder}: blueprint: “” cannot stand here." in capsys.readouterr().err


def test_a_refusal_speaks_the_language_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["try", str(a_folder(tmp_path, cut=101)), "--lang", "vi"])

    assert code == 1
    assert "Cần một số từ 0 đến 100." in capsys.readouterr().err


def test_a_new_bank_is_written_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "our-village"

    codes = [main(["new-bank", str(folder)]) for _ in range(2)]

    out, err = capsys.readouterr()
    assert codes == [0, 1]
    assert f"quizlib check {folder}" in out
    assert "Thư mục đã có tệp." in err
    assert [item.id for item in load_bank(folder).items] == ["our-village-first"]


def test_the_handbook_is_printed(tmp_path: Path) -> None:
    out = tmp_path / "handbook.pdf"
    wanted = [
        "--topics",
        "fake-police,passwords",
        "--organiser",
        "Hội Phụ nữ",
        "--site",
        "https://so.example/",
    ]

    code = main(["handbook", *wanted, "--lang", "vi", str(out)])

    said = " ".join(" ".join(page.extract_text() for page in PdfReader(out).pages).split())
    assert code == 0
    assert "Hội Phụ nữ" in said
    assert "so.example/learn/fake-police" in said
    assert load_bank("digital_skills").topic("passwords").lesson.about in said


def test_the_handbook_folds_into_a_pocket(tmp_path: Path) -> None:
    code = main(["handbook", "--pocket", "--lang", "en", str(tmp_path / "pocket.pdf")])

    assert code == 0
    assert len(PdfReader(tmp_path / "pocket.pdf").pages) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--topics", "no-such"], "“no-such” cannot stand here"),
        (["--organiser", "Lan 😀"], "cannot be printed: 😀"),
    ],
)
def test_a_handbook_that_cannot_be_printed_is_refused_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    code = main(["handbook", *arguments, "--lang", "en", str(tmp_path / "handbook.pdf")])

    told = capsys.readouterr().err
    assert code == 1
    assert said in told
    assert len(told.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("lang", "said"), [("vi", "Hãy gõ"), ("en", "Type")])
def test_without_the_press_the_handbook_says_how_to_get_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)

    code = main(["handbook", "--topics", "hoaxes", "--lang", lang, str(tmp_path / "handbook.pdf")])

    assert code == 1
    assert f"{said}: pip install 'quizlib[certificates]'" in capsys.readouterr().err


def test_a_command_is_needed(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main([])

    assert left.value.code == 2
    assert "COMMAND" in capsys.readouterr().err
