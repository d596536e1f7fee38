"""Signal detection: how well one person tells scams from genuine messages, and which way they lean.

The signal is "scam" and "yes" is "the person says scam". Accuracy alone hides the difference between one who
can tell and one who distrusts everything; d' and the criterion c part the two.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import copysign, inf, log, sqrt
from statistics import NormalDist

from quizlib.measure.leaning import leaning
from quizlib.measure.verification import Verification, verification

FEWEST = 10  # ours: scams, and genuine messages, below which d' and c are too uncertain to be shown

_NORMAL = NormalDist()
_z = _NORMAL.inv_cdf
_Z95 = _z(0.975)


@dataclass(frozen=True, slots=True)
class Detection:
    """One person's four counts, and all that follows from them; make it with ``detection``."""

    hits: int
    misses: int
    false_alarms: int
    correct_rejections: int

    @property
    def scams(self) -> int:
        return self.hits + self.misses

    @property
    def genuine(self) -> int:
        return self.false_alarms + self.correct_rejections

    @property
    def accuracy(self) -> float:
        """Share of all messages judged right, 0..1; ranks people fairly only when half are genuine."""
        return (self.hits + self.correct_rejections) / (self.scams + self.genuine)

    @property
    def hits_share(self) -> float:
        """Raw share of the scams called a scam, 0..1."""
        return self.hits / self.scams

    @property
    def correct_share(self) -> float:
        """Raw share of the genuine messages called genuine, 0..1."""
        return self.correct_rejections / self.genuine

    @property
    def hit_rate(self) -> float:
        """H = (hits + 0.5) / (scams + 1), log-linear (Hautus 1995): for everyone, never 0 or 1."""
        return (self.hits + 0.5) / (self.scams + 1)

    @property
    def false_alarm_rate(self) -> float:
        """F = (false alarms + 0.5) / (genuine + 1), log-linear (Hautus 1995)."""
        return (self.false_alarms + 0.5) / (self.genuine + 1)

    @property
    def d_prime(self) -> float:
        """z(H) - z(F), in standard deviations: 0 is 50 % right, 1 69 %, 2 84 % (c = 0, half genuine)."""
        return _z(self.hit_rate) - _z(self.false_alarm_rate)

    @property
    def criterion(self) -> float:
        """c = -(z(H) + z(F)) / 2, in standard deviations: below 0 distrusts, above 0 trusts."""
        return -(_z(self.hit_rate) + _z(self.false_alarm_rate)) / 2

    @property
    def ln_beta(self) -> float:
        """Logarithm of the likelihood ratio at the criterion, d' x c."""
        return self.d_prime * self.criterion

    @property
    def d_prime_error(self) -> float:
        """Standard error of d' (Gourevitch and Galanter 1967); that of c is half of it."""
        return sqrt(_z_variance(self.hit_rate, self.scams) + _z_variance(self.false_alarm_rate, self.genuine))

    @property
    def d_prime_interval(self) -> tuple[float, float]:
        """95 % interval (low, high) of d', normal."""
        reach = _Z95 * self.d_prime_error
        return self.d_prime - reach, self.d_prime + reach

    @property
    def criterion_interval(self) -> tuple[float, float]:
        """95 % interval (low, high) of c, normal."""
        reach = _Z95 * self.d_prime_error / 2
        return self.criterion - reach, self.criterion + reach

    @property
    def is_coarse(self) -> bool:
        """Too few messages of one kind for numbers: show ``leaning``, not d' and c."""
        return min(self.scams, self.genuine) < FEWEST

    @property
    def leaning(self) -> str:
        """One of ``LEANINGS``; it describes these answers, and on a coarse result no trait of the person."""
        return leaning(self.hits_share, self.correct_share, self.criterion)

    @property
    def verification(self) -> Verification | None:
        """V, r, f, d and n; None unless there are as many scams as genuine messages."""
        return verification(self.hits, self.misses, self.false_alarms, self.correct_rejections)

    def best_criterion(self, prevalence: float, cost_false_alarm: float, cost_miss: float) -> float:
        """The c of least loss for this d': ln((1 - p) / p x C_fa / C_miss) / d'.

        ``prevalence`` p is the share of scams in life, between 0 and 1; the costs are positive, in one unit;
        anything else is a ValueError, here and below. Whoever cannot tell (d' <= 0) does best with the better
        constant answer: inf is "all genuine", -inf "all scams".
        """
        scam, genuine = _stakes(prevalence, cost_false_alarm, cost_miss)
        log_ratio = log(genuine / scam)
        return log_ratio / self.d_prime if self.d_prime > 0 else copysign(inf, log_ratio)

    def expected_loss(self, prevalence: float, cost_false_alarm: float, cost_miss: float) -> float:
        """p C_miss (1 - H) + (1 - p) C_fa F: mean cost of a message, in the unit of the two costs."""
        scam, genuine = _stakes(prevalence, cost_false_alarm, cost_miss)
        return scam * (1 - self.hit_rate) + genuine * self.false_alarm_rate

    def skill(self, prevalence: float, cost_false_alarm: float, cost_miss: float) -> float:
        """1 - loss / loss of the better constant answer, 0..1; no better than that answer is 0."""
        constant = min(_stakes(prevalence, cost_false_alarm, cost_miss))
        return max(0.0, 1 - self.expected_loss(prevalence, cost_false_alarm, cost_miss) / constant)

    def to_dict(self) -> dict[str, object]:
        """For JSON; d', c, ln(beta) and their intervals are None where the result is coarse."""
        numbers = ("d_prime", "d_prime_interval", "criterion", "criterion_interval", "ln_beta")
        plain = ("accuracy", "hits_share", "correct_share", "hit_rate", "false_alarm_rate")
        return {
            **asdict(self),
            **{name: getattr(self, name) for name in (*plain, "leaning", "is_coarse")},
            **{name: None if self.is_coarse else getattr(self, name) for name in numbers},
            "verification": self.verification and asdict(self.verification),
        }


def detection(hits: int, misses: int, false_alarms: int, correct_rejections: int) -> Detection:
    """What four counts of judged messages say: hits and misses of scams, the other two of genuine messages.

    >>> round(detection(9, 1, 2, 8).d_prime, 4)
    1.8447

    ValueError for a negative count, for no scams, and for no genuine messages.
    """
    found = Detection(hits, misses, false_alarms, correct_rejections)
    negative = [name for name, count in asdict(found).items() if count < 0]
    if negative:
        raise ValueError(f"counts must not be negative: {', '.join(negative)}")
    if not found.scams:
        raise ValueError("at least one scam is needed: hits + misses is 0")
    if not found.genuine:
        raise ValueError("at least one genuine message is needed: false_alarms + correct_rejections is 0")
    return found


def _z_variance(rate: float, count: int) -> float:
    """Variance of z(rate), the rate being measured on ``count`` messages."""
    return rate * (1 - rate) / (count * _NORMAL.pdf(_z(rate)) ** 2)


def _stakes(prevalence: float, cost_false_alarm: float, cost_miss: float) -> tuple[float, float]:
    """What always saying "genuine" costs a message, and what always saying "scam" does."""
    if not 0 < prevalence < 1:
        raise ValueError(f"prevalence must lie between 0 and 1, not {prevalence}")
    if not (0 < cost_false_alarm < inf and 0 < cost_miss < inf):
        raise ValueError(f"costs must be positive, not {cost_false_alarm} and {cost_miss}")
    return prevalence * cost_miss, (1 - prevalence) * cost_false_alarm
