"""Meetings about a pupil: planned, held, recorded, and the record given out."""
