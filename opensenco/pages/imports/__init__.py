"""Pupil lists: read in, looked at row by row, decided about, applied."""
