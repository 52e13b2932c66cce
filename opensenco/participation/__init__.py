"""Asking people about a pupil, in questions that are data, and reading what they said."""
