"""A crowd that rehearses a contest against the organiser's own server."""
