"""Timetables: facts in, steps with their dates out."""
