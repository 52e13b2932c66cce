"""Signing in, one's hats and one's own page."""
