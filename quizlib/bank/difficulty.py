"""How hard a scam is to see through before anybody has answered, after the NIST Phish Scale."""

from __future__ import annotations

# Dawkins and Jacobs 2023, NIST TN 2276, doi 10.6028/NIST.TN.2276: few cues and a story that fits its readers
# are hard, many cues and a story that does not are easy. The scale is for e-mail, where there may be fifteen
# cues; these bands, for the few of what a phone shows, are ours.
PREMISES = ("weak", "medium", "strong")
FEW, MANY = 2, 4  # cues: at most so many are few, at least so many are many
BY_STEPS = ("easy", "easy", "medium", "hard", "hard")


def expected_difficulty(premise: str, cues: int) -> str:
    """``premise`` is one of PREMISES: how well the story fits those who get it."""
    hidden = 2 if cues <= FEW else 0 if cues >= MANY else 1
    return BY_STEPS[PREMISES.index(premise) + hidden]
