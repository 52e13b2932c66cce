"""The home page of each hat: what waits, for whom one waits, what is due."""
