"""Item statistics to the digit of Moodle's own test of its calculator.

Marks and expected figures: moodle/moodle, mod/quiz/report/statistics/tests (statistics_test.php and
fixtures/mdl_question_states.csv), 22 generated attempts, slots 8 to 20; the other slots are constant.
"""

from __future__ import annotations

import numpy as np
import pytest

from quizlib.measure import Responses, item_statistics

SLOTS = (8, 9, 10, 11, 12, 19, 20, 17, 18, 14, 15, 16, 13)
ATTEMPTS = """
5.5 .3 .9 1 .3 0 1 1 0 0 0 1 1
1 .9 .9 .3 .3 0 1 0 1 0 0 1 1
2.5 1 .9 .3 1 1 1 1 1 0 1 1 0
4 .3 .9 1 .3 0 1 1 0 0 0 0 0
3 .9 .3 .9 1 1 0 1 1 1 0 0 0
4.5 .9 1 1 .9 0 0 0 0 1 1 1 0
3 .3 .3 .3 .3 1 1 1 1 0 1 1 1
6 .9 .9 1 .3 0 1 1 0 1 1 1 0
.5 .9 1 .9 .3 0 1 1 1 1 1 0 0
5.5 .9 1 .9 .3 0 0 1 0 1 0 0 1
2.5 .9 1 1 .9 0 1 1 0 1 0 0 0
4 .9 .3 .9 1 0 1 1 1 1 1 1 0
4 .9 .3 .3 1 1 0 0 1 1 1 0 1
3 1 1 .3 1 1 0 1 1 1 0 1 0
1 1 .9 .3 .3 0 0 0 0 0 1 0 1
1 .3 .3 .3 .9 0 1 0 0 0 0 1 0
1.5 1 .3 .9 1 0 0 1 0 1 0 1 1
4 .9 1 .9 1 0 0 0 1 1 1 1 0
2 .9 .9 .3 .9 0 0 0 0 1 0 0 0
1 1 .3 .3 .3 0 0 1 0 1 1 0 0
6 .9 1 1 .9 1 1 0 0 0 0 1 0
7 .9 .3 .3 .3 0 0 1 1 0 1 1 1
"""
EXPECTED = {  # slots 8 to 20
    "facility": [41.19318182, 81.36363636, 71.36363636, 65.45454545, 65.90909091, 36.36363636, 59.09090909,
                 50, 59.09090909, 63.63636364, 45.45454545, 27.27272727, 50],
    "sd": [1912.733589, 251.2738111, 322.6312277, 333.4199022, 337.5811591, 492.3659639, 503.2362797,
           511.7663157, 503.2362797, 492.3659639, 509.6471914, 455.8423058, 511.7663157],
    "effective_weight": [26.58464457, 3.368456046, 3.253955259, 7.584083694, 3.79658376, 3.183278505,
                         4.532356904, 7.78856243, 10.08351572, 8.381139345, 8.727645713, 7.946277111,
                         4.769500946],
    "discrimination_index": [25.88327077, 1.170256965, -4.207816809, 28.16930644, -2.513606859,
                             -12.99017581, -8.900638238, 8.670004606, 29.63337745, 15.18945843, 16.21079629,
                             15.52451404, -8.396734802],
    "discriminative_efficiency": [27.23492723, 1.382386552, -4.691171307, 31.12404354, -2.877487579,
                                  -17.5074184, -10.27568922, 10.86956522, 34.58997279, 17.4790556,
                                  20.14359793, 22.06477733, -10],
}  # fmt: skip
SCALE = {"facility": 100, "sd": 1000}


@pytest.mark.parametrize("name", EXPECTED)
def test_figures_are_moodles_to_the_digit(name: str) -> None:
    rows = [[float(mark) for mark in line.split()] for line in ATTEMPTS.strip().splitlines()]
    marks = np.array(rows)[:, np.argsort(SLOTS)]

    found = item_statistics(Responses.of(marks, [8, *[1] * 12]))

    assert SCALE.get(name, 1) * getattr(found, name) == pytest.approx(EXPECTED[name], rel=1e-8, abs=1e-6)
