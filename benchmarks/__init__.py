"""Measurements of the paths that a contest depends on: `make bench`."""
