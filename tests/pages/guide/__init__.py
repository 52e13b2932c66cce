"""The guide from nothing to a working record."""
