"""Which way a person leans, as one of five names for people; names and thresholds are ours."""

from __future__ import annotations

LEANS = 0.5  # |c| from which a person leans to one side, in standard deviations
NEARLY_ALL = 0.9  # share of the scams, and of the genuine messages, that counts as "everything"
LEANINGS = ("trusts-everything", "trusts", "balanced", "distrusts", "distrusts-everything")


def leaning(hits_share: float, correct_share: float, criterion: float) -> str:
    """One of ``LEANINGS``, from c and the raw shares (0..1) of scams and genuine messages judged right.

    "-everything": nine tenths of either kind got the same answer, whatever c is (its size depends on the
    length of the paper). Otherwise c decides.
    """
    if min(hits_share, 1 - correct_share) >= NEARLY_ALL:
        return "distrusts-everything"
    if min(1 - hits_share, correct_share) >= NEARLY_ALL:
        return "trusts-everything"
    if abs(criterion) < LEANS:
        return "balanced"
    return "trusts" if criterion > 0 else "distrusts"
