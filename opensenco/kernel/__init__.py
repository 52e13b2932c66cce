"""Dates, money in pence, the clock and domain errors. No Django."""
