"""Telling scams from genuine messages and leaning to one side are two things, each with its figure."""

from math import inf, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizlib.measure.detection import Detection, detection

SOME = st.integers(1, 200)
CAREFUL = detection(9, 1, 2, 8)


@st.composite
def detections(draw: st.DrawFn) -> Detection:
    scams, genuine = draw(SOME), draw(SOME)
    hits, false_alarms = draw(st.integers(0, scams)), draw(st.integers(0, genuine))
    return detection(hits, scams - hits, false_alarms, genuine - false_alarms)


def swapped(found: Detection) -> Detection:
    """The same person where genuine messages are the signal."""
    return detection(found.correct_rejections, found.false_alarms, found.misses, found.hits)


@pytest.mark.parametrize(
    ("counts", "accuracy", "d_prime", "criterion"),
    [
        ((9, 1, 2, 8), 0.85, 1.8447, -0.1745),
        ((10, 0, 10, 0), 0.50, 0.0000, -1.6906),
        ((10, 0, 0, 10), 1.00, 3.3812, 0.0000),
        ((0, 10, 0, 10), 0.50, 0.0000, 1.6906),
        ((8, 2, 8, 2), 0.50, 0.0000, -0.7479),
        ((20, 0, 4, 16), 0.90, 2.7724, -0.5946),
    ],
)
def test_counts_give_the_known_figures(
    counts: tuple[int, int, int, int], accuracy: float, d_prime: float, criterion: float
) -> None:
    found = detection(*counts)

    assert found.accuracy == accuracy
    assert found.d_prime == pytest.approx(d_prime, abs=5e-5)
    assert found.criterion == pytest.approx(criterion, abs=5e-5)
    assert found.ln_beta == pytest.approx(found.d_prime * found.criterion)


def test_rates_are_corrected_for_everyone_and_shares_are_raw() -> None:
    assert (CAREFUL.hit_rate, CAREFUL.false_alarm_rate) == (9.5 / 11, 2.5 / 11)
    assert (CAREFUL.hits_share, CAREFUL.correct_share) == (0.9, 0.8)


def test_intervals_follow_the_variance_of_gourevitch_and_galanter() -> None:
    # by hand: H = 19/22, z = 1.0968, phi = 0.21862; F = 5/22, z = -0.7479, phi = 0.30162
    variance = 19 * 3 / 22**2 / (10 * 0.21862**2) + 5 * 17 / 22**2 / (10 * 0.30162**2)
    reach = 1.959964 * sqrt(variance)

    assert CAREFUL.d_prime_error == pytest.approx(0.6629, abs=5e-5)
    assert CAREFUL.d_prime_interval == pytest.approx((1.8447 - reach, 1.8447 + reach), abs=1e-4)
    assert CAREFUL.criterion_interval == pytest.approx((-0.1745 - reach / 2, -0.1745 + reach / 2), abs=1e-4)


@given(detections())
def test_swapping_scams_and_genuine_flips_the_criterion_alone(found: Detection) -> None:
    other = swapped(found)

    assert other.d_prime == pytest.approx(found.d_prime, abs=1e-9)
    assert other.criterion == pytest.approx(-found.criterion, abs=1e-9)
    assert other.d_prime_error == pytest.approx(found.d_prime_error)
    assert other.accuracy == found.accuracy


@given(SOME)
def test_calling_everything_a_scam_is_half_right_and_tells_nothing(each: int) -> None:
    found = detection(each, 0, each, 0)

    assert (found.accuracy, found.d_prime) == (0.5, 0.0)
    assert found.criterion < 0
    assert found.leaning == "distrusts-everything"


@given(detections())
def test_intervals_hold_their_figure_and_everything_is_finite(found: Detection) -> None:
    for low, figure, high in (
        (found.d_prime_interval[0], found.d_prime, found.d_prime_interval[1]),
        (found.criterion_interval[0], found.criterion, found.criterion_interval[1]),
    ):
        assert -inf < low < figure < high < inf


@given(st.integers(1, 50), st.integers(0, 50), st.integers(0, 50), st.integers(1, 50))
def test_one_more_hit_for_a_miss_tells_more_and_distrusts_more(
    misses: int, hits: int, alarms: int, rejections: int
) -> None:
    before, after = (
        detection(hits, misses, alarms, rejections),
        detection(hits + 1, misses - 1, alarms, rejections),
    )

    assert after.d_prime > before.d_prime
    assert after.criterion < before.criterion


@pytest.mark.parametrize(
    ("counts", "leaning"),
    [
        ((10, 0, 9, 1), "distrusts-everything"),
        ((10, 0, 8, 2), "distrusts"),
        ((20, 0, 4, 16), "distrusts"),
        ((10, 0, 2, 8), "balanced"),
        ((10, 0, 0, 10), "balanced"),
        ((0, 10, 10, 0), "balanced"),
        ((8, 2, 0, 10), "balanced"),
        ((16, 4, 0, 20), "trusts"),
        ((2, 8, 0, 10), "trusts"),
        ((1, 9, 0, 10), "trusts-everything"),
        ((3, 27, 3, 27), "trusts-everything"),
        ((27, 3, 27, 3), "distrusts-everything"),
    ],
)
def test_a_leaning_has_one_of_five_names(counts: tuple[int, int, int, int], leaning: str) -> None:
    assert detection(*counts).leaning == leaning


@given(detections())
def test_leanings_mirror_each_other(found: Detection) -> None:
    mirror = {"trusts": "distrusts", "trusts-everything": "distrusts-everything", "balanced": "balanced"}
    mirror |= {other: name for name, other in mirror.items()}

    assert swapped(found).leaning == mirror[found.leaning]


@pytest.mark.parametrize(
    ("counts", "figures"),
    [
        ((9, 1, 2, 8), (17, 8, 9, 1, 0)),
        ((10, 0, 10, 0), (10, 0, 10, 10, 0)),
        ((0, 10, 0, 10), (10, 10, 0, 0, 10)),
        ((10, 0, 1, 9), (19, 9, 10, 1, 0)),
        ((8, 2, 2, 8), (16, 8, 8, 0, 0)),
    ],
)
def test_verification_counts_what_was_called_too_often(
    counts: tuple[int, int, int, int], figures: tuple[int, int, int, int, int]
) -> None:
    found = detection(*counts).verification

    assert found is not None
    assert (found.V, found.r, found.f, found.d, found.n) == figures


def test_verification_needs_a_balanced_key() -> None:
    assert detection(9, 1, 2, 9).verification is None


@pytest.mark.parametrize(
    ("counts", "is_coarse"),
    [((5, 5, 5, 5), False), ((5, 4, 20, 20), True), ((20, 20, 0, 9), True), ((20, 0, 4, 16), False)],
)
def test_fewer_than_ten_of_a_kind_are_told_as_a_band_only(
    counts: tuple[int, int, int, int], is_coarse: bool
) -> None:
    found = detection(*counts)

    told = found.to_dict()

    uncertain = ("d_prime", "d_prime_interval", "criterion", "criterion_interval", "ln_beta")
    assert found.is_coarse is told["is_coarse"] is is_coarse
    assert {told[name] is None for name in uncertain} == {is_coarse}
    assert (told["leaning"], told["hits"]) == (found.leaning, found.hits)


def test_a_dict_holds_verification_under_its_letters() -> None:
    assert CAREFUL.to_dict()["verification"] == {"V": 17, "r": 8, "f": 9, "d": 1, "n": 0}
    assert detection(1, 0, 1, 1).to_dict()["verification"] is None


def test_the_best_criterion_weighs_prevalence_and_costs() -> None:
    assert CAREFUL.best_criterion(0.5, 1, 1) == 0
    assert CAREFUL.best_criterion(0.1, 1, 1) == pytest.approx(log(9) / 1.8447, abs=5e-5)
    assert CAREFUL.best_criterion(0.1, 1, 9) == pytest.approx(0, abs=1e-12)
    assert CAREFUL.best_criterion(0.5, 1, 4) == pytest.approx(-log(4) / 1.8447, abs=5e-5)


@pytest.mark.parametrize("counts", [(8, 2, 8, 2), (2, 8, 9, 1)])
def test_who_cannot_tell_does_best_with_a_constant_answer(counts: tuple[int, int, int, int]) -> None:
    found = detection(*counts)

    assert found.best_criterion(0.1, 1, 1) == inf
    assert found.best_criterion(0.1, 1, 100) == -inf


def test_loss_and_skill_weigh_both_errors() -> None:
    # by hand: 0.1 x 5 x 1.5/11 + 0.9 x 1 x 2.5/11 = 3/44; always "genuine" costs 0.1 x 5 = 0.5
    loss = 0.1 * 5 * 1.5 / 11 + 0.9 * 2.5 / 11

    assert CAREFUL.expected_loss(0.1, 1, 5) == pytest.approx(loss)
    assert loss == pytest.approx(0.2727, abs=5e-5)
    assert CAREFUL.skill(0.1, 1, 5) == pytest.approx(0.4545, abs=5e-5)


def test_a_constant_answer_has_no_skill() -> None:
    everything, nothing = detection(10, 0, 10, 0), detection(0, 10, 0, 10)

    assert everything.skill(0.5, 1, 1) == pytest.approx(0, abs=1e-12)
    assert everything.skill(0.1, 1, 1) == nothing.skill(0.1, 1, 100) == 0


@given(detections(), st.floats(0.01, 0.99), st.floats(0.01, 100), st.floats(0.01, 100))
def test_skill_lies_between_nought_and_one(found: Detection, share: float, alarm: float, miss: float) -> None:
    assert 0 <= found.skill(share, alarm, miss) < 1


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [
        ((-1, 2, 3, 4), "counts must not be negative: hits"),
        ((1, -2, 3, -4), "counts must not be negative: misses, correct_rejections"),
        ((0, 0, 3, 4), r"at least one scam is needed: hits \+ misses is 0"),
        ((1, 2, 0, 0), r"at least one genuine message is needed: false_alarms \+ correct_rejections is 0"),
    ],
)
def test_counts_that_cannot_be_are_refused(counts: tuple[int, int, int, int], sentence: str) -> None:
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        detection(*counts)


@pytest.mark.parametrize(
    ("stakes", "sentence"),
    [
        ((0, 1, 1), "prevalence must lie between 0 and 1, not 0"),
        ((1, 1, 1), "prevalence must lie between 0 and 1, not 1"),
        ((float("nan"), 1, 1), "prevalence must lie between 0 and 1, not nan"),
        ((0.5, 0, 1), "costs must be positive, not 0 and 1"),
        ((0.5, 1, -1), "costs must be positive, not 1 and -1"),
    ],
)
def test_stakes_that_cannot_be_are_refused(stakes: tuple[float, float, float], sentence: str) -> None:
    for question in (CAREFUL.best_criterion, CAREFUL.expected_loss, CAREFUL.skill):
        with pytest.raises(ValueError, match=f"^{sentence}$"):
            question(*stakes)
