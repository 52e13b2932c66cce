"""Imports: read, match, show, apply."""
