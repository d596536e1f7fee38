"""Every bundled bank, file by file: sound, careful, complete in both languages, and enough for its papers."""

import tomllib
from collections import Counter
from datetime import date
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from quizlib.bank.fields import LANGUAGES
from quizlib.bank.lint import lint
from quizlib.bank.reader import BUNDLED, banks, load_bank, read_bank
from quizlib.errors import Fault
from quizlib.exam.draw import draw
from quizlib.exam.feasible import blueprint_faults, without_stale

SEEING = ("judge", "clues", "action", "scenario")
SCAM_LISTS = ("ais24-2023", "quizlib-2026")
TODAY = date(2026, 11, 21)
FILES = sorted(BUNDLED.glob("*/*.toml"))
BLUEPRINTS = [(name, blueprint) for name in banks() for blueprint in read_bank(BUNDLED / name)[0].blueprints]
every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
every_bank = pytest.mark.parametrize("name", banks())


@cache
def faults_and_findings(name: str) -> tuple[list[Fault], tuple[Fault, ...]]:
    bank, faults = read_bank(BUNDLED / name)
    return faults, lint(bank, TODAY) if bank else ()


@every_file
def test_no_file_has_a_fault(path: Path) -> None:
    faults, _ = faults_and_findings(path.parent.name)

    of_this_file = [fault.line() for fault in faults if fault.file == str(path)]

    assert of_this_file == []


@every_file
def test_no_file_has_an_editorial_finding(path: Path) -> None:
    _, found = faults_and_findings(path.parent.name)

    in_this_file = [each.line() for each in found if each.file == f"{path.parent.name}/{path.name}"]

    assert in_this_file == []


@every_bank
def test_a_bank_as_a_whole_has_no_fault_or_finding(name: str) -> None:
    faults, found = faults_and_findings(name)

    assert [each.line() for each in (*faults, *found)] == []


@every_bank
def test_a_bank_is_complete_in_vietnamese_and_english(name: str) -> None:
    bank = load_bank(name)

    untranslated = [item.id for lang in LANGUAGES for item in bank.to(lang).items if item.lang != lang]

    assert set(LANGUAGES) <= bank.editions.keys()
    assert untranslated == []


@pytest.mark.parametrize(("name", "blueprint"), BLUEPRINTS)
def test_every_blueprint_can_be_met_today(name: str, blueprint: str) -> None:
    bank = load_bank(name)
    plan = without_stale(bank, bank.blueprints[blueprint], TODAY)

    found = blueprint_faults(bank, plan)

    assert [fault.line() for fault in found] == []
    assert len(draw(bank, plan, "a seed").items) == plan.size


def test_item_ids_are_unique_over_all_banks() -> None:
    ids = [item.id for name in banks() for item in load_bank(name).items]

    assert len(set(ids)) == len(ids)


def test_topic_ids_are_unique_over_all_banks() -> None:
    """An address of a lesson names the topic alone."""
    ids = [topic.id for name in banks() for topic in load_bank(name).topics]

    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(("name", "least"), [("scam_awareness", 320), ("digital_skills", 200)])
def test_a_bank_is_as_large_as_it_says(name: str, least: int) -> None:
    assert len(load_bank(name).items) >= least


def test_every_form_of_scam_has_eight_items() -> None:
    forms = Counter(form for item in load_bank("scam_awareness").items for form in item.forms)

    assert {form: count for form, count in forms.items() if count < 8} == {}


def test_half_of_what_is_shown_to_be_judged_is_genuine() -> None:
    shown = [item for item in load_bank("scam_awareness").items if item.kind in SEEING]
    judged = [item.verdict for item in shown if item.verdict != "none"]

    assert len(shown) >= 150
    assert 45 <= 100 * judged.count("genuine") / len(judged) <= 55


@pytest.mark.parametrize("name", ["scam_awareness", "digital_skills"])
def test_neighbours_share_few_questions_of_a_contest(name: str) -> None:
    bank = load_bank(name)
    papers = [draw(bank, bank.blueprints["contest"], f"neighbour {n}") for n in range(150)]

    shared = [len({*one.orders} & {*other.orders}) for one, other in combinations(papers, 2)]

    assert sum(shared) / len(shared) <= 3
    assert sum(count <= 8 for count in shared) / len(shared) >= 0.999


def test_a_contest_on_scams_is_as_often_genuine_as_fake() -> None:
    bank = load_bank("scam_awareness")
    papers = [draw(bank, bank.blueprints["contest"], f"balance {n}") for n in range(50)]

    counts = [Counter(item.verdict for item in paper.items) for paper in papers]

    assert {8 <= count["genuine"] <= 10 and 10 <= count["scam"] <= 12 for count in counts} == {True}


@every_bank
def test_every_topic_can_be_practised(name: str) -> None:
    bank = load_bank(name)

    poor = [topic.id for topic in bank.topics if len([i for i in bank.items if i.topic == topic.id]) < 5]

    assert poor == []


def test_every_form_of_scam_has_its_lesson() -> None:
    lists = tomllib.loads((BUNDLED / "codes.toml").read_text("utf-8"))
    forms = {f"{name}:{code}" for name in SCAM_LISTS for code in lists[name]["codes"]}
    covered = [form for name in banks() for topic in load_bank(name).topics for form in topic.lesson.forms]

    assert sorted(covered) == sorted(forms)


@every_bank
def test_every_source_is_used(name: str) -> None:
    bank = load_bank(name)

    used = {source for item in bank.items for source in item.sources}
    used |= {source for topic in bank.topics for source in topic.lesson.sources}
    unused = bank.sources.keys() - used

    assert unused == set()
