"""The same figures from larger packages that others wrote; `make bench-stats` installs them and runs this."""

from __future__ import annotations

import girth
import numpy as np
import pandas
import pingouin
import pytest

from quizlib.measure import Responses, item_statistics
from quizlib.measure import test_statistics as statistics_of_test
from tests.measure.test_oracles import SEEDS, some_marks


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.filterwarnings("ignore")
def test_alpha_is_pingouins(seed: int) -> None:
    marks = some_marks(seed)

    found = statistics_of_test(Responses.of(marks, 3))

    expected, _ = pingouin.cronbach_alpha(pandas.DataFrame(marks))
    assert found.alpha == pytest.approx(expected, abs=1e-12)
    without = item_statistics(Responses.of(marks, 3)).alpha_without
    for j in range(12):
        expected, _ = pingouin.cronbach_alpha(pandas.DataFrame(np.delete(marks, j, axis=1)))
        assert without[j] == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.filterwarnings("ignore")
def test_item_figures_are_girths(seed: int) -> None:
    marks = (some_marks(seed) > 1).astype(int)

    found = item_statistics(Responses.of(marks))

    expected = girth.classical_test_statistics(marks.T)
    assert found.facility == pytest.approx(expected["Mean"], abs=1e-12)
    assert found.sd == pytest.approx(expected["Std"], abs=1e-12)
    assert found.item_rest == pytest.approx(expected["Item-Score Correlation"], abs=1e-12)
    assert found.alpha_without == pytest.approx(expected["Cronbach Alpha"], abs=1e-12)
