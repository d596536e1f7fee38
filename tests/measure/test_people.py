"""Figures of a group are means over people, and a group too small has none."""

import pytest

from quizlib.measure.detection import detection
from quizlib.measure.people import aggregate

CAREFUL = detection(9, 1, 2, 8)
DISTRUSTFUL = detection(10, 0, 10, 0)


def test_fewer_than_ten_people_give_no_figures() -> None:
    assert aggregate([CAREFUL] * 9) is None
    assert aggregate([]) is None
    assert aggregate([CAREFUL] * 10) is not None


def test_a_group_is_the_mean_of_its_people() -> None:
    group = aggregate([CAREFUL] * 5 + [DISTRUSTFUL] * 5)

    assert group is not None
    assert group.people == 10
    assert (group.accuracy, group.hits_share, group.correct_share) == pytest.approx((0.675, 0.95, 0.4))
    assert group.d_prime == pytest.approx(1.8447 / 2, abs=5e-5)
    assert group.criterion == pytest.approx((-0.1745 - 1.6906) / 2, abs=1e-4)
    # five at each end of a range r: the sample variance is 10 (r/2)^2 / 9, the error r / 6
    assert group.d_prime_error == pytest.approx(1.8447 / 6, abs=5e-5)
    assert group.criterion_error == pytest.approx((1.6906 - 0.1745) / 6, abs=5e-5)


def test_leanings_count_people_under_all_five_names() -> None:
    group = aggregate([CAREFUL, DISTRUSTFUL, DISTRUSTFUL], minimum=3)

    assert group is not None
    assert group.to_dict()["leanings"] == {
        "trusts-everything": 0,
        "trusts": 0,
        "balanced": 1,
        "distrusts": 0,
        "distrusts-everything": 2,
    }


@pytest.mark.parametrize("minimum", [1, 0, -1])
def test_one_person_is_no_group(minimum: int) -> None:
    with pytest.raises(ValueError, match=f"at least 2 people: the minimum must not be {minimum}$"):
        aggregate([CAREFUL], minimum=minimum)
