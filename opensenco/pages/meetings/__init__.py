"""Meetings: planned, answered, held, recorded; one's own by week; parents met in a year."""
