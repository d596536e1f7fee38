"""The kinds that show the thing itself give nothing away before marking, and mark by their own rules."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from quizlib.bank.item import Clue, Part, Response, Stimulus
from quizlib.bank.kinds.judge import SURENESS
from quizlib.exam.draw import draw
from quizlib.exam.paper import steps_met, view
from quizlib.exam.score import mark
from tests.builders import (
    Raw,
    a_bank,
    a_blueprint_table,
    a_clues_table,
    a_judge_table,
    a_scenario_table,
    an_action_table,
    clue_tables,
)

TABLES = (a_judge_table(), a_clues_table(), an_action_table(), a_scenario_table())
JUDGE, CLUES, ACTION, STORY = a_bank(*TABLES).items
WORDS = ("key", "harm", "cost", "says", "next", 'clue"', "verdict", "rationale", "tactic")
TEXTS = ("Hóa ra", "Dấu hiệu", "Lý do", "Lời giải", "5000000", "scam")


def shown(*tables: Raw) -> str:
    """All that a paper shows, as JSON, without the items' own ids and kinds."""
    bank = a_bank(*tables, blueprint=[a_blueprint_table(quotas={"money": len(tables)})])
    views = [each.to_dict() | {"kind": ""} for each in draw(bank, "all", "seed").views()]
    return json.dumps(views, ensure_ascii=False)


# -- views


def test_no_view_gives_anything_away() -> None:
    text = shown(*TABLES)

    assert [word for word in WORDS if f'"{word}' in text] == []
    assert [each for each in TEXTS if each in text] == []


def test_a_view_holds_what_inspecting_a_part_shows() -> None:
    text = shown(*TABLES)

    assert "Xem kỹ judge-1" in text and "Xem kỹ clues-1" in text


def test_papers_that_differ_only_in_secrets_are_shown_alike() -> None:
    acts = [act | {"harm": 2 - act["harm"], "rationale": "Khác."} for act in TABLES[2]["option"]]
    steps = [
        step | {"choice": [choice | {"cost": 7, "says": "Khác."} for choice in step["choice"]]}
        for step in TABLES[3]["step"]
    ]
    others = (
        a_judge_table(verdict="genuine", clue=clue_tables("from"), explanation="Khác."),
        a_clues_table(clue=clue_tables("from"), key=["from"], verdict="genuine", tactic="fear"),
        an_action_table(option=acts, key=["c"], verdict="scam"),
        a_scenario_table(step=steps, explanation="Khác.", verdict="genuine"),
    )

    assert shown(*TABLES) == shown(*others)


def test_points_of_a_step_are_not_shown() -> None:
    steps = TABLES[3]["step"]
    moved = [steps[0], steps[1], steps[2] | {"choice": [
        steps[2]["choice"][0] | {"points": 0}, steps[2]["choice"][1] | {"points": 1}
    ]}]  # fmt: skip

    assert shown(a_scenario_table()) == shown(a_scenario_table(step=moved, key=["a", "f"]))


@pytest.mark.parametrize(
    ("path", "met"),
    [
        ((), ["s1"]),
        (("a",), ["s1", "s3"]),
        (("b",), ["s1", "s2"]),
        (("b", "d"), ["s1", "s2", "s3"]),
        (("a", "f"), ["s1", "s3"]),
    ],
)
def test_only_the_steps_met_are_shown(path: Response, met: list[str]) -> None:
    steps = steps_met(STORY, path)

    assert [step.id for step in steps] == met


def test_a_view_of_a_scenario_shows_its_first_step_and_the_ways_on() -> None:
    seen = view(STORY)

    assert [step.text for step in seen.steps] == ["Bước s1"]
    assert [(way.id, way.text) for way in seen.steps[0].options] == [
        ("a", "Phương án a"),
        ("b", "Phương án b"),
    ]
    assert "s2" not in json.dumps(seen.to_dict(), ensure_ascii=False)


def test_kinds_without_a_story_meet_no_step() -> None:
    assert [steps_met(item) for item in (JUDGE, CLUES, ACTION)] == [(), (), ()]


# -- marks


@pytest.mark.parametrize("sureness", SURENESS)
def test_how_sure_one_is_earns_nothing_and_costs_nothing(sureness: str) -> None:
    points = [mark(JUDGE, (verdict, sureness)).points for verdict in ("scam", "genuine")]

    assert points == [1, 0]


@pytest.mark.parametrize(
    ("response", "points"), [(("a",), 2), (("b",), 1), (("c",), 0)], ids=["safe", "not-enough", "harmful"]
)
def test_an_act_is_marked_by_its_harm(response: Response, points: int) -> None:
    assert mark(ACTION, response).points == points


@pytest.mark.parametrize(
    ("response", "points"),
    [
        (("a",), 2),
        (("b",), 0),
        (("a", "e"), 3),
        (("a", "f"), 2),
        (("b", "c", "e"), 1),
        (("b", "c", "f"), 0),
        (("b", "d", "e"), 2),
        (("b", "d", "f"), 1),
    ],
)
def test_a_path_earns_the_points_it_gathers(response: Response, points: int) -> None:
    marked = mark(STORY, response)

    assert (marked.points, marked.is_right) == (points, points == 3)


@pytest.mark.parametrize(
    ("response", "points"),
    [
        (("one", "two"), 2),
        (("one",), 1),
        (("one", "three", "two"), 1),
        (("one", "three"), 0),
        (("four", "three"), 0),
        (("four", "one", "three"), 0),
        (("four", "one", "three", "two"), 0),
    ],
)
def test_a_wrong_mark_takes_back_a_right_one_and_never_more(response: Response, points: int) -> None:
    parts = tuple(Part(each, "body", each) for each in ("one", "two", "three", "four"))
    clues = (Clue("one", "Số lạ."), Clue("two", "Bị giục."))
    item = replace(CLUES, stimulus=Stimulus("page", "web", parts), clues=clues, key=("one", "two"))

    assert mark(item, response).points == points
