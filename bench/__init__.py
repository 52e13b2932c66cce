"""Measurements, each one command that prints its figures. No test asks how long something took."""
