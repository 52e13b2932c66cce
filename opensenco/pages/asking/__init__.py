"""Asking people about a pupil, being asked, and the sets of questions."""
