"""Banks of items: what they hold, how they are read, what makes them sound."""
