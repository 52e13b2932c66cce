"""Adjustments across the place, and its accessibility plan."""
