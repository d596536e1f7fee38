"""What answers mean: statistics of people, of items and of tests."""
