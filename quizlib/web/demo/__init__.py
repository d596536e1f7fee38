"""The living demo: a contest with a closed round of fictional finishers and a round that is open now."""
