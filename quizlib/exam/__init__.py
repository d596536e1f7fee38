"""One person sitting one paper: draw it, keep its time, mark and grade it."""
