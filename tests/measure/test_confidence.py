"""Sureness adds to a verdict: how well it orders messages, and whether it keeps what it states."""

from itertools import product
from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.measure.confidence import Judgement, auc, by, calibration, of_judgements, right_share
from quizlib.measure.detection import detection

JUDGEMENTS = st.lists(st.builds(Judgement, st.booleans(), st.booleans(), st.integers(1, 4)), max_size=40)
BOTH_KINDS = JUDGEMENTS.filter(lambda judged: {each.is_scam for each in judged} == {True, False})

HANLEY_MCNEIL = {  # 1982, doi 10.1148/radiology.143.1.7063747: (normal, abnormal) scans rated 1 to 5
    -4: (33, 3),
    -2: (6, 2),
    -1: (6, 2),
    2: (11, 11),
    4: (2, 33),
}


def rated(rating: int, is_scam: bool) -> Judgement:
    return Judgement(is_scam, rating > 0, abs(rating))


def scans() -> list[Judgement]:
    return [
        rated(rating, is_scam)
        for rating, counts in HANLEY_MCNEIL.items()
        for is_scam, count in zip((False, True), counts, strict=True)
        for _ in range(count)
    ]


def wins(scam: Judgement, genuine: Judgement) -> float:
    return (scam.rating > genuine.rating) + 0.5 * (scam.rating == genuine.rating)


def split(judged: list[Judgement]) -> tuple[list[Judgement], list[Judgement]]:
    return [each for each in judged if each.is_scam], [each for each in judged if not each.is_scam]


def delong_by_pairs(judged: list[Judgement]) -> float:
    """DeLong et al. 1988, written out pair by pair."""
    scams, genuine = split(judged)
    area = sum(wins(*pair) for pair in product(scams, genuine)) / (len(scams) * len(genuine))
    of_scams = [sum(wins(each, other) for other in genuine) / len(genuine) for each in scams]
    of_genuine = [sum(wins(other, each) for other in scams) / len(scams) for each in genuine]
    s10 = sum((each - area) ** 2 for each in of_scams) / (len(scams) - 1)
    s01 = sum((each - area) ** 2 for each in of_genuine) / (len(genuine) - 1)
    return sqrt(s10 / len(scams) + s01 / len(genuine))


@pytest.mark.parametrize(
    ("said_scam", "sureness", "rating"), [(False, 4, -4), (False, 1, -1), (True, 1, 1), (True, 4, 4)]
)
def test_a_rating_runs_from_surely_genuine_to_surely_a_scam(
    said_scam: bool, sureness: int, rating: int
) -> None:
    assert Judgement(True, said_scam, sureness).rating == rating


def test_judgements_are_counted_whatever_their_sureness() -> None:
    judged = [rated(4, True), rated(1, True), rated(-2, True), rated(3, False), rated(-1, False)]

    assert of_judgements(judged) == detection(2, 1, 1, 1)


def test_the_area_is_that_of_hanley_and_mcneil() -> None:
    found = auc(scans())

    assert found.value == pytest.approx(0.8932, abs=5e-5)
    assert found.standard_error == pytest.approx(0.0307, abs=5e-5)


def test_area_and_error_of_a_small_example_by_hand() -> None:
    # scams 4, 2, -1; genuine -4, -1, 3. Wins of each scam: 3, 2, 1.5 of 3; area 6.5/9.
    # Scams below, for each genuine: 3, 2.5, 1 of 3. Variances 7/108 and 13/108, both over 3: 20/324.
    judged = [rated(rating, True) for rating in (4, 2, -1)] + [rated(rating, False) for rating in (-4, -1, 3)]

    found = auc(judged)

    assert found.value == pytest.approx(0.7222, abs=5e-5)
    assert found.standard_error == pytest.approx(0.2485, abs=5e-5)


@given(BOTH_KINDS)
def test_the_area_is_the_share_of_pairs_in_order(judged: list[Judgement]) -> None:
    scams, genuine = split(judged)

    pairs = [wins(*pair) for pair in product(scams, genuine)]

    assert auc(judged).value == pytest.approx(sum(pairs) / len(pairs))


@given(BOTH_KINDS)
def test_the_error_is_delongs_and_unknown_with_one_message_of_a_kind(judged: list[Judgement]) -> None:
    found = auc(judged).standard_error

    if min(len(side) for side in split(judged)) == 1:
        assert found is None
    else:
        assert found == pytest.approx(delong_by_pairs(judged), abs=1e-9)


@given(BOTH_KINDS)
def test_contrary_answers_turn_the_area_around(judged: list[Judgement]) -> None:
    contrary = [rated(-each.rating, each.is_scam) for each in judged]

    assert auc(contrary).value == pytest.approx(1 - auc(judged).value)


def test_calibration_of_four_judgements_by_hand() -> None:
    # stated 0.95 right, 0.95 wrong, 0.7 right, 0.55 wrong: (0.0025 + 0.9025 + 0.09 + 0.3025) / 4
    judged = [rated(4, True), rated(4, False), rated(-2, False), rated(-1, True)]

    found = calibration(judged)

    assert found.brier == pytest.approx(0.3244, abs=5e-5)
    assert found.over_confidence == pytest.approx(0.7875 - 0.5)
    assert [(step.sureness, step.stated, step.count, step.right_share) for step in found.steps] == [
        (1, 0.55, 1, 0),
        (2, 0.7, 1, 1),
        (3, 0.85, 0, None),
        (4, 0.95, 2, 0.5),
    ]


@given(JUDGEMENTS.filter(bool))
def test_calibration_stays_in_its_bounds_and_counts_everything(judged: list[Judgement]) -> None:
    found = calibration(judged)

    assert 0 < found.brier < 1
    assert -1 < found.over_confidence < 1
    assert sum(step.count for step in found.steps) == len(judged)


def test_a_dict_of_calibration_holds_its_steps() -> None:
    told = calibration([rated(4, True)]).to_dict()

    assert told["steps"] == tuple(
        {"sureness": sureness, "stated": stated, "count": count, "right_share": share}
        for sureness, stated, count, share in (
            (1, 0.55, 0, None),
            (2, 0.7, 0, None),
            (3, 0.85, 0, None),
            (4, 0.95, 1, 1.0),
        )
    )


def test_groups_need_a_name_and_enough_judgements() -> None:
    judged = [Judgement(True, True, 2, tactic) for tactic in ("prize", "hurry", "prize", "", "", "prize")]

    groups = by(judged, lambda each: each.tactic, minimum=2)

    assert list(groups) == ["prize"]
    assert len(groups["prize"]) == 3


def test_groups_stand_in_the_order_of_their_names() -> None:
    judged = [
        Judgement(True, said, 2, channel=name) for name in ("sms", "call") for said in [True] * 4 + [False]
    ]

    groups = by(judged, lambda each: each.channel)

    assert {name: right_share(group) for name, group in groups.items()} == {"call": 0.8, "sms": 0.8}
    assert list(groups) == ["call", "sms"]


def test_nothing_judged_has_no_share() -> None:
    assert right_share([]) is None


@pytest.mark.parametrize("sureness", [0, 5, -1])
def test_sureness_outside_the_four_steps_is_refused(sureness: int) -> None:
    with pytest.raises(ValueError, match=f"^sureness must be 1, 2, 3 or 4, not {sureness}$"):
        Judgement(True, True, sureness)


@pytest.mark.parametrize("judged", [[], [rated(4, True)], [rated(4, False)]], ids=["none", "scam", "genuine"])
def test_figures_of_both_kinds_need_both_kinds(judged: list[Judgement]) -> None:
    with pytest.raises(ValueError, match="an AUC needs at least one judged scam and one"):
        auc(judged)
    with pytest.raises(ValueError, match=r"at least one (scam|genuine message) is needed"):
        of_judgements(judged)


def test_calibration_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="calibration needs at least one judgement"):
        calibration([])
