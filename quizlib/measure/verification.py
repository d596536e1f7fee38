"""The five counts of "Verification done" (MIST), which laymen read more easily than d' and c.

Source: Maertens et al. 2023, doi 10.3758/s13428-023-02124-2. Defined for k scams and k genuine messages only.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verification:
    """Counts of messages, under the letters of the source.

    V (0..2k) all judged right; r (0..k) genuine called genuine; f (0..k) scams called scams; d, distrust, and
    n, naivety (0..k): how many more than k were called a scam, or genuine; one of the two is always 0.
    """

    V: int
    r: int
    f: int
    d: int
    n: int


def verification(hits: int, misses: int, false_alarms: int, correct_rejections: int) -> Verification | None:
    """V, r, f, d and n of four counts; None unless there are as many scams as genuine messages."""
    if hits + misses != false_alarms + correct_rejections:
        return None
    surplus = false_alarms - misses  # called a scam, beyond k
    return Verification(
        V=hits + correct_rejections,
        r=correct_rejections,
        f=hits,
        d=max(0, surplus),
        n=max(0, -surplus),
    )
