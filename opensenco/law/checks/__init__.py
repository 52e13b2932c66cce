"""Checks of one pupil's record: facts in, what is missing or wrong out, each with its rule."""
