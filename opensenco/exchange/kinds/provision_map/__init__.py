"""Provision maps that a school keeps already: in spreadsheets of three shapes, in other systems."""
