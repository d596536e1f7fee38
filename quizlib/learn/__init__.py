"""One person over time: practice, review, lessons."""
